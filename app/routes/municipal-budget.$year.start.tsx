import { randomUUID } from "node:crypto";
import { useForm } from "@conform-to/react";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { DayField, EuroField, SelectField } from "#app/components/fields.tsx";
import { EntryForm, Hidden, Row, Rows } from "#app/components/form.tsx";
import { MunicipalTabs } from "#app/components/municipal-tabs.tsx";
import { Empty, Page } from "#app/components/page.tsx";
import { day, key, optionalEuroAmount, optionalKey, readForm, rejected } from "#app/form.ts";
import { formatAmount, formatEuro } from "#app/german/notation.ts";
import { problemOf } from "#app/german/words.ts";
import { wire, yearParam } from "#app/http.ts";
import { listResolutions } from "#app/records/authorities.server.ts";
import { listAccountsToCopy, startYear } from "#app/records/year-start.server.ts";
import { findYearClosing } from "#app/records/fiscal-years.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

const startForm = z.object({
  id: key,
  decidedOn: day,
  resolutionId: optionalKey,
  rows: z.array(z.object({ accountId: key, amount: optionalEuroAmount })).default([]),
});

export const meta: MetaFunction = () => [{ title: "Haushaltsjahr beginnen – Paktbuch" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "decide_budget");
  const year = yearParam(params.year);
  // A closed year has no form: its page says so.
  if (await findYearClosing(user, year)) throw redirect(`/municipal-budget?year=${year}`);
  const [accounts, resolutions] = await Promise.all([
    listAccountsToCopy(user, year),
    listResolutions(user),
  ]);
  return wire({
    id: randomUUID(),
    year,
    accounts: accounts.map(({ id, product, ledgerAccount, costCentre, name, appropriated }) => {
      const label = [product, costCentre, ledgerAccount, name].filter(Boolean).join(" · ");
      return { id, label, appropriated };
    }),
    resolutions: resolutions.map(({ id, number, title }) => {
      return { value: id, label: `${number} ${title}` };
    }),
  });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "decide_budget");
  const year = yearParam(params.year);
  const form = await readForm(request, startForm);
  if (form.status !== "success") return rejected(form);

  const { id, rows, decidedOn, resolutionId } = form.value;
  const given = rows.flatMap(({ accountId, amount }, position) =>
    amount && !amount.isZero() ? [{ accountId, amount, position }] : [],
  );
  const violation = await startYear(user, id, year, { decidedOn, resolutionId, rows: given });
  if (violation) return rejected(form, problemOf(violation));
  return redirect(`/municipal-budget?year=${year}`);
}

export default function StartYear() {
  const { id, year, accounts, resolutions } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<z.input<typeof startForm>>({
    id: "start",
    lastResult: useActionData<typeof action>(),
    defaultValue: {
      id,
      rows: accounts.map((one) => {
        return { accountId: one.id, amount: formatAmount(one.appropriated) };
      }),
    },
  });
  return (
    <Page
      title={`Haushaltsstellen ${year} aus ${year - 1} übernehmen`}
      lead="Vorgeschlagen ist der Ansatz des Vorjahres. Alle Ansätze werden zusammen gebucht oder keiner; was leer ist, bekommt keinen."
      crumbs={[{ to: `/municipal-budget?year=${year}`, label: "Haushalt" }]}
    >
      <MunicipalTabs />
      {accounts.length === 0 ? (
        <Empty>Alle Haushaltsstellen aus {year - 1} haben schon einen Ansatz.</Empty>
      ) : (
        <EntryForm form={form} submit="Ansätze buchen">
          <Hidden field={fields.id} />
          <div className="field-row">
            <DayField field={fields.decidedOn} label="Beschlossen am" />
            <SelectField
              field={fields.resolutionId}
              label="Beschluss"
              isOptional
              empty="ohne Angabe"
              options={resolutions}
            />
          </div>
          <Rows
            id={fields.rows.id}
            title="Haushaltsstellen"
            errors={fields.rows.errors}
            addButton={null}
          >
            {fields.rows.getFieldList().map((row) => {
              const { accountId, amount } = row.getFieldset();
              const account = accounts.find((one) => one.id === accountId.initialValue);
              if (!account) return null;
              return (
                <Row key={row.key} title={account.label}>
                  <Hidden field={accountId} />
                  <EuroField
                    field={amount}
                    label={`Ansatz ${year}`}
                    hint={`Ansatz ${year - 1}: ${formatEuro(account.appropriated)}. Leer: keiner.`}
                    isOptional
                  />
                </Row>
              );
            })}
          </Rows>
        </EntryForm>
      )}
    </Page>
  );
}

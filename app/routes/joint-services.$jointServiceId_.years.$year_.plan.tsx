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
import { AppropriationField } from "#app/components/appropriation-field.tsx";
import { DayField, EuroField, SelectField, TextField } from "#app/components/fields.tsx";
import { EntryForm, Hidden, Row, RowButton, Rows } from "#app/components/form.tsx";
import { MunicipalTabs } from "#app/components/municipal-tabs.tsx";
import { Notice, Page, TextLink } from "#app/components/page.tsx";
import { OverBudgetField } from "#app/components/spending.tsx";
import { budgetLeft } from "#app/domain/municipal-budget.ts";
import { proposedReading, readings } from "#app/domain/joint-year.ts";
import {
  choice,
  day,
  euroAmount,
  key,
  optionalKey,
  optionalText,
  readForm,
  rejected,
  shortText,
} from "#app/form.ts";
import { formatEuro } from "#app/german/notation.ts";
import { problemOf } from "#app/german/words.ts";
import { idParam, yearParam } from "#app/http.ts";
import { listAccounts } from "#app/records/accounts.server.ts";
import { recordPlan } from "#app/records/joint-year-recording.server.ts";
import { findFixedShare } from "#app/records/joint-services.server.ts";
import { loadJointYear } from "#app/records/joint-years.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

const planForm = z.object({
  id: key,
  reading: choice(readings),
  amount: euroAmount,
  number: shortText,
  plannedOn: day,
  appropriationAccountId: optionalKey,
  overBudgetReason: optionalText,
  dueDays: z.array(z.object({ dueOn: day })).default([]),
});

export const meta: MetaFunction = () => [{ title: "Jahr planen – Paktbuch" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "coordinate");
  const fiscalYear = yearParam(params.year);
  const year = await loadJointYear(user, idParam(params.jointServiceId), fiscalYear);
  const here = `/joint-services/${year.agreement.id}/years/${fiscalYear}`;
  const fixed = await findFixedShare(user, year.agreement.id, fiscalYear);
  // Planned or booked as a fixed sum: the year's page says which, and no form could be sent.
  if (year.plan || fixed) throw redirect(here);
  const hasKey = year.key !== null;
  const { isOwnPerforming } = year;
  const accounts = await listAccounts(user, { kind: "appropriation" });
  return {
    id: randomUUID(),
    fiscalYear,
    service: { id: year.agreement.id, name: year.agreement.name },
    hasKey,
    isOwnPerforming,
    reading: proposedReading({ isOwnPerforming, hasKey }),
    appropriations: accounts
      .filter((account) => account.fiscalYear === fiscalYear)
      .map((account) => {
        const left = formatEuro(budgetLeft(account, accounts));
        return { value: account.id, label: `${account.label} – frei ${left}` };
      }),
  };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "coordinate");
  const [jointServiceId, fiscalYear] = [idParam(params.jointServiceId), yearParam(params.year)];
  const form = await readForm(request, planForm);
  if (form.status !== "success") return rejected(form);

  const { id, dueDays, appropriationAccountId, ...draft } = form.value;
  const violation = await recordPlan(user, id, jointServiceId, {
    ...draft,
    fiscalYear,
    appropriationAccountId,
    dueDays: dueDays.map(({ dueOn }) => dueOn),
  });
  if (violation) {
    const { field, sentence } = problemOf(violation);
    return rejected(form, { field: field === "fiscalYear" ? "amount" : field, sentence });
  }
  return redirect(`/joint-services/${jointServiceId}/years/${fiscalYear}`);
}

export default function PlanYear() {
  const { id, fiscalYear, service, hasKey, isOwnPerforming, reading, appropriations } =
    useLoaderData<typeof loader>();
  const [form, fields] = useForm<z.input<typeof planForm>>({
    id: "plan",
    lastResult: useActionData<typeof action>(),
    defaultValue: {
      id,
      reading,
      dueDays: ["15.02.", "15.05.", "15.08.", "15.11."].map((day) => {
        return { dueOn: `${day}${fiscalYear}` };
      }),
    },
  });
  const { name } = fields.dueDays;
  return (
    <Page
      title={`Jahr ${fiscalYear} planen`}
      lead={service.name}
      crumbs={[
        { to: `/joint-services/${service.id}/years/${fiscalYear}`, label: `Jahr ${fiscalYear}` },
      ]}
    >
      <MunicipalTabs />
      {!hasKey && (
        <Notice kind="info" title="Für dieses Jahr gibt es noch keinen Schlüssel.">
          {isOwnPerforming
            ? "Wir führen durch: Geplant wird die Summe aller Mitglieder, und der Schlüssel teilt sie. "
            : "Ohne ihn kann nur der eigene Anteil geplant werden. "}
          <TextLink to={`/joint-services/${service.id}/keys/${fiscalYear}`}>
            {isOwnPerforming ? "Zuerst den Schlüssel festlegen" : "Schlüssel festlegen"}
          </TextLink>
        </Notice>
      )}
      <EntryForm form={form} submit="Jahr planen">
        <Hidden field={fields.id} />
        <div className="field-row">
          <SelectField
            field={fields.reading}
            label="Was der Betrag bedeutet"
            options={[
              { value: "joint_total", label: "Summe aller Mitglieder, der Schlüssel teilt sie" },
              ...(isOwnPerforming
                ? []
                : [{ value: "own_share", label: "unser eigener Anteil, nichts wird geteilt" }]),
            ]}
          />
          <EuroField field={fields.amount} label="Betrag für das Jahr" />
        </div>
        <div className="field-row">
          <TextField field={fields.number} label="Nummer" isShort />
          <DayField field={fields.plannedOn} label="Aufgestellt am" />
        </div>
        {!isOwnPerforming && (
          <>
            <AppropriationField
              field={fields.appropriationAccountId}
              label="Haushaltsansatz für unseren Anteil"
              options={appropriations}
              fiscalYear={fiscalYear}
            />
            <OverBudgetField field={fields.overBudgetReason} />
          </>
        )}
        <Rows
          id={fields.dueDays.id}
          title="Fälligkeit der Abschläge"
          errors={fields.dueDays.errors}
          addButton={
            <RowButton button={form.insert.getButtonProps({ name })}>Weiterer Abschlag</RowButton>
          }
        >
          {fields.dueDays.getFieldList().map((row, index) => {
            const field = row.getFieldset();
            return (
              <Row
                key={row.key}
                title={`${index + 1}. Abschlag`}
                removeButton={
                  <RowButton button={form.remove.getButtonProps({ name, index })}>
                    Abschlag entfernen
                  </RowButton>
                }
              >
                <DayField field={field.dueOn} label="Fällig am" />
              </Row>
            );
          })}
        </Rows>
        <p className="kern-body">
          Der Schlüssel des Jahres ist danach fest. Ein Irrtum wird storniert und neu geplant.
        </p>
      </EntryForm>
    </Page>
  );
}

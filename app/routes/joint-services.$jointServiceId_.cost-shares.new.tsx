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
import { EntryForm, Hidden, Row, Rows } from "#app/components/form.tsx";
import { MunicipalTabs } from "#app/components/municipal-tabs.tsx";
import { Page } from "#app/components/page.tsx";
import { OverBudgetField } from "#app/components/spending.tsx";
import { budgetLeft } from "#app/domain/municipal-budget.ts";
import { allocationKeys } from "#app/domain/cost-share.ts";
import {
  choice,
  day,
  euroAmount,
  key,
  optionalText,
  readForm,
  rejected,
  shortText,
  weight,
  wholeNumber,
} from "#app/form.ts";
import { formatEuro } from "#app/german/notation.ts";
import { problemOf } from "#app/german/words.ts";
import { idParam } from "#app/http.ts";
import { listAccounts } from "#app/records/accounts.server.ts";
import { recordCostShare, requireJointService } from "#app/records/joint-services.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

const costShareForm = z.object({
  id: key,
  fiscalYear: wholeNumber(2000, 2099),
  appropriationAccountId: key,
  demandedOn: day,
  number: shortText,
  allocationKey: choice(allocationKeys),
  amount: euroAmount,
  overBudgetReason: optionalText,
  weights: z.array(z.object({ memberId: key, weight: weight.optional() })).default([]),
});

export const meta: MetaFunction = () => [{ title: "Festbetrag buchen – Paktbuch" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "coordinate");
  const service = await requireJointService(user, idParam(params.jointServiceId));
  const accounts = await listAccounts(user, { kind: "appropriation" });
  return {
    id: randomUUID(),
    service: { id: service.id, name: service.name },
    members: service.members.map(({ id, name, isOwn }) => ({ id, name, isOwn })),
    appropriations: accounts.map((account) => {
      const left = budgetLeft(account, accounts);
      return { value: account.id, label: `${account.label} – frei ${formatEuro(left)}` };
    }),
  };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "coordinate");
  const jointServiceId = idParam(params.jointServiceId);
  const form = await readForm(request, costShareForm);
  if (form.status !== "success") return rejected(form);

  const { id, weights, ...draft } = form.value;
  const given = weights.flatMap(({ memberId, weight }) => (weight ? [{ memberId, weight }] : []));
  const violation = await recordCostShare(user, id, jointServiceId, { ...draft, weights: given });
  if (violation) return rejected(form, problemOf(violation));
  return redirect(`/joint-services/${jointServiceId}`);
}

export default function NewCostShare() {
  const { id, service, members, appropriations } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<z.input<typeof costShareForm>>({
    id: "cost-share",
    lastResult: useActionData<typeof action>(),
    defaultValue: {
      id,
      allocationKey: "own_share",
      weights: members.map((member) => ({ memberId: member.id })),
    },
  });
  return (
    <Page
      title="Festbetrag ohne Abrechnung buchen"
      lead={`${service.name}. Für Jahre, in denen ein fester Betrag gefordert und am Jahresende nichts abgerechnet wird.`}
      crumbs={[{ to: `/joint-services/${service.id}`, label: "IKZ-Vereinbarung" }]}
    >
      <MunicipalTabs />
      <EntryForm form={form} submit="Festbetrag buchen">
        <Hidden field={fields.id} />
        <div className="field-row">
          <TextField field={fields.fiscalYear} label="Haushaltsjahr" inputMode="numeric" isShort />
          <TextField field={fields.number} label="Nummer der Anforderung" isShort />
          <DayField field={fields.demandedOn} label="Angefordert am" />
        </div>
        <AppropriationField
          field={fields.appropriationAccountId}
          label="Haushaltsansatz"
          options={appropriations}
        />
        <div className="field-row">
          <SelectField
            field={fields.allocationKey}
            label="Was der Betrag bedeutet"
            options={[
              { value: "own_share", label: "unser eigener Anteil" },
              { value: "equal_parts", label: "Summe aller Mitglieder, gleiche Teile" },
              { value: "by_weight", label: "Summe aller Mitglieder, nach Gewichten" },
            ]}
          />
          <EuroField field={fields.amount} label="Betrag" />
        </div>
        <OverBudgetField field={fields.overBudgetReason} />
        <Rows
          id={fields.weights.id}
          title="Gewichte (nur wenn nach Gewichten geteilt wird: Schülerzahlen, Geräte, Einwohner)"
          errors={fields.weights.errors}
          addButton={null}
        >
          {fields.weights.getFieldList().map((row, index) => {
            const field = row.getFieldset();
            return (
              <Row key={row.key} title={members[index]?.name ?? "Mitglied"}>
                <Hidden field={field.memberId} />
                <TextField
                  field={field.weight}
                  label={`Gewicht von ${members[index]?.name ?? "Mitglied"}`}
                  inputMode="decimal"
                  isOptional
                  isShort
                />
              </Row>
            );
          })}
        </Rows>
      </EntryForm>
    </Page>
  );
}

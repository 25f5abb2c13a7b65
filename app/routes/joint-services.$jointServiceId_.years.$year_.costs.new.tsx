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
import { DayField, EuroField, SelectField, TextField } from "#app/components/fields.tsx";
import { EntryForm, Hidden } from "#app/components/form.tsx";
import { MunicipalTabs } from "#app/components/municipal-tabs.tsx";
import { Page } from "#app/components/page.tsx";
import { jointCostKinds } from "#app/domain/joint-cost.ts";
import {
  choice,
  day,
  euroAmount,
  key,
  optionalKey,
  optionalText,
  readForm,
  rejected,
  text,
  weight,
} from "#app/form.ts";
import { jointCostKindWords } from "#app/german/joint-words.ts";
import { formatDay, formatEuro } from "#app/german/notation.ts";
import { problemOf } from "#app/german/words.ts";
import { idParam, yearParam } from "#app/http.ts";
import { listCountableInvoices } from "#app/records/joint-invoices.server.ts";
import { recordJointCost } from "#app/records/joint-payments.server.ts";
import { requirePlannedYear } from "#app/records/joint-years.server.ts";
import { requireUser } from "#app/session.server.ts";

const costForm = z.object({
  id: key,
  kind: choice(jointCostKinds),
  incurredOn: day,
  description: text,
  reference: optionalText,
  invoiceId: optionalKey,
  hours: weight.optional(),
  rate: euroAmount.optional(),
  amount: euroAmount.optional(),
});

export const meta: MetaFunction = () => [{ title: "Istkosten der IKZ – Paktbuch" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "coordinate");
  const fiscalYear = yearParam(params.year);
  const year = await requirePlannedYear(user, idParam(params.jointServiceId), fiscalYear);
  const invoices = await listCountableInvoices(user);
  return {
    id: randomUUID(),
    fiscalYear,
    service: { id: year.agreement.id, name: year.agreement.name },
    reading: year.plan.reading,
    invoices: invoices.map(({ id, number, invoicedOn, supplier, left }) => {
      const amount = left.lessThan(0)
        ? `nach einer Gutschrift ${formatEuro(left.abs())} zu viel erfasst`
        : formatEuro(left);
      const label = `${supplier}, ${number} vom ${formatDay(invoicedOn)} – ${amount}`;
      return { value: id, label };
    }),
  };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "coordinate");
  const [jointServiceId, fiscalYear] = [idParam(params.jointServiceId), yearParam(params.year)];
  const form = await readForm(request, costForm);
  if (form.status !== "success") return rejected(form);

  const { id, invoiceId, hours, rate, amount, ...cost } = form.value;
  const draft = { ...cost, invoiceId, hours, rate, amount };
  const violation = await recordJointCost(user, id, jointServiceId, fiscalYear, draft);
  if (violation) return rejected(form, problemOf(violation));
  return redirect(`/joint-services/${jointServiceId}/years/${fiscalYear}`);
}

export default function NewCost() {
  const { id, fiscalYear, service, reading, invoices } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<z.input<typeof costForm>>({
    id: "joint-cost",
    lastResult: useActionData<typeof action>(),
    defaultValue: { id },
  });
  return (
    <Page
      title={`Istkosten ${fiscalYear} erfassen`}
      lead={
        reading === "own_share"
          ? `${service.name}. Geplant ist unser eigener Anteil: Bitte auch hier nur ihn erfassen.`
          : `${service.name}. Geplant ist die Summe aller Mitglieder: Bitte die Kosten aller erfassen.`
      }
      crumbs={[
        { to: `/joint-services/${service.id}/years/${fiscalYear}`, label: `Jahr ${fiscalYear}` },
      ]}
    >
      <MunicipalTabs />
      <EntryForm form={form} submit="Istkosten buchen">
        <Hidden field={fields.id} />
        <div className="field-row">
          <SelectField
            field={fields.kind}
            label="Woher die Kosten kommen"
            options={jointCostKinds.map((value) => ({ value, label: jointCostKindWords[value] }))}
          />
          <DayField field={fields.incurredOn} label="Entstanden am" />
        </div>
        <TextField field={fields.description} label="Was" hint="bei Stunden: wer was getan hat" />
        <SelectField
          field={fields.invoiceId}
          label="Rechnung aus dem Haushalt"
          isOptional
          empty={invoices.length === 0 ? "keine vorhanden" : "keine"}
          options={invoices}
        />
        <div className="field-row">
          <TextField field={fields.hours} label="Stunden" inputMode="decimal" isOptional isShort />
          <EuroField field={fields.rate} label="Satz je Stunde" isOptional />
        </div>
        <div className="field-row">
          <EuroField
            field={fields.amount}
            label="Betrag brutto"
            hint="bei Stunden leer lassen; bei zu viel Erfasstem mit Minus"
            isOptional
          />
          <TextField field={fields.reference} label="Nummer des Belegs" isOptional isShort />
        </div>
      </EntryForm>
    </Page>
  );
}

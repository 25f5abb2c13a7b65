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
import { DayField, TextField } from "#app/components/fields.tsx";
import { EntryForm, Hidden } from "#app/components/form.tsx";
import { MunicipalTabs } from "#app/components/municipal-tabs.tsx";
import { Facts, Page } from "#app/components/page.tsx";
import { OverBudgetField } from "#app/components/spending.tsx";
import { day, key, optionalText, readForm, rejected, shortText } from "#app/form.ts";
import { readingWords } from "#app/german/joint-words.ts";
import { formatEuro } from "#app/german/notation.ts";
import { problemOf } from "#app/german/words.ts";
import { idParam, wire, yearParam } from "#app/http.ts";
import { recordSettlement } from "#app/records/joint-year-recording.server.ts";
import { requirePlannedYear } from "#app/records/joint-years.server.ts";
import { requireUser } from "#app/session.server.ts";

const settlementForm = z.object({
  id: key,
  settledOn: day,
  number: shortText,
  dueOn: day,
  overBudgetReason: optionalText,
});

export const meta: MetaFunction = () => [{ title: "Jahresabrechnung – Paktbuch" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "coordinate");
  const fiscalYear = yearParam(params.year);
  const year = await requirePlannedYear(user, idParam(params.jointServiceId), fiscalYear);
  const { agreement, plan, actual, costs } = year;
  return wire({
    id: randomUUID(),
    fiscalYear,
    service: { id: agreement.id, name: agreement.name },
    reading: plan.reading,
    planned: plan.amount,
    actual,
    count: costs.length,
    isCharged: plan.appropriationAccountId !== null,
  });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "coordinate");
  const [jointServiceId, fiscalYear] = [idParam(params.jointServiceId), yearParam(params.year)];
  const form = await readForm(request, settlementForm);
  if (form.status !== "success") return rejected(form);

  const { id, ...draft } = form.value;
  const violation = await recordSettlement(user, id, jointServiceId, fiscalYear, draft);
  if (violation) {
    const { field, sentence } = problemOf(violation);
    return rejected(form, { field: field in form.value ? field : "settledOn", sentence });
  }
  return redirect(`/joint-services/${jointServiceId}/years/${fiscalYear}`);
}

export default function NewSettlement() {
  const { id, fiscalYear, service, reading, planned, actual, count, isCharged } =
    useLoaderData<typeof loader>();
  const [form, fields] = useForm<z.input<typeof settlementForm>>({
    id: "settlement",
    lastResult: useActionData<typeof action>(),
    defaultValue: { id },
  });
  return (
    <Page
      title={`Jahr ${fiscalYear} abrechnen`}
      lead={service.name}
      crumbs={[
        { to: `/joint-services/${service.id}/years/${fiscalYear}`, label: `Jahr ${fiscalYear}` },
      ]}
    >
      <MunicipalTabs />
      <Facts
        facts={[
          ["Lesart", readingWords[reading]],
          ["Geplant", formatEuro(planned)],
          ["Istkosten", `${formatEuro(actual)} aus ${count} ${count === 1 ? "Beleg" : "Belegen"}`],
        ]}
      />
      <EntryForm form={form} submit="Jahr abrechnen">
        <Hidden field={fields.id} />
        <div className="field-row">
          <DayField field={fields.settledOn} label="Abgerechnet am" />
          <TextField field={fields.number} label="Nummer" isShort />
          <DayField field={fields.dueOn} label="Nachzahlung fällig am" />
        </div>
        {isCharged && <OverBudgetField field={fields.overBudgetReason} />}
        <p className="kern-body">
          Die Istkosten werden nach dem Schlüssel des Jahres und den Tagen der Mitgliedschaft
          geteilt; danach nimmt das Jahr nur noch Nachzahlungen, Erstattungen und Stornos auf.
        </p>
      </EntryForm>
    </Page>
  );
}

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
import { today } from "#app/clock.server.ts";
import { DayField, EuroField, SelectField, TextArea, TextField } from "#app/components/fields.tsx";
import { EntryForm, Hidden } from "#app/components/form.tsx";
import { MunicipalTabs } from "#app/components/municipal-tabs.tsx";
import { Page } from "#app/components/page.tsx";
import { budgetParts } from "#app/domain/appropriation.ts";
import { yearOf } from "#app/domain/calendar.ts";
import { givable } from "#app/domain/municipal-budget.ts";
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
  text,
  wholeNumber,
} from "#app/form.ts";
import { budgetPartWords } from "#app/german/budget-sentences.ts";
import { formatEuro } from "#app/german/notation.ts";
import { problemOf } from "#app/german/words.ts";
import { listResolutions } from "#app/records/authorities.server.ts";
import { recordUnplannedApproval } from "#app/records/budget-changes.server.ts";
import { listYearAccounts } from "#app/records/fiscal-years.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

const unplannedForm = z.object({
  id: key,
  fiscalYear: wholeNumber(2000, 2099),
  product: shortText,
  ledgerAccount: shortText,
  costCentre: optionalText,
  budgetPart: choice(budgetParts),
  budget: optionalText,
  name: text,
  amount: euroAmount,
  decidedOn: day,
  resolutionId: optionalKey,
  decision: optionalText,
  reason: text,
  coveringAccountId: optionalKey,
  additionalIncome: optionalText,
});

export const meta: MetaFunction = () => [{ title: "Außerplanmäßig bewilligen – Paktbuch" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request, "decide_budget");
  const asked = new URL(request.url).searchParams.get("year") ?? "";
  const year = /^20\d\d$/.test(asked) ? Number(asked) : yearOf(today());
  const [accounts, resolutions] = await Promise.all([
    listYearAccounts(user, year),
    listResolutions(user),
  ]);
  return {
    id: randomUUID(),
    year,
    others: accounts.map((one) => ({
      value: one.id,
      label: `${one.label}: ${formatEuro(givable(one, accounts))}`,
    })),
    resolutions: resolutions.map(({ id, number, title }) => {
      return { value: id, label: `${number} ${title}` };
    }),
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const user = await requireUser(request, "decide_budget");
  const form = await readForm(request, unplannedForm);
  if (form.status !== "success") return rejected(form);

  const { id, resolutionId, coveringAccountId, ...draft } = form.value;
  const violation = await recordUnplannedApproval(user, id, {
    ...draft,
    resolutionId,
    coveringAccountId,
  });
  if (violation) return rejected(form, problemOf(violation));
  return redirect(`/municipal-budget?year=${draft.fiscalYear}`);
}

export default function NewUnplannedApproval() {
  const { id, year, others, resolutions } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<z.input<typeof unplannedForm>>({
    id: "unplanned",
    lastResult: useActionData<typeof action>(),
    defaultValue: { id, fiscalYear: String(year), budgetPart: "operating" },
  });
  return (
    <Page
      title="Außerplanmäßig bewilligen"
      lead="Für eine Ausgabe, die der Haushalt nicht vorsieht: Die Haushaltsstelle hat den Ansatz 0,00 und bekommt ihr Geld aus dieser Bewilligung (§ 117 NKomVG)."
      crumbs={[{ to: `/municipal-budget?year=${year}`, label: "Haushalt" }]}
    >
      <MunicipalTabs />
      <EntryForm form={form} submit="Außerplanmäßig bewilligen">
        <Hidden field={fields.id} />
        <h2 className="kern-heading-medium">Wofür: die Haushaltsstelle ohne Ansatz</h2>
        <div className="field-row">
          <TextField field={fields.fiscalYear} label="Haushaltsjahr" inputMode="numeric" isShort />
          <TextField field={fields.product} label="Produkt" isShort />
          <TextField field={fields.ledgerAccount} label="Sachkonto" isShort />
          <TextField field={fields.costCentre} label="Kostenstelle" isShort isOptional />
        </div>
        <SelectField
          field={fields.budgetPart}
          label="Teil des Haushalts"
          options={budgetParts.map((value) => ({ value, label: budgetPartWords[value] }))}
        />
        <TextField field={fields.name} label="Bezeichnung" />
        <TextField field={fields.budget} label="Budget" isOptional />
        <h2 className="kern-heading-medium">Wie viel, und wer es beschlossen hat</h2>
        <div className="field-row">
          <EuroField field={fields.amount} label="Betrag" />
          <DayField field={fields.decidedOn} label="Beschlossen am" />
        </div>
        <SelectField
          field={fields.resolutionId}
          label="Beschluss"
          isOptional
          empty="ohne Beschluss im Buch"
          options={resolutions}
        />
        <TextField
          field={fields.decision}
          label="Wer entschieden hat"
          hint="Ohne Beschluss im Buch, zum Beispiel der Hauptverwaltungsbeamte mit Datum."
          isOptional
        />
        <TextArea field={fields.reason} label="Grund" hint="Warum die Ausgabe unabweisbar ist." />
        <h2 className="kern-heading-medium">Woher das Geld kommt: eines von beiden</h2>
        <SelectField
          field={fields.coveringAccountId}
          label="Gedeckt aus der Haushaltsstelle"
          hint={`Aus demselben Teil des Haushalts ${year}; daneben steht, was sie höchstens abgeben kann.`}
          isOptional
          empty="keine"
          options={others}
        />
        <TextField
          field={fields.additionalIncome}
          label="Gedeckt durch Mehrerträge"
          hint="Wenn keine Haushaltsstelle Geld abgibt: welche."
          isOptional
        />
      </EntryForm>
    </Page>
  );
}

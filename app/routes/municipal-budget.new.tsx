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
import { today } from "#app/clock.server.ts";
import { budgetParts } from "#app/domain/appropriation.ts";
import { yearOf } from "#app/domain/calendar.ts";
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
import { problemOf } from "#app/german/words.ts";
import { listAccounts } from "#app/records/accounts.server.ts";
import { listResolutions } from "#app/records/authorities.server.ts";
import { recordAppropriation } from "#app/records/municipal-budget.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

const appropriationForm = z.object({
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
});

export const meta: MetaFunction = () => [{ title: "Haushaltsansatz buchen – Paktbuch" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request, "decide_budget");
  const [resolutions, accounts] = await Promise.all([
    listResolutions(user),
    listAccounts(user, { kind: "appropriation" }),
  ]);
  const year = new URL(request.url).searchParams.get("year") ?? "";
  return {
    id: randomUUID(),
    year: /^20\d\d$/.test(year) ? year : String(yearOf(today())),
    budgets: [...new Set(accounts.flatMap(({ budget }) => budget ?? []))],
    resolutions: resolutions.map(({ id, number, title }) => {
      return { value: id, label: `${number} ${title}` };
    }),
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const user = await requireUser(request, "decide_budget");
  const form = await readForm(request, appropriationForm);
  if (form.status !== "success") return rejected(form);

  const { id, resolutionId, ...draft } = form.value;
  const violation = await recordAppropriation(user, id, { ...draft, resolutionId });
  if (violation) return rejected(form, problemOf(violation));
  return redirect(`/municipal-budget?year=${draft.fiscalYear}`);
}

export default function NewAppropriation() {
  const { id, year, resolutions, budgets } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<z.input<typeof appropriationForm>>({
    id: "appropriation",
    lastResult: useActionData<typeof action>(),
    defaultValue: { id, fiscalYear: year, budgetPart: "operating" },
  });
  return (
    <Page
      title="Haushaltsansatz buchen"
      lead="Einmal je Haushaltsstelle und Jahr; später ändert ihn ein Nachtrag."
      crumbs={[{ to: "/municipal-budget", label: "Haushalt" }]}
    >
      <MunicipalTabs />
      <EntryForm form={form} submit="Haushaltsansatz buchen">
        <Hidden field={fields.id} />
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
        <TextField
          field={fields.budget}
          label="Budget"
          hint="Haushaltsstellen mit demselben Budget decken sich gegenseitig (§ 19 KomHKVO). Gilt für das ganze Jahr."
          isOptional
          list="budgets"
        />
        <datalist id="budgets">
          {budgets.map((budget) => (
            <option key={budget} value={budget} />
          ))}
        </datalist>
        <TextField field={fields.name} label="Bezeichnung" />
        <div className="field-row">
          <EuroField field={fields.amount} label="Ansatz" />
          <DayField field={fields.decidedOn} label="Beschlossen am" />
        </div>
        <SelectField
          field={fields.resolutionId}
          label="Beschluss"
          isOptional
          empty="ohne Angabe"
          options={resolutions}
        />
      </EntryForm>
    </Page>
  );
}

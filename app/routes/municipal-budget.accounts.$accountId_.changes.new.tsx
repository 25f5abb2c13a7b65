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
import { Euro } from "#app/components/euro.tsx";
import { DayField, EuroField, SelectField, TextArea, TextField } from "#app/components/fields.tsx";
import { EntryForm, Hidden } from "#app/components/form.tsx";
import { MunicipalTabs } from "#app/components/municipal-tabs.tsx";
import { Page } from "#app/components/page.tsx";
import { appropriationLeft } from "#app/domain/appropriation.ts";
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
} from "#app/form.ts";
import { formatEuro } from "#app/german/notation.ts";
import { problemOf } from "#app/german/words.ts";
import { idParam, wire } from "#app/http.ts";
import { listBookedAlongside } from "#app/records/booked-alongside.server.ts";
import { listResolutions } from "#app/records/authorities.server.ts";
import {
  recordExtraApproval,
  recordSupplement,
  requireBudgetAccount,
} from "#app/records/budget-changes.server.ts";
import { findYearClosing, listYearAccounts } from "#app/records/fiscal-years.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

const changeForm = z.object({
  id: key,
  kind: choice(["supplement", "extra"]),
  amount: euroAmount,
  decidedOn: day,
  resolutionId: optionalKey,
  decision: optionalText,
  reason: text,
  coveringAccountId: optionalKey,
  additionalIncome: optionalText,
});

export const meta: MetaFunction = () => [{ title: "Änderung buchen – Paktbuch" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "decide_budget");
  const account = await requireBudgetAccount(user, idParam(params.accountId));
  // A closed year has no form: its page says so.
  if (await findYearClosing(user, account.fiscalYear!))
    throw redirect(`/municipal-budget/accounts/${account.id}`);
  const [accounts, resolutions] = await Promise.all([
    listYearAccounts(user, account.fiscalYear!),
    listResolutions(user),
  ]);
  return wire({
    id: randomUUID(),
    account: { id: account.id, label: account.label, left: appropriationLeft(account) },
    others: accounts
      .filter((one) => one.id !== account.id)
      .filter((one) => (one.budgetPart ?? "operating") === (account.budgetPart ?? "operating"))
      .map((one) => ({
        value: one.id,
        label: `${one.label}: ${formatEuro(appropriationLeft(one))}`,
      })),
    resolutions: resolutions.map(({ id, number, title }) => {
      return { value: id, label: `${number} ${title}` };
    }),
  });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "decide_budget");
  const accountId = idParam(params.accountId);
  const form = await readForm(request, changeForm);
  if (form.status !== "success") return rejected(form);

  const { id, kind, ...change } = form.value;
  // A cover given with a supplement is refused, not passed over: money would seem to have moved.
  const draft = { ...change, resolutionId: change.resolutionId, coveringAccountId: change.coveringAccountId }; // prettier-ignore
  const record = kind === "supplement" ? recordSupplement : recordExtraApproval;
  const violation = await record(user, id, accountId, draft);
  if (violation) return rejected(form, problemOf(violation));
  const hasMore = (await listBookedAlongside(user, id)).length > 0;
  return redirect(`/municipal-budget/accounts/${accountId}${hasMore ? `?booked=${id}` : ""}`);
}

const kinds = [
  { value: "supplement", label: "Nachtrag (mit Minus: der Ansatz sinkt)" },
  { value: "extra", label: "über- oder außerplanmäßig (§ 117 NKomVG)" },
];

export default function NewChange() {
  const { id, account, others, resolutions } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<z.input<typeof changeForm>>({
    id: "change",
    lastResult: useActionData<typeof action>(),
    defaultValue: { id },
  });
  return (
    <Page
      title="Änderung buchen"
      lead={account.label}
      crumbs={[
        { to: "/municipal-budget", label: "Haushalt" },
        { to: `/municipal-budget/accounts/${account.id}`, label: "Haushaltsstelle" },
      ]}
    >
      <MunicipalTabs />
      <p className="kern-body">
        Eigene Mittel, noch verfügbar: <Euro amount={account.left} />. Reste des Vorjahres werden
        beim Jahresabschluss übertragen.
      </p>
      <EntryForm form={form} submit="Änderung buchen">
        <Hidden field={fields.id} />
        <SelectField field={fields.kind} label="Art" options={kinds} />
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
          hint="Nur ohne Beschluss im Buch, zum Beispiel der Hauptverwaltungsbeamte mit Datum."
        />
        <TextArea
          field={fields.reason}
          label="Grund"
          hint="Über- oder außerplanmäßig: warum die Ausgabe unabweisbar ist."
        />
        <SelectField
          field={fields.coveringAccountId}
          label="Gedeckt aus der Haushaltsstelle"
          hint="Nur über- oder außerplanmäßig: Das Geld geht von dort hierher. Eine Deckung muss sein, diese oder Mehrerträge."
          empty="keine"
          options={others}
        />
        <TextField
          field={fields.additionalIncome}
          label="Gedeckt durch Mehrerträge"
          hint="Nur über- oder außerplanmäßig, wenn keine Haushaltsstelle Geld abgibt: welche."
        />
      </EntryForm>
    </Page>
  );
}

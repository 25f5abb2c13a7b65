import { useForm } from "@conform-to/react";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { Checkbox, SelectField, TextField } from "#app/components/fields.tsx";
import { EntryForm } from "#app/components/form.tsx";
import { ActionLink, Page } from "#app/components/page.tsx";
import { overBudgetPolicies } from "#app/domain/municipal-budget.ts";
import { overBudgetKindTitles, overBudgetPolicyTitles } from "#app/domain/titles.ts";
import {
  checkbox,
  choice,
  optionalIban,
  optionalPercentShare,
  optionalText,
  readForm,
  rejected,
} from "#app/form.ts";
import { formatAccount, formatFactor } from "#app/german/notation.ts";
import { problemOf } from "#app/german/words.ts";
import { wire } from "#app/http.ts";
import { changeSettings, requireAuthority } from "#app/records/authorities.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

const policy = choice(overBudgetPolicies);
const settingsForm = z.object({
  fourEyes: checkbox,
  paidByAnother: checkbox,
  inputTaxRate: optionalPercentShare,
  overBudgetOrders: policy,
  overBudgetInvoices: policy,
  overBudgetRecurring: policy,
  iban: optionalIban,
  bankName: optionalText,
  signatory: optionalText,
});

export const meta: MetaFunction = () => [{ title: "Einstellungen – Paktbuch" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request, "manage_settings");
  const { name, fourEyes, paidByAnother, inputTaxRate, ...authority } =
    await requireAuthority(user);
  const { overBudgetOrders, overBudgetInvoices, overBudgetRecurring } = authority;
  const { iban, bankName, signatory } = authority;
  return wire({
    name,
    fourEyes,
    paidByAnother,
    inputTaxRate,
    overBudget: { overBudgetOrders, overBudgetInvoices, overBudgetRecurring },
    payment: { iban: iban && formatAccount(iban), bankName, signatory },
  });
}

export async function action({ request }: ActionFunctionArgs) {
  const user = await requireUser(request, "manage_settings");
  const form = await readForm(request, settingsForm);
  if (form.status !== "success") return rejected(form);

  const { bankName, signatory, ...settings } = form.value;
  const violation = await changeSettings(user, {
    ...settings,
    bankName: bankName || null,
    signatory: signatory || null,
  });
  if (violation) return rejected(form, problemOf(violation));
  return redirect("/settings");
}

const kinds = ["overBudgetOrders", "overBudgetInvoices", "overBudgetRecurring"] as const;

const policies = overBudgetPolicies.map((value) => ({
  value,
  label: overBudgetPolicyTitles[value],
}));

export default function Settings() {
  const { name, fourEyes, paidByAnother, inputTaxRate, overBudget, payment } =
    useLoaderData<typeof loader>();
  const [form, fields] = useForm<z.input<typeof settingsForm>>({
    id: "settings",
    lastResult: useActionData<typeof action>(),
    defaultValue: {
      fourEyes: fourEyes ? "on" : undefined,
      paidByAnother: paidByAnother ? "on" : undefined,
      inputTaxRate: formatFactor(inputTaxRate),
      ...overBudget,
      iban: payment.iban ?? undefined,
      bankName: payment.bankName ?? undefined,
      signatory: payment.signatory ?? undefined,
    },
  });
  return (
    <Page
      title="Einstellungen"
      lead={`${name}. Sie gelten für alles, was danach gebucht wird.`}
      actions={<ActionLink to="/settings/second-factor">Zweiter Faktor je Rolle</ActionLink>}
    >
      <EntryForm form={form} submit="Einstellungen speichern">
        <Checkbox
          field={fields.fourEyes}
          label="Vier-Augen-Prinzip: Eine Rechnung stellt fest, wer sie nicht erfasst hat"
        />
        <Checkbox
          field={fields.paidByAnother}
          label="Vier-Augen-Prinzip: Eine Rechnung bezahlt, wer sie weder erfasst noch festgestellt hat"
        />
        <TextField
          field={fields.inputTaxRate}
          label="Vorsteuerabzug (%)"
          hint="Welchen Teil der Umsatzsteuer der Schulträger als Vorsteuer abzieht: 0 meistens, 100 bei vollem Abzug. Dieser Teil ist nicht förderfähig."
          isShort
          isOptional
          autoComplete="off"
        />
        <h2 className="kern-heading-medium">Wenn das Geld im Gemeindehaushalt nicht reicht</h2>
        {kinds.map((kind) => (
          <SelectField
            key={kind}
            field={fields[kind]}
            label={overBudgetKindTitles[kind]}
            options={policies}
          />
        ))}
        <h2 className="kern-heading-medium">Schreiben an andere Schulträger (IKZ)</h2>
        <p className="kern-body">
          Ohne IBAN bittet ein Schreiben um Zahlung auf das bekannte Konto.
        </p>
        <div className="field-row">
          <TextField field={fields.iban} label="IBAN" isOptional autoComplete="off" />
          <TextField field={fields.bankName} label="Name der Bank" isOptional autoComplete="off" />
        </div>
        <TextField
          field={fields.signatory}
          label="Wer unterschreibt"
          hint="wie es unter dem Schreiben steht, zum Beispiel: Im Auftrag Petra Muster"
          isOptional
          autoComplete="off"
        />
      </EntryForm>
    </Page>
  );
}

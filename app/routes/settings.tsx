import { useForm } from "@conform-to/react";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { Done } from "#app/components/done.tsx";
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
  secret,
} from "#app/form.ts";
import { yesOrNo } from "#app/german/conflict-words.ts";
import { formatAccount, formatFactor } from "#app/german/notation.ts";
import { problemOf } from "#app/german/words.ts";
import { madeFromOld } from "#app/kept-form.ts";
import {
  changeSettings,
  requireAuthority,
  versionOfSettings,
} from "#app/records/authorities.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

const policy = choice(overBudgetPolicies);
const settingsForm = z.object({
  version: secret,
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
  const authority = await requireAuthority(user);
  return { name: authority.name, ...keptSettings(authority) };
}

type Authority = Awaited<ReturnType<typeof requireAuthority>>;

/** The settings as they are typed, and which version they are. */
function keptSettings(authority: Authority) {
  const { fourEyes, paidByAnother, inputTaxRate, iban, bankName, signatory } = authority;
  const { overBudgetOrders, overBudgetInvoices, overBudgetRecurring } = authority;
  const fields = {
    ...(fourEyes && { fourEyes: "on" }),
    ...(paidByAnother && { paidByAnother: "on" }),
    inputTaxRate: formatFactor(inputTaxRate.toFixed()),
    ...{ overBudgetOrders, overBudgetInvoices, overBudgetRecurring },
    iban: iban ? formatAccount(iban) : "",
    bankName: bankName ?? "",
    signatory: signatory ?? "",
  };
  return { version: versionOfSettings(authority), fields };
}

function said(field: string, value: string): string {
  if (field === "fourEyes" || field === "paidByAnother") return yesOrNo(value);
  const policy = overBudgetPolicies.find((one) => one === value);
  return policy ? overBudgetPolicyTitles[policy] : value;
}

export async function action({ request }: ActionFunctionArgs) {
  const user = await requireUser(request, "manage_settings");
  const form = await readForm(request, settingsForm);
  if (form.status !== "success") return rejected(form);

  const { bankName, signatory, version, ...settings } = form.value;
  const draft = { ...settings, bankName: bankName || null, signatory: signatory || null };
  const violation = await changeSettings(user, draft, version);
  if (violation?.rule === "made_from_old") {
    return madeFromOld(form, keptSettings(await requireAuthority(user)), said);
  }
  if (violation) return rejected(form, problemOf(violation));
  return redirect("/settings?done=settings");
}

const kinds = ["overBudgetOrders", "overBudgetInvoices", "overBudgetRecurring"] as const;

const policies = overBudgetPolicies.map((value) => ({
  value,
  label: overBudgetPolicyTitles[value],
}));

export default function Settings() {
  const { name, version, fields: kept } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<z.input<typeof settingsForm>>({
    id: "settings",
    lastResult: useActionData<typeof action>(),
    defaultValue: kept,
  });
  return (
    <Page
      title="Einstellungen"
      lead={`${name}. Sie gelten für alles, was danach gebucht wird.`}
      actions={<ActionLink to="/settings/second-factor">Zweiter Faktor je Rolle</ActionLink>}
    >
      <Done />
      <EntryForm form={form} submit="Einstellungen speichern" version={version}>
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

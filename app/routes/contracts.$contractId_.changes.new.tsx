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
import { optionalIndexValue } from "#app/contract-form.ts";
import { changeKinds } from "#app/domain/contract.ts";
import { nextNotice } from "#app/domain/contract-run.ts";
import { choice, day, key, optionalEuroAmount, readForm, rejected, text } from "#app/form.ts";
import { changeKindWords, rhythmWords } from "#app/german/contract-words.ts";
import { formatDay } from "#app/german/notation.ts";
import { problemOf } from "#app/german/words.ts";
import { idParam, notFound, wire } from "#app/http.ts";
import { changeContract } from "#app/records/contract-changes.server.ts";
import { requireContract } from "#app/records/contracts.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

const changeForm = z.object({
  id: key,
  kind: choice(changeKinds),
  changedOn: day,
  validFrom: day,
  amount: optionalEuroAmount,
  indexBase: optionalIndexValue,
  reason: text,
});

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Vertrag ${data?.number ?? ""} ändern – Paktbuch` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "record");
  const contract = await requireContract(user, idParam(params.contractId));
  if (!contract.stands) notFound();
  const { number, name, rhythm, adjustment } = contract;
  return wire({
    id: randomUUID(),
    contractId: contract.id,
    ...{ number, name, rhythm, adjustment },
    notice: nextNotice(contract, today()),
  });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "record");
  const contractId = idParam(params.contractId);
  const form = await readForm(request, changeForm);
  if (form.status !== "success") return rejected(form);

  const { id, ...draft } = form.value;
  const violation = await changeContract(user, id, contractId, draft);
  if (violation) return rejected(form, problemOf(violation));
  return redirect(`/contracts/${contractId}`);
}

export default function NewContractChange() {
  const { id, contractId, number, name, rhythm, adjustment, notice } =
    useLoaderData<typeof loader>();
  const [form, fields] = useForm<z.input<typeof changeForm>>({
    id: "contract-change",
    lastResult: useActionData<typeof action>(),
    defaultValue: { id },
  });
  const reach = notice
    ? `Nächste Kündigung nach dem Vertrag: bis ${formatDay(notice.noticeBy)} zum ${formatDay(notice.endsOn)}.`
    : "Der Vertrag endet ohne Kündigung.";
  return (
    <Page
      title={`Vertrag ${number} ändern oder kündigen`}
      lead={`${name}. ${reach}`}
      crumbs={[
        { to: "/contracts", label: "Verträge" },
        { to: `/contracts/${contractId}`, label: `Vertrag ${number}` },
      ]}
    >
      <MunicipalTabs />
      <EntryForm form={form} submit="Änderung buchen">
        <Hidden field={fields.id} />
        <SelectField
          field={fields.kind}
          label="Was sich ändert"
          options={changeKinds.map((value) => ({ value, label: changeKindWords[value] }))}
        />
        <div className="field-row">
          <DayField field={fields.changedOn} label="Schreiben oder Nachtrag vom" />
          <DayField
            field={fields.validFrom}
            label="Gilt ab, oder letzter Tag"
            hint="neuer Preis: erster Tag; Ende und Kündigung: letzter Tag"
          />
        </div>
        <div className="field-row">
          <EuroField
            field={fields.amount}
            label={`Neuer Preis brutto ${rhythmWords[rhythm]}`}
            hint="nur bei neuem Preis"
            isOptional
          />
          {adjustment === "index" && (
            <TextField
              field={fields.indexBase}
              label="Indexwert dazu"
              hint="nur bei neuem Preis"
              inputMode="decimal"
              isOptional
              isShort
            />
          )}
        </div>
        <TextArea field={fields.reason} label="Grund" hint="wie Preisanpassung laut Schreiben" />
      </EntryForm>
    </Page>
  );
}

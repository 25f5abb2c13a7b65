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
import { marksMoveNothing } from "#app/components/audit-marks.tsx";
import { EuroField, SelectField, TextArea } from "#app/components/fields.tsx";
import { EntryForm, Hidden } from "#app/components/form.tsx";
import { Notice, Page } from "#app/components/page.tsx";
import { enteredMarkKinds } from "#app/domain/audit-mark.ts";
import { choice, key, optionalEuroAmount, optionalText, readForm, rejected } from "#app/form.ts";
import { enteredMarkWords } from "#app/german/audit-words.ts";
import { formatEuro } from "#app/german/notation.ts";
import { problemOf } from "#app/german/words.ts";
import { idParam, wire } from "#app/http.ts";
import { recordAuditMark } from "#app/records/audit-marks.server.ts";
import { requireInvoice } from "#app/records/invoices.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

const markForm = z.object({
  id: key,
  kind: choice(enteredMarkKinds),
  amount: optionalEuroAmount,
  text: optionalText,
});

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Rechnung ${data?.invoice.number ?? ""} prüfen – Paktbuch` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "mark_receipts");
  const { id, number, supplier, grossAmount } = await requireInvoice(
    user,
    idParam(params.invoiceId),
  );
  return wire({ id: randomUUID(), invoice: { id, number, supplier, grossAmount } });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "mark_receipts");
  const invoiceId = idParam(params.invoiceId);
  const form = await readForm(request, markForm);
  if (form.status !== "success") return rejected(form);

  const { id, amount, ...draft } = form.value;
  const violation = await recordAuditMark(user, id, invoiceId, {
    ...draft,
    amount: amount.isZero() ? null : amount,
  });
  if (violation) return rejected(form, problemOf(violation));
  return redirect(`/invoices/${invoiceId}`);
}

export default function NewMark() {
  const { id, invoice } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<z.input<typeof markForm>>({
    id: "mark",
    lastResult: useActionData<typeof action>(),
    defaultValue: { id, kind: "accepted" },
  });
  return (
    <Page
      title={`Rechnung ${invoice.number} prüfen`}
      lead={`${invoice.supplier}, ${formatEuro(invoice.grossAmount)} brutto`}
      crumbs={[{ to: `/invoices/${invoice.id}`, label: `Rechnung ${invoice.number}` }]}
    >
      <Notice kind="info" title="Ein Vermerk bewegt kein Geld">
        {marksMoveNothing}
      </Notice>
      <EntryForm form={form} submit="Vermerk eintragen">
        <Hidden field={fields.id} />
        <div className="field-row">
          <SelectField
            field={fields.kind}
            label="Vermerk"
            options={enteredMarkKinds.map((kind) => ({
              value: kind,
              label: enteredMarkWords[kind],
            }))}
          />
          <EuroField
            field={fields.amount}
            label="Betrag der Kürzung"
            hint="nur bei einer Kürzung, brutto"
            isOptional
          />
        </div>
        <TextArea
          field={fields.text}
          label="Grund, Frage oder Bemerkung"
          hint="bei Kürzung und Frage nötig; die Sachbearbeitung sieht es"
          isOptional
        />
      </EntryForm>
    </Page>
  );
}

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
import { TextArea } from "#app/components/fields.tsx";
import { EntryForm, Hidden } from "#app/components/form.tsx";
import { Page } from "#app/components/page.tsx";
import { key, longText, readForm, rejected } from "#app/form.ts";
import { auditMarkWords } from "#app/german/audit-words.ts";
import { problemOf } from "#app/german/words.ts";
import { idParam, wire } from "#app/http.ts";
import { requireOwnMark, withdrawAuditMark } from "#app/records/audit-marks.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

const withdrawalForm = z.object({ id: key, text: longText });

export const meta: MetaFunction = () => [{ title: "Prüfvermerk zurücknehmen – Paktbuch" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "mark_receipts");
  return wire({ id: randomUUID(), mark: await requireOwnMark(user, idParam(params.markId)) });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "mark_receipts");
  const mark = await requireOwnMark(user, idParam(params.markId));
  const form = await readForm(request, withdrawalForm);
  if (form.status !== "success") return rejected(form);

  const { id, text } = form.value;
  const violation = await withdrawAuditMark(user, id, mark.id, text);
  if (violation) return rejected(form, problemOf(violation));
  return redirect(`/invoices/${mark.invoiceId}`);
}

export default function Withdrawal() {
  const { id, mark } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<z.input<typeof withdrawalForm>>({
    id: "withdrawal",
    lastResult: useActionData<typeof action>(),
    defaultValue: { id },
  });
  return (
    <Page
      title="Prüfvermerk zurücknehmen"
      lead={`Rechnung ${mark.number} von ${mark.supplier}: ${auditMarkWords[mark.kind]}${mark.text && `, „${mark.text}“`}`}
      crumbs={[
        { to: "/marks", label: "Prüfung" },
        { to: `/invoices/${mark.invoiceId}`, label: `Rechnung ${mark.number}` },
      ]}
    >
      <p className="kern-body">
        Der Vermerk bleibt lesbar und gilt nicht mehr. Ein anderer kann danach eingetragen werden.
      </p>
      <EntryForm form={form} submit="Zurücknehmen">
        <Hidden field={fields.id} />
        <TextArea field={fields.text} label="Grund" />
      </EntryForm>
    </Page>
  );
}

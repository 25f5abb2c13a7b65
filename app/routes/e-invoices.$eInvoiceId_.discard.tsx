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
import { EntryForm } from "#app/components/form.tsx";
import { Page } from "#app/components/page.tsx";
import { readForm, rejected, text } from "#app/form.ts";
import { problemOf } from "#app/german/words.ts";
import { idParam, wire } from "#app/http.ts";
import { discardEInvoice, requireEInvoice } from "#app/records/e-invoices.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

const discardForm = z.object({ reason: text });

export const meta: MetaFunction = () => [{ title: "E-Rechnung verwerfen – Paktbuch" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "record");
  const { id, invoice } = await requireEInvoice(user, idParam(params.eInvoiceId));
  return wire({ id, number: invoice.number, supplier: invoice.seller.name });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "record");
  const { id, grantId } = await requireEInvoice(user, idParam(params.eInvoiceId));
  const form = await readForm(request, discardForm);
  if (form.status !== "success") return rejected(form);

  const violation = await discardEInvoice(user, id, form.value.reason);
  if (violation) return rejected(form, problemOf(violation));
  return redirect(`/grants/${grantId}/e-invoices`);
}

export default function Discard() {
  const { id, number, supplier } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<z.input<typeof discardForm>>({
    id: "discard",
    lastResult: useActionData<typeof action>(),
  });
  return (
    <Page
      title="E-Rechnung verwerfen"
      lead="Für eine Rechnung, die hier nicht gebucht wird: ein Doppel, Werbung, die Rechnung einer anderen Stelle. Sie bleibt aufgehoben und steht weiter in der Liste, als verworfen und mit dem Grund."
      crumbs={[{ to: `/e-invoices/${id}`, label: `E-Rechnung ${number}, ${supplier}` }]}
    >
      <EntryForm form={form} submit="E-Rechnung verwerfen">
        <TextArea field={fields.reason} label="Grund" />
      </EntryForm>
    </Page>
  );
}

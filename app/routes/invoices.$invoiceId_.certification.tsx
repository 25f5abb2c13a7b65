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
import { DayField, TextField } from "#app/components/fields.tsx";
import { EntryForm } from "#app/components/form.tsx";
import { Page } from "#app/components/page.tsx";
import { day, optionalText, readForm, rejected } from "#app/form.ts";
import { formatDay, formatEuro } from "#app/german/notation.ts";
import { problemOf } from "#app/german/words.ts";
import { idParam, wire } from "#app/http.ts";
import { certifyInvoice } from "#app/records/certifications.server.ts";
import { requireInvoice } from "#app/records/invoices.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

const certificationForm = z.object({ certifiedOn: day, note: optionalText });

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Rechnung ${data?.invoice.number ?? ""} feststellen – Paktbuch` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "certify");
  const { id, number, supplier, grossAmount } = await requireInvoice(
    user,
    idParam(params.invoiceId),
  );
  return wire({ invoice: { id, number, supplier, grossAmount }, today: today() });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "certify");
  const invoiceId = idParam(params.invoiceId);
  const form = await readForm(request, certificationForm);
  if (form.status !== "success") return rejected(form);

  const violation = await certifyInvoice(user, invoiceId, form.value);
  if (violation) return rejected(form, problemOf(violation));
  return redirect(`/invoices/${invoiceId}`);
}

export default function Certification() {
  const page = useLoaderData<typeof loader>();
  const { invoice } = page;
  const [form, fields] = useForm<z.input<typeof certificationForm>>({
    id: "certification",
    lastResult: useActionData<typeof action>(),
    defaultValue: { certifiedOn: formatDay(page.today) },
  });
  return (
    <Page
      title={`Rechnung ${invoice.number} feststellen`}
      lead={`${invoice.supplier}, ${formatEuro(invoice.grossAmount)} brutto`}
      crumbs={[{ to: `/invoices/${invoice.id}`, label: `Rechnung ${invoice.number}` }]}
    >
      <EntryForm form={form} submit="Sachlich und rechnerisch richtig">
        <div className="field-row">
          <DayField field={fields.certifiedOn} label="Festgestellt am" />
          <TextField field={fields.note} label="Vermerk" isOptional />
        </div>
      </EntryForm>
    </Page>
  );
}

import { randomUUID } from "node:crypto";
import { useForm } from "@conform-to/react";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { EInvoiceNotices } from "#app/components/e-invoice-notices.tsx";
import { EInvoiceStateBadge } from "#app/components/e-invoice-upload.tsx";
import { EInvoiceView } from "#app/components/e-invoice-view.tsx";
import { InvoiceForm, type InvoiceFormPage } from "#app/components/invoice-form.tsx";
import { Page, Section, TextLink } from "#app/components/page.tsx";
import { findingsOf } from "#app/domain/e-invoice-findings.ts";
import { mayUser } from "#app/domain/permission.ts";
import { invoiceInputOf } from "#app/e-invoice-form.ts";
import { readForm, rejected } from "#app/form.ts";
import { formatDay, formatMoment } from "#app/german/notation.ts";
import { problemOf } from "#app/german/words.ts";
import { idParam, wire } from "#app/http.ts";
import { invoiceDraftOf, invoiceForm, type InvoiceInput } from "#app/invoice-form.ts";
import { bookEInvoice, proposeInvoice } from "#app/records/e-invoice-booking.server.ts";
import { requireEInvoiceFile } from "#app/records/e-invoice-files.server.ts";
import { findDuplicates, requireEInvoice } from "#app/records/e-invoices.server.ts";
import { requireGrant } from "#app/records/grants.server.ts";
import { loadInvoiceForm, usualLineOf } from "#app/records/spending-form.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `E-Rechnung ${data?.received.invoice.number ?? ""} – Paktbuch` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "read_books");
  const received = await requireEInvoice(user, idParam(params.eInvoiceId));
  const { id, grantId, invoice, isBooked, bookedId, discardedAt } = received;
  const [grant, duplicates, file] = await Promise.all([
    requireGrant(user, grantId),
    findDuplicates(user, received),
    requireEInvoiceFile(user, received),
  ]);
  const mayRecord = mayUser(user, "record") && grant.stands;
  const isOpen = mayRecord && !isBooked && !discardedAt && duplicates.booked.length === 0;
  const proposal = isOpen ? await proposeInvoice(user, grantId, invoice) : null;
  return wire({
    received,
    file: { id: file.id, fileName: file.fileName },
    duplicates,
    findings: findingsOf(invoice),
    fileNumber: grant.fileNumber,
    mayDiscard: mayRecord && !isBooked && !discardedAt,
    unknownPrepaid: proposal?.isPrepaidUnknown ? proposal.prepaidAmount : null,
    booking: proposal && {
      ...(await loadInvoiceForm(user, { grantId: grantId })),
      input: invoiceInputOf(bookedId ? randomUUID() : id, proposal),
    },
  });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "record");
  const received = await requireEInvoice(user, idParam(params.eInvoiceId));
  const form = await readForm(request, invoiceForm);
  if (form.status !== "success") return rejected(form);

  const { grantId, discardedAt } = received;
  if (discardedAt) return redirect(`/e-invoices/${received.id}`);
  // Who chose a budget line once need not choose it again for every line below.
  const [first] = form.value.lines;
  const usualLine =
    first?.budgetLineId ?? (await usualLineOf(user, { grantId: grantId }, form.value.supplier));
  const read = invoiceDraftOf(form.value, usualLine);
  if ("problems" in read) return rejected(form, ...read.problems);
  const booked = await bookEInvoice(user, received, form.value.id, read.draft);
  if ("violation" in booked) return rejected(form, problemOf(booked.violation));
  return redirect(`/invoices/${booked.id}`);
}

export default function EInvoicePage() {
  const { received, file, fileNumber, findings, booking, mayDiscard } =
    useLoaderData<typeof loader>();
  const { id, grantId, invoice, hash, receivedAt, receivedBy } = received;
  return (
    <Page
      title={`E-Rechnung ${invoice.number}`}
      lead={`${invoice.seller.name}, Rechnungsdatum ${formatDay(invoice.issuedOn)}. Eingegangen ${formatMoment(receivedAt)}, ${receivedBy}.`}
      crumbs={[
        { to: `/grants/${grantId}`, label: `Zuwendung ${fileNumber}` },
        { to: `/grants/${grantId}/e-invoices`, label: "E-Rechnungen" },
      ]}
      actions={
        <>
          <EInvoiceStateBadge eInvoice={received} />
          {mayDiscard && <TextLink to={`/e-invoices/${id}/discard`}>Verwerfen</TextLink>}
        </>
      }
    >
      <EInvoiceNotices {...useLoaderData<typeof loader>()} />
      <Section title="Was in der Rechnung steht">
        <EInvoiceView id={id} invoice={invoice} findings={findings} />
        <p className="kern-body muted file-hash">
          Datei, unverändert:{" "}
          <a className="kern-link kern-link--no-visited-state" href={`/attachments/${file.id}`}>
            {file.fileName}
          </a>
          , SHA-256 {hash}
        </p>
      </Section>
      {booking && <Booking booking={booking} />}
    </Page>
  );
}

/** The lines as they are proposed; what is wrong with them is changed here, not in the e-invoice. */
function Booking({ booking }: { booking: InvoiceFormPage & { input: Partial<InvoiceInput> } }) {
  const [form, fields] = useForm<InvoiceInput>({
    id: "invoice",
    lastResult: useActionData<typeof action>(),
    defaultValue: booking.input,
  });
  return (
    <Section title="Rechnung buchen">
      <p className="kern-body muted">
        Vorgeschlagen nach der E-Rechnung; die Beträge gehen auf den Cent auf. Eine Zeile ohne
        Kostenposition wird auf die der ersten Zeile gebucht.
      </p>
      <InvoiceForm form={form} fields={fields} page={booking} isProposed />
    </Section>
  );
}

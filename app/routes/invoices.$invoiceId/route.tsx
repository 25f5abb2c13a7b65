import { randomUUID } from "node:crypto";
import { type ActionFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { today } from "#app/clock.server.ts";
import { AuditMarks } from "#app/components/audit-marks.tsx";
import { Attachments } from "#app/components/attachments.tsx";
import { InvoiceStateBadge } from "#app/components/invoice-state.tsx";
import { ActionLink, Notice, Page, TextLink } from "#app/components/page.tsx";
import { crumbsOf, pathOf } from "#app/components/spending.tsx";
import { invoiceKindWords } from "#app/german/words.ts";
import { offeredDiscount } from "#app/domain/payment.ts";
import { mayUser } from "#app/domain/permission.ts";
import { readForm, rejected } from "#app/form.ts";
import { formatDay } from "#app/german/notation.ts";
import { problemOf } from "#app/german/words.ts";
import { idParam, wire } from "#app/http.ts";
import { asKnown } from "#app/known.server.ts";
import { listAuditMarks } from "#app/records/audit-marks.server.ts";
import { loadAttachments } from "#app/records/attachments.server.ts";
import { requireAuthority } from "#app/records/authorities.server.ts";
import { requireGrant } from "#app/records/grants.server.ts";
import { type Invoice, requireInvoice } from "#app/records/invoices.server.ts";
import { recordPayment } from "#app/records/payments.server.ts";
import { requireUser } from "#app/session.server.ts";
import { CertificationForm } from "./certification-form.tsx";
import { InvoiceFacts, InvoiceLinesTable } from "./invoice-facts.tsx";
import { PaymentForm, paymentForm } from "./payment-form.tsx";

export const handle = { isInteractive: true };

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Rechnung ${data?.invoice.number ?? ""} – Paktbuch` },
];

export const loader = asKnown("read_books", async ({ params }, user) => {
  const invoice = await requireInvoice(user, idParam(params.invoiceId));
  const grant = invoice.grantId ? await requireGrant(user, invoice.grantId) : undefined;
  const isOpen = invoice.stands && invoice.open.greaterThan(0);
  const authority = await requireAuthority(user);
  const needsOther = authority.fourEyes || Boolean(invoice.overOrderReason);
  return wire({
    deductsMissed:
      grant?.programme.cashDiscounts.some(({ deductsMissed }) => deductsMissed) ?? false,
    id: randomUUID(),
    invoice: { ...invoice, payments: invoice.payments.map(({ lines: _, ...payment }) => payment) },
    discount: offeredDiscount({ ...invoice, grossAmount: invoice.open }, today()),
    today: today(),
    attachments: await loadAttachments(user, { subject: "invoice", subjectId: invoice.id }),
    audit: {
      marks: await listAuditMarks(user, { invoiceId: invoice.id }),
      mayMark: mayUser(user, "mark_receipts"),
      mayAnswer: mayUser(user, "record"),
      userId: user.id,
    },
    mayRecord: mayUser(user, "record") && invoice.stands,
    mayPay: mayUser(user, "pay") && isOpen && invoice.certification !== null,
    awaitsCertification:
      mayUser(user, "pay") && !mayUser(user, "certify") && isOpen && mayBeCertified(invoice),
    certifying:
      !mayUser(user, "certify") || !mayBeCertified(invoice)
        ? ("none" as const)
        : needsOther && invoice.recordedBy.id === user.id
          ? ("other" as const)
          : ("own" as const),
  });
});

/** What was paid before certifying was asked needs none. */
function mayBeCertified({ stands, certification, payments }: Invoice): boolean {
  return stands && certification === null && payments.length === 0;
}

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "pay");
  const invoiceId = idParam(params.invoiceId);
  const form = await readForm(request, paymentForm);
  if (form.status !== "success") return rejected(form);

  const { id, ...draft } = form.value;
  const violation = await recordPayment(user, id, invoiceId, draft);
  if (violation) return rejected(form, problemOf(violation));
  return redirect(`/invoices/${invoiceId}`);
}

export default function InvoicePage() {
  const page = useLoaderData<typeof loader>();
  const { id, invoice, mayPay, mayRecord } = page;
  const lastResult = useActionData<typeof action>();
  return (
    <Page
      title={`${invoiceKindWords[invoice.kind]} ${invoice.number}`}
      lead={`${invoice.supplier}, Rechnungsdatum ${formatDay(invoice.invoicedOn)}`}
      crumbs={crumbsOf(invoice, "invoices")}
      actions={
        <>
          <InvoiceStateBadge state={invoice.state} paidOn={invoice.payments.at(-1)?.paidOn} />
          <TextLink to={`/documents/invoice/${invoice.id}`}>Beleg und Storno</TextLink>
          {invoice.lines.some(({ treatment }) => treatment !== "expense") && (
            <TextLink to={`/assets?invoice=${invoice.id}`}>Anlagen</TextLink>
          )}
          {mayRecord && <Related invoice={invoice} />}
        </>
      }
    >
      <InvoiceFacts invoice={invoice} />
      <InvoiceLinesTable lines={invoice.lines} isMunicipal={invoice.fiscalYear !== null} />
      {page.certifying === "own" && (
        <CertificationForm
          today={page.today}
          hasFile={page.attachments.files.some(({ withdrawnAt }) => withdrawnAt === null)}
        />
      )}
      {page.certifying === "other" && (
        <Notice kind="info" title="Noch nicht festgestellt">
          Sie haben diese Rechnung erfasst. Dass sie sachlich und rechnerisch richtig ist, stellt
          eine zweite Person fest; danach kann sie bezahlt werden.
        </Notice>
      )}
      {page.awaitsCertification && (
        <Notice kind="info" title="Noch nicht zahlbar: Die Feststellung fehlt">
          Bezahlt wird, was jemand als sachlich und rechnerisch richtig festgestellt hat. Danach
          steht die Rechnung auf Ihrer Übersicht unter „wartet auf Zahlung“.
        </Notice>
      )}
      {mayPay && <PaymentForm key={id} page={page} lastResult={lastResult} />}
      <AuditMarks {...page.audit} invoiceId={invoice.id} />
      <Attachments
        {...page.attachments}
        hint="Die Rechnung, wie sie gekommen ist; Lieferschein, Zahlungsbeleg."
      />
    </Page>
  );
}

/** What may follow an invoice: a credit note, or the final invoice of a prepayment. */
function Related({
  invoice,
}: {
  invoice: { id: string; grantId: string | null; fiscalYear: number | null; kind: string };
}) {
  if (invoice.kind === "credit_note") return null;
  const form = `${pathOf(invoice)}/invoices/new`;
  return (
    <>
      {invoice.kind === "prepayment" && (
        <ActionLink to={`${form}?prepaid=${invoice.id}`}>Schlussrechnung buchen</ActionLink>
      )}
      <ActionLink to={`${form}?credited=${invoice.id}`}>Gutschrift buchen</ActionLink>
    </>
  );
}

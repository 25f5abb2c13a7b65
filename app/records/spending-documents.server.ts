/** Documents by which money is spent, as the journal sees them. */
import { asc, eq, getTableColumns } from "drizzle-orm";
import { grouped } from "#app/domain/groups.ts";
import { postingsOfInvoice } from "#app/domain/invoice-postings.ts";
import { postingsOfPayment } from "#app/domain/payment.ts";
import type { Reader } from "#db/client.ts";
import { invoiceLines, invoices } from "#db/schema/invoices.ts";
import { suppliers } from "#db/schema/orders.ts";
import { certifications, creditShifts, paymentLines, payments } from "#db/schema/payments.ts";
import { byId, isOneOf } from "./bulk.server.ts";
import type { LoadedDocument, LoadedDocuments, Within } from "./documents.server.ts";
import { wholePayment } from "./payment-lines.server.ts";

export async function loadInvoiceDocuments(
  reader: Reader,
  within: Within,
  ids: string[],
): LoadedDocuments {
  const found = await reader
    .select({ ...getTableColumns(invoices), supplier: suppliers.name })
    .from(invoices)
    .innerJoin(suppliers, eq(suppliers.id, invoices.supplierId))
    .where(within(invoices, invoices.id, ids));
  const linesOf = await linesOfInvoices(reader, within, ids);
  const credits = found.filter(({ kind }) => kind === "credit_note").map(({ id }) => id);
  const shiftsOf = grouped(await shiftsOfCredit(reader, credits), ({ invoiceId }) => invoiceId);
  return byId(found, (invoice) =>
    invoiceDocument(invoice, linesOf.get(invoice.id) ?? [], shiftsOf.get(invoice.id) ?? []),
  );
}

function invoiceDocument(
  invoice: typeof invoices.$inferSelect & { supplier: string },
  lines: (typeof invoiceLines.$inferSelect)[],
  shifts: Awaited<ReturnType<typeof shiftsOfCredit>>,
): LoadedDocument {
  return {
    postings: postingsOfInvoice({ ...invoice, lines, shifts }),
    content: shifts.length > 0 ? [invoice, lines, shifts] : [invoice, lines],
    bookedOn: invoice.invoicedOn,
    title: `${invoiceNames[invoice.kind ?? "invoice"]} ${invoice.number}, ${invoice.supplier}`,
  };
}

/** What credit notes made less paid, each with the budget line of the credited invoice's line. */
async function shiftsOfCredit(reader: Reader, ids: string[]) {
  if (ids.length === 0) return [];
  return reader
    .select({ ...getTableColumns(creditShifts), budgetLineId: invoiceLines.budgetLineId })
    .from(creditShifts)
    .innerJoin(invoiceLines, eq(invoiceLines.id, creditShifts.invoiceLineId))
    .where(isOneOf(creditShifts.invoiceId, ids))
    .orderBy(asc(creditShifts.position));
}

/** How the office calls each kind of invoice. */
export const invoiceNames = {
  invoice: "Rechnung",
  prepayment: "Abschlagsrechnung",
  final: "Schlussrechnung",
  credit_note: "Gutschrift",
};

export async function loadCertificationDocuments(
  reader: Reader,
  within: Within,
  ids: string[],
): LoadedDocuments {
  const found = await reader
    .select({ ...getTableColumns(certifications), number: invoices.number })
    .from(certifications)
    .innerJoin(invoices, eq(invoices.id, certifications.invoiceId))
    .where(within(certifications, certifications.id, ids));
  return byId(found, (certification) => ({
    postings: [],
    content: [certification],
    bookedOn: certification.certifiedOn,
    title: `Feststellung der Rechnung ${certification.number}`,
  }));
}

export async function loadPaymentDocuments(
  reader: Reader,
  within: Within,
  ids: string[],
): LoadedDocuments {
  const found = await reader
    .select({
      id: payments.id,
      payment: {
        ...getTableColumns(payments),
        number: invoices.number,
        supplier: suppliers.name,
      },
      kind: invoices.kind,
    })
    .from(payments)
    .innerJoin(invoices, eq(invoices.id, payments.invoiceId))
    .innerJoin(suppliers, eq(suppliers.id, invoices.supplierId))
    .where(within(payments, payments.id, ids));
  const all = await reader
    .select({ ...getTableColumns(paymentLines), budgetLineId: invoiceLines.budgetLineId })
    .from(paymentLines)
    .innerJoin(invoiceLines, eq(invoiceLines.id, paymentLines.invoiceLineId))
    .where(within(paymentLines, paymentLines.paymentId, ids))
    .orderBy(asc(paymentLines.position));
  const keptOf = grouped(all, ({ paymentId }) => paymentId);
  // Before there were several, a payment had no lines of its own.
  const whole = found.flatMap(({ payment }) =>
    payment.position === null ? payment.invoiceId : [],
  );
  const linesOf = await linesOfInvoices(reader, within, whole);
  return byId(found, ({ payment, kind }) => {
    const isWhole = payment.position === null;
    const kept = keptOf.get(payment.id) ?? [];
    const lines = isWhole ? reckonedLines(payment, linesOf.get(payment.invoiceId) ?? []) : kept;
    const name = kind === "credit_note" ? "Erstattung der Gutschrift" : "Zahlung der Rechnung";
    return {
      postings: postingsOfPayment({ ...payment, kind, lines }),
      content: isWhole ? [payment] : [payment, kept],
      bookedOn: payment.paidOn,
      title: `${name} ${payment.number}, ${payment.supplier}`,
    };
  });
}

function reckonedLines(
  payment: typeof payments.$inferSelect,
  lines: (typeof invoiceLines.$inferSelect)[],
) {
  const parts = wholePayment(payment, lines);
  return lines.map(({ budgetLineId }, index) => ({ ...parts[index]!, budgetLineId }));
}

async function linesOfInvoices(reader: Reader, within: Within, ids: string[]) {
  if (ids.length === 0) return new Map<string, (typeof invoiceLines.$inferSelect)[]>();
  const lines = await reader
    .select()
    .from(invoiceLines)
    .where(within(invoiceLines, invoiceLines.invoiceId, ids))
    .orderBy(asc(invoiceLines.position));
  return grouped(lines, ({ invoiceId }) => invoiceId);
}

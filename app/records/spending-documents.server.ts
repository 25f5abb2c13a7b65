/** Documents by which money is spent, as the journal sees them. */
import { and, asc, eq, getTableColumns, inArray } from "drizzle-orm";
import { grouped } from "#app/domain/groups.ts";
import { postingsOfInvoice } from "#app/domain/invoice-postings.ts";
import { postingsOfPayment } from "#app/domain/payment.ts";
import type { Reader } from "#db/client.ts";
import { invoiceLines, invoices } from "#db/schema/invoices.ts";
import { suppliers } from "#db/schema/orders.ts";
import { certifications, creditShifts, paymentLines, payments } from "#db/schema/payments.ts";
import { isOneOf } from "./bulk.server.ts";
import type { Loaded, LoadedDocument, Within } from "./documents.server.ts";
import { wholePayment } from "./payment-lines.server.ts";

export async function loadInvoiceDocument(reader: Reader, within: Within, id: string): Loaded {
  const [invoice] = await reader
    .select({ ...getTableColumns(invoices), supplier: suppliers.name })
    .from(invoices)
    .innerJoin(suppliers, eq(suppliers.id, invoices.supplierId))
    .where(within(invoices, invoices.id, id));
  if (!invoice) return undefined;
  const lines = await linesOfInvoice(reader, within, id);
  return invoiceDocument(invoice, lines, await shiftsOfCredit(reader, [id]));
}

/** Many invoices by their ids, in as few readings as the limit of parameters allows. */
export async function loadInvoiceDocuments(
  reader: Reader,
  schoolAuthorityId: string,
  ids: string[],
): Promise<Map<string, LoadedDocument>> {
  const documents = new Map<string, LoadedDocument>();
  for (let from = 0; from < ids.length; from += idsAtOnce) {
    const some = ids.slice(from, from + idsAtOnce);
    const own = eq(invoices.schoolAuthorityId, schoolAuthorityId);
    const found = await reader
      .select({ ...getTableColumns(invoices), supplier: suppliers.name })
      .from(invoices)
      .innerJoin(suppliers, eq(suppliers.id, invoices.supplierId))
      .where(and(own, isOneOf(invoices.id, some)));
    const lines = await reader
      .select()
      .from(invoiceLines)
      .where(
        and(
          eq(invoiceLines.schoolAuthorityId, schoolAuthorityId),
          isOneOf(invoiceLines.invoiceId, some),
        ),
      )
      .orderBy(asc(invoiceLines.position));
    const linesOf = grouped(lines, ({ invoiceId }) => invoiceId);
    const credits = found.filter(({ kind }) => kind === "credit_note").map(({ id }) => id);
    const shiftsOf = grouped(await shiftsOfCredit(reader, credits), ({ invoiceId }) => invoiceId);
    for (const invoice of found) {
      const shifts = shiftsOf.get(invoice.id) ?? [];
      documents.set(invoice.id, invoiceDocument(invoice, linesOf.get(invoice.id)!, shifts));
    }
  }
  return documents;
}

const idsAtOnce = 5_000;

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
    .where(inArray(creditShifts.invoiceId, ids))
    .orderBy(asc(creditShifts.position));
}

/** How the office calls each kind of invoice. */
export const invoiceNames = {
  invoice: "Rechnung",
  prepayment: "Abschlagsrechnung",
  final: "Schlussrechnung",
  credit_note: "Gutschrift",
};

export async function loadCertificationDocument(
  reader: Reader,
  within: Within,
  id: string,
): Loaded {
  const [certification] = await reader
    .select({ ...getTableColumns(certifications), number: invoices.number })
    .from(certifications)
    .innerJoin(invoices, eq(invoices.id, certifications.invoiceId))
    .where(within(certifications, certifications.id, id));
  if (!certification) return undefined;
  return {
    postings: [],
    content: [certification],
    bookedOn: certification.certifiedOn,
    title: `Feststellung der Rechnung ${certification.number}`,
  };
}

export async function loadPaymentDocument(reader: Reader, within: Within, id: string): Loaded {
  const [found] = await reader
    .select({
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
    .where(within(payments, payments.id, id));
  if (!found) return undefined;
  const { payment, kind } = found;
  const kept = await reader
    .select({ ...getTableColumns(paymentLines), budgetLineId: invoiceLines.budgetLineId })
    .from(paymentLines)
    .innerJoin(invoiceLines, eq(invoiceLines.id, paymentLines.invoiceLineId))
    .where(within(paymentLines, paymentLines.paymentId, id))
    .orderBy(asc(paymentLines.position));
  const lines = payment.position === null ? await reckonedLines(reader, within, payment) : kept;
  const name = kind === "credit_note" ? "Erstattung der Gutschrift" : "Zahlung der Rechnung";
  return {
    postings: postingsOfPayment({ ...payment, kind, lines }),
    // Before there were several, a payment had no lines of its own.
    content: payment.position === null ? [payment] : [payment, kept],
    bookedOn: payment.paidOn,
    title: `${name} ${payment.number}, ${payment.supplier}`,
  };
}

async function reckonedLines(
  reader: Reader,
  within: Within,
  payment: typeof payments.$inferSelect,
) {
  const lines = await linesOfInvoice(reader, within, payment.invoiceId);
  const parts = wholePayment(payment, lines);
  return lines.map(({ budgetLineId }, index) => ({ ...parts[index]!, budgetLineId }));
}

function linesOfInvoice(reader: Reader, within: Within, invoiceId: string) {
  return reader
    .select()
    .from(invoiceLines)
    .where(within(invoiceLines, invoiceLines.invoiceId, invoiceId))
    .orderBy(asc(invoiceLines.position));
}

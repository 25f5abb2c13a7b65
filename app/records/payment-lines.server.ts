/** What payments were for each line of their invoices; the invoices' balance to be paid follows from it. */
import { and, asc, eq, inArray, lte } from "drizzle-orm";
import type { Day } from "#app/domain/calendar.ts";
import type { EligibleParts } from "#app/domain/invoice-line.ts";
import { zero } from "#app/domain/money.ts";
import { type PaidLine, paidLines } from "#app/domain/paid-line.ts";
import type { User } from "#app/domain/permission.ts";
import type { Reader } from "#db/client.ts";
import { invoiceLines, invoices } from "#db/schema/invoices.ts";
import { paymentLines, payments } from "#db/schema/payments.ts";
import { stands } from "./standing.server.ts";

export type RecordedPayment = typeof payments.$inferSelect & {
  /** By the id of the invoice's line. */
  lines: Map<string, PaidLine>;
};

/** Payments that stand, as of a day or now, by invoice and in the order in which they were recorded. */
export async function loadPayments(
  reader: Reader,
  user: User,
  only: { grantId?: string; invoiceId?: string; asOf?: Day } = {},
): Promise<Map<string, RecordedPayment[]>> {
  const { grantId, invoiceId, asOf } = only;
  const found = await reader
    .select({ payment: payments })
    .from(payments)
    .innerJoin(invoices, eq(invoices.id, payments.invoiceId))
    .where(
      and(
        eq(payments.schoolAuthorityId, user.schoolAuthorityId),
        stands(payments, asOf),
        asOf ? lte(payments.paidOn, asOf) : undefined,
        invoiceId ? eq(payments.invoiceId, invoiceId) : undefined,
        grantId ? eq(invoices.grantId, grantId) : undefined,
      ),
    )
    .orderBy(asc(payments.createdAt));
  const own = found.map(({ payment }) => payment);
  const linesOf = await loadPaymentLines(reader, own);
  const byInvoice = new Map<string, RecordedPayment[]>();
  for (const payment of own) {
    const recorded = { ...payment, lines: linesOf.get(payment.id)! };
    byInvoice.set(payment.invoiceId, [...(byInvoice.get(payment.invoiceId) ?? []), recorded]);
  }
  return byInvoice;
}

type Payment = typeof payments.$inferSelect;

/** The lines of payments by their ids: as recorded, or as reckoned where a payment settled the whole. */
async function loadPaymentLines(reader: Reader, own: Payment[]) {
  const linesOf = new Map(own.map(({ id }) => [id, new Map<string, PaidLine>()]));
  if (own.length === 0) return linesOf;
  const ids = own.map(({ id }) => id);
  const recorded = await reader
    .select()
    .from(paymentLines)
    .where(inArray(paymentLines.paymentId, ids));
  for (const line of recorded) linesOf.get(line.paymentId)!.set(line.invoiceLineId, line);

  const whole = own.filter(({ position }) => position === null);
  if (whole.length === 0) return linesOf;
  const lines = await reader
    .select()
    .from(invoiceLines)
    .where(
      inArray(
        invoiceLines.invoiceId,
        whole.map(({ invoiceId }) => invoiceId),
      ),
    )
    .orderBy(asc(invoiceLines.position));
  for (const payment of whole) {
    const invoice = lines.filter(({ invoiceId }) => invoiceId === payment.invoiceId);
    const parts = wholePayment(payment, invoice);
    linesOf.set(payment.id, new Map(invoice.map(({ id }, index) => [id, parts[index]!])));
  }
  return linesOf;
}

/** A payment of before there were several: it settled its invoice, and its lines were not kept. */
export function wholePayment(payment: Payment, lines: EligibleParts[]): PaidLine[] {
  const { paidAmount, cashDiscount, missedDiscount } = payment;
  return paidLines({ paidAmount, cashDiscount, missedDiscount: missedDiscount ?? zero }, lines);
}

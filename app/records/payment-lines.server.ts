/** What payments were for each line of their invoices; the invoices' balance to be paid follows from it. */
import { and, asc, eq, inArray, lte, not } from "drizzle-orm";
import type { Day } from "#app/domain/calendar.ts";
import type { EligibleParts } from "#app/domain/invoice-line.ts";
import { grouped } from "#app/domain/groups.ts";
import { sum, zero } from "#app/domain/money.ts";
import {
  type PaidLine,
  paidLines,
  paidTogether,
  type Settlement,
  unpaidLine,
} from "#app/domain/paid-line.ts";
import type { User } from "#app/domain/permission.ts";
import type { Reader } from "#db/client.ts";
import { invoiceLines, invoices } from "#db/schema/invoices.ts";
import { creditShifts, paymentLines, payments } from "#db/schema/payments.ts";
import { fundedBy, type OfFunding } from "./funding.server.ts";
import { stands } from "./standing.server.ts";

export type RecordedPayment = typeof payments.$inferSelect & {
  /** By the id of the invoice's line. */
  lines: Map<string, PaidLine>;
};

/**
 * Payments that stand, as of a day or now, by invoice and in the order in which they were recorded; or those
 * that were undone by then.
 */
export async function loadPayments(
  reader: Reader,
  user: User,
  only: OfFunding & { invoiceId?: string; asOf?: Day; isUndone?: boolean } = {},
): Promise<Map<string, RecordedPayment[]>> {
  const { invoiceId, asOf, isUndone = false } = only;
  const found = await reader
    .select({ payment: payments })
    .from(payments)
    .innerJoin(invoices, eq(invoices.id, payments.invoiceId))
    .where(
      and(
        eq(payments.schoolAuthorityId, user.schoolAuthorityId),
        isUndone ? not(stands(payments, asOf)) : stands(payments, asOf),
        asOf ? lte(payments.paidOn, asOf) : undefined,
        invoiceId ? eq(payments.invoiceId, invoiceId) : undefined,
        fundedBy(user, invoices, only),
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

export type CreditShift = {
  creditId: string;
  invoicedOn: Day;
  number: string;
  /** By the id of the credited invoice's line. */
  lines: Map<string, PaidLine>;
};

/** What credit notes that stand made less paid, by the invoice that they lower, in the order of their recording. */
export async function loadShifts(
  reader: Reader,
  user: User,
  only: OfFunding & { invoiceId?: string; asOf?: Day } = {},
): Promise<Map<string, CreditShift[]>> {
  const { invoiceId, asOf } = only;
  const rows = await reader
    .select({ shift: creditShifts, credit: invoices })
    .from(creditShifts)
    .innerJoin(invoices, eq(invoices.id, creditShifts.invoiceId))
    .where(
      and(
        eq(creditShifts.schoolAuthorityId, user.schoolAuthorityId),
        stands(invoices, asOf),
        asOf ? lte(invoices.invoicedOn, asOf) : undefined,
        invoiceId ? eq(invoices.creditedId, invoiceId) : undefined,
        fundedBy(user, invoices, only),
      ),
    )
    .orderBy(asc(invoices.createdAt), asc(creditShifts.position));
  const byInvoice = new Map<string, CreditShift[]>();
  for (const [creditId, own] of grouped(rows, ({ credit }) => credit.id)) {
    const { invoicedOn, number, creditedId } = own[0]!.credit;
    const lines = new Map(own.map(({ shift }) => [shift.invoiceLineId, shift]));
    const before = byInvoice.get(creditedId!) ?? [];
    byInvoice.set(creditedId!, [...before, { creditId, invoicedOn, number, lines }]);
  }
  return byInvoice;
}

/** What payments and credit notes together settle of an invoice's lines, and altogether. */
export function settledBy(
  lines: { id: string }[],
  payments: RecordedPayment[],
  shifts: CreditShift[],
): { settlement: Settlement; lines: PaidLine[] } {
  const settled = lines.map(({ id }) =>
    paidTogether([...payments, ...shifts].map((one) => one.lines.get(id) ?? unpaidLine)),
  );
  return {
    settlement: {
      paidAmount: sum(settled.map(({ paid }) => paid)),
      cashDiscount: sum(settled.map(({ discount }) => discount)),
      missedDiscount: sum(payments.map(({ missedDiscount }) => missedDiscount ?? zero)),
    },
    lines: settled,
  };
}

/**
 * The payment (Zahlung) of an invoice, whole or in parts, with cash discount (Skonto) where it was
 * taken. The discount lowers the costs: it is no longer invoiced, and the budget line has it back.
 */
import type { Day } from "./calendar.ts";
import type { InvoiceKind } from "./invoice.ts";
import type { Posting } from "./journal.ts";
import { type Money, negated, type Percent, shareOf, sum, zero } from "./money.ts";
import type { PaidLine } from "./paid-line.ts";

export type PaymentDraft = {
  paidOn: Day;
  cashDiscount: Money;
  /**
   * Offered and not taken. Where the directive deducts it all the same, it is not eligible
   * (VDI/VDE-IT: https://vdivde-it.de/de/sind-brutto-oder-nettokosten-zu-beantragen-und-abzurechnen).
   */
  missedDiscount?: Money;
  paidAmount: Money;
  /** True where the rest is paid later: else a payment settles what is open. */
  isPartial?: boolean;
};

export type PaymentViolation =
  | { field: "paidOn"; rule: "in_the_future" }
  | { field: "paidOn"; rule: "paid_before_demand"; demandedOn: Day }
  | { field: "paidOn"; rule: "before_reversal_of_replaced"; reversedOn: Day }
  | { field: "paidAmount"; rule: "amount_not_positive" }
  | { field: "cashDiscount"; rule: "amount_negative" }
  | { field: "cashDiscount"; rule: "discount_too_high" }
  | { field: "missedDiscount"; rule: "amount_negative" }
  | { field: "missedDiscount"; rule: "missed_discount_too_high"; most: Money }
  | { field: "missedDiscount"; rule: "missed_discount_counts" }
  | { field: "paidAmount"; rule: "payment_does_not_settle"; expected: Money }
  | { field: "paidAmount"; rule: "payment_exceeds_open"; open: Money }
  | { field: "isPartial"; rule: "payment_settles_all" }
  | { field: "paidAmount"; rule: "not_certified" }
  | { field: "paidAmount"; rule: "paid_before" };

/** The invoice as a payment finds it. */
export type PayableInvoice = {
  invoicedOn: Day;
  isCertified: boolean;
  /** What is still to be paid, in euro gross; of a credit note what the supplier still owes. */
  open: Money;
  /** True where the programme deducts a discount that was offered and not taken. */
  deductsMissed: boolean;
  /** Until when a payment counted that was reversed since; null when there was none. */
  replacedUntil: Day | null;
};

export function checkPayment(
  draft: PaymentDraft,
  invoice: PayableInvoice,
  today: Day,
): PaymentViolation | undefined {
  if (!invoice.open.greaterThan(0)) return { field: "paidAmount", rule: "paid_before" };
  if (!invoice.isCertified) return { field: "paidAmount", rule: "not_certified" };
  if (draft.paidOn > today) return { field: "paidOn", rule: "in_the_future" };
  if (draft.paidOn < invoice.invoicedOn) {
    return { field: "paidOn", rule: "paid_before_demand", demandedOn: invoice.invoicedOn };
  }
  if (invoice.replacedUntil && draft.paidOn < invoice.replacedUntil) {
    const reversedOn = invoice.replacedUntil;
    return { field: "paidOn", rule: "before_reversal_of_replaced", reversedOn };
  }
  return checkDiscounts(draft, invoice) ?? checkAmount(draft, invoice);
}

function checkDiscounts(
  draft: PaymentDraft,
  invoice: PayableInvoice,
): PaymentViolation | undefined {
  if (draft.cashDiscount.lessThan(0)) return { field: "cashDiscount", rule: "amount_negative" };
  const missed = draft.missedDiscount ?? zero;
  if (missed.lessThan(0)) return { field: "missedDiscount", rule: "amount_negative" };
  if (!missed.isZero() && !invoice.deductsMissed) {
    return { field: "missedDiscount", rule: "missed_discount_counts" };
  }
  if (!missed.isZero() && !missed.lessThan(draft.paidAmount)) {
    return { field: "missedDiscount", rule: "missed_discount_too_high", most: draft.paidAmount };
  }
}

function checkAmount(draft: PaymentDraft, { open }: PayableInvoice): PaymentViolation | undefined {
  const { paidAmount, cashDiscount } = draft;
  if (!paidAmount.greaterThan(0)) return { field: "paidAmount", rule: "amount_not_positive" };
  const settled = paidAmount.plus(cashDiscount);
  if (!draft.isPartial && !settled.eq(open)) {
    const expected = open.minus(cashDiscount);
    return { field: "paidAmount", rule: "payment_does_not_settle", expected };
  }
  if (settled.greaterThan(open)) return { field: "paidAmount", rule: "payment_exceeds_open", open };
  if (draft.isPartial && settled.eq(open)) {
    return { field: "isPartial", rule: "payment_settles_all" };
  }
}

/** The discount that an invoice offers on a day, in euro gross; zero when it came too late. */
export function offeredDiscount(
  invoice: { discountRate: Percent | null; discountUntil: Day | null; grossAmount: Money },
  paidOn: Day,
): Money {
  const { discountRate, discountUntil, grossAmount } = invoice;
  const isOffered = discountRate && discountUntil && paidOn <= discountUntil;
  return isOffered ? shareOf(grossAmount, discountRate) : zero;
}

export type PaymentDocument = {
  supplier: string;
  number: string;
  /** Null on invoices recorded before it was asked. */
  kind: InvoiceKind | null;
  paidOn: Day;
  lines: (PaidLine & { budgetLineId: string })[];
};

/** The refund of a credit note moves nothing more: it is off the paid costs since the credit note. */
export function postingsOfPayment(payment: PaymentDocument): Posting[] {
  if (payment.kind === "credit_note") return [];
  const text = `Zahlung der Rechnung ${payment.number}, ${payment.supplier}`;
  const bookedOn = payment.paidOn;
  return payment.lines.flatMap((line): Posting[] => {
    const accountId = line.budgetLineId;
    const amount = negated(line.eligibleDiscount.plus(line.missed));
    const paid: Posting = { accountId, figure: "paid", amount: line.eligible, bookedOn, text };
    if (amount.isZero()) return [paid];
    return [{ accountId, figure: "invoiced", amount, bookedOn, text: `${text}, Skonto` }, paid];
  });
}

/** Gross total of an order's or invoice's lines. */
export function grossTotal(lines: { grossAmount: Money }[]): Money {
  return sum(lines.map(({ grossAmount }) => grossAmount));
}

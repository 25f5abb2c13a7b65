/**
 * The payment (Zahlung) of an invoice, whole, with cash discount (Skonto) where it was taken. The
 * discount lowers the costs: it is no longer invoiced, and the budget line has it back.
 */
import type { Day } from "./calendar.ts";
import { eligible } from "./invoice.ts";
import type { Posting } from "./journal.ts";
import { type Money, negated, split, sum, zero } from "./money.ts";

export type PaymentDraft = {
  paidOn: Day;
  cashDiscount: Money;
  /**
   * Offered and not taken. Where the directive deducts it all the same, it is not eligible
   * (VDI/VDE-IT: https://vdivde-it.de/de/sind-brutto-oder-nettokosten-zu-beantragen-und-abzurechnen).
   */
  missedDiscount?: Money;
  paidAmount: Money;
};

export type PaymentViolation =
  | { field: "paidOn"; rule: "in_the_future" }
  | { field: "paidOn"; rule: "paid_before_demand"; demandedOn: Day }
  | { field: "paidOn"; rule: "before_reversal_of_replaced"; reversedOn: Day }
  | { field: "paidAmount"; rule: "amount_not_positive" }
  | { field: "cashDiscount"; rule: "amount_negative" }
  | { field: "missedDiscount"; rule: "amount_negative" }
  | { field: "missedDiscount"; rule: "missed_discount_too_high"; most: Money }
  | { field: "missedDiscount"; rule: "missed_discount_counts" }
  | { field: "paidAmount"; rule: "payment_does_not_settle"; expected: Money }
  | { field: "paidAmount"; rule: "paid_before" };

export function checkPayment(
  draft: PaymentDraft,
  invoice: {
    invoicedOn: Day;
    grossAmount: Money;
    isPaid: boolean;
    /** True where the programme deducts a discount that was offered and not taken. */
    deductsMissed: boolean;
    /** Until when a payment counted that was reversed since; null when there was none. */
    replacedUntil: Day | null;
  },
  today: Day,
): PaymentViolation | undefined {
  if (invoice.isPaid) return { field: "paidAmount", rule: "paid_before" };
  if (draft.paidOn > today) return { field: "paidOn", rule: "in_the_future" };
  if (draft.paidOn < invoice.invoicedOn) {
    return { field: "paidOn", rule: "paid_before_demand", demandedOn: invoice.invoicedOn };
  }
  if (invoice.replacedUntil && draft.paidOn < invoice.replacedUntil) {
    const reversedOn = invoice.replacedUntil;
    return { field: "paidOn", rule: "before_reversal_of_replaced", reversedOn };
  }
  if (draft.cashDiscount.lessThan(0)) return { field: "cashDiscount", rule: "amount_negative" };
  const missed = draft.missedDiscount ?? zero;
  if (missed.lessThan(0)) return { field: "missedDiscount", rule: "amount_negative" };
  if (!missed.isZero() && !invoice.deductsMissed) {
    return { field: "missedDiscount", rule: "missed_discount_counts" };
  }
  if (!missed.isZero() && !missed.lessThan(draft.paidAmount)) {
    return { field: "missedDiscount", rule: "missed_discount_too_high", most: draft.paidAmount };
  }
  if (!draft.paidAmount.greaterThan(0)) {
    return { field: "paidAmount", rule: "amount_not_positive" };
  }
  const expected = invoice.grossAmount.minus(draft.cashDiscount);
  if (!draft.paidAmount.eq(expected)) {
    return { field: "paidAmount", rule: "payment_does_not_settle", expected };
  }
}

type PaidInvoiceLine = { grossAmount: Money; ineligibleAmount: Money };

/** What a payment is for one line of its invoice, in euro gross. */
export type PaidLine = {
  discount: Money;
  paid: Money;
  ineligible: Money;
  /** Paid and eligible: what the grant may be asked for. */
  eligible: Money;
  eligibleDiscount: Money;
  /** Of the eligible costs: a discount that was offered and not taken, and that the rules deduct. */
  missed: Money;
};

/** Divides discount and payment over the lines, in proportion to their gross amounts, to the cent. */
export function paidLines(
  cashDiscount: Money,
  lines: PaidInvoiceLine[],
  missedDiscount: Money = zero,
): PaidLine[] {
  const weights = lines.map(({ grossAmount }) => grossAmount);
  const discounts = split(cashDiscount, weights);
  const misses = split(missedDiscount, weights);
  return lines.map((line, index) => {
    const discount = discounts[index]!;
    const parts = split(discount, [eligible(line), line.ineligibleAmount]);
    const [eligibleDiscount = zero, ineligibleDiscount = zero] = parts;
    const [missed = zero] = split(misses[index]!, [eligible(line), line.ineligibleAmount]);
    return {
      discount,
      paid: line.grossAmount.minus(discount),
      ineligible: line.ineligibleAmount.minus(ineligibleDiscount),
      eligible: eligible(line).minus(eligibleDiscount).minus(missed),
      eligibleDiscount,
      missed,
    };
  });
}

export type PaymentDocument = {
  supplier: string;
  number: string;
  paidOn: Day;
  cashDiscount: Money;
  /** Null for payments recorded before it was asked. */
  missedDiscount: Money | null;
  lines: (PaidInvoiceLine & { budgetLineId: string })[];
};

export function postingsOfPayment(payment: PaymentDocument): Posting[] {
  const text = `Zahlung der Rechnung ${payment.number}, ${payment.supplier}`;
  const bookedOn = payment.paidOn;
  const parts = paidLines(payment.cashDiscount, payment.lines, payment.missedDiscount ?? zero);
  return payment.lines.flatMap(({ budgetLineId: accountId }, index): Posting[] => {
    const { eligible, eligibleDiscount, missed } = parts[index]!;
    const paid: Posting = { accountId, figure: "paid", amount: eligible, bookedOn, text };
    const lowered = eligibleDiscount.plus(missed);
    if (lowered.isZero()) return [paid];
    const amount = negated(lowered);
    return [{ accountId, figure: "invoiced", amount, bookedOn, text: `${text}, Skonto` }, paid];
  });
}

/** Gross total of an order's or invoice's lines. */
export function grossTotal(lines: { grossAmount: Money }[]): Money {
  return sum(lines.map(({ grossAmount }) => grossAmount));
}

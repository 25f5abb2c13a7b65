/**
 * The payment (Zahlung) of an invoice, whole, with cash discount (Skonto) where it was taken. The
 * discount lowers the costs: it is no longer invoiced, and the budget line has it back.
 */
import type { Day } from "./calendar.ts";
import { eligible } from "./invoice.ts";
import type { Posting } from "./journal.ts";
import { type Money, negated, split, sum, zero } from "./money.ts";

export type PaymentDraft = { paidOn: Day; cashDiscount: Money; paidAmount: Money };

export type PaymentViolation =
  | { field: "paidOn"; rule: "in_the_future" }
  | { field: "paidOn"; rule: "paid_before_demand"; demandedOn: Day }
  | { field: "paidOn"; rule: "before_reversal_of_replaced"; reversedOn: Day }
  | { field: "paidAmount"; rule: "amount_not_positive" }
  | { field: "cashDiscount"; rule: "amount_negative" }
  | { field: "paidAmount"; rule: "payment_does_not_settle"; expected: Money }
  | { field: "paidAmount"; rule: "paid_before" };

export function checkPayment(
  draft: PaymentDraft,
  invoice: {
    invoicedOn: Day;
    grossAmount: Money;
    isPaid: boolean;
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
};

/** Divides discount and payment over the lines, in proportion to their gross amounts, to the cent. */
export function paidLines(cashDiscount: Money, lines: PaidInvoiceLine[]): PaidLine[] {
  const discounts = split(
    cashDiscount,
    lines.map(({ grossAmount }) => grossAmount),
  );
  return lines.map((line, index) => {
    const discount = discounts[index]!;
    const parts = split(discount, [eligible(line), line.ineligibleAmount]);
    const [eligibleDiscount = zero, ineligibleDiscount = zero] = parts;
    return {
      discount,
      paid: line.grossAmount.minus(discount),
      ineligible: line.ineligibleAmount.minus(ineligibleDiscount),
      eligible: eligible(line).minus(eligibleDiscount),
      eligibleDiscount,
    };
  });
}

export type PaymentDocument = {
  supplier: string;
  number: string;
  paidOn: Day;
  cashDiscount: Money;
  lines: (PaidInvoiceLine & { budgetLineId: string })[];
};

export function postingsOfPayment(payment: PaymentDocument): Posting[] {
  const text = `Zahlung der Rechnung ${payment.number}, ${payment.supplier}`;
  const bookedOn = payment.paidOn;
  const parts = paidLines(payment.cashDiscount, payment.lines);
  return payment.lines.flatMap(({ budgetLineId: accountId }, index): Posting[] => {
    const { eligible, eligibleDiscount } = parts[index]!;
    const paid: Posting = { accountId, figure: "paid", amount: eligible, bookedOn, text };
    if (eligibleDiscount.isZero()) return [paid];
    const amount = negated(eligibleDiscount);
    return [{ accountId, figure: "invoiced", amount, bookedOn, text: `${text}, Skonto` }, paid];
  });
}

/** Gross total of an order's or invoice's lines. */
export function grossTotal(lines: { grossAmount: Money }[]): Money {
  return sum(lines.map(({ grossAmount }) => grossAmount));
}

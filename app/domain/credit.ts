/**
 * A credit note (Gutschrift) lowers an invoice that was recorded before, on the same budget lines and
 * in the same proportion of what is eligible. What is paid beyond the lowered invoice the supplier owes:
 * it counts as not paid from the day of the credit note on.
 */
import type { Day } from "./calendar.ts";
import type { BookedLine } from "./invoice.ts";
import { type EligibleParts, ineligible } from "./invoice-line.ts";
import type { BudgetTreatment } from "./low-value.ts";
import type { CostKind } from "./order.ts";
import { type Money, negated, smaller, split, splitIfAny, sum, zero } from "./money.ts";
import {
  changeOf,
  type CreditedAmount,
  lowered,
  type PaidLine,
  settledLines,
  type Settlement,
} from "./paid-line.ts";

/** The invoice as the credit note finds it. */
export type CreditedInvoice = {
  id: string;
  supplierId: string;
  /** The last day on which something was booked on it. */
  lastDeedOn: Day;
  /** True where the granting authority cut one of its lines. */
  isCut: boolean;
  lines: (EligibleParts & {
    budgetLineId: string;
    vat: Money;
    costKind: CostKind;
    /** Null on lines recorded before it was asked. */
    treatment: BudgetTreatment | null;
  })[];
  /** What earlier credit notes took off. */
  credits: CreditedAmount[];
  /** What later invoices took off, where it is a prepayment. */
  taken: CreditedAmount[];
  /** What is paid and not taken back, altogether and of each line. */
  settlement: Settlement;
  settled: PaidLine[];
};

export type CreditViolation = { field: string } & (
  | { rule: "credited_missing" }
  | { rule: "credited_is_cut" }
  | { rule: "credited_of_other_supplier" }
  | { rule: "credited_before_last_deed"; notBefore: Day }
  | { rule: "credit_exceeds_invoice"; left: Money }
);

type ChargedLine = Omit<BookedLine, "releasedAmount">;

/** The lines of a credit note as they are booked, and by how much each line of the invoice is less paid. */
export function checkCredit(
  draft: { invoicedOn: Day },
  lines: ChargedLine[],
  credited: CreditedInvoice | undefined,
  supplierId: string | undefined,
): { lines: ChargedLine[]; shifts: PaidLine[] } | { violation: CreditViolation } {
  if (!credited) return { violation: { field: "creditedId", rule: "credited_missing" } };
  const violation = checkOccasion(draft, credited, supplierId) ?? checkAmounts(lines, credited);
  if (violation) return { violation };

  const before = lowered(credited.lines, credited.credits);
  const all = [...credited.credits, ...lines.map(negatedAmount)];
  const after = lowered(credited.lines, all);
  const { cashDiscount, missedDiscount, paidAmount } = credited.settlement;
  const settled = smaller(paidAmount.plus(cashDiscount), sum(after.map((one) => one.grossAmount)));
  const target = { paidAmount: settled.minus(cashDiscount), cashDiscount, missedDiscount };
  return {
    lines: asTheInvoice(lines, credited, before, after),
    shifts: settledLines(target, after).map((line, index) =>
      changeOf(line, credited.settled[index]!),
    ),
  };
}

function checkOccasion(
  draft: { invoicedOn: Day },
  credited: CreditedInvoice,
  supplierId: string | undefined,
): CreditViolation | undefined {
  if (credited.supplierId !== supplierId) {
    return { field: "creditedId", rule: "credited_of_other_supplier" };
  }
  if (credited.isCut) return { field: "creditedId", rule: "credited_is_cut" };
  if (draft.invoicedOn < credited.lastDeedOn) {
    const notBefore = credited.lastDeedOn;
    return { field: "invoicedOn", rule: "credited_before_last_deed", notBefore };
  }
}

/** Amounts as they are printed: together above zero on each budget line, within what it still has. */
function checkAmounts(
  lines: ChargedLine[],
  { lines: invoiced, credits, taken, settlement }: CreditedInvoice,
): CreditViolation | undefined {
  const discounts = splitIfAny(
    settlement.cashDiscount,
    lowered(invoiced, credits).map(({ grossAmount }) => grossAmount),
  );
  for (const [index, { budgetLineId }] of lines.entries()) {
    const on = <Line extends { budgetLineId: string; grossAmount: Money }>(some: Line[]) =>
      sum(some.filter((one) => one.budgetLineId === budgetLineId).map((one) => one.grossAmount));
    const discount = sum(
      discounts.filter((_, place) => invoiced[place]!.budgetLineId === budgetLineId),
    );
    const left = on(invoiced).plus(on(credits)).plus(on(taken)).minus(discount);
    const credit = on(lines);
    if (!credit.greaterThan(0) || credit.greaterThan(left)) {
      return { field: `lines[${index}].grossAmount`, rule: "credit_exceeds_invoice", left };
    }
  }
}

/** With their sign turned, and as eligible as what they take off the invoice. */
function asTheInvoice(
  lines: ChargedLine[],
  credited: CreditedInvoice,
  before: EligibleParts[],
  after: EligibleParts[],
): ChargedLine[] {
  const booked = lines.map(turned);
  for (const budgetLineId of new Set(lines.map((line) => line.budgetLineId))) {
    const own = booked.filter((line) => line.budgetLineId === budgetLineId);
    const places = [...credited.lines.keys()].filter(
      (place) => credited.lines[place]!.budgetLineId === budgetLineId,
    );
    const lost = (figure: (line: EligibleParts) => Money) =>
      sum(places.map((place) => figure(before[place]!).minus(figure(after[place]!))));
    const weights = own.map(({ grossAmount }) => negated(grossAmount));
    const ineligibleParts = split(lost(ineligible), weights);
    const vat = sum(places.map((place) => credited.lines[place]!.vat));
    const all = sum(places.map((place) => ineligible(credited.lines[place]!)));
    const { treatment, costKind } = credited.lines[places[0]!]!;
    own.forEach((line, index) => {
      line.treatment = treatment ?? line.treatment;
      line.costKind = costKind;
      const [vatPart = zero, other = zero] = splitIfAny(ineligibleParts[index]!, [
        vat,
        all.minus(vat),
      ]);
      line.deductibleVat = negated(vatPart);
      line.ineligibleAmount = negated(other);
      line.ineligibleReason = other.isZero() ? undefined : "other";
      line.ineligibleNote = other.isZero() ? "" : "wie in der Rechnung";
    });
  }
  return booked;
}

function turned(line: ChargedLine): ChargedLine {
  return {
    ...line,
    kind: "item",
    prepaidId: undefined,
    accompaniesId: undefined,
    accompanyingReason: undefined,
    orderLineId: undefined,
    netAmount: negated(line.netAmount),
    grossAmount: negated(line.grossAmount),
  };
}

function negatedAmount({ budgetLineId, grossAmount }: ChargedLine): CreditedAmount {
  return { budgetLineId, grossAmount: negated(grossAmount) };
}

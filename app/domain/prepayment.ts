/** A prepayment (Abschlag), which a later invoice takes off: once, and as it was booked. */
import type { BookedLine } from "./invoice.ts";
import { eligible, ineligible } from "./invoice-line.ts";
import { type Money, negated, splitIfAny, sum, zero } from "./money.ts";

/** What a prepayment invoice still has on one budget line, in euro gross. */
export type PrepaidLine = { budgetLineId: string; eligible: Money; ineligible: Money };

/** In euro gross. */
export function leftOf({ eligible, ineligible }: PrepaidLine): Money {
  return eligible.plus(ineligible);
}

/** A prepayment that stands, less what credit notes and later invoices took of it. */
export type Prepayment = { id: string; supplierId: string; number: string; lines: PrepaidLine[] };

export type PrepaymentViolation = { field: string } & (
  | { rule: "deduction_exceeds_line" }
  | { rule: "prepayment_missing" }
  | { rule: "prepayment_exceeded"; left: Money }
);

/**
 * The lines, those that take off a prepayment as eligible as it was. Refused where one names none,
 * takes more than is left, or where the invoice has less on the budget line than is taken off it.
 */
export function takeOffPrepayments<Line extends ChargedLine>(
  lines: Line[],
  prepayments: Prepayment[],
  supplierId: string | undefined,
): { lines: Line[] } | { violation: PrepaymentViolation } {
  const left = new Map<PrepaidLine, PrepaidLine>();
  const taken: Line[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.kind !== "prepayment") {
      taken.push(line);
      continue;
    }
    const prepaid = prepayments.find(
      (one) => one.id === line.prepaidId && one.supplierId === supplierId,
    );
    const booked = prepaid?.lines.find(({ budgetLineId }) => budgetLineId === line.budgetLineId);
    if (!booked) {
      return { violation: { field: `lines[${index}].prepaidId`, rule: "prepayment_missing" } };
    }
    const rest = left.get(booked) ?? booked;
    const whole = leftOf(rest);
    const amount = negated(line.grossAmount);
    if (!amount.greaterThan(0) || amount.greaterThan(whole)) {
      const field = `lines[${index}].grossAmount`;
      return { violation: { field, rule: "prepayment_exceeded", left: whole } };
    }
    const [eligiblePart = zero, ineligiblePart = zero] = splitIfAny(amount, [
      rest.eligible,
      rest.ineligible,
    ]);
    left.set(booked, {
      ...rest,
      eligible: rest.eligible.minus(eligiblePart),
      ineligible: rest.ineligible.minus(ineligiblePart),
    });
    taken.push({
      ...line,
      deductibleVat: zero,
      ineligibleAmount: negated(ineligiblePart),
      ineligibleReason: ineligiblePart.isZero() ? undefined : "other",
      ineligibleNote: ineligiblePart.isZero() ? "" : "wie im Abschlag",
    });
  }
  const violation = checkSigns(taken);
  return violation ? { violation } : { lines: taken };
}

type ChargedLine = Omit<BookedLine, "releasedAmount">;

/** What is taken off a budget line is no more than the invoice has on it. */
function checkSigns(lines: ChargedLine[]): PrepaymentViolation | undefined {
  for (const [index, line] of lines.entries()) {
    if (!line.grossAmount.lessThan(0)) continue;
    const own = lines.filter(({ budgetLineId }) => budgetLineId === line.budgetLineId);
    if (sum(own.map(eligible)).lessThan(0) || sum(own.map(ineligible)).lessThan(0)) {
      return { field: `lines[${index}].grossAmount`, rule: "deduction_exceeds_line" };
    }
  }
}

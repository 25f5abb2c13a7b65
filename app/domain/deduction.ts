/**
 * What takes something off: a prepayment (Abschlag) in the final invoice (Schlussrechnung), and a
 * credit note (Gutschrift), which lowers an invoice that was recorded before.
 */
import type { Day } from "./calendar.ts";
import { eligible, type EligibleParts, ineligible } from "./invoice-line.ts";
import { larger, type Money, negated, smaller, sum, zero } from "./money.ts";

/** What an invoice still stands for on one budget line: after discounts and earlier credit notes. */
export type CreditedLine = {
  budgetLineId: string;
  eligible: Money;
  ineligible: Money;
  /** Of the eligible part: what was paid and not yet taken back. */
  paid: Money;
};

export type CreditedInvoice = {
  id: string;
  supplierId: string;
  invoicedOn: Day;
  /** The last day on which something was booked on it. */
  lastDeedOn: Day;
  lines: CreditedLine[];
};

/** A prepayment that stands, and what no later invoice has taken off yet, in euro gross. */
export type Prepayment = { id: string; supplierId: string; number: string; left: Money };

export type DeductionViolation = { field: string } & (
  | { rule: "credited_missing" }
  | { rule: "credited_of_other_supplier" }
  | { rule: "credited_before_last_deed"; notBefore: Day }
  | { rule: "credit_exceeds_invoice"; left: Money }
  | { rule: "deduction_exceeds_line" }
  | { rule: "prepayment_missing" }
  | { rule: "prepayment_exceeded"; left: Money }
);

type Line = EligibleParts & { kind: string; budgetLineId: string; prepaidId?: string | undefined };
type Draft = { kind: string; creditedId: string | null; invoicedOn: Day; lines: Line[] };
type Context = {
  credited: CreditedInvoice | undefined;
  prepayments: Prepayment[];
  supplierId: string | undefined;
};

/** The lines as they are booked; gives what each takes back of paid costs, or the broken rule. */
export function checkDeductions(
  draft: Draft,
  lines: Line[],
  context: Context,
): { repaid: Money[] } | { violation: DeductionViolation } {
  if (draft.kind === "credit_note") return checkCredit(draft, lines, context);
  const violation = checkPrepayments(lines, context) ?? checkSigns(lines);
  return violation ? { violation } : { repaid: lines.map(() => zero) };
}

/** A line that takes off a prepayment names it, and takes no more than is left of it. */
function checkPrepayments(
  lines: Line[],
  { prepayments, supplierId }: Context,
): DeductionViolation | undefined {
  const left = new Map(prepayments.map((prepayment) => [prepayment.id, prepayment.left]));
  for (const [index, line] of lines.entries()) {
    if (line.kind !== "prepayment") continue;
    const prepaid = prepayments.find(({ id }) => id === line.prepaidId);
    if (!prepaid || prepaid.supplierId !== supplierId) {
      return { field: `lines[${index}].prepaidId`, rule: "prepayment_missing" };
    }
    const after = left.get(prepaid.id)!.plus(line.grossAmount);
    if (after.lessThan(0)) {
      const field = `lines[${index}].grossAmount`;
      return { field, rule: "prepayment_exceeded", left: left.get(prepaid.id)! };
    }
    left.set(prepaid.id, after);
  }
}

/** What is taken off a budget line is no more than the invoice has on it. */
function checkSigns(lines: Line[]): DeductionViolation | undefined {
  for (const [index, line] of lines.entries()) {
    const own = lines.filter(({ budgetLineId }) => budgetLineId === line.budgetLineId);
    const isLowered = line.grossAmount.lessThan(0);
    if (isLowered && (sum(own.map(eligible)).lessThan(0) || sum(own.map(ineligible)).lessThan(0))) {
      return { field: `lines[${index}].grossAmount`, rule: "deduction_exceeds_line" };
    }
  }
}

function checkCredit(
  draft: Draft,
  lines: Line[],
  { credited, supplierId }: Context,
): { repaid: Money[] } | { violation: DeductionViolation } {
  const refuse = (violation: DeductionViolation) => ({ violation });
  if (!credited) return refuse({ field: "creditedId", rule: "credited_missing" });
  if (credited.supplierId !== supplierId) {
    return refuse({ field: "creditedId", rule: "credited_of_other_supplier" });
  }
  if (draft.invoicedOn < credited.lastDeedOn) {
    const notBefore = credited.lastDeedOn;
    return refuse({ field: "invoicedOn", rule: "credited_before_last_deed", notBefore });
  }
  const left = new Map(credited.lines.map((line) => [line.budgetLineId, { ...line }]));
  const repaid = [];
  for (const [index, line] of lines.entries()) {
    const field = `lines[${index}].grossAmount`;
    const rest = left.get(line.budgetLineId);
    if (!rest) return refuse({ field, rule: "credit_exceeds_invoice", left: zero });
    const whole = rest.eligible.plus(rest.ineligible);
    rest.eligible = rest.eligible.plus(eligible(line));
    rest.ineligible = rest.ineligible.plus(ineligible(line));
    if (rest.eligible.lessThan(0) || rest.ineligible.lessThan(0)) {
      return refuse({ field, rule: "credit_exceeds_invoice", left: whole });
    }
    // What is paid is never more than what is invoiced: the excess is owed by the supplier.
    const excess = larger(rest.paid.minus(rest.eligible), zero);
    const back = smaller(excess, negated(eligible(line)));
    rest.paid = rest.paid.minus(larger(back, zero));
    repaid.push(larger(back, zero));
  }
  return { repaid };
}

/**
 * The budget of a grant (Kosten- und Finanzierungsplan): its lines (Einzelansätze), school by object of
 * funding, with the figures that the journal has for them.
 */
import type { SchoolLimitViolation } from "./application.ts";
import type { GrantTerms } from "./terms.ts";
import { larger, type Money, shareOf, smaller, sum, zero } from "./money.ts";

export type BudgetLine = {
  id: string;
  schoolId: string;
  school: string;
  /** Number of the directive, such as "2.4". */
  code: string;
  approved: Money;
  committed: Money;
  invoiced: Money;
  paid: Money;
  /** What the directive's limit for the category leaves at this school; undefined without one. */
  limit?: { code: string; limit: Money; left: Money; directive: string };
};

type Figures = Pick<BudgetLine, "approved" | "committed" | "invoiced" | "paid">;
export type Summary = Figures & { available: Money };

/** What is still free: approved less ordered less invoiced. Negative on a line overrun by permission. */
export function available(line: Pick<Figures, "approved" | "committed" | "invoiced">): Money {
  return line.approved.minus(line.committed).minus(line.invoiced);
}

export function summarize(lines: Figures[]): Summary {
  const total = (figure: keyof Figures) => sum(lines.map((line) => line[figure]));
  const figures = {
    approved: total("approved"),
    committed: total("committed"),
    invoiced: total("invoiced"),
    paid: total("paid"),
  };
  return { ...figures, available: available(figures) };
}

/** An amount that an order or invoice charges to a line, and the form's field to blame. */
export type Charge = { budgetLineId: string; amount: Money; field: string };

export type ChargeViolation = { field: string } & (
  | { rule: "line_not_in_grant" }
  | { rule: "exceeds_approved_total"; available: Money }
  | { rule: "exceeds_line"; available: Money }
  | SchoolLimitViolation
);

/**
 * The first charge for which the money is short. A line may be overrun by the tolerance of the notice
 * as long as the total holds (ANBest-P 1.2); several charges of one document count together.
 */
export function checkCharges(
  charges: Charge[],
  lines: BudgetLine[],
  terms: Pick<GrantTerms, "lineTolerance">,
): ChargeViolation | undefined {
  const charged = lines.map((line) => ({ ...line }));
  // What lowers the costs comes first: a discount makes room for the items that it is for.
  const inOrder = charges.toSorted((a, b) => sign(a.amount) - sign(b.amount));

  for (const { budgetLineId, amount, field } of inOrder) {
    const line = charged.find(({ id }) => id === budgetLineId);
    if (!line) return { field, rule: "line_not_in_grant" };

    // Nothing new is charged: the order had it committed, or the line is lowered.
    if (!amount.greaterThan(0)) {
      charge(line, amount);
      continue;
    }

    const totalLeft = summarize(charged).available;
    const lineLeft = available(line).plus(shareOf(line.approved, terms.lineTolerance));
    if (amount.greaterThan(smaller(lineLeft, totalLeft))) {
      return lineLeft.lessThan(totalLeft)
        ? { field, rule: "exceeds_line", available: lineLeft }
        : { field, rule: "exceeds_approved_total", available: totalLeft };
    }
    if (line.limit && amount.greaterThan(line.limit.left)) {
      const { code, limit, left, directive } = line.limit;
      return {
        field,
        rule: "exceeds_school_limit",
        code,
        limit,
        excess: amount.minus(larger(left, zero)),
        directive,
      };
    }
    charge(line, amount);
  }
}

function sign(amount: Money): number {
  return amount.lessThan(0) ? -1 : 0;
}

function charge(line: BudgetLine, amount: Money) {
  line.invoiced = line.invoiced.plus(amount);
  if (line.limit) line.limit = { ...line.limit, left: line.limit.left.minus(amount) };
}

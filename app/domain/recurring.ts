/**
 * Recurring costs in the books: the plan of a contract is committed once for each fiscal year. What it costs
 * is ordered; what has changed since raises or lowers the order by the difference.
 */
import type { Day } from "./calendar.ts";
import type { CostKindViolation } from "./cost-kind.ts";
import { type Money, negated, smaller, zero } from "./money.ts";
import type { SpendingTerms } from "./order.ts";

/** A contract is paid by the municipal budget, whatever its order says: never by a grant. */
export function checkContractFunding(
  terms: Pick<SpendingTerms, "fiscalYear">,
): CostKindViolation | undefined {
  if (terms.fiscalYear !== undefined) return undefined;
  return { field: "lines[0].costKind", rule: "running_cost_on_grant" };
}

/**
 * The day of the order: the start of the contract, the first appropriation of its account or the first of
 * January, whichever is last; within the days that the fiscal year takes, and never after today.
 */
export function orderDay(
  fiscalYear: number,
  startedOn: Day,
  appropriatedOn: Day | null,
  terms: Pick<SpendingTerms, "spendFrom">,
  today: Day,
): Day {
  const due = [startedOn, appropriatedOn ?? startedOn, `${fiscalYear}-01-01`].sort().at(-1)!;
  const known = due < today ? due : today;
  return known > terms.spendFrom ? known : terms.spendFrom;
}

/**
 * The day on which the order is raised or lowered: today, or the last day that the year takes, so that a
 * lowering of today does not keep a raise out of a year that is still open; never before its last deed.
 */
export function changeDay(
  lastDeedOn: Day,
  terms: Pick<SpendingTerms, "spendUntil">,
  today: Day,
): Day {
  const within = today < terms.spendUntil ? today : terms.spendUntil;
  return within > lastDeedOn ? within : lastDeedOn;
}

/** What is to be done about an order, in euro gross; what was invoiced can't be lowered any more. */
export type Adjustment = { change: Money; excess: Money };

/** By how much the order has to change, and by how much more was invoiced than the contract costs. */
export function adjustmentOf(target: Money, ordered: Money, open: Money): Adjustment {
  const difference = target.minus(ordered);
  if (!difference.lessThan(0)) return { change: difference, excess: zero };
  const lowered = smaller(negated(difference), open);
  return { change: negated(lowered), excess: negated(difference).minus(lowered) };
}

/** Why a contract may overrun the budget of a year, in the words of whoever posts it; empty where unsaid. */
export type GivenReason = { contractId: string; fiscalYear: number; reason: string };

export type ReasonViolation = { field: string; rule: "recurring_reason_missing" };

/**
 * Where the authority wants a reason for recurring costs over budget, whoever asks for the posting gives it:
 * one for each contract and year. Those without one stay unposted; only if nothing at all was posted has
 * the form to come back, for then nobody got what was asked for.
 */
export function checkReasons(reasons: GivenReason[], posted: number): ReasonViolation | undefined {
  if (posted > 0) return undefined;
  const index = reasons.findIndex(({ reason }) => !reason.trim());
  if (index >= 0) return { field: `reasons[${index}].reason`, rule: "recurring_reason_missing" };
}

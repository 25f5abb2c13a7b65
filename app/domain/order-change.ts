/** An order (Auftrag) after it was placed: raised, lowered. */
import type { Day } from "./calendar.ts";
import type { Posting } from "./journal.ts";
import { type Money, type Percent, zero } from "./money.ts";
import {
  checkMoney,
  checkSpendingDay,
  type OpenOrderLine,
  type OrderContext,
  type SpendingViolation,
} from "./order.ts";
import { type Award, checkAward, netValue } from "./procurement.ts";

/** An order is raised or lowered (Auftragsänderung): by how much each of its lines changes. */
export type OrderChangeDraft = {
  changedOn: Day;
  reason: string;
  /** Why the award was allowed above its threshold; empty where nothing was asked. */
  awardReason: string;
  /** Why the municipal budget is overrun; asked where the authority wants to be warned. */
  overBudgetReason?: string | undefined;
  lines: { orderLineId: string; change: Money }[];
};

export type OrderChangeViolation =
  | SpendingViolation
  | { field: string; rule: "changed_before_last_deed"; notBefore: Day }
  | { field: string; rule: "nothing_changed" }
  | { field: string; rule: "lowered_below_invoiced"; open: Money };

/** The order as the change finds it. */
export type ChangeableOrder = Pick<Award, "awardKind" | "awardReference"> & {
  orderedOn: Day;
  lastDeedOn: Day;
  lines: (OpenOrderLine & { ordered: Money; vatRate: Percent })[];
};

/** An order is lowered by no more than is open, and raised by no more than the grant has left. */
export function checkOrderChange(
  draft: OrderChangeDraft,
  order: ChangeableOrder,
  context: OrderContext,
): OrderChangeViolation | undefined {
  const { terms, budget, procurement, today } = context;
  const isRaised = draft.lines.some(({ change }) => change.greaterThan(0));
  // What is only lowered frees money: that is booked whenever it is known.
  const early =
    isRaised || draft.changedOn > today
      ? checkSpendingDay("changedOn", draft.changedOn, terms, today)
      : undefined;
  if (early) return early;
  if (draft.changedOn < order.lastDeedOn) {
    return { field: "changedOn", rule: "changed_before_last_deed", notBefore: order.lastDeedOn };
  }
  if (draft.lines.every(({ change }) => change.isZero())) {
    return { field: "lines", rule: "nothing_changed" };
  }
  const changeOf = new Map(draft.lines.map((line) => [line.orderLineId, line.change]));
  const after = order.lines.map((line) => {
    const change = changeOf.get(line.id) ?? zero;
    return { ...line, change, grossAmount: line.ordered.plus(change) };
  });
  for (const { id, change, open } of after) {
    const field = `lines[${draft.lines.findIndex((line) => line.orderLineId === id)}].change`;
    if (open.plus(change).lessThan(0)) return { field, rule: "lowered_below_invoiced", open };
  }
  return (
    checkMoney(
      draft.lines.map(({ orderLineId, change }, index) => ({
        budgetLineId: order.lines.find(({ id }) => id === orderLineId)!.budgetLineId,
        amount: change,
        field: `lines[${index}].change`,
      })),
      budget,
      terms,
      draft.overBudgetReason,
    ) ??
    (isRaised
      ? checkAward(
          { ...order, awardReason: draft.awardReason },
          netValue(after),
          procurement,
          order.orderedOn,
        )
      : undefined)
  );
}

export type OrderChangeDocument = {
  number: string;
  changedOn: Day;
  lines: { budgetLineId: string; change: Money }[];
};

export function postingsOfOrderChange(change: OrderChangeDocument): Posting[] {
  return change.lines.map(({ budgetLineId, change: amount }) => ({
    accountId: budgetLineId,
    figure: "committed",
    amount,
    bookedOn: change.changedOn,
    text: `Auftrag ${change.number} geändert`,
  }));
}

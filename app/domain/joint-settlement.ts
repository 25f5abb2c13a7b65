/** Payments of a joint service's year, and the settlement that compares them with its actual cost. */
import type { Day } from "./calendar.ts";
import type { Key } from "./joint-key.ts";
import {
  type Appropriated,
  checkAppropriated,
  partsOf,
  type Reading,
  type YearMember,
  type YearPart,
  type YearViolation,
} from "./joint-year.ts";
import { type Money, negated, sum, zero } from "./money.ts";

/**
 * Whose payments these books know: where we perform, those of the others, which come in; where another
 * does, our own.
 */
export function paysHere(member: { isOwn: boolean }, isOwnPerforming: boolean): boolean {
  return member.isOwn !== isOwnPerforming;
}

export type JointPaymentDraft = { memberId: string; paidOn: Day; amount: Money; note: string };

export type JointPaymentViolation = { field: string } & (
  | { rule: "amount_not_positive" }
  | { rule: "in_the_future" }
  | { rule: "member_does_not_pay_here" }
  | { rule: "year_settled" }
  | { rule: "paid_before_plan"; plannedOn: Day }
  | { rule: "instalments_exceeded"; open: Money }
  | { rule: "balance_exceeded"; open: Money }
);

/** An instalment, whole or in part; never more than what is left of the member's planned part. */
export function checkInstalmentPayment(
  draft: JointPaymentDraft,
  year: { plannedOn: Day; isSettled: boolean; open: Money | undefined },
  today: Day,
): JointPaymentViolation | undefined {
  if (year.open === undefined) return { field: "memberId", rule: "member_does_not_pay_here" };
  if (year.isSettled) return { field: "paidOn", rule: "year_settled" };
  const wrong = checkDayAndAmount(draft, year.plannedOn, today);
  if (wrong) return wrong;
  const { open } = year;
  if (draft.amount.greaterThan(open))
    return { field: "amount", rule: "instalments_exceeded", open };
}

/**
 * What is paid or given back after the settlement. The draft's amount is without sign; `open` is positive
 * for an additional payment (Nachzahlung), negative for a refund (Erstattung).
 */
export function checkBalancePayment(
  draft: JointPaymentDraft,
  year: { settledOn: Day; open: Money | undefined },
  today: Day,
): { amount: Money } | { violation: JointPaymentViolation } {
  if (year.open === undefined) {
    return { violation: { field: "memberId", rule: "member_does_not_pay_here" } };
  }
  const violation = checkDayAndAmount(draft, year.settledOn, today);
  if (violation) return { violation };
  const open = year.open.abs();
  if (draft.amount.greaterThan(open)) {
    return { violation: { field: "amount", rule: "balance_exceeded", open } };
  }
  return { amount: year.open.lessThan(0) ? negated(draft.amount) : draft.amount };
}

function checkDayAndAmount(
  { amount, paidOn }: JointPaymentDraft,
  notBefore: Day,
  today: Day,
): JointPaymentViolation | undefined {
  if (!amount.greaterThan(0)) return { field: "amount", rule: "amount_not_positive" };
  if (paidOn > today) return { field: "paidOn", rule: "in_the_future" };
  if (paidOn < notBefore)
    return { field: "paidOn", rule: "paid_before_plan", plannedOn: notBefore };
}

export type SettlementDraft = {
  settledOn: Day;
  number: string;
  dueOn: Day;
  /** Why the municipal budget is overrun; asked where the authority wants to be warned. */
  overBudgetReason?: string | undefined;
};

export type SettlementViolation =
  | YearViolation
  | ({ field: string } & (
      | { rule: "settled_before_year_ended"; lastDay: Day }
      | { rule: "settled_before_last_deed"; notBefore: Day }
      | { rule: "due_before_settlement" }
      | { rule: "year_settled" }
      | { rule: "no_actual_costs" }
      | { rule: "costs_below_zero" }
      | { rule: "invoice_counted_too_high"; invoice: string; over: Money }
    ));

export type SettlementPart = YearPart & {
  /** Instalments paid by the day of the settlement. */
  paid: Money;
};

/** Nachzahlung when positive, Erstattung when negative. */
export function resultOf({ amount, paid }: Pick<SettlementPart, "amount" | "paid">): Money {
  return amount.minus(paid);
}

export type SettlementContext = {
  fiscalYear: number;
  reading: Reading;
  costs: Money[];
  /** Invoices that a year of this agreement counts with more than credit notes have left of them. */
  overcounted: { number: string; over: Money }[];
  members: YearMember[];
  key: Key | undefined;
  planned: { memberId: string; amount: Money }[];
  paid: { memberId: string; amount: Money }[];
  lastDay: Day;
  /** The latest day of a payment or cost of the year, and of the reversal of an earlier settlement. */
  notBefore: Day | null;
  isSettled: boolean;
  appropriation: Appropriated;
  today: Day;
};

/** Divides the actual cost by the frozen key and the actual days, and compares it with what was paid. */
export function checkSettlement(
  draft: SettlementDraft,
  context: SettlementContext,
): { total: Money; parts: SettlementPart[] } | { violation: SettlementViolation } {
  const refuse = (violation: SettlementViolation) => ({ violation });
  const { settledOn, dueOn } = draft;
  const { lastDay, notBefore, costs, members, fiscalYear } = context;
  if (context.isSettled) return refuse({ field: "settledOn", rule: "year_settled" });
  if (settledOn > context.today) return refuse({ field: "settledOn", rule: "in_the_future" });
  if (settledOn < lastDay) {
    return refuse({ field: "settledOn", rule: "settled_before_year_ended", lastDay });
  }
  if (notBefore && settledOn < notBefore) {
    return refuse({ field: "settledOn", rule: "settled_before_last_deed", notBefore });
  }
  if (dueOn < settledOn) return refuse({ field: "dueOn", rule: "due_before_settlement" });
  const [tooHigh] = context.overcounted;
  if (tooHigh) {
    const { number: invoice, over } = tooHigh;
    return refuse({ field: "settledOn", rule: "invoice_counted_too_high", invoice, over });
  }
  if (costs.length === 0) return refuse({ field: "settledOn", rule: "no_actual_costs" });
  const total = sum(costs);
  if (total.lessThan(0)) return refuse({ field: "settledOn", rule: "costs_below_zero" });

  const own = members.find(({ isOwn }) => isOwn)!;
  if (context.reading === "own_share" && own.days === 0) {
    return refuse({ field: "settledOn", rule: "year_without_own_membership" });
  }
  const divided = partsOf({ ...context, amount: total });
  if ("problem" in divided) return refuse({ field: "settledOn", ...divided.problem });
  const of = (rows: { memberId: string; amount: Money }[], id: string) =>
    sum(rows.filter(({ memberId }) => memberId === id).map(({ amount }) => amount));
  const left = context.planned
    .filter(({ memberId }) => !divided.parts.some((part) => part.memberId === memberId))
    .map(({ memberId }) => ({ memberId, days: 0, amount: zero }));
  const parts = [...divided.parts, ...left].map((part) => {
    return { ...part, paid: of(context.paid, part.memberId) };
  });

  if (!own.isPerforming) {
    const actual = of(parts, own.id);
    const needed = actual.minus(of(context.planned, own.id));
    const { appropriation } = context;
    const over = checkAppropriated(needed, appropriation, fiscalYear, draft.overBudgetReason);
    // The form has a field for the reason; the account and the amount are the plan's and the costs'.
    const isAsked = over?.rule === "over_budget_needs_reason";
    if (over) return refuse(isAsked ? over : { ...over, field: "settledOn" });
  }
  return { total, parts };
}

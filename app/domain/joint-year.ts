/**
 * The year of a joint service: a plan with instalments (Abschläge), their payments, the settlement
 * (Jahresabrechnung) of the actual cost, and what is paid or given back then.
 */
import { type Day, endOfYear, yearOf } from "./calendar.ts";
import { type DividedComponent, divideYear, type DivisionProblem, type Key } from "./joint-key.ts";
import { daysOf } from "./joint-service.ts";
import {
  type BudgetAccount,
  type BudgetViolation,
  checkBudget,
  type OverBudgetPolicy,
} from "./municipal-budget.ts";
import { factor, type Money, smaller, split, sum, zero } from "./money.ts";

/**
 * How an amount is meant: as this authority's own share (the reading of a council paper's "finanzielle
 * Auswirkung"), or as the joint total of all members, which a key divides.
 */
export const readings = ["own_share", "joint_total"] as const;
export type Reading = (typeof readings)[number];

/**
 * The reading that a plan begins with: who performs settles with all, and so does who has a key; without
 * one only the own share can be planned.
 */
export function proposedReading(year: { isOwnPerforming: boolean; hasKey: boolean }): Reading {
  return year.isOwnPerforming || year.hasKey ? "joint_total" : "own_share";
}

export const mostInstalments = 12;

export type YearMember = {
  id: string;
  name: string;
  isOwn: boolean;
  isPerforming: boolean;
  /** Days of membership in the fiscal year. */
  days: number;
};

export type YearPart = { memberId: string; days: number; amount: Money };
export type Instalment = { memberId: string; number: number; dueOn: Day; amount: Money };

export type PlanDraft = {
  fiscalYear: number;
  reading: Reading;
  number: string;
  plannedOn: Day;
  amount: Money;
  appropriationAccountId: string | undefined;
  /** Why the municipal budget is overrun; asked where the authority wants to be warned. */
  overBudgetReason?: string | undefined;
  dueDays: Day[];
};

export type YearViolation = { field: string } & (
  | DivisionProblem
  | { rule: "fixed_sums_exceed_total"; fixed: Money }
  | { rule: "amount_not_positive" }
  | { rule: "in_the_future" }
  | { rule: "year_recorded_before" }
  | { rule: "demanded_before_year"; fiscalYear: number }
  | { rule: "before_reversal_of_replaced"; reversedOn: Day }
  | { rule: "appropriation_not_on_file" }
  | { rule: "appropriation_of_other_year"; fiscalYear: number }
  | { rule: "own_appropriation_not_used" }
  | { rule: "own_share_when_performing" }
  | { rule: "year_without_own_membership" }
  | { rule: "agreement_lacks_terms" }
  | { rule: "key_missing"; fiscalYear: number }
  | { rule: "due_days_missing" }
  | { rule: "due_days_not_in_order" }
  | { rule: "due_day_outside_year"; fiscalYear: number }
  | { rule: "due_day_before_plan"; plannedOn: Day }
  | BudgetViolation
);

/**
 * The account that pays an own share, all of its year, and what the authority has settled for recurring costs
 * that go beyond them; undefined where no account was named, or none of the authority's.
 */
export type Appropriated =
  | { accountId: string; accounts: BudgetAccount[]; policy: OverBudgetPolicy }
  | undefined;

export type PlanContext = {
  members: YearMember[];
  key: Key | undefined;
  isRecorded: boolean;
  replacedUntil: Day | null;
  appropriation: Appropriated;
  today: Day;
};

/** Accepts a plan with each member's part and instalments, or names the broken rule. */
export function checkPlan(
  draft: PlanDraft,
  context: PlanContext,
): { parts: YearPart[]; instalments: Instalment[] } | { violation: YearViolation } {
  const refuse = (violation: YearViolation) => ({ violation });
  const { fiscalYear, reading, plannedOn } = draft;
  const { members, today, replacedUntil } = context;
  const own = members.find(({ isOwn }) => isOwn);

  if (!draft.amount.greaterThan(0)) return refuse({ field: "amount", rule: "amount_not_positive" });
  if (plannedOn > today) return refuse({ field: "plannedOn", rule: "in_the_future" });
  if (yearOf(plannedOn) < fiscalYear - 1) {
    return refuse({ field: "plannedOn", rule: "demanded_before_year", fiscalYear });
  }
  if (replacedUntil && plannedOn < replacedUntil) {
    const rule = "before_reversal_of_replaced";
    return refuse({ field: "plannedOn", rule, reversedOn: replacedUntil });
  }
  if (context.isRecorded) return refuse({ field: "fiscalYear", rule: "year_recorded_before" });
  if (!own || own.days === 0) {
    return refuse({ field: "fiscalYear", rule: "year_without_own_membership" });
  }
  const wrongDays = checkDueDays(draft);
  if (wrongDays) return refuse(wrongDays);
  if (reading === "own_share" && own.isPerforming) {
    return refuse({ field: "reading", rule: "own_share_when_performing" });
  }

  const divided = partsOf({ ...draft, key: context.key, members });
  if ("problem" in divided) return refuse({ field: "amount", ...divided.problem });
  // A plan below what the members promised is a slip of the pen; an actual cost below it is a fact.
  const fixed = divided.components.find(({ loweredFrom }) => loweredFrom)?.loweredFrom;
  if (fixed) return refuse({ field: "amount", rule: "fixed_sums_exceed_total", fixed });
  const { parts } = divided;
  const ownPart = parts.find(({ memberId }) => memberId === own.id)?.amount ?? zero;
  const budget = own.isPerforming
    ? unusedAppropriation(draft.appropriationAccountId)
    : checkAppropriated(ownPart, context.appropriation, fiscalYear, draft.overBudgetReason);
  return budget ? refuse(budget) : { parts, instalments: instalmentsOf(parts, draft.dueDays) };
}

function checkDueDays({ dueDays, fiscalYear, plannedOn }: PlanDraft): YearViolation | undefined {
  if (dueDays.length === 0 || dueDays.length > mostInstalments) {
    return { field: "dueDays", rule: "due_days_missing" };
  }
  const early = dueDays.findIndex((day, index) => index > 0 && day <= dueDays[index - 1]!);
  if (early > 0) return { field: `dueDays[${early}].dueOn`, rule: "due_days_not_in_order" };
  // From the first day of the year until the last on which its settlement is usually made and paid.
  const outside = dueDays.findIndex((day) => day < `${fiscalYear}-01-01` || day > endOfYear(fiscalYear + 1)); // prettier-ignore
  if (outside >= 0) {
    return { field: `dueDays[${outside}].dueOn`, rule: "due_day_outside_year", fiscalYear };
  }
  // Nothing can be due before it was asked for.
  const soon = dueDays.findIndex((day) => day < plannedOn);
  if (soon >= 0) return { field: `dueDays[${soon}].dueOn`, rule: "due_day_before_plan", plannedOn };
}

/**
 * The one place that asks whether the municipal budget has the money for an own share, in euro: refused, or
 * taken with a reason, or without, as the authority has settled for recurring costs.
 */
export function checkAppropriated(
  needed: Money,
  appropriation: Appropriated,
  fiscalYear: number,
  overBudgetReason = "",
): YearViolation | undefined {
  const field = "appropriationAccountId";
  if (!appropriation) return { field, rule: "appropriation_not_on_file" };
  const { accountId, accounts, policy } = appropriation;
  const account = accounts.find(({ id }) => id === accountId);
  if (!account) return { field, rule: "appropriation_not_on_file" };
  if (account.fiscalYear !== fiscalYear) {
    return { field, rule: "appropriation_of_other_year", fiscalYear: account.fiscalYear! };
  }
  const charges = [{ accountId, amount: needed, field: "amount" }];
  return checkBudget(charges, accounts, policy, overBudgetReason);
}

/** Whoever performs pays by its own invoices: its share is shown, not booked a second time. */
function unusedAppropriation(accountId: string | undefined): YearViolation | undefined {
  return accountId
    ? { field: "appropriationAccountId", rule: "own_appropriation_not_used" }
    : undefined;
}

type YearProblem =
  | DivisionProblem
  | { rule: "key_missing"; fiscalYear: number }
  | { rule: "agreement_lacks_terms" };

type YearAmount = {
  fiscalYear: number;
  reading: Reading;
  amount: Money;
  key: Key | undefined;
  members: YearMember[];
};

/**
 * The part of each member who belonged to the agreement on at least one day of the year; and of the
 * performing member where it bears a rest.
 */
export function partsOf(
  year: YearAmount,
): { parts: YearPart[]; components: DividedComponent[] } | { problem: YearProblem } {
  const { fiscalYear, reading, amount, key } = year;
  const present = year.members.filter(({ days }) => days > 0);
  if (reading === "own_share") {
    const own = present.filter(({ isOwn }) => isOwn);
    return { parts: own.map(({ id, days }) => ({ memberId: id, days, amount })), components: [] };
  }
  if (!key) return { problem: { rule: "key_missing", fiscalYear } };
  const days = present.map((member) => ({ memberId: member.id, days: member.days }));
  const bearer = year.members.find(({ isPerforming }) => isPerforming);
  if (!bearer) return { problem: { rule: "agreement_lacks_terms" } };
  return divideYear(amount, key, days, daysOf(fiscalYear), bearer.id);
}

/** Each part in as many equal instalments as there are due days; a cent left over comes with the first. */
export function instalmentsOf(parts: YearPart[], dueDays: Day[]): Instalment[] {
  return parts.flatMap(({ memberId, amount }) =>
    split(
      amount,
      dueDays.map(() => factor("1")),
    ).map((part, index) => ({ memberId, number: index + 1, dueOn: dueDays[index]!, amount: part })),
  );
}

/** What of the instalments of a member was due by a day, less what was paid. */
export function overdue(instalments: Instalment[], paid: Money, today: Day): Money {
  const due = sum(instalments.filter(({ dueOn }) => dueOn < today).map(({ amount }) => amount));
  return due.minus(smaller(due, paid));
}

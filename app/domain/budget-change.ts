/**
 * What changes an account of the municipal budget after its appropriation: a supplementary budget
 * (Nachtrag), an over-plan or unplanned approval (§ 117 NKomVG), a carry-over (§ 20 KomHKVO).
 */
import {
  type AppropriationAccount,
  type AppropriationViolation,
  checkAccount,
} from "./appropriation.ts";
import { type Day, endOfYear } from "./calendar.ts";
import type { Posting } from "./journal.ts";
import { type Money, negated, zero } from "./money.ts";
import { type BudgetAccount, budgetLeft, givable } from "./municipal-budget.ts";
import { authorized } from "./journal.ts";

/** Why money may stay after its year: § 20 (1), (2) and (3) KomHKVO. */
export const carryoverGrounds = ["investment", "budget", "earmarked"] as const;
export type CarryoverGround = (typeof carryoverGrounds)[number];

/** The decision on which a change rests: a resolution on file, or in words who decided. */
export type Decision = { decidedOn: Day; resolutionId: string | undefined; decision: string };

export type SupplementDraft = Decision & { amount: Money; reason: string };

export type ExtraDraft = Decision & {
  amount: Money;
  reason: string;
  /** The account that gives the money; else `additionalIncome` says what covers it. */
  coveringAccountId: string | undefined;
  additionalIncome: string;
};

/** An approval outside of the plan (außerplanmäßig): the plan has no such account, so the approval names it. */
export type UnplannedDraft = AppropriationAccount & ExtraDraft;

export type CarryoverDraft = Decision & {
  amount: Money;
  reason: string;
  ground: CarryoverGround;
};

export type ChangeViolation =
  | AppropriationViolation
  | { field: "ledgerAccount"; rule: "planned_account" }
  | { field: "amount"; rule: "nothing_changes" }
  | { field: "amount"; rule: "supplement_below_spent"; available: Money }
  | { field: "decision"; rule: "decision_missing" }
  | { field: string; rule: "account_not_on_file" }
  | { field: "coveringAccountId"; rule: "cover_missing" }
  | { field: "coveringAccountId"; rule: "cover_named_twice" }
  | { field: "coveringAccountId"; rule: "cover_of_other_year" }
  | { field: "coveringAccountId"; rule: "cover_too_small"; available: Money }
  | { field: string; rule: "carryover_exceeds_rest"; available: Money }
  | { field: string; rule: "carryover_ground_of_other_account" }
  | { field: "reason"; rule: "carryover_reason_missing" }
  | { field: string; rule: "carryover_before_year_end"; fiscalYear: number };

function checkDecision({ decidedOn, resolutionId, decision }: Decision, today: Day) {
  if (decidedOn > today) return { field: "decidedOn", rule: "in_the_future" } as const;
  if (!resolutionId && !decision.trim()) {
    return { field: "decision", rule: "decision_missing" } as const;
  }
}

/**
 * A supplementary budget raises, or lowers down to what is spent: the account keeps an authorization of
 * zero or more, and its budget no less than is ordered and invoiced (§ 115 NKomVG).
 */
export function checkSupplement(
  draft: SupplementDraft,
  account: BudgetAccount,
  accounts: BudgetAccount[],
  today: Day,
): ChangeViolation | undefined {
  if (draft.amount.isZero()) return { field: "amount", rule: "nothing_changes" };
  const violation = checkDecision(draft, today);
  if (violation) return violation;
  if (draft.amount.greaterThan(0)) return undefined;
  const [own, left] = [authorized(account), budgetLeft(account, accounts)];
  const available = notNegative(own.lessThan(left) ? own : left);
  if (negated(draft.amount).greaterThan(available)) {
    return { field: "amount", rule: "supplement_below_spent", available };
  }
}

/**
 * Over the plan or outside of it, only what can't be put off and is covered (§ 117 (1) NKomVG): by money of
 * another account of the same year and part, which leaves it, or by additional income, in words.
 */
export function checkExtra(
  draft: ExtraDraft,
  account: Pick<BudgetAccount, "id" | "fiscalYear" | "budgetPart">,
  accounts: BudgetAccount[],
  today: Day,
): ChangeViolation | undefined {
  if (!draft.amount.greaterThan(0)) return { field: "amount", rule: "amount_not_positive" };
  const violation = checkDecision(draft, today);
  if (violation) return violation;
  const field = "coveringAccountId";
  const income = draft.additionalIncome.trim();
  if (!draft.coveringAccountId) return income ? undefined : { field, rule: "cover_missing" };
  if (income) return { field, rule: "cover_named_twice" };
  const covering = accounts.find(({ id }) => id === draft.coveringAccountId);
  if (!covering || covering.id === account.id) return { field, rule: "account_not_on_file" };
  const isSamePart =
    (covering.budgetPart ?? "operating") === (account.budgetPart ?? "operating") &&
    covering.fiscalYear === account.fiscalYear;
  if (!isSamePart) return { field, rule: "cover_of_other_year" };
  const available = notNegative(givable(covering, accounts));
  if (draft.amount.greaterThan(available)) return { field, rule: "cover_too_small", available };
}

/**
 * Outside of the plan is what the plan has no money for: an account without an appropriation (§ 117 (1) NKomVG). One
 * that has an appropriation is exceeded instead (überplanmäßig). What covers it is judged as there.
 */
export function checkUnplanned(
  draft: UnplannedDraft,
  known: BudgetAccount | undefined,
  accounts: BudgetAccount[],
  today: Day,
): ChangeViolation | undefined {
  const named = checkAccount(draft);
  if (named) return named;
  if (known?.appropriated.greaterThan(0))
    return { field: "ledgerAccount", rule: "planned_account" };
  const { fiscalYear, budgetPart = "operating" } = draft;
  return checkExtra(draft, known ?? { id: "", fiscalYear, budgetPart }, accounts, today);
}

/**
 * A carry-over takes what is left of an account to the same account of the next year, and no more. Which
 * ground fits: investments are payments of 78…, the expense of a budget needs a budget; earmarked money
 * may be anywhere (§ 20 KomHKVO). Open orders move on their own; `left` is without them.
 */
export function checkCarryover(
  draft: Pick<CarryoverDraft, "amount" | "ground">,
  account: BudgetAccount & { isInvestment: boolean },
  accounts: BudgetAccount[],
): ChangeViolation | undefined {
  if (!draft.amount.greaterThan(0)) return { field: "amount", rule: "amount_not_positive" };
  const fits =
    draft.ground === "earmarked" ||
    (draft.ground === "investment" ? account.isInvestment : fitsBudget(account));
  if (!fits) return { field: "ground", rule: "carryover_ground_of_other_account" };
  const available = notNegative(givable(account, accounts));
  if (draft.amount.greaterThan(available)) {
    return { field: "amount", rule: "carryover_exceeds_rest", available };
  }
}

function fitsBudget(account: BudgetAccount) {
  return (account.budgetPart ?? "operating") === "operating" && Boolean(account.budget);
}

/** The ground that the rule offers for an account; undefined where only earmarked money may stay. */
export function likelyGround(
  account: BudgetAccount & { isInvestment: boolean },
): CarryoverGround | undefined {
  if (account.isInvestment) return "investment";
  return fitsBudget(account) ? "budget" : undefined;
}

/**
 * Until when what is carried over may be used: an expense of a budget until the end of the following year; an
 * investment that is begun, and earmarked money, until the last payment: null; an investment not begun
 * until the end of the year after next, in which it must begin (§ 20 KomHKVO).
 */
export function carriedUntil(
  ground: CarryoverGround,
  fromYear: number,
  isBegun: boolean,
): Day | null {
  if (ground === "budget") return endOfYear(fromYear + 1);
  if (ground === "investment" && !isBegun) return endOfYear(fromYear + 2);
  return null;
}

type ChangeDocument = { accountId: string; amount: Money; decidedOn: Day; title: string };

export function postingsOfSupplement(document: ChangeDocument): Posting[] {
  return [posting(document, document.accountId, "supplemented", document.amount)];
}

/** The account has more, the one that covers it has less by the same amount. */
export function postingsOfExtra(
  document: ChangeDocument & { coveringAccountId: string | null },
): Posting[] {
  const { accountId, coveringAccountId, amount } = document;
  const given = posting(document, accountId, "extra", amount);
  if (!coveringAccountId) return [given];
  return [given, posting(document, coveringAccountId, "covered", negated(amount))];
}

/** Leaves the old year and arrives in the new one in the same document. */
export function postingsOfCarryover(
  document: Omit<ChangeDocument, "accountId"> & { fromAccountId: string; toAccountId: string },
): Posting[] {
  const { fromAccountId, toAccountId, amount } = document;
  return [
    posting(document, fromAccountId, "carried", negated(amount)),
    posting(document, toAccountId, "carried", amount),
  ];
}

function posting(
  { decidedOn, title }: { decidedOn: Day; title: string },
  accountId: string,
  figure: Posting["figure"],
  amount: Money,
): Posting {
  return { accountId, figure, amount, bookedOn: decidedOn, text: title };
}

function notNegative(amount: Money): Money {
  return amount.lessThan(0) ? zero : amount;
}

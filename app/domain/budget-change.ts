/**
 * What changes an account of the municipal budget after its appropriation: a supplementary budget
 * (Nachtrag) and an over-plan or unplanned approval (§ 117 NKomVG). Carry-overs are in `carryover.ts`.
 */
import {
  type AppropriationAccount,
  type AppropriationViolation,
  checkAccount,
  checkDecisionYear,
} from "./appropriation.ts";
import type { Day } from "./calendar.ts";
import type { Posting } from "./journal.ts";
import { larger, type Money, negated, zero } from "./money.ts";
import { type BudgetAccount, budgetLeft, givable } from "./municipal-budget.ts";
import { authorized } from "./journal.ts";

/** The decision on which a change rests: a resolution on file, or in words who decided. */
export type Decision = { decidedOn: Day; resolutionId: string | undefined; decision: string };

export type DecisionViolation =
  | { field: "decidedOn"; rule: "in_the_future" }
  | { field: "decision"; rule: "decision_missing" };

export type SupplementDraft = Decision & {
  amount: Money;
  reason: string;
  /** The form has fields for a cover; a supplementary budget has none, for the whole budget balances. */
  coveringAccountId?: string | undefined;
  additionalIncome?: string | undefined;
};

export type ExtraDraft = Decision & {
  amount: Money;
  reason: string;
  /** The account that gives the money; else `additionalIncome` says what covers it. */
  coveringAccountId: string | undefined;
  additionalIncome: string;
};

/** An approval outside of the plan (außerplanmäßig): the plan has no such account, so the approval names it. */
export type UnplannedDraft = AppropriationAccount & ExtraDraft;

export type ChangeViolation =
  | AppropriationViolation
  | { field: "ledgerAccount"; rule: "planned_account" }
  | { field: "amount"; rule: "nothing_changes" }
  | { field: "amount"; rule: "supplement_below_spent"; available: Money }
  | DecisionViolation
  | { field: string; rule: "account_not_on_file" }
  | { field: "coveringAccountId"; rule: "cover_missing" }
  | { field: "coveringAccountId"; rule: "cover_named_twice" }
  | { field: "coveringAccountId"; rule: "cover_of_other_year" }
  | { field: "coveringAccountId"; rule: "cover_too_small"; available: Money }
  | { field: "coveringAccountId" | "additionalIncome"; rule: "supplement_has_no_cover" };

/** Someone has decided, and not tomorrow. */
export function checkDecision(
  { decidedOn, resolutionId, decision }: Decision,
  today: Day,
): DecisionViolation | undefined {
  if (decidedOn > today) return { field: "decidedOn", rule: "in_the_future" };
  if (!resolutionId && !decision.trim()) return { field: "decision", rule: "decision_missing" };
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
  const violation = checkDecision(draft, today) ?? checkDecisionYear(draft, account.fiscalYear);
  if (violation) return violation;
  for (const field of ["coveringAccountId", "additionalIncome"] as const) {
    if (draft[field]?.trim()) return { field, rule: "supplement_has_no_cover" };
  }
  if (draft.amount.greaterThan(0)) return undefined;
  const [own, left] = [authorized(account), budgetLeft(account, accounts)];
  const available = larger(own.lessThan(left) ? own : left, zero);
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
  const violation = checkDecision(draft, today) ?? checkDecisionYear(draft, account.fiscalYear);
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
  const available = larger(givable(covering, accounts), zero);
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

/** What a change has posted: the account, the amount in euro, its day and its title. */
export type ChangeDocument = { accountId: string; amount: Money; decidedOn: Day; title: string };

export function postingsOfSupplement(document: ChangeDocument): Posting[] {
  return [changePosting(document, document.accountId, "supplemented", document.amount)];
}

/** The account has more, the one that covers it has less by the same amount. */
export function postingsOfExtra(
  document: ChangeDocument & { coveringAccountId: string | null },
): Posting[] {
  const { accountId, coveringAccountId, amount } = document;
  const given = changePosting(document, accountId, "extra", amount);
  if (!coveringAccountId) return [given];
  return [given, changePosting(document, coveringAccountId, "covered", negated(amount))];
}

/** An entry of a changed budget, dated as it was decided. */
export function changePosting(
  { decidedOn, title }: { decidedOn: Day; title: string },
  accountId: string,
  figure: Posting["figure"],
  amount: Money,
): Posting {
  return { accountId, figure, amount, bookedOn: decidedOn, text: title };
}

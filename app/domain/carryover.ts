/**
 * Carry-overs (Haushaltsreste): what is left of an account goes to the same account of the next year, for as
 * long as § 20 KomHKVO lets it stay.
 */
import { appropriationLeft } from "./appropriation.ts";
import {
  type ChangeDocument,
  changePosting,
  checkDecision,
  type Decision,
  type DecisionViolation,
} from "./budget-change.ts";
import { type Day, endOfYear } from "./calendar.ts";
import type { Posting } from "./journal.ts";
import { larger, type Money, negated, smaller, sum, zero } from "./money.ts";
import { type BudgetAccount, budgetLeft } from "./municipal-budget.ts";

/** Why money may stay after its year: § 20 (1), (2) and (3) KomHKVO. */
export const carryoverGrounds = ["investment", "budget", "earmarked"] as const;
export type CarryoverGround = (typeof carryoverGrounds)[number];

export type CarryoverDraft = Decision & {
  amount: Money;
  reason: string;
  /** Undefined while nobody has chosen one. */
  ground?: CarryoverGround | undefined;
  /** True for an investment that is begun: it may be paid until the last payment. */
  isBegun: boolean;
};

/** What came to an account from the year before, on which ground, and until when it may be used. */
export type CarriedIn = { ground: CarryoverGround; amount: Money; validUntil: Day | null };

/** An account, whether it pays investments, and what of it came from the year before. */
export type RestAccount = BudgetAccount & { isInvestment: boolean; carriedIn: CarriedIn[] };

export type CarryoverViolation =
  | DecisionViolation
  | { field: "amount"; rule: "amount_not_positive" }
  | { field: "amount"; rule: "fiscal_year_closed"; fiscalYear: number }
  | { field: "decidedOn"; rule: "carryover_before_year_end"; fiscalYear: number }
  | { field: "reason"; rule: "carryover_reason_missing" }
  | { field: "ground"; rule: "carryover_ground_missing" }
  | { field: "ground"; rule: "carryover_ground_of_other_account" }
  | { field: "amount"; rule: "carryover_exceeds_rest"; available: Money }
  | { field: "amount"; rule: "carried_money_lapses"; available: Money; lapsing: Money };

/**
 * A carry-over is decided after the end of its year, says why, rests on a ground that fits the account, and
 * takes no more than is left and may stay. `accounts` are those of the year of the account.
 */
export function checkCarryover(
  draft: CarryoverDraft,
  account: RestAccount,
  accounts: BudgetAccount[],
  today: Day,
): CarryoverViolation | undefined {
  const fiscalYear = account.fiscalYear!;
  if (!draft.amount.greaterThan(0)) return { field: "amount", rule: "amount_not_positive" };
  const undecided = checkDecision(draft, today);
  if (undecided) return undecided;
  if (draft.decidedOn <= endOfYear(fiscalYear)) {
    return { field: "decidedOn", rule: "carryover_before_year_end", fiscalYear };
  }
  if (!draft.reason.trim()) return { field: "reason", rule: "carryover_reason_missing" };
  const { ground, isBegun } = draft;
  if (!ground) return { field: "ground", rule: "carryover_ground_missing" };
  if (!fittingGrounds(account).includes(ground)) {
    return { field: "ground", rule: "carryover_ground_of_other_account" };
  }
  const available = carriable(account, accounts, ground, isBegun);
  if (!draft.amount.greaterThan(available)) return undefined;
  const lapsing = lapsingRest(account, ground, isBegun);
  return lapsing.greaterThan(0)
    ? { field: "amount", rule: "carried_money_lapses", available, lapsing }
    : { field: "amount", rule: "carryover_exceeds_rest", available };
}

/**
 * What of an account may go on to the next year on this ground, in euro: its own rest without what has been
 * carried as long as it may be, and no more than its budget has left.
 */
export function carriable(
  account: RestAccount,
  accounts: BudgetAccount[],
  ground: CarryoverGround,
  isBegun: boolean,
): Money {
  const own = appropriationLeft(account).minus(lapsingRest(account, ground, isBegun));
  return larger(smaller(own, budgetLeft(account, accounts)), zero);
}

/**
 * What came from the year before, is not spent and can't stay on: expense of a budget stays for one year only
 * (§ 20 KomHKVO), an investment that is still not begun until its last day. The old money is spent first.
 */
export function lapsingRest(account: RestAccount, ground: CarryoverGround, isBegun: boolean) {
  if (ground === "earmarked" || (ground === "investment" && isBegun)) return zero;
  return carriedRest(account, ({ validUntil, ...one }) => {
    return one.ground === ground && validUntil !== null && validUntil <= lastDay(account);
  });
}

function carriedRest(account: RestAccount, counts: (one: CarriedIn) => boolean): Money {
  const carried = sum(account.carriedIn.filter(counts).map(({ amount }) => amount));
  return larger(carried.minus(account.committed).minus(account.invoiced), zero);
}

const lastDay = ({ fiscalYear }: BudgetAccount) => endOfYear(fiscalYear!);

/** The grounds on which money of the account may stay, the likeliest first. */
export function fittingGrounds(
  account: Pick<RestAccount, "isInvestment" | "budgetPart" | "budget">,
): [CarryoverGround, ...CarryoverGround[]] {
  if (account.isInvestment) return ["investment", "earmarked"];
  const isOfBudget = (account.budgetPart ?? "operating") === "operating" && account.budget;
  return isOfBudget ? ["budget", "earmarked"] : ["earmarked"];
}

/**
 * Until when what is carried over may be used: an expense of a budget until the end of the following year; an
 * investment that is begun, and earmarked money, until the last payment: null; an investment not begun
 * until the end of the year after next, in which it must begin (§ 20 KomHKVO). Where money goes on that
 * was carried before, its first day stays the last: carrying it again gives it no more time.
 */
export function carriedUntil(
  { ground, isBegun, amount }: Pick<CarryoverDraft, "isBegun" | "amount"> & { ground: CarryoverGround }, // prettier-ignore
  account: RestAccount,
): Day | null {
  if (ground === "budget") return endOfYear(account.fiscalYear! + 1);
  if (ground !== "investment" || isBegun) return null;
  const limited = ({ validUntil, ...one }: CarriedIn) =>
    one.ground === "investment" && validUntil !== null;
  const fresh = appropriationLeft(account).minus(carriedRest(account, limited));
  const limits = amount.greaterThan(fresh)
    ? account.carriedIn.filter(limited).map(({ validUntil }) => validUntil!)
    : [];
  return [...limits, endOfYear(account.fiscalYear! + 2)].sort()[0]!;
}

/** Leaves the old year and arrives in the new one in the same document. */
export function postingsOfCarryover(
  document: Omit<ChangeDocument, "accountId"> & { fromAccountId: string; toAccountId: string },
): Posting[] {
  const { fromAccountId, toAccountId, amount } = document;
  return [
    changePosting(document, fromAccountId, "carried", negated(amount)),
    changePosting(document, toAccountId, "carried", amount),
  ];
}

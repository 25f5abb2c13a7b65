/**
 * A reversal (Storno): a second document that undoes the first. Nothing that was accounted for is
 * edited or deleted (§ 146 (4) AO, GoBD Rz. 58 ff.).
 */
import type { Day } from "./calendar.ts";
import { type AccountBalance, balancesAfter, impossibleAccount, type Posting } from "./journal.ts";
import { takesSpentMoney } from "./municipal-budget.ts";

export type ReversalDraft = { reversedOn: Day; reason: string };

export type ReversalViolation =
  | { field: "reversedOn"; rule: "in_the_future" }
  | { field: "reversedOn"; rule: "reversed_before_booking"; bookedOn: Day }
  | { field: "reason"; rule: "reversed_already" }
  | { field: "reason"; rule: "reverse_dependents_first"; dependents: string[] }
  | { field: "reversedOn"; rule: "reversed_before_dependents"; reversedOn: Day }
  | { field: "reason"; rule: "reversal_overspends" };

export type Reversible = {
  bookedOn: Day;
  isReversed: boolean;
  /** Documents that stand on this one, in the words of the office: "Zahlung vom 03.04.2021". */
  dependents: string[];
  /** Until when documents counted that stood on this one and are reversed; null without any. */
  dependentsUntil: Day | null;
};

/**
 * Of all accounts those that the reversing postings touch, with the others of their groups; and those
 * whose limit the reversal itself lowers. What else is out of order is not this reversal's doing.
 */
export function accountsTouched(accounts: Judged[], reversing: Posting[]): AccountBalance[] {
  const ids = new Set(reversing.map(({ accountId }) => accountId));
  const groups = new Set(accounts.filter(({ id }) => ids.has(id)).map(({ group }) => group));
  return accounts.filter(({ group, isLimited }) => groups.has(group) || isLimited);
}

/** An account, and whether the reversal changes by how much it may be overrun. */
export type Judged = AccountBalance & { isLimited?: boolean };

/**
 * The accounts are those that the reversal touches: a discount that was spent again can't be taken
 * back.
 */
export function checkReversal(
  draft: ReversalDraft,
  document: Reversible,
  reversing: Posting[],
  accounts: AccountBalance[],
  today: Day,
): ReversalViolation | undefined {
  if (document.isReversed) return { field: "reason", rule: "reversed_already" };
  if (draft.reversedOn > today) return { field: "reversedOn", rule: "in_the_future" };
  if (draft.reversedOn < document.bookedOn) {
    const { bookedOn } = document;
    return { field: "reversedOn", rule: "reversed_before_booking", bookedOn };
  }
  if (document.dependents.length > 0) {
    const { dependents } = document;
    return { field: "reason", rule: "reverse_dependents_first", dependents };
  }
  if (document.dependentsUntil && draft.reversedOn < document.dependentsUntil) {
    const reversedOn = document.dependentsUntil;
    return { field: "reversedOn", rule: "reversed_before_dependents", reversedOn };
  }
  const after = balancesAfter(accounts, reversing);
  if (impossibleAccount(after) || takesSpentMoney(accounts, after)) {
    return { field: "reason", rule: "reversal_overspends" };
  }
}

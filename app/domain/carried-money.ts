/**
 * Money carried over from the year before (Haushaltsreste) and its last day. § 20 KomHKVO: the expense of a
 * budget stays usable until the end of the following year at most, an investment that was not begun until the
 * end of the year after next (`carriedUntil`); what is not spent by then has lapsed.
 */
import { appropriationLeft } from "./appropriation.ts";
import type { Day } from "./calendar.ts";
import type { Deadline } from "./deadline.ts";
import { larger, type Money, smaller, sum, zero } from "./money.ts";
import type { BudgetAccount } from "./municipal-budget.ts";

/** A carry-over with a last day. */
export type LimitedMoney = {
  id: string;
  accountId: string;
  amount: Money;
  /** Last day on which it may be used. */
  validUntil: Day;
  /** What the account had ordered and invoiced by that day, in euro. */
  spentByThen: Money;
};

/**
 * What of each carry-over was not spent by its last day, in euro. An account spends first what lapses first, and
 * its own appropriation last: the office loses no more than it has to.
 */
export function unspentOf<Carried extends LimitedMoney>(
  carried: Carried[],
): (Carried & { unspent: Money })[] {
  const inOrder = carried.toSorted((a, b) => a.validUntil.localeCompare(b.validUntil));
  return inOrder.map((one, index) => {
    const before = inOrder.slice(0, index).filter(({ accountId }) => accountId === one.accountId);
    const upToIt = sum([...before.map(({ amount }) => amount), one.amount]);
    const left = larger(upToIt.minus(one.spentByThen), zero);
    return { ...one, unspent: smaller(left, one.amount) };
  });
}

/**
 * The accounts as a document of a day finds them: what lapsed before it is no longer authorized. `lapsed` says
 * how much that is, never more than the account has left. Whether the document is refused for it is the
 * authority's setting, as with any other money that is not there (`checkBudget`).
 */
export function usableOn<Account extends BudgetAccount>(
  accounts: Account[],
  carried: LimitedMoney[],
  day: Day,
): Account[] {
  const over = unspentOf(carried).filter(({ validUntil }) => validUntil < day);
  return accounts.map((account) => {
    const own = over.filter(({ accountId }) => accountId === account.id);
    const left = larger(appropriationLeft(account), zero);
    const lapsed = smaller(sum(own.map(({ unspent }) => unspent)), left);
    return { ...account, carried: account.carried.minus(lapsed), lapsed };
  });
}

/** The last day of each carry-over: at stake is what is unspent of it. Past or spent, nothing is to be done. */
export function deadlinesOfCarried(
  carried: (LimitedMoney & { label: string; decidedOn: Day })[],
  today: Day,
): Deadline[] {
  return unspentOf(carried).map(({ id, accountId, label, validUntil, decidedOn, unspent }) => ({
    id: `carryover-${id}`,
    kind: "carryover",
    on: validUntil,
    subject: { kind: "account", id: accountId, name: label },
    detail: null,
    amount: unspent,
    origin: { by: "carryover", carryoverId: id, on: decidedOn },
    isDone: unspent.isZero() || validUntil < today,
  }));
}

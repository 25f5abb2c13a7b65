/**
 * The municipal budget: accounts of a budget cover each other (§ 19 KomHKVO), what is available is known
 * at every moment (§ 27 (3) KomHKVO), and the authority says what happens where it is not enough.
 */
import { appropriationLeft, type BudgetPart } from "./appropriation.ts";
import { type AccountBalance, authorizingFigures, type Balance, groupOf } from "./journal.ts";
import { type Money, sum, zero } from "./money.ts";

/** What happens to a document that goes beyond the budget: refused, asked for a reason, or taken. */
export const overBudgetPolicies = ["stop", "warn", "allow"] as const;
export type OverBudgetPolicy = (typeof overBudgetPolicies)[number];

/** An account of the municipal budget with the figures that the journal has for it. */
export type BudgetAccount = Balance & {
  id: string;
  label: string;
  fiscalYear: number | null;
  budgetPart: BudgetPart | null;
  budget: string | null;
  /** What was carried over to it and has lapsed by the day that is asked for; in `carried` no more. */
  lapsed?: Money;
};

/** What names an account in every year: product, Sachkonto and cost centre, empty or null without one. */
export type AccountName = {
  product: string | null;
  ledgerAccount: string | null;
  costCentre?: string | null | undefined;
};

export function isSameAccount(one: AccountName, other: AccountName): boolean {
  return (
    one.product === other.product &&
    one.ledgerAccount === other.ledgerAccount &&
    (one.costCentre || null) === (other.costCentre || null)
  );
}

/**
 * The account of this name among those of a year. A reversal can leave an account without money, and the name be
 * opened anew in another budget: the one with money is meant, else the first.
 */
export function accountNamed<Account extends Balance & AccountName>(
  name: AccountName,
  accounts: Account[],
): Account | undefined {
  const same = accounts.filter((one) => isSameAccount(one, name));
  return same.find(hasMoney) ?? same[0];
}

/** True where anything was given to the account and not taken back. */
export function hasMoney(account: Balance): boolean {
  return authorizingFigures.some((figure) => !account[figure].isZero());
}

/** By how much a document adds to what the account has spent, in euro, and the field to blame. */
export type BudgetCharge = { accountId: string; amount: Money; field: string };

export type BudgetViolation =
  | { field: string; rule: "account_not_on_file" }
  | ({ field: string; rule: "over_budget" } & Shortage)
  | ({ field: string; rule: "over_budget_needs_reason" } & Shortage);

/** What was left for the account when it was charged; the budget's name where a budget covers it. */
type Shortage = {
  available: Money;
  account: string;
  budget: string | null;
  /** What was carried over and has lapsed; undefined where nothing did. */
  lapsed?: Money | undefined;
};

/** Accounts that cover each other: those of the same budget in one year and one part, or just itself. */
export function coveredTogether(account: BudgetAccount, accounts: BudgetAccount[]) {
  const group = budgetGroup(account);
  return accounts.filter((one) => budgetGroup(one) === group);
}

function budgetGroup({ id, fiscalYear, budgetPart, budget }: BudgetAccount) {
  const place = { potKind: null, envelopeId: null, grantId: null, schoolId: null };
  return groupOf({ ...place, id, kind: "appropriation", fiscalYear, budgetPart, budget });
}

/** What the account may still spend: what its budget has left, its own money where it has no budget. */
export function budgetLeft(account: BudgetAccount, accounts: BudgetAccount[]): Money {
  return sum(coveredTogether(account, accounts).map(appropriationLeft));
}

/** What an account itself can give away: its own rest, and no more than its budget has left. */
export function givable(account: BudgetAccount, accounts: BudgetAccount[]): Money {
  const [own, whole] = [appropriationLeft(account), budgetLeft(account, accounts)];
  return own.lessThan(whole) ? own : whole;
}

/**
 * The first charge for which the budget is short: `over_budget` where the policy stops,
 * `over_budget_needs_reason` where it warns and no reason is given; undefined where all is well, or is
 * allowed. Charges of one document count together, what lowers comes first, and an account may go beyond
 * its own money as long as its budget holds. `accounts` are all of the year, `amount` is what is added to
 * committed plus invoiced: an invoice of an ordered amount adds nothing.
 *
 * Second witness in the database: nothing is committed, invoiced or paid below zero, no more is paid than
 * invoiced, the authorization is never below zero; and while an authority stops all kinds of documents, a
 * deferred trigger refuses whatever takes a budget further below zero. Where it warns or allows one
 * kind, whether the reason was asked is known here only.
 */
export function checkBudget(
  charges: BudgetCharge[],
  accounts: BudgetAccount[],
  policy: OverBudgetPolicy,
  reason: string,
): BudgetViolation | undefined {
  const charged = accounts.map((account) => ({ ...account }));
  const inOrder = charges.toSorted((a, b) => sign(a.amount) - sign(b.amount));
  for (const { accountId, amount, field } of inOrder) {
    const account = charged.find(({ id }) => id === accountId);
    if (!account) return { field, rule: "account_not_on_file" };
    const left = budgetLeft(account, charged);
    if (amount.greaterThan(0) && amount.greaterThan(left) && policy !== "allow") {
      const shortage = shortageOf(account, charged);
      if (policy === "stop") return { field, rule: "over_budget", ...shortage };
      if (!reason.trim()) {
        return { field: "overBudgetReason", rule: "over_budget_needs_reason", ...shortage };
      }
    }
    account.invoiced = account.invoiced.plus(amount);
  }
}

function shortageOf(account: BudgetAccount, accounts: BudgetAccount[]): Shortage {
  const lapsed = sum(coveredTogether(account, accounts).map((one) => one.lapsed ?? zero));
  return {
    available: budgetLeft(account, accounts),
    account: account.label,
    budget: account.budget,
    lapsed: lapsed.isZero() ? undefined : lapsed,
  };
}

function sign(amount: Money): number {
  return amount.lessThan(0) ? -1 : 0;
}

/**
 * True where a budget has less than nothing and less than before: what was spent of a supplementary
 * budget can't be taken back. A reversal that leaves what is left as it is, or betters it, stays possible
 * on an account that is over its money by permission.
 */
export function takesSpentMoney(before: AccountBalance[], after: AccountBalance[]): boolean {
  const left = (accounts: AccountBalance[], group: string) =>
    sum(accounts.filter((one) => one.group === group).map(appropriationLeft));
  return after
    .filter(({ kind }) => kind === "appropriation")
    .some(({ group }) => {
      const rest = left(after, group);
      return rest.lessThan(0) && rest.lessThan(left(before, group));
    });
}

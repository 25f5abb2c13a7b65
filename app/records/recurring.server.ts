/**
 * What contracts cost in a fiscal year, beside the account of the municipal budget on which it is to be
 * committed (Verpflichtung).
 */
import { costOfYear } from "#app/domain/accrual.ts";
import { appropriationLeft } from "#app/domain/appropriation.ts";
import type { Money } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { db, type Reader } from "#db/client.ts";
import { listAccounts } from "./accounts.server.ts";
import { type Contract, listContracts } from "./contracts.server.ts";

/** Why the cost of a year can't be committed: its budget has no such account, or not enough on it. */
export type RecurringObstacle =
  | { rule: "account_missing"; product: string; costCentre: string; ledgerAccount: string }
  | { rule: "exceeds_account"; available: Money };

export type RecurringCost = {
  contract: Contract;
  fiscalYear: number;
  amount: Money;
  account: { id: string; label: string } | null;
  obstacle: RecurringObstacle | null;
};

/** The cost of each contract that stands in a fiscal year, in the order of their numbers. */
export async function listRecurring(
  user: User,
  fiscalYear: number,
  reader: Reader = db,
): Promise<RecurringCost[]> {
  const contracts = (await listContracts(user, undefined, reader)).filter((one) => one.stands);
  const accounts = (await listAccounts(user, { kind: "appropriation" }, reader)).filter(
    (account) => account.fiscalYear === fiscalYear,
  );
  // What contracts before it take of the same account is not there for the next.
  const left = new Map(accounts.map((account) => [account.id, appropriationLeft(account)]));
  return contracts.flatMap((contract): RecurringCost[] => {
    const amount = costOfYear(contract, fiscalYear);
    if (amount.isZero()) return [];
    const account = accounts.find((one) => isAccountOf(contract, one));
    if (!account) {
      const { product, costCentre, ledgerAccount } = contract;
      const obstacle = { rule: "account_missing", product, costCentre, ledgerAccount } as const;
      return [{ contract, fiscalYear, amount, account: null, obstacle }];
    }
    const available = left.get(account.id)!;
    const isOver = amount.greaterThan(available);
    if (!isOver) left.set(account.id, available.minus(amount));
    const obstacle = isOver ? ({ rule: "exceeds_account", available } as const) : null;
    const { id, label } = account;
    return [{ contract, fiscalYear, amount, account: { id, label }, obstacle }];
  });
}

type Place = { product: string | null; ledgerAccount: string | null };

/** The account of a year is the one of the same product and Sachkonto. */
function isAccountOf(contract: Contract, account: Place): boolean {
  return account.product === contract.product && account.ledgerAccount === contract.ledgerAccount;
}

/** Accounts of the municipal budget (Haushaltsstellen): found by what names them, or opened. */
import type {
  AccountViolation,
  AppropriationAccount,
  BudgetPart,
} from "#app/domain/appropriation.ts";
import {
  type AccountName,
  accountNamed,
  hasMoney,
  isSameAccount,
} from "#app/domain/municipal-budget.ts";
import type { User } from "#app/domain/permission.ts";
import type { Reader, Transaction } from "#db/client.ts";
import { listYearAccounts } from "./fiscal-years.server.ts";
import { openAccount } from "./journal.server.ts";

type YearAccount = Awaited<ReturnType<typeof listYearAccounts>>[number];

/**
 * The account of these names in its year; `known` is undefined where there is none. Its words, part and budget are
 * fixed with it: an account that was left without money by a reversal may be opened anew in another budget.
 */
export async function findBudgetAccount(
  reader: Reader,
  user: User,
  draft: AppropriationAccount,
): Promise<{ known: YearAccount | undefined } | { violation: AccountViolation }> {
  const { fiscalYear, name } = draft;
  const budget = draft.budget || null;
  const budgetPart = draft.budgetPart ?? "operating";
  const all = await listYearAccounts(user, fiscalYear, reader);
  const same = all.filter((one) => isSameAccount(one, draft));
  const known = same.find(hasMoney) ?? same.find((one) => one.budget === budget);
  if (!known) return { known };
  const part = known.budgetPart ?? "operating";
  const violation = differenceOf(known, { name, budget, budgetPart: part }, budgetPart);
  return violation ? { violation } : { known };
}

/** The account of a name in a year, the one in use where a reversal left another; undefined where there is none. */
export async function accountOfYear(
  reader: Reader,
  user: User,
  name: AccountName,
  fiscalYear: number,
): Promise<YearAccount | undefined> {
  return accountNamed(name, await listYearAccounts(user, fiscalYear, reader));
}

/** Opens the account, without money, and answers its id. */
export function openBudgetAccount(
  tx: Transaction,
  { schoolAuthorityId }: User,
  { fiscalYear, product, ledgerAccount, name, ...draft }: AppropriationAccount,
): Promise<string> {
  const costCentre = draft.costCentre || null;
  const budget = draft.budget || null;
  const budgetPart = draft.budgetPart ?? "operating";
  const named = { fiscalYear, product, ledgerAccount, costCentre, budgetPart, budget, name };
  return openAccount(tx, { schoolAuthorityId, kind: "appropriation", ...named });
}

function differenceOf(
  known: { name: string; budget: string | null },
  given: { name: string; budget: string | null; budgetPart: BudgetPart },
  wanted: BudgetPart,
): AccountViolation | undefined {
  if (known.name !== given.name) {
    return { field: "name", rule: "account_named_otherwise", name: known.name };
  }
  if (given.budgetPart !== wanted) {
    return { field: "budgetPart", rule: "account_in_other_part", part: given.budgetPart };
  }
  if (known.budget !== given.budget) {
    return { field: "budget", rule: "account_in_other_budget", budget: known.budget ?? "" };
  }
}

/** Carry-overs (Haushaltsreste, § 20 KomHKVO) and what is left of a year. */
import { and, asc, eq } from "drizzle-orm";
import { today } from "#app/clock.server.ts";
import { isInvestmentAccount } from "#app/domain/appropriation.ts";
import type { ChangeViolation } from "#app/domain/budget-change.ts";
import {
  carriable,
  carriedUntil,
  type CarryoverDraft,
  type CarryoverViolation,
  checkCarryover,
  fittingGrounds,
  lapsingRest,
  type RestAccount,
} from "#app/domain/carryover.ts";
import { givable } from "#app/domain/municipal-budget.ts";
import type { User } from "#app/domain/permission.ts";
import { db, type Reader, type Transaction } from "#db/client.ts";
import { carryovers } from "#db/schema/municipal-budget.ts";
import { allOrNone } from "./all-or-none.server.ts";
import { accountOfYear, openBudgetAccount } from "./budget-accounts.server.ts";
import { prepare, type requireBudgetAccount } from "./budget-changes.server.ts";
import { logChange } from "./changes.server.ts";
import { isYearClosed, listYearAccounts } from "./fiscal-years.server.ts";
import { lockBooks, post } from "./journal.server.ts";
import { postRecurring } from "./recurring-posting.server.ts";
import { stands } from "./standing.server.ts";
import { rememberSent, wasSent } from "./submissions.server.ts";

type Account = Awaited<ReturnType<typeof requireBudgetAccount>>;
type Rest = Account & RestAccount;
type Refused = CarryoverViolation | ChangeViolation | undefined;

/**
 * Accounts of a year with money left, the grounds on which it may stay, the likeliest first, and how much may go
 * on; `lapsing` is what was carried before and may not.
 */
export async function listRests(user: User, fiscalYear: number) {
  const accounts = await listYearAccounts(user, fiscalYear);
  const rests = await Promise.all(
    accounts
      .filter((account) => givable(account, accounts).greaterThan(0))
      .map((account) => loadRest(db, user, account)),
  );
  return rests.map((rest) => {
    const grounds = fittingGrounds(rest);
    const lapsing = lapsingRest(rest, grounds[0], false);
    const left = carriable(rest, accounts, grounds[0], false);
    return { accountId: rest.id, label: rest.label, grounds, left, lapsing };
  });
}

/** What came to an account from the year before and stands, and until when it may be used. */
export function listCarriedTo(user: User, accountId: string, reader: Reader = db) {
  return reader
    .select({
      id: carryovers.id,
      amount: carryovers.amount,
      reason: carryovers.reason,
      ground: carryovers.ground,
      validUntil: carryovers.validUntil,
    })
    .from(carryovers)
    .where(
      and(
        eq(carryovers.toAccountId, accountId),
        eq(carryovers.schoolAuthorityId, user.schoolAuthorityId),
        stands(carryovers),
      ),
    )
    .orderBy(asc(carryovers.decidedOn), asc(carryovers.createdAt));
}

/** An account with what came to it from the year before and stands. */
export async function loadRest(reader: Reader, user: User, account: Account): Promise<Rest> {
  const isInvestment = isInvestmentAccount(account.ledgerAccount ?? "");
  const carriedIn = await listCarriedTo(user, account.id, reader);
  return { ...account, isInvestment, carriedIn };
}

export type CarryoverRow = CarryoverDraft & {
  id: string;
  accountId: string;
  /** Its row in the form, for the field of a refusal. */
  position: number;
};

/**
 * Carries over what is left of accounts of a year into the same accounts of the next, all or none; fields
 * of a refusal are those of the row, such as `rows[2].amount`.
 */
export function recordCarryovers(user: User, rows: CarryoverRow[]): Promise<Refused> {
  return allOrNone(async (tx, refuse) => {
    await lockBooks(tx, user, "decide_budget");
    for (const { position, ...row } of rows) {
      const violation = await carryOver(tx, user, row);
      const isOfAll = /^(decidedOn|resolutionId|decision)$/.test(violation?.field ?? "");
      refuse(violation, isOfAll ? violation?.field : `rows[${position}].${violation?.field}`);
    }
    // Only now: what an order carries with it must not be taken by what waits for money.
    await postRecurring(tx, user);
  });
}

/** One carry-over as part of another deed, such as the move of an open order. */
export async function carryOver(
  tx: Transaction,
  user: User,
  row: Omit<CarryoverRow, "position">,
): Promise<Refused> {
  const { schoolAuthorityId } = user;
  const { id, accountId, ...draft } = row;
  if (await wasSent(tx, user, id, { accountId, ...draft })) return undefined;
  const { account, accounts, fiscalYear, refused } = await prepare(tx, user, accountId, draft);
  if (refused) return refused;
  if (await isYearClosed(tx, user, fiscalYear + 1)) {
    return { field: "amount", rule: "fiscal_year_closed", fiscalYear: fiscalYear + 1 };
  }
  const rest = await loadRest(tx, user, account);
  const violation = checkCarryover(draft, rest, accounts, today());
  if (violation) return violation;

  const { amount, decidedOn, decision, reason, isBegun } = draft;
  const ground = draft.ground!;
  const toAccountId = await accountOfNextYear(tx, user, account);
  await tx.insert(carryovers).values({
    ...{ id, schoolAuthorityId, fromAccountId: accountId, toAccountId },
    ...{ amount, decidedOn, decision, reason, ground },
    resolutionId: draft.resolutionId ?? null,
    validUntil: carriedUntil({ ground, isBegun, amount }, rest),
  });
  const moved = await post(tx, user, { kind: "carryover", id });
  await rememberSent(tx, user, id, { accountId, ...draft });
  await logChange(tx, user, "carried_over", { id, text: account.label, moved });
}

/** The same account in the next year: it stands in whatever budget it has there, and is opened without one. */
export async function accountOfNextYear(
  tx: Transaction,
  user: User,
  account: Account,
): Promise<string> {
  const fiscalYear = account.fiscalYear! + 1;
  const known = await accountOfYear(tx, user, account, fiscalYear);
  if (known) return known.id;
  return openBudgetAccount(tx, user, {
    fiscalYear,
    product: account.product!,
    ledgerAccount: account.ledgerAccount!,
    costCentre: account.costCentre ?? undefined,
    budgetPart: account.budgetPart ?? undefined,
    budget: account.budget ?? undefined,
    name: account.name,
  });
}

/** Carry-overs (Haushaltsreste, § 20 KomHKVO) and what is left of a year. */
import { and, asc, eq } from "drizzle-orm";
import { today } from "#app/clock.server.ts";
import { isInvestmentAccount } from "#app/domain/appropriation.ts";
import {
  carriedUntil,
  type CarryoverDraft,
  type ChangeViolation,
  checkCarryover,
  likelyGround,
} from "#app/domain/budget-change.ts";
import { endOfYear } from "#app/domain/calendar.ts";
import { givable } from "#app/domain/municipal-budget.ts";
import type { User } from "#app/domain/permission.ts";
import { db, type Transaction } from "#db/client.ts";
import { carryovers } from "#db/schema/municipal-budget.ts";
import { prepare, type requireBudgetAccount } from "./budget-changes.server.ts";
import { logChange } from "./changes.server.ts";
import { isYearClosed, listYearAccounts } from "./fiscal-years.server.ts";
import { lockBooks, openAccount, post } from "./journal.server.ts";
import { postRecurring } from "./recurring-posting.server.ts";
import { stands } from "./standing.server.ts";
import { rememberSent, wasSent } from "./submissions.server.ts";

type Refused = ChangeViolation | undefined;

/** Accounts of a year with money left, what they can give away, and which ground the rule offers. */
export async function listRests(user: User, fiscalYear: number) {
  const accounts = await listYearAccounts(user, fiscalYear);
  return accounts
    .map((account) => {
      const isInvestment = isInvestmentAccount(account.ledgerAccount ?? "");
      const ground = likelyGround({ ...account, isInvestment }) ?? ("earmarked" as const);
      const { id: accountId, label } = account;
      return { accountId, label, ground, left: givable(account, accounts) };
    })
    .filter(({ left }) => left.greaterThan(0));
}

/** What came to an account from the year before and stands, and until when it may be used. */
export function listCarriedTo(user: User, accountId: string) {
  return db
    .select({
      id: carryovers.id,
      amount: carryovers.amount,
      reason: carryovers.reason,
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

export type CarryoverRow = CarryoverDraft & {
  id: string;
  accountId: string;
  /** Its row in the form, for the field of a refusal. */
  position: number;
  /** True for an investment that is begun: it may be paid until the last payment. */
  isBegun: boolean;
};

/**
 * Carries over what is left of accounts of a year into the same accounts of the next, all or none; fields
 * of a refusal are those of the row, such as `rows[2].amount`.
 */
export function recordCarryovers(user: User, rows: CarryoverRow[]): Promise<Refused> {
  return db
    .transaction(async (tx) => {
      await lockBooks(tx, user, "record");
      for (const { position, ...row } of rows) {
        const violation = await carryOver(tx, user, row);
        if (violation) {
          const isOfRow = !/^(decidedOn|resolutionId|decision)$/.test(violation.field);
          const field = isOfRow ? `rows[${position}].${violation.field}` : violation.field;
          // Nothing of it is kept: what was posted before this row is undone with the transaction.
          throw new Refusal({ ...violation, field } as ChangeViolation);
        }
      }
      // Only now: what an order carries with it must not be taken by what waits for money.
      await postRecurring(tx, user);
      return undefined;
    })
    .catch((error: unknown) => {
      if (error instanceof Refusal) return error.violation;
      throw error;
    });
}

class Refusal extends Error {
  readonly violation: ChangeViolation;
  constructor(violation: ChangeViolation) {
    super(violation.rule);
    this.violation = violation;
  }
}

/** One carry-over as part of another deed, such as the move of an open order. */
export async function carryOver(
  tx: Transaction,
  user: User,
  row: Omit<CarryoverRow, "position">,
): Promise<Refused> {
  const { schoolAuthorityId } = user;
  const { id, accountId, isBegun, ...draft } = row;
  if (await wasSent(tx, user, id, { accountId, isBegun, ...draft })) return undefined;
  const { account, accounts, fiscalYear, refused } = await prepare(tx, user, accountId, draft);
  if (refused) return refused;
  if (await isYearClosed(tx, user, fiscalYear + 1)) {
    return { field: "amount", rule: "fiscal_year_closed", fiscalYear: fiscalYear + 1 };
  }
  if (draft.decidedOn > today()) return { field: "decidedOn", rule: "in_the_future" };
  if (draft.decidedOn <= endOfYear(fiscalYear)) {
    return { field: "decidedOn", rule: "carryover_before_year_end", fiscalYear };
  }
  if (!draft.resolutionId && !draft.decision.trim()) {
    return { field: "decision", rule: "decision_missing" };
  }
  if (!draft.reason.trim()) return { field: "reason", rule: "carryover_reason_missing" };
  const judged = { ...account, isInvestment: isInvestmentAccount(account.ledgerAccount ?? "") };
  const violation = checkCarryover(draft, judged, accounts);
  if (violation) return violation;

  const toAccountId = await accountOfNextYear(tx, user, account);
  await tx.insert(carryovers).values({
    ...draft,
    id,
    schoolAuthorityId,
    fromAccountId: accountId,
    toAccountId,
    resolutionId: draft.resolutionId ?? null,
    validUntil: carriedUntil(draft.ground, fiscalYear, isBegun),
  });
  await post(tx, user, { kind: "carryover", id });
  await rememberSent(tx, user, id, { accountId, isBegun, ...draft });
  await logChange(tx, user, "carried_over", { id, text: account.label });
}

/** The same account in the next year: it stands in whatever budget it has there, and is opened without one. */
export async function accountOfNextYear(
  tx: Transaction,
  user: User,
  account: Awaited<ReturnType<typeof requireBudgetAccount>>,
): Promise<string> {
  const { product, ledgerAccount, costCentre, budgetPart, budget, name } = account;
  const fiscalYear = account.fiscalYear! + 1;
  const known = (await listYearAccounts(user, fiscalYear, tx)).find(
    (one) =>
      one.product === product &&
      one.ledgerAccount === ledgerAccount &&
      one.costCentre === costCentre,
  );
  if (known) return known.id;
  const { schoolAuthorityId } = user;
  const kind = "appropriation" as const;
  const named = { fiscalYear, product, ledgerAccount, costCentre, budgetPart, budget, name };
  return openAccount(tx, { schoolAuthorityId, kind, ...named });
}

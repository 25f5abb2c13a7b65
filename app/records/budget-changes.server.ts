/** Changes of the municipal budget: supplementary budgets, extra approvals, carry-overs. */
import { and, asc, eq, sql } from "drizzle-orm";
import { today } from "#app/clock.server.ts";
import {
  type ChangeViolation,
  checkExtra,
  checkSupplement,
  checkUnplanned,
  type Decision,
  type ExtraDraft,
  type SupplementDraft,
  type UnplannedDraft,
} from "#app/domain/budget-change.ts";
import { authorizingFigures } from "#app/domain/journal.ts";
import { sum } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { notFound } from "#app/http.ts";
import { db, type Reader, type Transaction } from "#db/client.ts";
import { entries } from "#db/schema/journal.ts";
import { extraApprovals, supplements } from "#db/schema/municipal-budget.ts";
import { listAccounts } from "./accounts.server.ts";
import { isResolution } from "./authorities.server.ts";
import { findBudgetAccount, openBudgetAccount } from "./budget-accounts.server.ts";
import { logChange } from "./changes.server.ts";
import { isYearClosed, refusedByYear } from "./fiscal-years.server.ts";
import { lockBooks, post } from "./journal.server.ts";
import { postRecurring } from "./recurring-posting.server.ts";
import { standing } from "./standing.server.ts";
import { rememberSent, wasSent } from "./submissions.server.ts";
import { listUsableAccounts } from "./usable-accounts.server.ts";

/** An account of the municipal budget of the user's authority; ends the request with 404 without one. */
export async function requireBudgetAccount(user: User, id: string, reader: Reader = db) {
  const accounts = await listAccounts(user, { kind: "appropriation" }, reader);
  return accounts.find((account) => account.id === id) ?? notFound();
}

type Refused = ChangeViolation | undefined;

/** What holds before any change: an account on file, an open year, a resolution of the own council. */
export async function prepare(tx: Transaction, user: User, accountId: string, draft: Decision) {
  const fiscalYear = (await requireBudgetAccount(user, accountId, tx)).fiscalYear!;
  const accounts = await listUsableAccounts(user, fiscalYear, draft.decidedOn, tx);
  const account = accounts.find(({ id }) => id === accountId)!;
  const refused: Refused = (await isYearClosed(tx, user, fiscalYear))
    ? { field: "amount", rule: "fiscal_year_closed", fiscalYear }
    : draft.resolutionId && !(await isResolution(user, draft.resolutionId, tx))
      ? { field: "resolutionId", rule: "resolution_not_on_file" }
      : undefined;
  return { account, accounts, fiscalYear, refused };
}

/** Raises or lowers what the account was given. */
export function recordSupplement(
  user: User,
  id: string,
  accountId: string,
  draft: SupplementDraft,
): Promise<Refused> {
  const { schoolAuthorityId } = user;
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "decide_budget");
    if (await wasSent(tx, user, id, { accountId, ...draft })) return undefined;
    const { account, accounts, refused } = await prepare(tx, user, accountId, draft);
    const violation = refused ?? checkSupplement(draft, account, accounts, today());
    if (violation) return violation;
    const { amount, decidedOn, decision, reason } = draft;
    const resolutionId = draft.resolutionId ?? null;
    await tx.insert(supplements).values({
      id,
      schoolAuthorityId,
      accountId,
      amount,
      decidedOn,
      decision,
      reason,
      resolutionId,
    });
    const moved = await post(tx, user, { kind: "supplement", id });
    await rememberSent(tx, user, id, { accountId, ...draft });
    await logChange(tx, user, "supplement_recorded", { id, text: account.label, moved });
    await postRecurring(tx, user, { fiscalYear: account.fiscalYear! });
  });
}

/** Gives an account more than was planned, covered by another account or by additional income. */
export function recordExtraApproval(
  user: User,
  id: string,
  accountId: string,
  draft: ExtraDraft,
): Promise<Refused> {
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "decide_budget");
    if (await wasSent(tx, user, id, { accountId, ...draft })) return undefined;
    const { account, accounts, refused } = await prepare(tx, user, accountId, draft);
    const violation = refused ?? checkExtra(draft, account, accounts, today());
    if (violation) return violation;
    await keepExtra(tx, user, id, { ...account, fiscalYear: account.fiscalYear! }, draft);
    await rememberSent(tx, user, id, { accountId, ...draft });
  });
}

/** Gives money to an account that the plan has no appropriation for, and opens it where there is none. */
export function recordUnplannedApproval(
  user: User,
  id: string,
  draft: UnplannedDraft,
): Promise<Refused> {
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "decide_budget");
    if (await wasSent(tx, user, id, draft)) return undefined;
    const { fiscalYear, product, ledgerAccount, name } = draft;
    const closed = await refusedByYear(tx, user, fiscalYear, "fiscalYear");
    if (closed) return closed;
    if (draft.resolutionId && !(await isResolution(user, draft.resolutionId, tx))) {
      return { field: "resolutionId", rule: "resolution_not_on_file" };
    }
    const found = await findBudgetAccount(tx, user, draft);
    if ("violation" in found) return found.violation;
    const accounts = await listUsableAccounts(user, fiscalYear, draft.decidedOn, tx);
    const violation = checkUnplanned(draft, found.known, accounts, today());
    if (violation) return violation;
    const accountId = found.known?.id ?? (await openBudgetAccount(tx, user, draft));
    const label = `${fiscalYear} ${product} ${ledgerAccount} ${name}`;
    await keepExtra(tx, user, id, { id: accountId, label, fiscalYear }, draft);
    await rememberSent(tx, user, id, draft);
  });
}

/** Keeps and posts an approval that was accepted; contracts that waited for the money are committed. */
async function keepExtra(
  tx: Transaction,
  user: User,
  id: string,
  account: { id: string; label: string; fiscalYear: number },
  draft: ExtraDraft,
) {
  const { schoolAuthorityId } = user;
  const { amount, decidedOn, decision, reason, additionalIncome } = draft;
  await tx.insert(extraApprovals).values({
    ...{ id, schoolAuthorityId, accountId: account.id },
    ...{ amount, decidedOn, decision, reason, additionalIncome },
    resolutionId: draft.resolutionId ?? null,
    coveringAccountId: draft.coveringAccountId ?? null,
  });
  const moved = await post(tx, user, { kind: "extra_approval", id });
  await logChange(tx, user, "extra_approved", { id, text: account.label, moved });
  await postRecurring(tx, user, { fiscalYear: account.fiscalYear });
}

/** The documents on an account as its entries tell them, oldest first; a reversal stands with what it undid. */
export async function listAccountDocuments(user: User, accountId: string, reader: Reader = db) {
  const rows = await reader
    .select({
      id: entries.documentId,
      kind: entries.documentKind,
      figure: entries.figure,
      amount: entries.amount,
      bookedOn: entries.bookedOn,
      text: entries.text,
      stands: standing(sql`${entries.documentId}`),
    })
    .from(entries)
    .where(
      and(eq(entries.accountId, accountId), eq(entries.schoolAuthorityId, user.schoolAuthorityId)),
    )
    .orderBy(asc(entries.number));
  const documents = new Map<string, typeof rows>();
  for (const row of rows) documents.set(row.id, [...(documents.get(row.id) ?? []), row]);
  return [...documents.values()].map((moved) => {
    const { id, kind, bookedOn, text, stands } = moved[0]!;
    const of = (figures: readonly string[]) =>
      sum(moved.filter(({ figure }) => figures.includes(figure)).map(({ amount }) => amount));
    const given = of(authorizingFigures);
    return { id, kind, bookedOn, text, stands, given, spent: of(["committed", "invoiced"]) };
  });
}

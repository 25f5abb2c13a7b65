/** Loads what an audit workbook (Prüfbuch) holds, as of a day, for all of an authority or one grant. */
import { and, eq, lte, sql } from "drizzle-orm";
import { now, today } from "#app/clock.server.ts";
import type { AuditBook, BookAccount, Commitment } from "#app/domain/audit-book.ts";
import { type BookScope, covers, isWhole } from "#app/domain/audit-scope.ts";
import { yearOf } from "#app/domain/calendar.ts";
import { forecast } from "#app/domain/forecast.ts";
import { type Balance, emptyBalance, figures } from "#app/domain/journal.ts";
import { sum, zero } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { db, type Reader } from "#db/client.ts";
import { accounts, entries } from "#db/schema/journal.ts";
import { listOverBudgetReasons, loadMunicipalPapers } from "./municipal-papers.server.ts";
import { isOneOf } from "./bulk.server.ts";
import { listAccounts } from "./accounts.server.ts";
import { loadAssetRows, withInventory } from "./audit-assets.server.ts";
import { loadAuditMarkRows } from "./audit-mark-rows.server.ts";
import { loadGrants, loadReceipts } from "./audit-receipts.server.ts";
import { loadDrawdownRows } from "./audit-income.server.ts";
import { loadJointPartRows } from "./audit-joint.server.ts";
import { loadCostShareRows } from "./audit-rows.server.ts";
import { requireAuthority } from "./authorities.server.ts";
import { listBudgetReasons } from "./budget-reasons.server.ts";
import { cancelledBy } from "./cancelling.server.ts";
import { loadForecast } from "./follow-up-costs.server.ts";
import { listGrants, requireGrant } from "./grants.server.ts";
import { journalRows } from "./journal-rows.server.ts";
import { listOrderLines } from "./orders.server.ts";
import { loadAuditSheets, seenVerdicts } from "./audit-sheets.server.ts";
import { verifyJournal } from "./verification.server.ts";
import { seenBy } from "./seen.server.ts";

/**
 * Hands a book to whoever writes or compares it, on one snapshot of the database: nobody's booking gets between two
 * sheets. Its journal is read from there while it is being used, so that the book is good only within `use`.
 * @param signal ends the reading, whatever is being asked, and throws its reason
 */
export function readAuditBook<Result>(
  user: User,
  scope: BookScope,
  programVersion: string,
  use: (book: AuditBook) => Promise<Result>,
  signal?: AbortSignal,
): Promise<Result> {
  return db.transaction(
    (tx) => cancelledBy(signal, tx, async () => use(await bookOf(tx, user, scope, programVersion))),
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
}

async function bookOf(
  reader: Reader,
  user: User,
  scope: BookScope,
  programVersion: string,
): Promise<AuditBook> {
  const { asOf, fiscalYear, knownOn = now().toISOString() } = scope;
  const authority = await requireAuthority(user, reader);
  const grants = await loadScopeGrants(reader, user, scope);
  /** Of some grants, or as far as a limited auditor sees: what is of the whole authority is not in it. */
  const isPart = grants !== undefined || user.limits !== undefined;
  const inventory = await loadAssetRows(reader, user, scope);

  return {
    authority: authority.name,
    grant:
      grants?.map(({ fileNumber }) => fileNumber).join(", ") ?? (await extractOf(user, reader)),
    fiscalYear,
    asOf,
    knownOn,
    mark: {
      schoolAuthorityId: user.schoolAuthorityId,
      madeBy: user.id,
      limits: user.limits,
      scope: { ...scope, knownOn },
    },
    madeBy: user.name,
    programVersion,
    isExample: authority.isExample,
    accounts: await loadAccounts(reader, user, scope),
    receipts: withInventory(
      await loadReceipts(reader, user, scope, { isNumbered: true }),
      inventory,
    ),
    commitments: await loadCommitments(reader, user, scope),
    drawdowns: await loadDrawdownRows(reader, user, scope),
    assets: inventory,
    costShares: isPart ? [] : ofYear(await loadCostShareRows(reader, user, asOf), fiscalYear),
    followUpCosts:
      isWhole(scope) && !isPart
        ? await loadForecast(user, yearOf(asOf), asOf, reader)
        : forecast(yearOf(asOf), { contracts: [], shares: [], replacements: [] }, asOf),
    jointParts: isPart ? [] : ofYear(await loadJointPartRows(reader, user, asOf), fiscalYear),
    municipalPapers: grants ? [] : await loadMunicipalPapers(reader, user, scope),
    overBudgetReasons: isPart ? [] : await listOverBudgetReasons(user, {}, reader),
    budgetReasons: isPart ? [] : await listBudgetReasons(user, { asOf }, reader),
    auditMarks: await loadAuditMarkRows(reader, user, scope),
    entries: journalRows(reader, user, scope),
    balances: await loadBalances(reader, user, scope),
    sheets: await loadAuditSheets(reader, user, scope),
    proofs: seenVerdicts(user, await verifyJournal(user.schoolAuthorityId, reader)),
  };
}

/** The grants of the scope; undefined where it is not of grants. @throws Response 404 for one of nobody */
async function loadScopeGrants(reader: Reader, user: User, { grantId, grantIds }: BookScope) {
  const ids = grantIds ?? (grantId ? [grantId] : undefined);
  return ids && Promise.all(ids.map((id) => requireGrant(user, id, reader)));
}

function ofYear<Row extends { fiscalYear: number }>(rows: Row[], year: number | undefined): Row[] {
  return year ? rows.filter(({ fiscalYear }) => fiscalYear === year) : rows;
}

/** What a limited auditor's book is of; undefined where it is of the whole authority. */
async function extractOf(user: User, reader: Reader): Promise<string | undefined> {
  if (!user.limits) return undefined;
  const fileNumbers = (await listGrants(user, "all", reader)).map(({ fileNumber }) => fileNumber);
  const years = user.limits.fiscalYears.map((year) => `Haushalt ${year}`);
  return [...fileNumbers, ...years].join(", ");
}

/** Accounts with the sums of their entries up to the day. */
async function loadAccounts(reader: Reader, user: User, scope: BookScope): Promise<BookAccount[]> {
  const { grantId, asOf } = scope;
  const all = await listAccounts(user, { grantId }, reader);
  const named = all.filter((account) => covers(scope, account));
  const sums = await reader
    .select({
      accountId: entries.accountId,
      figure: entries.figure,
      amount: sql`sum(${entries.amount})`.mapWith(entries.amount),
    })
    .from(entries)
    .where(and(eq(entries.schoolAuthorityId, user.schoolAuthorityId), lte(entries.bookedOn, asOf)))
    .groupBy(entries.accountId, entries.figure);

  return named.map((account) => {
    const own: Balance = { ...emptyBalance };
    for (const { accountId, figure, amount } of sums) {
      if (accountId === account.id) own[figure] = amount;
    }
    return { ...account, figures: own };
  });
}

/** What the sheet of controls compares with: kept balances today, sums made by the database before. */
async function loadBalances(reader: Reader, user: User, scope: BookScope): Promise<Balance> {
  if (scope.asOf < today()) {
    const totals = await reader
      .select({
        figure: entries.figure,
        amount: sql`sum(${entries.amount})`.mapWith(entries.amount),
      })
      .from(entries)
      .innerJoin(accounts, eq(accounts.id, entries.accountId))
      .where(
        and(
          eq(entries.schoolAuthorityId, user.schoolAuthorityId),
          seenBy(user, accounts),
          lte(entries.bookedOn, scope.asOf),
          scope.grantId ? eq(accounts.grantId, scope.grantId) : undefined,
          scope.grantIds ? isOneOf(accounts.grantId, scope.grantIds) : undefined,
          scope.fiscalYear ? eq(accounts.fiscalYear, scope.fiscalYear) : undefined,
        ),
      )
      .groupBy(entries.figure);
    return { ...emptyBalance, ...Object.fromEntries(totals.map((t) => [t.figure, t.amount])) };
  }
  const all = await listAccounts(user, { grantId: scope.grantId }, reader);
  const kept = all.filter((account) => covers(scope, account));
  return Object.fromEntries(
    figures.map((figure) => [figure, sum(kept.map((account) => account[figure]))]),
  ) as Balance;
}

async function loadCommitments(
  reader: Reader,
  user: User,
  scope: BookScope,
): Promise<Commitment[]> {
  const { grantId, asOf } = scope;
  const lines = (await listOrderLines(user, { grantId, asOf }, reader)).filter(
    (line) => line.fiscalYear === null && covers(scope, line),
  );
  const grants = await loadGrants(reader, user, grantId);
  return lines.reverse().map((line) => ({
    ...line,
    standing: line.stands ? "standing" : "reversed",
    fileNumber: grants.get(line.grantId!)!.fileNumber,
    orderNumber: line.number,
    ordered: line.ordered,
    released: line.releasedAmount,
    freed: line.freedAmount,
    reversed: line.stands ? zero : line.ordered,
  }));
}

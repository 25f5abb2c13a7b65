/** Loads what an audit workbook (Prüfbuch) holds, as of a day, for all of an authority or one grant. */
import { and, eq, lte, sql } from "drizzle-orm";
import { now, today } from "#app/clock.server.ts";
import type { AuditBook, BookAccount, BookEntry, Commitment } from "#app/domain/audit-book.ts";
import { type Day, yearOf } from "#app/domain/calendar.ts";
import { forecast } from "#app/domain/forecast.ts";
import { type Balance, emptyBalance, figures } from "#app/domain/journal.ts";
import { sum, zero } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { db, type Reader } from "#db/client.ts";
import { accounts, entries } from "#db/schema/journal.ts";
import { loadMunicipalPapers } from "./municipal-papers.server.ts";
import { listAccounts } from "./accounts.server.ts";
import { loadAssetRows, withInventory } from "./audit-assets.server.ts";
import { loadAuditMarkRows } from "./audit-mark-rows.server.ts";
import { loadGrants, loadReceipts } from "./audit-receipts.server.ts";
import { loadDrawdownRows } from "./audit-income.server.ts";
import { loadJointPartRows } from "./audit-joint.server.ts";
import { loadCostShareRows } from "./audit-rows.server.ts";
import { requireAuthority } from "./authorities.server.ts";
import { loadEntries } from "./entries.server.ts";
import { loadForecast } from "./follow-up-costs.server.ts";
import { listGrants, requireGrant } from "./grants.server.ts";
import { listOrderLines } from "./orders.server.ts";
import { verifyJournal } from "./verification.server.ts";
import { seenBy } from "./seen.server.ts";

export type BookScope = { grantId?: string; asOf: Day };

/** On one snapshot of the database: while it is read, nobody's booking gets between two sheets. */
export function loadAuditBook(
  user: User,
  scope: BookScope,
  programVersion: string,
): Promise<AuditBook> {
  return db.transaction((tx) => readAuditBook(tx, user, scope, programVersion), {
    isolationLevel: "repeatable read",
    accessMode: "read only",
  });
}

async function readAuditBook(
  reader: Reader,
  user: User,
  scope: BookScope,
  programVersion: string,
): Promise<AuditBook> {
  const { grantId, asOf } = scope;
  const authority = await requireAuthority(user, reader);
  const grant = grantId ? await requireGrant(user, grantId, reader) : undefined;
  const journal = await loadEntries(user, { grantId, until: asOf }, reader);
  /** Of one grant, or as far as a limited auditor sees: what is of the whole authority is not in it. */
  const isPart = grantId !== undefined || user.limits !== undefined;
  const inventory = await loadAssetRows(reader, user, scope);

  return {
    authority: authority.name,
    grant: grant?.fileNumber ?? (await extractOf(user, reader)),
    asOf,
    madeAt: now().toISOString(),
    madeBy: user.name,
    programVersion,
    isExample: authority.isExample,
    accounts: await loadAccounts(reader, user, scope),
    receipts: withInventory(await loadReceipts(reader, user, scope, journal), inventory),
    commitments: await loadCommitments(reader, user, scope),
    drawdowns: await loadDrawdownRows(reader, user, scope),
    assets: inventory,
    costShares: isPart ? [] : await loadCostShareRows(reader, user, asOf),
    followUpCosts: isPart
      ? forecast(yearOf(asOf), { contracts: [], shares: [], replacements: [] }, asOf)
      : await loadForecast(user, yearOf(asOf), asOf, reader),
    jointParts: isPart ? [] : await loadJointPartRows(reader, user, asOf),
    municipalPapers: grantId ? [] : await loadMunicipalPapers(reader, user, asOf),
    auditMarks: await loadAuditMarkRows(reader, user, scope),
    entries: journal.map(bookEntry),
    balances: await loadBalances(reader, user, scope),
    proofs: await verifyJournal(user.schoolAuthorityId, reader),
  };
}

/** What a limited auditor's book is of; undefined where it is of the whole authority. */
async function extractOf(user: User, reader: Reader): Promise<string | undefined> {
  if (!user.limits) return undefined;
  const fileNumbers = (await listGrants(user, "all", reader)).map(({ fileNumber }) => fileNumber);
  const years = user.limits.fiscalYears.map((year) => `Haushalt ${year}`);
  return [...fileNumbers, ...years].join(", ");
}

type LoadedEntry = Awaited<ReturnType<typeof loadEntries>>[number];

function bookEntry(entry: LoadedEntry): BookEntry {
  return {
    ...entry,
    recordedAt: entry.recordedAt.toISOString(),
    recordedBy: entry.recordedByName,
  };
}

/** Accounts with the sums of their entries up to the day. */
async function loadAccounts(
  reader: Reader,
  user: User,
  { grantId, asOf }: BookScope,
): Promise<BookAccount[]> {
  const named = await listAccounts(user, { grantId }, reader);
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
        ),
      )
      .groupBy(entries.figure);
    return { ...emptyBalance, ...Object.fromEntries(totals.map((t) => [t.figure, t.amount])) };
  }
  const kept = await listAccounts(user, { grantId: scope.grantId }, reader);
  return Object.fromEntries(
    figures.map((figure) => [figure, sum(kept.map((account) => account[figure]))]),
  ) as Balance;
}

async function loadCommitments(
  reader: Reader,
  user: User,
  { grantId, asOf }: BookScope,
): Promise<Commitment[]> {
  const lines = (await listOrderLines(user, { grantId, asOf }, reader)).filter(
    ({ fiscalYear }) => fiscalYear === null,
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

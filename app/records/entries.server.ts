/** Entries (Buchungen) of the journal: what stands behind a figure. */
import { and, asc, eq, getTableColumns, inArray, lte, or, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Day } from "#app/domain/calendar.ts";
import {
  accountLabel,
  type AccountKind,
  type Balance,
  emptyBalance,
  type Figure,
} from "#app/domain/journal.ts";
import { zero } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { db, type Reader } from "#db/client.ts";
import { schools } from "#db/schema/authorities.ts";
import { applications } from "#db/schema/envelopes.ts";
import { grants } from "#db/schema/grants.ts";
import { accounts, entries } from "#db/schema/journal.ts";
import { users } from "#db/schema/users.ts";
import { isOneOf } from "./bulk.server.ts";
import { seenBy } from "./seen.server.ts";

/** Which entries: those of a figure, and of whom it is the sum. */
export type EntryFilter = {
  accountId?: string;
  grantId?: string;
  grantIds?: string[];
  /** Accounts of the municipal budget of that year. */
  fiscalYear?: number;
  schoolId?: string;
  /** Pots of the envelope and accounts of the grants under it. */
  envelopeId?: string;
  documentId?: string;
  kind?: AccountKind;
  figure?: Figure;
  until?: Day;
};

const pageSize = 200;

/** One page of entries in their order, how many there are, and the sum of all of them. */
export async function listEntries(user: User, filter: EntryFilter, page: number) {
  const rows = await selectEntries(db, user, filter)
    .limit(pageSize)
    .offset((page - 1) * pageSize);
  const [total] = await db
    .select({
      count: sql<number>`count(*)::int`,
      amount: sql`coalesce(sum(${entries.amount}), 0)`.mapWith(entries.amount),
    })
    .from(entries)
    .innerJoin(accounts, eq(accounts.id, entries.accountId))
    .where(matching(user, filter));
  return {
    entries: rows.map(named),
    count: total?.count ?? 0,
    amount: total?.amount ?? zero,
    pages: Math.max(1, Math.ceil((total?.count ?? 0) / pageSize)),
  };
}

/** The sum of each figure over all entries that match. */
export async function sumEntries(user: User, filter: EntryFilter): Promise<Balance> {
  const rows = await db
    .select({
      figure: entries.figure,
      amount: sql`sum(${entries.amount})`.mapWith(entries.amount),
    })
    .from(entries)
    .innerJoin(accounts, eq(accounts.id, entries.accountId))
    .where(matching(user, filter))
    .groupBy(entries.figure);
  return { ...emptyBalance, ...Object.fromEntries(rows.map((row) => [row.figure, row.amount])) };
}

/** All entries that match, for a workbook. */
export async function loadEntries(user: User, filter: EntryFilter, reader: Reader) {
  return (await selectEntries(reader, user, filter)).map(named);
}

function selectEntries(reader: Reader, user: User, filter: EntryFilter) {
  return reader
    .select({
      ...getTableColumns(entries),
      recordedByName: recorder.name,
      potKind: accounts.potKind,
      fiscalYear: accounts.fiscalYear,
      product: accounts.product,
      ledgerAccount: accounts.ledgerAccount,
      costCentre: accounts.costCentre,
      code: accounts.code,
      name: accounts.name,
      school: schools.name,
      fileNumber: grants.fileNumber,
    })
    .from(entries)
    .innerJoin(accounts, eq(accounts.id, entries.accountId))
    .innerJoin(recorder, eq(recorder.id, entries.recordedBy))
    .leftJoin(schools, eq(schools.id, accounts.schoolId))
    .leftJoin(grants, eq(grants.id, accounts.grantId))
    .where(matching(user, filter))
    .orderBy(asc(entries.number))
    .$dynamic();
}

const recorder = alias(users, "recorder");

type EntryRow = Awaited<ReturnType<typeof selectEntries>>[number];

function named(row: EntryRow) {
  return { ...row, account: accountLabel({ ...row, kind: row.accountKind }) };
}

/** The condition for entries that match; to be joined with their accounts. */
export function matching(user: User, filter: EntryFilter): SQL | undefined {
  const { accountId, grantId, grantIds, fiscalYear, schoolId, envelopeId } = filter;
  const { documentId, kind, figure, until } = filter;
  return and(
    eq(entries.schoolAuthorityId, user.schoolAuthorityId),
    seenBy(user, accounts),
    accountId ? eq(entries.accountId, accountId) : undefined,
    grantId ? eq(accounts.grantId, grantId) : undefined,
    grantIds ? isOneOf(accounts.grantId, grantIds) : undefined,
    fiscalYear ? eq(accounts.fiscalYear, fiscalYear) : undefined,
    schoolId ? eq(accounts.schoolId, schoolId) : undefined,
    envelopeId
      ? or(eq(accounts.envelopeId, envelopeId), inArray(accounts.grantId, grantsUnder(envelopeId)))
      : undefined,
    documentId ? eq(entries.documentId, documentId) : undefined,
    kind ? eq(accounts.kind, kind) : undefined,
    figure ? eq(entries.figure, figure) : undefined,
    until ? lte(entries.bookedOn, until) : undefined,
  );
}

function grantsUnder(envelopeId: string) {
  return db
    .select({ id: grants.id })
    .from(grants)
    .innerJoin(applications, eq(applications.id, grants.applicationId))
    .where(eq(applications.envelopeId, envelopeId));
}

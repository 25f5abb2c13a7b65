/** Exports (Exporte) that somebody asked for: each belongs to whoever asked, and to nobody else. */
import { and, asc, count, desc, eq, inArray, lt, not, sql } from "drizzle-orm";
import { withinAccess } from "#app/audit-access.server.ts";
import { dayIn, now } from "#app/clock.server.ts";
import type { BookScope } from "#app/domain/audit-scope.ts";
import {
  checkExport,
  type ExportKind,
  type ExportState,
  type ExportViolation,
} from "#app/domain/book-export.ts";
import { plusDays } from "#app/domain/calendar.ts";
import { mayUser, type User } from "#app/domain/permission.ts";
import { isInvitedRole } from "#app/domain/roles.ts";
import { settings } from "#app/env.server.ts";
import { notFound } from "#app/http.ts";
import { db } from "#db/client.ts";
import { auditAccesses } from "#db/schema/audit-accesses.ts";
import { bookExports } from "#db/schema/exports.ts";
import { grants } from "#db/schema/grants.ts";
import { accounts, entries } from "#db/schema/journal.ts";
import { users } from "#db/schema/users.ts";
import { matching } from "./entries.server.ts";

export type BookExport = typeof bookExports.$inferSelect;

/** Puts an export into the queue, once for each id; or says why it can't be made. */
export async function orderExport(
  user: User,
  id: string,
  { kind, scope, moment }: { kind: ExportKind; scope: BookScope; moment: Date },
): Promise<ExportViolation | undefined> {
  const [open] = await db
    .select({ count: count() })
    .from(bookExports)
    .where(and(eq(bookExports.askedBy, user.id), inArray(bookExports.state, openStates)));
  const violation = checkExport(kind, scope, open!.count);
  if (violation) return violation;
  await db
    .insert(bookExports)
    .values({
      id,
      schoolAuthorityId: user.schoolAuthorityId,
      askedBy: user.id,
      kind,
      grantIds: scope.grantIds ?? (scope.grantId ? [scope.grantId] : []),
      fiscalYear: scope.fiscalYear ?? null,
      asOf: scope.asOf,
      knownOn: moment,
    })
    .onConflictDoNothing();
}

const openStates: ExportState[] = ["waiting", "running"];

/** What an export is of. */
export function scopeOfExport(made: BookExport): BookScope {
  const { grantIds, fiscalYear, asOf } = made;
  const knownOn = made.knownOn.toISOString();
  if (fiscalYear) return { fiscalYear, asOf, knownOn };
  if (grantIds.length === 0) return { asOf, knownOn };
  if (grantIds.length === 1) return { grantId: grantIds[0]!, asOf, knownOn };
  return { grantIds, asOf, knownOn };
}

/**
 * The user's own. What an auditor asked for under an earlier access may show what the newest does not: it is no
 * longer handed out.
 */
function ownBy(user: User) {
  const later = sql`exists (select 1 from ${auditAccesses}
    where ${auditAccesses.userId} = ${user.id} and ${auditAccesses.createdAt} > ${bookExports.createdAt})`;
  return and(
    eq(bookExports.askedBy, user.id),
    user.roles.some(isInvitedRole) ? not(later) : undefined,
  );
}

/** The user's own, the newest first, with the file numbers of their grants. */
export async function listExports(user: User) {
  const rows = await db
    .select()
    .from(bookExports)
    .where(ownBy(user))
    .orderBy(desc(bookExports.createdAt), desc(bookExports.id));
  return withFileNumbers(rows);
}

/** One of the user's own. @throws Response 404 for any other */
export async function requireExport(user: User, id: string) {
  const rows = await db
    .select()
    .from(bookExports)
    .where(and(eq(bookExports.id, id), ownBy(user)));
  const [found] = await withFileNumbers(rows);
  return found ?? notFound();
}

async function withFileNumbers(rows: BookExport[]) {
  const ids = [...new Set(rows.flatMap(({ grantIds }) => grantIds))];
  const named =
    ids.length === 0
      ? []
      : await db
          .select({ id: grants.id, fileNumber: grants.fileNumber })
          .from(grants)
          .where(inArray(grants.id, ids));
  const numbers = new Map(named.map(({ id, fileNumber }) => [id, fileNumber]));
  return rows.map((row) => ({
    ...row,
    fileNumbers: row.grantIds.map((id) => numbers.get(id) ?? "").sort(),
  }));
}

/** Takes the export that waits longest, with whose it is; undefined where none waits. */
export async function claimExport() {
  const [claimed] = await db.execute<{ id: string; authority: string }>(sql`
    update book_exports set state = 'running', started_at = clock_timestamp()
    where id = (select id from book_exports where state = 'waiting'
      order by created_at, id limit 1 for update skip locked)
    returning id, school_authority_id as authority`);
  return claimed;
}

/** For the process that makes it. */
export async function findRunning(id: string): Promise<BookExport | undefined> {
  const [row] = await db
    .select()
    .from(bookExports)
    .where(and(eq(bookExports.id, id), eq(bookExports.state, "running")));
  return row;
}

/** Whoever asked for it, with the limits of now; undefined where the account may not export any more. */
export async function findExporter({ askedBy }: BookExport): Promise<User | undefined> {
  const [row] = await db
    .select()
    .from(users)
    .where(and(eq(users.id, askedBy), eq(users.isActive, true)));
  if (!row) return undefined;
  const user = await withinAccess(row);
  return user && mayUser(user, "export_books") ? user : undefined;
}

/** How many entries of the journal the workbook of a scope has. */
export async function countEntries(user: User, scope: BookScope): Promise<number> {
  const { grantId, grantIds, fiscalYear, asOf } = scope;
  const [row] = await db
    .select({ count: count() })
    .from(entries)
    .innerJoin(accounts, eq(accounts.id, entries.accountId))
    .where(matching(user, { grantId, grantIds, fiscalYear, until: asOf }));
  return row!.count;
}

export async function noteProgress(id: string, done: number, total: number | null): Promise<void> {
  await db
    .update(bookExports)
    .set({ done, total })
    .where(and(eq(bookExports.id, id), eq(bookExports.state, "running")));
}

/** False where it does not run any more: it was cancelled meanwhile. */
export function finishExport(id: string, file: { fileName: string; size: number; hash: string }) {
  return endExport(id, ["running"], { state: "finished", ...file, done: 1, total: 1 });
}

export function failExport(id: string, problem: string) {
  return endExport(id, openStates, { state: "failed", problem });
}

/** Ends one of the user's own that is not finished. @throws Response 404 for any other */
export async function cancelExport(user: User, id: string): Promise<void> {
  await requireExport(user, id);
  await endExport(id, openStates, { state: "cancelled" });
}

async function endExport(id: string, from: ExportState[], values: Partial<BookExport>) {
  const ended = await db
    .update(bookExports)
    .set({ ...values, endedAt: now(), keptUntil: plusDays(dayIn(now()), settings.exports.days) })
    .where(and(eq(bookExports.id, id), inArray(bookExports.state, from)))
    .returning({ id: bookExports.id });
  return ended.length === 1;
}

export async function isFinished(id: string): Promise<boolean> {
  const [row] = await db
    .select({ state: bookExports.state })
    .from(bookExports)
    .where(eq(bookExports.id, id));
  return row?.state === "finished";
}

export async function forgetExport(id: string): Promise<void> {
  await db.delete(bookExports).where(eq(bookExports.id, id));
}

export async function listRunning(): Promise<string[]> {
  const rows = await db
    .select({ id: bookExports.id })
    .from(bookExports)
    .where(eq(bookExports.state, "running"))
    .orderBy(asc(bookExports.createdAt));
  return rows.map(({ id }) => id);
}

/** Those whose last day is over. */
export async function listExpired(): Promise<string[]> {
  const rows = await db
    .select({ id: bookExports.id })
    .from(bookExports)
    .where(lt(bookExports.keptUntil, dayIn(now())));
  return rows.map(({ id }) => id);
}

/**
 * Ends whatever the database still does for an export: a process that was killed can't tell its query to stop,
 * and the database would finish it first. The process's connections bear its name.
 */
export async function endQueriesOf(id: string): Promise<void> {
  await db.execute(
    sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = ${connectionName(id)}`,
  );
}

export function connectionName(id: string): string {
  return `paktbuch-export-${id}`;
}

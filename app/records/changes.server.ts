/** The change log (Änderungsprotokoll): one line for each deed, in the deed's own transaction. */
import { and, desc, eq, getTableColumns, inArray, notInArray, type SQL } from "drizzle-orm";
import { now } from "#app/clock.server.ts";
import { accountDeeds, type Deed } from "#app/domain/deed.ts";
import { accountLabel } from "#app/domain/account.ts";
import { mayUser, type User } from "#app/domain/permission.ts";
import type { Money } from "#app/domain/money.ts";
import { figureTitles } from "#app/domain/titles.ts";
import { forbidden } from "#app/http.ts";
import { requestId } from "#app/request.server.ts";
import { db, type Reader } from "#db/client.ts";
import { changes } from "#db/schema/changes.ts";
import { schools } from "#db/schema/authorities.ts";
import { grants } from "#db/schema/grants.ts";
import { accounts } from "#db/schema/journal.ts";
import { users } from "#db/schema/users.ts";
import type { Movement } from "./journal.server.ts";
import { rememberForm } from "./sent-forms.server.ts";

type Doer = Pick<User, "id" | "schoolAuthorityId">;
type Subject = {
  id?: string | undefined;
  text: string;
  /** What was and what became of it, in German words; a document is itself what became. */
  before?: Record<string, string>;
  after?: Record<string, string>;
  /** What the deed's document moved; said as figures of its accounts before and after. */
  moved?: Movement[];
};

export async function logChange(reader: Reader, user: Doer, deed: Deed, subject: Subject) {
  await rememberForm(reader, user);
  await appendChange(reader, user, deed, subject);
}

/** A line alone, which remembers no form: also in the log of another authority, whose books a deed concerns. */
export async function appendChange(reader: Reader, user: Doer, deed: Deed, subject: Subject) {
  const moved = await figuresMoved(reader, subject.moved ?? []);
  await reader.insert(changes).values({
    schoolAuthorityId: user.schoolAuthorityId,
    changedAt: now(),
    changedBy: user.id,
    deed,
    subjectId: subject.id ?? null,
    text: subject.text,
    before: joined(subject.before, moved.before),
    after: joined(subject.after, moved.after),
    requestId: requestId() ?? null,
  });
}

/** More than these are no answer for a reader: the journal has them, line by line. */
const mostFigures = 24;

/** "GS Steinhorst 2.2, gebunden: 1.000,00 €", before and after. */
async function figuresMoved(reader: Reader, moved: Movement[]) {
  const shown = moved.slice(0, mostFigures);
  if (shown.length === 0) return {};
  const rows = await reader
    .select({
      ...getTableColumns(accounts),
      school: schools.name,
      schoolNumber: schools.number,
      fileNumber: grants.fileNumber,
    })
    .from(accounts)
    .leftJoin(schools, eq(schools.id, accounts.schoolId))
    .leftJoin(grants, eq(grants.id, accounts.grantId))
    .where(inArray(accounts.id, [...new Set(shown.map(({ accountId }) => accountId))]));
  const labels = new Map(rows.map((row) => [row.id, accountLabel(row)]));
  const said = (side: "before" | "after") => ({
    ...Object.fromEntries(
      shown.map(({ accountId, figure, [side]: amount }) => {
        return [`${labels.get(accountId)}, ${figureTitles[figure]}`, inEuro(amount)];
      }),
    ),
    ...(moved.length > mostFigures && { "weitere Stände": String(moved.length - mostFigures) }),
  });
  return { before: said("before"), after: said("after") };
}

/** "27.010,62 €" */
function inEuro(amount: Money): string {
  const [whole, cents] = amount.toFixed(2).split(".");
  return `${whole!.replaceAll(/\B(?=(\d{3})+$)/g, ".")},${cents} €`;
}

function joined(...parts: (Record<string, string> | undefined)[]) {
  const all = Object.assign({}, ...parts) as Record<string, string>;
  return Object.keys(all).length === 0 ? null : all;
}

const pageSize = 100;

/** Deeds that change nothing: an auditor's reading, left out of the log's page unless it is asked for. */
export const readings: Deed[] = ["page_read", "file_downloaded"];

/** One page of the log, newest first, and whether there is more. */
export function listChanges(user: User, page: number, withReadings = false) {
  return listPage(user, page, withReadings ? undefined : notInArray(changes.deed, readings));
}

/** One page of what the log says of accounts and settings, for whoever manages them. */
export function listAccountChanges(user: User, page: number) {
  if (!mayUser(user, "manage_users")) forbidden();
  return listPage(user, page, inArray(changes.deed, [...accountDeeds]));
}

async function listPage(user: User, page: number, which: SQL | undefined) {
  const rows = await db
    .select({
      id: changes.id,
      changedAt: changes.changedAt,
      changedBy: users.name,
      deed: changes.deed,
      text: changes.text,
      before: changes.before,
      after: changes.after,
      requestId: changes.requestId,
    })
    .from(changes)
    .innerJoin(users, eq(users.id, changes.changedBy))
    .where(and(eq(changes.schoolAuthorityId, user.schoolAuthorityId), which))
    .orderBy(desc(changes.changedAt), desc(changes.id))
    .limit(pageSize + 1)
    .offset((page - 1) * pageSize);
  return { changes: rows.slice(0, pageSize), hasMore: rows.length > pageSize };
}

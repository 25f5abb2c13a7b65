/** The half-yearly report (Halbjahresbericht): sums of the journal as they were known on a day. */
import { and, asc, eq, getTableColumns, isNotNull, lt, lte, sql, type SQL } from "drizzle-orm";
import { type Day, plusDays, yearOf } from "#app/domain/calendar.ts";
import {
  figuresOfGrant,
  type HalfYear,
  isEmpty,
  type KnownGrant,
  totalFigures,
} from "#app/domain/half-year.ts";
import { type Balance, emptyBalance, type Figure } from "#app/domain/journal.ts";
import type { Money } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { addressesOf } from "#app/domain/programme.ts";
import { reportsOf, runsOn } from "#app/domain/programme-deadlines.ts";
import { termsAsKept } from "#app/domain/terms.ts";
import { db, type Reader } from "#db/client.ts";
import { accounts, entries } from "#db/schema/journal.ts";
import { notices } from "#db/schema/notices.ts";
import { listGrants } from "./grants.server.ts";

/** By programme, and in it by grant; on one snapshot of the database. */
export function loadHalfYear(user: User, view: HalfYear) {
  return db.transaction((tx) => readHalfYear(tx, user, view), {
    isolationLevel: "repeatable read",
    accessMode: "read only",
  });
}

async function readHalfYear(reader: Reader, user: User, view: HalfYear) {
  const grants = await listGrants(user, "all", reader);
  const sums = await sumsOfGrants(reader, user, view);
  const later = await listKnownNotices(reader, user, view);

  const rows = grants.flatMap(({ id, fileNumber, programme, versions: [first] }) => {
    const known = {
      versions: [first!, ...later.filter(({ grantId }) => grantId === id)],
      sums: reportedOf({ ...emptyBalance, ...Object.fromEntries(sums.get(id) ?? []) }),
    };
    if (isEmpty(known.sums)) return [];
    return [{ id, fileNumber, programme, ...figuresOfGrant(known, view.on) }];
  });
  const keys = [...new Set(rows.map(({ programme }) => programme.key))];
  return keys.map((key) => {
    const own = rows.filter(({ programme }) => programme.key === key);
    const { programme } = own.at(-1)!;
    const reports = runsOn(programme, view.on) ? reportsOf(programme, yearOf(view.on)) : [];
    const report = reports.find(({ on }) => on === view.on);
    return {
      key,
      name: programme.name,
      /** Null where the programme has no report on that day, or is over. */
      dueOn: report?.dueOn ?? null,
      addresses: report ? addressesOf(programme, report) : [],
      grants: own.map(({ programme: _, ...grant }) => grant),
      total: totalFigures(own),
    };
  });
}

function reportedOf(balance: Balance): KnownGrant["sums"] {
  const { granted, approved, committed, invoiced, paid, drawn, received } = balance;
  return { granted, approved, committed, invoiced, paid, drawn, received };
}

/** Sums by grant and figure: of entries that count for the day or an earlier one and were known. */
async function sumsOfGrants(reader: Reader, user: User, { on, known }: HalfYear) {
  const rows = await reader
    .select({
      grantId: accounts.grantId,
      figure: entries.figure,
      amount: sql`sum(${entries.amount})`.mapWith(entries.amount),
    })
    .from(entries)
    .innerJoin(accounts, eq(accounts.id, entries.accountId))
    .where(
      and(
        eq(entries.schoolAuthorityId, user.schoolAuthorityId),
        isNotNull(accounts.grantId),
        lte(entries.bookedOn, on),
        lt(entries.recordedAt, endOf(known)),
      ),
    )
    .groupBy(accounts.grantId, entries.figure);
  const sums = new Map<string, [Figure, Money][]>();
  for (const { grantId, figure, amount } of rows) {
    sums.set(grantId!, [...(sums.get(grantId!) ?? []), [figure, amount]]);
  }
  return sums;
}

/** Later notices as far as they were recorded by then, and no reversal recorded by then undid them. */
async function listKnownNotices(reader: Reader, user: User, { on, known }: HalfYear) {
  const undone = sql`exists (
    select 1 from reversals r join changes c on c.subject_id = r.document_id
    where r.document_id = notices.id and r.reversed_on <= ${on}
      and c.deed = 'document_reversed' and c.changed_at < ${endOf(known)})`;
  const rows = await reader
    .select(getTableColumns(notices))
    .from(notices)
    .where(
      and(
        eq(notices.schoolAuthorityId, user.schoolAuthorityId),
        lt(notices.createdAt, endOf(known)),
        sql`not ${undone}`,
      ),
    )
    .orderBy(asc(notices.validFrom), asc(notices.createdAt));
  return rows.map(({ id, grantId, kind, validFrom, ...terms }) => {
    return { ...termsAsKept(terms), grantId, kind, validFrom, documentId: id };
  });
}

/** The moment in which a day ends in Berlin. */
function endOf(day: Day): SQL {
  return sql`(${plusDays(day, 1)}::date::timestamp at time zone 'Europe/Berlin')`;
}

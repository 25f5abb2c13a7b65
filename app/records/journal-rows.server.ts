/**
 * The journal for a workbook, portion by portion from a cursor of the database, so that it is never in memory as a
 * whole; and the numbers of its entries by document, for the list of receipts.
 */
import { and, asc, eq, type SQL, sql } from "drizzle-orm";
import type { BookEntry } from "#app/domain/audit-book.ts";
import type { BookScope } from "#app/domain/audit-scope.ts";
import { accountLabel } from "#app/domain/journal.ts";
import { euro } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import type { Reader } from "#db/client.ts";
import { schools } from "#db/schema/authorities.ts";
import { grants } from "#db/schema/grants.ts";
import { accounts, entries } from "#db/schema/journal.ts";
import { users } from "#db/schema/users.ts";
import { isOneOf } from "./bulk.server.ts";
import { matching } from "./entries.server.ts";

/** Entries that are fetched together: some hundred kilobytes. */
const portion = 2_000;

type Fetched = {
  number: string;
  bookedOn: string;
  recordedAt: string;
  recordedBy: string;
  accountId: string;
  figure: BookEntry["figure"];
  amount: string;
  documentKind: BookEntry["documentKind"];
  documentId: string;
  text: string;
  reversesNumber: string | null;
  hash: string;
};

/**
 * The entries of the scope in the order of their numbers, to be walked through once and within the transaction of
 * the reader, which must be one. The next portion is fetched while one is being used.
 */
export async function* journalRows(
  reader: Reader,
  user: User,
  scope: BookScope,
): AsyncGenerator<BookEntry[]> {
  const accountOf = await describeAccounts(reader, user);
  const nameOf = await namesOf(reader, user);
  const milliseconds = sql`(extract(epoch from ${entries.recordedAt}) * 1000)::int8::text`;
  await reader.execute(sql`declare journal_rows no scroll cursor for
    select ${entries.number}::text as "number", ${entries.bookedOn}::text as "bookedOn",
      ${milliseconds} as "recordedAt", ${entries.recordedBy} as "recordedBy",
      ${entries.accountId} as "accountId", ${entries.figure} as "figure",
      ${entries.amount}::text as "amount", ${entries.documentKind} as "documentKind",
      ${entries.documentId} as "documentId", ${entries.text} as "text",
      ${entries.reversesNumber}::text as "reversesNumber", ${entries.hash} as "hash"
    from ${entries} join ${accounts} on ${accounts.id} = ${entries.accountId}
    where ${ofScope(user, scope)} order by ${entries.number}`);
  const fetchNext = () => {
    const fetching = reader.execute<Fetched>(sql.raw(`fetch ${portion} from journal_rows`));
    // Whoever stops in between does not wait for what was fetched ahead.
    const settled = Promise.resolve(fetching);
    settled.catch(() => {});
    return settled;
  };
  const bookEntry = (row: Fetched): BookEntry => {
    const account = accountOf.get(row.accountId)!;
    return {
      number: Number(row.number),
      documentId: row.documentId,
      bookedOn: row.bookedOn,
      recordedAt: new Date(Number(row.recordedAt)).toISOString(),
      recordedBy: nameOf.get(row.recordedBy) ?? "",
      accountId: row.accountId,
      account: account.label,
      accountKind: account.kind,
      fileNumber: account.fileNumber,
      school: account.school,
      code: account.code,
      figure: row.figure,
      amount: euro(row.amount),
      documentKind: row.documentKind,
      text: row.text,
      reversesNumber: row.reversesNumber === null ? null : Number(row.reversesNumber),
      hash: row.hash,
    };
  };
  let fetching = fetchNext();
  for (;;) {
    const rows = await fetching;
    if (rows.length === 0) break;
    fetching = fetchNext();
    yield rows.map(bookEntry);
  }
  await reader.execute(sql`close journal_rows`);
}

/**
 * The numbers of the entries of documents on their accounts, in their order: "12, 13" by "document account".
 */
export async function entryNumbers(
  reader: Reader,
  user: User,
  scope: BookScope,
  documentIds: string[],
): Promise<Map<string, string>> {
  if (documentIds.length === 0) return new Map();
  const rows = await reader
    .select({
      documentId: entries.documentId,
      accountId: entries.accountId,
      numbers: sql<string>`string_agg(${entries.number}::text, ', ' order by ${entries.number})`,
    })
    .from(entries)
    .innerJoin(accounts, eq(accounts.id, entries.accountId))
    .where(and(ofScope(user, scope), isOneOf(entries.documentId, documentIds)))
    .groupBy(entries.documentId, entries.accountId);
  return new Map(rows.map((row) => [`${row.documentId} ${row.accountId}`, row.numbers]));
}

function ofScope(user: User, { grantId, grantIds, fiscalYear, asOf }: BookScope): SQL | undefined {
  return matching(user, { grantId, grantIds, fiscalYear, until: asOf });
}

async function describeAccounts(reader: Reader, user: User) {
  const rows = await reader
    .select({
      id: accounts.id,
      kind: accounts.kind,
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
    .from(accounts)
    .leftJoin(schools, eq(schools.id, accounts.schoolId))
    .leftJoin(grants, eq(grants.id, accounts.grantId))
    .where(eq(accounts.schoolAuthorityId, user.schoolAuthorityId))
    .orderBy(asc(accounts.id));
  return new Map(rows.map((row) => [row.id, { ...row, label: accountLabel(row) }]));
}

async function namesOf(reader: Reader, user: User): Promise<Map<string, string>> {
  const rows = await reader
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(eq(users.schoolAuthorityId, user.schoolAuthorityId));
  return new Map(rows.map(({ id, name }) => [id, name]));
}

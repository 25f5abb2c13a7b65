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
const portion = 1_000;

/** Each entry comes as one text: a dozen columns would cost the driver more than all else of the way. */
type Fetched = { entry: string };
/** Between its values; the text of the entry, which could hold one, stands last. */
const separator = "\u001f";

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
    select concat_ws(${separator}::text, ${entries.number}, ${entries.bookedOn}, ${milliseconds},
      ${entries.recordedBy}, ${entries.accountId}, ${entries.figure}, ${entries.amount},
      ${entries.documentKind}, ${entries.documentId}, coalesce(${entries.reversesNumber}::text, ''),
      ${entries.hash}, ${entries.text}) as "entry"
    from ${entries} join ${accounts} on ${accounts.id} = ${entries.accountId}
    where ${ofScope(user, scope)} order by ${entries.number}`);
  const fetchNext = () => {
    const fetching = reader.execute<Fetched>(sql.raw(`fetch ${portion} from journal_rows`));
    // Whoever stops in between does not wait for what was fetched ahead.
    const settled = Promise.resolve(fetching);
    settled.catch(() => {});
    return settled;
  };
  const bookEntry = ({ entry }: Fetched): BookEntry => {
    const values = entry.split(separator);
    const account = accountOf.get(values[4]!)!;
    return {
      number: Number(values[0]),
      documentId: values[8]!,
      bookedOn: values[1]!,
      recordedAt: new Date(Number(values[2])).toISOString(),
      recordedBy: nameOf.get(values[3]!) ?? "",
      accountId: account.id,
      account: account.label,
      accountKind: account.kind,
      fileNumber: account.fileNumber,
      school: account.school,
      code: account.code,
      figure: values[5] as BookEntry["figure"],
      amount: euro(values[6]!),
      documentKind: values[7] as BookEntry["documentKind"],
      text: values.length === 12 ? values[11]! : values.slice(11).join(separator),
      reversesNumber: values[9] === "" ? null : Number(values[9]),
      hash: values[10]!,
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

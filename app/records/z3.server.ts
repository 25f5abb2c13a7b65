/** Reads a Z3 export out of the books: its tables, their records portion by portion, and sums made by the database. */
import { sql } from "drizzle-orm";
import type { BookScope } from "#app/domain/audit-scope.ts";
import { euro, type Money } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import type { Z3Words } from "#app/domain/z3.ts";
import type { Reader } from "#db/client.ts";
import type { Z3Rows } from "./z3-columns.server.ts";
import { furtherTables, grantingTables } from "./z3-granting.server.ts";
import { changesTable, masterTables } from "./z3-master.server.ts";
import { z3Scope } from "./z3-scope.server.ts";
import { spendingTables } from "./z3-spending.server.ts";

/** Records that are fetched together: some hundred kilobytes. */
const portion = 2_000;

/**
 * The tables of a scope. The log of changes is in it only where all of the authority is, since it belongs to no
 * grant; a limited auditor gets what the pages show, and no log.
 */
export function z3Tables(user: User, scope: BookScope, words: Z3Words): Z3Rows[] {
  const rows = z3Scope(user, scope);
  return [
    ...masterTables(rows, words),
    ...spendingTables(rows, words),
    ...grantingTables(rows, words),
    ...furtherTables(rows, words),
    ...(rows.isAll ? [changesTable(rows, words)] : []),
  ];
}

/** Records as lines of the file, each with its end. The reader must be a transaction; one table after the other. */
export async function* z3Lines(
  reader: Reader,
  { columns, from, where, orderBy }: Z3Rows,
): AsyncGenerator<string[]> {
  const line = columns.map(({ written }) => written).join(" || ';' || ");
  await reader.execute(
    sql`declare z3_lines no scroll cursor for
      select ${sql.raw(line)} || E'\\r\\n' as line from ${sql.raw(from)} where ${where}
      order by ${sql.raw(orderBy)}`,
  );
  const next = () => {
    const fetching = Promise.resolve(
      reader.execute<{ line: string }>(sql.raw(`fetch ${portion} from z3_lines`)),
    );
    // Whoever stops in between does not wait for what was fetched ahead.
    fetching.catch(() => {});
    return fetching;
  };
  let fetching = next();
  for (;;) {
    const rows = await fetching;
    if (rows.length === 0) break;
    fetching = next();
    yield rows.map((row) => row.line);
  }
  await reader.execute(sql`close z3_lines`);
}

/**
 * The sum of each column of amounts, asked of the database and not of what was written; none for a table without
 * records, of which there is no sum to compare.
 */
export async function z3Sums(
  reader: Reader,
  tables: Z3Rows[],
): Promise<{ file: string; column: string; sum: Money }[]> {
  const sums: { file: string; column: string; sum: Money }[] = [];
  for (const { file, columns, from, where } of tables) {
    const summed = columns.filter(({ amount }) => amount !== undefined);
    if (summed.length === 0) continue;
    const asked = summed.map(
      ({ amount }, index) => `coalesce(sum(${amount}), 0)::numeric(20, 2)::text as s${index}`,
    );
    const [found] = await reader.execute<Record<string, string>>(
      sql`select count(*)::text as records, ${sql.raw(asked.join(", "))} from ${sql.raw(from)} where ${where}`,
    );
    if (found!.records === "0") continue;
    summed.forEach(({ name }, index) => {
      sums.push({ file, column: name, sum: euro(found![`s${index}`]!) });
    });
  }
  return sums;
}

/** Many rows at once. */
import { getTableColumns, type SQL, sql } from "drizzle-orm";
import { toSnakeCase } from "drizzle-orm/casing";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import type { Transaction } from "#db/client.ts";

const rowsAtOnce = 5_000;

/**
 * Inserts the rows as one text for thousands of them, which PostgreSQL takes apart: a parameter for each
 * value costs drizzle three times what all else of an import does. Columns that no row names get their
 * default, those that only some name are null in the others.
 */
export async function insertAll<Table extends PgTable>(
  tx: Transaction,
  table: Table,
  rows: Table["$inferInsert"][],
) {
  const columns = Object.entries(getTableColumns(table)).filter(([key]) =>
    rows.some((row) => row[key as keyof typeof row] !== undefined),
  );
  const names = sql.join(
    columns.map(([key]) => sql.identifier(toSnakeCase(key))),
    sql`, `,
  );
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    const some = rows.slice(from, from + rowsAtOnce).map((row: Record<string, unknown>) =>
      Object.fromEntries(
        columns.map(([key, column]) => {
          const value = row[key] ?? null;
          return [toSnakeCase(key), value === null ? null : column.mapToDriverValue(value)];
        }),
      ),
    );
    await tx.execute(
      sql`insert into ${table} (${names}) select ${names}
        from json_populate_recordset(null::${table}, ${JSON.stringify(some)}::json)`,
    );
  }
}

/** The column holds one of the ids: one parameter, however many they are. */
export function isOneOf(column: PgColumn, ids: string[]): SQL {
  return sql`${column} = any(${`{${ids.join(",")}}`}::uuid[])`;
}

/** What is made of each row, by the row's id. */
export function byId<Row extends { id: string }, Made>(
  rows: Row[],
  make: (row: Row) => Made,
): Map<string, Made> {
  return new Map(rows.map((row) => [row.id, make(row)]));
}

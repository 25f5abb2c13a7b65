/** As known on: what was seen at a moment is seen again later, whatever was recorded since. */
import { getTableColumns, getTableName, is, sql } from "drizzle-orm";
import { toSnakeCase } from "drizzle-orm/casing";
import { PgTable } from "drizzle-orm/pg-core";
import { expect, test } from "vitest";
import { db } from "#db/client.ts";
import { knownTables } from "#db/known-views.ts";

const schema = import.meta.glob<Record<string, unknown>>("/db/schema/*.ts", { eager: true });
const tables = Object.values(schema)
  .flatMap((file) => Object.values(file))
  .filter((one): one is PgTable => is(one, PgTable));

test("every table answers for the past, or says why it does not", async () => {
  expect(Object.keys(knownTables).sort()).toEqual(tables.map(getTableName).sort());
  for (const known of Object.values(knownTables)) {
    if (typeof known === "object" && "asToday" in known) expect(known.asToday).not.toBe("");
  }
});

/** Columns as drizzle expects them: a view whose type differs would answer otherwise than its table. */
test("every view has the columns of its table, with their types", async () => {
  const columns = await db.execute<{ schema: string; table: string; columns: string[] }>(sql`
    select n.nspname as schema, c.relname as table,
      array_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod) order by a.attname) as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where n.nspname in ('known', 'public') and c.relkind in ('r', 'v') group by 1, 2`);
  const of = (schema: string, table: string) =>
    columns.find((one) => one.schema === schema && one.table === table)?.columns;
  for (const [table, known] of Object.entries(knownTables)) {
    const isPast = !(typeof known === "object" && "asToday" in known);
    expect([table, of("known", table)]).toEqual([table, isPast ? of("public", table) : undefined]);
  }
  for (const table of tables) {
    // One is kept under the name that it had in the database.
    const names = Object.values(getTableColumns(table)).map(({ name, keyAsName }) =>
      keyAsName ? toSnakeCase(name) : name,
    );
    const kept = of("public", getTableName(table))!.map((column) => column.split(" ")[0]);
    expect([...kept].sort()).toEqual([...names].sort());
  }
});

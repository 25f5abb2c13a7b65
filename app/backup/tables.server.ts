/** What there is to back up, taken from PostgreSQL's catalogue: no list can forget a table. */
import type postgres from "postgres";

/** Tables that a backup leaves empty, each with the reason. All others are in it, whole. */
export const leftOut: Record<string, string> = {
  sessions: "who was signed in then is not signed in after a restore",
  password_links: "a link that was used since would open the account again",
  book_exports: "copies to take away, whose files are not backed up and are made again",
};

/** Names of the tables, of those that are referred to before those that refer to them. */
export async function listTables(sql: postgres.TransactionSql): Promise<string[]> {
  const rows = await sql<{ name: string; needs: string[] }[]>`
    select c.relname as name, array(
      select distinct f.confrelid::regclass::text from pg_constraint f
      where f.contype = 'f' and f.conrelid = c.oid and f.confrelid <> c.oid) as needs
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1`;
  const waiting = new Map(rows.map(({ name, needs }) => [name, needs]));
  const order: string[] = [];
  while (waiting.size > 0) {
    const ready = [...waiting].filter(([, needs]) => !needs.some((need) => waiting.has(need)));
    if (ready.length === 0) {
      throw new Error(`tables refer to each other in a circle: ${[...waiting.keys()].join(", ")}`);
    }
    for (const [name] of ready) {
      order.push(name);
      waiting.delete(name);
    }
  }
  return order;
}

/** Columns in their order, without those that PostgreSQL reckons by itself. */
export async function columnsOfTable(sql: postgres.TransactionSql, table: string) {
  const rows = await sql<{ name: string }[]>`
    select attname as name from pg_attribute
    where attrelid = ${`public.${table}`}::regclass and attnum > 0 and not attisdropped
      and attgenerated = '' order by attnum`;
  return rows.map(({ name }) => name);
}

export async function countRows(sql: postgres.TransactionSql, table: string): Promise<number> {
  const [row] = await sql<{ count: string }[]>`select count(*) from ${sql(`public.${table}`)}`;
  return Number(row!.count);
}

/** The next number of each sequence of the tables. */
export async function readSequences(sql: postgres.TransactionSql): Promise<Record<string, string>> {
  const rows = await sql<{ name: string; next: string }[]>`
    select sequencename as name, coalesce(last_value + increment_by, start_value)::text as next
    from pg_sequences where schemaname = 'public' order by 1`;
  return Object.fromEntries(rows.map(({ name, next }) => [name, next]));
}

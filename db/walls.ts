/**
 * The second wall between tenants, kept by PostgreSQL itself: row-level security on each table, also for its
 * owner, with policies made from `table-rights.ts`. Run by the owner after each migration; checked by the
 * program at each start.
 */
import { createHash } from "node:crypto";
import type postgres from "postgres";
import { type TableRight, tableRights } from "./table-rights.ts";

type Sql = postgres.Sql | postgres.TransactionSql;
type Policy = { name: string; command: "all" | "select"; rows: string };

/** For the owner of the tables at work: a session of its own, in which rows of all are seen. */
export const ownersSession = { "paktbuch.authority": "*" };

/**
 * Compared as text: nothing but the own id or `*` is equal, and unset or empty is nobody. No subquery, though it
 * would be asked once and not for each row: to plan one for each table costs a page more than its rows do.
 * A CASE, since PostgreSQL takes it for half of the rows, whatever else is asked: of a comparison it would
 * think that it thins the rows out once more, which the query's own filter did, and plan for far too few.
 */
const ofAsked = (column: string) =>
  `case when current_setting('paktbuch.authority', true) in (${column}::text, '*') then true end`;

/** Rows of the authority that asks; a row that names none goes with the row that it belongs to. */
export function policiesOf({ wall = "school_authority_id", shown = {} }: TableRight): Policy[] {
  const rows =
    typeof wall === "string"
      ? ofAsked(wall)
      : // Not IN: PostgreSQL would look through all of them to show a single row.
        `exists (select from ${wall.of} where ${wall.of}.id = ${wall.column})`;
  return [
    { name: "rows_are_of_who_asks", command: "all", rows },
    ...Object.entries(shown).map(([name, rows]): Policy => ({ name, command: "select", rows })),
  ];
}

/** Puts each table behind its wall, where it is not as it should be. */
export async function makeWalls(sql: Sql): Promise<void> {
  for (const table of await findGaps(sql)) {
    await sql.unsafe(`alter table ${table} enable row level security, force row level security`);
    const present = await sql<{ name: string }[]>`
      select polname as name from pg_policy where polrelid = ${table}::regclass`;
    for (const { name } of present) await sql`drop policy ${sql(name)} on ${sql(table)}`;
    for (const { name, command, rows } of policiesOf(tableRights[table]!)) {
      const check = command === "all" ? `with check (${rows})` : "";
      await sql.unsafe(`create policy ${name} on ${table} for ${command} using (${rows}) ${check}`);
    }
    // What PostgreSQL made of it is remembered beside what it was given: a change of either is seen.
    const [kept] = await sql<{ text: string }[]>`select ${keptPolicies(sql, table)} as text`;
    await sql.unsafe(
      `comment on policy rows_are_of_who_asks on ${table} is '${markOf(table, kept!.text)}'`,
    );
  }
}

/** Tables of the list that are not behind their wall, or behind another than the list says. */
export async function findGaps(sql: Sql): Promise<string[]> {
  const found = await sql<{ table: string; forced: boolean; text: string; mark: string | null }[]>`
    select c.relname as table, c.relrowsecurity and c.relforcerowsecurity as forced,
      ${keptPolicies(sql, sql`c.oid`)} as text,
      (select obj_description(p.oid, 'pg_policy') from pg_policy p
       where p.polrelid = c.oid and p.polname = 'rows_are_of_who_asks') as mark
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')`;
  const whole = new Set(
    found
      .filter(({ table, forced, text, mark }) => forced && mark === markOf(table, text))
      .map(({ table }) => table),
  );
  return Object.keys(tableRights).filter((table) => !whole.has(table));
}

/** How the session's own role could pass the walls by, in the words of PostgreSQL. */
export async function findWaysPast(sql: Sql): Promise<string[]> {
  const [role] = await sql<{ super: boolean; bypass: boolean }[]>`
    select bool_or(rolsuper) as super, bool_or(rolbypassrls) as bypass
    from pg_roles where pg_has_role(oid, 'member')`;
  return [...(role!.super ? ["SUPERUSER"] : []), ...(role!.bypass ? ["BYPASSRLS"] : [])];
}

/** All policies of a table as PostgreSQL keeps them. */
function keptPolicies(sql: Sql, table: string | postgres.PendingQuery<postgres.Row[]>) {
  const oid = typeof table === "string" ? sql`${table}::regclass` : table;
  return sql`(select coalesce(string_agg(concat_ws(' ', polname, polcmd, polpermissive, polroles,
      pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)), '; ' order by polname), '')
    from pg_policy where polrelid = ${oid})`;
}

function markOf(table: string, kept: string): string {
  const given = JSON.stringify(tableRights[table] ? policiesOf(tableRights[table]) : []);
  return createHash("sha256").update(`${given} ${kept}`).digest("hex");
}

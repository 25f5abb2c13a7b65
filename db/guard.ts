/**
 * Makes the database keep what `table-rights.ts` says: the seals of rows, and what the program's own role
 * may do. Run by the owner of the tables after each migration; checked by the program at each start.
 */
import type postgres from "postgres";
import { sealedTables, type TableRight, tableRights } from "./table-rights.ts";

type Sql = postgres.Sql | postgres.TransactionSql;

/** Gives each sealed table its trigger; what stood in it before is sealed now, once. */
export async function makeSeals(sql: Sql): Promise<void> {
  // As in `seal_row()`: a moment is written in UTC, whoever asks.
  await sql`set local timezone = 'UTC'`;
  for (const { table, key, without } of sealedTables) {
    const [made] = await sql`
      select 1 from pg_trigger where tgrelid = ${table}::regclass and tgname = 'row_is_sealed'`;
    if (made) continue;
    const args = [key, ...without].map((one) => `'${one}'`).join(", ");
    await sql.unsafe(
      `create constraint trigger row_is_sealed after insert on ${table}
       deferrable initially deferred for each row execute function seal_row(${args})`,
    );
    const columns = await columnsOf(sql, table, without);
    await sql.unsafe(
      `select append_seal(school_authority_id, '${table}', row_key, row_hash)
       from (${sealableRows(table, key, columns)} order by school_authority_id, ${key}) as rows
       where not exists (select from seals where sealed_table = '${table}' and seals.row_key = rows.row_key)`,
    );
  }
}

/** The columns that the seal of a row is made of, as the database has them today. */
export async function columnsOf(sql: Sql, table: string, without: readonly string[]) {
  const rows = await sql<{ name: string }[]>`
    select attname as name from pg_attribute
    where attrelid = ${table}::regclass and attnum > 0 and not attisdropped order by attnum`;
  return rows.map(({ name }) => name).filter((name) => !without.includes(name));
}

/**
 * SQL that gives authority, key and hash of each row, as `seal_row()` made it. The session's time zone must
 * be UTC. It names no function of ours: who can change the database could change that too.
 */
export function sealableRows(table: string, key: string, columns: string[]): string {
  const names = columns.map((name) => `"${name}"`).join(", ");
  return `select school_authority_id, ${key}::text as row_key,
      encode(sha256(convert_to(jsonb_strip_nulls(to_jsonb(sealable))::text, 'UTF8')), 'hex') as row_hash
    from (select ${names} from public.${table}) as sealable`;
}

/** Grants the role what the list says, and takes away whatever it had beyond. */
export async function grantRights(sql: Sql, role: string): Promise<void> {
  const to = sql(role);
  await sql`revoke all on all tables in schema public from ${to}`;
  await sql`grant usage on schema public, drizzle to ${to}`;
  await sql`grant select on all tables in schema drizzle to ${to}`;
  // Views of earlier states, read with the rights of the role that asks.
  await sql`grant usage on schema known to ${to}`;
  await sql`grant select on all tables in schema known to ${to}`;
  await sql`grant execute on all functions in schema known to ${to}`;
  await sql`grant execute on function pseudonymise(uuid, uuid, text) to ${to}`;
  // What members of a joint service see of it, for policies and for columns that are left out.
  await sql`grant execute on function document_stands(uuid), joint_service_is_shown(uuid, text),
    joint_member_is_shown(uuid, text), joint_plan_is_shown(uuid, text),
    joint_year_is_shown(uuid, integer, text), joint_change_is_shown(uuid, date, text),
    joint_settled_shares(uuid), joint_costs_by_kind(uuid), joint_payee(uuid) to ${to}`;
  for (const [table, right] of Object.entries(tableRights)) {
    const granted = ["select", ...(right.insert ? ["insert"] : []), ...updates(right)];
    if (right.delete) granted.push("delete");
    await sql`grant ${sql.unsafe(granted.join(", "))} on ${sql(table)} to ${to}`;
  }
}

function updates({ update }: TableRight): string[] {
  if (update === false) return [];
  return update === true ? ["update"] : [`update (${(update as readonly string[]).join(", ")})`];
}

export type RightsFound = {
  /** Tables with what the session's role may do to them beyond the list. */
  beyond: { table: string; rights: string[] }[];
  /** Tables that it lacks rights for, or that are not there. */
  lacking: string[];
};

/** Compares what the session's own role may do, by whatever way, with the list. */
export async function findRights(sql: Sql): Promise<RightsFound> {
  const found = await sql<Found[]>`
    select c.relname as table, pg_has_role(c.relowner, 'member') as owns,
      has_table_privilege(c.oid, 'select') as select, has_table_privilege(c.oid, 'insert') as insert,
      has_table_privilege(c.oid, 'update') as update, has_table_privilege(c.oid, 'delete') as delete,
      has_table_privilege(c.oid, 'truncate') as truncate,
      array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0
        and not a.attisdropped and has_column_privilege(c.oid, a.attnum, 'update')) as updatable
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')`;
  const byName = new Map(found.map((one) => [one.table, one]));
  const beyond = found.flatMap((one) => {
    const rights = beyondList(one, tableRights[one.table]);
    return rights.length > 0 ? [{ table: one.table, rights }] : [];
  });
  const lacking = Object.entries(tableRights).flatMap(([table, right]) => {
    const has = byName.get(table);
    const isEnough =
      has?.select &&
      (has.insert || !right.insert) &&
      (has.delete || !right.delete) &&
      (right.update === true
        ? has.update
        : namedColumns(right).every((c) => has.updatable.includes(c)));
    return isEnough ? [] : [table];
  });
  return { beyond, lacking };
}

type Found = {
  table: string;
  owns: boolean;
  select: boolean;
  insert: boolean;
  update: boolean;
  delete: boolean;
  truncate: boolean;
  updatable: string[];
};

/** A table that is not in the list: whatever the role may do to it is beyond. */
function beyondList(found: Found, right: TableRight | undefined): string[] {
  const named = right ? namedColumns(right) : [];
  const mayUpdate = right?.update !== true && found.updatable.some((name) => !named.includes(name));
  return [
    ...(found.owns ? ["OWNER"] : []),
    ...(found.insert && !right?.insert ? ["INSERT"] : []),
    ...(mayUpdate ? ["UPDATE"] : []),
    ...(found.delete && !right?.delete ? ["DELETE"] : []),
    ...(found.truncate ? ["TRUNCATE"] : []),
  ];
}

function namedColumns({ update }: TableRight): readonly string[] {
  return typeof update === "boolean" ? [] : update;
}

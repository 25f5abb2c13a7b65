/** The proof that every sealed row is as it came, that none is missing, and that none came without a seal. */
import { type SQL, sql } from "drizzle-orm";
import type { Verdict } from "#app/domain/journal.ts";
import type { Reader } from "#db/client.ts";
import { sealableRows } from "#db/guard.ts";
import { sealedTables } from "#db/table-rights.ts";
import { checkSeals, placesAtMost } from "./chain-proof.server.ts";

export async function proveSeals(reader: Reader, schoolAuthorityId: string): Promise<Verdict> {
  const { count, findings } = await checkSeals(reader, schoolAuthorityId);
  // `seal_row()` writes moments in UTC; lasts until the end of the transaction.
  await reader.execute(sql`select set_config('TimeZone', 'UTC', true)`);
  const columns = await columnsByTable(reader);
  const pseudonymised = await pseudonymisedTables(reader, schoolAuthorityId);
  for (const { table, key, without } of sealedTables) {
    const names = columns.get(table)?.filter((name) => !without.includes(name));
    if (!names) {
      findings.push(`Tabelle ${table}: fehlt`);
      continue;
    }
    const seals = pseudonymised.has(table) ? followedSeals : plainSeals;
    const rows = sealableRows(table, key, names);
    findings.push(...(await compareRows(reader, schoolAuthorityId, table, rows, seals)));
  }
  return { proof: "rows_keep_their_seals", checked: count, findings };
}

type Difference = { key: string; number: string | null; is_there: boolean };

/** Rows of now against the seals of now, in a reading of the past too: what was altered is altered in all of them. */
async function compareRows(
  reader: Reader,
  schoolAuthorityId: string,
  table: string,
  rowsOfTable: string,
  sealsOf: typeof plainSeals,
): Promise<string[]> {
  const rows = await reader.execute<Difference>(sql`
    select coalesce(kept.row_key, sealed.row_key) as key, sealed.number, kept.row_key is not null as is_there
    from (select * from (${sql.raw(rowsOfTable)}) as rows
      where school_authority_id = ${schoolAuthorityId}) as kept
    full join (${sealsOf(schoolAuthorityId, table)}) as sealed
      on sealed.row_key = kept.row_key
    where kept.row_hash is distinct from sealed.row_hash
    order by sealed.number, key limit ${placesAtMost}`);
  return rows.map(({ key, number, is_there }) => {
    const row = `Tabelle ${table}, Zeile ${key}`;
    if (number === null) return `${row}: hat kein Siegel`;
    return is_there ? `${row}: weicht von Siegel ${number} ab` : `${row}: fehlt (Siegel ${number})`;
  });
}

function plainSeals(schoolAuthorityId: string, table: string): SQL {
  return sql`select row_key, row_hash, number from public.seals
    where school_authority_id = ${schoolAuthorityId} and sealed_table = ${table}`;
}

/** From its seal on, a row is the one that each pseudonym on file says that it became. */
function followedSeals(schoolAuthorityId: string, table: string): SQL {
  return sql`with recursive states as (
      select row_key, row_hash, number, 0 as step from (${plainSeals(schoolAuthorityId, table)}) as seals
      union all
      select s.row_key, p.row_hash, s.number, s.step + 1 from states s join public.pseudonymisations p
        on p.school_authority_id = ${schoolAuthorityId} and p.sealed_table = ${table}
        and p.row_key = s.row_key and p.earlier_hash = s.row_hash
    )
    select distinct on (row_key) row_key, row_hash, number from states order by row_key, step desc`;
}

async function pseudonymisedTables(reader: Reader, schoolAuthorityId: string) {
  const rows = await reader.execute<{ table: string }>(sql`
    select distinct sealed_table as table from public.pseudonymisations
    where school_authority_id = ${schoolAuthorityId}`);
  return new Set(rows.map(({ table }) => table));
}

/** Taken from the database, so that a column that somebody added counts too. */
async function columnsByTable(reader: Reader): Promise<Map<string, string[]>> {
  const rows = await reader.execute<{ table: string; columns: string[] }>(sql`
    select c.relname as table, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') group by 1`);
  return new Map(rows.map(({ table, columns }) => [table, columns]));
}

/**
 * The proofs of both chains, in one pass of PostgreSQL over each: nothing is held in memory but what does not
 * fit. Each hash is reckoned anew from the columns, by SQL that stands here: a function kept in the database
 * could have been changed with it.
 */
import { type SQL, sql } from "drizzle-orm";
import type { Verdict } from "#app/domain/journal.ts";
import type { Reader } from "#db/client.ts";

/** More places than this are counted, not named. */
export const placesAtMost = 1_000;

/** The text that `entryHash` hashes, made of the columns. */
const textOfEntry = sql.raw(`
  '["' || school_authority_id || '",' || number || ',"' || account_id || '","' || account_kind || '","' || figure
  || '","' || amount || '","' || to_char(booked_on, 'YYYY-MM-DD') || '","' || to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  || '","' || recorded_by || '","' || document_kind || '","' || document_id || '",' || to_json(document_hash)::text
  || ',' || to_json(text)::text || ',' || coalesce(reverses_number::text, 'null') || ',' || to_json(previous_hash)::text || ']'`);

/** The text that `append_seal()` hashes. */
const textOfSeal = sql.raw(`
  '["' || school_authority_id || '",' || number || ',"' || sealed_table || '",' || to_json(row_key)::text || ',"' || row_hash
  || '","' || to_char(sealed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '","' || previous_hash || '"]'`);

type Link = {
  number: string;
  before: string;
  follows: boolean;
  linked: boolean;
  whole: boolean;
  places: string;
};

/** Links of a chain that do not fit, in their order; a count beyond `placesAtMost` stands in `places`. */
async function brokenLinks(
  reader: Reader,
  schoolAuthorityId: string,
  table: "entries" | "seals",
  text: SQL,
): Promise<Link[]> {
  const rows = await reader.execute<Link>(sql`
    select number, before, follows, linked, whole, count(*) over () as places from (
      select number, lag(number, 1, 0::bigint) over chain as before,
        number = lag(number, 1, 0::bigint) over chain + 1 as follows,
        previous_hash = lag(hash, 1, '') over chain as linked,
        hash = encode(sha256(convert_to(${text}, 'UTF8')), 'hex') as whole
      from ${sql.identifier(table)} where school_authority_id = ${schoolAuthorityId}
      window chain as (order by number)
    ) as links
    where not (follows and linked and whole) order by number limit ${placesAtMost}`);
  return [...rows];
}

/** The last link of a chain and how many it has. */
async function endOf(reader: Reader, schoolAuthorityId: string, table: "entries" | "seals") {
  const [end] = await reader.execute<{ count: string; number: string; hash: string }>(sql`
    select (select count(*) from ${sql.identifier(table)} where school_authority_id = ${schoolAuthorityId}) as count,
      coalesce(max(number), 0) as number, coalesce(max(hash), '') as hash
    from (select number, hash from ${sql.identifier(table)} where school_authority_id = ${schoolAuthorityId}
      order by number desc limit 1) as last`);
  return { count: Number(end!.count), number: Number(end!.number), hash: end!.hash };
}

/** That the journal's numbers have no gap, and that its chain closes at the head that is kept beside it. */
export async function proveJournal(reader: Reader, schoolAuthorityId: string): Promise<Verdict[]> {
  const links = await brokenLinks(reader, schoolAuthorityId, "entries", textOfEntry);
  const end = await endOf(reader, schoolAuthorityId, "entries");
  const [head] = await reader.execute<{ number: string; hash: string }>(
    sql`select number, hash from journal_heads where school_authority_id = ${schoolAuthorityId}`,
  );
  const broken = links
    .filter(({ linked, whole }) => !linked || !whole)
    .map(({ number }) => `Buchung ${number}: Siegel passt nicht`);
  if (!head || Number(head.number) !== end.number || head.hash !== end.hash) {
    broken.push(
      `Ende des Journals: Kopf nennt Buchung ${head?.number ?? "–"}, die letzte ist ${end.number}`,
    );
  }
  return [
    { proof: "numbers_without_gap", checked: end.count, findings: gaps(links, "Buchung") },
    { proof: "chain_closes", checked: end.count, findings: [...broken, ...more(links)] },
  ];
}

/** What is broken in the chain of seals, and how many seals there are. */
export async function checkSeals(reader: Reader, schoolAuthorityId: string) {
  const links = await brokenLinks(reader, schoolAuthorityId, "seals", textOfSeal);
  const { count } = await endOf(reader, schoolAuthorityId, "seals");
  const broken = links
    .filter(({ linked, whole }) => !linked || !whole)
    .map(({ number }) => `Siegel ${number}: passt nicht zum vorigen oder zu seinem Inhalt`);
  return { count, findings: [...gaps(links, "Siegel"), ...broken, ...more(links)] };
}

function gaps(links: Link[], word: string): string[] {
  return links
    .filter(({ follows }) => !follows)
    .map(({ number, before }) => `Nummer ${Number(before) + 1} fehlt vor ${word} ${number}`);
}

function more(links: Link[]): string[] {
  const rest = Number(links[0]?.places ?? 0) - links.length;
  return rest > 0 ? [`und ${rest} weitere Stellen`] : [];
}

/** What the heads that are kept outside the database, in a file or on paper, say of the books in it. */
import { sql } from "drizzle-orm";
import { db } from "#db/client.ts";
import { type HeadLine, hashOfLine, headsFile, readHeadLines } from "./heads.server.ts";

export type HeadFindings = { checked: number; findings: string[] };

const linesAtOnce = 1_000;

/**
 * That the file is whole and each of its lines found again in the books. A line that is missing at its end is
 * found where the database still remembers that it was written; where both were set back, only by a head on
 * paper or by a copy of the file.
 */
export async function verifyHeadsFile(): Promise<HeadFindings> {
  // Before the file: what a running program writes meanwhile is in the file then.
  const written = await linesWritten();
  const findings: string[] = [];
  const kept = new Set<string>();
  let [checked, previous] = [0, ""];
  let waiting: Numbered[] = [];
  for await (const line of readHeadLines()) {
    checked += 1;
    if (typeof line === "string") {
      findings.push(`Zeile ${checked} der Datei ist nicht lesbar`);
      continue;
    }
    if (hashOfLine(line) !== line.lineHash) {
      findings.push(`Zeile ${checked} der Datei ist verändert: Prüfsumme passt nicht`);
    }
    if (line.previous !== previous) {
      findings.push(`Vor Zeile ${checked} der Datei fehlt eine Zeile, oder sie ist verändert`);
    }
    previous = line.lineHash;
    kept.add(line.lineHash);
    waiting.push({ line, at: checked });
    if (waiting.length === linesAtOnce) {
      findings.push(...(await missingInBooks(waiting)));
      waiting = [];
    }
  }
  findings.push(...(await missingInBooks(waiting)), ...missingInFile(written, kept));
  return { checked, findings };
}

type Numbered = { line: HeadLine; at: number };
type Place = { authority: string; number: number; hash: string };

async function missingInBooks(lines: Numbered[]): Promise<string[]> {
  const entriesOf = await hashesAt(
    "entries",
    lines.map(({ line }) => ({ ...line, number: line.entry })),
  );
  const sealsOf = await hashesAt(
    "seals",
    lines.map(({ line }) => ({ ...line, number: line.seal })),
  );
  return lines.flatMap(({ line, at }) => {
    const { authority, name, entry, hash, seal, sealHash } = line;
    const where = `Zeile ${at} der Datei (${name}, ${line.moment})`;
    return [
      ...compare(entriesOf.get(`${authority} ${entry}`), entry, hash, `${where}: Buchung ${entry}`),
      ...compare(sealsOf.get(`${authority} ${seal}`), seal, sealHash, `${where}: Siegel ${seal}`),
    ];
  });
}

function compare(found: string | undefined, number: number, hash: string, what: string): string[] {
  if (number === 0 || found === hash) return [];
  return [found === undefined ? `${what} fehlt` : `${what} hat eine andere Prüfsumme`];
}

/** The hashes that the books have at these numbers. */
async function hashesAt(table: "entries" | "seals", places: Pick<Place, "authority" | "number">[]) {
  const wanted = JSON.stringify(places.map(({ authority, number }) => ({ authority, number })));
  const rows = await db.execute<{ authority: string; number: string; hash: string }>(sql`
    select t.school_authority_id as authority, t.number, t.hash
    from json_to_recordset(${wanted}::json) as wanted (authority uuid, number bigint)
    join ${sql.identifier(table)} t on t.school_authority_id = wanted.authority and t.number = wanted.number`);
  return new Map(rows.map(({ authority, number, hash }) => [`${authority} ${number}`, hash]));
}

/** Lines of which the database remembers that they were written. */
async function linesWritten() {
  const rows = await db.execute<{ line: string; name: string; moment: string; entry: string }>(sql`
    select h.line_hash as line, a.name, to_char(h.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as moment,
      h.entry_number as entry
    from recorded_heads h join school_authorities a on a.id = h.school_authority_id order by h.recorded_at`);
  return [...rows];
}

function missingInFile(rows: Awaited<ReturnType<typeof linesWritten>>, kept: Set<string>) {
  const missing = rows.filter(({ line }) => !kept.has(line));
  if (missing.length === rows.length && kept.size === 0 && rows.length > 0) {
    return [`Die Datei ${headsFile()} fehlt oder ist leer; ${rows.length} Zeilen standen in ihr`];
  }
  return missing.map(
    ({ name, moment, entry }) =>
      `In der Datei fehlt die Zeile vom ${moment} (${name}, Buchung ${entry})`,
  );
}

const printed = /^\s*(Buchung|Siegel) (\d{1,15}), Prüfsumme ([0-9a-f]{8,64})…?\s*$/u;

/**
 * A head as a workbook prints it („Buchung 123, Prüfsumme abc…“; eight characters of the hash or more): whether
 * an authority's books have it.
 */
export async function verifyPrintedHead(text: string): Promise<string | undefined> {
  const [, word, number, hash] = printed.exec(text) ?? [];
  if (!word || !number || !hash) {
    return `„${text}“ ist nicht von der Form „Buchung 123, Prüfsumme 0a1b2c3d…“`;
  }
  const table = sql.identifier(word === "Buchung" ? "entries" : "seals");
  const rows = await db.execute<{ hash: string }>(
    sql`select hash from ${table} where number = ${number}`,
  );
  if (rows.some((row) => row.hash.startsWith(hash))) return undefined;
  return rows.length === 0
    ? `${word} ${number} fehlt, obwohl sie gedruckt ist`
    : `${word} ${number} hat eine andere Prüfsumme als gedruckt (${hash})`;
}

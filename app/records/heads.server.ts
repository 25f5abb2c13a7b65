/**
 * Heads of the books (Köpfe) outside the database: who cuts the end of a chain and sets its head back leaves
 * nothing in the database by which it could be found. So once a day and with each export the last entry and
 * the last seal are appended to a file, each line with the hash of the one before.
 */
import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { mkdir, open } from "node:fs/promises";
import path from "node:path";
import { sql } from "drizzle-orm";
import { now } from "#app/clock.server.ts";
import { settings } from "#app/env.server.ts";
import { OperatorError } from "#app/operator-error.ts";
import { db } from "#db/client.ts";
import { withLock } from "#db/embedded/lock.ts";
import { schoolAuthorities } from "#db/schema/authorities.ts";
import { recordedHeads } from "#db/schema/seals.ts";

export type Head = { entry: number; hash: string; seal: number; sealHash: string };

export type HeadLine = Head & {
  moment: string;
  authority: string;
  name: string;
  occasion: "daily" | "export";
  /** Hash of the line before, empty in the first. */
  previous: string;
  /** SHA-256 of this line without this field. */
  lineHash: string;
};

export function headsFile(): string {
  return path.join(settings.headsFolder, "journal-heads.jsonl");
}

/** @throws OperatorError when the file can't be appended to: then no head would be kept. */
export async function openHeadsFile(): Promise<void> {
  try {
    await mkdir(settings.headsFolder, { recursive: true });
    await (await open(headsFile(), "a")).close();
  } catch (error) {
    throw new OperatorError(
      `In den Ordner ${settings.headsFolder} (PAKTBUCH_HEADS), in dem die Prüfsummen der Journale stehen, ` +
        `lässt sich nicht schreiben (${(error as NodeJS.ErrnoException).code}).`,
    );
  }
}

/** Appends the heads of one authority. The file first: a row without its line would be a false alarm. */
export async function recordHead(
  { id, name }: { id: string; name: string },
  occasion: HeadLine["occasion"],
): Promise<void> {
  await openHeadsFile();
  await withLock(`${headsFile()}.lock`, async () => {
    const head = await readHead(id);
    const moment = now();
    const line = sealedLine({
      moment: moment.toISOString(),
      authority: id,
      name,
      ...head,
      occasion,
      previous: await lastHash(),
    });
    await append(line);
    await db.insert(recordedHeads).values({
      schoolAuthorityId: id,
      recordedAt: moment,
      entryNumber: head.entry,
      entryHash: head.hash,
      sealNumber: head.seal,
      sealHash: head.sealHash,
      lineHash: line.lineHash,
    });
  });
}

/** Appends the heads of each authority that has none of this day (UTC) yet. */
export async function recordDailyHeads(): Promise<void> {
  const rows = await db.execute<{ id: string; name: string }>(sql`
    select id, name from ${schoolAuthorities} a where not exists (
      select from ${recordedHeads} h where h.school_authority_id = a.id
        and h.recorded_at >= date_trunc('day', ${now().toISOString()}::timestamptz, 'UTC'))
    order by name`);
  for (const authority of rows) await recordHead(authority, "daily");
}

async function readHead(authority: string): Promise<Head> {
  const [head] = await db.execute<{ entry: string; hash: string; seal: string; seal_hash: string }>(
    sql`select h.number as entry, h.hash, coalesce(s.number, 0) as seal, coalesce(s.hash, '') as seal_hash
      from journal_heads h left join lateral (
        select number, hash from seals where school_authority_id = ${authority} order by number desc limit 1
      ) as s on true where h.school_authority_id = ${authority}`,
  );
  if (!head) throw new Error("an authority without journal");
  return {
    entry: Number(head.entry),
    hash: head.hash,
    seal: Number(head.seal),
    sealHash: head.seal_hash,
  };
}

function sealedLine(line: Omit<HeadLine, "lineHash">): HeadLine {
  return { ...line, lineHash: hashOfLine(line) };
}

export function hashOfLine(line: Omit<HeadLine, "lineHash">): string {
  const { moment, authority, name, entry, hash, seal, sealHash, occasion, previous } = line;
  const fields = [moment, authority, name, entry, hash, seal, sealHash, occasion, previous];
  return createHash("sha256").update(JSON.stringify(fields)).digest("hex");
}

/** Written through to the disk before the export goes out. */
async function append(line: HeadLine): Promise<void> {
  const file = await open(headsFile(), "a");
  try {
    await file.appendFile(`${JSON.stringify(line)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function lastHash(): Promise<string> {
  let last = "";
  for await (const line of readHeadLines()) {
    if (typeof line !== "string") last = line.lineHash;
  }
  return last;
}

/** The lines of the file in their order; one that can't be read comes as its text. */
export async function* readHeadLines(): AsyncGenerator<HeadLine | string> {
  if (!existsSync(headsFile())) return;
  let rest = "";
  for await (const piece of createReadStream(headsFile(), "utf8")) {
    const texts = (rest + piece).split("\n");
    rest = texts.pop()!;
    for (const text of texts) yield parsed(text);
  }
  if (rest) yield parsed(rest);
}

function parsed(text: string): HeadLine | string {
  try {
    const line = JSON.parse(text) as HeadLine;
    return typeof line?.lineHash === "string" ? line : text;
  } catch {
    return text;
  }
}

/**
 * Backup (Datensicherung) of everything: each table, the files outside the database, the heads of the journals.
 * All of it is of one moment, while the program goes on working.
 */
import { Readable } from "node:stream";
import { now } from "#app/clock.server.ts";
import { readHeadLines } from "#app/records/heads.server.ts";
import { openStoredFile, type StoredFile } from "#app/records/stored-files.server.ts";
import { appliedMigrations, knownMigrations } from "#app/server/migrations.ts";
import program from "../../package.json" with { type: "json" };
import { type Member, writeArchive } from "./archive.server.ts";
import { findDifferences, readFigures } from "./books.server.ts";
import {
  type AuthorityBooks,
  headsName,
  type Manifest,
  manifestName,
  pathOfFile,
  pathOfTable,
} from "./manifest.ts";
import { columnsOfTable, countRows, leftOut, listTables, readSequences } from "./tables.server.ts";
import { type Books, withinTransaction } from "./transaction.server.ts";

export type Progress = (step: BackupStep) => void;
export type BackupStep =
  | { step: "table"; name: string; rows: number; at: number; of: number }
  | { step: "file"; at: number; of: number };

/**
 * Writes the backup and says what is in it. The database is at this program's schema.
 * @throws OperatorError where it can't be written, Error where a file that the books name can't be read
 */
export function makeBackup(
  url: string,
  file: string,
  { onProgress = () => {}, signal }: { onProgress?: Progress; signal?: AbortSignal } = {},
): Promise<Manifest> {
  return withinTransaction(url, "read only", async (books) => {
    const madeAt = now();
    const frame = await readFrame(books, madeAt);
    const { tables } = frame;
    const names = Object.keys(tables);
    const stored = await listFiles(books);
    const heads = await knownHeadLines(books);
    const members: Member[] = [
      ...names.map((name, at) => ({
        path: pathOfTable(name),
        isPacked: false,
        open: async () => {
          const { rows, columns } = tables[name]!;
          onProgress({ step: "table", name, rows, at: at + 1, of: names.length });
          return copyOut(books, name, columns);
        },
      })),
      ...stored.map((one, at) => ({
        path: pathOfFile(one.hash),
        isPacked: true,
        open: async () => {
          onProgress({ step: "file", at: at + 1, of: stored.length });
          return openStoredFile(one);
        },
      })),
      {
        path: headsName,
        isPacked: false,
        open: async () => Readable.from([Buffer.from(heads)]),
      },
    ];
    let manifest: Manifest | undefined;
    const content = (sums: Manifest["members"]) => {
      manifest = { ...frame, members: sums };
      return JSON.stringify(manifest, undefined, 1);
    };
    await writeArchive(file, madeAt, members, { path: manifestName, content }, signal);
    return manifest!;
  });
}

async function readFrame(books: Books, madeAt: Date): Promise<Omit<Manifest, "members">> {
  const { sql } = books;
  const latest = Math.max(...(await appliedMigrations(sql)));
  const authorities: AuthorityBooks[] = [];
  for (const figures of await readFigures(books)) {
    authorities.push({ ...figures, findings: await findDifferences(books, figures.id) });
  }
  const tables: Manifest["tables"] = {};
  for (const name of await listTables(sql)) {
    if (leftOut[name]) continue;
    tables[name] = { columns: await columnsOfTable(sql, name), rows: await countRows(sql, name) };
  }
  return {
    format: 1,
    program: program.version,
    madeAt: madeAt.toISOString(),
    migration: { when: latest, tag: knownMigrations().get(latest)! },
    authorities,
    tables,
    sequences: await readSequences(sql),
  };
}

/** The rows in PostgreSQL's own text form, a line each. */
async function* copyOut({ sql }: Books, table: string, columns: string[]) {
  const query = sql`copy (select ${sql(columns)} from ${sql(`public.${table}`)}) to stdout`;
  const rows = await query.readable();
  yield* rows;
  // postgres.js rests its socket while rows wait, and wakes it when more are asked for: never after the last.
  rows._read(0);
}

/** What lies outside the database, each content once; what is in it comes with its rows. */
async function listFiles({ sql }: Books): Promise<StoredFile[]> {
  const rows = await sql<StoredFile[]>`
    select distinct on (hash) id, hash, size, stored_in as "storedIn" from attachments
    where stored_in <> 'database' order by hash, stored_in`;
  return [...rows];
}

/**
 * The file of heads up to the last line that this moment of the database remembers: a line that was written
 * since belongs to books that are not in the backup.
 */
async function knownHeadLines({ sql }: Books): Promise<string> {
  const rows = await sql<{ line: string }[]>`select line_hash as line from recorded_heads`;
  const remembered = new Set(rows.map(({ line }) => line));
  let [kept, since] = ["", ""];
  for await (const line of readHeadLines()) {
    since += `${typeof line === "string" ? line : JSON.stringify(line)}\n`;
    if (typeof line === "string" || !remembered.has(line.lineHash)) continue;
    kept += since;
    since = "";
  }
  return kept;
}

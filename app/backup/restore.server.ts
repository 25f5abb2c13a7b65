/**
 * Restore (Wiederherstellung) of a backup into an empty database, in one transaction: the schema of then, its
 * rows, the migrations since, and every proof of the books. What does not hold leaves nothing behind.
 */
import { pipeline } from "node:stream/promises";
import { isDeepStrictEqual } from "node:util";
import { OperatorError } from "#app/operator-error.ts";
import { appliedMigrations, knownMigrations, migrateBetween } from "#app/server/migrations.ts";
import {
  keepRules,
  makeViews,
  refuseOldServer,
  roleIn,
  waitForOthers,
} from "#app/server/prepare-database.ts";
import { findDifferences, readFigures } from "./books.server.ts";
import { type Manifest, pathOfTable } from "./manifest.ts";
import { type OpenedBackup, openBackup } from "./opened.server.ts";
import { placeFiles, placeHeads } from "./outside.server.ts";
import { columnsOfTable, countRows, leftOut, listTables } from "./tables.server.ts";
import { type Books, withinTransaction } from "./transaction.server.ts";

export type RestoreStep =
  | { step: "opened"; manifest: Manifest; mark: string }
  | { step: "table"; name: string; rows: number; at: number; of: number }
  | { step: "files"; count: number }
  | { step: "proving"; authority: string };

/**
 * Restores the file into the database of the owner's address, for a program that signs in with the other.
 * @throws OperatorError with the first thing that is not as the backup says
 */
export async function restoreBackup(
  file: string,
  { url, ownerUrl }: { url: string; ownerUrl: string },
  onProgress: (step: RestoreStep) => void = () => {},
): Promise<Manifest> {
  const backup = await openBackup(file);
  try {
    const { manifest, mark } = backup;
    refuseNewer(manifest);
    onProgress({ step: "opened", manifest, mark });
    await withinTransaction(ownerUrl, "read write", async (books) => {
      await refuseOldServer(books.sql);
      await waitForOthers(books.sql);
      await refuseFull(books);
      await bringBack(books, backup, onProgress);
      await bringUp(books, manifest, roleIn(url) === roleIn(ownerUrl) ? undefined : roleIn(url));
      await prove(books, manifest, onProgress);
      onProgress({ step: "files", count: await placeFiles(books, backup) });
      // The last thing before the end: only what is there counts as restored.
      await placeHeads(backup);
    });
    return manifest;
  } finally {
    backup.close();
  }
}

function refuseNewer({ migration, program }: Manifest): void {
  if (knownMigrations().get(migration.when) === migration.tag) return;
  throw new OperatorError(
    `Die Sicherung ist von einer anderen Fassung von Paktbuch (${program}, Stand „${migration.tag}“), ` +
      "die dieses Programm nicht kennt; bitte mit jener Fassung oder einer neueren wiederherstellen.",
  );
}

async function refuseFull({ sql }: Books): Promise<void> {
  const [found] = await sql`
    select 1 from pg_class where relkind in ('r', 'p', 'v', 'm', 'S')
      and relnamespace not in (select oid from pg_namespace where nspname like 'pg\\_%' or nspname = 'information_schema')
    limit 1`;
  if (!found && (await appliedMigrations(sql)).length === 0) return;
  throw new OperatorError(
    "Die Datenbank ist nicht leer; wiederhergestellt wird nur in eine neue, leere Datenbank.",
  );
}

/** The schema of the backup and its rows, each as it was; no trigger adds to them or seals them again. */
async function bringBack(
  books: Books,
  { manifest, open }: OpenedBackup,
  onProgress: (step: RestoreStep) => void,
): Promise<void> {
  const { sql } = books;
  await migrateBetween(sql, { after: 0, until: manifest.migration.when });
  const names = await listTables(sql);
  const expected = names.filter((name) => !leftOut[name]);
  if (!isDeepStrictEqual(new Set(Object.keys(manifest.tables)), new Set(expected))) {
    throw unlike("Tabellen");
  }
  for (const [at, name] of expected.entries()) {
    const { columns, rows } = manifest.tables[name]!;
    onProgress({ step: "table", name, rows, at: at + 1, of: expected.length });
    if (!isDeepStrictEqual(columns, await columnsOfTable(sql, name))) {
      throw unlike(`Spalten von ${name}`);
    }
    await copyIn(books, name, columns, await open(pathOfTable(name)));
    if ((await countRows(sql, name)) !== rows) throw unlike(`Zeilen von ${name}`);
  }
  for (const [name, next] of Object.entries(manifest.sequences)) {
    await sql`select setval(${name}::regclass, ${next}::bigint, false)`;
  }
  const figures = manifest.authorities.map(({ findings: _, ...rest }) => rest);
  if (!isDeepStrictEqual(await readFigures(books), figures)) {
    throw unlike("Kontrollsummen oder Enden der Journale");
  }
}

/** COPY knows no walls between rows and would refuse a table that has them, were they not open for its time. */
async function copyIn(
  { sql }: Books,
  table: string,
  columns: string[],
  rows: NodeJS.ReadableStream,
): Promise<void> {
  const name = sql(`public.${table}`);
  const [{ walled } = {}] = await sql`
    select relforcerowsecurity as walled from pg_class where oid = ${`public.${table}`}::regclass`;
  if (walled) await sql`alter table ${name} no force row level security`;
  await sql`alter table ${name} disable trigger user`;
  await pipeline(rows, await sql`copy ${name} (${sql(columns)}) from stdin`.writable());
  await sql`alter table ${name} enable trigger user`;
  if (walled) await sql`alter table ${name} force row level security`;
}

/** What came since the backup, as a start of the program would do it. */
async function bringUp({ sql }: Books, manifest: Manifest, role: string | undefined) {
  const latest = Math.max(...knownMigrations().keys());
  await migrateBetween(sql, { after: manifest.migration.when, until: latest });
  await makeViews(sql);
  await keepRules(sql, role);
  await sql`analyze`;
}

/** A difference that was there already is restored with the rest, and named again by `npm run verify`. */
async function prove(
  books: Books,
  { authorities }: Manifest,
  onProgress: (step: RestoreStep) => void,
): Promise<void> {
  for (const { id, name, findings } of authorities) {
    onProgress({ step: "proving", authority: name });
    const found = await findDifferences(books, id);
    const fresh = found.filter((one) => !findings.includes(one));
    if (fresh.length > 0) {
      throw new OperatorError(
        `Die Bücher von ${name} stimmen nicht (${fresh.length} Abweichungen): ${fresh[0]}.`,
      );
    }
  }
}

function unlike(what: string): OperatorError {
  return new OperatorError(`Die Sicherung ist in sich nicht stimmig: ${what} weichen ab.`);
}

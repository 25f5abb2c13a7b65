import { createHash, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import JSZip from "jszip";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from "vitest";
import { makeBackup } from "#app/backup/backup.server.ts";
import { findDifferences, readFigures } from "#app/backup/books.server.ts";
import type { Manifest } from "#app/backup/manifest.ts";
import { restoreBackup } from "#app/backup/restore.server.ts";
import { leftOut } from "#app/backup/tables.server.ts";
import { withinTransaction } from "#app/backup/transaction.server.ts";
import { loadDemo } from "#app/demo/load-demo.server.ts";
import { databaseUrl, settings } from "#app/env.server.ts";
import { attachFile } from "#app/records/attachments.server.ts";
import { headsFile, recordHead } from "#app/records/heads.server.ts";
import { prepareDatabase } from "#app/server/prepare-database.ts";
import { pathOf } from "#app/storage/file-store.ts";
import { accepted, createOffice, createSchools } from "#tests/support/factories.ts";
import { createOfficeDatabase } from "#tests/support/office-server.ts";

const appUrl = databaseUrl()!;
const serverUrl = inject("serverUrl");
const ownerUrl = onDatabase(serverUrl, new URL(appUrl).pathname.slice(1));
const admin = postgres(serverUrl, { max: 1, onnotice() {} });
const made: string[] = [];
let folder: string;
let backup: string;
let manifest: Manifest;
let files: { hash: string; content: Buffer }[];

/** An office with the example's book, files in the database and in a folder, and a kept head. */
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "paktbuch-backup-"));
  settings.files.folder = path.join(folder, "files");
  await loadDemo();
  const { clerk } = await createOffice();
  const [school] = await createSchools(clerk);
  files = [];
  for (const store of ["database", "folder"] as const) {
    settings.files.store = store;
    const content = Buffer.from(`Beleg in ${store} ${randomUUID()}\n`.repeat(500));
    const place = { subject: "school" as const, subjectId: school!.id };
    accepted(await attachFile(clerk, place, { name: `${store}.txt`, content }));
    files.push({ hash: createHash("sha256").update(content).digest("hex"), content });
  }
  settings.files.store = "database";
  await recordHead({ id: clerk.schoolAuthorityId, name: "Musterstadt" }, "daily");
  backup = path.join(folder, "sicherung.zip");
  manifest = await makeBackup(ownerUrl, backup);
}, 120_000);

afterAll(async () => {
  for (const name of made) await admin.unsafe(`drop database if exists ${name} with (force)`);
  await admin.end();
  await rm(folder, { recursive: true, force: true });
});

describe("a backup", () => {
  test("has every table of the catalogue, or the reason why not", async () => {
    const rows = await withinTransaction(
      ownerUrl,
      "read only",
      ({ sql }) => sql<{ name: string }[]>`
      select relname as name from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by 1`,
    );
    expect([...Object.keys(manifest.tables), ...Object.keys(leftOut)].sort()).toEqual(
      rows.map(({ name }) => name),
    );
    expect(manifest.authorities.map(({ findings }) => findings)).toEqual([[], []]);
  });

  test("is readable by its owner only and leaves no half file", async () => {
    expect((await stat(backup)).mode & 0o777).toBe(0o600);
    expect((await readdir(folder)).filter((name) => name.includes("unfertig"))).toEqual([]);
  });

  test("never takes the place of another file", async () => {
    const before = await readFile(backup);
    await expect(makeBackup(ownerUrl, backup)).rejects.toThrow(/gibt es schon/);
    expect((await readFile(backup)).equals(before)).toBe(true);
  });

  test("that is broken off leaves nothing", async () => {
    const file = path.join(folder, "abgebrochen.zip");
    const breaking = new AbortController();
    const running = makeBackup(ownerUrl, file, {
      signal: breaking.signal,
      onProgress: () => breaking.abort(),
    });
    await expect(running).rejects.toThrow(/abort/i);
    expect(existsSync(file) || existsSync(`${file}.unfertig`)).toBe(false);
  });
});

describe("a restore", () => {
  test("brings back books, chains, sums and files as they were", async () => {
    const target = await emptyDatabase();
    const places = await otherPlaces();
    await restoreBackup(backup, target);
    const [before, after] = await Promise.all([ownerUrl, target.ownerUrl].map(readAll));
    expect(after!.figures).toEqual(before!.figures);
    expect(after!.rows).toEqual(before!.rows);
    expect(after!.findings).toEqual([[], []]);
    for (const { hash, content } of files) {
      const inFolder = path.join(places.files, pathOf(hash));
      const bytes = existsSync(inFolder) ? await readFile(inFolder) : after!.files.get(hash);
      expect(bytes?.equals(content)).toBe(true);
    }
    expect(await readFile(path.join(places.heads, "journal-heads.jsonl"))).toEqual(places.original);
    places.back();
    // The program starts on it, with a role that may do what the list says and nothing beyond.
    await prepareDatabase(target.url, target.ownerUrl);
  }, 120_000);

  test("into a database that holds anything is refused", async () => {
    await expect(restoreBackup(backup, { url: appUrl, ownerUrl })).rejects.toThrow(/nicht leer/);
    const target = await emptyDatabase();
    const sql = postgres(target.ownerUrl, { max: 1 });
    await sql`create table notes (line text)`;
    await sql.end();
    await expect(restoreBackup(backup, target)).rejects.toThrow(/nicht leer/);
  });

  test("keeps another file of heads, which may know of newer books", async () => {
    const target = await emptyDatabase();
    const places = await otherPlaces();
    await writeFile(headsFile(), "eine andere Zeile\n");
    await expect(restoreBackup(backup, target)).rejects.toThrow(/PAKTBUCH_HEADS/);
    expect(await readFile(headsFile(), "utf8")).toBe("eine andere Zeile\n");
    places.back();
    expect(await tablesIn(target.ownerUrl)).toBe(0);
  }, 60_000);

  test("works for an owner who is no superuser, and its walls hold for that owner too", async () => {
    const { url, ownerUrl: walled, drop } = await createOfficeDatabase();
    onTestFinished(drop);
    const places = await otherPlaces();
    await restoreBackup(backup, { url, ownerUrl: walled }).finally(places.back);
    const { figures, findings } = await readAll(walled);
    expect(figures.map(({ id }) => id)).toEqual(manifest.authorities.map(({ id }) => id));
    expect(findings).toEqual([[], []]);
    await prepareDatabase(url, walled);
    const owner = postgres(walled, { max: 1 });
    expect(await owner`select from entries`).toHaveLength(0);
    await owner.end();
  }, 120_000);
});

// prettier-ignore
test.each([
  { what: "one byte of a member is another",        alter: oneByte,       sentence: /beschädigt oder verändert/ },
  { what: "a line of the change log is gone, with its count and sum made fit", alter: (zip: JSZip) => withoutLine(zip, "changes"),  sentence: /stimmen nicht.*changes.*fehlt/ },
  { what: "an entry is gone, with its count and sum made fit",  alter: (zip: JSZip) => withoutLine(zip, "entries"),  sentence: /Kontrollsummen|weichen ab/ },
  { what: "an amount is another, with its sum made fit",        alter: otherText("entries", /\t(\d+)\.(\d\d)\t/, "\t1$1.$2\t"),  sentence: /Kontrollsummen/ },
  { what: "a user's role is another, with its sum made fit",    alter: otherText("role_assignments", /\tboard\t/, "\tadministrator\t"), sentence: /stimmen nicht.*role_assignments.*weicht/ },
  { what: "a member is missing",                    alter: (zip: JSZip) => zip.remove("tables/grants.tsv"), sentence: /grants.tsv fehlt/ },
  { what: "a member is too many",                   alter: (zip: JSZip) => zip.file("tables/more.tsv", "", { createFolders: false }), sentence: /steht nicht im Verzeichnis/ },
  { what: "it is of a newer program",               alter: (zip: JSZip) => changeManifest(zip, (one) => Object.assign(one.migration, { tag: "0099_later" })), sentence: /nicht kennt/ },
])("a backup of which $what is refused, and nothing is left", async ({ alter, sentence }) => {
  const file = path.join(folder, `${randomUUID()}.zip`);
  const zip = await JSZip.loadAsync(await readFile(backup));
  await alter(zip);
  await writeFile(file, await zip.generateAsync({ type: "nodebuffer" }));
  const target = await emptyDatabase();
  const places = await otherPlaces();
  await expect(restoreBackup(file, target).finally(places.back)).rejects.toThrow(sentence);
  expect(await tablesIn(target.ownerUrl)).toBe(0);
}, 60_000);

test("a file that is no backup is named", async () => {
  const target = await emptyDatabase();
  const text = path.join(folder, "brief.txt");
  await writeFile(text, "Sehr geehrte Damen und Herren");
  await expect(restoreBackup(text, target)).rejects.toThrow(/keine Sicherung/);
  await expect(restoreBackup(path.join(folder, "fehlt.zip"), target)).rejects.toThrow(/ENOENT/);
});

function onDatabase(url: string, name: string): string {
  return Object.assign(new URL(url), { pathname: `/${name}` }).toString();
}

async function emptyDatabase(): Promise<{ url: string; ownerUrl: string }> {
  const name = `paktbuch_restored_${randomUUID().replaceAll("-", "")}`;
  await admin.unsafe(`create database ${name}`);
  made.push(name);
  return { url: onDatabase(inject("appUrl"), name), ownerUrl: onDatabase(serverUrl, name) };
}

/** Another machine: its own folders for files and heads. */
async function otherPlaces() {
  const original = await readFile(headsFile());
  const before = { heads: settings.headsFolder, files: settings.files.folder };
  settings.headsFolder = await mkdtemp(path.join(folder, "heads-"));
  settings.files.folder = await mkdtemp(path.join(folder, "files-"));
  const back = () => {
    settings.headsFolder = before.heads;
    settings.files.folder = before.files;
  };
  return { original, heads: settings.headsFolder, files: settings.files.folder, back };
}

/** Everything of a database that can be compared: each row of each table as text. */
function readAll(url: string) {
  return withinTransaction(url, "read only", async (books) => {
    const figures = await readFigures(books);
    const findings = [];
    for (const { id } of figures) findings.push(await findDifferences(books, id));
    const rows: Record<string, string | undefined> = {};
    for (const name of Object.keys(manifest.tables)) {
      const [row] = await books.sql<{ sum: string }[]>`
        select md5(string_agg(t::text, '|' order by t::text)) as sum from ${books.sql(name)} t`;
      rows[name] = row!.sum;
    }
    const kept = await books.sql<{ hash: string; content: Buffer }[]>`
      select hash, content from attachments where content is not null`;
    return { figures, findings, rows, files: new Map(kept.map((one) => [one.hash, one.content])) };
  });
}

async function tablesIn(url: string): Promise<number> {
  const sql = postgres(url, { max: 1 });
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from pg_class
    where relnamespace = 'public'::regnamespace or relname = '__drizzle_migrations'`;
  await sql.end();
  return row!.count;
}

async function changeManifest(zip: JSZip, change: (manifest: Manifest) => void) {
  const manifest = JSON.parse(await zip.file("manifest.json")!.async("string")) as Manifest;
  change(manifest);
  zip.file("manifest.json", JSON.stringify(manifest));
}

/** Replaces a table's rows and lets the manifest agree: what somebody does who knows the form. */
async function replaceRows(zip: JSZip, table: string, text: string) {
  const member = `tables/${table}.tsv`;
  zip.file(member, text, { createFolders: false });
  const sha256 = createHash("sha256").update(text).digest("hex");
  await changeManifest(zip, ({ members, tables }) => {
    members[member] = { sha256, size: Buffer.byteLength(text) };
    tables[table]!.rows = text.split("\n").length - 1;
  });
}

async function withoutLine(zip: JSZip, table: string) {
  const lines = (await zip.file(`tables/${table}.tsv`)!.async("string")).split("\n");
  await replaceRows(zip, table, lines.toSpliced(3, 1).join("\n"));
}

function otherText(table: string, pattern: RegExp, by: string) {
  return async (zip: JSZip) => {
    const text = await zip.file(`tables/${table}.tsv`)!.async("string");
    expect(text).toMatch(pattern);
    await replaceRows(zip, table, text.replace(pattern, by));
  };
}

async function oneByte(zip: JSZip) {
  const bytes = await zip.file("tables/suppliers.tsv")!.async("nodebuffer");
  bytes[5] = bytes[5]! ^ 1;
  zip.file("tables/suppliers.tsv", bytes, { createFolders: false });
}

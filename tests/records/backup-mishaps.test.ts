/** Backups that are older than the program, kept in S3, or made and brought back by a process that is killed. */
import { type ChildProcess, spawn } from "node:child_process";
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import postgres from "postgres";
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from "vitest";
import { makeBackup } from "#app/backup/backup.server.ts";
import { findDifferences, readFigures } from "#app/backup/books.server.ts";
import { openBackup } from "#app/backup/opened.server.ts";
import { restoreBackup } from "#app/backup/restore.server.ts";
import { withinTransaction } from "#app/backup/transaction.server.ts";
import { databaseUrl, settings } from "#app/env.server.ts";
import { attachFile } from "#app/records/attachments.server.ts";
import { appliedMigrations, knownMigrations } from "#app/server/migrations.ts";
import { prepareDatabase } from "#app/server/prepare-database.ts";
import { accepted, createOffice, createSchools } from "#tests/support/factories.ts";
import { startS3 } from "#tests/support/s3.ts";

/** Made by the program whose last migration was 0011, of its example. */
const older = path.resolve("tests/fixtures/backup-0011.zip");
const appUrl = databaseUrl()!;
const ownerUrl = onDatabase(inject("serverUrl"), new URL(appUrl).pathname.slice(1));
const admin = postgres(inject("serverUrl"), { max: 1, onnotice() {} });
const made: string[] = [];
let folder: string;
const hashes: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "paktbuch-mishaps-"));
  settings.files.folder = path.join(folder, "files");
  settings.files.store = "folder";
  const { clerk } = await createOffice();
  const [school] = await createSchools(clerk);
  for (let at = 0; at < 6; at += 1) {
    const content = Buffer.from(randomBytes(6 * 1024 * 1024).toString("base64"));
    const place = { subject: "school" as const, subjectId: school!.id };
    accepted(await attachFile(clerk, place, { name: `${at}.txt`, content }));
    hashes.push(createHash("sha256").update(content).digest("hex"));
  }
}, 120_000);

afterAll(async () => {
  for (const name of made) await admin.unsafe(`drop database if exists ${name} with (force)`);
  await admin.end();
  await rm(folder, { recursive: true, force: true });
});

test("a backup that an earlier program made is brought up to this one, with the same books", async () => {
  useOwnHeads();
  const target = await emptyDatabase();
  const { migration, authorities } = await restoreBackup(older, target);
  expect(migration.tag).toBe("0011_who_may_see_what");
  const after = await withinTransaction(target.ownerUrl, "read only", async (books) => ({
    migrations: await appliedMigrations(books.sql),
    figures: await readFigures(books),
    findings: await findDifferences(books, authorities[0]!.id),
  }));
  expect(after.migrations.sort()).toEqual([...knownMigrations().keys()].sort());
  const moved = authorities.map(({ findings: _, seal: __, ...rest }) => rest);
  expect(after.figures.map(({ seal: _, ...rest }) => rest)).toEqual(moved);
  expect(after.findings).toEqual([]);
  await prepareDatabase(target.url, target.ownerUrl);
}, 240_000);

/** What a coming release may do: a table, columns, and a row for a sealed table made from what is there. */
const comingRelease = `
create table coming_things (id uuid primary key, school_authority_id uuid not null);
--> statement-breakpoint
alter table schools add column coming_note text not null default 'keine';
--> statement-breakpoint
alter table role_assignments add column coming_reason text;
--> statement-breakpoint
insert into role_assignments (school_authority_id, user_id, role, is_granted, assigned_by)
  select school_authority_id, user_id, 'board', true, assigned_by from role_assignments
  where role = 'clerk';`;

test("a program that has a later migration restores what this one backs up", async () => {
  const release = path.join(folder, "coming");
  await mkdir(path.join(release, "db"), { recursive: true });
  await cp("db/migrations", path.join(release, "db/migrations"), { recursive: true });
  for (const name of ["app", "node_modules", "package.json", "tsconfig.json"]) {
    await symlink(path.resolve(name), path.join(release, name));
  }
  const journal = path.join(release, "db/migrations/meta/_journal.json");
  const { entries, ...rest } = JSON.parse(await readFile(journal, "utf8"));
  const { idx, when } = entries.at(-1);
  const coming = { ...entries.at(-1), idx: idx + 1, when: when + 1, tag: "9999_coming" };
  await writeFile(journal, JSON.stringify({ ...rest, entries: [...entries, coming] }));
  await writeFile(path.join(release, "db/migrations/9999_coming.sql"), comingRelease);

  const target = await emptyDatabase();
  const { ended } = command("restore", [older], target, release);
  expect(await ended).toMatchObject({ code: 0 });
  const sql = postgres(target.ownerUrl, { max: 1 });
  const found = await sql`select coming_note as note from schools limit 1`;
  const things = await sql`select * from coming_things`;
  const seals = await sql`
    select from role_assignments a join seals s
    on s.sealed_table = 'role_assignments' and s.row_key = a.id::text where a.role = 'board'`;
  await sql.end();
  expect({ found: [...found], things: things.length, sealed: seals.length > 1 }).toEqual({
    found: [{ note: "keine" }],
    things: 0,
    sealed: true,
  });
}, 240_000);

test("a backup that is killed leaves nothing under its name, and the next one succeeds", async () => {
  const file = path.join(folder, "getötet.zip");
  const { child, ended } = command("backup", [file], { url: appUrl, ownerUrl });
  while (!existsSync(`${file}.unfertig`) && child.exitCode === null) await wait(2);
  child.kill("SIGKILL");
  expect(await ended).toMatchObject({ signal: "SIGKILL" });
  expect(existsSync(file)).toBe(false);
  const manifest = await makeBackup(ownerUrl, file);
  expect(Object.keys(manifest.members).filter((name) => name.startsWith("files/"))).toHaveLength(6);
  expect((await readdir(folder)).filter((name) => name.includes("unfertig"))).toEqual([]);
  (await openBackup(file)).close();
}, 120_000);

test("a restore that is killed leaves an empty database, and can be repeated", async () => {
  const target = await emptyDatabase();
  const { child, said, ended } = command("restore", [older], target);
  while (!said().includes("von") || !/\d+ von \d+ Tabellen/.test(said())) {
    expect(child.exitCode, said()).toBeNull();
    await wait(5);
  }
  child.kill("SIGKILL");
  expect(await ended).toMatchObject({ signal: "SIGKILL" });
  await expect.poll(() => relationsIn(target.ownerUrl), { timeout: 20_000 }).toBe(0);
  useOwnHeads();
  await restoreBackup(older, target);
  expect(await relationsIn(target.ownerUrl)).toBeGreaterThan(100);
}, 240_000);

test("files that lie in S3 are backed up with the books and put into the S3 that is set", async () => {
  const { clerk } = await createOffice();
  const [school] = await createSchools(clerk);
  const before = { ...settings.files };
  onTestFinished(() => void Object.assign(settings.files, before));
  const first = await startS3(path.join(folder, "s3-1"), "belege");
  Object.assign(settings.files, { store: "s3", bucket: first.place });
  const content = Buffer.from("Beleg im Eimer\n".repeat(1_000));
  const place = { subject: "school" as const, subjectId: school!.id };
  accepted(await attachFile(clerk, place, { name: "s3.txt", content }));
  const file = path.join(folder, "s3.zip");
  await makeBackup(ownerUrl, file);
  await first.close();

  const second = await startS3(path.join(folder, "s3-2"), "andere");
  onTestFinished(second.close);
  Object.assign(settings.files, { bucket: second.place, folder: path.join(folder, "files-2") });
  useOwnHeads();
  const target = await emptyDatabase();
  await restoreBackup(file, target);
  const hash = createHash("sha256").update(content).digest("hex");
  const kept = await readdir(path.join(folder, "s3-2"), { recursive: true });
  expect(kept.some((name) => name.includes(hash))).toBe(true);
  const inFolder = await readdir(path.join(folder, "files-2"), { recursive: true });
  expect(hashes.every((one) => inFolder.some((name) => name.includes(one)))).toBe(true);
}, 240_000);

/** Heads as on another machine: a restore never takes the place of what is there. */
function useOwnHeads(): void {
  const before = settings.headsFolder;
  settings.headsFolder = path.join(folder, `heads-${randomUUID()}`);
  onTestFinished(() => void (settings.headsFolder = before));
}

type Urls = { url: string; ownerUrl: string };

/** A command of the program in a process of its own, from the folder of a release. */
function command(name: "backup" | "restore", args: string[], urls: Urls, cwd = process.cwd()) {
  const { VITEST: _test, NODE_ENV: _mode, ...inherited } = process.env;
  const env = {
    ...inherited,
    ...{ DATABASE_URL: urls.url, DATABASE_OWNER_URL: urls.ownerUrl },
    PAKTBUCH_DATA: path.join(folder, `data-${randomUUID()}`),
    PAKTBUCH_FILES_FOLDER: settings.files.folder,
  };
  const child: ChildProcess = spawn(
    process.execPath,
    ["--import", "tsx", `app/commands/${name}.ts`, ...args],
    { cwd, env: env as Partial<NodeJS.ProcessEnv> as NodeJS.ProcessEnv },
  );
  let output = "";
  child.stdout!.on("data", (text) => (output += text));
  child.stderr!.on("data", (text) => (output += text));
  const ended = new Promise<{ code: number | null; signal: string | null; output: string }>(
    (resolve) => child.on("close", (code, signal) => resolve({ code, signal, output })),
  );
  onTestFinished(() => void child.kill("SIGKILL"));
  return { child, said: () => output, ended };
}

function onDatabase(url: string, name: string): string {
  return Object.assign(new URL(url), { pathname: `/${name}` }).toString();
}

async function emptyDatabase(): Promise<Urls> {
  const name = `paktbuch_mishap_${randomUUID().replaceAll("-", "")}`;
  await admin.unsafe(`create database ${name}`);
  made.push(name);
  return { url: onDatabase(inject("appUrl"), name), ownerUrl: onDatabase(ownerUrl, name) };
}

async function relationsIn(url: string): Promise<number> {
  const sql = postgres(url, { max: 1 });
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where nspname not like 'pg\\_%' and nspname <> 'information_schema'`;
  await sql.end();
  return row!.count;
}

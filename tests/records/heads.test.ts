import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { eq, sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { settings } from "#app/env.server.ts";
import { logExport } from "#app/records/access-log.server.ts";
import { verifyHeadsFile, verifyPrintedHead } from "#app/records/head-proof.server.ts";
import {
  type HeadLine,
  hashOfLine,
  headsFile,
  openHeadsFile,
  recordDailyHeads,
  recordHead,
} from "#app/records/heads.server.ts";
import { verifyJournal } from "#app/records/verification.server.ts";
import { db } from "#db/client.ts";
import { entries } from "#db/schema/journal.ts";
import { createGrant, createOffice, spend } from "#tests/support/factories.ts";
import { behindTheProgram, ownerDb } from "#tests/support/owner.ts";

const folder = settings.headsFolder;
beforeEach(async () => {
  await rm(headsFile(), { force: true });
  await behindTheProgram(sql`delete from recorded_heads`);
});

test("a line a day for each authority, and one for each export", async () => {
  const { clerk, auditor } = await book();
  await recordDailyHeads();
  await recordDailyHeads();
  await logExport(auditor, "Prüfbuch.xlsx", "abc");
  const own = (await lines()).filter(({ authority }) => authority === clerk.schoolAuthorityId);
  expect(own.map(({ occasion }) => occasion)).toEqual(["daily", "export"]);
  const last = await lastEntry(clerk.schoolAuthorityId);
  expect(own.at(-1)).toMatchObject({ entry: last.number, hash: last.hash });
  expect(await findings()).toEqual([]);
});

test("a cut tail whose head was set back is found by the file and by paper, not by the database", async () => {
  const { clerk, grantId, lineOf } = await book();
  const id = clerk.schoolAuthorityId;
  const before = await lastEntry(id);
  const [seal] = await sealsOf(id);
  await spend(clerk, grantId, lineOf("2.1"), "200");
  await recordHead({ id, name: "Stadt" }, "daily");
  const { number, hash } = await lastEntry(id);
  const paper = `Buchung ${number}, Prüfsumme ${hash}`;
  expect(await verifyPrintedHead(paper)).toBeUndefined();

  // Somebody who has the server goes back to the state before, thoroughly.
  const own = sql`school_authority_id = ${id}`;
  const newer = sql`(select row_key::uuid from seals where ${own} and number > ${seal!.number})`;
  for (const change of [
    sql`delete from entries where ${own} and number > ${before.number}`,
    sql`update journal_heads set number = ${before.number}, hash = ${before.hash} where ${own}`,
    sql`update balances b set committed = 0, invoiced = s.invoiced, paid = s.paid from (
      select account_id, coalesce(sum(amount) filter (where figure::text = 'invoiced'), 0) as invoiced,
        coalesce(sum(amount) filter (where figure::text = 'paid'), 0) as paid
      from entries where ${own} group by 1) as s where s.account_id = b.account_id`,
    sql`delete from payment_lines where payment_id in ${newer}`,
    ...["payments", "certifications", "changes", "submissions", "suppliers", "recorded_heads"].map(
      (table) => sql`delete from ${sql.identifier(table)} where id in ${newer}`,
    ),
    sql`delete from invoice_lines where ${own} and invoice_id not in (select document_id from entries where ${own})`,
    sql`delete from invoices where ${own} and id not in (select document_id from entries where ${own})`,
    sql`delete from seals where ${own} and number > ${seal!.number}`,
  ]) {
    await behindTheProgram(change);
  }
  expect((await verifyJournal(id)).flatMap((verdict) => verdict.findings)).toEqual([]);
  expect(await findings()).toEqual([
    expect.stringMatching(`^Zeile 1 der Datei \\(Stadt, .*\\): Buchung ${number} fehlt$`),
    expect.stringMatching(/^Zeile 1 der Datei .*: Siegel \d+ fehlt$/),
  ]);
  expect(await verifyPrintedHead(paper)).toBe(`Buchung ${number} fehlt, obwohl sie gedruckt ist`);
});

test("a chain that was reckoned anew as a whole is found by the file and by paper", async () => {
  const { clerk } = await book();
  const id = clerk.schoolAuthorityId;
  await recordHead({ id, name: "Stadt" }, "daily");
  const { number, hash } = await lastEntry(id);
  const other = hash.startsWith("f") ? "e" : "f";
  await behindTheProgram(
    sql`update entries set hash = ${other + hash.slice(1)} where school_authority_id = ${id} and number = ${number}`,
  );
  expect(await findings()).toEqual([
    expect.stringContaining(`Buchung ${number} hat eine andere Prüfsumme`),
  ]);
  expect(await verifyPrintedHead(`Buchung ${number}, Prüfsumme ${hash.slice(0, 16)}…`)).toContain(
    "hat eine andere Prüfsumme als gedruckt",
  );
});

// prettier-ignore
test.each([
  { what: "a changed line",       alter: (all: string[]) => [all[0]!.replace("Stadt", "Sradt"), ...all.slice(1)], found: "Zeile 1 der Datei ist verändert" },
  { what: "a removed line",       alter: (all: string[]) => [all[0]!, ...all.slice(2)],                           found: "Vor Zeile 2 der Datei fehlt eine Zeile" },
  { what: "a removed first line", alter: (all: string[]) => all.slice(1),                                         found: "Vor Zeile 1 der Datei fehlt eine Zeile" },
  { what: "a cut end",            alter: (all: string[]) => all.slice(0, -1),                                     found: "In der Datei fehlt die Zeile vom" },
  { what: "half a line",          alter: (all: string[]) => [...all.slice(0, -1), all.at(-1)!.slice(0, 40)],      found: "Zeile 3 der Datei ist nicht lesbar" },
  { what: "an emptied file",      alter: () => [],                                                                found: "fehlt oder ist leer; 3 Zeilen standen in ihr" },
  { what: "a forged last line",   alter: (all: string[]) => [...all.slice(0, -1), forged(all.at(-1)!)],           found: "In der Datei fehlt die Zeile vom" },
])("$what of the file is found", async ({ alter, found }) => {
  const { clerk } = await book();
  for (const name of ["Stadt A", "Stadt B", "Stadt C"]) {
    await recordHead({ id: clerk.schoolAuthorityId, name }, "daily");
  }
  expect(await findings()).toEqual([]);
  const all = (await readFile(headsFile(), "utf8")).trimEnd().split("\n");
  await writeFile(headsFile(), alter(all).map((line) => `${line}\n`).join(""));
  expect((await findings()).join("\n")).toContain(found);
});

test("where the file can't be written, nothing starts and no workbook goes out", async () => {
  const { auditor } = await book();
  settings.headsFolder = path.join(headsFile(), "darunter");
  await writeFile(path.join(folder, "journal-heads.jsonl"), "");
  try {
    await expect(openHeadsFile()).rejects.toThrow(/PAKTBUCH_HEADS.*lässt sich nicht schreiben/);
    await expect(logExport(auditor, "Prüfbuch.xlsx", "abc")).rejects.toMatchObject({ status: 503 });
  } finally {
    settings.headsFolder = folder;
  }
});

test.each(["Buchung 1", "Buchung x, Prüfsumme 0123456789", "Buchung 1, Prüfsumme 012"])(
  "%s is no head that could be compared",
  async (text) => {
    expect(await verifyPrintedHead(text)).toContain("ist nicht von der Form");
  },
);

async function book() {
  const office = await createOffice();
  const grant = await createGrant(office);
  await spend(office.clerk, grant.grantId, grant.lineOf("2.1"), "100");
  return { ...office, ...grant };
}

async function findings() {
  return (await verifyHeadsFile()).findings;
}

async function lines(): Promise<HeadLine[]> {
  const text = await readFile(headsFile(), "utf8");
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as HeadLine);
}

async function lastEntry(id: string) {
  const rows = await db
    .select()
    .from(entries)
    .where(eq(entries.schoolAuthorityId, id))
    .orderBy(entries.number);
  return rows.at(-1)!;
}

function sealsOf(id: string) {
  return ownerDb.execute<{ number: string }>(
    sql`select number from seals where school_authority_id = ${id} order by number desc limit 1`,
  );
}

/** A line that fits the one before, with another head. */
function forged(text: string): string {
  const line = { ...(JSON.parse(text) as HeadLine), entry: 1 };
  return JSON.stringify({ ...line, lineHash: hashOfLine(line) });
}

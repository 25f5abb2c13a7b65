/** The same books give the same file, the seals on its cover are those of its sheets, and no file is half. */
import { createHash, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { sql } from "drizzle-orm";
import ExcelJS from "exceljs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeAuditBook } from "#app/audit-book.server.ts";
import type { User } from "#app/domain/permission.ts";
import { writeAuditBook } from "#app/exports/audit-book.server.ts";
import { logChange } from "#app/records/changes.server.ts";
import { cancelledBy } from "#app/records/cancelling.server.ts";
import { recordInvoice } from "#app/records/invoice-recording.server.ts";
import { momentOfBooks } from "#app/records/known.server.ts";
import { db } from "#db/client.ts";
import { emptyBook, smallBook, smallJournal } from "#tests/support/book.ts";
import {
  accepted,
  createGrant,
  createOffice,
  invoiceDraft,
  invoiceLine,
} from "#tests/support/factories.ts";
import { createBudgetAccount } from "#tests/support/municipal-budget.ts";
import { findOffice, recalculate, whyOfficeIsNeeded } from "#tests/support/office.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "same-book-"));
});
afterAll(() => rm(folder, { recursive: true }));
const fresh = () => path.join(folder, `${randomUUID()}.xlsx`);

test("a book made again is the same file, also when something was booked meanwhile", async () => {
  const office = await createOffice();
  const { clerk } = office;
  await createGrant(office);
  const accountId = await createBudgetAccount(clerk);
  await book(clerk, accountId, "R-1");
  const knownOn = (await momentOfBooks(clerk)).toISOString();
  const scope = { asOf: "2026-01-31", knownOn };
  const make = async () => {
    const file = fresh();
    await makeAuditBook(clerk, scope, file);
    return readFile(file);
  };
  const first = await make();
  // The log says that it was made: a line of the log is no deed of the books.
  await logChange(db, clerk, "export_made", { text: "Prüfbuch" });
  expect((await make()).equals(first)).toBe(true);
  await book(clerk, accountId, "R-2");
  expect((await make()).equals(first)).toBe(true);
  const now = fresh();
  await makeAuditBook(clerk, { asOf: "2026-01-31" }, now);
  expect((await readFile(now)).equals(first)).toBe(false);
});

test("each seal on the cover is the SHA-256 of what its sheet says, as the notes define it", async () => {
  const file = fresh();
  await writeAuditBook(smallBook, file);
  const workbook = await read(file);
  const seals = coverOf(workbook, /^Siegel \(SHA-256\) (.*)$/);
  expect(seals.size).toBe(workbook.worksheets.length - 1);
  for (const [sheet, seal] of seals) {
    const text = canonicalText(workbook.getWorksheet(sheet)!);
    expect([sheet, createHash("sha256").update(text).digest("hex")]).toEqual([sheet, seal]);
  }
  expect(canonicalText(workbook.getWorksheet("Journal")!).split("\r\n")[1]).toMatch(
    /^1;10\.01\.2020;10\.01\.2020 23:30:00;Frau Beispiel;1;Kontingent · frei verteilbar;/,
  );
});

test("the cover counts the texts that could not be written as they were", async () => {
  const [first, ...rest] = smallJournal;
  const entries = [
    [{ ...first!, text: "a\u0001b" }, { ...first!, text: "x".repeat(40_000) }, ...rest],
  ];
  const file = fresh();
  await writeAuditBook({ ...smallBook, receipts: [], entries }, file);
  const [faults] = coverOf(await read(file), /^(nicht darstellbare) Zeichen$/).values();
  expect(faults).toBe("Texte mit ersetzten Zeichen („\ufffd“): 1; gekürzte Texte: 1");
});

test("a journal that is too long for a sheet goes on in the next, and every total includes both", async () => {
  const file = fresh();
  await writeAuditBook(smallBook, file, { rowsPerSheet: 10 });
  const workbook = await read(file);
  const names = workbook.worksheets.map(({ name }) => name);
  expect(names.slice(-4)).toEqual(["Journal", "Journal 2", "Journal 3", "Kontrolle"]);
  expect(workbook.getWorksheet("Journal 3")!.rowCount).toBe(smallJournal.length - 20 + 1);
  expect(workbook.getWorksheet("Journal 2")!.getCell("A2").value).toBe(11);
  expect(words(workbook)).toEqual(new Set(["ja"]));
});

test.skipIf(!findOffice() && !process.env.CI)(
  `LibreOffice reckons the totals over both sheets (${whyOfficeIsNeeded})`,
  async () => {
    const file = fresh();
    await writeAuditBook(smallBook, file, { rowsPerSheet: 10 });
    expect(words(await read(await recalculate(file, folder, (sheet) => sheet)))).toEqual(
      new Set(["ja"]),
    );
    const altered = await recalculate(file, folder, (sheet, name) =>
      name === "Journal 2" ? sheet.replace("<v>1234.55</v>", "<v>1234.56</v>") : sheet,
    );
    expect(words(await read(altered))).toEqual(new Set(["ja", "NEIN"]));
  },
  120_000,
);

test("a book without a booking is a whole workbook that says so", async () => {
  const file = fresh();
  await writeAuditBook(emptyBook, file);
  const workbook = await read(file);
  expect(coverOf(workbook, /^(Umfang)$/).get("Umfang")).toBe(
    "In diesem Ausschnitt steht keine Buchung.",
  );
  expect(words(workbook)).toEqual(new Set(["ja"]));
});

test("a full disk leaves no file", async () => {
  const own = await mkdtemp(path.join(folder, "full-"));
  const file = path.join(own, "book.xlsx");
  await symlink("/dev/full", `${file}.unfertig`);
  await expect(writeAuditBook(smallBook, file)).rejects.toThrow("ENOSPC");
  expect(await readdir(own)).toEqual([]);
});

test("until all of it is written, no file has the name of the book", async () => {
  const file = fresh();
  let seen: boolean | undefined;
  await writeAuditBook(smallBook, file, { onProgress: () => (seen = existsSync(file)) });
  expect(seen).toBe(false);
  expect(existsSync(file)).toBe(true);
});

test("who leaves ends the writing, and no file is left", async () => {
  const own = await mkdtemp(path.join(folder, "left-"));
  const leaving = new AbortController();
  const onProgress = () => leaving.abort(new Error("left"));
  const file = path.join(own, "book.xlsx");
  const writing = writeAuditBook(smallBook, file, { signal: leaving.signal, onProgress });
  await expect(writing).rejects.toThrow("left");
  expect(await readdir(own)).toEqual([]);
});

test("who leaves ends within a second what the database is asked", async () => {
  const leaving = new AbortController();
  const mark = `/* ${randomUUID()} */`;
  const asked = async () => {
    const [row] = await db.execute<{ count: number }>(
      sql`select count(*)::int as count from pg_stat_activity
        where state = 'active' and query like ${`%${mark}%`} and pid <> pg_backend_pid()`,
    );
    return row!.count;
  };
  const reading = db.transaction((tx) =>
    cancelledBy(leaving.signal, tx, async () => tx.execute(sql.raw(`select ${mark} pg_sleep(60)`))),
  );
  reading.catch(() => {});
  while ((await asked()) === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  const began = performance.now();
  leaving.abort(new Error("left"));
  await expect(reading).rejects.toThrow("left");
  expect(await asked()).toBe(0);
  expect(performance.now() - began).toBeLessThan(1_000);
  // The session goes on for others.
  expect(await db.execute(sql`select 1 as one`)).toMatchObject([{ one: 1 }]);
});

async function book(clerk: User, accountId: string, number: string) {
  const lines = [invoiceLine(accountId, "99.87", { costKind: "running" })];
  const draft = { ...invoiceDraft(lines, { invoicedOn: "2020-12-05" }), number };
  accepted(await recordInvoice(clerk, randomUUID(), { fiscalYear: 2020 }, draft));
}

async function read(file: string): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(file);
  return workbook;
}

/** Lines of the cover whose label fits, by what the label names. */
function coverOf(workbook: ExcelJS.Workbook, label: RegExp): Map<string, string> {
  const lines = new Map<string, string>();
  workbook.getWorksheet("Deckblatt")!.eachRow((row) => {
    const named = label.exec(row.getCell(1).text)?.[1];
    if (named) lines.set(named, row.getCell(2).text);
  });
  return lines;
}

function words(workbook: ExcelJS.Workbook): Set<unknown> {
  const sheet = workbook.getWorksheet("Kontrolle")!;
  const rows = sheet.getRows(2, sheet.rowCount - 1)!;
  return new Set(rows.map((row) => row.getCell(5).result ?? row.getCell(5).value));
}

/** As the cover's note defines it, by another reader of the file. */
function canonicalText(sheet: ExcelJS.Worksheet): string {
  const columns = sheet.getRow(1).cellCount;
  const rows = sheet.getRows(1, sheet.rowCount)!;
  return rows
    .map((row) =>
      Array.from({ length: columns }, (_, index) => {
        const cell = row.getCell(index + 1);
        const value = cell.result ?? (cell.formula ? 0 : cell.value);
        if (value === null || value === undefined) return "";
        if (typeof value === "number") return String(value).replace(".", ",");
        if (value instanceof Date) return german(value);
        const text = typeof value === "object" ? cell.text : String(value);
        return /[;"\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
      }).join(";"),
    )
    .map((line) => `${line}\r\n`)
    .join("");
}

function german(value: Date): string {
  const whole = new Date(Math.round(value.getTime() / 1000) * 1000).toISOString();
  const day = `${whole.slice(8, 10)}.${whole.slice(5, 7)}.${whole.slice(0, 4)}`;
  return whole.endsWith("T00:00:00.000Z") ? day : `${day} ${whole.slice(11, 19)}`;
}

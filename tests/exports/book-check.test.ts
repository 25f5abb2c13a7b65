/** A copy of an audit workbook comes back: it is unchanged, or what was changed is named. */
import { randomUUID } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import ExcelJS from "exceljs";
import JSZip from "jszip"; // comes with exceljs
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeAuditBook } from "#app/audit-book.server.ts";
import { checkOwnBook, checkUploadedBook } from "#app/book-check.server.ts";
import type { Difference } from "#app/domain/book-check.ts";
import type { User } from "#app/domain/permission.ts";
import { differenceLine, handLine, verdictOf } from "#app/german/book-check-words.ts";
import { recordInvoice } from "#app/records/invoice-recording.server.ts";
import { action } from "#app/routes/workbook-check.tsx";
import {
  accepted,
  createGrant,
  createOffice,
  invoiceDraft,
  invoiceLine,
} from "#tests/support/factories.ts";
import { createBudgetAccount } from "#tests/support/municipal-budget.ts";
import { findOffice, recalculate, whyOfficeIsNeeded } from "#tests/support/office.ts";
import { answer, get } from "#tests/support/request.ts";

let folder: string;
let office: Awaited<ReturnType<typeof createOffice>>;
let grantId: string;
let lineOf: (code: string) => string;
let original: Buffer;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "book-check-"));
  office = await createOffice();
  ({ grantId, lineOf } = await createGrant(office));
  const accountId = await createBudgetAccount(office.clerk);
  for (const number of ["R-1", "R-2", "R-3"]) {
    const lines = [invoiceLine(accountId, "99.87", { costKind: "running" })];
    const draft = { ...invoiceDraft(lines, { invoicedOn: "2020-12-05" }), number };
    accepted(await recordInvoice(office.clerk, randomUUID(), { fiscalYear: 2020 }, draft));
  }
  original = await made(office.clerk);
});
afterAll(() => rm(folder, { recursive: true }));

async function made(user: User, scope = {}): Promise<Buffer> {
  const file = path.join(folder, `${randomUUID()}.xlsx`);
  await makeAuditBook(user, { asOf: "2026-01-31", ...scope }, file);
  return readFile(file);
}

test("the file as it was made is unchanged, and its seals fit", async () => {
  const { findings } = await checked(original);
  expect(findings).toMatchObject({ count: 0, differences: [] });
  expect(findings.seals.checked).toBeGreaterThan(12);
  expect(findings.seals.broken).toEqual([]);
  expect(verdictOf(findings)).toMatch(/^unverändert: [\d.]+ Zellen/);
});

test("what was booked since does not make a copy a changed one", async () => {
  const accountId = await createBudgetAccount(office.clerk, { ledgerAccount: "4211000" });
  expect(accountId).toBeTruthy();
  expect((await checked(original)).findings.count).toBe(0);
});

test("saved again by another program it is still unchanged", async () => {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(original as unknown as ArrayBuffer);
  const again = Buffer.from(await workbook.xlsx.writeBuffer());
  expect(again.equals(original)).toBe(false);
  expect(lines((await checked(again)).findings.differences)).toEqual([]);
});

test.skipIf(!findOffice() && !process.env.CI)(
  `saved again by LibreOffice it is still unchanged (${whyOfficeIsNeeded})`,
  async () => {
    const file = path.join(folder, "original.xlsx");
    await writeFile(file, original);
    const again = await readFile(await recalculate(file, folder, (sheet) => sheet));
    expect(lines((await checked(again)).findings.differences)).toEqual([]);
  },
  120_000,
);

test("a changed amount is named with its sheet, row and cell, and breaks the seal of its sheet", async () => {
  const copy = await edited("Journal", (xml) => xml.replace("<v>99.87</v>", "<v>99.88</v>"));
  const { findings } = await checked(copy);
  expect(lines(findings.differences)).toEqual([
    expect.stringMatching(
      /^Blatt Journal, Zeile (\d+), Zelle L\1; in den Büchern „99,87“, in der Datei „99,88“$/,
    ),
  ]);
  expect(findings.seals.broken.map(({ sheet }) => sheet)).toEqual(["Journal"]);
});

test("a changed text is named", async () => {
  const copy = await edited("Haushaltsbelege", (xml) =>
    xml.replace(/(<c r="E2" s="\d+") t="s"><v>\d+<\/v>/, '$1 t="inlineStr"><is><t>R-9</t></is>'),
  );
  expect(lines((await checked(copy)).findings.differences)).toEqual([
    "Blatt Haushaltsbelege, Zeile 2, Zelle E2; in den Büchern „R-1“, in der Datei „R-9“",
  ]);
});

test("a changed formula is named although its stored value is the same", async () => {
  const copy = await edited("Kontrolle", (xml) =>
    xml.replace(/<f>ROUND\(B2-C2,2\)<\/f>/, "<f>ROUND(B2-B2,2)</f>"),
  );
  const { findings } = await checked(copy);
  expect(lines(findings.differences)).toEqual([
    "Blatt Kontrolle, Zeile 2, Zelle D2; in den Büchern „=ROUND(B2-C2,2) → 0“, in der Datei „=ROUND(B2-B2,2) → 0“",
  ]);
  expect(findings.seals.broken).toEqual([]);
});

test("what the audit writes into its own columns is listed apart: unchanged, and the seals fit", async () => {
  const { findings } = await checked(
    await written([
      [2, "anerkannt", 12.5],
      [3, "Kürzungsgrund", "ohne Vertrag"],
      [99, "anerkannt", { formula: "SUM(AF2:AF3)", result: 12.5 }],
    ]),
  );
  expect(lines(findings.differences)).toEqual([]);
  expect(findings).toMatchObject({ count: 0, handCount: 3, seals: { broken: [] } });
  expect(findings.handEntries.slice(0, 2).map(handLine)).toEqual([
    expect.stringMatching(/^Blatt Belegliste, Zeile 2, Zelle [A-Z]+2 \(anerkannt\): „12,5“$/),
    expect.stringMatching(/^Blatt Belegliste, .* \(Kürzungsgrund\): „ohne Vertrag“$/),
  ]);
  expect(verdictOf(findings)).toMatch(/^unverändert, mit Eintragungen der Prüfung: /);
});

test("beside entries of the audit a changed cell of the same row, or of their heading, is still named", async () => {
  const { findings } = await checked(
    await written([
      [2, "Kürzung", 1],
      [2, "Rechnungsnummer", "R-9"],
      [1, "Kürzungsgrund", "anders"],
    ]),
  );
  expect(findings).toMatchObject({ count: 2, handCount: 1 });
  expect(findings.differences.map((one) => "found" in one && one.found)).toEqual(["anders", "R-9"]);
  expect(findings.seals.broken.map(({ sheet }) => sheet)).toEqual(["Belegliste"]);
});

test("a changed name, which would make formulas sum something else, is named", async () => {
  const zip = await JSZip.loadAsync(original);
  const xml = await zip.file("xl/workbook.xml")!.async("string");
  const other = xml.replace(/(name="Journal_Betrag">[^<]*\$L\$)2:/, "$13:");
  expect(other).not.toBe(xml);
  zip.file("xl/workbook.xml", other);
  const { findings } = await checked(await zip.generateAsync({ type: "nodebuffer" }));
  expect(findings.differences).toMatchObject([{ kind: "name", name: "Journal_Betrag" }]);
});

test("a row that was taken out is named, and no row behind it", async () => {
  const { findings } = await checked(await edited("Journal", (xml) => withoutRow(xml, 3)));
  expect(findings.differences).toMatchObject([{ kind: "row_missing", sheet: "Journal", row: 3 }]);
});

test("a row that was put in is named, and no row behind it", async () => {
  const copy = await edited("Journal", (xml) => {
    const row = rowOf(xml, 3).replaceAll(/<v>3<\/v>|<v>2<\/v>/g, "<v>77</v>");
    const behind = [...xml.matchAll(/<row r="(\d+)"/g)].map(([, number]) => Number(number));
    let shifted = xml;
    for (const number of behind.filter((one) => one > 3).reverse()) {
      shifted = shifted.replace(rowOf(shifted, number), moved(rowOf(shifted, number), number, 1));
    }
    return shifted.replace(rowOf(shifted, 3), rowOf(shifted, 3) + moved(row, 3, 1));
  });
  const { findings } = await checked(copy);
  expect(findings.differences).toMatchObject([{ kind: "row_added", sheet: "Journal", row: 4 }]);
});

test("two rows that changed places are named", async () => {
  const copy = await edited("Journal", (xml) => {
    const [third, fourth] = [rowOf(xml, 3), rowOf(xml, 4)];
    return xml.replace(third + fourth, moved(fourth, 4, -1) + moved(third, 3, 1));
  });
  const { findings } = await checked(copy);
  expect(findings.count).toBe(2);
  expect(findings.differences.map(({ kind }) => kind).sort()).toEqual(["row_added", "row_missing"]);
});

test("a changed cover is named: the day, and a seal that was written anew", async () => {
  const zip = await JSZip.loadAsync(original);
  const texts = await zip.file("xl/sharedStrings.xml")!.async("string");
  zip.file("xl/sharedStrings.xml", texts.replace("Person clerk</t>", "Frau Anders</t>"));
  const { findings } = await checked(await zip.generateAsync({ type: "nodebuffer" }));
  expect(lines(findings.differences)).toContainEqual(
    expect.stringMatching(
      /^Blatt Deckblatt, Zeile \d+, Zelle B\d+; .*„Person clerk“.*„Frau Anders“$/,
    ),
  );
});

test("a mark that was changed to another day gives another book: the copy is changed", async () => {
  const zip = await JSZip.loadAsync(original);
  const sheet = await zip.file("xl/worksheets/sheet1.xml")!.async("string");
  const texts = await zip.file("xl/sharedStrings.xml")!.async("string");
  const change = (xml: string) => xml.replaceAll("on=2026-01-31", "on=2020-01-31");
  expect(change(sheet) + change(texts)).not.toBe(sheet + texts);
  zip.file("xl/worksheets/sheet1.xml", change(sheet));
  zip.file("xl/sharedStrings.xml", change(texts));
  const { findings } = await checked(await zip.generateAsync({ type: "nodebuffer" }));
  expect(findings.count).toBeGreaterThan(5);
});

test("what an office program passes over can't stand for what was taken out of a cell", async () => {
  const inExtension = await edited("Journal", (xml) =>
    xml.replace("<v>99.87</v>", '<v>9</v><extLst><ext uri="{0}"><v>9.87</v></ext></extLst>'),
  );
  const inReading = await edited("Haushaltsbelege", (xml) =>
    xml.replace(
      /(<c r="E2" s="\d+") t="s"><v>\d+<\/v>/,
      '$1 t="inlineStr"><v>R-</v><is><t>1</t><rPh sb="0" eb="1"><t>7</t></rPh></is>',
    ),
  );
  for (const copy of [inExtension, inReading]) {
    expect((await checked(copy)).findings.count).toBe(1);
  }
  const ofOthers = await edited("Journal", (xml) =>
    xml.replace("<v>99.87</v>", '<v>9</v><x:v xmlns:x="urn:x">9.87</x:v>'),
  );
  const redeclared = await edited("Journal", (xml) =>
    xml.replace("<v>99.87</v>", '<v>9</v><v xmlns="urn:x">9.87</v>'),
  );
  for (const copy of [ofOthers, redeclared]) {
    expect(await checkUploadedBook(office.clerk, copy)).toMatchObject({
      problem: { rule: "workbook_odd" },
    });
  }
});

test("a copy whose parts lie elsewhere than they are compared is refused", async () => {
  const redirected = async (part: string, from: string, to: string) => {
    const zip = await JSZip.loadAsync(original);
    const before = await zip.file(part)!.async("string");
    expect(before).toContain(from);
    zip.file(part, before.replace(from, to));
    return zip.generateAsync({ type: "nodebuffer" });
  };
  const rels = "xl/_rels/workbook.xml.rels";
  for (const copy of [
    await redirected("_rels/.rels", "xl/workbook.xml", "xl/book2.xml"),
    await redirected(rels, "sharedStrings.xml", "texts2.xml"),
    await redirected("xl/workbook.xml", "<sheet ", '<sheet x:id="rId1" xmlns:x="urn:x" '),
    await redirected(
      "xl/workbook.xml",
      "</sheets>",
      '<sheet name="journal" r:id="rId1"/></sheets>',
    ),
  ]) {
    expect(await checkUploadedBook(office.clerk, copy)).toMatchObject({
      problem: { rule: "workbook_odd" },
    });
  }
});

test("a file that is no workbook, no audit workbook or broken is refused with a sentence", async () => {
  const bare = new ExcelJS.Workbook();
  bare.addWorksheet("Tabelle").addRow(["Kennung"]);
  const without = Buffer.from(await bare.xlsx.writeBuffer());
  expect(await checkUploadedBook(office.clerk, without)).toMatchObject({
    problem: { rule: "book_without_mark" },
  });
  for (const broken of [Buffer.from("kein Buch"), original.subarray(0, original.length / 2)]) {
    expect(await checkUploadedBook(office.clerk, broken)).toMatchObject({
      problem: { rule: "file_unreadable" },
    });
  }
});

test("nobody checks the book of another authority, and a limited auditor none of a grant unseen", async () => {
  const other = await createOffice();
  expect(await checkUploadedBook(other.auditor, original)).toMatchObject({
    problem: { rule: "book_of_another_authority" },
  });
  const ofGrant = await made(office.clerk, { grantId });
  const limits = { grantIds: [randomUUID()], fiscalYears: [] };
  expect(await checkUploadedBook({ ...office.auditor, limits }, ofGrant)).toMatchObject({
    problem: { rule: "book_of_unseen_grant" },
  });
  expect(await checkUploadedBook(office.auditor, ofGrant)).toMatchObject({
    findings: { count: 0 },
  });
});

test("the book of a limited auditor is checked within the same limits by who sees all", async () => {
  const limits = { grantIds: [grantId], fiscalYears: [2020] };
  const own = await made({ ...office.auditor, limits });
  expect((await checked(own)).findings).toMatchObject({ count: 0 });
});

test("a limited auditor is told that a book shows more than the access, never that it was changed", async () => {
  const limits = { grantIds: [grantId], fiscalYears: [2020] };
  const limited = { ...office.auditor, limits };
  const beyond = { problem: { rule: "book_beyond_access" } };
  const wider = { ...limits, fiscalYears: [2020, 2021] };
  for (const book of [
    original,
    await made(office.clerk, { grantId }),
    await made(office.clerk, { fiscalYear: 2020 }),
    await made({ ...office.auditor, limits: wider }),
  ]) {
    expect(await checkUploadedBook(limited, book)).toMatchObject(beyond);
  }
  for (const limits of [limited.limits, { grantIds: [grantId], fiscalYears: [] }]) {
    const own = await made({ ...office.auditor, limits });
    expect(await checkUploadedBook(limited, own)).toMatchObject({ findings: { count: 0 } });
  }
});

test("the page says that a copy is unchanged, or shows what differs", async () => {
  const good = await sent(original);
  expect(good).toMatchObject({ status: 200, body: { findings: { count: 0 } } });
  const bad = await sent(await edited("Journal", (xml) => withoutRow(xml, 3)));
  expect(bad).toMatchObject({ status: 200, body: { findings: { count: 1 } } });
  expect(await sent(Buffer.from("kein Buch"))).toMatchObject({ status: 422 });
});

/** By the page's way and the command's, which must say the same. */
async function checked(file: Buffer) {
  const [page, command] = [await checkUploadedBook(office.clerk, file), await checkOwnBook(file)];
  if (!("findings" in page)) throw new Error(JSON.stringify(page));
  expect(command).toEqual(page);
  return page;
}

/** The book of a grant with two receipts, with cells of the list of receipts written by another program. */
async function written(cells: [row: number, title: string, value: ExcelJS.CellValue][]) {
  for (let receipt = 0; receipt < 2; receipt += 1) {
    const number = randomUUID().slice(0, 8);
    const draft = { ...invoiceDraft([invoiceLine(lineOf("2.1"), "50")]), number };
    accepted(await recordInvoice(office.clerk, randomUUID(), { grantId }, draft));
  }
  const workbook = new ExcelJS.Workbook();
  const book = await made(office.clerk, { grantId });
  await workbook.xlsx.load(book as unknown as ArrayBuffer);
  const sheet = workbook.getWorksheet("Belegliste")!;
  const titles = sheet.getRow(1).values as string[];
  for (const [row, title, value] of cells) sheet.getCell(row, titles.indexOf(title)).value = value;
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

function lines(differences: Difference[]): string[] {
  return differences.map(differenceLine);
}

async function edited(sheet: string, edit: (xml: string) => string): Promise<Buffer> {
  const zip = await JSZip.loadAsync(original);
  const book = await zip.file("xl/workbook.xml")!.async("string");
  const names = [...book.matchAll(/<sheet sheetId="\d+" name="([^"]+)"/g)].map(([, name]) => name);
  const part = `xl/worksheets/sheet${names.indexOf(sheet) + 1}.xml`;
  const before = await zip.file(part)!.async("string");
  const after = edit(before);
  expect(after).not.toBe(before);
  zip.file(part, after);
  return zip.generateAsync({ type: "nodebuffer" });
}

function rowOf(xml: string, number: number): string {
  return new RegExp(`<row r="${number}"[^>]*>.*?</row>`).exec(xml)![0];
}

function moved(row: string, from: number, by: number): string {
  return row
    .replace(`<row r="${from}"`, `<row r="${from + by}"`)
    .replaceAll(new RegExp(`(<c r="[A-Z]+)${from}"`, "g"), `$1${from + by}"`);
}

/** As office programs take a row out: those below move up. */
function withoutRow(xml: string, number: number): string {
  let rest = xml.replace(rowOf(xml, number), "");
  for (let at = number + 1; rest.includes(`<row r="${at}"`); at += 1) {
    rest = rest.replace(rowOf(rest, at), moved(rowOf(rest, at), at, -1));
  }
  return rest;
}

async function sent(content: Buffer) {
  const form = new FormData();
  form.append("file", new File([new Uint8Array(content)], "Pruefbuch.xlsx"));
  const { request, ...rest } = await get(office.clerk, "/workbook-check");
  const asked = new Request(request.url, { method: "POST", body: form, headers: request.headers });
  return answer(async () => action({ request: asked, ...rest }));
}

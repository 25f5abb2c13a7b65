/** Tables as offices keep them: from Excel, LibreOffice and other programs, in any encoding. */
import ExcelJS from "exceljs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatAmount, parseEuro } from "#app/german/notation.ts";
import { euro } from "#app/domain/money.ts";
import { readTable } from "#app/readers/table.ts";
import { workbookOf } from "#tests/support/hostile-files.ts";
import { zip } from "#tests/support/zip.ts";

const csv = 'Schüler;Betrag\r\n"Müller; Söhne";1.234,50\r\n';
const rows = [
  { number: 1, cells: ["Schüler", "Betrag"] },
  { number: 2, cells: ["Müller; Söhne", "1.234,50"] },
];

describe("a file of separated values is read", () => {
  test.each([
    { encoding: "UTF-8", bytes: Buffer.from(csv) },
    { encoding: "UTF-8 with mark", bytes: Buffer.from(`\ufeff${csv}`) },
    { encoding: "Windows-1252", bytes: Buffer.from(csv, "latin1") },
    { encoding: "UTF-16, little end first", bytes: Buffer.from(`\ufeff${csv}`, "utf16le") },
    { encoding: "UTF-16, big end first", bytes: Buffer.from(`\ufeff${csv}`, "utf16le").swap16() },
    { encoding: "UTF-16 without mark", bytes: Buffer.from(csv, "utf16le") },
    { encoding: "UTF-16, big end first, no mark", bytes: Buffer.from(csv, "utf16le").swap16() },
    {
      encoding: "UTF-8 with line ends of old Macs",
      bytes: Buffer.from(csv.replace(/\r\n/g, "\r")),
    },
  ])("in $encoding", async ({ bytes }) => {
    expect(await readTable(bytes)).toEqual({ rows });
  });

  test("in Windows-1252 with the signs that Latin-1 does not have", async () => {
    const bytes = Buffer.concat([Buffer.from("Preis in ;"), Buffer.from([0x80])]);
    expect(await readTable(bytes)).toEqual({ rows: [{ number: 1, cells: ["Preis in", "€"] }] });
  });

  test.each([
    { separator: "semicolons beside commas in amounts", text: "Was;Betrag\nA;1,50\nB;2,50" },
    { separator: "tabs", text: "Was\tBetrag\nA\t1,50\nB\t2,50" },
    { separator: "commas with quoted amounts", text: 'Was,Betrag\nA,"1,50"\nB,"2,50"' },
    {
      separator: "semicolons below a title",
      text: "Liste, Stand heute\n\nWas;Betrag\nA;1,50\nB;2,50",
    },
  ])("with $separator", async ({ text }) => {
    const answer = await readTable(Buffer.from(text));
    expect("rows" in answer && answer.rows.slice(-2).map(({ cells }) => cells)).toEqual([
      ["A", "1,50"],
      ["B", "2,50"],
    ]);
  });

  test("rows keep the numbers of the spreadsheet over blank ones and lines within cells", async () => {
    const answer = await readTable(Buffer.from('Was;Betrag\n\n"zwei\nZeilen";1\n;;\nB;2\n\n'));
    expect(answer).toEqual({
      rows: [
        { number: 1, cells: ["Was", "Betrag"] },
        { number: 3, cells: ["zwei\nZeilen", "1"] },
        { number: 5, cells: ["B", "2"] },
      ],
    });
  });
});

describe("a cell of a workbook is read as it is shown", () => {
  test.each([
    { what: "a text", value: " Müller ", shown: "Müller" },
    { what: "an amount", value: 1234.5, numFmt: "#,##0.00", shown: "1234,50" },
    { what: "an amount in euro", value: -0.5, numFmt: '#,##0.00 "€"', shown: "-0,50" },
    { what: "what a float makes of 0,1 + 0,2", value: 0.1 + 0.2, shown: "0,3" },
    { what: "a sum shown with two places", value: 100 / 1.19, numFmt: "0.00", shown: "84,03" },
    { what: "a sum shown with all its places", value: 12.345, shown: "12,345" },
    { what: "one place, which hides cents", value: 12.34, numFmt: "0.0", shown: "12,34" },
    { what: "a day", value: new Date("2020-02-29"), numFmt: "dd.mm.yyyy", shown: "29.02.2020" },
    {
      what: "a day with its hour",
      value: new Date("2020-02-29T23:30:00Z"),
      numFmt: "dd.mm.yy hh:mm",
      shown: "29.02.2020",
    },
    {
      what: "a day in the order of others",
      value: new Date("2024-03-31"),
      numFmt: "m/d/yy",
      shown: "31.03.2024",
    },
    { what: "a share", value: 0.19, numFmt: "0%", shown: "19 %" },
    { what: "a share without format", value: 19, shown: "19" },
    { what: "a number with leading zeros", value: 17, numFmt: "00000", shown: "00017" },
    { what: "a long number", value: 202400170001, shown: "202400170001" },
    { what: "a tiny number", value: 1.5e-7, shown: "0,00000015" },
    { what: "yes", value: true, shown: "ja" },
    { what: "a formula", value: { formula: "A1*2", result: 24.5 }, numFmt: "0.00", shown: "24,50" },
    { what: "a formula for a text", value: { formula: "A1&A2", result: "ab" }, shown: "ab" },
    { what: "a formula never reckoned", value: { formula: "A1*2" }, shown: "=" },
    { what: "a mistake", value: { error: "#DIV/0!" }, shown: "#DIV/0!" },
    {
      what: "a text in parts",
      value: { richText: [{ text: "a" }, { font: { bold: true }, text: "b" }] },
      shown: "ab",
    },
    {
      what: "a link",
      value: { text: "Rechnung", hyperlink: "https://example.de" },
      shown: "Rechnung",
    },
  ])("$what", async ({ value, numFmt, shown }) => {
    const workbook = new ExcelJS.Workbook();
    const cell = workbook.addWorksheet("Tabelle1").getCell("B2");
    cell.value = value as ExcelJS.CellValue;
    if (numFmt) cell.numFmt = numFmt;
    expect(await readTable(await bytesOf(workbook))).toEqual({
      rows: [{ number: 2, cells: ["", shown] }],
    });
  });

  test("every amount comes back to the cent, however Excel has kept it", async () => {
    const cents = fc.integer({ min: -99_999_999_999, max: 99_999_999_999 });
    await fc.assert(
      fc.asyncProperty(cents, async (count) => {
        const rows = `<row><c><v>${count / 100}</v></c></row>`;
        const answer = await readTable(zip(workbookOf({ rows })));
        const text = "rows" in answer ? answer.rows[0]!.cells[0]! : "";
        const whole = `${count < 0 ? "-" : ""}${Math.floor(Math.abs(count) / 100)}`;
        const exact = euro(`${whole}.${String(Math.abs(count) % 100).padStart(2, "0")}`);
        expect(formatAmount(parseEuro(text)!)).toBe(formatAmount(exact));
      }),
    );
  });

  test("a workbook of an old Mac counts its days from 1904", async () => {
    const workbook = new ExcelJS.Workbook();
    workbook.properties.date1904 = true;
    const cell = workbook.addWorksheet("Tabelle1").getCell("A1");
    cell.value = new Date("2020-02-29");
    cell.numFmt = "dd.mm.yyyy";
    expect(await readTable(await bytesOf(workbook))).toEqual({
      rows: [{ number: 1, cells: ["29.02.2020"] }],
    });
  });
});

test("the first sheet that is shown and holds anything is read, without its blank rows", async () => {
  const workbook = new ExcelJS.Workbook();
  workbook.addWorksheet("Versteckt", { state: "hidden" }).addRow(["nicht dies"]);
  workbook.addWorksheet("Leer");
  const sheet = workbook.addWorksheet("Rechnungen");
  sheet.addRows([["Was", "Betrag"], [], ["A", 1]]);
  sheet.mergeCells("C1:F1");
  sheet.getColumn(2).eachCell((cell) => (cell.dataValidation = { type: "decimal", formulae: [0] }));
  workbook.definedNames.add("Rechnungen!$A$1:$B$3", "Bereich");
  expect(await readTable(await bytesOf(workbook))).toEqual({
    rows: [
      { number: 1, cells: ["Was", "Betrag"] },
      { number: 3, cells: ["A", "1"] },
    ],
  });
});

describe("what is no table is refused", () => {
  test.each([
    { what: "nothing", bytes: Buffer.alloc(0), rule: "table_empty" },
    { what: "blank rows", bytes: Buffer.from("\n;;\n"), rule: "table_empty" },
    { what: "a PDF", bytes: Buffer.from("%PDF-1.7\n1 0 obj"), rule: "file_not_a_table" },
    {
      what: "a picture",
      bytes: Buffer.from("89504e470d0a1a0a0000000d", "hex"),
      rule: "file_not_a_table",
    },
    {
      what: "a zip of something else",
      bytes: zip([{ name: "xl/a.xml", content: "x" }]),
      rule: "file_not_a_table",
    },
    {
      what: "a document",
      bytes: zip([{ name: "word/document.xml", content: "x" }]),
      rule: "workbook_odd",
    },
    { what: "a workbook before 2007", bytes: compound("Workbook"), rule: "workbook_of_old_kind" },
    { what: "a locked workbook", bytes: compound("EncryptedPackage"), rule: "workbook_encrypted" },
    {
      what: "more than 10 MB",
      bytes: Buffer.alloc(10 * 1024 * 1024 + 1, "a"),
      rule: "table_too_large",
    },
    {
      what: "50,000 columns",
      bytes: Buffer.from(`${";".repeat(50_000)}\n`),
      rule: "table_too_large",
    },
    { what: "ten million columns", bytes: Buffer.alloc(10_000_000, ";"), rule: "table_too_large" },
    { what: "too many lines", bytes: Buffer.from("a;b\n".repeat(20_002)), rule: "table_too_large" },
    {
      what: "a text without end",
      bytes: Buffer.from(`a;"${"b".repeat(40_000)}`),
      rule: "table_too_large",
    },
  ])("$what", async ({ bytes, rule }) => {
    const answer = await readTable(bytes);
    expect("problem" in answer && answer.problem.rule).toBe(rule);
  });
});

/** The beginning of the container that old and locked workbooks share. */
function compound(stream: string): Buffer {
  return Buffer.concat([
    Buffer.from("d0cf11e0a1b11ae1", "hex"),
    Buffer.alloc(504),
    Buffer.from(stream, "utf16le"),
  ]);
}

async function bytesOf(workbook: ExcelJS.Workbook): Promise<Buffer> {
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

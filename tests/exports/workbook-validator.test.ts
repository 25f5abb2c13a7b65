/** A workbook holds every rule for auditors; the instrument that says so finds what is seeded. */
import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import JSZip from "jszip"; // comes with exceljs
import { describe, expect, test } from "vitest";
import type { AuditBook } from "#app/domain/audit-book.ts";
import { writeAuditBook } from "#app/exports/audit-book.server.ts";
import { emptyBook, smallBook } from "#tests/support/book.ts";
import { validateWorkbook } from "#tests/support/workbook-validator.ts";

async function written(book: AuditBook): Promise<Buffer> {
  const file = path.join(await mkdtemp(path.join(tmpdir(), "paktbuch-")), "book.xlsx");
  await writeAuditBook(book, file);
  return readFile(file);
}

test.each([
  ["a small book", smallBook],
  ["an empty one", emptyBook],
])("there is nothing to object to in %s", async (_, book) => {
  expect(await validateWorkbook(await written(book))).toEqual([]);
});

type Parts = (name: string) => Promise<string>;
type Fault = {
  what: string;
  /** The part of the file: a sheet by its name, or a path. */
  part: string;
  seed: (markup: string) => string;
  rule: string;
};

/** The cell at a place, with all that is in it. */
const cell = (at: string) => new RegExp(`<c r="${at}"(?: [^>]*)?(?:/>|>.*?</c>)`, "s");
const row = (number: number) => new RegExp(`<row r="${number}".*?</row>`, "s");

/** Another content, in the format that the cell has. */
function withContent(at: string, rest: string) {
  return (markup: string) =>
    markup.replace(cell(at), (old) => {
      const style = / s="\d+"/.exec(old)![0];
      return `<c r="${at}"${style}${rest}`;
    });
}
const asText = (at: string, text: string) =>
  withContent(at, ` t="inlineStr"><is><t>${text}</t></is></c>`);
const asNumber = (at: string, value: number) => withContent(at, `><v>${value}</v></c>`);
const asFormula = (at: string, formula: string, result: string) =>
  withContent(at, ` t="str"><f>${formula}</f><v>${result}</v></c>`);
const stored = (at: string, value: number) => (markup: string) =>
  markup.replace(cell(at), (old) => old.replace(/<v>[^<]*<\/v>/, `<v>${value}</v>`));
const replaced = (from: string | RegExp, to: string) => (markup: string) =>
  markup.replace(from, to);

const workbook = "xl/workbook.xml";
const core = "docProps/core.xml";
const texts = "xl/sharedStrings.xml";

// prettier-ignore
const faults: Fault[] = [
  { what: "a tag that is not closed", part: "Journal", seed: replaced("</row>", ""), rule: "markup is well-formed" },
  { what: "two sheets in the wrong order", part: workbook, seed: (markup) => markup.replace('name="IKZ"', 'name="?"').replace('name="Umlagen"', 'name="IKZ"').replace('name="?"', 'name="Umlagen"'), rule: "the sheets are there in their order" },
  { what: "a sheet under another name", part: workbook, seed: replaced('name="Stornos"', 'name="Storno"'), rule: "the sheets are there in their order" },
  { what: "a hidden sheet", part: workbook, seed: replaced('name="Kontrolle" state="visible"', 'name="Kontrolle" state="hidden"'), rule: "nothing is hidden" },
  { what: "a hidden row", part: "Belegliste", seed: replaced('<row r="3"', '<row r="3" hidden="1"'), rule: "nothing is hidden" },
  { what: "a hidden column", part: "Belegliste", seed: replaced('<col min="2"', '<col hidden="1" min="2"'), rule: "nothing is hidden" },
  { what: "another language", part: core, seed: replaced("de-DE", "en-US"), rule: "the language is de-DE" },
  { what: "no title", part: core, seed: replaced(/<dc:title>.*<\/dc:title>/, ""), rule: "it has a title" },
  { what: "merged cells", part: "Belegliste", seed: replaced("<pageMargins", '<mergeCells count="1"><mergeCell ref="A2:B2"/></mergeCells><pageMargins'), rule: "no cells are merged" },
  { what: "a row that is missing", part: "Journal", seed: replaced(row(5), ""), rule: "no row is missing or blank" },
  { what: "a blank row", part: "Journal", seed: replaced(row(24), '<row r="24"><c r="A24" s="0"/></row>'), rule: "no row is missing or blank" },
  { what: "a heading that is missing", part: "Mittelbindung", seed: withContent("C1", "/>"), rule: "row 1 is the heading" },
  { what: "two equal headings", part: "Belegliste", seed: asText("P1", "Brutto"), rule: "no two headings are equal" },
  { what: "a column under another heading", part: "Journal", seed: asText("L1", "Summe"), rule: "the columns are those of the sheet" },
  { what: "a note beside the table", part: "Mittelabruf", seed: replaced("</row><row r=\"3\"", '<c r="Z2" s="4" t="inlineStr"><is><t>?</t></is></c></row><row r="3"'), rule: "no cell stands beside the table" },
  { what: "an amount as text", part: "Journal", seed: asText("L3", "45000,10"), rule: "no number is a text" },
  { what: "an amount without its format", part: "Journal", seed: replaced(cell("L3"), '<c r="L3" s="4"><v>45000.1</v></c>'), rule: "a cell has the format of its column" },
  { what: "half a cent", part: "Journal", seed: stored("L3", 45000.105), rule: "an amount has whole cents" },
  { what: "a day as text", part: "Journal", seed: asText("B3", "01.02.2020"), rule: "no number is a text" },
  { what: "a day with a clock", part: "Journal", seed: stored("B3", 43862.5), rule: "a day is a day" },
  { what: "a day of another century", part: "Journal", seed: stored("B3", 12), rule: "a day is a day" },
  { what: "an invoice number as a number", part: "Belegliste", seed: asNumber("K2", 1), rule: "a document number is a text" },
  { what: "a year that is none", part: "Haushalt", seed: stored("C2", 21), rule: "a year is a year" },
  { what: "a column without a name", part: workbook, seed: replaced(/<definedName name="Belegliste_Gegenstand">[^<]*<\/definedName>/, ""), rule: "each column has one name" },
  { what: "a name that leaves out the last row", part: workbook, seed: replaced("$L$2:$L$24", "$L$2:$L$23"), rule: "a name covers the rows of its column" },
  { what: "a name that takes in the heading", part: workbook, seed: replaced("$L$2:$L$24", "$L$1:$L$24"), rule: "a name covers the rows of its column" },
  { what: "a name that points nowhere", part: workbook, seed: replaced("</definedNames>", '<definedName name="Alt">#REF!</definedName></definedNames>'), rule: "a name points into the workbook" },
  { what: "a filter that ends too early", part: "Journal", seed: replaced('ref="A1:P24"', 'ref="A1:P23"'), rule: "the filter covers the table" },
  { what: "no filter", part: "Stornos", seed: replaced(/<autoFilter[^>]*\/>/, ""), rule: "the filter covers the table" },
  { what: "a heading that scrolls away", part: "Journal", seed: replaced(/<pane [^>]*\/>/, ""), rule: "the heading stays in view" },
  { what: "a page upright", part: "Journal", seed: replaced('orientation="landscape"', 'orientation="portrait"'), rule: "it prints on A4 landscape" },
  { what: "another paper", part: "Journal", seed: replaced('paperSize="9"', 'paperSize="1"'), rule: "it prints on A4 landscape" },
  { what: "a table wider than a page", part: "Journal", seed: replaced('<pageSetUpPr fitToPage="1"/>', ""), rule: "it prints on the width of its pages" },
  { what: "letters too small to read", part: "Belegliste", seed: replaced(/fitToWidth="\d"/, 'fitToWidth="1"'), rule: "its letters can be read in print" },
  { what: "pages that do not say of which rows", part: workbook, seed: replaced("&apos;Belegliste&apos;!$A:$A,", ""), rule: "the first columns are printed on each page" },
  { what: "pages without a number", part: "Journal", seed: replaced("&amp;RSeite &amp;P von &amp;N", ""), rule: "each page says sheet, day and page x of y" },
  { what: "a heading on the first page only", part: workbook, seed: replaced(/<definedName name="_xlnm.Print_Titles" localSheetId="2">[^<]*<\/definedName>/, ""), rule: "the heading is printed on each page" },
  { what: "a print area without the last row", part: workbook, seed: replaced("$A$1:$P$24", "$A$1:$P$23"), rule: "the print area is the table" },
  { what: "a user's text as a formula", part: "Belegliste", seed: asFormula("J2", "1+1", "2"), rule: "every formula is one of the program" },
  { what: "a formula that asks another file", part: "Belegliste", seed: asFormula("J2", "SUM([1]Tabelle!A1)", "2"), rule: "every formula is one of the program" },
  { what: "a link out of the workbook", part: "Deckblatt", seed: replaced("HYPERLINK(&quot;#'Journal'!A1&quot;", "HYPERLINK(&quot;https://example.org&quot;"), rule: "every formula is one of the program" },
  { what: "a formula without its result", part: "Übersicht", seed: (markup) => markup.replace(/(<f>[^<]*<\/f>)<v>[^<]*<\/v>/, "$1"), rule: "every formula has its result beside it" },
  { what: "a total that is a cent off", part: "Übersicht", seed: (markup) => markup.replace(/(<f>[^<]*<\/f>)<v>50000\.11<\/v>|(<f>[^<]*<\/f>)<v>20000<\/v>/, "$1$2<v>20000.01</v>"), rule: "a formula gives the stored result" },
  { what: "an entry that is a cent off", part: "Journal", seed: (markup) => markup.replace("<v>3920</v>", "<v>3920.01</v>"), rule: "a formula gives the stored result" },
  { what: "a formula on a name that is not there", part: "Übersicht", seed: replaced("Journal_Wertart", "Journal_Art"), rule: "a formula can be reckoned" },
  { what: "an error in a cell", part: "Übersicht", seed: withContent("H2", ' t="e"><v>#REF!</v></c>'), rule: "no cell is an error" },
  { what: "a text that is read as an escape", part: "Belegliste", seed: asText("M2", "Tafel _x0041_"), rule: "a text that looks like an escape is escaped" },
  { what: "a control character", part: "Belegliste", seed: asText("M2", "Kabel\u0085"), rule: "no text has control characters" },
  { what: "spaces at the ends that a reader drops", part: "Belegliste", seed: asText("M2", " Kabel "), rule: "spaces at the ends are kept" },
  { what: "a text longer than a cell", part: "Belegliste", seed: asText("M2", "a".repeat(32_768)), rule: "no text is longer than a cell" },
  { what: "a difference that is not 0", part: "Stornos", seed: stored("N2", 0.01), rule: "every difference is 0" },
  { what: "a control that fails", part: "Kontrolle", seed: replaced("<v>ja</v>", "<v>NEIN</v>"), rule: "all controls hold" },
  { what: "a running number twice", part: "Belegliste", seed: stored("A3", 1), rule: "rows are numbered without a gap" },
  { what: "a gap in a whole journal", part: "Journal", seed: stored("A24", 24), rule: "a whole journal has no gap" },
  { what: "entries out of order", part: "Journal", seed: stored("A4", 9), rule: "entries stand in their order" },
  { what: "an entry on no account", part: "Journal", seed: stored("E4", 99), rule: "an entry stands on an account of the overview" },
  { what: "an entry without its checksum", part: "Journal", seed: asText("O4", "?"), rule: "every entry has its checksum" },
  { what: "a reversal that names nothing", part: "Journal", seed: withContent("N14", "/>"), rule: "a reversal names the entry that it turns" },
  { what: "a reversal of another entry", part: "Journal", seed: stored("N14", 11), rule: "a reversal turns its entry to the cent" },
  { what: "an entry reversed twice", part: "Journal", seed: stored("N19", 12), rule: "an entry is reversed once" },
  { what: "a receipt that names a wrong other row", part: "Belegliste", seed: stored("AG3", 1), rule: "reversal and original name each other" },
  { what: "a reversed receipt without its reversal", part: "Belegliste", seed: withContent("AG3", "/>"), rule: "reversal and original name each other" },
  { what: "a reversal of another amount", part: "Belegliste", seed: stored("O4", -1234.54), rule: "reversal and original cancel out" },
  { what: "a receipt of an entry that is not there", part: "Belegliste", seed: asText("AD2", "8, 99"), rule: "a row names entries of the journal" },
  { what: "a paid receipt without a day", part: "Belegliste", seed: withContent("N2", "/>"), rule: "a paid row has its day of payment" },
  { what: "a reversal beside the wrong entries", part: "Stornos", seed: asText("E2", "11"), rule: "a reversal stands beside the entries that it turns" },
  { what: "a reversal that is not on its sheet", part: "Stornos", seed: asText("J2", "12"), rule: "every reversal is on its sheet" },
  { what: "a reversal that is counted wrongly", part: "Stornos", seed: stored("F2", 2), rule: "the sheet of reversals counts its entries" },
  { what: "a reversal without a reason", part: "Stornos", seed: withContent("O2", "/>"), rule: "a reversal has reason and person" },
  { what: "a code that nobody explains", part: "Mittelbindung", seed: asText("N2", "halb"), rule: "every code is explained" },
  { what: "a category that nobody explains", part: "Mittelbindung", seed: asText("D2", "9.9"), rule: "every code is explained" },
  { what: "a cover that counts other rows", part: "Deckblatt", seed: replaced("<v>Zeilen: 23</v>", "<v>Zeilen: 22</v>"), rule: "the cover counts the rows" },
  { what: "a cover that does not name the day", part: "Deckblatt", seed: asText("A6", "Tag"), rule: "the cover says what it must" },
  { what: "a cover without a seal", part: texts, seed: replaced("Siegel (SHA-256) Journal", "Siegel"), rule: "the cover has the seal of each sheet" },
  { what: "a cover with another end of the journal", part: "Deckblatt", seed: asText("B11", "Buchung 22"), rule: "the cover has the end of the journal" },
  { what: "a colour without a word", part: "Kontrolle", seed: replaced(/<formula>[^<]*<\/formula>/, "<formula>$D2&lt;&gt;0</formula>"), rule: "a colour stands beside a word" },
  { what: "a minus by colour alone", part: "xl/styles.xml", seed: replaced("[Red]-#,##0.00", "[Red]#,##0.00"), rule: "a minus is written" },
];

describe("a fault that somebody seeds is found", async () => {
  const good = await written(smallBook);
  const zip = await JSZip.loadAsync(good);
  const read: Parts = (name) => zip.file(name)!.async("string");
  const names = [...(await read(workbook)).matchAll(/<sheet sheetId="\d+" name="([^"]+)"/g)];
  const pathOf = (part: string) => {
    const index = names.findIndex(([, name]) => name === part);
    return index === -1 ? part : `xl/worksheets/sheet${index + 1}.xml`;
  };

  test.each(faults)("$what", async ({ part, seed, rule }) => {
    const broken = await JSZip.loadAsync(good);
    const markup = await read(pathOf(part));
    const altered = seed(markup);
    expect(altered, "the fault is there").not.toBe(markup);
    broken.file(pathOf(part), altered);
    const found = await validateWorkbook(await broken.generateAsync({ type: "nodebuffer" }));
    expect(found.map((one) => one.rule)).toContain(rule);
  });

  test("a picture or a program in the file", async () => {
    const broken = await JSZip.loadAsync(good);
    broken.file("xl/vbaProject.bin", "?");
    const found = await validateWorkbook(await broken.generateAsync({ type: "nodebuffer" }));
    expect(found).toEqual([
      { rule: "nothing but tables is in the file", where: "xl/vbaProject.bin" },
    ]);
  });
});

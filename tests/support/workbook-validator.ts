/**
 * Checks a workbook against the rules for auditors: sheets, types, formulas, links, print, language. It reads the
 * markup itself and knows nothing of the writer.
 */
import Decimal from "decimal.js";
import { reckoner } from "./workbook-reckoner.ts";
import {
  codedColumns,
  coverLabels,
  formatOf,
  type Kind,
  sheetColumns,
} from "./workbook-columns.ts";
import {
  type Book,
  type Cell,
  child,
  letterOf,
  parts,
  readWorkbook,
  type Sheet,
} from "./workbook-xml.ts";

/** Which rule is broken, and where. */
export type Finding = { rule: string; where: string };

export async function validateWorkbook(file: Buffer): Promise<Finding[]> {
  try {
    await parts(file);
  } catch (error) {
    return [{ rule: "markup is well-formed", where: String(error) }];
  }
  const book = await readWorkbook(file);
  const findings: Finding[] = [];
  const find = (rule: string, where: string) => findings.push({ rule, where });
  checkParts(book, find);
  checkOrder(book, find);
  for (const sheet of book.sheets) {
    checkFrame(book, sheet, find);
    checkGrid(sheet, find);
    for (const cell of sheet.cells.values()) checkCell(sheet, cell, find);
    if (sheet.name !== "Deckblatt") checkTable(book, sheet, find);
  }
  checkFormulas(book, find);
  checkNumbers(book, find);
  checkCover(book, find);
  checkCodes(book, find);
  checkControls(book, find);
  checkJournal(book, find);
  checkReceipts(book, find);
  checkReversals(book, find);
  return findings;
}

type Find = (rule: string, where: string) => void;

function checkParts({ parts: names, properties }: Book, find: Find) {
  for (const name of names) {
    if (/vba|externalLink|embeddings|activeX|drawing|connections/i.test(name)) {
      find("nothing but tables is in the file", name);
    }
  }
  const property = (name: string) => child(properties, name)?.text ?? "";
  if (property("dc:language") !== "de-DE") find("the language is de-DE", "docProps/core.xml");
  if (!property("dc:title").startsWith("Prüfbuch ")) find("it has a title", "docProps/core.xml");
}

const inOrder = ["Deckblatt", ...Object.keys(sheetColumns)];

function checkOrder({ sheets }: Book, find: Find) {
  const names = sheets.map(({ name }) => name).filter((name) => !/^Journal \d+$/.test(name));
  if (names.join() !== inOrder.join()) find("the sheets are there in their order", names.join());
  for (const { name, state } of sheets) if (state !== "visible") find("nothing is hidden", name);
}

/** Print, view, filter, names: what is around the cells. */
function checkFrame(book: Book, { name, root, rows, headings }: Sheet, find: Find) {
  const last = rows.length;
  const end = letterOf(headings.length - 1);
  const setup = child(root, "pageSetup")?.attributes ?? {};
  const isPage = setup.paperSize === "9" && setup.orientation === "landscape";
  if (!isPage) find("it prints on A4 landscape", name);
  const fits = child(child(root, "sheetPr"), "pageSetUpPr")?.attributes.fitToPage === "1";
  const pages = Number(setup.fitToWidth ?? "1");
  const columns = child(root, "cols")?.children ?? [];
  const width = columns.reduce((sum, { attributes: { min, max, width } }) => {
    return sum + (Number(max) - Number(min) + 1) * Number(width);
  }, 0);
  if (!fits || setup.fitToHeight !== "0" || pages < 1) {
    find("it prints on the width of its pages", name);
  }
  // On a page 150 units are letters of 9 points: more than 285 would be less than 5.
  if (width / pages > 285) find("its letters can be read in print", name);
  const footer = child(child(root, "headerFooter"), "oddFooter")?.text ?? "";
  if (!/&A.*Stichtag \d\d\.\d\d\.\d{4}.*Seite &P von &N/.test(footer)) {
    find("each page says sheet, day and page x of y", name);
  }
  const index = book.sheets.findIndex((one) => one.name === name);
  const local = (wanted: string) =>
    book.names.find((one) => one.sheet === index && one.name === `_xlnm.${wanted}`)?.refersTo;
  const titles = local("Print_Titles")?.split(",") ?? [];
  if (!titles.includes(`'${name}'!$1:$1`)) find("the heading is printed on each page", name);
  const isLed = titles.some((one) => one.startsWith(`'${name}'!$A:$`));
  if (pages > 1 && !isLed) find("the first columns are printed on each page", name);
  if (local("Print_Area") !== `'${name}'!$A$1:$${end}$${last}`) {
    find("the print area is the table", name);
  }
  const view = child(child(root, "sheetViews"), "sheetView");
  const pane = child(view, "pane")?.attributes ?? {};
  if (pane.state !== "frozen" || pane.ySplit !== "1") find("the heading stays in view", name);
  const filter = child(root, "autoFilter")?.attributes.ref;
  const wanted = name === "Deckblatt" ? undefined : `A1:${end}${last}`;
  if (filter !== wanted) find("the filter covers the table", name);
  if (child(root, "mergeCells")) find("no cells are merged", name);
  for (const column of columns) {
    const { hidden, width } = column.attributes;
    if (hidden === "1" || !(Number(width) > 3)) find("nothing is hidden", `${name} column`);
  }
  for (const format of root.children.filter((one) => one.name === "conditionalFormatting")) {
    const rule = child(format, "cfRule");
    const isByWord = rule?.children.some(
      (one) => one.name === "formula" && /"NEIN"/.test(one.text),
    );
    if (!isByWord) find("a colour stands beside a word", name);
  }
}

/** A heading, rows without a gap, nothing beside the table. */
function checkGrid({ name, rows, headings }: Sheet, find: Find) {
  const cells = rows[0]?.cells ?? [];
  const hasAll = cells.length > 0 && cells.every(({ value }) => typeof value === "string" && value);
  if (rows[0]?.number !== 1 || !hasAll) find("row 1 is the heading", name);
  if (new Set(headings).size !== headings.length) find("no two headings are equal", name);
  for (const [index, row] of rows.entries()) {
    if (row.number !== index + 1)
      return find("no row is missing or blank", `${name} ${row.number}`);
    if (row.isHidden) find("nothing is hidden", `${name} ${row.number}`);
    if (row.cells.every(({ value }) => value === null)) {
      find("no row is missing or blank", `${name} ${row.number}`);
    }
    for (const { at, column } of row.cells) {
      if (headings[column] === undefined) find("no cell stands beside the table", `${name} ${at}`);
    }
  }
}

const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/;

function checkCell({ name }: Sheet, { at, type, value, keepsSpaces, format }: Cell, find: Find) {
  const where = `${name} ${at}`;
  if (type === "e") return find("no cell is an error", where);
  if (format.includes("[Red]") && !/\[Red\]-/.test(format)) find("a minus is written", where);
  if (typeof value === "number" && !Number.isFinite(value)) find("a number is a number", where);
  if (typeof value !== "string") return;
  if (/^#(REF|NAME|VALUE|DIV\/0|N\/A|NUM|NULL)/.test(value)) find("no cell is an error", where);
  if (forbidden.test(value)) find("no text has control characters", where);
  if (value.length > 32_767) find("no text is longer than a cell", where);
  if (/(?<!_x005f)_x[0-9a-f]{4}_/i.test(value.replaceAll("_x005F_x", "_ x"))) {
    find("a text that looks like an escape is escaped", where);
  }
  if (value.trim() !== value && type !== "str" && !keepsSpaces) {
    find("spaces at the ends are kept", where);
  }
}

/** Headings, kinds and names of the columns of a table. */
function checkTable(book: Book, sheet: Sheet, find: Find) {
  const { name, headings, rows } = sheet;
  const columns = sheetColumns[name.replace(/^Journal \d+$/, "Journal")];
  if (!columns) return;
  const isAsWritten =
    columns.length === headings.length &&
    columns.every(([wanted], index) =>
      typeof wanted === "string" ? wanted === headings[index] : wanted.test(headings[index]!),
    );
  if (!isAsWritten) find("the columns are those of the sheet", name);
  for (const [index, [, kind]] of columns.entries()) {
    for (const row of rows.slice(1)) {
      const cell = row.cells.find(({ column }) => column === index);
      if (cell) checkKind(name, cell, kind, find);
    }
  }
  checkRanges(book, sheet, find);
}

const isNumeric: Record<Kind, boolean> = {
  amount: true,
  figure: true,
  count: true,
  year: true,
  day: true,
  moment: true,
  weight: true,
  number: false,
  text: false,
};

function checkKind(sheet: string, { at, value, format }: Cell, kind: Kind, find: Find) {
  const where = `${sheet} ${at}`;
  if (!formatOf[kind].includes(format)) find(`a cell has the format of its column`, where);
  if (value === null) return;
  if ((typeof value === "number") !== isNumeric[kind]) {
    return find(isNumeric[kind] ? "no number is a text" : "a document number is a text", where);
  }
  if (typeof value !== "number") return;
  const cents =
    Math.abs(value * 100 - Math.round(value * 100)) < 1e-6 * Math.max(1, Math.abs(value));
  if (kind === "amount" && !cents) find("an amount has whole cents", where);
  if (kind === "day" || kind === "moment") {
    const isPossible = value > 32_874 && value < 73_415; // 1990 to 2100
    if (!isPossible || (kind === "day" && !Number.isInteger(value))) {
      find("a day is a day", where);
    }
  }
  if (kind === "year" && !(value >= 1990 && value < 2100)) find("a year is a year", where);
  if ((kind === "count" || kind === "year") && !Number.isInteger(value)) {
    find("a count is whole", where);
  }
}

/** Each column has a name of its own that covers its rows, and no name points elsewhere. */
function checkRanges(book: Book, { name, headings, rows }: Sheet, find: Find) {
  const last = Math.max(2, rows.length);
  for (const index of headings.keys()) {
    const letter = letterOf(index);
    const own = book.names.filter(
      ({ refersTo, sheet }) => sheet === undefined && refersTo.startsWith(`'${name}'!$${letter}$`),
    );
    const where = `${name} ${letter}`;
    if (own.length !== 1) find("each column has one name", where);
    for (const { refersTo } of own) {
      if (refersTo !== `'${name}'!$${letter}$2:$${letter}$${last}`) {
        find("a name covers the rows of its column", where);
      }
    }
  }
}

function checkFormulas(book: Book, find: Find) {
  const reckon = reckoner(book);
  const known = new Set(book.sheets.map(({ name }) => name));
  for (const { name, refersTo, sheet } of book.names) {
    const [, target] = /^'([^']+)'!\$/.exec(refersTo) ?? [];
    if (!target || !known.has(target)) find("a name points into the workbook", name);
    if (sheet === undefined && !/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) {
      find("a name can be used in formulas", name);
    }
  }
  for (const { name, cells } of book.sheets) {
    for (const { at, formula, value } of cells.values()) {
      if (formula === undefined) continue;
      const where = `${name} ${at}`;
      if (!isOfTheHouse(formula)) {
        find("every formula is one of the program", where);
        continue;
      }
      if (value === null) {
        find("every formula has its result beside it", where);
        continue;
      }
      try {
        const result = reckon(name, formula);
        const isSame = result instanceof Decimal ? result.eq(value) : result === value;
        if (!isSame) find("a formula gives the stored result", `${where}: ${result.toString()}`);
      } catch (error) {
        find("a formula can be reckoned", `${where}: ${String(error)}`);
      }
    }
  }
}

/** Calls a function that sums, compares or leads within the workbook; no other program, no other file. */
function isOfTheHouse(formula: string): boolean {
  const calls = [...formula.matchAll(/([\p{L}_][\p{L}\p{N}_.]*)\(/gu)].map(([, name]) => name!);
  const allowed = [
    "SUM",
    "SUMIFS",
    "SUMPRODUCT",
    "ROUND",
    "IF",
    "COUNT",
    "COUNTIF",
    "MAX",
    "MIN",
    "ABS",
  ];
  const isSafe = !/[[\]|@{}]/.test(formula) && !/https?:|file:|mailto:/i.test(formula);
  if (formula.startsWith("HYPERLINK(")) return isSafe && /^HYPERLINK\("#'/.test(formula);
  return isSafe && calls.length > 0 && calls.every((name) => allowed.includes(name));
}

/** "lfd. Nr." counts the rows. */
function checkNumbers({ sheets }: Book, find: Find) {
  for (const sheet of sheets) {
    if (sheet.headings[0] !== "lfd. Nr.") continue;
    for (const [index, value] of columnOf(sheet, "lfd. Nr.").entries()) {
      if (value !== index + 1)
        find("rows are numbered without a gap", `${sheet.name} ${index + 2}`);
    }
  }
}

function checkCover(book: Book, find: Find) {
  const cover = sheetNamed(book, "Deckblatt");
  if (!cover) return;
  const lines = new Map(
    cover.rows.map(({ number }) => [
      String(cover.cells.get(`A${number}`)?.value ?? ""),
      cover.cells.get(`B${number}`)?.value ?? null,
    ]),
  );
  const labels = [...coverLabels, ...book.sheets.slice(1).map(({ name }) => `Blatt ${name}`)];
  for (const label of labels) {
    if ((lines.get(label) ?? null) === null) find("the cover says what it must", label);
  }
  for (const sheet of book.sheets.slice(1)) {
    const text = String(lines.get(`Blatt ${sheet.name}`) ?? "");
    const counted = Number(/^(?:Zeilen|Kontrollen): (\d+)$/.exec(text)?.[1]);
    if (counted !== sheet.rows.length - 1) find("the cover counts the rows", sheet.name);
    if (!/^[0-9a-f]{64}$/.test(String(lines.get(`Siegel (SHA-256) ${sheet.name}`)))) {
      find("the cover has the seal of each sheet", sheet.name);
    }
  }
  if (lines.get("Alle Kontrollen stimmen") !== "ja") find("all controls hold", "Deckblatt");
  const last = journalRows(book).at(-1);
  const head = last
    ? `Buchung ${last["Buchungsnummer"]}, Prüfsumme ${last["Prüfsumme (SHA-256)"]}`
    : "noch keine Buchung";
  if (lines.get("Ende des Journals") !== head) find("the cover has the end of the journal", head);
  if (!lines.get("Umfang")?.toString().startsWith("vollständiges Journal")) return;
  for (const [index, row] of journalRows(book).entries()) {
    if (row["Buchungsnummer"] !== index + 1) {
      return find("a whole journal has no gap", `Buchung ${index + 1}`);
    }
  }
}

function checkCodes(book: Book, find: Find) {
  const codes = recordsOf(sheetNamed(book, "Schlüssel"));
  const known = new Set(codes.map((row) => `${row["Spalte"]}: ${row["Schlüssel"]}`));
  for (const sheet of book.sheets) {
    for (const column of codedColumns.filter((one) => sheet.headings.includes(one))) {
      for (const value of columnOf(sheet, column)) {
        if (value === null || value === "" || known.has(`${column}: ${value}`)) continue;
        find("every code is explained", `${sheet.name} ${column}: ${value}`);
      }
    }
  }
  // Of categories the code alone, or the code and its name.
  const categories = codes.filter((row) => row["Spalte"] === "Fördergegenstand");
  for (const sheet of book.sheets.filter(({ name }) => name !== "Schlüssel")) {
    for (const value of columnOf(sheet, "Fördergegenstand")) {
      const isOfBudget = typeof value === "string" && value.includes(" / ");
      if (value === null || value === "" || isOfBudget) continue;
      const code = String(value).split(" ")[0];
      if (categories.some((row) => row["Schlüssel"] === code)) continue;
      find("every code is explained", `${sheet.name} Fördergegenstand: ${value}`);
    }
  }
}

function checkControls(book: Book, find: Find) {
  for (const sheet of book.sheets) {
    const zeros = sheet.headings.filter((heading) => heading.endsWith("(muss 0 sein)"));
    for (const heading of zeros) {
      for (const [index, value] of columnOf(sheet, heading).entries()) {
        if (value !== null && value !== 0) {
          find("every difference is 0", `${sheet.name} ${heading} ${index + 2}`);
        }
      }
    }
  }
  for (const row of recordsOf(sheetNamed(book, "Kontrolle"))) {
    if (row["stimmt"] !== "ja") find("all controls hold", String(row["Was verglichen wird"]));
  }
}

/** Entries name accounts of the overview, and reversals turn an entry of their account to the cent. */
function checkJournal(book: Book, find: Find) {
  const accounts = new Map(
    recordsOf(sheetNamed(book, "Übersicht")).map((row) => [row["Konto-Nr."], row]),
  );
  const rows = journalRows(book);
  const byNumber = new Map(rows.map((row) => [row["Buchungsnummer"], row]));
  const turned = new Set<unknown>();
  let before = 0;
  for (const row of rows) {
    const number = Number(row["Buchungsnummer"]);
    const where = `Buchung ${number}`;
    if (number <= before) find("entries stand in their order", where);
    before = number;
    if (!/^[0-9a-f]{64}$/.test(String(row["Prüfsumme (SHA-256)"]))) {
      find("every entry has its checksum", where);
    }
    const account = accounts.get(row["Konto-Nr."] ?? null);
    if (account?.["Kontoart"] !== row["Kontoart"] || account?.["Konto"] !== row["Konto"]) {
      find("an entry stands on an account of the overview", where);
    }
    const reverses = row["storniert Buchung Nr."] ?? null;
    if ((row["Belegart"] === "Storno") !== (reverses !== null)) {
      find("a reversal names the entry that it turns", where);
    }
    const original = byNumber.get(reverses);
    if (reverses === null) continue;
    if (turned.has(reverses)) find("an entry is reversed once", where);
    turned.add(reverses);
    // Of an extract the original stands in it too: it is on the same account.
    const isTurned =
      original?.["Konto-Nr."] === row["Konto-Nr."] &&
      original?.["Wertart"] === row["Wertart"] &&
      Number(original?.["Betrag (EUR)"]) === -Number(row["Betrag (EUR)"]) &&
      Number(reverses) < number;
    if (!isTurned) find("a reversal turns its entry to the cent", where);
  }
}

const paired = ["Brutto", "Skonto", "gezahlt", "förderfähig", "nicht förderfähige USt"];

/** Rows that were undone and rows that undo name each other, and cancel out. */
function checkReceipts(book: Book, find: Find) {
  const rows = recordsOf(sheetNamed(book, "Belegliste"));
  const numbers = new Set(journalRows(book).map((row) => String(row["Buchungsnummer"])));
  for (const [index, row] of rows.entries()) {
    const where = `Belegliste ${index + 2}`;
    const other = rows[Number(row["lfd. Nr. der Gegenzeile (Storno)"] ?? 0) - 1];
    const status = String(row["Status"]);
    const isPaid = (row["Zahlungsdatum"] ?? null) !== null;
    if (status === "bezahlt" ? !isPaid : status === "unbezahlt" && isPaid) {
      find("a paid row has its day of payment", where);
    }
    for (const number of String(row["Buchungsnummern"] ?? "").split(", ")) {
      if (number !== "" && !numbers.has(number)) find("a row names entries of the journal", where);
    }
    if (["storniert", "Storno"].includes(status) !== (other !== undefined)) {
      find("reversal and original name each other", where);
    }
    if (!other) continue;
    const isMutual = other["lfd. Nr. der Gegenzeile (Storno)"] === index + 1;
    const isPair = [status, String(other["Status"])].toSorted().join() === "Storno,storniert";
    if (!isMutual || !isPair) find("reversal and original name each other", where);
    if (paired.some((key) => Number(row[key]) !== -Number(other[key]))) {
      find("reversal and original cancel out", where);
    }
  }
}

/** The sheet of reversals has every reversing entry of the journal, with the original that it turns. */
function checkReversals(book: Book, find: Find) {
  const reversing = journalRows(book).filter((row) => row["Belegart"] === "Storno");
  const turns = new Map(
    reversing.map((row) => [String(row["Buchungsnummer"]), String(row["storniert Buchung Nr."])]),
  );
  const named = new Set<string>();
  const listOf = (value: unknown) => (value ? String(value).split(", ") : []);
  for (const [index, row] of recordsOf(sheetNamed(book, "Stornos")).entries()) {
    const where = `Stornos ${index + 2}`;
    const originals = listOf(row["Buchungen des Vorgangs (Nr.)"]);
    const reversals = listOf(row["Buchungen des Stornos (Nr.)"]);
    for (const number of reversals) {
      named.add(number);
      if (!originals.includes(turns.get(number) ?? "")) {
        find("a reversal stands beside the entries that it turns", where);
      }
    }
    if (originals.length !== row["Anzahl"] || reversals.length !== row["Anzahl im Storno"]) {
      find("the sheet of reversals counts its entries", where);
    }
    if (!row["Grund"] || !row["storniert von"]) find("a reversal has reason and person", where);
  }
  for (const number of turns.keys()) {
    if (!named.has(number)) find("every reversal is on its sheet", `Buchung ${number}`);
  }
}

type Row = Record<string, string | number | null>;

function recordsOf(sheet: Sheet | undefined): Row[] {
  if (!sheet) return [];
  return sheet.rows.slice(1).map(({ cells }) => {
    const row: Row = {};
    for (const { column, value } of cells) row[sheet.headings[column] ?? ""] = value;
    return row;
  });
}

function journalRows({ sheets }: Book): Row[] {
  return sheets.filter(({ name }) => /^Journal( \d+)?$/.test(name)).flatMap(recordsOf);
}

function columnOf(sheet: Sheet, heading: string) {
  return recordsOf(sheet).flatMap((row) => (heading in row ? [row[heading] ?? null] : []));
}

function sheetNamed({ sheets }: Book, name: string): Sheet | undefined {
  return sheets.find((sheet) => sheet.name === name);
}

/** One table as one sheet: heading in row 1, a row for each record, nothing merged, nothing between. */
import { once } from "node:events";
import type { Writable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import type { stream, Worksheet } from "exceljs";
import { type Content, textCell } from "./cells.ts";
import { keyOf, nameOf } from "./range-names.ts";
import { type CellStyle, headingOver, styles } from "./styles.ts";

export type WorkbookWriter = stream.xlsx.WorkbookWriter;

/** Where a row stands, for formulas on its neighbours. */
export type Place<Key> = { number: number; at: (key: Key) => string };

export type Column<Row, Key extends string> = {
  /** German, since it names the column's range in the workbook: "Journal_Betrag". */
  key?: Key;
  title: string;
  width: number;
  style: CellStyle | ((row: Row) => CellStyle);
  /** Whose alignment the heading takes, where rows have styles of their own. */
  headingStyle?: CellStyle;
  content: (row: Row, place: Place<Key>) => Content;
};

export type Table<Row, Key extends string> = {
  sheet: string;
  columns: Column<Row, Key>[];
  rows: Row[];
  frozenColumns?: number;
  /** False for a sheet that is read from top to bottom. */
  hasFilter?: boolean;
};

/** Any table, seen from outside: for formulas and names. */
export type Shape<Key extends string = string> = {
  sheet: string;
  columns: { key?: Key; title: string }[];
  rows: unknown[];
};

/** The name of a column's range, to be used in formulas. */
export function range<Key extends string>(table: Shape<Key>, key: Key): string {
  if (!table.columns.some((column) => keyOf(column) === key)) {
    throw new RangeError(`${table.sheet} has no column ${key}`);
  }
  return `${nameOf(table.sheet)}_${key}`;
}

/**
 * The named ranges of a table. Without rows the range is the empty row 2: one from row 2 to row 1
 * would be turned around by every program and take in the heading.
 */
export function namedRanges(table: Shape): { name: string; ranges: string[] }[] {
  const last = Math.max(2, table.rows.length + 1);
  return table.columns.map((column, index) => {
    const letter = letterOf(index);
    const cells = `'${table.sheet}'!$${letter}$2:$${letter}$${last}`;
    return { name: range(table, keyOf(column)), ranges: [cells] };
  });
}

/** Rows of a sheet below its heading. */
const mostRows = 1_048_575;

export type Margins = { header: string; footer: string };

export async function writeTable<Row, Key extends string>(
  workbook: WorkbookWriter,
  table: Table<Row, Key>,
  margins: Margins,
): Promise<Worksheet> {
  const { columns, rows } = table;
  if (rows.length > mostRows) throw new RangeError(`too many rows for a sheet: ${rows.length}`);
  const sheet = openSheet(workbook, table, margins);
  const letters = new Map(columns.map(({ key }, index) => [key, letterOf(index)]));

  const heading = sheet.getRow(1);
  columns.forEach(({ title, style, headingStyle }, index) => {
    const cell = heading.getCell(index + 1);
    cell.value = title;
    cell.style = headingOver(headingStyle ?? (typeof style === "function" ? {} : style));
  });
  heading.height = heightOf(
    Math.max(2, ...columns.map(({ title, width }) => linesOf(title, width - 2))),
  );
  heading.commit();

  for (const [index, record] of rows.entries()) {
    const row = sheet.getRow(index + 2);
    const at = (key: Key) => `${letters.get(key)}${row.number}`;
    let lines = 1;
    columns.forEach(({ style, content, width }, column) => {
      const cell = row.getCell(column + 1);
      const value = content(record, { number: index + 1, at });
      cell.value = typeof value === "string" ? textCell(value) : value;
      cell.style = typeof style === "function" ? style(record) : style;
      if (typeof value !== "string" || style === styles.oneLine) return;
      lines = Math.max(lines, linesOf(value, width * lettersPerUnit));
    });
    row.height = heightOf(lines);
    row.commit();
    if (index % rowsAtOnce === rowsAtOnce - 1) await drained(sheet);
  }
  return sheet;
}

function openSheet<Row, Key extends string>(
  workbook: WorkbookWriter,
  { sheet: name, columns, rows, frozenColumns = 0, hasFilter = true }: Table<Row, Key>,
  { header, footer }: Margins,
): Worksheet {
  const sheet = workbook.addWorksheet(name, {
    views: [{ state: "frozen", xSplit: frozenColumns, ySplit: 1, showGridLines: false }],
    pageSetup: {
      paperSize: 9, // A4
      orientation: "landscape",
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: "1:1",
      margins: { left: 0.4, right: 0.4, top: 0.6, bottom: 0.6, header: 0.3, footer: 0.3 },
    },
    headerFooter: { oddHeader: header, oddFooter: footer },
  });
  sheet.columns = columns.map(({ width }) => ({ width }));
  if (hasFilter) {
    const to = { row: rows.length + 1, column: columns.length };
    sheet.autoFilter = { from: { row: 1, column: 1 }, to };
  }
  return sheet;
}

const rowsAtOnce = 500;

/**
 * exceljs hands its rows on and never waits for the file. Waiting here keeps the memory flat for a
 * long journal, and lets the server answer others meanwhile.
 */
async function drained(sheet: Worksheet) {
  const { pipes } = (sheet as unknown as { stream: { pipes: Writable[] } }).stream;
  const [zip] = pipes;
  if (zip && zip.writableLength >= zip.writableHighWaterMark) await once(zip, "drain");
  await setImmediate();
}

/** Rows get their height here: not every program makes them tall enough for wrapped text. */
function heightOf(lines: number): number {
  return Math.min(12 * lines + 3, 409);
}

/** Letters are narrower than a column's unit, the width of a digit in a larger font. */
const lettersPerUnit = 1.35;

function linesOf(text: string, width: number): number {
  return sum(text.split("\n").map((paragraph) => wrappedLines(paragraph, width)));
}

function wrappedLines(paragraph: string, width: number): number {
  if (paragraph.length <= width) return 1;
  let lines = 1;
  let used = 0;
  for (const word of paragraph.split(/(?<=[\s-])/)) {
    const length = word.trimEnd().length;
    if (used > 0 && used + length > width) {
      lines += 1;
      used = 0;
    }
    lines += Math.max(0, Math.ceil(length / width) - 1);
    used += word.length;
  }
  return lines;
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

/** 0 is A, 26 is AA. */
function letterOf(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letterOf(Math.floor(index / 26) - 1) + last;
}

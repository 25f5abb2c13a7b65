/** The rows of one sheet of a workbook as text in German notation. */
import { mostOfTable, type TableRow } from "#app/domain/reading.ts";
import { type NumberFormat, numberText } from "./number-format.ts";
import type { Package } from "./package.ts";
import { odd, tooLarge } from "./refusal.ts";

type Surroundings = { formats: NumberFormat[]; sharedTexts: string[]; startsIn1904: boolean };
type Cell = { column: number; type: string; style: number; value: string; isFormula: boolean };

/** Most cells that a title may be spread over. */
const mostMergedCells = 10_000;
/** Excel ends at XFD1048576. */
const end = { column: 16_384, row: 1_048_576 };

/** Rows without any text are left out. @throws Refusal */
export async function readSheet(
  parts: Package,
  name: string,
  surroundings: Surroundings,
): Promise<TableRow[]> {
  const rows: TableRow[] = [];
  let row: TableRow = { number: 0, cells: [] };
  let cell: Cell | undefined;
  let isValue = false;
  let column = -1;
  let cells = 0;

  await parts.walk(name, {
    open(tag) {
      const bare = tag.name.replace(/^.*:/, "");
      const { attributes } = tag;
      if (bare === "row") {
        row = { number: rowNumber(attributes.r, row.number), cells: [] };
        column = -1;
      } else if (bare === "c") {
        cells += 1;
        if (cells > mostOfTable.cells) throw tooLarge("cells");
        cell = {
          column: (column = columnOf(attributes.r, column)),
          type: attributes.t ?? "n",
          style: Number(attributes.s ?? 0),
          value: "",
          isFormula: false,
        };
      } else if (bare === "f" && cell) {
        cell.isFormula = true;
      } else if (bare === "v" || bare === "t") {
        isValue = cell !== undefined;
      } else if (bare === "mergeCell") {
        checkMergedArea(attributes.ref ?? "");
      }
    },
    text(text) {
      if (isValue) cell!.value += text;
    },
    close(tag) {
      const bare = tag.name.replace(/^.*:/, "");
      if (bare === "v" || bare === "t") isValue = false;
      if (bare === "c" && cell) {
        put(row, cell.column, cellText(cell, surroundings));
        cell = undefined;
      }
      if (bare === "row" && row.cells.length > 0) rows.push(row);
    },
  });
  return rows;
}

function rowNumber(given: string | undefined, last: number): number {
  const number = given === undefined ? last + 1 : Number(given);
  if (!Number.isInteger(number) || number <= last || number > end.row) {
    throw odd("cell_out_of_range");
  }
  if (number > mostOfTable.rows) throw tooLarge("rows");
  return number;
}

/** Counted from 0. A cell that does not say where it stands follows the one before. */
function columnOf(reference: string | undefined, last: number): number {
  const column = reference === undefined ? last + 1 : place(reference).column - 1;
  if (column >= mostOfTable.columns) throw tooLarge("columns");
  return column;
}

function place(reference: string): { column: number; row: number } {
  const match = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(reference);
  if (!match) throw odd("cell_out_of_range");
  const letters = [...match[1]!].map((letter) => letter.charCodeAt(0) - 64);
  const column = letters.reduce((total, letter) => total * 26 + letter, 0);
  const row = Number(match[2]);
  if (column > end.column || row > end.row) throw odd("cell_out_of_range");
  return { column, row };
}

function checkMergedArea(reference: string): void {
  const [from, to] = reference.split(":").map(place);
  if (!from || !to) throw odd("cell_out_of_range");
  const cells = (to.column - from.column + 1) * (to.row - from.row + 1);
  if (cells > mostMergedCells) throw odd("merged_area_too_large");
}

function put(row: TableRow, column: number, text: string): void {
  if (text === "") return;
  if (text.length > mostOfTable.text) throw tooLarge("text");
  while (row.cells.length < column) row.cells.push("");
  row.cells[column] = text;
}

/** The result of a formula; one that was never reckoned stays what it is, and is no number. */
function cellText(cell: Cell, { formats, sharedTexts, startsIn1904 }: Surroundings): string {
  const { type, value, style } = cell;
  if (value === "") return cell.isFormula && type !== "str" ? "=" : "";
  switch (type) {
    case "s":
      return (sharedTexts[Number(value)] ?? "").trim();
    case "b":
      return value === "1" ? "ja" : "nein";
    case "d":
      return value.slice(0, 10);
    case "n":
      return isNumber(value) ? numberText(value, formats[style] ?? general, startsIn1904) : value;
    default: // texts in the cell, results of formulas that are texts, and "#DIV/0!"
      return value.trim();
  }
}

const general: NumberFormat = {
  isDay: false,
  isPercent: false,
  places: undefined,
  leastDigits: 1,
};

function isNumber(value: string): boolean {
  return /^-?\d{1,320}(\.\d{1,320})?(E[+-]?\d{1,3})?$/i.test(value);
}

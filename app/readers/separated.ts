/** Reads a table of separated values (csv, or pasted from a spreadsheet). */
import Papa from "papaparse";
import { mostOfTable, type TableRow } from "#app/domain/reading.ts";
import { Refusal, tooLarge } from "./refusal.ts";

const separators = [";", "\t", ","];

/** Rows are numbered as a spreadsheet would show them; rows without any text are left out. */
export function readSeparated(text: string): TableRow[] {
  if (/[\0-\x08\x0e-\x1f]/.test(text)) {
    throw new Refusal({ field: "file", rule: "file_not_a_table" });
  }
  checkBreadth(text);
  const { data, meta } = Papa.parse<string[]>(text, {
    delimiter: separatorOf(text),
    preview: mostOfTable.rows + 1,
  });
  if (meta.truncated || data.length > mostOfTable.rows + 1) throw tooLarge("rows");
  const rows = data.map((cells, index) => {
    if (cells.length > mostOfTable.columns) throw tooLarge("columns");
    if (cells.some((cell) => cell.length > mostOfTable.text)) throw tooLarge("text");
    return { number: index + 1, cells: cells.map((cell) => cell.trim()) };
  });
  return rows.filter(({ cells }) => cells.some((cell) => cell !== ""));
}

/** Counted before anything is built: ten million separators would be ten million cells. */
function checkBreadth(text: string): void {
  for (const separator of separators) {
    let count = 0;
    for (let at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, at + 1)) {
      count += 1;
      if (count > mostOfTable.cells) throw tooLarge("cells");
    }
  }
}

/**
 * The separator that divides most of the first rows. Commas stand inside German amounts as well, so
 * they come last.
 */
function separatorOf(text: string): string {
  const start = text.slice(0, 20_000);
  const guesses = separators.map((separator) => {
    const rows = Papa.parse<string[]>(start, { delimiter: separator, preview: 10 }).data;
    return { separator, divided: rows.filter((cells) => cells.length > 1).length };
  });
  const most = Math.max(...guesses.map(({ divided }) => divided));
  return guesses.find(({ divided }) => divided === most)!.separator;
}

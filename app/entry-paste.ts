/** Cells pasted from a spreadsheet into the table of invoices. Runs in the browser too. */
import { type EntryColumn, entryColumns, rowsBelow } from "./domain/entry.ts";
import { recogniseColumns } from "./german/entry-columns.ts";
import { readSeparated } from "./readers/separated.ts";

type Cells = Partial<Record<EntryColumn, string>>;

/**
 * The rows of what was pasted. Where its first row names columns that we know, they say what is what;
 * else the cells follow each other from the column given.
 * @throws Refusal for what is no table
 */
export function pastedRows(text: string, from: EntryColumn = "supplier"): Cells[] {
  const rows = readSeparated(text.replace(/\r\n?/g, "\n"));
  const [first] = rows;
  if (!first) return [];
  const named = recogniseColumns(first.cells);
  if (Object.keys(named).length >= 2) {
    return rowsBelow(rows, first.number, named).map(({ cells }) => cells);
  }
  const columns = entryColumns.slice(entryColumns.indexOf(from));
  const inOrder = Object.fromEntries(columns.map((column, place) => [column, place]));
  return rowsBelow(rows, null, inOrder).map(({ cells }) => cells);
}

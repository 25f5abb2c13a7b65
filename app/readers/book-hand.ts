/** Keeps apart what the audit wrote into the columns of a workbook that are meant for it. */
import type { HandEntry } from "#app/domain/book-check.ts";
import { handColumns } from "#app/domain/sheet-text.ts";
import type { BookFile, BookRow } from "./book-rows.ts";
import { textOfCell } from "./book-text.ts";

/** The columns of a sheet that are for the audit, with their titles: as the heading of the books has them. */
export async function handColumnsOf(book: BookFile, sheet: string): Promise<Map<string, string>> {
  const titles: string[] = Object.values(handColumns.titles);
  const part = sheet === handColumns.sheet && book.sheets.find(({ name }) => name === sheet)?.part;
  if (!part) return new Map();
  for await (const { cells } of book.rows(part)) {
    const own = cells.filter(({ value }) => titles.includes(String(value)));
    return new Map(own.map(({ column, value }) => [column, String(value)]));
  }
  return new Map();
}

/** Takes out what stands below the heading of those columns, where the books have nothing, and notes it. */
export async function* withoutHand(
  sheet: string,
  rows: AsyncGenerator<BookRow>,
  titles: Map<string, string>,
  note: (entry: HandEntry) => void,
): AsyncGenerator<BookRow> {
  for await (const row of rows) {
    const cells = row.cells.filter((cell) => {
      const title = row.number > 1 ? titles.get(cell.column) : undefined;
      if (title === undefined) return true;
      note({
        ...{ sheet, cell: `${cell.column}${row.number}`, title },
        found: textOfCell(cell, row.number),
      });
      return false;
    });
    // A sum below the list is a row of its own.
    if (cells.length > 0 || row.cells.length === 0) yield { ...row, cells };
  }
}

/** What the table of invoices is told about its rows. */
import { type EntryRow, mostEntryRows } from "#app/domain/entry.ts";
import { grossTotal } from "#app/domain/payment.ts";
import type { CheckedTable } from "#app/entry-table.server.ts";
import { problemOf } from "#app/german/words.ts";
import { wire } from "#app/http.ts";

export const blankRows = 10;

export const emptyAnswer = {
  refused: null as string | null,
  problems: [] as { row: number; column: string; sentence: string }[],
  left: {} as Record<number, string>,
  invoiceCount: 0,
  total: "0",
  isChecked: false,
};

export function answerOf(id: string, rows: EntryRow[], { entries, problems, left }: CheckedTable) {
  return wire({
    ...emptyAnswer,
    id,
    rows: padded(rows, blankRows),
    problems: problems.map(({ row, column, violation }) => {
      return { row, column: column as string, sentence: problemOf(violation).sentence };
    }),
    left: Object.fromEntries([...left].map(([row, amount]) => [row, amount.toFixed(2)])),
    invoiceCount: entries.length,
    total: grossTotal(entries.flatMap(({ draft }) => draft.lines)).toFixed(2),
    isChecked: true,
  });
}

/** With blank rows behind, up to so many. */
export function padded(rows: EntryRow[], count: number): EntryRow[] {
  const missing = Math.max(0, Math.min(count, mostEntryRows) - rows.length);
  const blank = Array.from({ length: missing }, (_, at): EntryRow => {
    return { number: rows.length + at + 1, cells: {} };
  });
  return [...rows, ...blank];
}

export type GridAnswer = ReturnType<typeof answerOf>;

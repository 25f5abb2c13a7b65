/** A table of invoices against the books: what its rows say, and what is wrong with them. */
import type { Entry, EntryProblem, EntryRow } from "./domain/entry.ts";
import type { Money } from "./domain/money.ts";
import type { User } from "./domain/permission.ts";
import { readEntries } from "./entry-rows.ts";
import { loadEntrySurroundings } from "./records/entry-books.server.ts";
import { checkEntries } from "./records/entry-recording.server.ts";

export type CheckedTable = {
  entries: Entry[];
  problems: EntryProblem[];
  /** What is left of the row's budget line after it, in euro. */
  left: Map<number, Money>;
};

export async function readTableRows(user: User, grantId: string, rows: EntryRow[]) {
  return readEntries(rows, await loadEntrySurroundings(user, grantId));
}

/** Nothing is recorded. Rows with a problem leave what was there without them. */
export async function checkTableRows(
  user: User,
  grantId: string,
  rows: EntryRow[],
): Promise<CheckedTable> {
  const { entries, problems } = await readTableRows(user, grantId, rows);
  const checked = await checkEntries(user, grantId, entries);
  return {
    entries,
    problems: [...problems, ...checked.problems].sort((a, b) => a.row - b.row),
    left: checked.left,
  };
}

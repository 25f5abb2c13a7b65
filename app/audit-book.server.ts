/** Makes an audit workbook (Prüfbuch): read from the books as known at a moment, and written as they are read. */
import packageFile from "../package.json";
import type { BookScope } from "./domain/audit-scope.ts";
import type { User } from "./domain/permission.ts";
import { type BookOptions, writeAuditBook } from "./exports/audit-book.server.ts";
import { exportFileName } from "./german/export-words.ts";
import { readAuditBook } from "./records/audit-book.server.ts";
import { momentOfBooks, readKnown } from "./records/known.server.ts";

/** What to call the file by: what the book is of, and its day. */
export type MadeBook = { name: string };

/**
 * Writes the workbook of a scope to a path. User and scope are plain data. The same scope with the same `knownOn`
 * makes the same bytes, whatever was booked since; without one it is the books of now, and the cover says of when.
 * @param signal ends the query within a second and leaves no file; its reason is thrown
 * @param onProgress told how many entries of the journal are written
 * @returns undefined for a moment that is still to come
 * @throws Response 404 for a grant of nobody; the error of a full disk, and no file is left then
 */
export async function makeAuditBook(
  user: User,
  scope: BookScope,
  path: string,
  { signal, ...options }: BookOptions = {},
): Promise<MadeBook | undefined> {
  const moment = scope.knownOn ? new Date(scope.knownOn) : await momentOfBooks(user);
  const known = { ...scope, knownOn: moment.toISOString() };
  return readKnown(user, moment, () =>
    readAuditBook(
      user,
      known,
      packageFile.version,
      async (book) => {
        await writeAuditBook(book, path, { signal, ...options });
        const of = book.grant ?? (book.fiscalYear ? `Haushalt ${book.fiscalYear}` : book.authority);
        return { name: exportFileName("workbook", of, book) };
      },
      signal,
    ),
  );
}

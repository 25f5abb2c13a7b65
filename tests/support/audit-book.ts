/** An audit book as it stands, with all of its journal, for tests that look into it or write it more than once. */
import type { AuditBook, BookEntry } from "#app/domain/audit-book.ts";
import type { BookScope } from "#app/domain/audit-scope.ts";
import type { User } from "#app/domain/permission.ts";
import { readAuditBook } from "#app/records/audit-book.server.ts";

export function loadAuditBook(
  user: User,
  scope: BookScope,
  programVersion: string,
): Promise<AuditBook & { entries: [BookEntry[]] }> {
  return readAuditBook(user, scope, programVersion, async (book) => {
    const entries: BookEntry[] = [];
    for await (const portion of book.entries) entries.push(...portion);
    return { ...book, entries: [entries] };
  });
}

/** Imports (eingelesene Dateien): a table is uploaded, its columns mapped, then booked as a whole. */
import { createHash } from "node:crypto";
import { and, desc, eq, sql } from "drizzle-orm";
import type { ColumnMapping, Entry, EntryProblem } from "#app/domain/entry.ts";
import { mayUser, type User } from "#app/domain/permission.ts";
import type { FileImportedBefore, TableRow } from "#app/domain/reading.ts";
import { forbidden, notFound } from "#app/http.ts";
import { db, type Reader } from "#db/client.ts";
import { importDrafts, imports } from "#db/schema/imports.ts";
import { users } from "#db/schema/users.ts";
import { logChange } from "./changes.server.ts";
import { holdMapping, isOld } from "./column-mappings.server.ts";
import { type OnProgress, recordEntriesWithin } from "./entry-recording.server.ts";
import { requireStandingGrant } from "./grants.server.ts";
import { lockBooks } from "./journal.server.ts";
import type { MadeFromOld } from "./versions.server.ts";

export type UploadedTable = {
  fileName: string;
  content: Buffer;
  rows: TableRow[];
  headerRow: number | null;
  mapping: ColumnMapping;
};

/** Keeps the table until it is booked or discarded; a file that is imported already is refused. */
export async function keepTable(
  user: User,
  grantId: string,
  { content, ...table }: UploadedTable,
): Promise<{ draftId: string } | { violation: FileImportedBefore }> {
  if (!mayUser(user, "record")) forbidden();
  await requireStandingGrant(user, grantId, db);
  const fileHash = createHash("sha256").update(content).digest("hex");
  const violation = await importedBefore(user, fileHash, db);
  if (violation) return { violation };
  const { id: uploadedBy, schoolAuthorityId } = user;
  return db.transaction(async (tx) => {
    // The same file sent twice at once waits once.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${grantId + fileHash}, 0))`);
    const [waiting] = await tx
      .select({ id: importDrafts.id })
      .from(importDrafts)
      .where(
        and(
          eq(importDrafts.schoolAuthorityId, schoolAuthorityId),
          eq(importDrafts.grantId, grantId),
          eq(importDrafts.fileHash, fileHash),
        ),
      );
    if (waiting) return { draftId: waiting.id };
    const [draft] = await tx
      .insert(importDrafts)
      .values({ ...table, schoolAuthorityId, grantId, fileHash, uploadedBy })
      .returning({ id: importDrafts.id });
    return { draftId: draft!.id };
  });
}

/** Uploaded tables of a grant that wait to be booked, newest first. */
export function listDrafts(user: User, grantId: string) {
  return db
    .select({
      id: importDrafts.id,
      fileName: importDrafts.fileName,
      createdAt: importDrafts.createdAt,
      uploadedBy: users.name,
      rowCount: sql<number>`jsonb_array_length(${importDrafts.rows})`.mapWith(Number),
    })
    .from(importDrafts)
    .innerJoin(users, eq(users.id, importDrafts.uploadedBy))
    .where(
      and(
        eq(importDrafts.grantId, grantId),
        eq(importDrafts.schoolAuthorityId, user.schoolAuthorityId),
      ),
    )
    .orderBy(desc(importDrafts.createdAt));
}

export async function findDraft(user: User, id: string, reader: Reader = db) {
  const [draft] = await reader
    .select()
    .from(importDrafts)
    .where(
      and(eq(importDrafts.id, id), eq(importDrafts.schoolAuthorityId, user.schoolAuthorityId)),
    );
  return draft;
}

/**
 * Throws an uploaded table away.
 * @param seen the version of its mapping that its page showed
 */
export async function discardDraft(
  user: User,
  id: string,
  seen?: string,
): Promise<MadeFromOld | undefined> {
  if (!mayUser(user, "record")) forbidden();
  return db.transaction(async (tx) => {
    if (isOld(await holdMapping(tx, user, id), seen)) return { rule: "made_from_old" };
    await tx
      .delete(importDrafts)
      .where(
        and(eq(importDrafts.id, id), eq(importDrafts.schoolAuthorityId, user.schoolAuthorityId)),
      );
  });
}

/** Books an uploaded table as a whole, or says what is wrong. The import takes the draft's id. */
export function recordImport(
  user: User,
  draftId: string,
  entries: Entry[],
  onProgress?: OnProgress,
): Promise<{ violation?: FileImportedBefore; problems: EntryProblem[] }> {
  return db
    .transaction(async (tx) => {
      await lockBooks(tx, user, "record");
      const draft = (await findDraft(user, draftId, tx)) ?? notFound();
      const { id, grantId, fileName, fileHash, schoolAuthorityId } = draft;
      const violation = await importedBefore(user, fileHash, tx);
      if (violation) return { violation, problems: [] };
      await tx.insert(imports).values({
        id,
        schoolAuthorityId,
        grantId,
        fileName,
        fileHash,
        rowCount: entries.flatMap(({ rows }) => rows).length,
        invoiceCount: entries.length,
        recordedBy: user.id,
        supersedesId: (await listImportsOf(user, fileHash, tx))[0]?.id ?? null,
      });
      const given = onProgress ? { importId: id, onProgress } : { importId: id };
      const problems = await recordEntriesWithin(tx, user, grantId, entries, given);
      if (problems.length > 0) throw new NotBookable(problems);
      await tx.delete(importDrafts).where(eq(importDrafts.id, id));
      await logChange(tx, user, "file_imported", { id, text: fileName });
      return { problems: [] };
    })
    .catch((error: unknown) => {
      if (error instanceof NotBookable) return { problems: error.problems };
      throw error;
    });
}

/** Takes back the whole transaction. */
class NotBookable extends Error {
  constructor(readonly problems: EntryProblem[]) {
    super("an import with problems");
  }
}

async function importedBefore(
  user: User,
  fileHash: string,
  reader: Reader,
): Promise<FileImportedBefore | undefined> {
  const [last] = await listImportsOf(user, fileHash, reader);
  if (!last?.stands) return undefined;
  const { fileName, createdAt } = last;
  return { field: "file", rule: "file_imported_before", fileName, importedAt: createdAt };
}

/** Imports of the same file, newest first. */
function listImportsOf(user: User, fileHash: string, reader: Reader) {
  return reader
    .select({
      id: imports.id,
      fileName: imports.fileName,
      createdAt: imports.createdAt,
      stands: importStands,
    })
    .from(imports)
    .where(
      and(eq(imports.schoolAuthorityId, user.schoolAuthorityId), eq(imports.fileHash, fileHash)),
    )
    .orderBy(desc(imports.createdAt));
}

/** An import stands as long as one of its invoices does. */
export const importStands = sql<boolean>`exists (
  select 1 from invoices i where i.import_id = imports.id
    and not exists (select 1 from reversals r where r.document_id = i.id))`;

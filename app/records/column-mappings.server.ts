/** What the columns of uploaded tables mean (Zuordnung): kept with the table, and for the next with such a header. */
import { and, eq } from "drizzle-orm";
import type { ColumnMapping } from "#app/domain/entry.ts";
import { mayUser, type User } from "#app/domain/permission.ts";
import { forbidden } from "#app/http.ts";
import { db, type Transaction } from "#db/client.ts";
import { columnMappings, importDrafts } from "#db/schema/imports.ts";
import { type MadeFromOld, versionOf } from "./versions.server.ts";

/** What the authority said before that the columns of such a header mean. */
export async function findMapping(
  user: User,
  headerKey: string,
): Promise<ColumnMapping | undefined> {
  const [kept] = await db
    .select({ mapping: columnMappings.mapping })
    .from(columnMappings)
    .where(
      and(
        eq(columnMappings.schoolAuthorityId, user.schoolAuthorityId),
        eq(columnMappings.headerKey, headerKey),
      ),
    );
  return kept?.mapping;
}

type Mapped = { headerRow: number | null; mapping: ColumnMapping };

/** The version of what the columns of an uploaded table mean. */
export function versionOfMapping({ headerRow, mapping }: Mapped): string {
  const sorted = Object.entries(mapping).sort(([a], [b]) => (a < b ? -1 : 1));
  return versionOf([headerRow, sorted]);
}

/** Whether a page showed another mapping than is kept now. */
export function isOld(kept: Mapped | undefined, seen: string | undefined): boolean {
  return seen !== undefined && kept !== undefined && versionOfMapping(kept) !== seen;
}

/** The mapping of an uploaded table, which nobody else changes until the transaction ends. */
export async function holdMapping(tx: Transaction, user: User, draftId: string) {
  const { schoolAuthorityId } = user;
  const [kept] = await tx
    .select({ headerRow: importDrafts.headerRow, mapping: importDrafts.mapping })
    .from(importDrafts)
    .where(and(eq(importDrafts.id, draftId), eq(importDrafts.schoolAuthorityId, schoolAuthorityId)))
    .for("update");
  return kept;
}

/**
 * Sets what the columns of an uploaded table mean, and remembers it for the next with such a header.
 * @param seen the version that it was made from
 */
export async function mapColumns(
  user: User,
  draftId: string,
  headerKey: string,
  { headerRow, mapping }: Mapped,
  seen?: string,
): Promise<MadeFromOld | undefined> {
  if (!mayUser(user, "record")) forbidden();
  const { schoolAuthorityId } = user;
  return db.transaction(async (tx) => {
    if (isOld(await holdMapping(tx, user, draftId), seen)) return { rule: "made_from_old" };
    await tx
      .update(importDrafts)
      .set({ headerRow, mapping })
      .where(
        and(eq(importDrafts.id, draftId), eq(importDrafts.schoolAuthorityId, schoolAuthorityId)),
      );
    await tx
      .insert(columnMappings)
      .values({ schoolAuthorityId, headerKey, mapping })
      .onConflictDoUpdate({
        target: [columnMappings.schoolAuthorityId, columnMappings.headerKey],
        set: { mapping },
      });
  });
}

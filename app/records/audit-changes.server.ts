/** The change log (Änderungsprotokoll) of the audit workbook: each line with the seal of its row. */
import { and, asc, eq, notInArray, sql } from "drizzle-orm";
import type { ChangeRow } from "#app/domain/audit-sheets.ts";
import type { User } from "#app/domain/permission.ts";
import type { Reader } from "#db/client.ts";
import { changes } from "#db/schema/changes.ts";
import { seals } from "#db/schema/seals.ts";
import { users } from "#db/schema/users.ts";
import type { Reach } from "./audit-reach.server.ts";
import { readings } from "./changes.server.ts";

/**
 * Deeds in their order, without what was only read. Of a part of the books the deeds whose subject is in it.
 * The log tells when something was recorded, so the day of the book does not cut it: what was known does. For a
 * limited auditor without what was before and after: a deed moves the authority's shared pots too.
 */
export async function loadChangeRows(reader: Reader, user: User, reach: Reach) {
  const rows = await reader
    .select({
      subjectId: changes.subjectId,
      changedAt: changes.changedAt,
      changedBy: users.name,
      deed: changes.deed,
      text: changes.text,
      before: changes.before,
      after: changes.after,
      requestId: changes.requestId,
      sealNumber: seals.number,
      seal: seals.hash,
    })
    .from(changes)
    .innerJoin(users, eq(users.id, changes.changedBy))
    .leftJoin(
      seals,
      and(
        eq(seals.schoolAuthorityId, changes.schoolAuthorityId),
        eq(seals.sealedTable, "changes"),
        eq(seals.rowKey, sql`${changes.id}::text`),
      ),
    )
    .where(
      and(
        eq(changes.schoolAuthorityId, user.schoolAuthorityId),
        notInArray(changes.deed, readings),
      ),
    )
    .orderBy(asc(changes.changedAt), asc(seals.number), asc(changes.id));
  return rows
    .filter(({ subjectId }) => reach.isAll || reach.has(subjectId))
    .map(({ subjectId: _, ...row }): ChangeRow => {
      const seen = user.limits ? { ...row, before: null, after: null } : row;
      return { ...seen, changedAt: row.changedAt.toISOString() };
    });
}

/** The change log (Änderungsprotokoll): one line for each deed, in the deed's own transaction. */
import { desc, eq } from "drizzle-orm";
import { now } from "#app/clock.server.ts";
import type { Deed } from "#app/domain/deed.ts";
import type { User } from "#app/domain/permission.ts";
import { db, type Reader } from "#db/client.ts";
import { changes } from "#db/schema/changes.ts";
import { users } from "#db/schema/users.ts";

export async function logChange(
  reader: Reader,
  user: Pick<User, "id" | "schoolAuthorityId">,
  deed: Deed,
  subject: { id?: string; text: string },
) {
  await reader.insert(changes).values({
    schoolAuthorityId: user.schoolAuthorityId,
    changedAt: now(),
    changedBy: user.id,
    deed,
    subjectId: subject.id ?? null,
    text: subject.text,
  });
}

const pageSize = 100;

/** One page of the log, newest first, and whether there is more. */
export async function listChanges(user: User, page: number) {
  const rows = await db
    .select({
      id: changes.id,
      changedAt: changes.changedAt,
      changedBy: users.name,
      deed: changes.deed,
      text: changes.text,
    })
    .from(changes)
    .innerJoin(users, eq(users.id, changes.changedBy))
    .where(eq(changes.schoolAuthorityId, user.schoolAuthorityId))
    .orderBy(desc(changes.changedAt), desc(changes.id))
    .limit(pageSize + 1)
    .offset((page - 1) * pageSize);
  return { changes: rows.slice(0, pageSize), hasMore: rows.length > pageSize };
}

/** The change log (Änderungsprotokoll): one line for each deed, in the deed's own transaction. */
import { and, desc, eq, notInArray } from "drizzle-orm";
import { now } from "#app/clock.server.ts";
import type { Deed } from "#app/domain/deed.ts";
import type { User } from "#app/domain/permission.ts";
import { requestId } from "#app/request.server.ts";
import { db, type Reader } from "#db/client.ts";
import { changes } from "#db/schema/changes.ts";
import { users } from "#db/schema/users.ts";

export async function logChange(
  reader: Reader,
  user: Pick<User, "id" | "schoolAuthorityId">,
  deed: Deed,
  subject: {
    id?: string | undefined;
    text: string;
    /** What was and what became of it, in German words; a document is itself what became. */
    before?: Record<string, string>;
    after?: Record<string, string>;
  },
) {
  await reader.insert(changes).values({
    schoolAuthorityId: user.schoolAuthorityId,
    changedAt: now(),
    changedBy: user.id,
    deed,
    subjectId: subject.id ?? null,
    text: subject.text,
    before: subject.before ?? null,
    after: subject.after ?? null,
    requestId: requestId() ?? null,
  });
}

const pageSize = 100;

/** Deeds that change nothing: an auditor's reading, left out of the log's page unless it is asked for. */
export const readings: Deed[] = ["page_read", "file_downloaded"];

/** One page of the log, newest first, and whether there is more. */
export async function listChanges(user: User, page: number, withReadings = false) {
  const rows = await db
    .select({
      id: changes.id,
      changedAt: changes.changedAt,
      changedBy: users.name,
      deed: changes.deed,
      text: changes.text,
      before: changes.before,
      after: changes.after,
      requestId: changes.requestId,
    })
    .from(changes)
    .innerJoin(users, eq(users.id, changes.changedBy))
    .where(
      and(
        eq(changes.schoolAuthorityId, user.schoolAuthorityId),
        withReadings ? undefined : notInArray(changes.deed, readings),
      ),
    )
    .orderBy(desc(changes.changedAt), desc(changes.id))
    .limit(pageSize + 1)
    .offset((page - 1) * pageSize);
  return { changes: rows.slice(0, pageSize), hasMore: rows.length > pageSize };
}

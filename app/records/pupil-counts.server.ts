/** Pupils of schools (Schülerzahlen), each as counted on a day. */
import { desc, eq } from "drizzle-orm";
import type { User } from "#app/domain/permission.ts";
import { db, type Reader, type Transaction } from "#db/client.ts";
import { pupilCounts } from "#db/schema/authorities.ts";
import type { SchoolDraft } from "./authorities.server.ts";

/** Pupils of all schools by day of counting, the latest day first. */
export function listPupilCounts(user: User, reader: Reader = db) {
  return reader
    .select()
    .from(pupilCounts)
    .where(eq(pupilCounts.schoolAuthorityId, user.schoolAuthorityId))
    .orderBy(desc(pupilCounts.countedOn));
}

/** Keeps the number beside those of other days; one of the same day is corrected. */
export async function keepPupilCount(
  tx: Transaction,
  user: User,
  schoolId: string,
  draft: SchoolDraft,
) {
  const { schoolAuthorityId } = user;
  const count = { pupils: draft.pupils, isIllustrative: draft.pupilsAreIllustrative };
  await tx
    .insert(pupilCounts)
    .values({ schoolAuthorityId, schoolId, countedOn: draft.pupilsCountedOn, ...count })
    .onConflictDoUpdate({ target: [pupilCounts.schoolId, pupilCounts.countedOn], set: count });
}

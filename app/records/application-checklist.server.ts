/** What the checklist of an application is answered from: schools, the resolution, files. */
import { and, asc, eq, inArray } from "drizzle-orm";
import type { ChecklistContext } from "#app/domain/checklist.ts";
import type { User } from "#app/domain/permission.ts";
import { db, type Reader } from "#db/client.ts";
import { attachments } from "#db/schema/attachments.ts";
import { resolutions, resolutionStages } from "#db/schema/authorities.ts";
import { isInForce } from "./attachments.server.ts";
import { listSchools } from "./authorities.server.ts";

/** A new version may rest on the files of the one that it replaces. */
export async function loadChecklistContext(
  user: User,
  application: { id: string; replacesId?: string | null; resolutionId: string | undefined },
  reader: Reader = db,
) {
  const { id, replacesId, resolutionId } = application;
  return {
    schools: await listSchools(user, reader),
    resolution: resolutionId ? await findCourse(reader, user, resolutionId) : undefined,
    hasFiles: await hasFiles(reader, user, replacesId ? [id, replacesId] : [id]),
  } satisfies ChecklistContext;
}

/** A resolution of the user's own council with its stages in their order. */
async function findCourse(reader: Reader, user: User, resolutionId: string) {
  const [resolution] = await reader
    .select({ id: resolutions.id })
    .from(resolutions)
    .where(
      and(
        eq(resolutions.id, resolutionId),
        eq(resolutions.schoolAuthorityId, user.schoolAuthorityId),
      ),
    );
  if (!resolution) return undefined;
  const stages = await reader
    .select()
    .from(resolutionStages)
    .where(eq(resolutionStages.resolutionId, resolutionId))
    .orderBy(asc(resolutionStages.position));
  return { stages };
}

async function hasFiles(reader: Reader, user: User, applicationIds: string[]): Promise<boolean> {
  const [file] = await reader
    .select({ id: attachments.id })
    .from(attachments)
    .where(
      and(
        eq(attachments.schoolAuthorityId, user.schoolAuthorityId),
        eq(attachments.subject, "application"),
        inArray(attachments.subjectId, applicationIds),
        isInForce,
      ),
    )
    .limit(1);
  return file !== undefined;
}

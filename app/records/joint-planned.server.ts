/** Which years of a joint service are planned and settled, rather than demanded as a fixed sum. */
import { and, asc, eq } from "drizzle-orm";
import type { User } from "#app/domain/permission.ts";
import { db, type Reader } from "#db/client.ts";
import { jointPlans } from "#db/schema/joint-years.ts";
import { stands } from "./standing.server.ts";

/** The fiscal years that have a plan, in order. */
export async function listPlannedYears(user: User, jointServiceId: string, reader: Reader = db) {
  const rows = await reader
    .select({ fiscalYear: jointPlans.fiscalYear })
    .from(jointPlans)
    .where(
      and(
        eq(jointPlans.jointServiceId, jointServiceId),
        eq(jointPlans.schoolAuthorityId, user.schoolAuthorityId),
        stands(jointPlans),
      ),
    )
    .orderBy(asc(jointPlans.fiscalYear));
  return rows.map(({ fiscalYear }) => fiscalYear);
}

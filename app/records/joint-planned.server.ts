/** Which years of a joint service are planned and settled, rather than demanded as a fixed sum. */
import { and, asc, eq, lte } from "drizzle-orm";
import type { Day } from "#app/domain/calendar.ts";
import type { User } from "#app/domain/permission.ts";
import { db, type Reader } from "#db/client.ts";
import { jointServiceMembers } from "#db/schema/joint-services.ts";
import { jointPlanParts, jointPlans } from "#db/schema/joint-years.ts";
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

/** What was planned as the own share of each year of each joint service by a day, in euro, in order. */
export function listOwnPlannedShares(user: User, asOf: Day, reader: Reader = db) {
  return reader
    .select({
      jointServiceId: jointPlans.jointServiceId,
      fiscalYear: jointPlans.fiscalYear,
      ownAmount: jointPlanParts.amount,
    })
    .from(jointPlans)
    .innerJoin(jointPlanParts, eq(jointPlanParts.planId, jointPlans.id))
    .innerJoin(jointServiceMembers, eq(jointServiceMembers.id, jointPlanParts.memberId))
    .where(
      and(
        eq(jointPlans.schoolAuthorityId, user.schoolAuthorityId),
        eq(jointServiceMembers.isOwn, true),
        lte(jointPlans.plannedOn, asOf),
        stands(jointPlans),
      ),
    )
    .orderBy(asc(jointPlans.fiscalYear));
}

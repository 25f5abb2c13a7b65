/** Which years of a joint service are planned and settled, rather than demanded as a fixed sum. */
import { and, asc, eq, lte, sql } from "drizzle-orm";
import type { Day } from "#app/domain/calendar.ts";
import { zero } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { db, type Reader } from "#db/client.ts";
import { jointServiceMembers } from "#db/schema/joint-services.ts";
import {
  jointPlanParts,
  jointPlans,
  jointSettlementParts,
  jointSettlements,
} from "#db/schema/joint-years.ts";
import { standing, stands } from "./standing.server.ts";

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

/**
 * Joint services whose plan of a year is paid from the budget of that year and not finished: its
 * settlement is not recorded, or what our own part then came to is not paid or given back.
 */
export async function listUnsettled(user: User, fiscalYear: number, reader: Reader = db) {
  const rows = await reader.execute<{ id: string; name: string; isSettled: boolean }>(sql`
    select j.id, j.name, s.id is not null as "isSettled"
    from joint_plans p join joint_services j on j.id = p.joint_service_id
    left join joint_settlements s on s.plan_id = p.id and ${standing(sql`s.id`)}
    where p.school_authority_id = ${user.schoolAuthorityId} and p.fiscal_year = ${fiscalYear}
      and p.appropriation_account_id is not null and ${standing(sql`p.id`)}
      and (s.id is null or exists (
        select 1 from joint_settlement_parts t join joint_service_members m on m.id = t.member_id
        where t.settlement_id = s.id and m.is_own and t.amount <> t.paid
          + coalesce((select sum(y.amount) from joint_payments y
            where y.settlement_id = s.id and y.member_id = m.id and ${standing(sql`y.id`)}), 0)))
    order by j.name`);
  return [...rows];
}

/**
 * The own share of each year of each joint service as known on a day, in euro, in order: as planned, and
 * from the day of its settlement as settled. Zero where we perform: then the cost is our own contracts and
 * invoices.
 */
export async function listOwnYearShares(user: User, asOf: Day, reader: Reader = db) {
  const rows = await reader
    .select({
      jointServiceId: jointPlans.jointServiceId,
      fiscalYear: jointPlans.fiscalYear,
      planned: jointPlanParts.amount,
      settled: jointSettlementParts.amount,
      accountId: jointPlans.appropriationAccountId,
    })
    .from(jointPlans)
    .innerJoin(jointPlanParts, eq(jointPlanParts.planId, jointPlans.id))
    .innerJoin(jointServiceMembers, eq(jointServiceMembers.id, jointPlanParts.memberId))
    .leftJoin(
      jointSettlements,
      and(
        eq(jointSettlements.planId, jointPlans.id),
        lte(jointSettlements.settledOn, asOf),
        stands(jointSettlements, asOf),
      ),
    )
    .leftJoin(
      jointSettlementParts,
      and(
        eq(jointSettlementParts.settlementId, jointSettlements.id),
        eq(jointSettlementParts.memberId, jointPlanParts.memberId),
      ),
    )
    .where(
      and(
        eq(jointPlans.schoolAuthorityId, user.schoolAuthorityId),
        eq(jointServiceMembers.isOwn, true),
        lte(jointPlans.plannedOn, asOf),
        stands(jointPlans, asOf),
      ),
    )
    .orderBy(asc(jointPlans.fiscalYear));
  return rows.map(({ planned, settled, accountId, ...share }) => {
    return { ...share, ownAmount: accountId === null ? zero : (settled ?? planned) };
  });
}

/**
 * The last day on which we share the cost of an agreement, as known on a day: its end, or that of our own
 * membership; null while neither is set. Terms bear no day: they are known from the day of their record,
 * the first ones always.
 */
export async function lastOwnDay(user: User, jointServiceId: string, asOf: Day, reader: Reader) {
  const known = (table: string) =>
    sql.raw(`(${table}.created_at at time zone 'Europe/Berlin')::date`);
  const [row] = await reader.execute<{ day: Day | null }>(sql`
    select least(
      (select t.ends_on from joint_terms t
        where t.joint_service_id = ${jointServiceId}
          and t.school_authority_id = ${user.schoolAuthorityId}
        order by ${known("t")} > ${asOf}, case when ${known("t")} > ${asOf} then t.created_at end,
          t.created_at desc
        limit 1),
      (select min(c.changed_on) from joint_memberships c
        join joint_service_members m on m.id = c.member_id and m.is_own
        where c.joint_service_id = ${jointServiceId}
          and c.school_authority_id = ${user.schoolAuthorityId} and c.kind = 'left'
          and least(c.changed_on, ${known("c")}) <= ${asOf} and ${standing(sql`c.id`, asOf)})
    )::text as day`);
  return row?.day ?? null;
}

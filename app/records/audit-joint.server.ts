/** Rows of the audit workbook for the planned years of joint services (IKZ). */
import { and, asc, eq, lte } from "drizzle-orm";
import type { JointPartRow } from "#app/domain/audit-rows.ts";
import type { Day } from "#app/domain/calendar.ts";
import { paysHere, resultOf } from "#app/domain/joint-settlement.ts";
import { larger, type Money, smaller, sum, zero } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import type { Reader } from "#db/client.ts";
import { jointServiceMembers, jointServices } from "#db/schema/joint-services.ts";
import {
  jointPayments,
  jointPlanParts,
  jointPlans,
  jointSettlementParts,
  jointSettlements,
} from "#db/schema/joint-years.ts";
import { stands } from "./standing.server.ts";

/** Each member's part in each planned year, as of a day; plans undone by then are shown as reversed. */
export async function loadJointPartRows(
  reader: Reader,
  user: User,
  asOf: Day,
): Promise<JointPartRow[]> {
  const plans = await reader
    .select({
      id: jointPlans.id,
      jointServiceId: jointPlans.jointServiceId,
      jointService: jointServices.name,
      fiscalYear: jointPlans.fiscalYear,
      number: jointPlans.number,
      plannedOn: jointPlans.plannedOn,
      reading: jointPlans.reading,
      performingMemberId: jointPlans.performingMemberId,
      appropriationAccountId: jointPlans.appropriationAccountId,
      isStanding: stands(jointPlans, asOf),
    })
    .from(jointPlans)
    .innerJoin(jointServices, eq(jointServices.id, jointPlans.jointServiceId))
    .where(
      and(
        eq(jointPlans.schoolAuthorityId, user.schoolAuthorityId),
        lte(jointPlans.plannedOn, asOf),
      ),
    )
    .orderBy(asc(jointServices.name), asc(jointPlans.fiscalYear), asc(jointPlans.createdAt));
  const { members, parts, payments, settled } = await loadYears(reader, user, asOf);

  return plans.flatMap((plan): JointPartRow[] => {
    const { id, jointServiceId, performingMemberId, appropriationAccountId, ...rest } = plan;
    const { isStanding, ...named } = rest;
    const ofPlan = <Row extends { planId: string }>(rows: Row[]) =>
      rows.filter(({ planId }) => planId === id);
    const ofService = members.filter((member) => member.jointServiceId === jointServiceId);
    const isOwnPerforming = ofService.some(({ id, isOwn }) => isOwn && id === performingMemberId);
    return ofService.flatMap((member): JointPartRow[] => {
      const of = <Row extends { memberId: string }>(rows: Row[]) =>
        rows.filter(({ memberId }) => memberId === member.id);
      const planned = of(ofPlan(parts));
      const [settlement] = of(ofPlan(settled));
      if (planned.length === 0 && !settlement) return [];
      const paid = of(ofPlan(payments));
      const instalments = total(paid.filter(({ settlementId }) => settlementId === null));
      const balance = total(paid.filter(({ settlementId }) => settlementId !== null));
      const result = settlement ? resultOf(settlement) : null;
      const isKnown = paysHere(member, isOwnPerforming);
      const isBooked = member.isOwn && appropriationAccountId !== null;
      // A refund lowers what is invoiced when it comes in, an additional payment raises it when settled.
      const booked = instalments.plus(larger(result ?? zero, zero)).plus(smaller(balance, zero));
      return [
        {
          ...named,
          standing: isStanding ? "standing" : "reversed",
          member: member.name,
          isOwn: member.isOwn,
          planned: total(planned),
          paid: isKnown ? instalments : null,
          settledOn: settlement?.settledOn ?? null,
          actual: settlement?.amount ?? null,
          result: isKnown ? result : null,
          balancePaid: isKnown && settlement ? balance : null,
          booked: isBooked ? booked : zero,
          bookedPaid: isBooked ? instalments.plus(balance) : zero,
        },
      ];
    });
  });
}

function total(rows: { amount: Money }[]): Money {
  return sum(rows.map(({ amount }) => amount));
}

/** Members, planned parts, and what of payments and settlements stands on the day. */
async function loadYears(reader: Reader, { schoolAuthorityId }: User, asOf: Day) {
  const members = await reader
    .select()
    .from(jointServiceMembers)
    .where(eq(jointServiceMembers.schoolAuthorityId, schoolAuthorityId))
    .orderBy(asc(jointServiceMembers.position));
  const parts = await reader
    .select()
    .from(jointPlanParts)
    .where(eq(jointPlanParts.schoolAuthorityId, schoolAuthorityId));
  const payments = await reader
    .select()
    .from(jointPayments)
    .where(
      and(
        eq(jointPayments.schoolAuthorityId, schoolAuthorityId),
        stands(jointPayments, asOf),
        lte(jointPayments.paidOn, asOf),
      ),
    );
  const settled = await reader
    .select({
      planId: jointSettlements.planId,
      settledOn: jointSettlements.settledOn,
      memberId: jointSettlementParts.memberId,
      amount: jointSettlementParts.amount,
      paid: jointSettlementParts.paid,
    })
    .from(jointSettlementParts)
    .innerJoin(jointSettlements, eq(jointSettlements.id, jointSettlementParts.settlementId))
    .where(
      and(
        eq(jointSettlements.schoolAuthorityId, schoolAuthorityId),
        stands(jointSettlements, asOf),
        lte(jointSettlements.settledOn, asOf),
      ),
    );
  return { members, parts, payments, settled };
}

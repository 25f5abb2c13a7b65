/** The years of a joint service (IKZ) as they stand: plan, instalments, payments, actual cost, settlement. */
import { and, asc, desc, eq } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { type Key, divideYear } from "#app/domain/joint-key.ts";
import { daysOf } from "#app/domain/joint-service.ts";
import { paysHere, resultOf } from "#app/domain/joint-settlement.ts";
import { overdue } from "#app/domain/joint-year.ts";
import { type Money, sum, zero } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { today } from "#app/clock.server.ts";
import { notFound } from "#app/http.ts";
import { db, type Reader } from "#db/client.ts";
import { jointCosts } from "#db/schema/joint-costs.ts";
import {
  jointInstalments,
  jointPayments,
  jointPlanParts,
  jointPlans,
  jointSettlementParts,
  jointSettlements,
} from "#db/schema/joint-years.ts";
import { membersOf, requireAgreement } from "./joint-agreements.server.ts";
import { listKeys } from "./joint-keys.server.ts";
import { listSettledShares, type SettledPart } from "./joint-shown.server.ts";
import { stands } from "./standing.server.ts";

/**
 * A fiscal year of an agreement with all that stands in it. `plan` and `settlement` are null while there is
 * none; `planned.components` and `settled.components` are the arithmetic line by line, empty where the amount
 * is the own share, which nothing divides.
 * @param seenBy the member that looks into the books of the keeper: it sees a joint total only, of payments,
 * instalments and what was paid its own, and no papers of the costs
 */
export async function loadJointYear(
  user: User,
  jointServiceId: string,
  fiscalYear: number,
  reader: Reader = db,
  seenBy?: string,
) {
  const agreement = await requireAgreement(user, jointServiceId, reader);
  const keys = await listKeys(user, jointServiceId, reader);
  const key = keys.findLast((one) => one.fiscalYear === fiscalYear) ?? null;
  const [plan = null] = await reader
    .select()
    .from(jointPlans)
    .where(
      and(
        eq(jointPlans.jointServiceId, jointServiceId),
        eq(jointPlans.fiscalYear, fiscalYear),
        seenBy ? eq(jointPlans.reading, "joint_total") : undefined,
        stands(jointPlans),
      ),
    );
  const ofPlan = plan ? await loadPlan(reader, plan.id, seenBy) : nothing;
  const { parts, instalments, payments, costs, settlement, settlementParts } = ofPlan;

  const performingId = plan?.performingMemberId ?? agreement.terms?.performingMemberId;
  const days = membersOf(agreement, fiscalYear);
  const members = agreement.members.map((member, index) => {
    const isPerforming = member.id === performingId;
    return { ...member, isPerforming, days: days[index]!.days };
  });
  const isOwnPerforming = members.some(({ isOwn, isPerforming }) => isOwn && isPerforming);
  const rows = members
    .filter(
      ({ id, days }) =>
        days > 0 ||
        parts.some(({ memberId }) => memberId === id) ||
        settlementParts.some(({ memberId }) => memberId === id),
    )
    .map((member) => {
      const of = <Row extends { memberId: string }>(all: Row[]) =>
        all.filter(({ memberId }) => memberId === member.id);
      const amount = (all: { memberId: string; amount: Money }[]) =>
        sum(of(all).map((one) => one.amount));
      const settled = of(settlementParts)[0] ?? null;
      const instalmentsPaid = amount(payments.filter((one) => one.settlementId === null));
      const balancePaid = amount(payments.filter((one) => one.settlementId !== null));
      const planned = amount(parts);
      const pays = paysHere(member, isOwnPerforming);
      const result = settled && pays ? resultOf(settled) : null;
      return {
        ...member,
        /** Whether its payments run over our cash office; of the others these books know none. */
        paysHere: pays,
        planned,
        instalments: of(instalments),
        instalmentsPaid,
        overdue: pays && !settled ? overdue(of(instalments), instalmentsPaid, today()) : zero,
        /** Its part of the actual cost; null until the settlement. */
        settled: settled?.amount ?? null,
        /** Nachzahlung when positive, Erstattung when negative; null until the settlement, and where it pays elsewhere. */
        result,
        balancePaid,
        /** What is still to be paid, or with a minus given back; null where no payment runs here. */
        open: !pays ? null : result ? result.minus(balancePaid) : planned.minus(instalmentsPaid),
      };
    });
  const divided = (amount: Money, keyId: string | null, of: { memberId: string; days: number }[]) =>
    divide(
      fiscalYear,
      amount,
      keys.find(({ id }) => id === keyId),
      of,
      performingId ?? "",
    );
  return {
    fiscalYear,
    agreement,
    key,
    plan,
    settlement,
    isOwnPerforming,
    members: rows,
    parts,
    instalments,
    dueDays: [...new Set(instalments.map(({ dueOn }) => dueOn))].sort(),
    payments: payments.map((one) => ({ ...one, member: nameOf(members, one.memberId) })),
    costs,
    actual: sum(costs.map(({ amount }) => amount)),
    settlementParts,
    planned: { components: plan ? divided(plan.amount, plan.keyId, parts) : [] },
    settled: {
      components: settlement ? divided(settlement.total, settlement.keyId, settlementParts) : [],
    },
  };
}

export type JointYear = Awaited<ReturnType<typeof loadJointYear>>;

/** The year with its plan; not found while there is none. */
export async function requirePlannedYear(
  user: User,
  jointServiceId: string,
  fiscalYear: number,
  reader: Reader = db,
) {
  const year = await loadJointYear(user, jointServiceId, fiscalYear, reader);
  const { plan } = year;
  if (!plan) notFound();
  return { ...year, plan };
}

/** The agreement and its year, as the change log names them. */
export function titleOf({ agreement, fiscalYear }: JointYear) {
  return `${agreement.name} ${fiscalYear}`;
}

function nameOf(members: { id: string; name: string }[], memberId: string) {
  return members.find(({ id }) => id === memberId)?.name ?? "";
}

/** The same division as when the document was recorded: from the frozen key and the days it keeps. */
function divide(
  fiscalYear: number,
  amount: Money,
  key: Key | undefined,
  parts: { memberId: string; days: number }[],
  bearer: string,
) {
  if (!key) return [];
  const present = parts.filter(({ days }) => days > 0);
  const divided = divideYear(amount, key, present, daysOf(fiscalYear), bearer);
  return "problem" in divided ? [] : divided.components;
}

const nothing: Awaited<ReturnType<typeof loadPlan>> = {
  parts: [],
  instalments: [],
  payments: [],
  costs: [],
  settlement: null,
  settlementParts: [],
};

async function loadPlan(reader: Reader, planId: string, seenBy?: string) {
  const ofMember = ({ memberId }: { memberId: AnyPgColumn }) =>
    seenBy ? eq(memberId, seenBy) : undefined;
  const parts = await reader
    .select()
    .from(jointPlanParts)
    .where(eq(jointPlanParts.planId, planId))
    .orderBy(asc(jointPlanParts.position));
  const instalments = await reader
    .select()
    .from(jointInstalments)
    .where(and(eq(jointInstalments.planId, planId), ofMember(jointInstalments)))
    .orderBy(asc(jointInstalments.position));
  const [settlement = null] = await reader
    .select()
    .from(jointSettlements)
    .where(and(eq(jointSettlements.planId, planId), stands(jointSettlements)))
    .orderBy(desc(jointSettlements.createdAt));
  const settlementParts = settlement ? await loadSettledParts(reader, settlement.id, seenBy) : [];
  const payments = await reader
    .select()
    .from(jointPayments)
    .where(and(eq(jointPayments.planId, planId), ofMember(jointPayments), stands(jointPayments)))
    .orderBy(asc(jointPayments.paidOn), asc(jointPayments.createdAt));
  const costs = seenBy
    ? []
    : await reader
        .select()
        .from(jointCosts)
        .where(and(eq(jointCosts.planId, planId), stands(jointCosts)))
        .orderBy(asc(jointCosts.incurredOn), asc(jointCosts.createdAt));
  return { parts, instalments, settlement, settlementParts, payments, costs };
}

/** The parts of a settlement; of those of other members not what was paid. */
async function loadSettledParts(
  reader: Reader,
  settlementId: string,
  seenBy?: string,
): Promise<SettledPart[]> {
  if (seenBy) return listSettledShares(reader, settlementId, seenBy);
  return reader
    .select()
    .from(jointSettlementParts)
    .where(eq(jointSettlementParts.settlementId, settlementId))
    .orderBy(asc(jointSettlementParts.position));
}

/** Records the two ends of a joint service's year: its plan, and the settlement that closes it. */
import { and, desc, eq, sql } from "drizzle-orm";
import { today } from "#app/clock.server.ts";
import {
  checkSettlement,
  type SettlementDraft,
  type SettlementViolation,
} from "#app/domain/joint-settlement.ts";
import { lastDayOf } from "#app/domain/joint-service.ts";
import { checkPlan, type PlanDraft, type YearViolation } from "#app/domain/joint-year.ts";
import { zero } from "#app/domain/money.ts";
import type { ClosedYearViolation } from "#app/domain/fiscal-year.ts";
import type { User } from "#app/domain/permission.ts";
import { db, type Transaction } from "#db/client.ts";
import { costShares } from "#db/schema/joint-services.ts";
import {
  jointInstalments,
  jointPlanParts,
  jointPlans,
  jointSettlementParts,
  jointSettlements,
} from "#db/schema/joint-years.ts";
import { logChange } from "./changes.server.ts";
import { listOvercounted } from "./joint-invoices.server.ts";
import { lockBooks, openAccount, post } from "./journal.server.ts";
import {
  type JointYear,
  loadJointYear,
  requirePlannedYear,
  titleOf,
} from "./joint-years.server.ts";
import { refusedByYear } from "./fiscal-years.server.ts";
import { replacedUntil, stands } from "./standing.server.ts";
import { rememberSent, wasSent } from "./submissions.server.ts";
import { appropriationFor } from "./usable-accounts.server.ts";

/** Plans a year: each member's part with its instalments. The key it stands on is frozen with it. */
export function recordPlan(
  user: User,
  id: string,
  jointServiceId: string,
  draft: PlanDraft,
): Promise<YearViolation | ClosedYearViolation | undefined> {
  const { schoolAuthorityId } = user;
  const { fiscalYear, dueDays: _, appropriationAccountId, ...plan } = draft;
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "coordinate");
    const year = await loadJointYear(user, jointServiceId, fiscalYear, tx);
    if (await wasSent(tx, user, id, { jointServiceId, ...draft })) return undefined;
    const booked = appropriationAccountId ? fiscalYear : null;
    const closed = await refusedByYear(tx, user, booked, "fiscalYear");
    if (closed) return closed;
    const performing = year.members.find(({ isPerforming }) => isPerforming);
    if (!performing) return { field: "fiscalYear", rule: "agreement_lacks_terms" };
    const [last] = await tx
      .select({ id: jointPlans.id })
      .from(jointPlans)
      .where(
        and(eq(jointPlans.jointServiceId, jointServiceId), eq(jointPlans.fiscalYear, fiscalYear)),
      )
      .orderBy(desc(jointPlans.createdAt))
      .limit(1);
    const checked = checkPlan(draft, {
      members: year.members,
      key: year.key ?? undefined,
      isRecorded: year.plan !== null || (await isDemanded(tx, jointServiceId, fiscalYear)),
      replacedUntil: await replacedUntil(tx, last?.id),
      appropriation: await appropriationFor(tx, user, appropriationAccountId, draft.plannedOn),
      today: today(),
    });
    if ("violation" in checked) return checked.violation;

    await tx.insert(jointPlans).values({
      ...plan,
      id,
      schoolAuthorityId,
      jointServiceId,
      fiscalYear,
      keyId: draft.reading === "joint_total" ? year.key!.id : null,
      appropriationAccountId: appropriationAccountId ?? null,
      overBudgetReason: draft.overBudgetReason || null,
      performingMemberId: performing.id,
      supersedesId: last?.id ?? null,
    });
    for (const [position, part] of checked.parts.entries()) {
      const accountId = await openMemberAccount(tx, user, year, part.memberId);
      await tx
        .insert(jointPlanParts)
        .values({ ...part, schoolAuthorityId, planId: id, position, accountId });
    }
    await tx.insert(jointInstalments).values(
      checked.instalments.map((instalment, position) => {
        return { ...instalment, schoolAuthorityId, planId: id, position };
      }),
    );
    const moved = await post(tx, user, { kind: "joint_plan", id });
    await rememberSent(tx, user, id, { jointServiceId, ...draft });
    await logChange(tx, user, "joint_plan_recorded", { id, text: titleOf(year), moved });
  });
}

/** Divides the actual cost by the key of the year and the days that really were, and closes the year. */
export function recordSettlement(
  user: User,
  id: string,
  jointServiceId: string,
  fiscalYear: number,
  draft: SettlementDraft,
): Promise<SettlementViolation | ClosedYearViolation | undefined> {
  const { schoolAuthorityId } = user;
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "coordinate");
    const year = await requirePlannedYear(user, jointServiceId, fiscalYear, tx);
    if (await wasSent(tx, user, id, { jointServiceId, fiscalYear, ...draft })) return undefined;
    const { plan, parts, costs } = year;
    const booked = plan.appropriationAccountId ? fiscalYear : null;
    const closed = await refusedByYear(tx, user, booked, "settledOn");
    if (closed) return closed;
    const key = plan.reading === "joint_total" ? year.key : null;
    const [last] = await tx
      .select({ id: jointSettlements.id })
      .from(jointSettlements)
      .where(eq(jointSettlements.planId, plan.id))
      .orderBy(desc(jointSettlements.createdAt))
      .limit(1);
    const checked = checkSettlement(draft, {
      fiscalYear,
      reading: plan.reading,
      costs: costs.map(({ amount }) => amount),
      overcounted: await listOvercounted(tx, user, jointServiceId),
      members: year.members,
      key: key ?? undefined,
      planned: parts,
      paid: year.payments.filter(({ settlementId }) => settlementId === null),
      lastDay: lastDayOf(fiscalYear, year.agreement.terms?.endsOn ?? null),
      notBefore: await lastDeed(tx, plan.id),
      isSettled: year.settlement !== null,
      appropriation: await appropriationFor(
        tx,
        user,
        plan.appropriationAccountId ?? undefined,
        draft.settledOn,
      ),
      today: today(),
    });
    if ("violation" in checked) return checked.violation;

    await tx.insert(jointSettlements).values({
      ...draft,
      overBudgetReason: draft.overBudgetReason || null,
      id,
      schoolAuthorityId,
      planId: plan.id,
      keyId: key?.id ?? null,
      total: checked.total,
      supersedesId: last?.id ?? null,
    });
    for (const [position, part] of checked.parts.entries()) {
      const { memberId } = part;
      const planned = parts.find((one) => one.memberId === memberId);
      const accountId = planned?.accountId ?? (await openMemberAccount(tx, user, year, memberId));
      const row = { ...part, planned: planned?.amount ?? zero, position, accountId };
      await tx.insert(jointSettlementParts).values({ ...row, schoolAuthorityId, settlementId: id });
    }
    const moved = await post(tx, user, { kind: "joint_settlement", id });
    await rememberSent(tx, user, id, { jointServiceId, fiscalYear, ...draft });
    await logChange(tx, user, "joint_settlement_recorded", { id, text: titleOf(year), moved });
  });
}

function openMemberAccount(tx: Transaction, user: User, year: JointYear, memberId: string) {
  const { fiscalYear, agreement } = year;
  const member = agreement.members.find(({ id }) => id === memberId)!;
  const name = `${agreement.name} · ${member.name}`;
  const { schoolAuthorityId } = user;
  return openAccount(tx, { schoolAuthorityId, kind: "member_share", fiscalYear, memberId, name });
}

/** A year is either planned and settled, or demanded as a fixed sum without settlement. */
async function isDemanded(tx: Transaction, jointServiceId: string, fiscalYear: number) {
  const rows = await tx
    .select({ id: costShares.id })
    .from(costShares)
    .where(
      and(
        eq(costShares.jointServiceId, jointServiceId),
        eq(costShares.fiscalYear, fiscalYear),
        stands(costShares),
      ),
    );
  return rows.length > 0;
}

/** The latest day on which something of the year was booked or undone. */
async function lastDeed(tx: Transaction, planId: string) {
  const [row] = await tx.execute<{ day: string | null }>(sql`
      with own as (
        select id, planned_on as day from joint_plans where id = ${planId}
        union all select id, paid_on from joint_payments where plan_id = ${planId}
        union all select id, incurred_on from joint_costs where plan_id = ${planId}
        union all select id, null from joint_settlements where plan_id = ${planId})
      select greatest(
        max(own.day) filter (where r.document_id is null), max(r.reversed_on))::text as day
      from own left join reversals r on r.document_id = own.id`);
  return row?.day ?? null;
}

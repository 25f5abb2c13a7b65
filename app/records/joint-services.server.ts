/** Joint services (IKZ) with their members, the cost share of each year and its payment. */
import { and, asc, desc, eq, getTableColumns } from "drizzle-orm";
import { today } from "#app/clock.server.ts";
import {
  checkCostShare,
  checkCostSharePayment,
  type CostShareDraft,
  type CostSharePaymentDraft,
  type CostSharePaymentViolation,
  type CostShareViolation,
} from "#app/domain/cost-share.ts";
import type { Day } from "#app/domain/calendar.ts";
import type { ClosedYearViolation } from "#app/domain/fiscal-year.ts";
import type { User } from "#app/domain/permission.ts";
import { notFound } from "#app/http.ts";
import { db, type Reader } from "#db/client.ts";
import { resolutions } from "#db/schema/authorities.ts";
import {
  costShareParts,
  costSharePayments,
  costShares,
  jointServiceMembers,
  jointServices,
} from "#db/schema/joint-services.ts";
import { replacedUntil, stands } from "./standing.server.ts";
import { logChange } from "./changes.server.ts";
import { listPlannedYears } from "./joint-planned.server.ts";
import { refusedByYear } from "./fiscal-years.server.ts";
import { lockBooks, post } from "./journal.server.ts";
import { rememberSent, wasSent } from "./submissions.server.ts";
import { appropriationFor } from "./usable-accounts.server.ts";

export function listJointServices(user: User, reader: Reader = db) {
  return reader
    .select({ ...getTableColumns(jointServices), resolution: resolutions.number })
    .from(jointServices)
    .leftJoin(resolutions, eq(resolutions.id, jointServices.resolutionId))
    .where(eq(jointServices.schoolAuthorityId, user.schoolAuthorityId))
    .orderBy(asc(jointServices.startedOn));
}

export async function requireJointService(user: User, id: string, reader: Reader = db) {
  const service = (await listJointServices(user, reader)).find((one) => one.id === id);
  if (!service) notFound();
  const members = await reader
    .select()
    .from(jointServiceMembers)
    .where(
      and(
        eq(jointServiceMembers.jointServiceId, id),
        eq(jointServiceMembers.schoolAuthorityId, user.schoolAuthorityId),
      ),
    )
    .orderBy(asc(jointServiceMembers.position));
  return { ...service, members };
}

/** Cost shares of a joint service by year, with the part of each member and the payment, now or as of a day. */
export async function listCostShares(
  user: User,
  jointServiceId: string | undefined,
  reader: Reader = db,
  asOf?: Day,
) {
  const shares = await reader
    .select({
      ...getTableColumns(costShares),
      stands: stands(costShares, asOf),
      paymentId: costSharePayments.id,
      paidOn: costSharePayments.paidOn,
    })
    .from(costShares)
    .leftJoin(
      costSharePayments,
      and(eq(costSharePayments.costShareId, costShares.id), stands(costSharePayments)),
    )
    .where(
      and(
        eq(costShares.schoolAuthorityId, user.schoolAuthorityId),
        jointServiceId ? eq(costShares.jointServiceId, jointServiceId) : undefined,
      ),
    )
    .orderBy(asc(costShares.fiscalYear), asc(costShares.createdAt));
  const parts = await reader
    .select({
      ...getTableColumns(costShareParts),
      member: jointServiceMembers.name,
      isOwn: jointServiceMembers.isOwn,
    })
    .from(costShareParts)
    .innerJoin(jointServiceMembers, eq(jointServiceMembers.id, costShareParts.memberId))
    .where(eq(costShareParts.schoolAuthorityId, user.schoolAuthorityId))
    .orderBy(asc(costShareParts.position));
  return shares.map((share) => {
    const own = parts.filter(({ costShareId }) => costShareId === share.id);
    return { ...share, parts: own, ownAmount: own.find(({ isOwn }) => isOwn)!.amount };
  });
}

/** The fixed sum that stands for a year; undefined where the year is free, or planned and settled. */
export async function findFixedShare(user: User, jointServiceId: string, fiscalYear: number) {
  const shares = await listCostShares(user, jointServiceId);
  return shares.find((share) => share.stands && share.fiscalYear === fiscalYear);
}

export function recordCostShare(
  user: User,
  id: string,
  jointServiceId: string,
  draft: CostShareDraft,
): Promise<CostShareViolation | ClosedYearViolation | undefined> {
  const { schoolAuthorityId } = user;
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "coordinate");
    const service = await requireJointService(user, jointServiceId, tx);
    const shares = await listCostShares(user, jointServiceId, tx);
    if (await wasSent(tx, user, id, { jointServiceId, ...draft })) return undefined;
    const closed = await refusedByYear(tx, user, draft.fiscalYear, "fiscalYear");
    if (closed) return closed;
    const sameYear = shares.filter(({ fiscalYear }) => fiscalYear === draft.fiscalYear);
    const planned = await listPlannedYears(user, jointServiceId, tx);
    const { appropriationAccountId, demandedOn } = draft;
    const appropriation = await appropriationFor(tx, user, appropriationAccountId, demandedOn);
    const checked = checkCostShare(draft, {
      members: service.members,
      appropriation,
      isRecorded: sameYear.some((one) => one.stands) || planned.includes(draft.fiscalYear),
      today: today(),
    });
    if ("violation" in checked) return checked.violation;

    const { weights: _, overBudgetReason, ...share } = draft;
    await tx.insert(costShares).values({
      id,
      schoolAuthorityId,
      jointServiceId,
      supersedesId: sameYear.at(-1)?.id ?? null,
      overBudgetReason: overBudgetReason || null,
      ...share,
    });
    await tx.insert(costShareParts).values(
      checked.parts.map((part, position) => {
        return { ...part, schoolAuthorityId, costShareId: id, position };
      }),
    );
    const moved = await post(tx, user, { kind: "cost_share", id });
    const text = `${service.name} ${draft.fiscalYear}`;
    await rememberSent(tx, user, id, { jointServiceId, ...draft });
    await logChange(tx, user, "cost_share_recorded", { id, text, moved });
  });
}

export async function requireCostShare(user: User, costShareId: string, reader: Reader = db) {
  const shares = await listCostShares(user, undefined, reader);
  return shares.find(({ id }) => id === costShareId) ?? notFound();
}

/** Pays the own part of a year's cost. */
export function recordCostSharePayment(
  user: User,
  id: string,
  costShareId: string,
  draft: CostSharePaymentDraft,
): Promise<CostSharePaymentViolation | ClosedYearViolation | undefined> {
  const { schoolAuthorityId } = user;
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "pay");
    const share = await requireCostShare(user, costShareId, tx);
    const earlier = await tx
      .select({ id: costSharePayments.id })
      .from(costSharePayments)
      .where(
        and(
          eq(costSharePayments.costShareId, costShareId),
          eq(costSharePayments.schoolAuthorityId, schoolAuthorityId),
        ),
      )
      .orderBy(desc(costSharePayments.createdAt));
    if (await wasSent(tx, user, id, { costShareId, ...draft })) return undefined;
    if (!share.stands) notFound();
    const closed = await refusedByYear(tx, user, share.fiscalYear, "paidOn");
    if (closed) return closed;
    const state = {
      demandedOn: share.demandedOn,
      isPaid: Boolean(share.paymentId),
      replacedUntil: await replacedUntil(tx, earlier[0]?.id),
    };
    const violation = checkCostSharePayment(draft, state, today());
    if (violation) return violation;

    const supersedesId = earlier[0]?.id ?? null;
    await tx
      .insert(costSharePayments)
      .values({ id, schoolAuthorityId, costShareId, supersedesId, ...draft });
    const moved = await post(tx, user, { kind: "cost_share_payment", id });
    const text = `Haushaltsjahr ${share.fiscalYear}`;
    await rememberSent(tx, user, id, { costShareId, ...draft });
    await logChange(tx, user, "cost_share_paid", { id: costShareId, text, moved });
  });
}

/** Documents of a joint service's year, as the journal sees them. */
import { and, asc, eq, getTableColumns } from "drizzle-orm";
import {
  postingsOfJointPayment,
  postingsOfPlan,
  postingsOfSettlement,
} from "#app/domain/joint-postings.ts";
import type { Reader } from "#db/client.ts";
import {
  jointKeyComponents,
  jointKeyFigures,
  jointKeys,
  jointMemberships,
} from "#db/schema/joint-agreements.ts";
import { jointServiceMembers, jointServices } from "#db/schema/joint-services.ts";
import { jointCosts } from "#db/schema/joint-costs.ts";
import {
  jointInstalments,
  jointPayments,
  jointPlanParts,
  jointPlans,
  jointSettlementParts,
  jointSettlements,
} from "#db/schema/joint-years.ts";
import type { Loaded, Within } from "./documents.server.ts";
import { accountsNamed } from "./granting-documents.server.ts";

export async function loadMembershipDocument(reader: Reader, within: Within, id: string): Loaded {
  const [change] = await reader
    .select({ ...getTableColumns(jointMemberships), member: jointServiceMembers.name })
    .from(jointMemberships)
    .innerJoin(jointServiceMembers, eq(jointServiceMembers.id, jointMemberships.memberId))
    .where(within(jointMemberships, jointMemberships.id, id));
  if (!change) return undefined;
  const what = change.kind === "joined" ? "Beitritt" : "Austritt";
  return {
    postings: [],
    content: [change],
    bookedOn: change.changedOn,
    title: `${what}: ${change.member}`,
  };
}

export async function loadJointPlanDocument(reader: Reader, within: Within, id: string): Loaded {
  const [plan] = await reader
    .select({ ...getTableColumns(jointPlans), jointService: jointServices.name })
    .from(jointPlans)
    .innerJoin(jointServices, eq(jointServices.id, jointPlans.jointServiceId))
    .where(within(jointPlans, jointPlans.id, id));
  if (!plan) return undefined;
  const parts = await reader
    .select({ ...getTableColumns(jointPlanParts), isOwn: jointServiceMembers.isOwn })
    .from(jointPlanParts)
    .innerJoin(jointServiceMembers, eq(jointServiceMembers.id, jointPlanParts.memberId))
    .where(within(jointPlanParts, jointPlanParts.planId, id))
    .orderBy(asc(jointPlanParts.position));
  const instalments = await reader
    .select()
    .from(jointInstalments)
    .where(within(jointInstalments, jointInstalments.planId, id))
    .orderBy(asc(jointInstalments.position));
  const title = `Jahresplan ${plan.fiscalYear}, ${plan.jointService}`;
  return {
    postings: postingsOfPlan({ ...plan, title, parts }),
    content: [
      plan,
      parts,
      instalments,
      await keySealed(reader, plan.keyId),
      await accountsNamed(reader, parts),
    ],
    bookedOn: plan.plannedOn,
    title,
  };
}

/** The key that a document keeps, with every figure of it. */
async function keySealed(reader: Reader, keyId: string | null) {
  if (!keyId) return [];
  return [
    await reader.select().from(jointKeys).where(eq(jointKeys.id, keyId)),
    await reader
      .select()
      .from(jointKeyComponents)
      .where(eq(jointKeyComponents.keyId, keyId))
      .orderBy(asc(jointKeyComponents.position)),
    await reader
      .select()
      .from(jointKeyFigures)
      .where(eq(jointKeyFigures.keyId, keyId))
      .orderBy(asc(jointKeyFigures.position)),
  ];
}

export async function loadJointPaymentDocument(reader: Reader, within: Within, id: string): Loaded {
  const [payment] = await reader
    .select({
      ...getTableColumns(jointPayments),
      appropriationAccountId: jointPlans.appropriationAccountId,
      fiscalYear: jointPlans.fiscalYear,
      member: jointServiceMembers.name,
      isOwn: jointServiceMembers.isOwn,
    })
    .from(jointPayments)
    .innerJoin(jointPlans, eq(jointPlans.id, jointPayments.planId))
    .innerJoin(jointServiceMembers, eq(jointServiceMembers.id, jointPayments.memberId))
    .where(within(jointPayments, jointPayments.id, id));
  if (!payment) return undefined;
  const isInstalment = payment.settlementId === null;
  const kind = isInstalment
    ? "Abschlag"
    : payment.amount.lessThan(0)
      ? "Erstattung"
      : "Nachzahlung";
  const title = `${kind} ${payment.fiscalYear}, ${payment.member}`;
  return {
    postings: postingsOfJointPayment({ ...payment, title, isInstalment }),
    content: [payment],
    bookedOn: payment.paidOn,
    title,
  };
}

export async function loadJointCostDocument(reader: Reader, within: Within, id: string): Loaded {
  const [cost] = await reader
    .select()
    .from(jointCosts)
    .where(within(jointCosts, jointCosts.id, id));
  if (!cost) return undefined;
  return {
    postings: [],
    content: [cost],
    bookedOn: cost.incurredOn,
    title: `Istkosten: ${cost.description}`,
  };
}

export async function loadJointSettlementDocument(
  reader: Reader,
  within: Within,
  id: string,
): Loaded {
  const [settlement] = await reader
    .select({
      ...getTableColumns(jointSettlements),
      appropriationAccountId: jointPlans.appropriationAccountId,
      fiscalYear: jointPlans.fiscalYear,
      jointService: jointServices.name,
    })
    .from(jointSettlements)
    .innerJoin(jointPlans, eq(jointPlans.id, jointSettlements.planId))
    .innerJoin(jointServices, eq(jointServices.id, jointPlans.jointServiceId))
    .where(within(jointSettlements, jointSettlements.id, id));
  if (!settlement) return undefined;
  const parts = await reader
    .select({ ...getTableColumns(jointSettlementParts), isOwn: jointServiceMembers.isOwn })
    .from(jointSettlementParts)
    .innerJoin(jointServiceMembers, eq(jointServiceMembers.id, jointSettlementParts.memberId))
    .where(and(within(jointSettlementParts, jointSettlementParts.settlementId, id)))
    .orderBy(asc(jointSettlementParts.position));
  const title = `Jahresabrechnung ${settlement.fiscalYear}, ${settlement.jointService}`;
  return {
    postings: postingsOfSettlement({ ...settlement, title, parts }),
    content: [settlement, parts, await keySealed(reader, settlement.keyId)],
    bookedOn: settlement.settledOn,
    title,
  };
}

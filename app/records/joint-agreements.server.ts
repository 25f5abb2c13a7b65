/** Agreements (IKZ) with their terms and their members by day. */
import { and, asc, desc, eq } from "drizzle-orm";
import {
  type AgreementDraft,
  type AgreementViolation,
  checkAgreement,
  checkNewEnd,
  daysInYear,
} from "#app/domain/joint-service.ts";
import type { YearMember } from "#app/domain/joint-year.ts";
import type { User } from "#app/domain/permission.ts";
import { db, type Reader, type Transaction } from "#db/client.ts";
import {
  jointMemberships,
  jointMemberTerms,
  jointTerms,
  jointTermServices,
} from "#db/schema/joint-agreements.ts";
import { jointServiceMembers, jointServices } from "#db/schema/joint-services.ts";
import { jointPlans, jointSettlements } from "#db/schema/joint-years.ts";
import { isResolution } from "./authorities.server.ts";
import { logChange } from "./changes.server.ts";
import { requireJointService } from "./joint-services.server.ts";
import { lockBooks } from "./journal.server.ts";
import { stands } from "./standing.server.ts";
import { rememberSent, wasSent } from "./submissions.server.ts";

/** An agreement as it stands: its last terms, and its members with the days of their membership. */
export async function requireAgreement(user: User, id: string, reader: Reader = db) {
  const service = await requireJointService(user, id, reader);
  const [terms] = await reader
    .select()
    .from(jointTerms)
    .where(eq(jointTerms.jointServiceId, id))
    .orderBy(desc(jointTerms.createdAt))
    .limit(1);
  const services = terms
    ? await reader
        .select()
        .from(jointTermServices)
        .where(eq(jointTermServices.termsId, terms.id))
        .orderBy(asc(jointTermServices.position))
    : [];
  const memberTerms = await reader
    .select()
    .from(jointMemberTerms)
    .where(eq(jointMemberTerms.jointServiceId, id))
    .orderBy(desc(jointMemberTerms.createdAt));
  const changes = await reader
    .select({
      id: jointMemberships.id,
      memberId: jointMemberships.memberId,
      kind: jointMemberships.kind,
      changedOn: jointMemberships.changedOn,
      reason: jointMemberships.reason,
      resolution: jointMemberships.resolution,
      stands: stands(jointMemberships),
    })
    .from(jointMemberships)
    .where(eq(jointMemberships.jointServiceId, id))
    .orderBy(asc(jointMemberships.changedOn), asc(jointMemberships.createdAt));
  const standing = (memberId: string, kind: "joined" | "left") =>
    changes.find((one) => one.memberId === memberId && one.kind === kind && one.stands);
  const members = service.members
    // A joining that was reversed never happened.
    .filter((member) => member.joinedOn === null || standing(member.id, "joined"))
    .map((member) => {
      const last = memberTerms.find(({ memberId }) => memberId === member.id);
      return {
        ...member,
        joinedOn: member.joinedOn ?? service.startedOn,
        leftOn: standing(member.id, "left")?.changedOn ?? null,
        isPerforming: terms?.performingMemberId === member.id,
        address: last?.address ?? "",
        resolution: last?.resolution ?? "",
      };
    });
  return { ...service, terms: terms ?? null, services, members, changes };
}

export type Agreement = Awaited<ReturnType<typeof requireAgreement>>;

/** The members with their days in a fiscal year. */
export function membersOf(agreement: Agreement, year: number): YearMember[] {
  return agreement.members.map((member) => ({
    id: member.id,
    name: member.name,
    isOwn: member.isOwn,
    isPerforming: member.isPerforming,
    days: daysInYear(year, member, agreement.terms?.endsOn ?? null),
  }));
}

/** Sets up an agreement, or gives one on file new terms; its members stay those they are. */
export function recordAgreement(
  user: User,
  id: string,
  draft: AgreementDraft,
  existingId?: string,
): Promise<AgreementViolation | undefined> {
  const { schoolAuthorityId } = user;
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "coordinate");
    const existing = existingId ? await requireAgreement(user, existingId, tx) : undefined;
    if (await wasSent(tx, user, id, { existingId, ...draft })) return undefined;
    const violation = checkAgreement(draft, existing?.members ?? null);
    if (violation) return violation;
    const { resolutionId } = draft;
    if (resolutionId && !(await isResolution(user, resolutionId, tx))) {
      return { field: "resolutionId", rule: "resolution_not_on_file" };
    }
    const isSame = existing?.members.every(
      ({ name, isOwn }, index) =>
        draft.members[index]?.name === name && draft.members[index].isOwn === isOwn,
    );
    if (existing && (!isSame || existing.members.length !== draft.members.length)) {
      return { field: "members", rule: "agreement_changed_members" };
    }
    const settledYears = existing ? await listSettledYears(tx, existing.id) : [];
    const early = checkNewEnd(existing?.terms?.endsOn ?? null, draft.endsOn, settledYears);
    if (early) return early;

    const serviceId = existing?.id ?? id;
    const memberIds = existing
      ? existing.members.map((member) => member.id)
      : await insertService(tx, user, id, draft);
    const { legalForm, legalFormNote, endsOn, noticeMonths, members } = draft;
    const performing = members.findIndex(({ isPerforming }) => isPerforming);
    const [terms] = await tx
      .insert(jointTerms)
      .values({
        schoolAuthorityId,
        jointServiceId: serviceId,
        performingMemberId: memberIds[performing]!,
        legalForm,
        legalFormNote,
        endsOn,
        noticeMonths,
      })
      .returning();
    if (draft.services.length > 0) {
      await tx.insert(jointTermServices).values(
        draft.services.map((service, position) => {
          return { ...service, schoolAuthorityId, termsId: terms!.id, position };
        }),
      );
    }
    await tx.insert(jointMemberTerms).values(
      members.map(({ address, resolution }, index) => {
        const memberId = memberIds[index]!;
        return { schoolAuthorityId, jointServiceId: serviceId, memberId, address, resolution };
      }),
    );
    await rememberSent(tx, user, id, { existingId, ...draft });
    const deed = existing ? "joint_terms_recorded" : "joint_service_recorded";
    await logChange(tx, user, deed, { id: serviceId, text: draft.name });
  });
}

async function insertService(tx: Transaction, user: User, id: string, draft: AgreementDraft) {
  const { schoolAuthorityId } = user;
  const { name, legalForm, startedOn, resolutionId, note, members } = draft;
  await tx.insert(jointServices).values({
    id,
    schoolAuthorityId,
    name,
    legalForm,
    startedOn,
    resolutionId: resolutionId ?? null,
    note,
  });
  const rows = await tx
    .insert(jointServiceMembers)
    .values(
      members.map(({ name, isOwn }, position) => {
        return { name, isOwn, schoolAuthorityId, jointServiceId: id, position };
      }),
    )
    .returning();
  return rows.map((row) => row.id);
}

/** Fiscal years of an agreement whose settlement stands. */
export async function listSettledYears(reader: Reader, jointServiceId: string) {
  const rows = await reader
    .select({ fiscalYear: jointPlans.fiscalYear })
    .from(jointSettlements)
    .innerJoin(jointPlans, eq(jointPlans.id, jointSettlements.planId))
    .where(and(eq(jointPlans.jointServiceId, jointServiceId), stands(jointSettlements)));
  return rows.map(({ fiscalYear }) => fiscalYear);
}

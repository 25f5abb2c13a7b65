/** Members of an agreement (IKZ) who join or leave on a day. */
import {
  checkMembershipChange,
  type MembershipChangeDraft,
  type MembershipViolation,
} from "#app/domain/joint-service.ts";
import type { User } from "#app/domain/permission.ts";
import { db } from "#db/client.ts";
import { jointMemberships, jointMemberTerms } from "#db/schema/joint-agreements.ts";
import { jointServiceMembers } from "#db/schema/joint-services.ts";
import { logChange } from "./changes.server.ts";
import { listSettledYears, requireAgreement } from "./joint-agreements.server.ts";
import { lockBooks, post } from "./journal.server.ts";
import { rememberSent, wasSent } from "./submissions.server.ts";

/** A member joins or leaves. */
export function recordMembership(
  user: User,
  id: string,
  jointServiceId: string,
  draft: MembershipChangeDraft,
): Promise<MembershipViolation | undefined> {
  const { schoolAuthorityId } = user;
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "coordinate");
    const agreement = await requireAgreement(user, jointServiceId, tx);
    if (await wasSent(tx, user, id, { jointServiceId, ...draft })) return undefined;
    const { startedOn, members, terms } = agreement;
    const settledYears = await listSettledYears(tx, jointServiceId);
    const violation = checkMembershipChange(draft, {
      startedOn,
      endsOn: terms?.endsOn ?? null,
      members,
      settledYears,
    });
    if (violation) return violation;

    const { kind, changedOn, reason, resolution, name, address } = draft;
    let { memberId } = draft;
    if (kind === "joined") {
      const position = agreement.members.length + agreement.changes.length;
      const [member] = await tx
        .insert(jointServiceMembers)
        .values({
          schoolAuthorityId,
          jointServiceId,
          position,
          name,
          isOwn: false,
          joinedOn: changedOn,
        })
        .returning();
      memberId = member!.id;
      await tx
        .insert(jointMemberTerms)
        .values({ schoolAuthorityId, jointServiceId, memberId, address, resolution });
    }
    await tx.insert(jointMemberships).values({
      id,
      schoolAuthorityId,
      jointServiceId,
      memberId: memberId!,
      kind,
      changedOn,
      reason,
      resolution,
    });
    const moved = await post(tx, user, { kind: "joint_membership", id });
    await rememberSent(tx, user, id, { jointServiceId, ...draft });
    const who = name || members.find((member) => member.id === memberId)!.name;
    const text = `${kind === "joined" ? "Beitritt" : "Austritt"}: ${who}`;
    await logChange(tx, user, "joint_membership_recorded", { id, text, moved });
  });
}

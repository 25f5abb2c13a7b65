/**
 * What the other side of a link does: it accepts or declines the keeper's offer to see a joint service (IKZ), and
 * ends its own link. The offer is a row of the keeper's books, so this looks behind the wall: by the code, or by the
 * id of a link of the own authority, at that one row and the names beside it.
 */
import { and, desc, eq, getTableColumns, gt, isNotNull, isNull, ne } from "drizzle-orm";
import { now } from "#app/clock.server.ts";
import { type LinkAnswerViolation, readLinkCode } from "#app/domain/joint-link.ts";
import { mayUser, type User } from "#app/domain/permission.ts";
import { forbidden, notFound } from "#app/http.ts";
import { everyAuthority } from "#db/authority.ts";
import { db, type Reader } from "#db/client.ts";
import { changes } from "#db/schema/changes.ts";
import { jointLinks } from "#db/schema/joint-links.ts";
import { jointServiceMembers, jointServices } from "#db/schema/joint-services.ts";
import { requireAuthority } from "./authorities.server.ts";
import { appendChange, logChange } from "./changes.server.ts";
import { hashOfCode } from "./joint-links.server.ts";

/** What is offered: which agreement of whom, to which of its members. */
export type Offered = {
  id: string;
  keeperName: string;
  agreement: string;
  startedOn: string;
  member: string;
  expiresAt: Date;
};

/** The open offer of a code, to look at before it is answered. Looking does not use it up. */
export async function findOffered(
  user: User,
  typed: string,
): Promise<{ offered: Offered } | { violation: LinkAnswerViolation }> {
  if (!mayUser(user, "coordinate")) forbidden();
  return everyAuthority(() => findOpen(db, user, typed));
}

async function findOpen(
  reader: Reader,
  user: User,
  typed: string,
): Promise<{ offered: Offered & { jointServiceId: string } } | { violation: LinkAnswerViolation }> {
  const code = readLinkCode(typed);
  const [row] = code
    ? await reader
        .select({ ...offeredColumns, keeperId: jointLinks.schoolAuthorityId })
        .from(jointLinks)
        .innerJoin(jointServices, eq(jointServices.id, jointLinks.jointServiceId))
        .innerJoin(jointServiceMembers, eq(jointServiceMembers.id, jointLinks.memberId))
        .where(
          and(
            eq(jointLinks.codeHash, hashOfCode(code)),
            gt(jointLinks.expiresAt, now()),
            isNull(jointLinks.acceptedAt),
            isNull(jointLinks.endedAt),
          ),
        )
    : [];
  if (!row) return { violation: { field: "linkCode", rule: "link_code_unknown" } };
  const { keeperId, ...offered } = row;
  if (keeperId === user.schoolAuthorityId) {
    return { violation: { field: "linkCode", rule: "own_offer" } };
  }
  const [other] = await reader
    .select({ member: jointServiceMembers.name })
    .from(jointLinks)
    .innerJoin(jointServiceMembers, eq(jointServiceMembers.id, jointLinks.memberId))
    .where(
      and(
        eq(jointLinks.jointServiceId, offered.jointServiceId),
        eq(jointLinks.memberAuthorityId, user.schoolAuthorityId),
        ne(jointLinks.id, offered.id),
        isNotNull(jointLinks.acceptedAt),
        isNull(jointLinks.endedAt),
      ),
    );
  if (other) {
    const { member } = other;
    return { violation: { field: "linkCode", rule: "linked_as_another_member", member } };
  }
  return { offered };
}

const offeredColumns = {
  id: jointLinks.id,
  jointServiceId: jointLinks.jointServiceId,
  keeperName: jointLinks.keeperName,
  agreement: jointServices.name,
  startedOn: jointServices.startedOn,
  member: jointServiceMembers.name,
  expiresAt: jointLinks.expiresAt,
};

/** Accepts or declines an offer; its code is used up by either. Gives the link. */
export async function answerOffer(
  user: User,
  typed: string,
  isAccepted: boolean,
): Promise<{ linkId: string } | { violation: LinkAnswerViolation }> {
  if (!mayUser(user, "coordinate")) forbidden();
  const { name: authorityName } = await requireAuthority(user);
  return everyAuthority(() =>
    db.transaction(async (tx) => {
      const found = await findOpen(tx, user, typed);
      if ("violation" in found) return found;
      const { id, agreement, member, keeperName } = found.offered;
      const at = now();
      const answered = await tx
        .update(jointLinks)
        .set({
          memberAuthorityId: user.schoolAuthorityId,
          authorityName,
          ...(isAccepted ? { acceptedAt: at } : { endedAt: at, endedBy: "member" as const }),
        })
        // Of two who answer at once the second waits here, and finds nothing.
        .where(
          and(
            eq(jointLinks.id, id),
            isNull(jointLinks.memberAuthorityId),
            isNull(jointLinks.endedAt),
          ),
        )
        .returning({ id: jointLinks.id });
      if (answered.length === 0) {
        return { violation: { field: "linkCode", rule: "link_code_unknown" } as const };
      }
      const deed = isAccepted ? "joint_link_accepted" : "joint_link_declined";
      await logChange(tx, user, deed, { id, text: `${agreement} (${keeperName}): ${member}` });
      await logAtKeeper(tx, id, deed);
      return { linkId: id };
    }),
  );
}

/** Ends the own link to an agreement of another; it is not seen from then on. */
export async function endLink(user: User, linkId: string, reason: string): Promise<void> {
  if (!mayUser(user, "coordinate")) forbidden();
  await everyAuthority(() =>
    db.transaction(async (tx) => {
      const [link] = await tx
        .update(jointLinks)
        .set({ endedAt: now(), endedBy: "member", endReason: reason })
        .where(
          and(
            eq(jointLinks.id, linkId),
            eq(jointLinks.memberAuthorityId, user.schoolAuthorityId),
            isNotNull(jointLinks.acceptedAt),
            isNull(jointLinks.endedAt),
          ),
        )
        .returning({ serviceName: jointLinks.serviceName, keeperName: jointLinks.keeperName });
      if (!link) notFound();
      await logChange(tx, user, "joint_link_ended", {
        id: linkId,
        text: `${link.serviceName} (${link.keeperName})`,
        after: { Grund: reason },
      });
      await logAtKeeper(tx, linkId, "joint_link_ended", { Grund: reason });
    }),
  );
}

const words = {
  joint_link_accepted: "angenommen",
  joint_link_declined: "abgelehnt",
  joint_link_ended: "beendet",
};

/**
 * The same deed in the keeper's log: who looks into its books stands there too, whatever becomes of the link. Its
 * lines are of its own persons: this one is of the person who made the offer, and says which authority answered, but
 * not who there.
 */
async function logAtKeeper(
  tx: Reader,
  linkId: string,
  deed: keyof typeof words,
  after?: Record<string, string>,
) {
  const [row] = await tx
    .select({ ...getTableColumns(jointLinks), member: jointServiceMembers.name })
    .from(jointLinks)
    .innerJoin(jointServiceMembers, eq(jointServiceMembers.id, jointLinks.memberId))
    .where(eq(jointLinks.id, linkId));
  const { schoolAuthorityId, jointServiceId, serviceName, member, authorityName } = row!;
  const text = `${serviceName}: ${member}`;
  const [offered] = await tx
    .select({ id: changes.changedBy })
    .from(changes)
    .where(
      and(
        eq(changes.schoolAuthorityId, schoolAuthorityId),
        eq(changes.deed, "joint_link_offered"),
        eq(changes.subjectId, jointServiceId),
        eq(changes.text, text),
      ),
    )
    .orderBy(desc(changes.changedAt))
    .limit(1);
  await appendChange(tx, { id: offered!.id, schoolAuthorityId }, deed, {
    id: jointServiceId,
    text: `${text}, ${words[deed]} durch ${authorityName}`,
    ...(after && { after }),
  });
}

/** What the keeper of a joint service (IKZ) does with links: it offers members to see the agreement, and ends that. */
import { createHash, randomBytes } from "node:crypto";
import { and, desc, eq, isNull } from "drizzle-orm";
import { now } from "#app/clock.server.ts";
import {
  checkOffer,
  linkCodeOf,
  linkStateOf,
  offerDays,
  type OfferViolation,
  writeLinkCode,
} from "#app/domain/joint-link.ts";
import type { User } from "#app/domain/permission.ts";
import { notFound } from "#app/http.ts";
import { db, type Reader } from "#db/client.ts";
import { jointLinks } from "#db/schema/joint-links.ts";
import { requireAuthority } from "./authorities.server.ts";
import { logChange } from "./changes.server.ts";
import { requireAgreement } from "./joint-agreements.server.ts";
import { lockBooks } from "./journal.server.ts";

/** All offers of an agreement, the newest first, each with what has become of it. */
export async function listOffers(user: User, jointServiceId: string, reader: Reader = db) {
  const rows = await reader
    .select()
    .from(jointLinks)
    .where(
      and(
        eq(jointLinks.jointServiceId, jointServiceId),
        eq(jointLinks.schoolAuthorityId, user.schoolAuthorityId),
      ),
    )
    .orderBy(desc(jointLinks.createdAt));
  return rows.map(({ codeHash: _, ...offer }) => ({ ...offer, state: linkStateOf(offer, now()) }));
}

/** The agreement with the last offer to each of its other members. */
export async function requireOffers(user: User, jointServiceId: string, reader: Reader = db) {
  const agreement = await requireAgreement(user, jointServiceId, reader);
  const offers = await listOffers(user, jointServiceId, reader);
  const members = agreement.members
    .filter(({ isOwn }) => !isOwn)
    .map(({ id, name }) => ({
      id,
      name,
      offer: offers.find((one) => one.memberId === id) ?? null,
    }));
  return { agreement, members, offers };
}

/**
 * Offers a member to see the agreement; an offer to it that is still open ends by it.
 * @returns the code, which is told once: only its SHA-256 is kept
 */
export function offerLink(
  user: User,
  jointServiceId: string,
  memberId: string,
): Promise<{ code: string; member: string; expiresAt: Date } | { violation: OfferViolation }> {
  const { schoolAuthorityId } = user;
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "coordinate");
    const agreement = await requireAgreement(user, jointServiceId, tx);
    const member = agreement.members.find(({ id }) => id === memberId) ?? notFound();
    const offers = await listOffers(user, jointServiceId, tx);
    const last = offers.find((one) => one.memberId === memberId);
    const violation = checkOffer(member, last?.state);
    if (violation) return { violation };

    const code = linkCodeOf(randomBytes(32));
    const expiresAt = new Date(now().getTime() + offerDays * 86_400_000);
    await tx
      .update(jointLinks)
      .set({ endedAt: now(), endedBy: "keeper" })
      .where(
        and(
          eq(jointLinks.memberId, memberId),
          eq(jointLinks.schoolAuthorityId, schoolAuthorityId),
          isNull(jointLinks.endedAt),
          isNull(jointLinks.acceptedAt),
        ),
      );
    const { name: keeperName } = await requireAuthority(user, tx);
    await tx.insert(jointLinks).values({
      schoolAuthorityId,
      jointServiceId,
      memberId,
      codeHash: hashOfCode(code),
      expiresAt,
      keeperName,
      serviceName: agreement.name,
    });
    const text = `${agreement.name}: ${member.name}`;
    await logChange(tx, user, "joint_link_offered", { id: jointServiceId, text });
    return { code: writeLinkCode(code), member: member.name, expiresAt };
  });
}

/** An offer or a link that has not ended, with the names of its agreement and member. */
export async function requireOffer(user: User, offerId: string, reader: Reader = db) {
  const [found] = await reader
    .select({ jointServiceId: jointLinks.jointServiceId })
    .from(jointLinks)
    .where(
      and(eq(jointLinks.id, offerId), eq(jointLinks.schoolAuthorityId, user.schoolAuthorityId)),
    );
  const { agreement, offers } = await requireOffers(
    user,
    found?.jointServiceId ?? notFound(),
    reader,
  );
  const offer = offers.find(({ id }) => id === offerId) ?? notFound();
  const member = agreement.members.find(({ id }) => id === offer.memberId)?.name ?? "";
  return { ...offer, agreement: agreement.name, member };
}

/** Takes an offer back, or ends a link in force. What has ended already stays as it is. */
export function endOffer(user: User, offerId: string, reason: string): Promise<void> {
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "coordinate");
    const offer = await requireOffer(user, offerId, tx);
    const ended = await tx
      .update(jointLinks)
      .set({ endedAt: now(), endedBy: "keeper", endReason: reason })
      .where(
        and(
          eq(jointLinks.id, offerId),
          eq(jointLinks.schoolAuthorityId, user.schoolAuthorityId),
          isNull(jointLinks.endedAt),
        ),
      )
      .returning({ id: jointLinks.id });
    if (ended.length === 0) return;
    await logChange(tx, user, "joint_link_ended", {
      id: offer.jointServiceId,
      text: `${offer.agreement}: ${offer.member}`,
      after: { Grund: reason },
    });
  });
}

/** By which a code is found: who reads the table can't accept with it. */
export function hashOfCode(code: string): string {
  return createHash("sha256").update(code).digest("hex");
}

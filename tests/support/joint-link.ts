/** A member of a joint service that is linked to its authority, as the two offices do it. */
import type { User } from "#app/domain/permission.ts";
import { answerOffer } from "#app/records/joint-link-answers.server.ts";
import { offerLink } from "#app/records/joint-links.server.ts";

/** Gives the code of an offer to a member. */
export async function offer(keeper: User, serviceId: string, memberId: string): Promise<string> {
  const offered = await offerLink(keeper, serviceId, memberId);
  if ("violation" in offered) throw new Error(`refused: ${offered.violation.rule}`);
  return offered.code;
}

/** Offers and accepts; gives the link. */
export async function link(keeper: User, serviceId: string, memberId: string, other: User) {
  const answered = await answerOffer(other, await offer(keeper, serviceId, memberId), true);
  if ("violation" in answered) throw new Error(`refused: ${answered.violation.rule}`);
  return answered.linkId;
}

/**
 * The link of a member of a joint service (IKZ) to its authority on this installation (Einsicht): the keeper
 * offers it by a one-time code, the authority accepts, either of them can end it.
 */
import { writeRecoveryCode } from "./second-factor.ts";

export const linkSides = ["keeper", "member"] as const;
/** Who ended it: whose books the agreement is in, or who looked into them. */
export type LinkSide = (typeof linkSides)[number];

/** So many days an offer can be accepted. */
export const offerDays = 14;

export const linkStates = [
  "open",
  "expired",
  "in_force",
  "declined",
  "withdrawn",
  "ended",
] as const;
export type LinkState = (typeof linkStates)[number];

export type LinkDates = {
  expiresAt: Date;
  acceptedAt: Date | null;
  endedAt: Date | null;
  endedBy: LinkSide | null;
};

/** What has become of an offer. */
export function linkStateOf(link: LinkDates, now: Date): LinkState {
  if (link.acceptedAt) return link.endedAt ? "ended" : "in_force";
  if (link.endedAt) return link.endedBy === "member" ? "declined" : "withdrawn";
  return link.expiresAt > now ? "open" : "expired";
}

export type OfferViolation = { field: "seeingId" } & (
  | { rule: "own_member_is_not_offered" }
  | { rule: "member_is_linked" }
);

/** A member to whom the agreement can be shown: another one, which is not linked yet. */
export function checkOffer(
  member: { isOwn: boolean },
  state: LinkState | undefined,
): OfferViolation | undefined {
  if (member.isOwn) return { field: "seeingId", rule: "own_member_is_not_offered" };
  return state === "in_force" ? { field: "seeingId", rule: "member_is_linked" } : undefined;
}

export type LinkAnswerViolation = { field: "linkCode" } & (
  | { rule: "link_code_unknown" }
  | { rule: "own_offer" }
  | { rule: "linked_as_another_member"; member: string }
);

/** 32 signs of five bits from as many random bytes. */
export function linkCodeOf(random: Uint8Array): string {
  return [...random].map((byte) => signs[byte & 31]).join("");
}

const signs = "abcdefghijklmnopqrstuvwxyz234567";

/** What was typed or pasted as a code; undefined for anything that is none. */
export function readLinkCode(typed: string): string | undefined {
  const code = typed.replace(/[\s-]/g, "").toLowerCase();
  return /^[a-z2-7]{32}$/.test(code) ? code : undefined;
}

/** "abcd-efgh-…", in eight groups. */
export const writeLinkCode = writeRecoveryCode;

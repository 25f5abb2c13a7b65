/** What an account is good for right now, of the facts that are kept of it. */
import { accessState } from "./audit-access.ts";
import type { Day } from "./calendar.ts";

export type UserFacts = {
  /** False where it is locked. */
  isActive: boolean;
  /** Whether its owner has ever set a password. */
  hasPassword: boolean;
  /** Whether a link of an invitation can still be used. */
  hasOpenInvitation: boolean;
  /** The newest access, of whoever was invited until a day; null for somebody of the office. */
  access: { until: Day; isWithdrawn: boolean } | null;
};

export type UserState =
  | { kind: "invited" | "invitation_expired" | "active" | "locked" | "withdrawn" }
  /** `until` was the last day. */
  | { kind: "over"; until: Day };

/** What keeps somebody out comes first; then whether they have ever come in. */
export function userState(facts: UserFacts, today: Day): UserState {
  const { isActive, hasPassword, hasOpenInvitation, access } = facts;
  if (!isActive) return { kind: "locked" };
  const entry = access && accessState(access, today);
  if (entry === "withdrawn") return { kind: "withdrawn" };
  if (access && entry === "over") return { kind: "over", until: access.until };
  if (hasPassword) return { kind: "active" };
  return { kind: hasOpenInvitation ? "invited" : "invitation_expired" };
}

/** Whether a new link to a password would let somebody in. */
export function mayGetLink({ kind }: UserState): boolean {
  return kind === "active" || kind === "invited" || kind === "invitation_expired";
}

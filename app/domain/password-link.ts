/** One-time links by which somebody sets a password. */

export const linkPurposes = ["invitation", "reset"] as const;
export type LinkPurpose = (typeof linkPurposes)[number];

const hour = 60;
/** So long a link holds, in minutes: an invitation is read next week, a reset now. */
export const linkMinutes: Record<LinkPurpose, number> = { invitation: 7 * 24 * hour, reset: hour };

/** The same of an invitation in days. */
export const invitationDays = linkMinutes.invitation / 24 / hour;

/** One-time links by which somebody sets a password. */

export const linkPurposes = ["invitation", "reset"] as const;
export type LinkPurpose = (typeof linkPurposes)[number];

const hour = 60;
/** So long a link holds, in minutes: an invitation is read next week, a reset now. */
export const linkMinutes: Record<LinkPurpose, number> = { invitation: 7 * 24 * hour, reset: hour };

/**
 * So long, in minutes, a reset link that was mailed stays the only one, however often another is asked for: anybody may ask
 * for one to anybody's address, and would take the link away that its owner has just been sent.
 */
export const resetStaysMinutes = 10;

/** The same of an invitation in days. */
export const invitationDays = linkMinutes.invitation / 24 / hour;

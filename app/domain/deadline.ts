/** Deadlines (Fristen): until when the money of a grant may be spent. */
import { type Day, daysBetween } from "./calendar.ts";
import type { Money } from "./money.ts";

/** How near a deadline is: over, within 90 days, or later. */
export type Urgency = "over" | "soon" | "later";

export function urgencyOf(spendUntil: Day, today: Day): Urgency {
  const days = daysBetween(today, spendUntil);
  if (days < 0) return "over";
  return days <= 90 ? "soon" : "later";
}

/** The deadlines of grants that still have money to lose, soonest first. */
export function openDeadlines<Grant extends { spendUntil: Day; available: Money }>(
  grants: Grant[],
): Grant[] {
  return grants
    .filter(({ available }) => available.greaterThan(0))
    .sort((a, b) => a.spendUntil.localeCompare(b.spendUntil));
}

/**
 * What a school asks its authority for (Bedarfsmeldung). A wish moves no money and reserves none: the office
 * takes it up, with an order for example, or declines it with a reason.
 */
import type { Day } from "./calendar.ts";
import type { Money } from "./money.ts";
import type { CostKind } from "./order.ts";

export type WishDraft = {
  schoolId: string;
  /** In the school's own words. */
  what: string;
  costKind: CostKind;
  quantity: number;
  /** What the school reckons with for all of it, gross in euro. */
  estimatedAmount: Money;
  wantedBy: Day | null;
  reason: string;
};

/** Aufgenommen, nicht aufgenommen (by the office); zurückgezogen (by the school). Each ends a wish, once. */
export const wishEnds = ["taken_up", "declined", "withdrawn"] as const;
export type WishEnd = (typeof wishEnds)[number];

export type WishViolation =
  | { field: "wantedBy"; rule: "wanted_in_the_past" }
  | { field: "estimatedAmount"; rule: "amount_not_positive" }
  | { field: "reason"; rule: "wish_needs_reason" }
  | { field: "reason"; rule: "wish_answered_before" };

export function checkWish(
  { estimatedAmount, wantedBy }: WishDraft,
  today: Day,
): WishViolation | undefined {
  if (wantedBy && wantedBy < today) return { field: "wantedBy", rule: "wanted_in_the_past" };
  if (!estimatedAmount.greaterThan(0)) {
    return { field: "estimatedAmount", rule: "amount_not_positive" };
  }
}

/** Whether a wish may end so; who declines says why. */
export function checkWishEnd(
  { end, reason }: { end: WishEnd; reason: string },
  wish: { end: WishEnd | null },
): WishViolation | undefined {
  if (wish.end) return { field: "reason", rule: "wish_answered_before" };
  if (end === "declined" && !reason.trim()) return { field: "reason", rule: "wish_needs_reason" };
}

/** Open orders at the end of a fiscal year: they go on in the new year (§ 20 KomHKVO). */
import { type Day, endOfYear } from "./calendar.ts";

export type MoveViolation =
  | { field: string; rule: "in_the_future" }
  | { field: string; rule: "carryover_before_year_end"; fiscalYear: number }
  | { field: string; rule: "fiscal_year_closed"; fiscalYear: number }
  | { field: string; rule: "no_order_to_move" };

/**
 * Orders move when their year is over, and neither year is closed. On the day of the move the old order ends, its
 * money is carried over and the new order begins: an order is open once on every day.
 */
export function checkMove(
  { movedOn, count }: { movedOn: Day; count: number },
  fiscalYear: number,
  closedYear: number | undefined,
  today: Day,
): MoveViolation | undefined {
  const field = "movedOn";
  if (closedYear !== undefined) {
    return { field, rule: "fiscal_year_closed", fiscalYear: closedYear };
  }
  if (count === 0) return { field: "orders", rule: "no_order_to_move" };
  if (movedOn > today) return { field, rule: "in_the_future" };
  if (movedOn <= endOfYear(fiscalYear)) {
    return { field, rule: "carryover_before_year_end", fiscalYear };
  }
}

/** Why the old order is closed, and the money carried over. */
export function moveReason(fiscalYear: number): string {
  return `Übertragung in das Haushaltsjahr ${fiscalYear + 1}`;
}

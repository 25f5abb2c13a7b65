/** Open orders at the end of a fiscal year: they go on in the new year (§ 20 KomHKVO). */
import { type Day, endOfYear, plusDays } from "./calendar.ts";

export type MoveViolation =
  | { field: string; rule: "in_the_future" }
  | { field: string; rule: "carryover_before_year_end"; fiscalYear: number }
  | { field: string; rule: "fiscal_year_closed"; fiscalYear: number }
  | { field: string; rule: "no_order_to_move" };

/** Orders move when their year is over, and neither year is closed. */
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

/** The day of a moved order: the first of the new year, so that each invoice of that year can release it. */
export function orderedInNewYear(orderedOn: Day, fiscalYear: number): Day {
  const first = plusDays(endOfYear(fiscalYear), 1);
  return orderedOn > first ? orderedOn : first;
}

/** Why the old order is closed, and the money carried over. */
export function moveReason(fiscalYear: number): string {
  return `Übertragung in das Haushaltsjahr ${fiscalYear + 1}`;
}

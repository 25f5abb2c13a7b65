/** The end of a fiscal year (Jahresabschluss): a closed year takes reversals only. */
import type { Day } from "./calendar.ts";
import { yearOf } from "./calendar.ts";

export type ClosingDraft = { closedOn: Day; note: string };

export type ClosingViolation =
  | { field: "closedOn"; rule: "in_the_future" }
  | { field: "closedOn"; rule: "year_not_over"; fiscalYear: number }
  | { field: "closedOn"; rule: "fiscal_year_closed"; fiscalYear: number }
  | { field: "closedOn"; rule: "earlier_year_open"; fiscalYear: number }
  | { field: "closedOn"; rule: "invoices_unpaid"; accounts: string[] }
  | { field: "closedOn"; rule: "orders_open"; accounts: string[] }
  | { field: "closedOn"; rule: "joint_years_unsettled"; jointServices: string[] };

/**
 * What of the year is not finished: labels of accounts with unpaid invoices, and with open orders; names of
 * joint services (IKZ) whose year it pays for and that are not settled and balanced; and years before it that
 * are still open, the oldest first.
 */
export type YearState = {
  isClosed: boolean;
  unpaid: string[];
  open: string[];
  unsettled: string[];
  earlierOpen: number[];
};

/**
 * A year is closed when it is over, all of its invoices are paid, its open orders have moved, and the joint
 * years that it pays for are settled: a settlement is booked on the account of its plan. Years close in their
 * order: what an older one still gives away arrives in a year that has to be open.
 */
export function checkClosing(
  { closedOn }: ClosingDraft,
  fiscalYear: number,
  { isClosed, unpaid, open, unsettled, earlierOpen }: YearState,
  today: Day,
): ClosingViolation | undefined {
  const field = "closedOn";
  if (isClosed) return { field, rule: "fiscal_year_closed", fiscalYear };
  if (closedOn > today) return { field, rule: "in_the_future" };
  if (yearOf(closedOn) <= fiscalYear) return { field, rule: "year_not_over", fiscalYear };
  const [earlier] = earlierOpen;
  if (earlier !== undefined) return { field, rule: "earlier_year_open", fiscalYear: earlier };
  if (unpaid.length > 0) return { field, rule: "invoices_unpaid", accounts: unpaid };
  if (open.length > 0) return { field, rule: "orders_open", accounts: open };
  if (unsettled.length > 0)
    return { field, rule: "joint_years_unsettled", jointServices: unsettled };
}

/** A closed fiscal year takes reversals only. */
export type ClosedYearViolation = {
  field: string;
  rule: "fiscal_year_closed";
  fiscalYear: number;
};

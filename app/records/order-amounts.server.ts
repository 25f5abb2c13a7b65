/** What became of an ordered amount: released, freed and changed, as SQL beside the line of the order. */
import { sql } from "drizzle-orm";
import type { Day } from "#app/domain/calendar.ts";
import { orderLines } from "#db/schema/orders.ts";
import { standing } from "./standing.server.ts";

/** Released by invoices that stand, as of a day or now. */
export function releasedAmount(asOf: Day | undefined) {
  const until = asOf ? sql` and i.invoiced_on <= ${asOf}` : sql``;
  return sql`coalesce((
    select sum(l.released_amount) from invoice_lines l join invoices i on i.id = l.invoice_id
    where l.order_line_id = order_lines.id and ${standing(sql`i.id`, asOf)}${until}), 0)`.mapWith(
    orderLines.grossAmount,
  );
}

/** Freed by a closure that stands, as of a day or now. */
export function freedAmount(asOf: Day | undefined) {
  const until = asOf ? sql` and c.closed_on <= ${asOf}` : sql``;
  return sql`coalesce((
    select sum(l.freed_amount) from order_closure_lines l join order_closures c on c.id = l.closure_id
    where l.order_line_id = order_lines.id and ${standing(sql`c.id`, asOf)}${until}), 0)`.mapWith(
    orderLines.grossAmount,
  );
}

/** By how much changes that stand raised it, as of a day or now. */
export function changedAmount(asOf: Day | undefined) {
  const until = asOf ? sql` and c.changed_on <= ${asOf}` : sql``;
  return sql`coalesce((
    select sum(l.change) from order_change_lines l join order_changes c on c.id = l.change_id
    where l.order_line_id = order_lines.id and ${standing(sql`c.id`, asOf)}${until}), 0)`.mapWith(
    orderLines.grossAmount,
  );
}

/** The last day on which something was booked on an order or invoice, reversals too. */
import { sql } from "drizzle-orm";
import type { Day } from "#app/domain/calendar.ts";
import type { Reader } from "#db/client.ts";

/** An order can't be changed or closed before its last deed. */
export async function lastDeedOfOrder(
  reader: Reader,
  order: { id: string; orderedOn: Day },
): Promise<Day> {
  const [last] = await reader.execute<{ day: string | null }>(sql`
    select max(greatest(d.day, r.reversed_on))::text as day
    from (
      select i.id, i.invoiced_on as day
      from invoices i join invoice_lines l on l.invoice_id = i.id
      join order_lines o on o.id = l.order_line_id where o.order_id = ${order.id}
      union all
      select id, closed_on from order_closures where order_id = ${order.id}
      union all
      select id, changed_on from order_changes where order_id = ${order.id}
    ) d left join reversals r on r.document_id = d.id`);
  return last?.day && last.day > order.orderedOn ? last.day : order.orderedOn;
}

/** A credit note is no older than what was paid or credited before. */
export async function lastDeedOfInvoice(
  reader: Reader,
  invoice: { id: string; invoicedOn: Day },
): Promise<Day> {
  const [last] = await reader.execute<{ day: string | null }>(sql`
    select max(greatest(d.day, r.reversed_on))::text as day
    from (
      select id, paid_on as day from payments where invoice_id = ${invoice.id}
      union all
      select id, invoiced_on from invoices where credited_id = ${invoice.id}
    ) d left join reversals r on r.document_id = d.id`);
  return last?.day && last.day > invoice.invoicedOn ? last.day : invoice.invoicedOn;
}

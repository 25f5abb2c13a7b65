/** What became of the orders of contracts, year by year: committed, invoiced, paid. */
import { sql } from "drizzle-orm";
import type { Day } from "#app/domain/calendar.ts";
import { euro, type Money, sum } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { db, type Reader } from "#db/client.ts";
import { listContractOrders } from "./contract-orders.server.ts";
import { listOrderLines } from "./orders.server.ts";
import { standing } from "./standing.server.ts";

export type ContractFigures = {
  contractId: string;
  fiscalYear: number;
  /** The year whose cost it is: the one before where the order was carried over. */
  costYear: number;
  isCarried: boolean;
  orderId: string;
  committed: Money;
  /** Less credit notes, discounts and what the authority deducts as input tax: as the journal has it. */
  invoiced: Money;
  paid: Money;
};

/** The standing orders of each contract, carried ones too, with their figures in euro, as of a day or now. */
export async function listContractFigures(
  user: User,
  only: { contractId?: string; asOf?: Day } = {},
  reader: Reader = db,
): Promise<ContractFigures[]> {
  const { contractId, asOf } = only;
  const own = (await listContractOrders(user, reader, asOf)).filter(
    (order) => order.stands && (contractId === undefined || order.contractId === contractId),
  );
  const figures: ContractFigures[] = [];
  for (const { id: orderId, stands: _, ...order } of own) {
    const lines = await listOrderLines(user, { orderId, ...(asOf ? { asOf } : {}) }, reader);
    // Ordered later than the day that is asked for.
    if (lines.length === 0) continue;
    const committed = sum(lines.map(({ open }) => open));
    const spent = await spentOn(user, orderId, asOf, reader);
    figures.push({ ...order, orderId, committed, ...spent });
  }
  return figures;
}

/**
 * Invoiced and paid are those of the invoice lines that name the order. A credit note names no order: it
 * counts for the account of the order on the invoice that it lowers.
 */
async function spentOn(user: User, orderId: string, asOf: Day | undefined, reader: Reader) {
  const until = (day: string) => (asOf ? sql` and ${sql.raw(day)} <= ${asOf}` : sql``);
  const eligible = sql`l.gross_amount - l.ineligible_amount - coalesce(l.deductible_vat, 0)`;
  const [row] = await reader.execute<{ invoiced: string; paid: string }>(sql`
    with own as (
      select l.*, i.invoiced_on from invoice_lines l join invoices i on i.id = l.invoice_id
      join order_lines o on o.id = l.order_line_id
      where o.order_id = ${orderId} and o.school_authority_id = ${user.schoolAuthorityId}
        and ${standing(sql`i.id`, asOf)}${until("i.invoiced_on")}
    ), credited as (
      select ${eligible} as amount from invoices c join invoice_lines l on l.invoice_id = c.id
      where ${standing(sql`c.id`, asOf)}${until("c.invoiced_on")}
        and exists (select 1 from own where own.invoice_id = c.credited_id
          and own.budget_line_id = l.budget_line_id)
    ), shifted as (
      select s.* from credit_shifts s join own on own.id = s.invoice_line_id
      join invoices c on c.id = s.invoice_id
      where ${standing(sql`c.id`, asOf)}${until("c.invoiced_on")}
    ), settled as (
      select p.* from payment_lines p join own on own.id = p.invoice_line_id
      join payments y on y.id = p.payment_id
      where ${standing(sql`y.id`, asOf)}${until("y.paid_on")}
    )
    select
      (coalesce((select sum(${eligible}) from own l), 0)
        + coalesce((select sum(amount) from credited), 0)
        - coalesce((select sum(eligible_discount + missed) from settled), 0)
        - coalesce((select sum(eligible_discount + missed) from shifted), 0))::text as invoiced,
      (coalesce((select sum(eligible) from settled), 0)
        + coalesce((select sum(eligible) from shifted), 0))::text as paid`);
  return { invoiced: euro(row!.invoiced), paid: euro(row!.paid) };
}

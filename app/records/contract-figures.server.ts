/** What became of the orders of contracts, year by year: committed, invoiced, paid. */
import { sql } from "drizzle-orm";
import type { Day } from "#app/domain/calendar.ts";
import { grouped } from "#app/domain/groups.ts";
import { eligible } from "#app/domain/invoice-line.ts";
import { euro, type Money, sum, zero } from "#app/domain/money.ts";
import { lowered } from "#app/domain/paid-line.ts";
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
  /** What was ordered, with its raises. */
  ordered: Money;
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
  if (own.length === 0) return [];
  const lines = await listOrderLines(user, asOf ? { asOf } : {}, reader);
  const linesOf = grouped(lines, ({ orderId }) => orderId);
  const orderIds = own.map(({ id }) => id);
  const spentOn = await loadSpent(reader, user, orderIds, asOf);
  return own.flatMap(({ id: orderId, stands: _, ...order }) => {
    const lines = linesOf.get(orderId);
    // Ordered later than the day that is asked for.
    if (!lines) return [];
    const ordered = sum(lines.map((line) => line.ordered));
    const committed = sum(lines.map(({ open }) => open));
    return [{ ...order, orderId, ordered, committed, ...spentOn(orderId) }];
  });
}

/**
 * Invoiced and paid of each order: the invoice lines that name it, less what credit notes took off them. A
 * credit note names no order: it lowers the lines of its invoice on one account in proportion, as it is booked.
 */
async function loadSpent(reader: Reader, user: User, orderIds: string[], asOf: Day | undefined) {
  const until = (day: string) => (asOf ? sql` and ${sql.raw(day)} <= ${asOf}` : sql``);
  const ids = sql`any(${`{${orderIds.join(",")}}`}::uuid[])`;
  const lines = await reader.execute<InvoicedLine>(sql`
    select l.id, l.invoice_id, o.order_id, l.budget_line_id, l.gross_amount::text,
      (l.ineligible_amount + coalesce(l.deductible_vat, 0))::text as ineligible
    from invoice_lines l join invoices i on i.id = l.invoice_id
    left join order_lines o on o.id = l.order_line_id
    where i.school_authority_id = ${user.schoolAuthorityId}
      and ${standing(sql`i.id`, asOf)}${until("i.invoiced_on")}
      and i.id in (select named.invoice_id from invoice_lines named
        join order_lines own on own.id = named.order_line_id where own.order_id = ${ids})
    order by l.invoice_id, l.position`);
  const named = lines.filter(({ order_id }) => order_id !== null);
  const credits = await reader.execute<{ id: string; account: string; gross: string }>(sql`
    select c.credited_id as id, l.budget_line_id as account, l.gross_amount::text as gross
    from invoices c join invoice_lines l on l.invoice_id = c.id
    where c.school_authority_id = ${user.schoolAuthorityId} and c.credited_id is not null
      and ${standing(sql`c.id`, asOf)}${until("c.invoiced_on")}`);
  const lineIds = sql`any(${`{${named.map(({ id }) => id).join(",")}}`}::uuid[])`;
  const settled = await reader.execute<{ id: string; less: string; paid: string }>(sql`
    select p.invoice_line_id as id, sum(p.eligible_discount + p.missed)::text as less,
      sum(p.eligible)::text as paid
    from (
      select s.invoice_line_id, s.eligible, s.eligible_discount, s.missed
      from credit_shifts s join invoices c on c.id = s.invoice_id
      where s.invoice_line_id = ${lineIds} and ${standing(sql`c.id`, asOf)}${until("c.invoiced_on")}
      union all
      select p.invoice_line_id, p.eligible, p.eligible_discount, p.missed
      from payment_lines p join payments y on y.id = p.payment_id
      where p.invoice_line_id = ${lineIds} and ${standing(sql`y.id`, asOf)}${until("y.paid_on")}
    ) p group by 1`);

  const settledOf = new Map(settled.map((row) => [row.id, row]));
  const creditsOf = grouped(credits, ({ id }) => id);
  const spent = [...grouped(lines, ({ invoice_id }) => invoice_id)].flatMap(([id, own]) => {
    const parts = own.map((line) => ({
      budgetLineId: line.budget_line_id,
      grossAmount: euro(line.gross_amount),
      ineligibleAmount: euro(line.ineligible),
    }));
    const taken = (creditsOf.get(id) ?? []).map(({ account, gross }) => {
      return { budgetLineId: account, grossAmount: euro(gross) };
    });
    return lowered(parts, taken).map((part, place) => {
      const { order_id: orderId, id } = own[place]!;
      const { less = "0", paid = "0" } = settledOf.get(id) ?? {};
      return { orderId, invoiced: eligible(part).minus(euro(less)), paid: euro(paid) };
    });
  });
  const spentOf = grouped(spent, ({ orderId }) => orderId);
  return (orderId: string) => {
    const own = spentOf.get(orderId) ?? [];
    return {
      invoiced: sum([zero, ...own.map(({ invoiced }) => invoiced)]),
      paid: sum([zero, ...own.map(({ paid }) => paid)]),
    };
  };
}

type InvoicedLine = {
  id: string;
  invoice_id: string;
  order_id: string | null;
  budget_line_id: string;
  gross_amount: string;
  ineligible: string;
};

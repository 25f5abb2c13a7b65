/** Invoices whose cost the members of a joint service share. */
import { sql } from "drizzle-orm";
import type { Day } from "#app/domain/calendar.ts";
import type { CountedInvoice } from "#app/domain/joint-cost.ts";
import { euro } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { db, type Reader } from "#db/client.ts";
import { standing } from "./standing.server.ts";

/**
 * Invoices of the municipal budget with what of them no year counts yet: gross, less credit notes. Below
 * zero where a credit note came after the invoice was counted.
 */
export async function listCountableInvoices(user: User, reader: Reader = db) {
  const invoices = await loadInvoices(reader, user);
  return invoices.filter(({ left, isOnGrant }) => !isOnGrant && !left.isZero());
}

/** Invoices that years of an agreement count with more than credit notes have left, and how much more. */
export async function listOvercounted(reader: Reader, user: User, jointServiceId: string) {
  const counted = await reader.execute<{ id: string }>(sql`
    select distinct c.invoice_id as id from joint_costs c join joint_plans p on p.id = c.plan_id
    where p.joint_service_id = ${jointServiceId} and c.invoice_id is not null
      and ${standing(sql`c.id`)}`);
  const ids = new Set([...counted].map(({ id }) => id));
  return (await loadInvoices(reader, user))
    .filter(({ id, left }) => ids.has(id) && left.lessThan(0))
    .map(({ number, left }) => ({ number, over: left.abs() }));
}

/** One invoice of the user's authority that stands; undefined for any other. */
export async function countInvoice(
  reader: Reader,
  user: User,
  invoiceId: string | undefined,
): Promise<CountedInvoice | undefined> {
  return (await loadInvoices(reader, user)).find(({ id }) => id === invoiceId);
}

async function loadInvoices(reader: Reader, user: User) {
  const rows = await reader.execute<Row>(sql`
    select i.id, i.number, i.invoiced_on::text as "invoicedOn", s.name as supplier,
      i.grant_id is not null as "isOnGrant",
      ((select coalesce(sum(l.gross_amount), 0) from invoice_lines l
          join invoices o on o.id = l.invoice_id
          where (o.id = i.id or o.credited_id = i.id) and ${standing(sql`o.id`)})
        - (select coalesce(sum(c.amount), 0) from joint_costs c
          where c.invoice_id = i.id and ${standing(sql`c.id`)}))::text as left
    from invoices i join suppliers s on s.id = i.supplier_id
    where i.school_authority_id = ${user.schoolAuthorityId} and i.credited_id is null
      and ${standing(sql`i.id`)}
    order by i.invoiced_on desc`);
  return [...rows].map((row) => ({ ...row, left: euro(row.left) }));
}

type Row = {
  id: string;
  number: string;
  invoicedOn: Day;
  supplier: string;
  isOnGrant: boolean;
  left: string;
};

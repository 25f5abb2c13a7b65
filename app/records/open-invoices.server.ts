/** Invoices of all grants and fiscal years that wait for money, as a bank statement looks for them. */
import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { Day } from "#app/domain/calendar.ts";
import { type Funding, fundingOf } from "#app/domain/funding.ts";
import { euro, zero } from "#app/domain/money.ts";
import { offeredDiscount } from "#app/domain/payment.ts";
import type { OpenInvoice } from "#app/domain/payment-match.ts";
import type { User } from "#app/domain/permission.ts";
import { db, type Reader } from "#db/client.ts";
import { invoices } from "#db/schema/invoices.ts";
import { listInvoices, requireInvoice } from "./invoices.server.ts";
import { fundingSeenBy } from "./seen.server.ts";
import { standing } from "./standing.server.ts";

/**
 * Invoices of the authority that are certified and not paid whole, with what is open in euro: the soonest due first,
 * those without a day last. Credit notes wait for money of the supplier and are not paid. The first page asks for it at
 * each visit, so it is one query; what is open is reckoned as `listInvoices` does.
 */
export async function listPayable(user: User) {
  const seen = fundingSeenBy(user, sql`i.grant_id`, sql`i.fiscal_year`);
  const rows = await db.execute<Payable & { open: string }>(sql`
    with waiting as (
      select i.*, (select sum(l.gross_amount) from invoice_lines l where l.invoice_id = i.id)
        + ${credited(sql`i.id`)} - ${settled(sql`i.id`)} as open
      from invoices i
      where i.school_authority_id = ${user.schoolAuthorityId}::uuid and i.credited_id is null
        and ${standing(sql`i.id`)} ${seen ? sql`and ${seen}` : sql``}
        and (exists (select from certifications c where c.invoice_id = i.id and ${standing(sql`c.id`)})
          or exists (select from payments p where p.invoice_id = i.id and ${standing(sql`p.id`)}))
    )
    select w.id, w.number, s.name as supplier, coalesce(g.file_number, 'Haushalt ' || w.fiscal_year) as place,
      w.open, w.due_on as "dueOn", w.discount_until as "discountUntil"
    from waiting w join suppliers s on s.id = w.supplier_id left join grants g on g.id = w.grant_id
    where w.open > 0 order by w.due_on nulls last, w.invoiced_on, w.created_at`);
  return rows.map((row) => ({ ...row, open: euro(row.open) }));
}

type Payable = {
  id: string;
  number: string;
  supplier: string;
  /** The grant's file number, or the municipal budget of which year. */
  place: string;
  dueOn: Day | null;
  discountUntil: Day | null;
};

/** What credit notes that stand take off the invoice, in euro gross: zero or below. */
function credited(invoiceId: SQL): SQL {
  return sql`coalesce((select sum(l.gross_amount) from invoices c join invoice_lines l on l.invoice_id = c.id
    where c.credited_id = ${invoiceId} and ${standing(sql`c.id`)}), 0)`;
}

/** What payments settled of the invoice, with cash discounts, less what credit notes gave back of it. */
function settled(invoiceId: SQL): SQL {
  return sql`(coalesce((select sum(p.paid_amount + p.cash_discount) from payments p
      where p.invoice_id = ${invoiceId} and ${standing(sql`p.id`)}), 0)
    + coalesce((select sum(x.paid + x.discount) from invoices c join credit_shifts x on x.invoice_id = c.id
      where c.credited_id = ${invoiceId} and ${standing(sql`c.id`)}), 0))`;
}

const isPayable = ({ state }: { state: string }) => state === "certified" || state === "part_paid";

async function listFundings(user: User, reader: Reader): Promise<Funding[]> {
  const rows = await reader
    .selectDistinct({ grantId: invoices.grantId, fiscalYear: invoices.fiscalYear })
    .from(invoices)
    .where(eq(invoices.schoolAuthorityId, user.schoolAuthorityId));
  return rows.map(fundingOf);
}

/** The oldest first: a list is paid in the order of its papers. */
export async function loadOpenInvoices(user: User, reader: Reader = db): Promise<OpenInvoice[]> {
  const open: OpenInvoice[] = [];
  for (const one of await listFundings(user, reader))
    open.push(...(await loadOf(user, one, reader)));
  return open.sort(
    (a, b) => byNumber.compare(a.invoicedOn, b.invoicedOn) || byNumber.compare(a.number, b.number),
  );
}

const byNumber = new Intl.Collator("de", { numeric: true });

async function loadOf(user: User, funding: Funding, reader: Reader): Promise<OpenInvoice[]> {
  const all = await listInvoices(user, funding, reader);
  const payable = all.filter(isPayable);
  if (payable.length === 0) return [];
  const termsOf = await loadDiscounts(
    user,
    payable.map(({ id }) => id),
    reader,
  );
  return Promise.all(
    payable.map(async (invoice) => {
      const isCreditNote = invoice.kind === "credit_note";
      // What comes back for a credit note depends on what was paid of the invoice that it lowers.
      const open = isCreditNote
        ? (await requireInvoice(user, invoice.id, reader)).open
        : invoice.open;
      const { id, supplier, number, invoicedOn, state, grossAmount } = invoice;
      const { discountRate = null, discountUntil = null } = termsOf.get(id) ?? {};
      // A discount is on the whole: after a first part nobody can say of what is left.
      const isOffered = state === "certified" && discountUntil !== null;
      const discount = isOffered
        ? offeredDiscount({ discountRate, discountUntil, grossAmount }, discountUntil)
        : zero;
      return { id, isCreditNote, supplier, number, invoicedOn, open, discount, discountUntil };
    }),
  );
}

async function loadDiscounts(user: User, invoiceIds: string[], reader: Reader) {
  const { id, discountRate, discountUntil } = invoices;
  const rows = await reader
    .select({ id, discountRate, discountUntil })
    .from(invoices)
    .where(and(eq(invoices.schoolAuthorityId, user.schoolAuthorityId), inArray(id, invoiceIds)));
  return new Map(rows.map((row) => [row.id, row]));
}

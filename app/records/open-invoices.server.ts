/** Invoices of all grants and fiscal years that wait for money, as a bank statement looks for them. */
import { and, eq, inArray } from "drizzle-orm";
import { type Funding, fundingOf } from "#app/domain/funding.ts";
import { zero } from "#app/domain/money.ts";
import { offeredDiscount } from "#app/domain/payment.ts";
import type { OpenInvoice } from "#app/domain/payment-match.ts";
import type { User } from "#app/domain/permission.ts";
import { db, type Reader } from "#db/client.ts";
import { invoices } from "#db/schema/invoices.ts";
import { listInvoices, requireInvoice } from "./invoices.server.ts";

/** The oldest first: a list is paid in the order of its papers. */
export async function loadOpenInvoices(user: User, reader: Reader = db): Promise<OpenInvoice[]> {
  const fundings = await reader
    .selectDistinct({ grantId: invoices.grantId, fiscalYear: invoices.fiscalYear })
    .from(invoices)
    .where(eq(invoices.schoolAuthorityId, user.schoolAuthorityId));
  const open: OpenInvoice[] = [];
  for (const one of fundings) open.push(...(await loadOf(user, fundingOf(one), reader)));
  return open.sort(
    (a, b) => byNumber.compare(a.invoicedOn, b.invoicedOn) || byNumber.compare(a.number, b.number),
  );
}

const byNumber = new Intl.Collator("de", { numeric: true });

async function loadOf(user: User, funding: Funding, reader: Reader): Promise<OpenInvoice[]> {
  const all = await listInvoices(user, funding, reader);
  const payable = all.filter(({ state }) => state === "certified" || state === "part_paid");
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

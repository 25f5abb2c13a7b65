/** Invoices of all grants and fiscal years that wait for money, as a bank statement looks for them. */
import { and, eq, inArray } from "drizzle-orm";
import { type Funding, fundingOf } from "#app/domain/funding.ts";
import { zero } from "#app/domain/money.ts";
import { offeredDiscount } from "#app/domain/payment.ts";
import type { OpenInvoice } from "#app/domain/payment-match.ts";
import type { User } from "#app/domain/permission.ts";
import { db, type Reader } from "#db/client.ts";
import { invoices } from "#db/schema/invoices.ts";
import { requireGrant } from "./grants.server.ts";
import { listInvoices, requireInvoice } from "./invoices.server.ts";

/**
 * Invoices of the authority that are certified and not paid whole, with what is open in euro: the soonest due first,
 * those without a day last. Credit notes wait for money of the supplier and are not paid.
 */
export async function listPayable(user: User) {
  const payable = [];
  for (const funding of await listFundings(user, db)) {
    const place = await placeName(user, funding);
    const waiting = (await listInvoices(user, funding)).filter(isPayable);
    for (const { id, number, supplier, open, dueOn, discountUntil, kind } of waiting) {
      if (kind === "credit_note" || !open.greaterThan(0)) continue;
      payable.push({ id, number, supplier, place, open, dueOn, discountUntil });
    }
  }
  const last = "9999";
  return payable.sort((a, b) => byNumber.compare(a.dueOn ?? last, b.dueOn ?? last));
}

async function placeName(user: User, { grantId, fiscalYear }: Funding): Promise<string> {
  return grantId ? (await requireGrant(user, grantId)).fileNumber : `Haushalt ${fiscalYear}`;
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

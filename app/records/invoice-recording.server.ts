/** Recording an invoice: asked of the domain after the lock, then written, booked, logged. */
import { and, asc, desc, eq } from "drizzle-orm";
import type { Funding } from "#app/domain/funding.ts";
import {
  type BookedLine,
  checkInvoice,
  comparable,
  type InvoiceDraft,
  type InvoiceViolation,
} from "#app/domain/invoice.ts";
import type { PaidLine } from "#app/domain/paid-line.ts";
import type { User } from "#app/domain/permission.ts";
import { db, type Reader, type Transaction } from "#db/client.ts";
import { invoiceLines, invoices } from "#db/schema/invoices.ts";
import { creditShifts } from "#db/schema/payments.ts";
import { logChange } from "./changes.server.ts";
import { loadContext } from "./invoice-context.server.ts";
import { lockBooks, post } from "./journal.server.ts";
import { justified } from "./orders.server.ts";
import { stands } from "./standing.server.ts";
import { rememberSent, wasSent } from "./submissions.server.ts";
import { findSupplier, knowSupplier } from "./suppliers.server.ts";

/** Records the invoice, or says which rule it breaks. */
export function recordInvoice(
  user: User,
  id: string,
  funding: Funding,
  draft: InvoiceDraft,
): Promise<InvoiceViolation | undefined> {
  return db.transaction((tx) => recordInvoiceWithin(tx, user, id, funding, draft));
}

/** The same as part of another deed. */
export async function recordInvoiceWithin(
  tx: Transaction,
  user: User,
  id: string,
  funding: Funding,
  draft: InvoiceDraft,
): Promise<InvoiceViolation | undefined> {
  await lockBooks(tx, user, "record");
  const supplier = await findSupplier(user, draft.supplier, tx);
  const numberKey = comparable(draft.number);
  const earlier = supplier ? await listEarlier(tx, supplier.id, numberKey) : [];
  const context = await loadContext(tx, user, funding, draft, supplier?.id);
  if (await wasSent(tx, user, id, { ...funding, ...draft })) return undefined;
  if (earlier.some((one) => one.stands)) {
    return { field: "number", rule: "invoice_recorded_before" };
  }
  const checked = checkInvoice(draft, context);
  if ("violation" in checked) return checked.violation;

  await tx.insert(invoices).values({
    ...headOf(draft),
    id,
    schoolAuthorityId: user.schoolAuthorityId,
    ...funding,
    supplierId: supplier?.id ?? (await knowSupplier(tx, user, draft.supplier)),
    numberKey,
    supersedesId: earlier[0]?.id ?? null,
  });
  const place = { schoolAuthorityId: user.schoolAuthorityId, ...funding, invoiceId: id };
  await tx.insert(invoiceLines).values(lineRows(checked.lines, place));
  await insertShifts(tx, user, id, draft.creditedId, checked.shifts);
  const moved = await post(tx, user, { kind: "invoice", id });
  await rememberSent(tx, user, id, { ...funding, ...draft });
  await logChange(tx, user, "invoice_recorded", {
    id,
    text: `${draft.number}, ${draft.supplier}`,
    moved,
  });
}

/** The columns of an invoice that its draft says. */
export function headOf({ lines: _, supplier: __, ...head }: InvoiceDraft) {
  return { ...head, creditedId: head.kind === "credit_note" ? head.creditedId : null };
}

/** The rows of an invoice's lines. */
export function lineRows(
  lines: BookedLine[],
  place: Funding & { schoolAuthorityId: string; invoiceId: string },
) {
  return lines.map((line, position) => ({
    ...line,
    ...justified(line),
    ...place,
    position,
    ineligibleReason: line.ineligibleAmount.isZero() ? null : line.ineligibleReason,
  }));
}

/** Invoices of the supplier with that number, the newest first; all but the newest are reversed. */
function listEarlier(reader: Reader, supplierId: string, numberKey: string) {
  return reader
    .select({ id: invoices.id, stands: stands(invoices) })
    .from(invoices)
    .where(and(eq(invoices.supplierId, supplierId), eq(invoices.numberKey, numberKey)))
    .orderBy(desc(invoices.createdAt));
}

/** Keeps by how much a credit note makes the lines of its invoice less paid. */
async function insertShifts(
  tx: Transaction,
  { schoolAuthorityId }: User,
  invoiceId: string,
  creditedId: string | null,
  shifts: PaidLine[],
) {
  if (shifts.length === 0) return;
  const lines = await tx
    .select({ id: invoiceLines.id })
    .from(invoiceLines)
    .where(eq(invoiceLines.invoiceId, creditedId!))
    .orderBy(asc(invoiceLines.position));
  await tx.insert(creditShifts).values(
    shifts.map((shift, position) => {
      return {
        ...shift,
        schoolAuthorityId,
        invoiceId,
        position,
        invoiceLineId: lines[position]!.id,
      };
    }),
  );
}

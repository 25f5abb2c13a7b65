/** What an e-invoice would be booked as, and its booking. */
import { and, eq } from "drizzle-orm";
import type { EInvoice } from "#app/domain/e-invoice.ts";
import { placed } from "#app/domain/e-invoice-booking.ts";
import { invoiceProposalOf } from "#app/domain/e-invoice-proposal.ts";
import type { InvoiceDraft, InvoiceViolation } from "#app/domain/invoice.ts";
import type { User } from "#app/domain/permission.ts";
import { db } from "#db/client.ts";
import { attachments } from "#db/schema/attachments.ts";
import { listPrepayments, usualLines } from "./invoice-context.server.ts";
import { recordInvoiceWithin } from "./invoice-recording.server.ts";
import { listInvoiceLines } from "./invoices.server.ts";
import { listOrderLines } from "./orders.server.ts";
import { findSupplier } from "./suppliers.server.ts";

/** The proposal, placed by what is on file of its seller in the grant. */
export async function proposeInvoice(user: User, grantId: string, invoice: EInvoice) {
  const proposal = invoiceProposalOf(invoice);
  const supplier = await findSupplier(user, invoice.seller.name, db);
  const isOwn = ({ supplierId }: { supplierId: string }) => supplierId === supplier?.id;
  const [usual, orderLines, prepayments, invoiceLines] = await Promise.all([
    usualLines(user, { grantId }),
    listOrderLines(user, { grantId }),
    listPrepayments(db, user, { grantId }),
    listInvoiceLines(user, { grantId }),
  ]);
  const invoices = invoiceLines
    .filter((line) => line.stands && isOwn(line.invoice))
    .map(({ invoiceId, invoice: { number } }) => ({ id: invoiceId, number }));
  return placed(proposal, invoice, {
    usualLine: supplier && usual.get(supplier.id)?.budgetLineId,
    orderLines: orderLines.filter((line) => line.open.greaterThan(0) && isOwn(line)),
    prepayments: prepayments.filter(isOwn),
    invoices,
  });
}

/**
 * Books the e-invoice under its own id, so that the invoice has its file. After a reversal it is booked
 * under another id; the file is then kept with that one too.
 */
export function bookEInvoice(
  user: User,
  received: { id: string; grantId: string; hash: string; bookedId: string | null },
  formId: string,
  draft: InvoiceDraft,
): Promise<{ id: string } | { violation: InvoiceViolation }> {
  const { id, grantId, hash, bookedId } = received;
  const invoiceId = bookedId ? formId : id;
  return db.transaction(async (tx) => {
    const violation = await recordInvoiceWithin(tx, user, invoiceId, { grantId }, draft);
    if (violation) return { violation };
    if (invoiceId === id) return { id };
    const ofFile = [
      eq(attachments.schoolAuthorityId, user.schoolAuthorityId),
      eq(attachments.hash, hash),
    ];
    const [file] = await tx
      .select()
      .from(attachments)
      .where(and(...ofFile, eq(attachments.subjectId, id)))
      .limit(1);
    const { id: _, createdAt: __, ...row } = file!;
    await tx
      .insert(attachments)
      .values({ ...row, subjectId: invoiceId, supersedesId: null, recordedBy: user.id })
      .onConflictDoNothing();
    return { id: invoiceId };
  });
}

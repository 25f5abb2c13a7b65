/** E-invoices (E-Rechnungen) as they were received: kept as they came, read once, booked or discarded. */
import { createHash, randomUUID } from "node:crypto";
import { and, desc, eq, ne, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import {
  bareFileName,
  type AttachmentViolation,
  mostAttachedBytes,
} from "#app/domain/attachment.ts";
import type { EInvoiceViolation } from "#app/domain/e-invoice.ts";
import { comparable } from "#app/domain/invoice.ts";
import { mayUser, type User } from "#app/domain/permission.ts";
import { forbidden, notFound } from "#app/http.ts";
import { logError } from "#app/log.server.ts";
import { readApart } from "#app/readers/apart.server.ts";
import { db, type Reader } from "#db/client.ts";
import { attachments } from "#db/schema/attachments.ts";
import { eInvoiceDiscards, eInvoices } from "#db/schema/e-invoices.ts";
import { invoices } from "#db/schema/invoices.ts";
import { suppliers } from "#db/schema/orders.ts";
import { users } from "#db/schema/users.ts";
import { logChange } from "./changes.server.ts";
import { requireStandingGrant } from "./grants.server.ts";
import { holdHead, lockBooks } from "./journal.server.ts";
import { stands } from "./standing.server.ts";
import { keepBytes } from "./stored-files.server.ts";
import { grantSeenBy, seenBy } from "./seen.server.ts";

type Refused = { violation: EInvoiceViolation | AttachmentViolation; earlierId?: string };

/** Keeps an e-invoice that can be read, or says why it can't; a file is received once. */
export async function receiveEInvoice(
  user: User,
  grantId: string,
  file: { name: string; content: Buffer },
): Promise<{ id: string } | Refused> {
  if (!mayUser(user, "record")) forbidden();
  await requireStandingGrant(user, grantId, db);
  const { content } = file;
  if (content.length === 0) return { violation: { field: "file", rule: "file_empty" } };
  if (content.length > mostAttachedBytes) {
    return { violation: { field: "file", rule: "file_too_large" } };
  }
  const hash = createHash("sha256").update(content).digest("hex");
  const earlier = await findReceived(db, user, hash);
  if (earlier) return earlier;
  const read = await readApart("eInvoice", content);
  if ("problem" in read) return { violation: read.problem };
  const kept = await keepBytes(hash, content).catch((cause: unknown) => logError(cause));
  if (!kept) return { violation: { field: "file", rule: "file_store_unreachable" } };

  const id = randomUUID();
  const { invoice } = read;
  const { schoolAuthorityId } = user;
  return db.transaction(async (tx) => {
    await holdHead(tx, schoolAuthorityId);
    const [received] = await tx
      .insert(eInvoices)
      .values({
        id,
        schoolAuthorityId,
        grantId,
        hash,
        supplierKey: comparable(invoice.seller.name),
        numberKey: comparable(invoice.number),
        issuedOn: invoice.issuedOn,
        invoice,
        receivedBy: user.id,
      })
      .onConflictDoNothing()
      .returning({ id: eInvoices.id });
    if (!received) return (await findReceived(tx, user, hash))!;
    await tx.insert(attachments).values({
      ...kept,
      schoolAuthorityId,
      subject: "invoice",
      subjectId: id,
      fileName: bareFileName(file.name),
      mediaType: content.subarray(0, 1024).includes("%PDF-")
        ? "application/pdf"
        : "application/xml",
      size: content.length,
      hash,
      supersedesId: null,
      recordedBy: user.id,
    });
    const text = `${invoice.number}, ${invoice.seller.name}`;
    await logChange(tx, user, "e_invoice_received", { id, text });
    return { id };
  });
}

async function findReceived(
  reader: Reader,
  user: User,
  hash: string,
): Promise<Refused | undefined> {
  const [earlier] = await reader
    .select({ id: eInvoices.id, receivedAt: eInvoices.createdAt })
    .from(eInvoices)
    .where(and(eq(eInvoices.hash, hash), eq(eInvoices.schoolAuthorityId, user.schoolAuthorityId)));
  if (!earlier) return undefined;
  const { id: earlierId, receivedAt } = earlier;
  return { earlierId, violation: { field: "file", rule: "e_invoice_received_before", receivedAt } };
}

const discarders = alias(users, "discarders");

/** Received e-invoices with what became of them, the last first. */
function selectEInvoices(
  user: User,
  which: { grantId: string } | { id: string },
  reader: Reader = db,
) {
  return reader
    .select({
      id: eInvoices.id,
      grantId: eInvoices.grantId,
      hash: eInvoices.hash,
      // A list needs three words of it, not all its lines.
      invoice: "id" in which ? eInvoices.invoice : sql<null>`null`,
      number: sql<string>`${eInvoices.invoice} ->> 'number'`,
      supplier: sql<string>`${eInvoices.invoice} -> 'seller' ->> 'name'`,
      issuedOn: eInvoices.issuedOn,
      due: sql<string>`${eInvoices.invoice} -> 'totals' ->> 'due'`,
      receivedAt: eInvoices.createdAt,
      receivedBy: users.name,
      discardedAt: eInvoiceDiscards.createdAt,
      discardedBy: discarders.name,
      reason: eInvoiceDiscards.reason,
      bookedId: invoices.id,
      isBooked: sql<boolean>`${invoices.id} is not null and ${stands(invoices)}`,
      supplierKey: eInvoices.supplierKey,
      numberKey: eInvoices.numberKey,
    })
    .from(eInvoices)
    .innerJoin(users, eq(users.id, eInvoices.receivedBy))
    .leftJoin(eInvoiceDiscards, eq(eInvoiceDiscards.eInvoiceId, eInvoices.id))
    .leftJoin(discarders, eq(discarders.id, eInvoiceDiscards.discardedBy))
    .leftJoin(invoices, eq(invoices.id, eInvoices.id))
    .where(
      and(
        eq(eInvoices.schoolAuthorityId, user.schoolAuthorityId),
        grantSeenBy(user, eInvoices.grantId),
        "id" in which ? eq(eInvoices.id, which.id) : eq(eInvoices.grantId, which.grantId),
      ),
    )
    .orderBy(desc(eInvoices.createdAt));
}

export function listEInvoices(user: User, grantId: string) {
  return selectEInvoices(user, { grantId });
}

export async function requireEInvoice(user: User, id: string, reader: Reader = db) {
  const [received] = await selectEInvoices(user, { id }, reader);
  return received ? { ...received, invoice: received.invoice! } : notFound();
}

/** What else is on file of the same seller under the same number: invoices that stand, other files. */
export async function findDuplicates(
  user: User,
  { id, supplierKey, numberKey }: { id: string; supplierKey: string; numberKey: string },
) {
  const booked = await db
    .select({ id: invoices.id, number: invoices.number, on: invoices.invoicedOn })
    .from(invoices)
    .innerJoin(suppliers, eq(suppliers.id, invoices.supplierId))
    .where(
      and(
        eq(invoices.schoolAuthorityId, user.schoolAuthorityId),
        seenBy(user, invoices),
        eq(invoices.numberKey, numberKey),
        eq(suppliers.nameKey, supplierKey),
        ne(invoices.id, id),
        stands(invoices),
      ),
    );
  const received = await db
    .select({ id: eInvoices.id, receivedAt: eInvoices.createdAt })
    .from(eInvoices)
    .where(
      and(
        eq(eInvoices.schoolAuthorityId, user.schoolAuthorityId),
        grantSeenBy(user, eInvoices.grantId),
        eq(eInvoices.numberKey, numberKey),
        eq(eInvoices.supplierKey, supplierKey),
        ne(eInvoices.id, id),
      ),
    );
  return { booked, received };
}

/** Marks an e-invoice that is not to be booked; it stays on file. */
export function discardEInvoice(
  user: User,
  id: string,
  reason: string,
): Promise<EInvoiceViolation | undefined> {
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "record");
    const { invoice, isBooked } = await requireEInvoice(user, id, tx);
    if (isBooked) return { field: "reason", rule: "e_invoice_booked_already" };
    const { schoolAuthorityId } = user;
    const [discard] = await tx
      .insert(eInvoiceDiscards)
      .values({ eInvoiceId: id, schoolAuthorityId, reason, discardedBy: user.id })
      .onConflictDoNothing()
      .returning({ id: eInvoiceDiscards.eInvoiceId });
    const text = `${invoice.number}, ${invoice.seller.name}: ${reason}`;
    const state = (word: string) => ({ [`E-Rechnung ${invoice.number}`]: word });
    const values = { before: state("offen"), after: state("verworfen") };
    if (discard) await logChange(tx, user, "e_invoice_discarded", { id, text, ...values });
  });
}

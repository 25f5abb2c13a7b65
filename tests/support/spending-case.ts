/** A grant of 10 000 € each on 2.1 and 2.4 and the deeds that spend it, for tests of whole histories. */
import { randomUUID } from "node:crypto";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import exceljs from "exceljs";
import type { InvoiceDraft } from "#app/domain/invoice.ts";
import type { InvoiceLineDraft } from "#app/domain/invoice-line.ts";
import type { DocumentKind } from "#app/domain/journal.ts";
import { euro } from "#app/domain/money.ts";
import type { PaymentDraft } from "#app/domain/payment.ts";
import type { User } from "#app/domain/permission.ts";
import { writeAuditBook } from "#app/exports/audit-book.server.ts";
import { loadBudget } from "#app/records/accounts.server.ts";
import { loadAuditBook } from "#tests/support/audit-book.ts";
import { recordInvoice } from "#app/records/invoice-recording.server.ts";
import { requireInvoice } from "#app/records/invoices.server.ts";
import { reverseDocument } from "#app/records/reversals.server.ts";
import { verifyJournal } from "#app/records/verification.server.ts";
import { accepted, certifyAndPay, createGrant, createOffice, invoiceDraft } from "./factories.ts";

export async function openCase(given: Parameters<typeof createGrant>[1] = {}) {
  const office = await createOffice();
  return { ...office, ...(await createGrant(office, given)) };
}

type Case = Awaited<ReturnType<typeof openCase>>;

/** An invoice of 1 June 2021, under a number of its own. */
export function tryInvoice(
  { clerk, grantId }: Case,
  lines: InvoiceLineDraft[],
  given: Partial<InvoiceDraft> & { id?: string } = {},
) {
  const { id = randomUUID(), ...head } = given;
  return recordInvoice(clerk, id, { grantId }, invoiceDraft(lines, { number: `R ${id}`, ...head }));
}

export async function invoice(
  of: Case,
  lines: InvoiceLineDraft[],
  given: Partial<InvoiceDraft> = {},
): Promise<string> {
  const id = randomUUID();
  accepted(await tryInvoice(of, lines, { id, ...given }));
  return id;
}

/** What a credit note of 1 July 2021 says of itself. */
export function credits(creditedId: string): Partial<InvoiceDraft> {
  return { kind: "credit_note", creditedId, invoicedOn: "2021-07-01" };
}

/** A payment of the invoice, which the deputy certifies before; a refund where it is a credit note. */
export function pay(
  { clerk }: Case,
  invoiceId: string,
  paid: string,
  { discount = "0", id = randomUUID(), ...given }: Partial<PaymentDraft> & Discount = {},
) {
  const draft = { paidOn: "2021-06-10", cashDiscount: euro(discount), paidAmount: euro(paid) };
  return certifyAndPay(clerk, id, invoiceId, { ...draft, ...given });
}

type Discount = { discount?: string; id?: string };

export function reverse({ clerk }: Case, kind: DocumentKind, id: string, on = "2021-08-01") {
  return reverseDocument(clerk, { kind, id }, { reversedOn: on, reason: "Irrtum" });
}

/** "code committed/invoiced/paid" of each line, as the page of the grant shows it. */
export async function figures({ clerk, grantId }: Case) {
  const lines = await loadBudget(clerk, grantId);
  return lines
    .map(({ code, committed, invoiced, paid }) => `${code} ${committed}/${invoiced}/${paid}`)
    .join("  ");
}

/** What is still to be paid of an invoice, or to come back of a credit note. */
export async function openOf({ clerk }: Case, invoiceId: string) {
  return (await requireInvoice(clerk, invoiceId)).open.toFixed();
}

/** What the proofs of the journal object to. */
export async function findings({ clerk }: Case) {
  return (await verifyJournal(clerk.schoolAuthorityId)).flatMap((verdict) => verdict.findings);
}

/** The rows of the workbook's sheet of controls that say NEIN. */
export async function disagreements(clerk: User, asOf: string) {
  const book = await loadAuditBook(clerk, { asOf }, "test");
  const file = path.join(await mkdtemp(path.join(tmpdir(), "paktbuch-")), "book.xlsx");
  await writeAuditBook(book, file);
  const workbook = new exceljs.Workbook();
  await workbook.xlsx.readFile(file);
  const found: string[] = [];
  workbook.getWorksheet("Kontrolle")!.eachRow((row) => {
    const cells: unknown[] = [];
    row.eachCell((cell) => cells.push(cell.result ?? cell.value));
    if (cells.includes("NEIN")) found.push(cells.join(" | "));
  });
  return found;
}

/** Recording an invoice: what the check needs of the books, and what is written. */
import { and, desc, eq, isNotNull } from "drizzle-orm";
import { today } from "#app/clock.server.ts";
import type { CreditedInvoice, Prepayment } from "#app/domain/deduction.ts";
import {
  type BookedLine,
  checkInvoice,
  comparable,
  type InvoiceContext,
  type InvoiceDraft,
  type InvoiceViolation,
} from "#app/domain/invoice.ts";
import { grouped } from "#app/domain/groups.ts";
import { eligible, ineligible } from "#app/domain/invoice-line.ts";
import { larger, sum, zero } from "#app/domain/money.ts";
import { paidTogether } from "#app/domain/paid-line.ts";
import type { User } from "#app/domain/permission.ts";
import { db, type Reader, type Transaction } from "#db/client.ts";
import { invoiceLines, invoices } from "#db/schema/invoices.ts";
import { loadBudget } from "./accounts.server.ts";
import { requireAuthority } from "./authorities.server.ts";
import { logChange } from "./changes.server.ts";
import { type Grant, requireStandingGrant, spendingTerms } from "./grants.server.ts";
import { creditsOf, listInvoiceLines } from "./invoices.server.ts";
import { lockBooks, post } from "./journal.server.ts";
import { lastDeedOfInvoice } from "./last-deeds.server.ts";
import { listOpenOrderLines } from "./orders.server.ts";
import { loadPayments } from "./payment-lines.server.ts";
import { stands } from "./standing.server.ts";
import { rememberSent, wasSent } from "./submissions.server.ts";
import { findSupplier, knowSupplier } from "./suppliers.server.ts";

/** Records the invoice, or says which rule it breaks. */
export function recordInvoice(
  user: User,
  id: string,
  grantId: string,
  draft: InvoiceDraft,
): Promise<InvoiceViolation | undefined> {
  return db.transaction((tx) => recordInvoiceWithin(tx, user, id, grantId, draft));
}

/** The same as part of another deed. */
export async function recordInvoiceWithin(
  tx: Transaction,
  user: User,
  id: string,
  grantId: string,
  draft: InvoiceDraft,
): Promise<InvoiceViolation | undefined> {
  await lockBooks(tx, user, "record");
  const grant = await requireStandingGrant(user, grantId, tx);
  const supplier = await findSupplier(user, draft.supplier, tx);
  const numberKey = comparable(draft.number);
  const earlier = supplier ? await listEarlier(tx, supplier.id, numberKey) : [];
  if (await wasSent(tx, user, id, { grantId, ...draft })) return undefined;
  if (earlier.some((one) => one.stands)) {
    return { field: "number", rule: "invoice_recorded_before" };
  }
  const checked = checkInvoice(draft, await loadContext(tx, user, grant, draft, supplier?.id));
  if ("violation" in checked) return checked.violation;

  await tx.insert(invoices).values({
    ...headOf(draft),
    id,
    schoolAuthorityId: user.schoolAuthorityId,
    grantId,
    supplierId: supplier?.id ?? (await knowSupplier(tx, user, draft.supplier)),
    numberKey,
    supersedesId: earlier[0]?.id ?? null,
  });
  const place = { schoolAuthorityId: user.schoolAuthorityId, grantId, invoiceId: id };
  await tx.insert(invoiceLines).values(lineRows(checked.lines, place));
  await post(tx, user, { kind: "invoice", id });
  await rememberSent(tx, user, id, { grantId, ...draft });
  await logChange(tx, user, "invoice_recorded", { id, text: `${draft.number}, ${draft.supplier}` });
}

/** The columns of an invoice that its draft says. */
export function headOf({ lines: _, supplier: __, ...head }: InvoiceDraft) {
  return head;
}

/** The rows of an invoice's lines. */
export function lineRows(
  lines: BookedLine[],
  place: { schoolAuthorityId: string; grantId: string; invoiceId: string },
) {
  return lines.map((line, position) => ({
    ...line,
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

/** Everything that decides whether an invoice may be recorded; read after the lock. */
export async function loadContext(
  reader: Reader,
  user: User,
  grant: Grant,
  draft: Pick<InvoiceDraft, "invoicedOn" | "creditedId" | "lines">,
  supplierId: string | undefined,
): Promise<InvoiceContext> {
  const authority = await requireAuthority(user, reader);
  const takesOff = draft.lines.some(({ kind }) => kind === "prepayment");
  return {
    terms: spendingTerms(grant, draft.invoicedOn),
    budget: await loadBudget(user, grant.id, reader),
    openOrderLines: await listOpenOrderLines(user, grant.id, reader),
    supplierId,
    fourEyes: authority.fourEyes,
    inputTaxRate: authority.inputTaxRate,
    credited: draft.creditedId
      ? await findCredited(reader, user, grant.id, draft.creditedId)
      : undefined,
    prepayments: takesOff ? await listPrepayments(reader, user, grant.id) : [],
    today: today(),
  };
}

/** An invoice of the grant that stands, with what credit notes and payments have left of it. */
async function findCredited(
  reader: Reader,
  user: User,
  grantId: string,
  id: string,
): Promise<CreditedInvoice | undefined> {
  const all = await listInvoiceLines(user, { grantId }, reader);
  const own = all.filter(({ invoiceId, stands }) => invoiceId === id && stands);
  const [first] = own;
  if (!first || first.invoice.kind === "credit_note") return undefined;
  const credits = creditsOf(all).get(id) ?? [];
  const payments = (await loadPayments(reader, user, { invoiceId: id })).get(id) ?? [];
  const ids = [...new Set(own.map(({ budgetLineId }) => budgetLineId))];
  return {
    id,
    supplierId: first.invoice.supplierId,
    invoicedOn: first.invoicedOn,
    lastDeedOn: await lastDeedOfInvoice(reader, { id, invoicedOn: first.invoicedOn }),
    lines: ids.map((budgetLineId) => {
      const lines = own.filter((line) => line.budgetLineId === budgetLineId);
      const taken = credits.filter((line) => line.budgetLineId === budgetLineId);
      const paid = paidTogether(
        lines.flatMap((line) => payments.map((payment) => payment.lines.get(line.id)!)),
      );
      const lost = paid.eligibleDiscount.plus(paid.missed);
      return {
        budgetLineId,
        eligible: sum([...lines, ...taken].map(eligible)).minus(lost),
        ineligible: sum([...lines, ...taken].map(ineligible)),
        paid: paid.eligible.minus(sum(taken.map((line) => line.repaidAmount ?? zero))),
      };
    }),
  };
}

/** Prepayment invoices of a grant that stand, with what later invoices have not yet taken off. */
export async function listPrepayments(
  reader: Reader,
  user: User,
  grantId: string,
): Promise<Prepayment[]> {
  const all = (await listInvoiceLines(user, { grantId }, reader)).filter((line) => line.stands);
  const prepaid = all.filter(({ invoice }) => invoice.kind === "prepayment");
  return [...grouped(prepaid, ({ invoiceId }) => invoiceId)].map(([id, own]) => {
    const taken = all.filter(({ prepaidId }) => prepaidId === id);
    const left = sum([...own, ...taken].map(({ grossAmount }) => grossAmount));
    const { supplierId, number } = own[0]!.invoice;
    return { id, supplierId, number, left: larger(left, zero) };
  });
}

/** The budget line that a supplier's last invoice of the grant was charged to; undefined without one. */
export async function usualLines(user: User, grantId: string, reader: Reader = db) {
  const rows = await reader
    .selectDistinctOn([invoices.supplierId], {
      supplierId: invoices.supplierId,
      budgetLineId: invoiceLines.budgetLineId,
      costKind: invoiceLines.costKind,
      vatRate: invoiceLines.vatRate,
      description: invoiceLines.description,
    })
    .from(invoices)
    .innerJoin(invoiceLines, eq(invoiceLines.invoiceId, invoices.id))
    .where(
      and(
        eq(invoices.schoolAuthorityId, user.schoolAuthorityId),
        eq(invoices.grantId, grantId),
        isNotNull(invoiceLines.budgetLineId),
        stands(invoices),
      ),
    )
    .orderBy(invoices.supplierId, desc(invoices.createdAt), invoiceLines.position);
  return new Map(rows.map((row) => [row.supplierId, row]));
}

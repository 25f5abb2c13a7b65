/** Invoices (Rechnungen) on file, and their payments. */
import { and, asc, desc, eq, getTableColumns, lte } from "drizzle-orm";
import { today } from "#app/clock.server.ts";
import {
  checkInvoice,
  comparable,
  eligible,
  type InvoiceDraft,
  type InvoiceViolation,
} from "#app/domain/invoice.ts";
import type { Day } from "#app/domain/calendar.ts";
import { sum } from "#app/domain/money.ts";
import {
  checkPayment,
  grossTotal,
  type PaymentDraft,
  type PaymentViolation,
} from "#app/domain/payment.ts";
import { ruleOn } from "#app/domain/programme.ts";
import type { User } from "#app/domain/permission.ts";
import { notFound } from "#app/http.ts";
import { db, type Reader } from "#db/client.ts";
import { schools } from "#db/schema/authorities.ts";
import { invoiceLines, invoices, payments } from "#db/schema/invoices.ts";
import { accounts } from "#db/schema/journal.ts";
import { orderLines, orders, suppliers } from "#db/schema/orders.ts";
import { loadBudget } from "./accounts.server.ts";
import { replacedUntil, stands } from "./standing.server.ts";
import { logChange } from "./changes.server.ts";
import { requireGrant, requireStandingGrant, spendingTerms } from "./grants.server.ts";
import { lockBooks, post } from "./journal.server.ts";
import { listOpenOrderLines } from "./orders.server.ts";
import { rememberSent, wasSent } from "./submissions.server.ts";
import { findSupplier, knowSupplier } from "./suppliers.server.ts";

/** The lines of invoices, newest first, with budget line, order and payment. */
export async function listInvoiceLines(
  user: User,
  only: { grantId?: string; invoiceId?: string; asOf?: Day } = {},
  reader: Reader = db,
) {
  const rows = await reader
    .select({
      ...getTableColumns(invoiceLines),
      supplier: suppliers.name,
      number: invoices.number,
      invoicedOn: invoices.invoicedOn,
      supersedesId: invoices.supersedesId,
      school: schools.name,
      code: accounts.code,
      orderNumber: orders.number,
      orderedOn: orders.orderedOn,
      awardKind: orders.awardKind,
      awardReference: orders.awardReference,
      orderId: orders.id,
      paymentId: payments.id,
      paidOn: payments.paidOn,
      cashDiscount: payments.cashDiscount,
      missedDiscount: payments.missedDiscount,
      paidAmount: payments.paidAmount,
      stands: stands(invoices, only.asOf),
    })
    .from(invoiceLines)
    .innerJoin(invoices, eq(invoices.id, invoiceLines.invoiceId))
    .innerJoin(suppliers, eq(suppliers.id, invoices.supplierId))
    .innerJoin(accounts, eq(accounts.id, invoiceLines.budgetLineId))
    .innerJoin(schools, eq(schools.id, accounts.schoolId))
    .leftJoin(orderLines, eq(orderLines.id, invoiceLines.orderLineId))
    .leftJoin(orders, eq(orders.id, orderLines.orderId))
    .leftJoin(
      payments,
      and(
        eq(payments.invoiceId, invoices.id),
        stands(payments, only.asOf),
        only.asOf ? lte(payments.paidOn, only.asOf) : undefined,
      ),
    )
    .where(
      and(
        eq(invoices.schoolAuthorityId, user.schoolAuthorityId),
        only.grantId ? eq(invoices.grantId, only.grantId) : undefined,
        only.invoiceId ? eq(invoices.id, only.invoiceId) : undefined,
        only.asOf ? lte(invoices.invoicedOn, only.asOf) : undefined,
      ),
    )
    .orderBy(desc(invoices.invoicedOn), desc(invoices.createdAt), asc(invoiceLines.position));
  return rows.map((row) => ({ ...row, code: row.code!, eligibleAmount: eligible(row) }));
}

/** Invoices of a grant, newest first, each with its totals. */
export async function listInvoices(user: User, grantId: string) {
  const lines = await listInvoiceLines(user, { grantId });
  const ids = [...new Set(lines.map(({ invoiceId }) => invoiceId))];
  return ids.map((id) => {
    const own = lines.filter(({ invoiceId }) => invoiceId === id);
    const { supplier, number, invoicedOn, paidOn, stands } = own[0]!;
    return {
      id,
      supplier,
      number,
      invoicedOn,
      paidOn,
      stands,
      places: own.map(({ school, code }) => `${school} ${code}`),
      grossAmount: grossTotal(own),
      eligibleAmount: sum(own.map((line) => line.eligibleAmount)),
    };
  });
}

export async function requireInvoice(user: User, invoiceId: string, reader: Reader = db) {
  const lines = await listInvoiceLines(user, { invoiceId }, reader);
  const [first] = lines;
  if (!first) notFound();
  const { grantId, supplier, number, invoicedOn, supersedesId, stands } = first;
  return {
    id: invoiceId,
    grantId,
    supplier,
    number,
    invoicedOn,
    supersedesId,
    stands,
    payment: first.paymentId && {
      id: first.paymentId,
      paidOn: first.paidOn!,
      cashDiscount: first.cashDiscount!,
      missedDiscount: first.missedDiscount,
      paidAmount: first.paidAmount!,
    },
    grossAmount: grossTotal(lines),
    lines,
  };
}

/** Records the invoice, or says which rule it breaks. */
export function recordInvoice(
  user: User,
  id: string,
  grantId: string,
  draft: InvoiceDraft,
): Promise<InvoiceViolation | undefined> {
  const { schoolAuthorityId } = user;
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "record");
    const grant = await requireStandingGrant(user, grantId, tx);
    const supplier = await findSupplier(user, draft.supplier, tx);
    const numberKey = comparable(draft.number);
    const earlier = supplier ? await listEarlier(tx, supplier.id, numberKey) : [];
    if (await wasSent(tx, user, id, { grantId, ...draft })) return undefined;
    if (earlier.some((one) => one.stands)) {
      return { field: "number", rule: "invoice_recorded_before" };
    }

    const checked = checkInvoice(draft, {
      terms: spendingTerms(grant, draft.invoicedOn),
      budget: await loadBudget(user, grantId, tx),
      openOrderLines: await listOpenOrderLines(user, grantId, tx),
      supplierId: supplier?.id,
      today: today(),
    });
    if ("violation" in checked) return checked.violation;

    await tx.insert(invoices).values({
      id,
      schoolAuthorityId,
      grantId,
      supplierId: supplier?.id ?? (await knowSupplier(tx, user, draft.supplier)),
      number: draft.number,
      numberKey,
      invoicedOn: draft.invoicedOn,
      supersedesId: earlier[0]?.id ?? null,
    });
    await tx.insert(invoiceLines).values(
      draft.lines.map((line, position) => ({
        ...line,
        schoolAuthorityId,
        grantId,
        invoiceId: id,
        position,
        ineligibleReason: line.ineligibleAmount.isZero() ? null : line.ineligibleReason,
        releasedAmount: checked.released[position]!,
      })),
    );
    await post(tx, user, { kind: "invoice", id });
    const text = `${draft.number}, ${draft.supplier}`;
    await rememberSent(tx, user, id, { grantId, ...draft });
    await logChange(tx, user, "invoice_recorded", { id, text });
  });
}

/** Invoices of the supplier with that number, the newest first; all but the newest are reversed. */
function listEarlier(reader: Reader, supplierId: string, numberKey: string) {
  return reader
    .select({ id: invoices.id, stands: stands(invoices) })
    .from(invoices)
    .where(and(eq(invoices.supplierId, supplierId), eq(invoices.numberKey, numberKey)))
    .orderBy(desc(invoices.createdAt));
}

/** Records the payment of an invoice, or says which rule it breaks. */
export function recordPayment(
  user: User,
  id: string,
  invoiceId: string,
  draft: PaymentDraft,
): Promise<PaymentViolation | undefined> {
  const { schoolAuthorityId } = user;
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "record");
    const invoice = await requireInvoice(user, invoiceId, tx);
    const earlier = await tx
      .select({ id: payments.id })
      .from(payments)
      .where(
        and(eq(payments.invoiceId, invoiceId), eq(payments.schoolAuthorityId, schoolAuthorityId)),
      )
      .orderBy(desc(payments.createdAt));
    if (await wasSent(tx, user, id, { invoiceId, ...draft })) return undefined;
    if (!invoice.stands) notFound();
    const isPaid = Boolean(invoice.payment);
    const until = await replacedUntil(tx, earlier[0]?.id);
    const { programme } = await requireGrant(user, invoice.grantId, tx);
    const deductsMissed = ruleOn(programme.cashDiscounts, draft.paidOn)?.deductsMissed ?? false;
    const context = { ...invoice, isPaid, deductsMissed, replacedUntil: until };
    const violation = checkPayment(draft, context, today());
    if (violation) return violation;

    const supersedesId = earlier[0]?.id ?? null;
    await tx.insert(payments).values({ id, schoolAuthorityId, invoiceId, supersedesId, ...draft });
    await post(tx, user, { kind: "payment", id });
    const text = `${invoice.number}, ${invoice.supplier}`;
    await rememberSent(tx, user, id, { invoiceId, ...draft });
    await logChange(tx, user, "payment_recorded", { id: invoiceId, text });
  });
}

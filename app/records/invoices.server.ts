/** Invoices (Rechnungen) on file, with what became of them. */
import { and, asc, desc, eq, getTableColumns, lte, sql } from "drizzle-orm";
import type { Day } from "#app/domain/calendar.ts";
import type { InvoiceState } from "#app/domain/certification.ts";
import { arithmeticOf } from "#app/domain/invoice-arithmetic.ts";
import { grouped } from "#app/domain/groups.ts";
import { eligible } from "#app/domain/invoice-line.ts";
import { larger, type Money, sum, zero } from "#app/domain/money.ts";
import { grossTotal } from "#app/domain/payment.ts";
import type { User } from "#app/domain/permission.ts";
import { notFound } from "#app/http.ts";
import { db, type Reader } from "#db/client.ts";
import { schools } from "#db/schema/authorities.ts";
import { invoiceLines, invoices } from "#db/schema/invoices.ts";
import { accounts } from "#db/schema/journal.ts";
import { orderLines, orders, suppliers } from "#db/schema/orders.ts";
import { certifications } from "#db/schema/payments.ts";
import { users } from "#db/schema/users.ts";
import { loadPayments, type RecordedPayment } from "./payment-lines.server.ts";
import { stands } from "./standing.server.ts";

/** The lines of invoices, newest first, with budget line and order. */
export async function listInvoiceLines(
  user: User,
  only: { grantId?: string; invoiceId?: string; asOf?: Day } = {},
  reader: Reader = db,
) {
  const rows = await reader
    .select({
      ...getTableColumns(invoiceLines),
      invoice: invoices,
      supplier: suppliers.name,
      number: invoices.number,
      invoicedOn: invoices.invoicedOn,
      school: schools.name,
      code: accounts.code,
      orderNumber: orders.number,
      orderedOn: orders.orderedOn,
      awardKind: orders.awardKind,
      awardReference: orders.awardReference,
      awardReason: orders.awardReason,
      orderId: orders.id,
      stands: stands(invoices, only.asOf),
    })
    .from(invoiceLines)
    .innerJoin(invoices, eq(invoices.id, invoiceLines.invoiceId))
    .innerJoin(suppliers, eq(suppliers.id, invoices.supplierId))
    .innerJoin(accounts, eq(accounts.id, invoiceLines.budgetLineId))
    .innerJoin(schools, eq(schools.id, accounts.schoolId))
    .leftJoin(orderLines, eq(orderLines.id, invoiceLines.orderLineId))
    .leftJoin(orders, eq(orders.id, orderLines.orderId))
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

export type InvoiceLine = Awaited<ReturnType<typeof listInvoiceLines>>[number];

/** Invoices of a grant, newest first, each with its totals and how far it is. */
export async function listInvoices(user: User, grantId: string, reader: Reader = db) {
  const lines = await listInvoiceLines(user, { grantId }, reader);
  const paymentsOf = await loadPayments(reader, user, { grantId });
  const certified = await loadCertifications(reader, user, { grantId });
  const creditedBy = creditsOf(lines);
  const linesOf = grouped(lines, ({ invoiceId }) => invoiceId);
  return [...linesOf].map(([id, own]) => {
    const { supplier, invoice, stands } = own[0]!;
    const paid = paymentsOf.get(id) ?? [];
    const open = openAmount(own, creditedBy.get(id) ?? [], paid);
    return {
      id,
      supplier,
      kind: invoice.kind ?? ("invoice" as const),
      number: invoice.number,
      invoicedOn: invoice.invoicedOn,
      dueOn: invoice.dueOn,
      discountUntil: invoice.discountUntil,
      paidOn: paid.at(-1)?.paidOn ?? null,
      stands,
      state: stateOf({ stands, isCertified: certified.has(id), payments: paid, open }),
      open,
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
  const { invoice, supplier, stands } = first;
  const { grantId } = invoice;
  const credits = creditsOf(await listInvoiceLines(user, { grantId }, reader)).get(invoiceId) ?? [];
  const payments = (await loadPayments(reader, user, { invoiceId })).get(invoiceId) ?? [];
  const certification =
    (await loadCertifications(reader, user, { invoiceId })).get(invoiceId) ?? null;
  const open =
    invoice.kind === "credit_note"
      ? await refundDue(user, invoice.creditedId!, grantId, reader)
      : openAmount(lines, credits, payments);
  return {
    ...invoice,
    kind: invoice.kind ?? ("invoice" as const),
    supplier,
    stands,
    payments,
    certification,
    recordedBy: await recorderOf(reader, invoiceId),
    state: stateOf({ stands, isCertified: certification !== null, payments, open }),
    /** What is still to be paid, in euro gross; of a credit note what the supplier owes. */
    open,
    grossAmount: grossTotal(lines),
    arithmetic: arithmeticOf(
      lines.map(({ netAmount, vatRate, grossAmount }) => {
        return { netAmount: netAmount ?? grossAmount, vatRate: vatRate ?? zero, grossAmount };
      }),
      invoice.roundedPer ?? "line",
    ),
    lines,
    credits,
  };
}

export type Invoice = Awaited<ReturnType<typeof requireInvoice>>;

/** Who recorded the document, as the journal has it. */
async function recorderOf(reader: Reader, documentId: string) {
  const [row] = await reader.execute<{ id: string; name: string }>(sql`
    select u.id, u.name from entries e join users u on u.id = e.recorded_by
    where e.document_id = ${documentId} order by e.number limit 1`);
  return { id: row!.id, name: row!.name };
}

/** Lines of credit notes that stand, by the invoice that they lower. */
export function creditsOf(lines: InvoiceLine[]): Map<string, InvoiceLine[]> {
  const own = lines.filter((line) => line.stands && line.invoice.creditedId !== null);
  return grouped(own, ({ invoice }) => invoice.creditedId!);
}

/** In euro gross: what credit notes and payments left of an invoice. */
function openAmount(
  lines: { grossAmount: Money }[],
  credits: { grossAmount: Money }[],
  payments: RecordedPayment[],
): Money {
  const { paid, discount } = settledBy(payments);
  const open = grossTotal(lines).plus(grossTotal(credits)).minus(paid).minus(discount);
  return larger(open, zero);
}

function settledBy(payments: RecordedPayment[]) {
  return {
    paid: sum(payments.map(({ paidAmount }) => paidAmount)),
    discount: sum(payments.map(({ cashDiscount }) => cashDiscount)),
  };
}

/** What the supplier still owes on an invoice: paid, credited since, not refunded. In euro gross. */
async function refundDue(user: User, creditedId: string, grantId: string, reader: Reader) {
  const lines = await listInvoiceLines(user, { grantId }, reader);
  const own = lines.filter(({ invoiceId }) => invoiceId === creditedId);
  const credits = creditsOf(lines).get(creditedId) ?? [];
  const paymentsOf = await loadPayments(reader, user, { grantId });
  const { paid, discount } = settledBy(paymentsOf.get(creditedId) ?? []);
  const refunds = [...new Set(credits.map(({ invoiceId }) => invoiceId))].flatMap(
    (id) => paymentsOf.get(id) ?? [],
  );
  const owed = paid.plus(discount).minus(grossTotal(own)).minus(grossTotal(credits));
  return larger(owed.minus(settledBy(refunds).paid), zero);
}

function stateOf(invoice: {
  stands: boolean;
  isCertified: boolean;
  payments: object[];
  open: Money;
}): InvoiceState {
  if (!invoice.stands) return "reversed";
  if (invoice.payments.length > 0) return invoice.open.isZero() ? "paid" : "part_paid";
  return invoice.isCertified ? "certified" : "recorded";
}

/** Certifications that stand, by invoice. */
async function loadCertifications(
  reader: Reader,
  user: User,
  only: { grantId?: string; invoiceId?: string },
) {
  const rows = await reader
    .select({ ...getTableColumns(certifications), certifier: users.name })
    .from(certifications)
    .innerJoin(users, eq(users.id, certifications.certifiedBy))
    .innerJoin(invoices, eq(invoices.id, certifications.invoiceId))
    .where(
      and(
        eq(certifications.schoolAuthorityId, user.schoolAuthorityId),
        stands(certifications),
        only.grantId ? eq(invoices.grantId, only.grantId) : undefined,
        only.invoiceId ? eq(invoices.id, only.invoiceId) : undefined,
      ),
    );
  return new Map(rows.map((row) => [row.invoiceId, row]));
}

/** Invoices (Rechnungen) on file, with what became of them. */
import { and, asc, desc, eq, getTableColumns, lte, sql } from "drizzle-orm";
import type { Day } from "#app/domain/calendar.ts";
import type { InvoiceState } from "#app/domain/certification.ts";
import { arithmeticOf } from "#app/domain/invoice-arithmetic.ts";
import { type Funding, fundingOf } from "#app/domain/funding.ts";
import { grouped } from "#app/domain/groups.ts";
import { eligible } from "#app/domain/invoice-line.ts";
import { type Money, negated, sum, zero } from "#app/domain/money.ts";
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
import {
  type CreditShift,
  loadPayments,
  loadShifts,
  type RecordedPayment,
  settledBy,
} from "./payment-lines.server.ts";
import { fundedBy, type OfFunding } from "./funding.server.ts";
import { placeOf } from "./orders.server.ts";
import { stands } from "./standing.server.ts";

/** The lines of invoices, newest first, with budget line and order. */
export async function listInvoiceLines(
  user: User,
  only: OfFunding & { invoiceId?: string; creditedId?: string; asOf?: Day } = {},
  reader: Reader = db,
) {
  const rows = await reader
    .select({
      ...getTableColumns(invoiceLines),
      invoice: invoices,
      supplier: suppliers.name,
      number: invoices.number,
      invoicedOn: invoices.invoicedOn,
      ...placeOf,
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
    .leftJoin(schools, eq(schools.id, accounts.schoolId))
    .leftJoin(orderLines, eq(orderLines.id, invoiceLines.orderLineId))
    .leftJoin(orders, eq(orders.id, orderLines.orderId))
    .where(
      and(
        eq(invoices.schoolAuthorityId, user.schoolAuthorityId),
        fundedBy(user, invoices, only),
        only.invoiceId ? eq(invoices.id, only.invoiceId) : undefined,
        only.creditedId ? eq(invoices.creditedId, only.creditedId) : undefined,
        only.asOf ? lte(invoices.invoicedOn, only.asOf) : undefined,
      ),
    )
    .orderBy(desc(invoices.invoicedOn), desc(invoices.createdAt), asc(invoiceLines.position));
  return rows.map((row) => ({ ...row, eligibleAmount: eligible(row) }));
}

export type InvoiceLine = Awaited<ReturnType<typeof listInvoiceLines>>[number];

/** Invoices of a grant or of a fiscal year, newest first, each with its totals and how far it is. */
export async function listInvoices(user: User, funding: Funding, reader: Reader = db) {
  const lines = await listInvoiceLines(user, funding, reader);
  const paymentsOf = await loadPayments(reader, user, funding);
  const shiftsOf = await loadShifts(reader, user, funding);
  const certified = await loadCertifications(reader, user, funding);
  const creditedBy = creditsOf(lines);
  const linesOf = grouped(lines, ({ invoiceId }) => invoiceId);
  return [...linesOf].map(([id, own]) => {
    const { supplier, invoice, stands } = own[0]!;
    const paid = paymentsOf.get(id) ?? [];
    const open = invoice.creditedId
      ? refundDue(invoice.creditedId, creditedBy, shiftsOf, paymentsOf)
      : openAmount(own, creditedBy.get(id) ?? [], paid, shiftsOf.get(id) ?? []);
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
      open: stands ? open : zero,
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
  const certification =
    (await loadCertifications(reader, user, { invoiceId })).get(invoiceId) ?? null;
  const family = await loadFamily(user, invoice.creditedId ?? invoiceId, reader);
  const payments = family.paymentsOf.get(invoiceId) ?? [];
  const credits = family.creditedBy.get(invoiceId) ?? [];
  const shifts = family.shiftsOf.get(invoiceId) ?? [];
  const open = invoice.creditedId
    ? refundDue(invoice.creditedId, family.creditedBy, family.shiftsOf, family.paymentsOf)
    : openAmount(lines, credits, payments, shifts);
  return {
    ...invoice,
    funding: fundingOf(invoice),
    kind: invoice.kind ?? ("invoice" as const),
    supplier,
    stands,
    payments,
    certification,
    recordedBy: await recorderOf(reader, invoiceId),
    state: stateOf({ stands, isCertified: certification !== null, payments, open }),
    /** What is still to be paid, in euro gross; of a credit note what the supplier owes. */
    open: stands ? open : zero,
    grossAmount: grossTotal(lines),
    arithmetic: arithmeticOf(
      lines.map(({ netAmount, vatRate, grossAmount }) => {
        return { netAmount: netAmount ?? grossAmount, vatRate: vatRate ?? zero, grossAmount };
      }),
      invoice.roundedPer ?? "line",
    ),
    lines,
    credits,
    settled: settledBy(lines, payments, shifts),
  };
}

/** An invoice's payments, its credit notes and theirs: an invoice has few, a grant many. */
async function loadFamily(user: User, invoiceId: string, reader: Reader) {
  const creditLines = await listInvoiceLines(user, { creditedId: invoiceId }, reader);
  const ids = [invoiceId, ...new Set(creditLines.map((line) => line.invoiceId))];
  const paymentsOf = new Map<string, RecordedPayment[]>();
  for (const id of ids) {
    const own = (await loadPayments(reader, user, { invoiceId: id })).get(id);
    if (own) paymentsOf.set(id, own);
  }
  return {
    creditedBy: creditsOf(creditLines),
    shiftsOf: await loadShifts(reader, user, { invoiceId }),
    paymentsOf,
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
  lines: InvoiceLine[],
  credits: { grossAmount: Money }[],
  payments: RecordedPayment[],
  shifts: CreditShift[],
): Money {
  const { paidAmount, cashDiscount } = settledBy(lines, payments, shifts).settlement;
  return grossTotal(lines).plus(grossTotal(credits)).minus(paidAmount).minus(cashDiscount);
}

/** What the supplier still owes on an invoice: paid, credited since, not refunded. In euro gross. */
function refundDue(
  creditedId: string,
  creditedBy: Map<string, InvoiceLine[]>,
  shiftsOf: Map<string, CreditShift[]>,
  paymentsOf: Map<string, RecordedPayment[]>,
): Money {
  const shifts = shiftsOf.get(creditedId) ?? [];
  const owed = sum(shifts.flatMap(({ lines }) => [...lines.values()].map(({ paid }) => paid)));
  const credits = new Set((creditedBy.get(creditedId) ?? []).map(({ invoiceId }) => invoiceId));
  const refunds = [...credits].flatMap((id) => paymentsOf.get(id) ?? []);
  return negated(owed).minus(sum(refunds.map(({ paidAmount }) => paidAmount)));
}

function stateOf(invoice: {
  stands: boolean;
  isCertified: boolean;
  payments: object[];
  open: Money;
}): InvoiceState {
  if (!invoice.stands) return "reversed";
  if (invoice.payments.length > 0) return invoice.open.isZero() ? "paid" : "part_paid";
  if (invoice.open.isZero()) return "settled";
  return invoice.isCertified ? "certified" : "recorded";
}

/** Certifications that stand, by invoice. */
async function loadCertifications(
  reader: Reader,
  user: User,
  only: OfFunding & { invoiceId?: string },
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
        fundedBy(user, invoices, only),
        only.invoiceId ? eq(invoices.id, only.invoiceId) : undefined,
      ),
    );
  return new Map(rows.map((row) => [row.invoiceId, row]));
}

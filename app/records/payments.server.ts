/** Payments (Zahlungen) of invoices, and refunds of credit notes. */
import { and, count, eq } from "drizzle-orm";
import { today } from "#app/clock.server.ts";
import { checkPayer, type PayerViolation } from "#app/domain/certification.ts";
import { zero } from "#app/domain/money.ts";
import { lowered, type PaidLine, paidLines } from "#app/domain/paid-line.ts";
import {
  checkPayment,
  missedDiscountOf,
  type PaymentDraft,
  type PaymentViolation,
} from "#app/domain/payment.ts";
import { ruleOn } from "#app/domain/programme.ts";
import type { ClosedYearViolation } from "#app/domain/fiscal-year.ts";
import type { User } from "#app/domain/permission.ts";
import { notFound } from "#app/http.ts";
import { db, type Reader, type Transaction } from "#db/client.ts";
import { paymentLines, payments } from "#db/schema/payments.ts";
import { requireAuthority } from "./authorities.server.ts";
import { logChange } from "./changes.server.ts";
import { refusedByYear } from "./fiscal-years.server.ts";
import { requireGrant } from "./grants.server.ts";
import { type Invoice, requireInvoice } from "./invoices.server.ts";
import { lockBooks, post } from "./journal.server.ts";
import { lastReversal } from "./last-deeds.server.ts";
import { listHolders } from "./roles.server.ts";
import { rememberSent, wasSent } from "./submissions.server.ts";

/** Records the payment of an invoice, or says which rule it breaks. */
export function recordPayment(
  user: User,
  id: string,
  invoiceId: string,
  draft: PaymentDraft,
): Promise<PaymentViolation | PayerViolation | ClosedYearViolation | undefined> {
  return db.transaction((tx) => recordPaymentWithin(tx, user, id, invoiceId, draft));
}

/** The same as part of another deed: the payments of a bank statement. */
export async function recordPaymentWithin(
  tx: Transaction,
  user: User,
  id: string,
  invoiceId: string,
  given: PaymentDraft,
): Promise<PaymentViolation | PayerViolation | ClosedYearViolation | undefined> {
  const { schoolAuthorityId } = user;
  await lockBooks(tx, user, "pay");
  const invoice = await requireInvoice(user, invoiceId, tx);
  if (await wasSent(tx, user, id, { invoiceId, ...given })) return undefined;
  if (!invoice.stands) notFound();
  const closed = await refusedByYear(tx, user, invoice.fiscalYear, "paidOn");
  if (closed) return closed;
  const isDeducted = await deductsMissed(tx, user, invoice, given.paidOn);
  const draft =
    isDeducted && !given.missedDiscount
      ? { ...given, missedDiscount: missedDiscountOf(invoice, given) }
      : given;
  const violation = checkPayment(
    draft,
    {
      invoicedOn: invoice.invoicedOn,
      isCertified: invoice.certification !== null,
      isRefund: invoice.kind === "credit_note",
      open: invoice.open,
      deductsMissed: isDeducted,
      replacedUntil: await lastReversal(tx, invoice),
    },
    today(),
  );
  if (violation) return violation;
  const involved = await refusedByPayer(tx, user, invoice);
  if (involved) return involved;
  const lines = linesPaid(draft, invoice);
  // A discount among lines of a cent can't be told apart from them.
  if (lines.some(({ line, part }) => isTakenBack(line.grossAmount.lessThan(0), part))) {
    return { field: "cashDiscount", rule: "discount_too_high" };
  }

  const { isPartial: _, ...stored } = draft;
  await tx.insert(payments).values({
    ...stored,
    id,
    schoolAuthorityId,
    invoiceId,
    position: (await countPayments(tx, user, invoiceId)) + 1,
  });
  if (lines.length > 0) {
    await tx.insert(paymentLines).values(
      lines.map(({ line, part }, position) => {
        return { ...part, schoolAuthorityId, paymentId: id, position, invoiceLineId: line.id };
      }),
    );
  }
  const moved = await post(tx, user, { kind: "payment", id });
  await rememberSent(tx, user, id, { invoiceId, ...given });
  const text = `${invoice.number}, ${invoice.supplier}`;
  await logChange(tx, user, "payment_recorded", { id: invoiceId, text, moved });
}

/** Who recorded or certified an invoice does not pay it, where the authority says so. */
async function refusedByPayer(tx: Transaction, user: User, invoice: Invoice) {
  const { recordedBy, certification } = invoice;
  const { paidByAnother } = await requireAuthority(user, tx);
  return checkPayer(
    user.id,
    { recordedBy: recordedBy.id, certifiedBy: certification?.certifiedBy ?? null },
    { paidByAnother, treasurers: paidByAnother ? await listHolders(user, "treasurer", tx) : [] },
  );
}

/** The lines that the payment is for; none for a refund, which the credit note has booked. */
function linesPaid(draft: PaymentDraft, invoice: Invoice) {
  if (invoice.kind === "credit_note") return [];
  const { lines, credits, settled } = invoice;
  const payment = { ...draft, missedDiscount: draft.missedDiscount ?? zero };
  const parts = paidLines(payment, lowered(lines, credits), settled);
  return lines.map((line, index) => ({ line, part: parts[index]! }));
}

function isTakenBack(lowers: boolean, { eligible }: PaidLine): boolean {
  return !lowers && eligible.lessThan("-0.01");
}

/** True where the grant's programme deducts a discount that was offered and not taken, on that day. */
async function deductsMissed(reader: Reader, user: User, invoice: Invoice, paidOn: string) {
  if (invoice.grantId === null) return false;
  const { programme } = await requireGrant(user, invoice.grantId, reader);
  return ruleOn(programme.cashDiscounts, paidOn)?.deductsMissed ?? false;
}

/** How many payments of the invoice were recorded, reversed ones counted. */
async function countPayments(reader: Reader, user: User, invoiceId: string): Promise<number> {
  const [counted] = await reader
    .select({ count: count() })
    .from(payments)
    .where(
      and(
        eq(payments.invoiceId, invoiceId),
        eq(payments.schoolAuthorityId, user.schoolAuthorityId),
      ),
    );
  return counted!.count;
}

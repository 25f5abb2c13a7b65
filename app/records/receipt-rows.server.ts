/** The rows of the list of receipts (Belegliste) that one line of an invoice gives. */
import { eligible, ineligible } from "#app/domain/invoice-line.ts";
import { larger, type Money, negated, smaller, splitIfAny, zero } from "#app/domain/money.ts";
import { type PaidLine, paidTogether } from "#app/domain/paid-line.ts";
import type { InvoiceLine } from "./invoices.server.ts";
import type { RecordedPayment } from "./payment-lines.server.ts";
import type { ReceiptCut } from "./proof-cuts.server.ts";
import { invoiceNames } from "./spending-documents.server.ts";

/**
 * The rows of one line: one for each payment, one for what is not paid. A cut is taken off the first
 * rows, as far as they go.
 */
export function rowsOf(
  line: InvoiceLine,
  payments: RecordedPayment[],
  cut: ReceiptCut | undefined,
) {
  const parts = payments.map((payment) => ({ payment, ...payment.lines.get(line.id)! }));
  const settled = paidTogether(parts);
  const rest = {
    payment: undefined,
    discount: zero,
    paid: zero,
    missed: zero,
    ineligible: ineligible(line).minus(settled.ineligible).minus(ineligibleDiscountOf(settled)),
    eligible: eligible(line)
      .minus(settled.eligible)
      .minus(settled.eligibleDiscount)
      .minus(settled.missed),
  };
  const isRestOpen = !rest.eligible.isZero() || !rest.ineligible.isZero();
  const rows = isRestOpen || parts.length === 0 ? [...parts, rest] : parts;
  const vat = vatOf(line);
  const other = ineligible(line).minus(vat);
  let cutLeft = cut?.amount ?? zero;
  return rows.map((row, index) => {
    const isLast = index === rows.length - 1;
    const cutHere = isLast ? cutLeft : smaller(cutLeft, larger(row.eligible, zero));
    cutLeft = cutLeft.minus(cutHere);
    const [vatHere = zero] = splitIfAny(row.ineligible, [vat.abs(), other.abs()]);
    return receiptOf(line, { ...row, cut: cutHere, vat: vatHere }, cut);
  });
}

/** VAT that the grant does not pay for: entered as such, or deducted by the authority. */
function vatOf(line: InvoiceLine): Money {
  const entered = line.ineligibleReason === "vat" ? line.ineligibleAmount : zero;
  return entered.plus(line.deductibleVat ?? zero);
}

function ineligibleDiscountOf(settled: PaidLine): Money {
  return settled.discount.minus(settled.eligibleDiscount);
}

type Part = Pick<PaidLine, "discount" | "paid" | "missed" | "ineligible" | "eligible"> & {
  payment: RecordedPayment | undefined;
  cut: Money;
  vat: Money;
};

/** A row: as paid where it is paid, as invoiced where it is not. */
function receiptOf(line: InvoiceLine, part: Part, cut: ReceiptCut | undefined) {
  const { payment } = part;
  const isCredit = line.invoice.kind === "credit_note";
  const repaid = line.repaidAmount ?? zero;
  const gross = part.eligible.plus(part.missed).plus(part.ineligible).plus(part.discount);
  const receipt = {
    standing: "standing" as const,
    invoiceLineId: line.id,
    budgetLineId: line.budgetLineId,
    school: line.school,
    code: line.code,
    orderNumber: line.orderNumber,
    orderedOn: line.orderedOn,
    awardKind: line.awardKind,
    awardReference: line.awardReference ?? "",
    supplier: line.supplier,
    invoiceNumber: line.number,
    invoicedOn: line.invoicedOn,
    description: line.description,
    // What a credit note takes back counts as paid back from its day on.
    paidOn: isCredit && !repaid.isZero() ? line.invoicedOn : (payment?.paidOn ?? null),
    grossAmount: gross,
    cashDiscount: part.discount,
    paidAmount: isCredit ? negated(repaid) : part.paid,
    ineligibleVat: part.vat,
    ineligibleOther: part.missed.plus(part.ineligible).minus(part.vat),
    cut: part.cut,
    eligible: part.eligible.minus(part.cut),
    remark: remarkOf(line, part.cut.isZero() ? undefined : cut),
  };
  const payments = payment ? [payment.id] : [];
  return { receipt, documents: [line.invoiceId, ...payments, ...(cut?.answerIds ?? [])] };
}

/** What an auditor must know of the row beyond its figures. */
function remarkOf(line: InvoiceLine, cut: ReceiptCut | undefined): string {
  const { invoice } = line;
  return [
    cut && `gekürzt: ${cut.reasons.join("; ")}`,
    invoice.kind && invoice.kind !== "invoice" && invoiceNames[invoice.kind],
    line.ineligibleNote && `nicht förderfähig: ${line.ineligibleNote}`,
    invoice.roundingReason && `Rundung: ${invoice.roundingReason}`,
    invoice.overOrderReason && `über dem Auftrag: ${invoice.overOrderReason}`,
    line.awardReason && `Vergabe: ${line.awardReason}`,
  ]
    .filter(Boolean)
    .join("; ");
}

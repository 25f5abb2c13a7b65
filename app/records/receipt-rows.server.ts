/** The rows of the list of receipts (Belegliste) that one line of an invoice gives. */
import type { Day } from "#app/domain/calendar.ts";
import { eligible, ineligible, vatOf } from "#app/domain/invoice-line.ts";
import { larger, type Money, smaller, splitIfAny, zero } from "#app/domain/money.ts";
import { type PaidLine, paidTogether, unpaidLine } from "#app/domain/paid-line.ts";
import type { InvoiceLine } from "./invoices.server.ts";
import type { ReceiptCut } from "./proof-cuts.server.ts";
import { invoiceNames } from "./spending-documents.server.ts";

/** What settles a line on a day: a payment, or a credit note, from which on it is less paid. */
export type Settling = { documentId: string; on: Day; part: PaidLine };

/**
 * The rows of one line: one for each payment, one for what is not paid. A cut is taken off the first
 * rows, as far as they go.
 */
export function rowsOf(line: InvoiceLine, settlings: Settling[], cut: ReceiptCut | undefined) {
  const parts = settlings.map(({ documentId, on, part }) => ({ documentId, on, ...part }));
  const settled = paidTogether(parts);
  const rest = {
    ...unpaidLine,
    documentId: undefined,
    on: null,
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

/** The row of a payment that was undone, as it was paid; nothing was cut of it. */
export function undoneRowOf(line: InvoiceLine, { documentId, on, part }: Settling) {
  const vat = vatOf(line);
  const weights = [vat.abs(), ineligible(line).minus(vat).abs()];
  const [vatHere = zero] = splitIfAny(part.ineligible, weights);
  return receiptOf(line, { ...part, documentId, on, cut: zero, vat: vatHere }, undefined).receipt;
}

function ineligibleDiscountOf(settled: PaidLine): Money {
  return settled.discount.minus(settled.eligibleDiscount);
}

type Part = PaidLine & { documentId: string | undefined; on: Day | null; cut: Money; vat: Money };

/** A row: as paid where it is paid, as invoiced where it is not. */
function receiptOf(line: InvoiceLine, part: Part, cut: ReceiptCut | undefined) {
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
    paidOn: part.on,
    grossAmount: gross,
    cashDiscount: part.discount,
    paidAmount: part.paid,
    ineligibleVat: part.vat,
    ineligibleOther: part.missed.plus(part.ineligible).minus(part.vat),
    cut: part.cut,
    eligible: part.eligible.minus(part.cut),
    remark: remarkOf(line, part.cut.isZero() ? undefined : cut),
  };
  const settling = part.documentId ? [part.documentId] : [];
  return { receipt, documents: [line.invoiceId, ...settling, ...(cut?.answerIds ?? [])] };
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

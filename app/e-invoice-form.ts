/** The form of an invoice, filled in with what an e-invoice says. */
import type { PlacedLine, PlacedProposal } from "./domain/e-invoice-booking.ts";
import { amountInput, formatDay } from "./german/notation.ts";
import type { InvoiceInput } from "./invoice-form.ts";

/** Numbers as they are typed, without points between thousands. */
const typed = (value: { toFixed(): string }) => value.toFixed().replace(".", ",");

export function invoiceInputOf(id: string, proposal: PlacedProposal): Partial<InvoiceInput> {
  const { dueOn, discountRate, discountUntil, kind } = proposal;
  return {
    id,
    supplier: proposal.supplier,
    number: proposal.number,
    invoicedOn: formatDay(proposal.invoicedOn),
    kind: kind === "invoice" ? undefined : kind,
    creditedId: proposal.creditedId,
    roundedPer: "document",
    roundingReason: proposal.needsReason ? "Summen wie in der E-Rechnung" : undefined,
    dueOn: dueOn ? formatDay(dueOn) : undefined,
    discountRate: discountRate ? typed(discountRate) : undefined,
    discountUntil: discountUntil ? formatDay(discountUntil) : undefined,
    lines: proposal.lines.map(lineInput),
  };
}

function lineInput(
  line: PlacedLine,
): InvoiceInput["lines"] extends (infer Line)[] | undefined ? Line : never {
  return {
    budgetLineId: line.budgetLineId,
    description: line.description,
    grossAmount: amountInput(line.grossAmount),
    kind: line.kind === "item" ? undefined : line.kind,
    orderLineId: line.orderLineId,
    prepaidId: line.prepaidId,
    netAmount: line.netAmount ? amountInput(line.netAmount) : undefined,
    vatRate: typed(line.vatRate),
    quantity: line.quantity.equals(1) ? undefined : typed(line.quantity),
  };
}

/** What a recorded invoice did to the money. */
import type { Day } from "./calendar.ts";
import type { InvoiceKind } from "./invoice.ts";
import { eligible } from "./invoice-line.ts";
import type { Posting } from "./journal.ts";
import { type Money, negated } from "./money.ts";
import type { PaidLine } from "./paid-line.ts";

export type InvoiceDocument = {
  supplier: string;
  number: string;
  invoicedOn: Day;
  /** Null on invoices recorded before it was asked. */
  kind: InvoiceKind | null;
  lines: {
    budgetLineId: string;
    grossAmount: Money;
    ineligibleAmount: Money;
    deductibleVat: Money | null;
    releasedAmount: Money;
  }[];
  /** Of a credit note: by how much each line of its invoice is less paid. */
  shifts: (PaidLine & { budgetLineId: string })[];
};

/**
 * Releases the commitment and adds to invoiced in the same breath. A credit note lowers what is
 * invoiced, and what is paid where that was paid: from then on the supplier owes it.
 */
export function postingsOfInvoice(invoice: InvoiceDocument): Posting[] {
  const name = invoice.kind === "credit_note" ? "Gutschrift" : "Rechnung";
  const text = `${name} ${invoice.number}, ${invoice.supplier}`;
  const bookedOn = invoice.invoicedOn;
  const move = (accountId: string, figure: Posting["figure"], amount: Money): Posting => {
    return { accountId, figure, amount, bookedOn, text };
  };
  return [
    ...invoice.lines.flatMap((line) => [
      move(line.budgetLineId, "committed", negated(line.releasedAmount)),
      move(line.budgetLineId, "invoiced", eligible(line)),
    ]),
    ...invoice.shifts.flatMap(({ budgetLineId, eligible, eligibleDiscount, missed }) => [
      move(budgetLineId, "invoiced", negated(eligibleDiscount.plus(missed))),
      move(budgetLineId, "paid", eligible),
    ]),
  ].filter(({ amount }) => !amount.isZero());
}

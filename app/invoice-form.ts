/** The form of an invoice: as it is typed, and the draft that it makes. */
import { z } from "zod";
import { type InvoiceDraft, invoiceKinds } from "./domain/invoice.ts";
import { completeAmounts } from "./domain/invoice-arithmetic.ts";
import {
  ineligibleReasons,
  type InvoiceLineDraft,
  invoiceLineKinds,
  roundings,
} from "./domain/invoice-line.ts";
import { budgetTreatments } from "./domain/low-value.ts";
import { factor } from "./domain/money.ts";
import { costKinds } from "./domain/order.ts";
import { standardVatRate } from "./domain/vat.ts";
import {
  checkbox,
  choice,
  day,
  euroAmount,
  key,
  optionalDay,
  optionalEuroAmount,
  optionalKey,
  nameText,
  optionalText,
  percentShare,
  shortText,
  text,
  weight,
} from "./form.ts";

/** The six fields of a paper invoice come first; all others have a value where they are left empty. */
export const invoiceForm = z.object({
  id: key,
  supplier: nameText,
  number: shortText,
  invoicedOn: day,
  kind: choice(invoiceKinds).default("invoice"),
  creditedId: optionalKey,
  roundedPer: choice(roundings).default("line"),
  roundingReason: optionalText,
  overOrderReason: optionalText,
  overBudgetReason: optionalText,
  dueOn: optionalDay,
  discountRate: percentShare.optional(),
  discountUntil: optionalDay,
  lines: z
    .array(
      z.object({
        budgetLineId: optionalKey,
        description: text,
        grossAmount: euroAmount.optional(),
        kind: choice(invoiceLineKinds).default("item"),
        orderLineId: optionalKey,
        prepaidId: optionalKey,
        costKind: choice(costKinds).default("investment"),
        accompaniesId: optionalKey,
        accompanyingReason: optionalText,
        netAmount: euroAmount.optional(),
        vatRate: percentShare.optional(),
        quantity: weight.optional(),
        isSet: checkbox,
        treatment: choice(budgetTreatments).optional(),
        ineligibleAmount: optionalEuroAmount,
        ineligibleReason: choice(ineligibleReasons).optional(),
        ineligibleNote: optionalText,
      }),
    )
    .default([]),
});

export type InvoiceEntry = z.output<typeof invoiceForm>;
export type InvoiceInput = z.input<typeof invoiceForm>;

type Problem = { field: string; sentence: string };

/**
 * The draft of what was typed. An amount that was left out follows from the other, the rate of VAT from
 * the day, the budget line from what the supplier was charged to last.
 */
export function invoiceDraftOf(
  entry: InvoiceEntry,
  usualLine: string | undefined,
): { draft: InvoiceDraft } | { problems: Problem[] } {
  const { id: _, lines, ...head } = entry;
  const problems = lines.flatMap(({ budgetLineId, grossAmount, netAmount }, index): Problem[] => [
    ...(budgetLineId || usualLine
      ? []
      : [{ field: `lines[${index}].budgetLineId`, sentence: "Bitte auswählen." }]),
    ...(grossAmount || netAmount
      ? []
      : [{ field: `lines[${index}].grossAmount`, sentence: "Bitte ausfüllen." }]),
  ]);
  if (problems.length > 0) return { problems };

  const rated = lines.map((line) => {
    return { ...line, vatRate: line.vatRate ?? standardVatRate(entry.invoicedOn) };
  });
  const amounts = completeAmounts(rated, entry.roundedPer);
  return {
    draft: {
      ...head,
      creditedId: entry.creditedId ?? null,
      discountRate: entry.discountRate ?? null,
      lines: rated.map((line, index): InvoiceLineDraft => {
        return {
          ...line,
          ...amounts[index]!,
          budgetLineId: line.budgetLineId ?? usualLine!,
          quantity: line.quantity ?? factor("1"),
        };
      }),
    },
  };
}

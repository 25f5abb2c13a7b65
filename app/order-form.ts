/** The form of an order: as it is typed, and the draft that it makes. */
import { z } from "zod";
import { costKinds, type OrderDraft } from "./domain/order.ts";
import { awardKinds } from "./domain/procurement.ts";
import { standardVatRate } from "./domain/vat.ts";
import {
  checkbox,
  choice,
  day,
  euroAmount,
  key,
  optionalKey,
  nameText,
  optionalText,
  percentShare,
  shortText,
  text,
} from "./form.ts";

export const orderForm = z.object({
  id: key,
  supplier: nameText,
  number: shortText,
  orderedOn: day,
  awardKind: choice(awardKinds),
  awardReference: optionalText,
  awardReason: optionalText,
  overBudgetReason: optionalText,
  isAgain: checkbox,
  lines: z
    .array(
      z.object({
        budgetLineId: key,
        costKind: choice(costKinds),
        accompaniesId: optionalKey,
        accompanyingReason: optionalText,
        description: text,
        grossAmount: euroAmount,
        vatRate: percentShare.optional(),
      }),
    )
    .default([]),
});

export type OrderEntry = z.output<typeof orderForm>;
export type OrderInput = z.input<typeof orderForm>;

/** The draft of what was typed: a rate of VAT that was left out follows from the day. */
export function orderDraftOf({ id: _, lines, ...head }: OrderEntry): OrderDraft {
  const standard = standardVatRate(head.orderedOn);
  return { ...head, lines: lines.map((line) => ({ ...line, vatRate: line.vatRate ?? standard })) };
}

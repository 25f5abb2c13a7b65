/** The form of a contract (Vertrag), and what it becomes. */
import { z } from "zod";
import {
  adjustments,
  type ContractDraft,
  contractKinds,
  rhythms,
  stepDays,
} from "./domain/contract.ts";
import {
  choice,
  day,
  euroAmount,
  key,
  optionalDay,
  optionalKey,
  nameText,
  optionalText,
  wholeNumber,
  optionalWholeNumber,
  percentShare,
  shortText,
  text,
  weight,
} from "./form.ts";

/** A share or a number that may be left out: null then. */
function orNull<Schema extends z.ZodType<unknown, string>>(schema: Schema, problem: string) {
  return z
    .string()
    .optional()
    .transform((value) => value ?? null)
    .pipe(z.union([z.null(), schema], { error: problem }));
}

const optionalShare = orNull(percentShare, "Bitte einen Anteil wie 3 oder 2,5 eingeben.");
export const optionalIndexValue = orNull(weight, "Bitte eine Zahl wie 118,6 eingeben.");

export const contractForm = z.object({
  id: key,
  number: shortText,
  name: nameText,
  kind: choice(contractKinds),
  supplier: optionalText,
  schoolId: optionalKey,
  signedOn: day,
  startedOn: day,
  endsOn: optionalDay,
  noticeMonths: optionalWholeNumber(0, 60),
  renewalMonths: optionalWholeNumber(0, 120),
  amount: euroAmount,
  vatRate: percentShare,
  rhythm: choice(rhythms),
  adjustment: choice(adjustments),
  stepOn: choice(stepDays),
  stepRate: optionalShare,
  indexName: optionalText,
  indexBase: optionalIndexValue,
  expectedRate: optionalShare,
  product: shortText,
  costCentre: optionalText,
  ledgerAccount: shortText,
  servedLineId: optionalKey,
  servedNote: optionalText,
});

/** The contract of a form; what its kind of adjustment does not use is not kept. */
export function contractOf(form: Omit<z.output<typeof contractForm>, "id">): ContractDraft {
  const isIndexed = form.adjustment === "index";
  return {
    ...form,
    schoolId: form.schoolId ?? null,
    renewalMonths: form.renewalMonths ?? 0,
    stepRate: form.adjustment === "yearly_step" ? form.stepRate : null,
    indexName: isIndexed ? form.indexName : "",
    indexBase: isIndexed ? form.indexBase : null,
    expectedRate: isIndexed ? form.expectedRate : null,
    servedLineId: form.servedLineId ?? null,
  };
}

/** The form of the button that posts what contracts cost: a reason for each that overruns the budget. */
export const unpostedForm = z.object({
  reasons: z
    .array(z.object({ contractId: key, fiscalYear: wholeNumber(2000, 2099), reason: optionalText }))
    .default([]),
});

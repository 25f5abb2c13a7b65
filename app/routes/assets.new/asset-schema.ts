import { z } from "zod";
import { mostAssetsAtOnce } from "#app/domain/asset.ts";
import { assetKinds } from "#app/domain/useful-life.ts";
import {
  checkbox,
  choice,
  day,
  key,
  optionalEuroAmount,
  optionalPercentShare,
  optionalText,
  optionalWholeNumber,
  shortText,
  text,
  weight,
  wholeNumber,
} from "#app/form.ts";

export const assetForm = z.object({
  id: key,
  inventoryNumber: shortText,
  count: wholeNumber(1, mostAssetsAtOnce),
  quantity: weight,
  kind: choice(assetKinds),
  description: text,
  schoolId: key,
  place: optionalText,
  inServiceOn: day,
  usefulLifeMonths: optionalWholeNumber(1, 1200),
  lifeReason: optionalText,
  furtherLineIds: z.union([key.transform((id) => [id]), z.array(key)]).default([]),
  isReplaced: checkbox,
  replacementPrice: optionalEuroAmount.transform((amount) => (amount.isZero() ? null : amount)),
  priceChangeRate: optionalPercentShare,
});

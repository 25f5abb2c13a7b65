/** Replacement of assets at the end of their life (Ersatzbeschaffung), for the forecast of follow-up costs. */
import { type Day, monthOf } from "./calendar.ts";
import { endOfLife } from "./depreciation.ts";
import { compounded, type Money, type Percent } from "./money.ts";

export type Replaceable = {
  inServiceOn: Day;
  usefulLifeMonths: number;
  disposedOn: Day | null;
  isReplaced: boolean;
  replacementPrice: Money | null;
  /** Yearly change of the price, in percent. */
  priceChangeRate: Percent;
  /** The day whose price it is. */
  pricedOn: Day;
};

/**
 * In which years the asset and its successors are replaced, and for how much: in the year of the month
 * after the last one of a life, the price compounded from its year on. One that is worn out and still
 * there is due at once. What is gone is not replaced: its successor is an asset of its own.
 */
export function replacementsOf(
  asset: Replaceable,
  { today, untilYear }: { today: Day; untilYear: number },
): { year: number; amount: Money }[] {
  const { isReplaced, disposedOn, replacementPrice, priceChangeRate, usefulLifeMonths } = asset;
  if (!isReplaced || disposedOn !== null || replacementPrice === null) return [];
  const replacements = [];
  const yearOfPrice = Math.floor(monthOf(asset.pricedOn) / 12);
  let month = Math.max(monthOf(endOfLife(asset)), monthOf(today));
  for (; Math.floor(month / 12) <= untilYear; month += usefulLifeMonths) {
    const year = Math.floor(month / 12);
    const years = Math.max(year - yearOfPrice, 0);
    replacements.push({ year, amount: compounded(replacementPrice, priceChangeRate, years) });
  }
  return replacements;
}

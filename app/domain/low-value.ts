/**
 * Whether a purchase is an investment in the municipal budget, or expense because of its low value.
 * That is independent of whether a grant pays for it.
 */
import type { Day } from "./calendar.ts";
import { euro, type Factor, type Money } from "./money.ts";

export type Purchase = {
  /** Price of all items together, in euro net of VAT. */
  netAmount: Money;
  quantity: Factor;
  /** True for things that are used together only, such as a class set (Sachgesamtheit). */
  isSet: boolean;
};

export const budgetTreatments = ["expense", "investment"] as const;
export type BudgetTreatment = (typeof budgetTreatments)[number];

/**
 * Movable, self-usable items up to the limit are expense (§ 47 Abs. 5 KomHKVO:
 * https://bohmteris.itebo.de/bi/to0050.asp?__ktonr=108218); a set counts with its total
 * (https://ris.stadt-bramsche.de/bi/vo0050.asp?__kvonr=3593). Before 2017 the limit was 150 €, and
 * what lay between went into a pool of five years
 * (https://www.burgdorf-ratsinfo.de/bi/vo0050.php?__kvonr=3071).
 */
export function budgetTreatmentOf(purchase: Purchase, boughtOn: Day): BudgetTreatment {
  const { netAmount, quantity, isSet } = purchase;
  const limit = lowValueLimit(boughtOn);
  // Compared without dividing: a unit price need not end at a cent.
  const most = isSet ? limit : limit.times(quantity);
  return netAmount.abs().greaterThan(most) ? "investment" : "expense";
}

/** In euro net. */
export function lowValueLimit(boughtOn: Day): Money {
  return boughtOn < "2017-01-01" ? euro("150") : euro("1000");
}

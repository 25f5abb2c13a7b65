/**
 * Euro amounts: exact decimals in whole cents, rounded half up (kaufmännische Rundung).
 * The only room in which anything is rounded or divided.
 */
import { Decimal } from "decimal.js";

/** An amount in euro with whole cents. */
export type Money = Decimal;
/** A share as the notice writes it: 90 means 90 %. */
export type Percent = Decimal;
/** A factor of a directive that need not end at a cent, such as 445.455 € per pupil. */
export type Factor = Decimal;

const Exact = Decimal.clone({ precision: 60, rounding: Decimal.ROUND_HALF_UP });
const plainDecimal = /^-?\d+(\.\d+)?$/;

/**
 * An amount in euro from its exact decimal string, such as "-1234.50". Never from a number: a float
 * may have lost the cent before it gets here.
 * @throws RangeError for anything that is not a plain decimal in whole cents.
 */
export function euro(text: string): Money {
  const amount = exactly(text);
  assertWholeCents(amount);
  return amount;
}

/** A share in percent from its decimal string: "90" means 90 %. @throws RangeError */
export function percent(text: string): Percent {
  return exactly(text);
}

/** A factor or weight from its decimal string, with as many places as it has. @throws RangeError */
export function factor(text: string): Factor {
  return exactly(text);
}

export const zero = euro("0");
export const hundredPercent = percent("100");

export function sum(amounts: Iterable<Money>): Money {
  let total = zero;
  for (const amount of amounts) total = total.plus(amount);
  return total;
}

/** The share of an amount in whole cents; half a cent goes away from zero: 0.005 is 0.01, -0.005 is -0.01. */
export function shareOf(amount: Money, rate: Percent): Money {
  return roundToCents(new Exact(amount).times(rate).div(100));
}

/** The whole of which a part is the share, not rounded: 90 is 90 % of 100. @throws RangeError for 0 % */
export function wholeOf(part: Money, rate: Percent): Factor {
  if (rate.isZero()) throw new RangeError("nothing is 0 % of something");
  return new Exact(part).times(100).div(rate);
}

/** Simple interest in whole cents, for so many days of a year, at a yearly rate in percent. */
export function interestOf(
  amount: Money,
  rate: Percent,
  { days, daysPerYear }: { days: number; daysPerYear: number },
): Money {
  return roundToCents(
    new Exact(amount)
      .times(rate)
      .times(days)
      .div(100 * daysPerYear),
  );
}

/** So many parts of a whole of an amount, in whole cents: 20 of 30 days, an index of 118,6 over its base of 110. */
export function proportionOf(amount: Money, part: Decimal, whole: Decimal): Money {
  return roundToCents(new Exact(amount).times(part).div(whole));
}

/** Whole cents, half up and away from zero. */
export function roundToCents(exact: Decimal): Money {
  return unsigned(new Exact(exact).toDecimalPlaces(2, Decimal.ROUND_HALF_UP));
}

/** Whole euro, half up and away from zero. */
export function roundToEuro(exact: Decimal): Money {
  return unsigned(new Exact(exact).toDecimalPlaces(0, Decimal.ROUND_HALF_UP));
}

/**
 * Divides an amount in proportion to the weights (Hare-Niemeyer, largest remainder), so that the
 * parts add up to it to the cent. Cents left over by rounding down go to the parts that lost most,
 * to the first of equals. A negative amount is the mirror of the positive one, so that a reversal
 * takes back exactly what was given. Some weights may be negative (a discount among the lines of an
 * invoice), not their sum.
 * @throws RangeError when the weights do not add up to more than zero.
 */
export function split(amount: Money, weights: Decimal[]): Money[] {
  const exactWeights = weights.map((weight) => new Exact(weight));
  if (exactWeights.some((weight) => !weight.isFinite())) {
    throw new RangeError("split needs weights that are numbers");
  }
  const total = sum(exactWeights);
  if (!total.greaterThan(0)) throw new RangeError("split needs weights that add up to something");
  assertWholeCents(amount);
  if (amount.lessThan(0)) return split(negated(amount), weights).map(negated);

  const shares = exactWeights.map((weight) => weight.times(amount).times(100));
  const cents = shares.map((share) => roundedDown(share, total));
  // What rounding down took, times the total: compared without dividing, equal losses are equal.
  const losses = shares.map((share, index) => share.minus(cents[index]!.times(total)));
  const byLoss = [...losses.keys()].sort((a, b) => losses[b]!.comparedTo(losses[a]!) || a - b);

  let leftOver = amount.times(100).minus(sum(cents));
  for (const index of byLoss) {
    if (leftOver.isZero()) break;
    cents[index] = cents[index]!.plus(1);
    leftOver = leftOver.minus(1);
  }
  return cents.map((part) => unsigned(part.div(100)));
}

/** How one part of a split came about: its exact quota in euro, that rounded down, and what it got. */
export type SplitStep = { weight: Factor; quota: Factor; down: Money; part: Money };

/** The same as `split`, with the arithmetic of each part: the one with more than its quota got a cent. */
export function splitSteps(amount: Money, weights: Decimal[]): SplitStep[] {
  const parts = split(amount, weights);
  const total = sum(weights.map((weight) => new Exact(weight)));
  return parts.map((part, index) => {
    const weight = weights[index]!;
    const share = new Exact(weight).times(amount);
    const down = unsigned(roundedDown(share.times(100), total).div(100));
    return { weight, quota: share.div(total), down, part };
  });
}

/** The same, where there may be nothing to divide by: all parts are zero then. */
export function splitIfAny(amount: Money, weights: Decimal[]): Money[] {
  return sum(weights).greaterThan(0) ? split(amount, weights) : weights.map(() => zero);
}

/** The whole number below a quotient, below zero too. */
function roundedDown(share: Decimal, total: Decimal): Decimal {
  const whole = share.divToInt(total);
  return whole.times(total).greaterThan(share) ? whole.minus(1) : whole;
}

/** What an amount with VAT is without it, in whole cents: 119,00 at 19 % is 100,00. */
export function netOf(gross: Money, vatRate: Percent): Money {
  return roundToCents(new Exact(gross).times(100).div(new Exact(vatRate).plus(100)));
}

export function smaller(a: Money, b: Money): Money {
  return a.lessThan(b) ? a : b;
}

export function larger(a: Money, b: Money): Money {
  return a.greaterThan(b) ? a : b;
}

/** The amount with its sign turned; zero stays a zero without a sign. */
export function negated(amount: Money): Money {
  return unsigned(amount.negated());
}

/** Guards both doors of the database: what is read and what is written has whole cents. */
export function assertWholeCents(amount: Money) {
  if (!amount.isFinite() || amount.decimalPlaces() > 2) {
    throw new RangeError(`not an amount in whole cents: ${amount}`);
  }
}

function exactly(text: string): Decimal {
  if (typeof text !== "string" || !plainDecimal.test(text)) {
    throw new RangeError(`not a plain decimal: ${String(text)}`);
  }
  return unsigned(new Exact(text));
}

/** decimal.js knows a negative zero; an account does not. */
function unsigned(amount: Decimal): Decimal {
  return amount.isZero() ? amount.abs() : amount;
}

/** So many of equal parts of an amount, in whole cents: 5 of 36 months. @throws RangeError without parts */
export function partsOf(amount: Money, { count, of }: { count: number; of: number }): Money {
  if (of <= 0) throw new RangeError("an amount needs parts to be divided into");
  return roundToCents(new Exact(amount).times(count).div(of));
}

/** An amount that changes by a rate each year, after whole years, rounded once: 100 at 3 % after 2 is 106,09. */
export function compounded(amount: Money, rate: Percent, years: number): Money {
  return roundToCents(new Exact(amount).times(new Exact(rate).div(100).plus(1).pow(years)));
}

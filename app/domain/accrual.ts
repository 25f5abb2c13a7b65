/**
 * What a contract costs in a time (zeitanteilige Kosten). In words:
 *
 * 1. Periods follow the day of the start: monthly from the 15th to the 14th, counted from the start.
 * 2. The price of a period is spread over its days. What falls on days a to b of its n days is
 *    rounded(price × b ÷ n) − rounded(price × (a − 1) ÷ n): rounding is done on what has come up so far.
 * 3. So wherever a period is cut (end of a fiscal year, termination), its pieces add up to its price to the
 *    cent, and what two years have of it is what it costs.
 * 4. Where the price turns within a period, each price counts for its own days.
 */
import { type Day, daysBetween, endOfYear, plusDays } from "./calendar.ts";
import type { RunningContract } from "./contract.ts";
import { type Price, type PriceGround, pricesUntil } from "./contract-price.ts";
import { lastDayOf, periodOf } from "./contract-run.ts";
import { factor, type Money, proportionOf, sum } from "./money.ts";

/** Some days of one period at one price: a line of the arithmetic. Both days count. */
export type Piece = {
  period: { from: Day; until: Day };
  from: Day;
  until: Day;
  days: number;
  daysOfPeriod: number;
  price: Money;
  ground: PriceGround;
  amount: Money;
};

/** The pieces of a contract within two days, both of them counted. */
export function piecesBetween(contract: RunningContract, from: Day, until: Day): Piece[] {
  const end = earlier(until, lastDayOf(contract) ?? until);
  if (end < contract.startedOn || end < from) return [];
  const prices = pricesUntil(contract, end);
  const pieces: Piece[] = [];
  for (let index = 0; ; index += 1) {
    const period = periodOf(contract, index);
    if (period.from > end) return pieces;
    if (period.until < from) continue;
    for (const [place, price] of prices.entries()) {
      const next = prices[place + 1]?.from;
      const first = later(later(period.from, from), price.from);
      const last = earlier(earlier(period.until, end), next ? plusDays(next, -1) : end);
      if (first <= last) pieces.push(pieceOf(period, price, first, last));
    }
  }
}

/** What the contract costs within two days, both of them counted, in euro gross. */
export function costBetween(contract: RunningContract, from: Day, until: Day): Money {
  return sum(piecesBetween(contract, from, until).map(({ amount }) => amount));
}

/** The same for a fiscal year, which is the calendar year. */
export function costOfYear(contract: RunningContract, fiscalYear: number): Money {
  return costBetween(contract, firstOfYear(fiscalYear), endOfYear(fiscalYear));
}

export function piecesOfYear(contract: RunningContract, fiscalYear: number): Piece[] {
  return piecesBetween(contract, firstOfYear(fiscalYear), endOfYear(fiscalYear));
}

function pieceOf(period: Piece["period"], price: Price, from: Day, until: Day): Piece {
  const daysOfPeriod = daysBetween(period.from, period.until) + 1;
  const upTo = (days: number) =>
    proportionOf(price.amount, factor(String(days)), factor(String(daysOfPeriod)));
  const before = daysBetween(period.from, from);
  const after = daysBetween(period.from, until) + 1;
  return {
    period,
    from,
    until,
    days: after - before,
    daysOfPeriod,
    price: price.amount,
    ground: price.ground,
    amount: upTo(after).minus(upTo(before)),
  };
}

function firstOfYear(year: number): Day {
  return `${year}-01-01`;
}

function earlier(a: Day, b: Day): Day {
  return a < b ? a : b;
}

function later(a: Day, b: Day): Day {
  return a > b ? a : b;
}

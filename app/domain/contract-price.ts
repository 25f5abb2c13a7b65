/** What a contract (Vertrag) costs per period of its rhythm, over time. */
import { type Day, plusMonths, yearOf } from "./calendar.ts";
import type { IndexValue, RunningContract } from "./contract.ts";
import { type Factor, type Money, proportionOf, shareOf } from "./money.ts";

/** Why a price holds: agreed at first, changed by a document, by the yearly step, by the index, as expected of it. */
export const priceGrounds = ["agreed", "changed", "step", "index", "expected"] as const;
export type PriceGround = (typeof priceGrounds)[number];

export type Price = { from: Day; amount: Money; ground: PriceGround };

type Priced = Pick<
  RunningContract,
  | "startedOn"
  | "amount"
  | "adjustment"
  | "stepOn"
  | "stepRate"
  | "indexBase"
  | "expectedRate"
  | "changes"
  | "indexValues"
>;

/**
 * The prices from the start to a day, each from its day on. A yearly step adds its share, in whole cents,
 * to the price of the day before. An index sets the price to `agreed × value ÷ base`, with the latest value
 * of the twelve months before the day; where none is on file, the expected change is added instead.
 */
export function pricesUntil(contract: Priced, until: Day): Price[] {
  let agreed = { amount: contract.amount, base: contract.indexBase };
  const prices: Price[] = [{ from: contract.startedOn, amount: contract.amount, ground: "agreed" }];
  for (const { from, change } of turns(contract, until)) {
    const before = prices.at(-1)!.amount;
    if (change) {
      agreed = { amount: change.amount, base: change.indexBase };
      // A price agreed for the first day is the first price.
      if (from === prices.at(-1)!.from) prices.pop();
      prices.push({ from, amount: change.amount, ground: "changed" });
    } else {
      prices.push({ from, ...moved(contract, from, before, agreed) });
    }
  }
  return prices;
}

function moved(
  contract: Priced,
  on: Day,
  before: Money,
  agreed: { amount: Money; base: Factor | null },
): Omit<Price, "from"> {
  if (contract.adjustment === "yearly_step") {
    return { amount: before.plus(shareOf(before, contract.stepRate!)), ground: "step" };
  }
  const value = valueBefore(contract.indexValues, on);
  if (value) return { amount: proportionOf(agreed.amount, value, agreed.base!), ground: "index" };
  return { amount: before.plus(shareOf(before, contract.expectedRate!)), ground: "expected" };
}

/** The latest value of the twelve months before the month of a day. */
function valueBefore(values: IndexValue[], day: Day): Factor | undefined {
  const [least, most] = [plusMonths(day, -12).slice(0, 7), day.slice(0, 7)];
  return values
    .filter(({ month }) => month >= least && month < most)
    .sort((a, b) => a.month.localeCompare(b.month))
    .at(-1)?.value;
}

type PriceChange = Extract<RunningContract["changes"][number], { kind: "price" }>;

/** The days on which the price turns, in their order. On one day the price that was agreed for it counts. */
function turns(contract: Priced, until: Day): { from: Day; change?: PriceChange }[] {
  const changes = contract.changes.filter((change) => change.kind === "price");
  const days = new Set(changes.map(({ validFrom }) => validFrom));
  return [
    ...changes.map((change) => ({ from: change.validFrom, change })),
    ...stepDaysOf(contract, until)
      .filter((from) => !days.has(from))
      .map((from) => ({ from })),
  ]
    .filter(({ from }) => from <= until)
    .sort((a, b) => a.from.localeCompare(b.from));
}

/** The first of January, or the day of the start, in each year after it. */
function stepDaysOf({ adjustment, stepOn, startedOn }: Priced, until: Day): Day[] {
  if (adjustment === "none") return [];
  const years = Math.max(0, yearOf(until) - yearOf(startedOn));
  return Array.from({ length: years }, (_, index) =>
    stepOn === "anniversary"
      ? plusMonths(startedOn, 12 * (index + 1))
      : `${yearOf(startedOn) + index + 1}-01-01`,
  );
}

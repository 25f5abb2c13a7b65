/**
 * What a programme is worth in a state: the federal money and what the state adds. "10 %" has two
 * bases: of the total (Bund ÷ 0,9), or of the federal money, on top of it (Bund × 1,1).
 */
import {
  hundredPercent,
  type Money,
  type Percent,
  roundToCents,
  roundToEuro,
  shareOf,
  wholeOf,
} from "./money.ts";
import type { FundingRule } from "./programme.ts";

export type ProgrammeTotal = { federal: Money; state: Money; total: Money };

/**
 * The total is rounded, half up, and the state's share is what it has more than the federal money: so
 * the two always add up. Undefined where the rule does not name the state's share.
 * @throws RangeError for a state that pays all of the total: the federal money tells nothing then.
 */
export function programmeTotal(
  federal: Money,
  { stateRate, stateShareOf }: Pick<FundingRule, "stateRate" | "stateShareOf">,
  roundedTo: "euro" | "cent",
): ProgrammeTotal | undefined {
  if (!stateRate) return undefined;
  const exact =
    stateShareOf === "total"
      ? wholeOf(federal, hundredPercent.minus(stateRate))
      : federal.times(hundredPercent.plus(stateRate)).div(100);
  const total = roundedTo === "euro" ? roundToEuro(exact) : roundToCents(exact);
  return { federal, state: total.minus(federal), total };
}

/** What the state holds back of the total (Risikorücklage), in whole cents. */
export function reserveOf(total: Money, rate: Percent): Money {
  return shareOf(total, rate);
}

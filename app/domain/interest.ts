/**
 * Interest on money used late (§ 49a Abs. 4 VwVfG): what was paid out in advance and is neither spent
 * nor given back when its time is over bears interest by the day, so many points above the base rate
 * (§ 247 BGB, § 49a Abs. 3 VwVfG).
 */
import { type Day, daysBetween, plusDays } from "./calendar.ts";
import { dueBy, figureBy, type GrantBooks } from "./drawdown.ts";
import { interestOf, larger, type Money, type Percent, smaller, sum, zero } from "./money.ts";
import { type BaseRate, type Programme, type Rule, ruleOn } from "./programme.ts";

export type PaidOut = { id: string; receivedOn: Day; spendBy: Day | null; amount: Money };

/** How much of the grant is spent or given back, from a day on. */
export type Step = { from: Day; settled: Money };

/** So much money for so many days at one rate. */
export type InterestSlice = {
  payoutId: string;
  receivedOn: Day;
  spendBy: Day;
  /** First and last day that bear interest. */
  from: Day;
  until: Day;
  days: number;
  amount: Money;
  interest: {
    baseRate: Percent;
    points: Percent;
    rate: Percent;
    daysPerYear: number;
    due: Money;
  } | null;
  /** What is not on file where there is no interest to reckon. */
  missing: "base_rate" | "interest_rule" | null;
};

export type LateInterest = { slices: InterestSlice[]; total: Money; isComplete: boolean };

/** What was spent and given back together, from each day on on which it changed. */
export function settledOverTime({
  versions,
  movements,
}: Pick<GrantBooks, "versions" | "movements">): Step[] {
  const days = new Set([
    ...movements.map(({ bookedOn }) => bookedOn),
    ...versions.map(({ validFrom }) => validFrom),
  ]);
  return [...days].sort().map((from) => ({
    from,
    settled: dueBy({ versions, movements }, from).plus(figureBy(movements, "repaid", from)),
  }));
}

/**
 * Interest of all payouts up to today. What is spent or given back settles the oldest payout first. A
 * day bears interest for what was not settled when it began, so the day of use is the last.
 */
export function lateInterest(
  payouts: PaidOut[],
  steps: Step[],
  { baseRates, rules, today }: { baseRates: BaseRate[]; rules: Programme["interests"]; today: Day },
): LateInterest {
  const inOrder = [...payouts].sort((a, b) => a.receivedOn.localeCompare(b.receivedOn));
  let before = zero;
  const slices = inOrder.flatMap((payout) => {
    const earlier = before;
    before = before.plus(payout.amount);
    const { spendBy } = payout;
    if (spendBy === null) return [];
    const openOn = (day: Day) => openAt(payout.amount, earlier, steps, plusDays(day, -1));
    const first = plusDays(spendBy, 1);
    const cuts = cutsBetween(first, today, steps, [...baseRates, ...rules]);
    const single = cuts.map((from, index): InterestSlice => {
      const next = cuts[index + 1];
      const until = next ? plusDays(next, -1) : today;
      return priced({ payout, spendBy, from, until, amount: openOn(from) }, baseRates, rules);
    });
    return joined(single, baseRates, rules).filter(({ amount }) => amount.greaterThan(0));
  });
  return {
    slices,
    total: sum(slices.map(({ interest }) => interest?.due ?? zero)),
    isComplete: slices.every(({ missing }) => missing === null),
  };
}

/** What of a payout is open at the end of a day, when all before it is settled first. */
function openAt(amount: Money, earlier: Money, steps: Step[], day: Day): Money {
  const settled = steps.filter(({ from }) => from <= day).at(-1)?.settled ?? zero;
  return amount.minus(smaller(larger(settled.minus(earlier), zero), amount));
}

/** The days on which amount or rate may change, the first included. */
function cutsBetween(first: Day, last: Day, steps: Step[], rules: Rule<object>[]): Day[] {
  const days = [
    first,
    ...steps.map(({ from }) => plusDays(from, 1)),
    ...rules.flatMap(({ from, until }) => [from ?? first, until ? plusDays(until, 1) : first]),
  ];
  return [...new Set(days)].filter((day) => day >= first && day <= last).sort();
}

type Span = { payout: PaidOut; spendBy: Day; from: Day; until: Day; amount: Money };

function priced(span: Span, baseRates: BaseRate[], rules: Programme["interests"]): InterestSlice {
  const { payout, spendBy, from, until, amount } = span;
  const days = daysBetween(from, until) + 1;
  const base = ruleOn(baseRates, from);
  const rule = ruleOn(rules, from);
  const slice = {
    payoutId: payout.id,
    receivedOn: payout.receivedOn,
    spendBy,
    from,
    until,
    days,
    amount,
  };
  if (!rule) return { ...slice, interest: null, missing: "interest_rule" };
  if (!base) return { ...slice, interest: null, missing: "base_rate" };
  const { pointsAboveBase: points, daysPerYear } = rule;
  const rate = base.rate.plus(points);
  const due = interestOf(amount, rate, { days, daysPerYear });
  return {
    ...slice,
    interest: { baseRate: base.rate, points, rate, daysPerYear, due },
    missing: null,
  };
}

/** Neighbours with one amount at one rate are one: it is rounded once for them. */
function joined(
  slices: InterestSlice[],
  baseRates: BaseRate[],
  rules: Programme["interests"],
): InterestSlice[] {
  const result: InterestSlice[] = [];
  for (const slice of slices) {
    const last = result.at(-1);
    if (!last || !isSameRate(last, slice)) {
      result.push(slice);
      continue;
    }
    const { payoutId: id, receivedOn, spendBy, from, amount } = last;
    const payout = { id, receivedOn, spendBy, amount };
    result[result.length - 1] = priced(
      { payout, spendBy, from, until: slice.until, amount },
      baseRates,
      rules,
    );
  }
  return result;
}

function isSameRate(one: InterestSlice, other: InterestSlice): boolean {
  if (!one.amount.eq(other.amount) || one.missing !== other.missing) return false;
  if (!one.interest || !other.interest) return true;
  return (
    one.interest.baseRate.eq(other.interest.baseRate) &&
    one.interest.points.eq(other.interest.points) &&
    one.interest.daysPerYear === other.interest.daysPerYear
  );
}

/**
 * The key (Verteilungsschlüssel) of a joint service's fiscal year: fixed sums first, then a mixture of
 * bases in per cent of what remains, each weight counted by days of membership. All cents add up.
 */
import type { Day } from "./calendar.ts";
import {
  type Factor,
  factor,
  hundredPercent,
  type Money,
  type Percent,
  roundToCents,
  splitSteps,
  type SplitStep,
  sum,
  zero,
} from "./money.ts";

/** What a part of the cost is divided by; fixed sums are taken first, the others share what remains. */
export const keyBases = [
  "fixed_sum",
  "equal_parts",
  "pupils",
  "schools",
  "inhabitants",
  "devices",
] as const;
export type KeyBasis = (typeof keyBases)[number];

/** Bases for which each member has a figure of its own. */
export const countedBases = keyBases.filter((basis) => basis !== "equal_parts");

export type KeyComponent = {
  basis: KeyBasis;
  /** Of what remains after the fixed sums; null for the fixed sums themselves. */
  percent: Percent | null;
  /** The day for which the figures count (Stichtag), and where they come from. */
  countedOn: Day | null;
  source: string;
};

/** The figure of one member: a count, or euro a year for a fixed sum. */
export type KeyFigure = { basis: KeyBasis; memberId: string; value: Factor };

export type Key = { components: KeyComponent[]; figures: KeyFigure[] };

export type KeyViolation = { field: string } & (
  | { rule: "key_is_empty" }
  | { rule: "key_percents_not_full"; total: Percent }
  | { rule: "key_needs_day_and_source" }
  | { rule: "key_figure_missing"; member: string }
  | { rule: "key_figures_all_zero" }
  | { rule: "key_is_frozen" }
  | { rule: "key_year_without_members" }
  | { rule: "key_fixed_sum_not_in_cents" }
);

type Named = { id: string; name: string };

/**
 * Accepts a key for the members of its year. A key that a plan stands on (`frozen`) may only be given again
 * with figures of members who came later; what it says stays.
 */
export function checkKey(
  { components, figures }: Key,
  members: Named[],
  frozen: Key | undefined,
): KeyViolation | undefined {
  if (members.length === 0) return { field: "fiscalYear", rule: "key_year_without_members" };
  if (components.length === 0) return { field: "bases", rule: "key_is_empty" };
  const percents = components.flatMap(({ percent }) => (percent ? [percent] : []));
  const total = sum(percents);
  if (percents.length > 0 && !total.eq(hundredPercent)) {
    return { field: "bases", rule: "key_percents_not_full", total };
  }
  for (const { basis, countedOn, source } of components) {
    const field = `bases[${keyBases.indexOf(basis)}].source`;
    if (basis !== "equal_parts" && (!source || (basis !== "fixed_sum" && !countedOn))) {
      return { field, rule: "key_needs_day_and_source" };
    }
    if (basis === "equal_parts") continue;
    const own = figures.filter((figure) => figure.basis === basis);
    for (const [index, { id, name }] of members.entries()) {
      const figure = own.find(({ memberId }) => memberId === id);
      const field = `figures[${index}].${basis === "fixed_sum" ? "fixedSum" : basis}`;
      if (!figure) return { field, rule: "key_figure_missing", member: name };
      if (basis === "fixed_sum" && figure.value.decimalPlaces() > 2) {
        return { field, rule: "key_fixed_sum_not_in_cents" };
      }
    }
    if (!own.some(({ value }) => value.greaterThan(0))) {
      return { field: "bases", rule: "key_figures_all_zero" };
    }
  }
  if (frozen && !isSupplement({ components, figures }, frozen)) {
    return { field: "bases", rule: "key_is_frozen" };
  }
}

function isSupplement(key: Key, frozen: Key): boolean {
  const same = (a: KeyComponent, b: KeyComponent) =>
    a.basis === b.basis &&
    String(a.percent) === String(b.percent) &&
    a.countedOn === b.countedOn &&
    a.source === b.source;
  return (
    key.components.length === frozen.components.length &&
    key.components.every((one, index) => same(one, frozen.components[index]!)) &&
    frozen.figures.every((old) =>
      key.figures.some(
        ({ basis, memberId, value }) =>
          basis === old.basis && memberId === old.memberId && value.eq(old.value),
      ),
    )
  );
}

/** One line of the arithmetic: how a member's part of a component came about. */
export type KeyLine = { memberId: string; figure: Factor; days: number } & SplitStep;

/** A basis of the key, or what none of them divides: the performing member bears it. */
export const dividedBases = [...keyBases, "borne_rest"] as const;
export type DividedBasis = (typeof dividedBases)[number];

export type DividedComponent = {
  basis: DividedBasis;
  percent: Percent | null;
  countedOn: Day | null;
  source: string;
  amount: Money;
  /** The sum of the weights times days, by which the component is divided. */
  totalWeight: Factor;
  /** What the fixed sums come to where that is more than there is to divide; null where they fit. */
  loweredFrom: Money | null;
  lines: KeyLine[];
};

export type DividedYear = {
  components: DividedComponent[];
  parts: { memberId: string; days: number; amount: Money }[];
};

export type DivisionProblem = { rule: "key_lacks_member" };

/**
 * Divides a year's total among its members, to the cent.
 * Fixed sums come first, each for the days of membership, rounded cumulatively so that they add up to the
 * rounded sum of all. Where they come to more than the total, the total is split by them: nobody pays for
 * more than it cost. What remains is split over the percentages and each component over the members, by
 * figure × days: largest remainder, the first of equals. The days of the year cancel out, so nothing is
 * rounded before the split. What no basis divides, the performing member (`bearer`) bears, whether it
 * counts days or not. (Decided by the house: a fixed sum is the whole of what a member promised.)
 */
export function divideYear(
  total: Money,
  key: Key,
  members: { memberId: string; days: number }[],
  daysOfYear: number,
  bearer: string,
): DividedYear | { problem: DivisionProblem } {
  const figureOf = (basis: KeyBasis, memberId: string) =>
    basis === "equal_parts"
      ? factor("1")
      : key.figures.find((one) => one.basis === basis && one.memberId === memberId)?.value;
  const isKnown = ({ days, memberId }: (typeof members)[number]) =>
    days === 0 || key.components.every(({ basis }) => figureOf(basis, memberId));
  if (!members.every(isKnown)) return { problem: { rule: "key_lacks_member" } };
  const weighted = (basis: KeyBasis) =>
    members.map(({ memberId, days }) => {
      const figure = figureOf(basis, memberId) ?? zero;
      return { memberId, figure, days, weight: figure.times(days) };
    });

  const fixed = key.components
    .filter(({ percent }) => percent === null)
    .map((component) => fixedSums(component, weighted("fixed_sum"), daysOfYear, total));
  const rest = total.minus(sum(fixed.map(({ amount }) => amount)));
  const shared = key.components.filter(({ percent }) => percent !== null);
  const percents = shared.map(({ percent }) => percent!);
  const amounts = shared.length === 0 ? [] : splitSteps(rest, percents);
  const divided = shared.flatMap((component, index): DividedComponent[] => {
    const amount = amounts[index]!.part;
    const rows = weighted(component.basis);
    const totalWeight = sum(rows.map(({ weight }) => weight));
    if (!totalWeight.greaterThan(0)) return [];
    return [
      { ...component, amount, totalWeight, loweredFrom: null, lines: splitLines(amount, rows) },
    ];
  });
  const borne = rest.minus(sum(divided.map(({ amount }) => amount)));
  const components = [...fixed, ...divided, ...(borne.isZero() ? [] : [borneBy(bearer, borne)])];
  const isThere = borne.isZero() || members.some(({ memberId }) => memberId === bearer);
  const sharing = isThere ? members : [...members, { memberId: bearer, days: 0 }];
  const lines = components.flatMap((component) => component.lines);
  return {
    components,
    parts: sharing.map(({ memberId, days }) => {
      const own = lines.filter((line) => line.memberId === memberId);
      return { memberId, days, amount: sum(own.map(({ part }) => part)) };
    }),
  };
}

type Weighted = { memberId: string; figure: Factor; days: number; weight: Factor };

function splitLines(amount: Money, rows: Weighted[]): KeyLine[] {
  const steps = splitSteps(
    amount,
    rows.map(({ weight }) => weight),
  );
  return rows.map((row, place) => ({ ...row, ...steps[place]! }));
}

function borneBy(memberId: string, amount: Money): DividedComponent {
  const all = factor("1");
  const line = { memberId, figure: all, days: 0, weight: all };
  return {
    basis: "borne_rest",
    ...{ percent: null, countedOn: null, source: "", loweredFrom: null },
    amount,
    totalWeight: all,
    lines: [{ ...line, quota: amount, down: amount, part: amount }],
  };
}

/** Each sum × days / days of the year; the running total is rounded, its steps are the parts. */
function fixedSums(
  component: KeyComponent,
  rows: Weighted[],
  daysOfYear: number,
  total: Money,
): DividedComponent {
  let exact: Factor = zero;
  let given: Money = zero;
  const lines = rows.map((row) => {
    const quota = row.weight.div(daysOfYear);
    exact = exact.plus(row.weight);
    const part = roundToCents(exact.div(daysOfYear)).minus(given);
    given = given.plus(part);
    return { ...row, quota, down: part, part };
  });
  const fits = given.lessThanOrEqualTo(total);
  return {
    ...component,
    amount: fits ? given : total,
    totalWeight: exact,
    loweredFrom: fits ? null : given,
    lines: fits ? lines : splitLines(total, rows),
  };
}

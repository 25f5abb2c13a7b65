/**
 * The forecast of follow-up costs (Folgekosten, KomHKVO § 12): what the authority must pay in the years to
 * come for what it decided already. Contracts, its own share of joint services, and the replacement of
 * devices at the end of their lives.
 */
import { costBetween, costOfYear, piecesOfYear } from "./accrual.ts";
import { type Day, endOfYear, yearOf } from "./calendar.ts";
import { type ContractKind, contractKinds, type RunningContract } from "./contract.ts";
import { boundUntil, lastDayOf } from "./contract-run.ts";
import { type Money, smaller, sum, zero } from "./money.ts";

/** Devices that come to the end of their lives in a year, and what others cost then. */
export type Replacement = {
  year: number;
  description: string;
  /** Null for the whole authority. */
  schoolName: string | null;
  amount: Money;
};

export type ForecastContract = RunningContract & {
  id: string;
  number: string;
  name: string;
  kind: ContractKind;
  schoolName: string | null;
  /** What the journal has committed and invoiced of it, for the years in which it is ordered. */
  posted?: { fiscalYear: number; amount: Money }[];
};

/**
 * A joint service: the own share of each year as it is known (settled, else planned, or asked for as a fixed
 * sum), the last of them held constant after its year.
 */
export type ForecastShare = {
  id: string;
  name: string;
  /** At least one, in the order of their years; zero where we perform with our own contracts. */
  known: { fiscalYear: number; ownAmount: Money }[];
  /** The last day of the agreement or of our own membership; null where both go on. */
  endsOn: Day | null;
};

export const forecastKinds = [...contractKinds, "joint_service", "replacement"] as const;
export type ForecastKind = (typeof forecastKinds)[number];

export const assumptionKinds = ["renewal", "step", "expected_index", "held_constant"] as const;

/** What the forecast takes for granted about one of its rows. */
export type Assumption =
  | { kind: "renewal"; name: string; endsOn: Day }
  | { kind: "step"; name: string }
  | { kind: "expected_index"; name: string; from: number }
  | { kind: "held_constant"; name: string; fiscalYear: number };

export type ForecastRow = {
  id: string;
  kind: ForecastKind;
  name: string;
  schoolName: string | null;
  /** One amount for each year of the forecast, in euro gross. */
  amounts: Money[];
  total: Money;
  /** What of it is posted or nobody can end any more, as of the day on which the forecast is made. */
  bound: Money[];
};

export type Sums = { amounts: Money[]; total: Money };

export type Forecast = {
  years: number[];
  rows: ForecastRow[];
  totals: Sums;
  bound: Sums;
  byKind: (Sums & { kind: ForecastKind })[];
  bySchool: (Sums & { schoolName: string | null })[];
  assumptions: Assumption[];
};

export const forecastYears = 5;

export type ForecastSources = {
  contracts: ForecastContract[];
  shares: ForecastShare[];
  replacements: Replacement[];
};

/** The cost of five fiscal years from the first one on, as known on a day. */
export function forecast(
  firstYear: number,
  { contracts, shares, replacements }: ForecastSources,
  today: Day,
): Forecast {
  const years = Array.from({ length: forecastYears }, (_, index) => firstYear + index);
  const rows = [
    ...contracts.map((contract) => contractRow(contract, years, today)),
    ...shares.map((share) => shareRow(share, years)),
    ...replacements.map((one, index) => replacementRow(one, years, index)),
  ].filter(({ total }) => !total.isZero());
  const shown = new Set(rows.map(({ id }) => id));
  return {
    years,
    rows,
    totals: sumsOf(rows, ({ amounts }) => amounts),
    bound: sumsOf(rows, ({ bound }) => bound),
    byKind: forecastKinds
      .map((kind) => ({ kind, ...sumsOf(rows.filter((row) => row.kind === kind)) }))
      .filter(({ total }) => !total.isZero()),
    bySchool: schoolsOf(rows).map((schoolName) => {
      return { schoolName, ...sumsOf(rows.filter((row) => row.schoolName === schoolName)) };
    }),
    assumptions: [
      ...contracts
        .filter(({ id }) => shown.has(id))
        .flatMap((contract) => assumptionsOn(contract, years, today)),
      ...shares.filter(({ id }) => shown.has(id)).flatMap((share) => heldConstant(share, years)),
    ],
  };
}

function contractRow(contract: ForecastContract, years: number[], today: Day): ForecastRow {
  const { id, kind, number, name, schoolName } = contract;
  const amounts = years.map((year) => costOfYear(contract, year));
  const until = boundUntil(contract, today);
  const bound = years.map((year) => {
    const posted = contract.posted?.find(({ fiscalYear }) => fiscalYear === year);
    if (posted) return posted.amount;
    const end = endOfYear(year);
    return costBetween(contract, `${year}-01-01`, until < end ? until : end);
  });
  return row({ id, kind, name: `${number} ${name}`, schoolName, amounts, bound });
}

/**
 * What was settled, planned or asked for stands and is bound. A year without a figure costs what the year before it did, as
 * long as the agreement and our own membership go on (the last year whole): taken for granted, not bound.
 */
function shareRow(share: ForecastShare, years: number[]): ForecastRow {
  const { id, name, known, endsOn } = share;
  const amounts = years.map((year) => {
    const last = known.findLast(({ fiscalYear }) => fiscalYear <= year);
    const isRunning = endsOn === null || year <= yearOf(endsOn);
    return last && (last.fiscalYear === year || isRunning) ? last.ownAmount : zero;
  });
  const isKnown = (year: number) => known.some(({ fiscalYear }) => fiscalYear === year);
  const bound = years.map((year, index) => (isKnown(year) ? amounts[index]! : zero));
  return row({ id, kind: "joint_service", name, schoolName: null, amounts, bound });
}

/** Said where the last share on file stands for years that have none. */
function heldConstant({ name, known, endsOn }: ForecastShare, years: number[]): Assumption[] {
  const { fiscalYear, ownAmount } = known.at(-1)!;
  const last = endsOn ? yearOf(endsOn) : years.at(-1)!;
  const isHeld = !ownAmount.isZero() && years.some((year) => year > fiscalYear && year <= last);
  return isHeld ? [{ kind: "held_constant", name, fiscalYear }] : [];
}

function replacementRow(one: Replacement, years: number[], index: number): ForecastRow {
  return row({
    id: `replacement-${index}`,
    kind: "replacement",
    name: one.description,
    schoolName: one.schoolName,
    amounts: years.map((year) => (year === one.year ? one.amount : zero)),
    bound: years.map(() => zero),
  });
}

function row(given: Omit<ForecastRow, "total">): ForecastRow {
  const bound = given.bound.map((amount, index) => smaller(amount, given.amounts[index]!));
  return { ...given, bound, total: sum(given.amounts) };
}

/** The authority as a whole first, then the schools in German order. */
function schoolsOf(rows: ForecastRow[]): (string | null)[] {
  const names = [...new Set(rows.map(({ schoolName }) => schoolName))];
  return names.sort((a, b) =>
    a === null ? -1 : b === null ? 1 : a.localeCompare(b, "de", { numeric: true }),
  );
}

function sumsOf(
  rows: ForecastRow[],
  amountsOf: (row: ForecastRow) => Money[] = ({ amounts }) => amounts,
): Sums {
  const amounts = Array.from({ length: forecastYears }, (_, index) =>
    sum(rows.map((one) => amountsOf(one)[index]!)),
  );
  return { amounts, total: sum(amounts) };
}

function assumptionsOn(contract: ForecastContract, years: number[], today: Day): Assumption[] {
  const name = `${contract.number} ${contract.name}`;
  const last = endOfYear(years.at(-1)!);
  const endsOn = boundUntil(contract, today);
  const isRenewed = lastDayOf(contract) === null && endsOn < last;
  const stepped = years.flatMap((year) => piecesOfYear(contract, year));
  const expected = stepped.find(({ ground }) => ground === "expected");
  return [
    ...(isRenewed ? [{ kind: "renewal" as const, name, endsOn }] : []),
    ...(stepped.some(({ ground }) => ground === "step") ? [{ kind: "step" as const, name }] : []),
    ...(expected ? [{ kind: "expected_index" as const, name, from: yearOf(expected.from) }] : []),
  ];
}

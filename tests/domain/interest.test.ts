/** Interest on money used late, worked by hand. */
import { expect, test } from "vitest";
import { readBaseRates } from "#app/base-rates-file.ts";
import type { Day } from "#app/domain/calendar.ts";
import type { GrantBooks, Movement } from "#app/domain/drawdown.ts";
import { lateInterest, type PaidOut, settledOverTime, type Step } from "#app/domain/interest.ts";
import { euro, percent } from "#app/domain/money.ts";
import type { BaseRate } from "#app/domain/programme.ts";
import { interestWords, rateWords } from "#app/german/drawdown-sentences.ts";
import { wire } from "#app/http.ts";
import { readProgrammeFile } from "#app/programme-file.ts";
import { fullTerms, lowerSaxony2019 } from "#tests/support/programme.ts";

const files = import.meta.glob<string>("/app/base-rates.yaml", {
  query: "?raw",
  import: "default",
  eager: true,
});
const programmes = import.meta.glob<string>("/app/programmes/*.yaml", {
  query: "?raw",
  import: "default",
  eager: true,
});
const baseRates = readBaseRates(files["/app/base-rates.yaml"]!);
const rules = lowerSaxony2019.interests;

/** 10 000 came in advance on 30.09.2022, to be spent by 30.11.2022. */
const advance: PaidOut = {
  id: "p",
  receivedOn: "2022-09-30",
  spendBy: "2022-11-30",
  amount: euro("10000"),
};

function step(from: Day, settled: string): Step {
  return { from, settled: euro(settled) };
}

function reckon(payouts: PaidOut[], steps: Step[], today: Day, rates: BaseRate[] = baseRates) {
  const { slices, ...rest } = lateInterest(payouts, steps, { baseRates: rates, rules, today });
  const rows = slices.map(({ from, until, days, amount, interest }) => {
    return [from, until, days, amount.toFixed(2), interest?.due.toFixed(2) ?? null];
  });
  return { rows, slices, ...rest };
}

test("through three base rates, spent in two parts and the rest given back", () => {
  const steps = [
    step("2022-12-20", "4000"),
    step("2023-02-10", "7000"),
    step("2023-07-15", "10000"), // 3000 repaid
  ];
  const { rows, total, isComplete } = reckon([advance], steps, "2023-12-01");
  // prettier-ignore
  expect(rows).toEqual([
    ["2022-12-01", "2022-12-20",  20, "10000.00", "22.58"], // 10 000 × 4,12 % × 20 ÷ 365 = 22,575
    ["2022-12-21", "2022-12-31",  11, "6000.00",   "7.45"], //  6 000 × 4,12 % × 11 ÷ 365 =  7,450
    ["2023-01-01", "2023-02-10",  41, "6000.00",  "44.62"], //  6 000 × 6,62 % × 41 ÷ 365 = 44,617
    ["2023-02-11", "2023-06-30", 140, "3000.00",  "76.18"], //  3 000 × 6,62 % × 140 ÷ 365 = 76,175
    ["2023-07-01", "2023-07-15",  15, "3000.00",  "10.01"], //  3 000 × 8,12 % × 15 ÷ 365 = 10,011
  ]);
  expect(total).toEqual(euro("160.84"));
  expect(isComplete).toBe(true);
});

test("what is spent on the last day of its time costs nothing, a day later one day", () => {
  expect(reckon([advance], [step("2022-11-30", "10000")], "2026-11-24").rows).toEqual([]);
  expect(reckon([advance], [step("2022-12-01", "10000")], "2026-11-24").rows).toEqual([
    ["2022-12-01", "2022-12-01", 1, "10000.00", "1.13"],
  ]);
});

test("until today for what is not spent yet, and nothing on the last day of the time itself", () => {
  expect(reckon([advance], [], "2022-11-30").rows).toEqual([]);
  expect(reckon([advance], [], "2022-12-10").rows).toEqual([
    ["2022-12-01", "2022-12-10", 10, "10000.00", "11.29"],
  ]);
});

test("the oldest payout is settled first, and what came without a time bears nothing", () => {
  const later = { ...advance, id: "q", receivedOn: "2022-10-15", spendBy: "2022-12-15" };
  const refund = { ...advance, id: "r", receivedOn: "2022-09-01", spendBy: null };
  const { slices } = reckon([later, advance, refund], [step("2022-11-01", "22000")], "2022-12-20");
  expect(slices.map(({ payoutId, amount }) => [payoutId, amount.toFixed(2)])).toEqual([
    ["q", "8000.00"],
  ]);
});

test("a payment that is undone leaves the money unspent again", () => {
  const steps = [step("2022-11-15", "10000"), step("2022-12-20", "4000")];
  expect(reckon([advance], steps, "2022-12-31").rows).toEqual([
    ["2022-12-21", "2022-12-31", 11, "6000.00", "7.45"],
  ]);
});

test("what changes for other money does not cut the reckoning", () => {
  const steps = [step("2022-12-05", "0"), step("2022-12-06", "0")];
  expect(reckon([advance], steps, "2022-12-10").rows).toHaveLength(1);
});

test("a half-year without a base rate is named, and never reckoned by the last one", () => {
  const known = baseRates.filter(({ until }) => until < "2023-01-01");
  const { rows, slices, total, isComplete } = reckon([advance], [], "2023-01-10", known);
  expect(rows).toEqual([
    ["2022-12-01", "2022-12-31", 31, "10000.00", "34.99"],
    ["2023-01-01", "2023-01-10", 10, "10000.00", null],
  ]);
  expect(total).toEqual(euro("34.99"));
  expect(isComplete).toBe(false);
  expect(interestWords(wire(slices[1]!))).toBe(
    "Für die Zeit vom 01.01.2023 bis 10.01.2023 ist kein Basiszinssatz hinterlegt. Bitte in der Programmdatei unter „Basiszinssätze“ ergänzen.",
  );
});

test("without a rule of the directive nothing is reckoned", () => {
  const late = lateInterest([advance], [], { baseRates, rules: [], today: "2022-12-10" });
  expect(late.slices).toMatchObject([{ missing: "interest_rule", interest: null }]);
  expect(late.isComplete).toBe(false);
});

test("the rule of each day counts, with its points and its days of a year", () => {
  const two = [
    { pointsAboveBase: percent("5"), daysPerYear: 365, sources: [], until: "2022-12-10" },
    { pointsAboveBase: percent("6"), daysPerYear: 360, sources: [], from: "2022-12-11" },
  ];
  const late = lateInterest([advance], [], { baseRates, rules: two, today: "2022-12-20" });
  // 10 000 × 4,12 % × 10 ÷ 365 and 10 000 × 5,12 % × 10 ÷ 360
  expect(late.slices.map(({ interest }) => interest!.due.toFixed(2))).toEqual(["11.29", "14.22"]);
});

test("the arithmetic is said in words", () => {
  const { slices } = reckon([advance], [], "2022-12-10");
  const slice = wire(slices[0]!);
  expect(interestWords(slice)).toBe("10.000,00\u00a0€ × 4,12 % × 10 Tage ÷ 365");
  expect(rateWords(slice)).toBe("4,12 % (Basiszinssatz -0,88 % + 5 Punkte)");
});

test("what is spent is what the grant bears of it, and what is given back settles too", () => {
  const version = {
    ...fullTerms,
    financingKind: "share" as const,
    fundingRate: percent("90"),
    documentId: "n",
    kind: "grant" as const,
    validFrom: "2020-05-01",
    noticeOn: "2020-05-01",
    reference: "",
  };
  const movements: Movement[] = [
    { figure: "paid", bookedOn: "2021-01-01", amount: euro("100") },
    { figure: "repaid", bookedOn: "2021-02-01", amount: euro("5") },
  ];
  const given: Pick<GrantBooks, "versions" | "movements"> = { versions: [version], movements };
  expect(settledOverTime(given).map(({ from, settled }) => [from, settled.toFixed(2)])).toEqual([
    ["2020-05-01", "0.00"],
    ["2021-01-01", "90.00"],
    ["2021-02-01", "95.00"],
  ]);
});

test("the base rates follow each other without a gap from July 2016 to the end of 2026", () => {
  expect(baseRates[0]!.from).toBe("2016-07-01");
  expect(baseRates.at(-1)!.until).toBe("2026-12-31");
  for (const [index, { from }] of baseRates.slice(1).entries()) {
    const { until } = baseRates[index]!;
    const isNext = Date.parse(from) - Date.parse(until) === 86_400_000;
    expect({ from, isNext }).toEqual({ from, isNext: true });
  }
  expect(baseRates.map(({ rate }) => rate.toFixed(2)).join(" ")).toBe(
    "-0.88 1.62 3.12 3.62 3.37 2.27 1.27 1.27 1.52",
  );
});

test("an authority adds the rate of a new half-year to its programme, with its source", () => {
  const read = (rate: string) =>
    readProgrammeFile(`${programmes["/app/programmes/ni-digitalpakt-2019.yaml"]}
Basiszinssätze:
  - ${rate}
`);
  expect(read("{Satz: '-0,12', ab: 01.01.2027, bis: 30.06.2027, Quelle: [S79]}")).toMatchObject({
    programme: {
      baseRates: [{ rate: percent("-0.12"), from: "2027-01-01", until: "2027-06-30" }],
    },
  });
  // A rate without end would be assumed for half-years that are not known yet.
  expect(read("{Satz: '1', ab: 01.01.2027, Quelle: [S79]}")).toHaveProperty("problems");
  expect(read("{Satz: '1', ab: 01.01.2027, bis: 30.06.2027, Quelle: [X]}")).toMatchObject({
    problems: [{ sentence: "Die Quelle X steht nicht unter „Quellen“." }],
  });
});

// prettier-ignore
test.each([
  ["a source without address", "Quellen: {}\nBasiszinssätze:\n  - {Satz: 1, ab: 01.01.2025, bis: 30.06.2025, Quelle: [X]}"],
  ["a rate without end",       "Quellen: {X: a}\nBasiszinssätze:\n  - {Satz: 1, ab: 01.01.2025, Quelle: [X]}"],
  ["two rates for a day",      "Quellen: {X: a}\nBasiszinssätze:\n  - {Satz: 1, ab: 01.01.2025, bis: 30.06.2025, Quelle: [X]}\n  - {Satz: 2, ab: 30.06.2025, bis: 31.12.2025, Quelle: [X]}"],
])("a file with %s is not read", (_, text) => {
  expect(() => readBaseRates(text)).toThrow();
});

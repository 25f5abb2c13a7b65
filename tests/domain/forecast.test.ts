import { Decimal } from "decimal.js";
import { expect, test } from "vitest";
import { plusDays, plusMonths } from "#app/domain/calendar.ts";
import { forecast, type ForecastContract } from "#app/domain/forecast.ts";
import { euro, factor, percent } from "#app/domain/money.ts";

const base: ForecastContract = {
  id: "lic",
  number: "V-1",
  name: "Lernplattform",
  kind: "licence",
  schoolName: null,
  startedOn: "2020-09-01",
  endsOn: "2021-08-31",
  noticeMonths: 3,
  renewalMonths: 12,
  amount: euro("4165"),
  rhythm: "year",
  adjustment: "none",
  stepOn: "new_year",
  stepRate: null,
  indexBase: null,
  expectedRate: null,
  changes: [],
  indexValues: [],
};
const line: ForecastContract = {
  ...base,
  ...{ id: "line", number: "V-2", name: "Glasfaser", kind: "line", schoolName: "GS Nord" },
  ...{ startedOn: "2021-03-15", endsOn: null, renewalMonths: 0, noticeMonths: 1 },
  ...{ amount: euro("89.90"), rhythm: "month" },
};
const wlan: ForecastContract = {
  ...line,
  ...{ id: "wlan", number: "V-3", name: "WLAN", kind: "support", schoolName: "GS Süd" },
  ...{ startedOn: "2022-01-31", amount: euro("750"), rhythm: "quarter" },
  ...{ adjustment: "yearly_step", stepRate: percent("2.5"), stepOn: "anniversary" },
};
const sources = {
  contracts: [base, line, wlan],
  shares: [
    {
      id: "ikz",
      name: "IKZ",
      known: [{ fiscalYear: 2026, ownAmount: euro("10000") }],
      endsOn: null,
    },
  ],
  replacements: [
    { year: 2028, description: "20 Tablets", schoolName: "GS Nord", amount: euro("9000") },
    { year: 2035, description: "Tafeln", schoolName: "GS Nord", amount: euro("1") },
  ],
};
const told = forecast(2026, sources, "2026-06-01");

function share(fiscalYear: number, amount: string) {
  return { fiscalYear, ownAmount: euro(amount) };
}

/** Day by day with exact fractions, the price of each day found by hand: no code of the house. */
function dayByDay(one: ForecastContract, year: number): Decimal {
  const months = { month: 1, quarter: 3, year: 12 }[one.rhythm];
  let cost = new Decimal(0);
  for (let day = `${year}-01-01`; day <= `${year}-12-31`; day = plusDays(day, 1)) {
    let index = 0;
    while (plusMonths(one.startedOn, (index + 1) * months) <= day) index += 1;
    const begin = Date.parse(plusMonths(one.startedOn, index * months));
    const next = Date.parse(plusMonths(one.startedOn, (index + 1) * months));
    let price = new Decimal(one.amount);
    for (let years = 1; plusMonths(one.startedOn, 12 * years) <= day; years += 1) {
      price = price.times(one.stepRate?.div(100).plus(1) ?? 1).toDecimalPlaces(2);
    }
    cost = cost.plus(price.div((next - begin) / 86_400_000));
  }
  return cost;
}

test.each([base, line, wlan])("$name costs each year what its days cost, within a cent", (one) => {
  const row = told.rows.find(({ id }) => id === one.id)!;
  for (const [index, year] of told.years.entries()) {
    const distance = row.amounts[index]!.minus(dayByDay(one, year)).abs();
    // At most two prices turn and two periods are cut in a year: half a cent each.
    expect(distance.lessThanOrEqualTo("0.02"), `${year}: ${distance}`).toBe(true);
  }
});

test("each sum is the sum of what stands above it, by year, kind and school", () => {
  for (const [index] of told.years.entries()) {
    const total = told.rows.reduce((all, { amounts }) => all.plus(amounts[index]!), euro("0"));
    expect(told.totals.amounts[index]!.toFixed(2)).toBe(total.toFixed(2));
    for (const parts of [told.byKind, told.bySchool]) {
      const parted = parts.reduce((all, { amounts }) => all.plus(amounts[index]!), euro("0"));
      expect(parted.toFixed(2)).toBe(total.toFixed(2));
    }
  }
});

test("devices are replaced in their year, and a joint service costs on what it cost last", () => {
  const amountsOf = (kind: string) =>
    told.byKind.find((one) => one.kind === kind)!.amounts.map((amount) => amount.toFixed(0));
  expect(amountsOf("replacement")).toEqual(["0", "0", "9000", "0", "0"]);
  expect(amountsOf("joint_service")).toEqual(["10000", "10000", "10000", "10000", "10000"]);
  const coming = { ...sources.shares[0]!, known: [share(2029, "10000")] };
  const later = forecast(2026, { ...sources, shares: [coming] }, "2026-06-01");
  expect(later.byKind.find(({ kind }) => kind === "joint_service")!.total.toFixed(0)).toBe("20000");
  const ending = { ...sources.shares[0]!, endsOn: "2027-12-31" };
  const ended = forecast(2026, { ...sources, shares: [ending] }, "2026-06-01");
  expect(ended.byKind.find(({ kind }) => kind === "joint_service")!.total.toFixed(0)).toBe("20000");
});

test("bound is what nobody can end any more", () => {
  const licence = told.rows.find(({ id }) => id === "lic")!;
  // On 1 June it is too late for the 31 August of this year: it binds until that of the next.
  expect(licence.bound.map((amount) => amount.toFixed(2))).toEqual([
    "4165.00",
    "2772.86",
    "0.00",
    "0.00",
    "0.00",
  ]);
});

test("what is taken for granted is said: renewals, steps, an expected index, a share held constant", () => {
  const indexed: ForecastContract = {
    ...line,
    ...{ id: "i", number: "V-4", name: "Leasing", adjustment: "index", stepOn: "new_year" },
    ...{ indexBase: factor("100"), expectedRate: percent("2") },
    indexValues: [{ month: "2026-11", value: factor("103") }],
  };
  const all = forecast(2026, { ...sources, contracts: [base, wlan, indexed] }, "2026-06-01");
  expect(all.assumptions.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    "renewal V-1 Lernplattform",
    "renewal V-3 WLAN",
    "step V-3 WLAN",
    "renewal V-4 Leasing",
    "expected_index V-4 Leasing",
    "held_constant IKZ",
  ]);
});

test("each year costs the share on file for it, and the last one is held only after its year", () => {
  const known = [share(2026, "10000"), share(2027, "12000")];
  const row = (endsOn: string | null) =>
    forecast(2025, { contracts: [], replacements: [], shares: [{ id: "ikz", name: "IKZ", known, endsOn }] }, "2026-06-01"); // prettier-ignore
  const texts = (amounts: { toFixed: (places: number) => string }[]) =>
    amounts.map((amount) => amount.toFixed(0)).join(" ");
  const open = row(null);
  expect(texts(open.rows[0]!.amounts)).toBe("0 10000 12000 12000 12000");
  expect(texts(open.rows[0]!.bound)).toBe("0 10000 12000 0 0");
  expect(open.assumptions).toEqual([{ kind: "held_constant", name: "IKZ", fiscalYear: 2027 }]);
  const left = row("2027-12-31");
  expect(texts(left.rows[0]!.amounts)).toBe("0 10000 12000 0 0");
  expect(left.assumptions).toEqual([]);
});

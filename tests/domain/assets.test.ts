import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type AssetDraft,
  type AssetLine,
  checkAsset,
  checkDisposal,
  inventoryNumbers,
  treatmentOfRecorded,
} from "#app/domain/asset.ts";
import { type CostLine, costsOfAssets, costsOfLines } from "#app/domain/asset-cost.ts";
import {
  type Depreciable,
  depreciationIn,
  depreciationOfAll,
  depreciationYears,
  endOfLife,
  monthsWorn,
  worthOn,
} from "#app/domain/depreciation.ts";
import { dedicatedUntilOfPaid } from "#app/domain/due-dates.ts";
import { euro, factor, percent, sum, zero } from "#app/domain/money.ts";
import { replacementsOf } from "#app/domain/replacement.ts";
import { fullTerms } from "#tests/support/programme.ts";

const tablet: Depreciable = {
  cost: euro("1000"),
  grantShare: euro("900"),
  inServiceOn: "2021-05-31",
  usefulLifeMonths: 36,
  disposedOn: null,
};

// prettier-ignore
test.each([
  { on: "2021-05-30", months: 0,  because: "it is not there yet" },
  { on: "2021-05-31", months: 1,  because: "the month of purchase is full, whatever its day" },
  { on: "2021-06-29", months: 1,  because: "June has not ended" },
  { on: "2021-06-30", months: 2,  because: "June has ended" },
  { on: "2021-12-31", months: 8,  because: "May to December" },
  { on: "2024-04-30", months: 36, because: "three years are over" },
  { on: "2030-01-01", months: 36, because: "no more than its life" },
])("by $on $months months are worn out: $because", ({ on, months }) => {
  expect(monthsWorn(tablet, on)).toBe(months);
});

test("each year has its months, its depreciation, its dissolution and what is left", () => {
  const rows = depreciationYears(tablet).map(
    ({ year, months, depreciation, dissolution, netBurden, bookValue, specialItem }) =>
      `${year} ${months} ${depreciation} ${dissolution} ${netBurden} ${bookValue} ${specialItem}`,
  );
  expect(rows).toEqual([
    "2021 8 222.22 200 22.22 777.78 700",
    "2022 12 333.34 300 33.34 444.44 400",
    "2023 12 333.33 300 33.33 111.11 100",
    "2024 4 111.11 100 11.11 0 0",
  ]);
  expect(endOfLife(tablet)).toBe("2024-05-01");
});

test("what goes leaves with its rest, its own month is not worn out", () => {
  const gone = { ...tablet, disposedOn: "2022-08-31" };
  expect(monthsWorn(gone, "2022-12-31")).toBe(15);
  expect(depreciationYears(gone).map(({ year }) => year)).toEqual([2021, 2022]);
  expect(depreciationIn(gone, 2022)).toMatchObject({
    months: 7,
    depreciation: euro("194.45"),
    dissolution: euro("175"),
    disposedValue: euro("583.33"),
    disposedItem: euro("525"),
    netBurden: euro("77.78"),
    bookValue: zero,
    specialItem: zero,
  });
  expect(worthOn(gone, "2022-08-30").bookValue).toEqual(euro("583.33"));
  expect(worthOn(gone, "2022-08-31").bookValue).toEqual(zero);
});

test("what goes in the month in which it came is never depreciated", () => {
  const gone = { ...tablet, disposedOn: "2021-05-31" };
  const [year] = depreciationYears(gone);
  expect([year!.depreciation, year!.disposedValue]).toEqual([zero, euro("1000")]);
});

const cents = fc.integer({ min: 0, max: 90_000_000 }).map((n) => euro((n / 100).toFixed(2)));
const month = fc.integer({ min: 0, max: 400 });
const dayAfter = (months: number) =>
  `${2000 + Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, "0")}-15`;

test("the years of any asset add up to its cost and its special item, gone or not, and are never negative", () => {
  fc.assert(
    fc.property(
      fc.record({ cost: cents, part: fc.integer({ min: 0, max: 100 }), start: month }),
      fc.integer({ min: 1, max: 240 }),
      fc.option(month),
      ({ cost, part, start }, usefulLifeMonths, after) => {
        const grantShare = euro(cost.times(part).div(100).toFixed(2));
        const disposedOn = after === null ? null : dayAfter(start + after);
        const asset = {
          ...{ cost, grantShare, usefulLifeMonths, disposedOn },
          inServiceOn: dayAfter(start),
        };
        const years = depreciationYears(asset);
        const total = (figure: "depreciation" | "dissolution" | "disposedValue" | "disposedItem") =>
          sum(years.map((year) => year[figure]));
        expect(total("depreciation").plus(total("disposedValue"))).toEqual(cost);
        expect(total("dissolution").plus(total("disposedItem"))).toEqual(grantShare);
        for (const year of years) {
          expect(year.depreciation.isNegative() || year.dissolution.isNegative()).toBe(false);
          expect(year.specialItem.lessThanOrEqualTo(year.bookValue)).toBe(true);
        }
        expect(years.at(-1)!.bookValue).toEqual(zero);
      },
    ),
  );
});

test("the year view is the sum of its assets", () => {
  const other = { ...tablet, cost: euro("0.05"), grantShare: zero, inServiceOn: "2022-01-01" };
  const [before, year] = depreciationOfAll([tablet, other], [2021, 2022]);
  expect([before!.depreciation, year!.depreciation]).toEqual([euro("222.22"), euro("333.36")]);
  expect(year!.bookValue).toEqual(euro("444.47"));
});

const line = (id: string, given: Partial<CostLine> & { amount: string }): CostLine => ({
  id,
  invoiceId: "R-1",
  creditedId: null,
  accountId: "2.4",
  kind: "item",
  grossAmount: euro(given.amount),
  cost: euro(given.amount),
  grantShare: zero,
  ...given,
});

test("discounts, roundings and credit notes lower what they belong to, a prepayment does not", () => {
  const costs = costsOfLines([
    line("displays", { amount: "300", grantShare: euro("270") }),
    line("stands", { amount: "100", grantShare: euro("90") }),
    line("network", { amount: "500", accountId: "2.1" }),
    line("less", { kind: "discount", amount: "-40", grantShare: euro("-36") }),
    line("taken off", { kind: "prepayment", amount: "-200" }),
    line("rounding", { kind: "rounding", amount: "0.09", accountId: "none" }),
    line("credit", { invoiceId: "G-1", creditedId: "R-1", amount: "-20", grantShare: euro("-18") }),
  ]);
  const read = (id: string) => [
    costs.get(id)!.cost.toFixed(2),
    costs.get(id)!.grantShare.toFixed(),
  ];
  expect(read("displays")).toEqual(["255.03", "229.5"]);
  expect(read("stands")).toEqual(["85.01", "76.5"]);
  expect(read("network")).toEqual(["500.05", "0"]);
  expect([...costs.keys()]).toEqual(["displays", "stands", "network"]);
});

test("assets share their line by quantity to the cent, whatever of it is not inventoried", () => {
  fc.assert(
    fc.property(cents, fc.integer({ min: 1, max: 60 }), (cost, count) => {
      const parts = Array.from({ length: count }, (_, index) => {
        return { id: `${index}`, lineId: "l", quantity: factor("1"), furtherLineIds: ["freight"] };
      });
      const costs = new Map([
        ["l", { cost, grantShare: cost }],
        ["freight", { cost: euro("10"), grantShare: zero }],
      ]);
      const shared = costsOfAssets(parts, {
        quantityOf: new Map([["l", factor(`${count}`)]]),
        costs,
      });
      expect(sum([...shared.values()].map((one) => one.cost))).toEqual(cost.plus(10));
      expect(sum([...shared.values()].map((one) => one.grantShare))).toEqual(cost);
    }),
  );
  const half = [{ id: "a", lineId: "l", quantity: factor("1"), furtherLineIds: [] }];
  const costs = new Map([["l", { cost: euro("99.99"), grantShare: euro("120") }]]);
  const shared = costsOfAssets(half, { quantityOf: new Map([["l", factor("3")]]), costs });
  expect(shared.get("a")).toEqual({ cost: euro("33.33"), grantShare: euro("33.33") });
});

const draft: AssetDraft = {
  inventoryNumber: "TAB-008",
  count: 3,
  quantity: factor("1"),
  kind: "tablet",
  description: "Tablet",
  schoolId: "school",
  place: "",
  inServiceOn: "2021-06-01",
  usefulLifeMonths: null,
  lifeReason: "",
  furtherLineIds: [],
  isReplaced: false,
  replacementPrice: null,
  priceChangeRate: zero,
};
const bought: AssetLine = {
  id: "line",
  treatment: "investment",
  costKind: "investment",
  quantity: factor("5"),
  taken: factor("2"),
  isFurther: false,
  cost: euro("6000"),
  orderedOn: "2021-03-01",
  invoicedOn: "2021-06-10",
};
const check = (
  given: Partial<AssetDraft>,
  of: Partial<AssetLine> = {},
  more: { taken?: string[]; further?: { id: string }[] } = {},
) => {
  const { taken = [], further = [] } = more;
  const around = {
    line: { ...bought, ...of },
    further,
    taken: new Set(taken),
    today: "2021-07-01",
  };
  return checkAsset({ ...draft, ...given }, around);
};

test("numbers are counted up and the table gives the useful life", () => {
  expect(check({})).toEqual({ numbers: ["TAB-008", "TAB-009", "TAB-010"], usefulLifeMonths: 36 });
  expect(inventoryNumbers("999", 2)).toEqual(["999", "1000"]);
  expect(inventoryNumbers("Wagen", 1)).toEqual(["Wagen"]);
});

// prettier-ignore
test.each([
  { given: {}, of: { treatment: "expense" },                      verdict: "asset_line_is_expense",      because: "low value is expense" },
  { given: {}, of: { isFurther: true },                           verdict: "asset_line_is_further_cost", because: "it is what another asset cost besides" },
  { given: {}, of: { cost: zero },                                verdict: "asset_line_is_credited",     because: "all was credited" },
  { given: { count: 4 }, of: {},                                  verdict: "asset_quantity_taken",       because: "three are left" },
  { given: { quantity: factor("1.0001") }, of: {},                verdict: "asset_quantity_taken",       because: "a ten-thousandth is too much" },
  { given: { quantity: zero }, of: {},                            verdict: "asset_quantity_missing",     because: "nothing is no asset" },
  { given: { inventoryNumber: "Wagen" }, of: {},                  verdict: "inventory_number_cannot_count", because: "there is nothing to count up" },
  { given: { inServiceOn: "2021-07-02" }, of: {},                 verdict: "in_the_future",              because: "it is tomorrow" },
  { given: { inServiceOn: "2021-02-28" }, of: {},                 verdict: "in_service_before_purchase", because: "it was ordered the day after" },
  { given: { inServiceOn: "2020-06-09" }, of: { orderedOn: null }, verdict: "in_service_before_purchase", because: "more than a year before the invoice" },
  { given: { kind: "display" }, of: {},                           verdict: "useful_life_missing",        because: "no source gives one" },
  { given: { kind: "display", usefulLifeMonths: 96 }, of: {},     verdict: "useful_life_needs_reason",   because: "no source gives one" },
  { given: { usefulLifeMonths: 48 }, of: {},                      verdict: "useful_life_needs_reason",   because: "the table has 36" },
  { given: { isReplaced: true }, of: {},                          verdict: "replacement_price_missing",  because: "a forecast needs a price" },
  { given: { priceChangeRate: percent("25.01") }, of: {},         verdict: "price_change_out_of_range",  because: "more than a quarter in a year" },
  { given: { furtherLineIds: ["x"] }, of: {},                     verdict: "further_line_is_no_cost",    because: "the line is not free" },
] as const)("$verdict: $because", ({ given, of, verdict }) => {
  expect(check(given as Partial<AssetDraft>, of)).toMatchObject({ violation: { rule: verdict } });
});

test("a number that stands is not given again, in other letters neither", () => {
  expect(check({}, {}, { taken: ["tab-010"] })).toMatchObject({
    violation: { rule: "inventory_number_taken", number: "TAB-010" },
  });
});

test("a deviation from the table stands with its reason, further costs where they are free", () => {
  const given = { usefulLifeMonths: 60, lifeReason: "Herstellerzusage", furtherLineIds: ["x"] };
  expect(check(given, {}, { further: [{ id: "x" }] })).toMatchObject({ usefulLifeMonths: 60 });
});

test("an asset goes once, not tomorrow, not before it came", () => {
  const asset = { inServiceOn: "2021-06-01", disposedOn: null };
  const go = (disposedOn: string, of = {}) =>
    checkDisposal({ disposedOn, reason: "defekt" }, { ...asset, ...of }, "2021-07-01")?.rule;
  expect(go("2021-06-01")).toBeUndefined();
  expect(go("2021-05-31")).toBe("disposed_before_service");
  expect(go("2021-07-02")).toBe("in_the_future");
  expect(go("2021-06-02", { disposedOn: "2021-06-02" })).toBe("disposed_already");
});

test("old lines are judged by the rule of low value", () => {
  const old = { treatment: null, netAmount: null, quantity: null, isSet: null };
  const of = (gross: string) =>
    treatmentOfRecorded({ ...old, grossAmount: euro(gross), invoicedOn: "2020-01-01" });
  expect([of("1000"), of("1000.01")]).toEqual(["expense", "investment"]);
});

const replaceable = {
  ...tablet,
  isReplaced: true,
  replacementPrice: euro("1000"),
  priceChangeRate: percent("3"),
  pricedOn: "2021-06-01",
};

test("a device is replaced in the year after its last month, again after each life, at compounded prices", () => {
  const to = (untilYear: number, given = {}, today = "2022-01-01") =>
    replacementsOf({ ...replaceable, ...given }, { today, untilYear }).map(
      ({ year, amount }) => `${year} ${amount}`,
    );
  expect(to(2030)).toEqual(["2024 1092.73", "2027 1194.05", "2030 1304.77"]);
  expect(to(2023)).toEqual([]);
  expect(to(2030, { disposedOn: "2022-01-01" })).toEqual([]);
  expect(to(2030, { isReplaced: false })).toEqual([]);
  expect(to(2025, { inServiceOn: "2021-12-31" })).toEqual(["2024 1092.73"]);
  expect(to(2025, { inServiceOn: "2022-01-01" })).toEqual(["2025 1125.51"]);
  expect(to(2028, {}, "2026-03-01")).toEqual(["2026 1159.27"]);
});

test("where the years of dedication run from the payment, each thing has its own day", () => {
  const rule = (start: "payment" | "end_of_period", end: "same_day" | "end_of_year") => ({
    dedications: [{ sources: [], years: 5, start, end }],
  });
  const until = (programme: object, paidOn: string | null, dedicatedUntil: string | null = null) =>
    dedicatedUntilOfPaid({ ...fullTerms, dedicatedUntil }, programme as never, paidOn);
  expect(until(rule("payment", "same_day"), "2021-06-10")).toBe("2026-06-10");
  expect(until(rule("payment", "end_of_year"), "2021-06-10")).toBe("2026-12-31");
  expect(until(rule("payment", "same_day"), null)).toBeUndefined();
  expect(until(rule("payment", "same_day"), null, "2030-01-01")).toBe("2030-01-01");
  expect(until({ dedications: [] }, "2021-06-10")).toBeUndefined();
});

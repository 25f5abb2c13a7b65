import fc from "fast-check";
import { expect, test } from "vitest";
import { checkKey, divideYear, type Key } from "#app/domain/joint-key.ts";
import { checkNewEnd, daysInYear, daysOf } from "#app/domain/joint-service.ts";
import { checkSettlement } from "#app/domain/joint-settlement.ts";
import { instalmentsOf, partsOf } from "#app/domain/joint-year.ts";
import { euro, factor, percent, sum } from "#app/domain/money.ts";

const joined = { a: "2023-01-01", b: "2023-01-01", c: "2024-07-01" };
const membersOf = (year: number) =>
  Object.entries(joined).map(([id, joinedOn]) => ({
    id,
    name: id,
    isOwn: id === "a",
    isPerforming: id === "a",
    days: daysInYear(year, { joinedOn, leftOn: null }, null),
  }));
const by = (basis: "pupils" | "devices", share: string) => {
  return { basis, percent: percent(share), countedOn: "2023-09-01", source: "Statistik" };
};
const figures = (basis: "pupils" | "devices", ...values: string[]) =>
  values.map((value, index) => ({ basis, memberId: "abc"[index]!, value: factor(value) }));
const equal = (share: string) => {
  return { basis: "equal_parts" as const, percent: percent(share), countedOn: null, source: "" };
};
const early: Key = {
  components: [by("pupils", "100")],
  figures: figures("pupils", "483", "612", "540"),
};
const late: Key = {
  components: [
    { basis: "equal_parts", percent: percent("50"), countedOn: null, source: "" },
    by("devices", "50"),
  ],
  figures: figures("devices", "70", "110", "61"),
};

// prettier-ignore
test.each([
  { year: 2023, key: early, planned: "30000",    actual: "31234.57", shares: "13777.44 17457.13" },
  { year: 2024, key: early, planned: "40000.01", actual: "38000.03", shares: undefined },
  { year: 2025, key: late,  planned: "45000",    actual: "47111.11", shares: undefined },
])("in $year plan, instalments and settlement add up to their totals", ({ year, key, planned, actual, shares }) => {
  const members = membersOf(year);
  const plan = partsOf({ fiscalYear: year, reading: "joint_total", amount: euro(planned), key, members });
  if ("problem" in plan) throw new Error(plan.problem.rule);
  expect(sum(plan.parts.map(({ amount }) => amount)).toFixed(2)).toBe(euro(planned).toFixed(2));
  const due = ["03-15", "06-15", "09-15"].map((day) => `${year}-${day}`);
  const instalments = instalmentsOf(plan.parts, due);
  expect(sum(instalments.map(({ amount }) => amount)).toFixed(2)).toBe(euro(planned).toFixed(2));

  const settled = checkSettlement(
    { settledOn: `${year + 1}-02-01`, number: "1", dueOn: `${year + 1}-03-01` },
    {
      fiscalYear: year, reading: "joint_total", costs: [euro(actual)], overcounted: [], members, key,
      planned: plan.parts, paid: instalments, lastDay: `${year}-12-31`, notBefore: null,
      isSettled: false, appropriation: undefined, today: "2026-06-01",
    },
  );
  if ("violation" in settled) throw new Error(settled.violation.rule);
  const total = sum(settled.parts.map(({ amount }) => amount));
  expect(total.toFixed(2)).toBe(euro(actual).toFixed(2));
  const results = sum(settled.parts.map(({ amount, paid }) => amount.minus(paid)));
  expect(results.toFixed(2)).toBe(euro(actual).minus(planned).toFixed(2));
  if (shares) expect(settled.parts.map(({ amount }) => amount.toFixed(2)).join(" ")).toBe(shares);
});

test("who joins on 1 July counts for 184 of 366 days", () => {
  expect(membersOf(2024).map(({ days }) => days)).toEqual([366, 366, 184]);
  expect(membersOf(2023).map(({ days }) => days)).toEqual([365, 365, 0]);
});

test("whatever the key, the days and the total, the parts add up to the cent", () => {
  const member = fc.record({
    days: fc.integer({ min: 1, max: 365 }),
    figure: fc.integer({ min: 1, max: 9999 }),
    fixed: fc.integer({ min: 0, max: 99999 }),
  });
  fc.assert(
    fc.property(
      fc.array(member, { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 0, max: 100 }),
      fc.integer({ min: 0, max: 999_999_999 }),
      fc.boolean(),
      (rows, share, cents, isFixedOnly) => {
        const total = euro(String(cents)).div(100);
        const key: Key = {
          components: [
            { basis: "fixed_sum", percent: null, countedOn: null, source: "Vereinbarung" },
            ...(isFixedOnly ? [] : [by("pupils", String(share)), equal(String(100 - share))]),
          ],
          figures: rows.flatMap(({ figure, fixed }, index) => [
            { basis: "pupils" as const, memberId: String(index), value: factor(String(figure)) },
            {
              basis: "fixed_sum" as const,
              memberId: String(index),
              value: factor(String(fixed)).div(100),
            },
          ]),
        };
        const days = rows.map(({ days }, index) => ({ memberId: String(index), days }));
        const divided = divideYear(total, key, days, daysOf(2025), "0");
        if ("problem" in divided) throw new Error(divided.problem.rule);
        expect(sum(divided.parts.map(({ amount }) => amount)).eq(total)).toBe(true);
        for (const { amount, lines } of divided.components) {
          expect(sum(lines.map(({ part }) => part)).eq(amount)).toBe(true);
          for (const { part, down } of lines)
            expect(part.minus(down).lessThanOrEqualTo("0.01")).toBe(true);
        }
      },
    ),
  );
});

test("a key is full, has day and source, and is frozen but for members who come later", () => {
  const members = [
    { id: "a", name: "A" },
    { id: "b", name: "B" },
  ];
  const two = { ...early, figures: figures("pupils", "483", "612") };
  const rule = (key: Key, all = members, frozen?: Key) => checkKey(key, all, frozen)?.rule;
  expect(rule(two)).toBeUndefined();
  expect(rule({ ...two, components: [by("pupils", "99.99")] })).toBe("key_percents_not_full");
  expect(rule({ ...two, components: [{ ...by("pupils", "100"), source: "" }] })).toBe(
    "key_needs_day_and_source",
  );
  expect(rule({ ...two, figures: figures("pupils", "483") })).toBe("key_figure_missing");
  expect(rule({ ...two, figures: figures("pupils", "484", "612") }, members, two)).toBe(
    "key_is_frozen",
  );
  expect(rule(early, [...members, { id: "c", name: "C" }], two)).toBeUndefined();
});

const fixed = (...values: string[]): Key => ({
  components: [{ basis: "fixed_sum", percent: null, countedOn: null, source: "§ 5" }],
  figures: values.map((value, index) => {
    return { basis: "fixed_sum" as const, memberId: "abc"[index]!, value: factor(value) };
  }),
});
const pupilsOf = (key: Key, ...values: string[]): Key => ({
  components: [...key.components, by("pupils", "100")],
  figures: [...key.figures, ...figures("pupils", ...values)],
});
const promised = fixed("3000", "3000", "3000");

// prettier-ignore
test.each([
  { what: "fixed sums alone, more cost",  key: promised,                           total: "9500",    shares: "3500.00 3000.00 3000.00" },
  { what: "fixed sums alone, less cost",  key: promised,                           total: "8700",    shares: "2900.00 2900.00 2900.00" },
  { what: "a cent that is no third",      key: promised,                           total: "8999.99", shares: "3000.00 3000.00 2999.99" },
  { what: "a mixture, more cost",         key: pupilsOf(promised, "1", "1", "2"),  total: "9400",    shares: "3100.00 3100.00 3200.00" },
  { what: "a mixture, less cost",         key: pupilsOf(promised, "1", "1", "2"),  total: "6000",    shares: "2000.00 2000.00 2000.00" },
  { what: "no pupils left to divide by",  key: pupilsOf(promised, "0", "0", "0"),  total: "9400",    shares: "3400.00 3000.00 3000.00" },
])("$what of $total: $shares, the performing member first", ({ key, total, shares }) => {
  const days = ["a", "b", "c"].map((memberId) => ({ memberId, days: 365 }));
  const divided = divideYear(euro(total), key, days, 365, "a");
  if ("problem" in divided) throw new Error(divided.problem.rule);
  expect(divided.parts.map(({ amount }) => amount.toFixed(2)).join(" ")).toBe(shares);
});

test("who performs bears the rest of a year in which it counts no day itself", () => {
  const divided = divideYear(euro("9500"), promised, [{ memberId: "b", days: 365 }], 365, "a");
  if ("problem" in divided) throw new Error(divided.problem.rule);
  expect(divided.parts.map(({ memberId, days, amount }) => `${memberId} ${days} ${amount.toFixed(2)}`)).toEqual(["b 365 3000.00", "a 0 6500.00"]); // prettier-ignore
});

test("new terms leave the last day of a settled year where it is", () => {
  const rule = (before: string | null, after: string | null) =>
    checkNewEnd(before, after, [2024])?.rule;
  expect(rule(null, "2024-11-30")).toBe("year_settled_before");
  expect(rule(null, "2023-12-31")).toBe("year_settled_before");
  expect(rule("2024-11-30", null)).toBe("year_settled_before");
  expect(rule(null, "2024-12-31")).toBeUndefined();
  expect(rule(null, "2026-06-30")).toBeUndefined();
});

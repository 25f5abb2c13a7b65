import { expect, test } from "vitest";
import { covers, scopeOf } from "#app/domain/audit-scope.ts";
import { formatExactMoment, parseMoment } from "#app/german/moment.ts";

test.each([
  ["01.03.2026 12:00", "2026-03-01T11:00:00.000Z"],
  ["1.7.2026, 12:00:05", "2026-07-01T10:00:05.000Z"],
  ["2026-03-01T12:00", "2026-03-01T11:00:00.000Z"],
  ["2026-03-01T12:00:05.123Z", "2026-03-01T12:00:05.123Z"],
  ["2026-03-01T12:00:05.1", "2026-03-01T11:00:05.100Z"],
  ["01.03.2026", "2026-03-01T22:59:59.999Z"],
  ["25.10.2026 02:30", "2026-10-25T00:30:00.000Z"],
])("%s is a moment in Berlin: %s", (text, expected) => {
  expect(parseMoment(text)?.toISOString()).toBe(expected);
});

test.each([
  "",
  "gestern",
  "31.02.2026",
  "01.03.2026 25:00",
  "01.03.2026 12:61",
  "29.03.2026 02:30",
])("%j is no moment", (text) => expect(parseMoment(text)).toBeUndefined());

test("a moment is printed to the millisecond, and read again from its UTC form", () => {
  const moment = new Date("2026-03-01T11:00:05.007Z");
  expect(formatExactMoment(moment)).toBe("01.03.2026, 12:00:05,007 Uhr");
  expect(parseMoment(moment.toISOString())).toEqual(moment);
});

const known = { grantIds: ["a", "b", "c"], today: "2026-03-01" };
const asked = { grantIds: [], fiscalYear: null, asOf: "2026-02-28" };

test.each([
  [{}, { asOf: "2026-02-28" }],
  [{ grantIds: ["a"] }, { grantId: "a", asOf: "2026-02-28" }],
  [{ grantIds: ["b", "a", "b"] }, { grantIds: ["a", "b"], asOf: "2026-02-28" }],
  [{ fiscalYear: 2025 }, { fiscalYear: 2025, asOf: "2026-02-28" }],
  [
    { fiscalYear: 2025, grantIds: ["a"] },
    { field: "grant", rule: "scope_of_grants_and_year" },
  ],
  [{ grantIds: ["x"] }, { field: "grant", rule: "scope_grant_unknown" }],
  [{ fiscalYear: undefined }, { field: "year", rule: "scope_year_unreadable" }],
  [{ asOf: undefined }, { field: "on", rule: "scope_day_unreadable" }],
  [{ asOf: "2026-03-02" }, { field: "on", rule: "scope_day_not_over" }],
])("%j asks for %j", (given, expected) => {
  expect(scopeOf({ ...asked, ...given }, known)).toEqual(expected);
});

test("a scope covers its own grants, or its year, or all", () => {
  const [grant, year] = [{ grantId: "a" }, { fiscalYear: 2025 }];
  const asOf = "2026-02-28";
  expect([grant, year].map((one) => covers({ asOf }, one))).toEqual([true, true]);
  expect([grant, year].map((one) => covers({ asOf, grantId: "a" }, one))).toEqual([true, false]);
  expect([grant, year].map((one) => covers({ asOf, grantIds: ["b", "c"] }, one))).toEqual([
    false,
    false,
  ]);
  expect([grant, year].map((one) => covers({ asOf, fiscalYear: 2025 }, one))).toEqual([
    false,
    true,
  ]);
});

test("a fiscal year outside an access is refused, one within is not", () => {
  const limited = { ...known, fiscalYears: [2025] };
  expect(scopeOf({ ...asked, fiscalYear: 2024 }, limited)).toEqual({
    field: "year",
    rule: "scope_year_not_in_access",
  });
  expect(scopeOf({ ...asked, fiscalYear: 2025 }, limited)).toMatchObject({ fiscalYear: 2025 });
});

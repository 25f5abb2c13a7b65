import { expect, test } from "vitest";
import { euro, percent } from "#app/domain/money.ts";
import { checkAward, netValue } from "#app/domain/procurement.ts";
import { lowerSaxony2019 } from "#tests/support/programme.ts";

// Lower Saxony, supplies and services, net: direct orders, negotiated and restricted awards.
// prettier-ignore
test.each([
  { kind: "direct",     on: "2021-06-01", value: "500.00",    verdict: undefined },
  { kind: "direct",     on: "2021-06-01", value: "500.01",    verdict: "award_above_threshold" },
  { kind: "direct",     on: "2025-05-28", value: "500.01",    verdict: "award_above_threshold" },
  { kind: "direct",     on: "2025-05-29", value: "20000.00",  verdict: undefined },
  { kind: "direct",     on: "2025-05-29", value: "20000.01",  verdict: "award_above_threshold" },
  { kind: "negotiated", on: "2021-06-01", value: "25000.00",  verdict: undefined },
  { kind: "negotiated", on: "2021-06-01", value: "25000.01",  verdict: "award_above_threshold" },
  { kind: "restricted", on: "2021-06-01", value: "50000.01",  verdict: "award_above_threshold" },
  { kind: "restricted", on: "2025-06-01", value: "100000.00", verdict: undefined },
  { kind: "open",       on: "2021-06-01", value: "900000.00", verdict: undefined },
  { kind: "direct",     on: "2016-12-31", value: "900000.00", verdict: undefined },
] as const)("$value net, $kind, ordered on $on: $verdict", ({ kind, on, value, verdict }) => {
  const award = { awardKind: kind, awardReference: "V 1", awardReason: "" };
  const rules = lowerSaxony2019.procurement;
  expect(checkAward(award, euro(value), rules, on)?.rule).toBe(verdict);
  const answered = { ...award, awardReason: "nur ein Hersteller" };
  expect(checkAward(answered, euro(value), rules, on)).toBeUndefined();
});

test("the refusal names value, threshold and what the programme says of it", () => {
  const award = { awardKind: "direct", awardReference: "", awardReason: "" } as const;
  const refused = checkAward(award, euro("600"), lowerSaxony2019.procurement, "2021-06-01");
  expect(refused).toMatchObject({ value: euro("600"), limit: euro("500") });
  expect(refused).toHaveProperty("note", expect.stringContaining("1.000 €"));
});

test("who tenders names the procedure", () => {
  for (const awardKind of ["restricted", "open"] as const) {
    const award = { awardKind, awardReference: "", awardReason: "weil" };
    expect(checkAward(award, euro("1"), [], "2021-06-01")?.rule).toBe("award_needs_reference");
  }
});

test("thresholds are net, whatever rate each line has", () => {
  const lines = [
    { grossAmount: euro("119.00"), vatRate: percent("19") },
    { grossAmount: euro("107.00"), vatRate: percent("7") },
    { grossAmount: euro("50.00"), vatRate: percent("0") },
  ];
  expect(netValue(lines).toFixed(2)).toBe("250.00");
});

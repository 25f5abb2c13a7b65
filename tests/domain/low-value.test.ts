import { expect, test } from "vitest";
import { computeEnvelope } from "#app/domain/envelope.ts";
import { budgetTreatmentOf } from "#app/domain/low-value.ts";
import { euro, factor } from "#app/domain/money.ts";
import type { EnvelopeFormula } from "#app/domain/programme.ts";

// T15: 20 tablets at 360,00 € net are expense one by one, and an investment as a class set.
// prettier-ignore
test.each([
  { unit: "360",     quantity: 20, isSet: false, on: "2021-06-01", treatment: "expense" },
  { unit: "360",     quantity: 20, isSet: true,  on: "2021-06-01", treatment: "investment" },
  { unit: "1000",    quantity: 1,  isSet: false, on: "2021-06-01", treatment: "expense" },
  { unit: "1000.01", quantity: 1,  isSet: false, on: "2021-06-01", treatment: "investment" },
  { unit: "500",     quantity: 2,  isSet: true,  on: "2021-06-01", treatment: "expense" },
  { unit: "360",     quantity: 1,  isSet: false, on: "2016-12-31", treatment: "investment" },
])("$quantity at $unit net on $on, a set: $isSet: $treatment", ({ unit, quantity, isSet, on, treatment }) => {
  expect(budgetTreatmentOf({ netAmount: euro(unit).times(quantity), quantity: factor(String(quantity)), isSet }, on)).toBe(treatment);
});

test("a state's subsidy of 11 € for each of 3.690 pupils is 40.590 € (T19)", () => {
  const eleven: EnvelopeFormula = {
    sources: ["S66"],
    baseAmount: euro("0"),
    fullBaseFromPupils: 1,
    perPupilAmount: factor("11"),
    weights: { primary: factor("1"), general: factor("1"), vocational_part_time: factor("1") },
    countedOn: { primary: "2021-10-01", general: "2021-10-01", vocational_part_time: "2021-10-01" },
    schoolsRoundedTo: "euro",
  };
  const school = { schoolId: "A", name: "Kusel", kind: "general" as const, isCounted: true };
  const computed = computeEnvelope(eleven, [{ ...school, pupils: 3690 }]);
  expect(computed.total!.toFixed(2)).toBe("40590.00");
});

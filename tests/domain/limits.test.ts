import { expect, test } from "vitest";
import { checkSchoolLimits } from "#app/domain/application.ts";
import { type BudgetLine, checkCharges } from "#app/domain/budget.ts";
import { eligible } from "#app/domain/invoice-line.ts";
import { euro, percent } from "#app/domain/money.ts";
import { paidLines } from "#app/domain/paid-line.ts";
import { checkPayment } from "#app/domain/payment.ts";
import { payable, settlement } from "#tests/support/spending.ts";
import { lowerSaxony2019, shippedProgramme } from "#tests/support/programme.ts";

const northRhine = shippedProgramme("nw-digitalpakt-2019");
const mobile = northRhine.categories.find(({ limitPerSchool }) => limitPerSchool)!.code;

// T9: 24.310,00 € of mobile devices are booked at a school, its limit is 25.000 €.
// prettier-ignore
test.each([
  { amount: "690.00",  verdict: undefined },
  { amount: "690.01",  verdict: { rule: "exceeds_school_limit", excess: "0.01" } },
  { amount: "1190.00", verdict: { rule: "exceeds_school_limit", excess: "500" } },
])("$amount more of mobile devices: $verdict", ({ amount, verdict }) => {
  const charges = [{ budgetLineId: "2.6", amount: euro(amount), field: "amount" }];
  const violation = checkCharges(charges, [devices], { lineTolerance: percent("0") });
  expect(violation && { rule: violation.rule, excess: "excess" in violation ? violation.excess.toFixed() : "" }).toEqual(verdict);
});

test("two rows of one document share what the limit leaves", () => {
  const row = { budgetLineId: "2.6", amount: euro("400"), field: "amount" };
  const violation = checkCharges([row, row], [devices], { lineTolerance: percent("0") });
  expect(violation).toMatchObject({ rule: "exceeds_school_limit", excess: euro("110") });
});

const devices: BudgetLine = {
  id: "2.6",
  schoolId: "A",
  school: "GS A",
  code: "2.6",
  approved: euro("30000"),
  committed: euro("0"),
  invoiced: euro("24310"),
  paid: euro("0"),
  limit: { code: "2.6", limit: euro("25000"), left: euro("690"), directive: "Richtlinie" },
};

// prettier-ignore
test.each([
  { programme: lowerSaxony2019, lines: [["A", "2.6", "25000"], ["B", "2.6", "25000"]], earlier: "0", excess: undefined, because: "the limit is each school's own" },
  { programme: lowerSaxony2019, lines: [["A", "2.6", "25000.01"]], earlier: "0",  excess: "0.01" },
  { programme: lowerSaxony2019, lines: [["A", "2.6", "1000"]], earlier: "24500",  excess: "500", because: "another grant counts too" },
  { programme: lowerSaxony2019, lines: [["A", "2.4", "99000"]], earlier: "0",     excess: undefined, because: "displays have no limit" },
  { programme: northRhine, lines: [["A", mobile, "26000"], ["A", "1", "104000"]], earlier: "0", excess: undefined, because: "26.000 are 20 % of 130.000" },
  { programme: northRhine, lines: [["A", mobile, "26000"], ["A", "1", "103999"]], earlier: "0", excess: "1000",    because: "neither 20 % nor 25.000 are kept" },
] as const)("of $lines $excess is too much: $because", ({ programme, lines, earlier, excess }) => {
  const asked = lines.map(([schoolId, code, amount]) => ({ schoolId, code, amount: euro(amount) }));
  const used = [{ schoolId: "A", code: lines[0][1], used: euro(earlier) }];
  const violation = checkSchoolLimits(asked, programme, used);
  expect(violation?.excess.toFixed()).toBe(excess);
});

// T13, T14: 11.900,00 € gross, 2 % cash discount.
const notDeductible = { grossAmount: euro("11900"), ineligibleAmount: euro("0") };
const deductible = { grossAmount: euro("11900"), ineligibleAmount: euro("1900") };
// prettier-ignore
test.each([
  { line: notDeductible, taken: "238", missed: "0",   counts: "11662", because: "the discount is taken" },
  { line: deductible,    taken: "238", missed: "0",   counts: "9800",  because: "VAT is deducted by the authority itself" },
  { line: notDeductible, taken: "0",   missed: "238", counts: "11662", because: "the strict rule deducts what was offered" },
  { line: notDeductible, taken: "0",   missed: "0",   counts: "11900", because: "Saxony deducts only what was taken" },
])("$taken taken, $missed missed: $counts count, since $because", ({ line, taken, missed, counts }) => {
  const [part] = paidLines(settlement(euro("11900").minus(taken).toFixed(2), taken, missed), [line]);
  expect(part!.eligible.toFixed()).toBe(counts);
  expect(part!.eligible.plus(part!.missed).plus(part!.eligibleDiscount).eq(eligible(line))).toBe(true);
});

// prettier-ignore
test.each([
  { missed: "238",   deductsMissed: true,  verdict: undefined },
  { missed: "238",   deductsMissed: false, verdict: "missed_discount_counts" },
  { missed: "11900", deductsMissed: true,  verdict: "missed_discount_too_high" },
  { missed: "-1",    deductsMissed: true,  verdict: "amount_negative" },
])("$missed missed where that is deducted, $deductsMissed: $verdict", ({ missed, deductsMissed, verdict }) => {
  const draft = { paidOn: "2024-07-01", cashDiscount: euro("0"), paidAmount: euro("11900"), missedDiscount: euro(missed) };
  const invoice = { ...payable("11900"), deductsMissed };
  expect(checkPayment(draft, invoice, "2026-01-01")?.rule).toBe(verdict);
});

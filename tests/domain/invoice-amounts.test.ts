import fc from "fast-check";
import { expect, test } from "vitest";
import { arithmeticOf, checkSums, completeAmounts } from "#app/domain/invoice-arithmetic.ts";
import { deductibleVat, eligible } from "#app/domain/invoice-line.ts";
import { euro, netOf, percent, sum } from "#app/domain/money.ts";
import { standardVatRate } from "#app/domain/vat.ts";

const rate = percent("19");

test("net and gross follow from each other, and the rate from the day", () => {
  const [fromGross, fromNet] = completeAmounts(
    [
      { grossAmount: euro("119"), vatRate: rate },
      { netAmount: euro("100"), vatRate: percent("7") },
    ],
    "line",
  );
  expect(fromGross!.netAmount.toFixed(2)).toBe("100.00");
  expect(fromNet!.grossAmount.toFixed(2)).toBe("107.00");
  expect(
    ["2020-06-30", "2020-07-01", "2020-12-31", "2021-01-01"].map(
      (day) => `${standardVatRate(day)}`,
    ),
  ).toEqual(["19", "16", "16", "19"]);
});

// Three lines of 0,99 € net: 0,19 € VAT each by line, 0,56 € together by document.
test("VAT is rounded on each line or once for the document, and the lines add up either way", () => {
  const lines = Array.from({ length: 3 }, () => ({ netAmount: euro("0.99"), vatRate: rate }));
  const gross = (rounding: "line" | "document") =>
    completeAmounts(lines, rounding).map(({ grossAmount }) => grossAmount.toFixed(2));
  expect(gross("line")).toEqual(["1.18", "1.18", "1.18"]);
  expect(gross("document")).toEqual(["1.18", "1.18", "1.17"]);
});

// prettier-ignore
test.each([
  { gross: "119.00", reason: "",                verdict: undefined,     because: "it is our own sum" },
  { gross: "119.01", reason: "",                verdict: undefined,     because: "a cent a line may be rounding" },
  { gross: "118.99", reason: "",                verdict: undefined,     because: "downwards too" },
  { gross: "119.02", reason: "",                verdict: "sums_differ", because: "two cents are not" },
  { gross: "119.02", reason: "Druckfehler",     verdict: undefined,     because: "unless there is a reason" },
])("$gross for 100 net at 19 %, reason '$reason': $verdict, since $because", ({ gross, reason, verdict }) => {
  const lines = [{ netAmount: euro("100"), vatRate: rate, grossAmount: euro(gross) }];
  expect(checkSums({ lines, roundedPer: "line", roundingReason: reason })?.rule).toBe(verdict);
});

test("whatever is left out, the parts of each rate add up to the document's VAT", () => {
  const line = fc.record({
    netAmount: fc
      .integer({ min: 1, max: 9_999_999 })
      .map((cents) => euro((cents / 100).toFixed(2))),
    vatRate: fc.constantFrom("19", "7", "0").map(percent),
  });
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 12 }), (lines) => {
      const complete = completeAmounts(lines, "document");
      expect(arithmeticOf(complete, "document").difference.isZero()).toBe(true);
      expect(
        sum(complete.map(({ netAmount }) => netAmount)).eq(sum(lines.map((l) => l.netAmount))),
      ).toBe(true);
    }),
  );
});

// T13: 11.900,00 € gross, 10.000,00 net. Deducted in part where the authority deducts in part.
// prettier-ignore
test.each([
  { deducts: "0",    counts: "11900.00" },
  { deducts: "100",  counts: "10000.00" },
  { deducts: "37.5", counts: "11187.50" },
])("of VAT that is deducted to $deducts % the rest is a cost: $counts count", ({ deducts, counts }) => {
  const line = { grossAmount: euro("11900"), netAmount: netOf(euro("11900"), rate), ineligibleAmount: euro("0") };
  const deducted = { ...line, deductibleVat: deductibleVat(line, percent(deducts)) };
  expect(eligible(deducted).toFixed(2)).toBe(counts);
});

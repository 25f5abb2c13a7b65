import fc from "fast-check";
import { expect, test } from "vitest";
import { arithmeticOf, checkSums, completeAmounts } from "#app/domain/invoice-arithmetic.ts";
import { checkInvoice, type InvoiceContext } from "#app/domain/invoice.ts";
import { deductibleVat, eligible } from "#app/domain/invoice-line.ts";
import { euro, netOf, percent, sum } from "#app/domain/money.ts";
import { standardVatRate } from "#app/domain/vat.ts";
import { plainInvoice, plainLine } from "#tests/support/spending.ts";

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
  expect(countsOf(line, deducts)).toBe(counts);
});

// 119,00 € with 19,00 of VAT, which the authority deducts in full.
// prettier-ignore
test.each([
  { ineligible: "59.50",  reason: "other" as const, counts: "50.00", because: "VAT on the other half is deducted" },
  { ineligible: "119.00", reason: "other" as const, counts: "0.00",  because: "nothing is left to deduct from" },
  { ineligible: "19.00",  reason: "vat" as const,   counts: "100.00", because: "VAT is taken off once" },
])("$ineligible not eligible ($reason): $counts count, since $because", ({ ineligible, reason, counts }) => {
  const line = { grossAmount: euro("119"), netAmount: euro("100"), ineligibleAmount: euro(ineligible), ineligibleReason: reason };
  expect(countsOf(line, "100")).toBe(counts);
});

// A discount of 11,90 with 1,90 of VAT is the mirror of an item.
// prettier-ignore
test.each([
  { ineligible: "0",     reason: "other" as const, counts: "-10.00", because: "its VAT was deducted with the item's" },
  { ineligible: "-5.95", reason: "other" as const, counts: "-5.00",  because: "half of it is off the eligible half" },
  { ineligible: "-1.00", reason: "vat" as const,   counts: "-10.00", because: "what was entered as VAT is off once" },
])("of a discount with $ineligible not eligible ($reason) $counts count, since $because", ({ ineligible, reason, counts }) => {
  const line = { grossAmount: euro("-11.90"), netAmount: euro("-10"), ineligibleAmount: euro(ineligible), ineligibleReason: reason };
  expect(countsOf(line, "100")).toBe(counts);
});

// prettier-ignore
test.each([
  { terms: { discountRate: percent("2") },                               verdict: "discount_until_missing" },
  { terms: { discountRate: percent("0") },                               verdict: undefined },
  { terms: { discountRate: percent("2"), discountUntil: "2024-06-01" },  verdict: undefined },
  { terms: { discountRate: percent("2"), discountUntil: "2024-05-31" },  verdict: "due_before_invoice" },
  { terms: { dueOn: "2024-06-01" },                                      verdict: undefined },
  { terms: { dueOn: "2024-05-31" },                                      verdict: "due_before_invoice" },
])("an invoice of 1 June 2024 with $terms: $verdict", ({ terms, verdict }) => {
  const line = { ...plainLine, budgetLineId: "2.1", netAmount: euro("100"), grossAmount: euro("119") };
  const draft = { ...plainInvoice, supplier: "N", number: "R", invoicedOn: "2024-06-01", lines: [line], ...terms };
  const checked = checkInvoice(draft, roomyContext);
  expect("violation" in checked ? checked.violation.rule : undefined).toBe(verdict);
});

const roomyContext: InvoiceContext = {
  terms: {
    spendFrom: "2024-01-01",
    spendUntil: "2024-12-31",
    lineTolerance: percent("0"),
    isClosed: false,
  },
  budget: [
    {
      id: "2.1",
      schoolId: "s",
      school: "GS",
      code: "2.1",
      approved: euro("1000"),
      committed: euro("0"),
      invoiced: euro("0"),
      paid: euro("0"),
    },
  ],
  openOrderLines: [],
  supplierId: "s",
  fourEyes: true,
  inputTaxRate: percent("0"),
  credited: undefined,
  prepayments: [],
  today: "2026-01-01",
};

function countsOf(line: Parameters<typeof deductibleVat>[0], deducts: string): string {
  return eligible({ ...line, deductibleVat: deductibleVat(line, percent(deducts)) }).toFixed(2);
}

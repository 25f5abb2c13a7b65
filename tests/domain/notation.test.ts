import fc from "fast-check";
import { expect, test } from "vitest";
import { euro } from "#app/domain/money.ts";
import {
  amountInput,
  formatDay,
  formatEuro,
  parseDay,
  parseEuro,
  parseFactor,
  parsePercent,
} from "#app/german/notation.ts";

// prettier-ignore
test.each([
  ["1234", "1234.00"], ["1234,5", "1234.50"], ["1.234,50", "1234.50"], ["1 234,56", "1234.56"],
  ["1\u00a0234,56", "1234.56"], ["1.234.567,8", "1234567.80"], ["-12,00", "-12.00"], ["12,00-", "-12.00"],
  ["€ 5", "5.00"], ["5 EUR", "5.00"], ["5,00 €", "5.00"], [" 7 ", "7.00"], ["0", "0.00"], ["-0", "0.00"],
  ["007", "7.00"], ["999.999.999.999,99", "999999999999.99"],
])("%j is read as %s", (text, amount) => {
  expect(parseEuro(text)?.toFixed(2)).toBe(amount);
});

// prettier-ignore
test.each([
  "1.234", "12,345", "1,234.56", "1.23", "1.2345,6", "1e3", "--5", "-5-", "", " ", ",5", "5,", "12.34,5",
  "1.234.56", "1 234", "1.234 567,00", "1000000000000", "NaN", "Infinity", "5 $", "1’234,00", "0x10", "½",
])("%j is not read: it is no amount, or could be two", (text) => {
  expect(parseEuro(text)).toBeUndefined();
});

test("an amount is written as German readers know it", () => {
  expect(formatEuro("1234.5")).toBe("1.234,50\u00a0€");
  expect(formatEuro("-0.01")).toBe("-0,01\u00a0€");
  expect(formatEuro("-0")).toBe("0,00\u00a0€");
  expect(formatEuro("999999999999.99")).toBe("999.999.999.999,99\u00a0€");
  expect(formatEuro(euro("245341"))).toBe("245.341,00\u00a0€");
});

test("what is written is read again, to the cent", () => {
  const cents = fc.bigInt({ min: -99_999_999_999_999n, max: 99_999_999_999_999n });
  fc.assert(
    fc.property(cents, (value) => {
      const amount = euro("1").times(value.toString()).div(100);
      expect(parseEuro(formatEuro(amount))!.eq(amount)).toBe(true);
      expect(parseEuro(amountInput(amount))!.eq(amount)).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

test("no text is ever read as another amount than its digits say", () => {
  const characters = fc.constantFrom(..."0123456789.,- €e");
  fc.assert(
    fc.property(fc.string({ unit: characters, maxLength: 12 }), (text) => {
      const amount = parseEuro(text);
      if (!amount) return;
      const digits = text.replace(/[^\d,]/g, "");
      const [whole = "", cents = ""] = digits.split(",");
      expect(amount.abs().toFixed(2)).toBe(`${BigInt(whole)}.${cents.padEnd(2, "0")}`);
      expect(amount.isNegative() && !amount.isZero()).toBe(
        text.includes("-") && !/^[0,]*$/.test(digits),
      );
    }),
    { numRuns: 5_000 },
  );
});

// prettier-ignore
test.each([
  ["31.12.2024", "2024-12-31"], ["1.6.2024", "2024-06-01"], ["01.06.24", "2024-06-01"], ["29.02.2024", "2024-02-29"],
  ["2024-12-31", "2024-12-31"], ["31122024", "2024-12-31"], [" 1. 6. 2024 ", "2024-06-01"],
])("%j is the day %s", (text, day) => {
  expect(parseDay(text)).toBe(day);
});

// prettier-ignore
test.each(["31.02.2024", "29.02.2023", "0.1.2024", "1.13.2024", "", "morgen", "2024-13-01", "1/2/2024", "31.12.124", "2024-1-1"])(
  "%j is no day",
  (text) => {
    expect(parseDay(text)).toBeUndefined();
  },
);

test("a day is written as German readers know it", () => {
  expect(formatDay("2024-06-01")).toBe("01.06.2024");
});

test("shares and weights are read in German notation only", () => {
  expect(parsePercent("90 %")?.toString()).toBe("90");
  expect(parsePercent("12,5")?.toString()).toBe("12.5");
  expect(parsePercent("1.5")).toBeUndefined();
  expect(parseFactor("0,5")?.toString()).toBe("0.5");
  expect(parseFactor("-1")).toBeUndefined();
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { euro, factor, negated, percent, shareOf, split, sum, zero } from "#app/domain/money.ts";

test.each(["0", "-0.01", "1234.5", "1234.50", "999999999999.99", "12.340"])(
  "%s is an amount in whole cents",
  (text) => {
    expect(euro(text).toFixed(2)).toBe(Number(text).toFixed(2));
  },
);

test.each(["", "1.234,50", "12.345", "1e3", "0x10", "Infinity", "NaN", " 1", "1 ", "--1", ".5"])(
  "%j is no amount",
  (text) => {
    expect(() => euro(text)).toThrow(RangeError);
  },
);

test("a number is no amount: it may have lost the cent", () => {
  expect(() => euro(0.1 as unknown as string)).toThrow(RangeError);
});

test("no amounts sum to zero, and tenths of a cent are never lost", () => {
  expect(sum([]).toFixed(2)).toBe("0.00");
  expect(sum(Array.from({ length: 10 }, () => euro("0.10"))).toFixed(2)).toBe("1.00");
});

// prettier-ignore
test.each([
  { amount: "0.10",      rate: "5",    share: "0.01",     because: "half a cent goes up" },
  { amount: "-0.10",     rate: "5",    share: "-0.01",    because: "and away from zero" },
  { amount: "0.08",      rate: "5",    share: "0.00",     because: "less than half goes down" },
  { amount: "-0.08",     rate: "5",    share: "0.00",     because: "to a zero without a sign" },
  { amount: "92000",     rate: "90",   share: "82800.00", because: "nine tenths of a real case" },
  { amount: "522773889", rate: "90",   share: "470496500.10", because: "the Land's total, Bund's part" },
  { amount: "999999999999.99", rate: "33.33", share: "333300000000.00", because: "large amounts stay exact" },
])("$rate % of $amount is $share: $because", ({ amount, rate, share }) => {
  expect(shareOf(euro(amount), percent(rate)).toFixed(2)).toBe(share);
});

// prettier-ignore
test.each([
  { amount: "10000", weights: ["1", "1", "1"],  parts: "3333.34 3333.33 3333.33", because: "the first of equals gets the cent" },
  { amount: "10000", weights: ["1","1","1","1","1","1","1"], parts: "1428.58 1428.57 1428.57 1428.57 1428.57 1428.57 1428.57", because: "seven members" },
  { amount: "10000", weights: ["1","1","1","1","1","1","1","1","1"], parts: "1111.12 1111.11 1111.11 1111.11 1111.11 1111.11 1111.11 1111.11 1111.11", because: "nine members" },
  { amount: "0.01",  weights: ["1", "1"],       parts: "0.01 0.00",  because: "a single cent is not shared" },
  { amount: "-0.01", weights: ["1", "1"],       parts: "-0.01 0.00", because: "a reversal takes it back from the same" },
  { amount: "0.05",  weights: ["1", "2"],       parts: "0.02 0.03",  because: "the larger loss gets the cent" },
  { amount: "100",   weights: ["0", "5"],       parts: "0.00 100.00", because: "no weight, no part" },
  { amount: "0",     weights: ["3", "4"],       parts: "0.00 0.00",  because: "nothing is divided into nothing" },
  { amount: "48300", weights: ["483","612","540","377","388"], parts: "9720.38 12316.50 10867.50 7587.12 7808.50", because: "the example's joint service" },
])("$amount by $weights is $parts: $because", ({ amount, weights, parts }) => {
  const given = split(euro(amount), weights.map(factor));
  expect(given.map((part) => part.toFixed(2)).join(" ")).toBe(parts);
});

test("nothing is divided without a weight, or by weights that take each other away", () => {
  expect(() => split(euro("1"), [])).toThrow(RangeError);
  expect(() => split(euro("1"), [factor("0")])).toThrow(RangeError);
  expect(() => split(euro("1"), [factor("1"), factor("-1")])).toThrow(RangeError);
});

const cents = fc.bigInt({ min: -99_999_999_999_999n, max: 99_999_999_999_999n });
const weights = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 12 });

test("whatever is divided adds up to the cent, and its negative is its mirror", () => {
  fc.assert(
    fc.property(cents, weights, (amountInCents, raw) => {
      fc.pre(raw.some((weight) => weight > 0));
      const amount = euro("1").times(amountInCents.toString()).div(100);
      const by = raw.map((weight) => factor(String(weight)));
      const parts = split(amount, by);
      expect(sum(parts).eq(amount)).toBe(true);
      expect(split(negated(amount), by).map(String)).toEqual(parts.map(negated).map(String));
    }),
  );
});

test("no part is further than a cent from its exact share, and equal weights differ in order only", () => {
  fc.assert(
    fc.property(cents, weights, (amountInCents, raw) => {
      fc.pre(raw.some((weight) => weight > 0) && amountInCents >= 0n);
      const amount = euro("1").times(amountInCents.toString()).div(100);
      const parts = split(
        amount,
        raw.map((weight) => factor(String(weight))),
      );
      const total = raw.reduce((a, b) => a + b, 0);
      for (const [index, part] of parts.entries()) {
        // Times the total, so that the test does not divide either.
        const distance = part.times(total).minus(amount.times(raw[index]!)).abs();
        expect(distance.lessThan(factor("0.01").times(total))).toBe(true);
        const twin = raw.indexOf(raw[index]!);
        expect(parts[twin]!.minus(part).abs().lessThanOrEqualTo("0.01")).toBe(true);
        expect(parts[twin]!.greaterThanOrEqualTo(part)).toBe(true);
      }
    }),
  );
});

test("zero has no sign", () => {
  expect(Object.is(negated(zero).toNumber(), 0)).toBe(true);
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { checkCertification } from "#app/domain/certification.ts";
import { eligible } from "#app/domain/invoice-line.ts";
import { euro, percent, sum } from "#app/domain/money.ts";
import { lowered, paidLines, paidTogether } from "#app/domain/paid-line.ts";
import { checkPayment, missedDiscountOf, offeredDiscount } from "#app/domain/payment.ts";
import { payable, settlement } from "#tests/support/spending.ts";

// 1 000 are open.
// prettier-ignore
test.each([
  { paid: "1000",    discount: "0",  isPartial: false, verdict: undefined },
  { paid: "400",     discount: "0",  isPartial: true,  verdict: undefined },
  { paid: "400",     discount: "0",  isPartial: false, verdict: "payment_does_not_settle" },
  { paid: "1000.01", discount: "0",  isPartial: true,  verdict: "payment_exceeds_open" },
  { paid: "980",     discount: "20.01", isPartial: true, verdict: "payment_exceeds_open" },
  { paid: "980",     discount: "20", isPartial: true,  verdict: "payment_settles_all" },
])("$paid with $discount discount, in part: $isPartial: $verdict", ({ paid, discount, isPartial, verdict }) => {
  const draft = { paidOn: "2024-07-01", cashDiscount: euro(discount), paidAmount: euro(paid), isPartial };
  expect(checkPayment(draft, payable("1000"), "2026-01-01")?.rule).toBe(verdict);
  const uncertified = { ...payable("1000"), isCertified: false };
  expect(checkPayment(draft, uncertified, "2026-01-01")?.rule).toBe("not_certified");
});

test("parts of a payment add up to the whole on every line, to the cent", () => {
  const cents = fc.integer({ min: 1, max: 500_000 });
  const line = fc.record({ gross: cents, ineligible: fc.integer({ min: 0, max: 100 }) });
  const parts = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), parts, (given, weights) => {
      const lines = given.map(({ gross, ineligible }) => ({
        grossAmount: inEuro(gross),
        ineligibleAmount: inEuro(Math.floor((gross * ineligible) / 100)),
      }));
      const total = given.reduce((all, { gross }) => all + gross, 0);
      const all = weights.reduce((sum, weight) => sum + weight, 0);
      let left = total;
      const paid: ReturnType<typeof paidLines>[] = [];
      const before = { settlement: settlement("0"), lines: lines.map(() => paidTogether([])) };
      for (const [index, weight] of weights.entries()) {
        const isLast = index === weights.length - 1;
        const amount = isLast ? left : Math.floor((total * weight) / all);
        left -= amount;
        const one = settlement(inEuro(amount).toFixed(2));
        const now = paidLines(one, lines, {
          settlement: { ...before.settlement },
          lines: before.lines,
        });
        expect(sum(now.map((part) => part.paid)).eq(one.paidAmount)).toBe(true);
        paid.push(now);
        before.settlement.paidAmount = before.settlement.paidAmount.plus(one.paidAmount);
        before.lines = lines.map((_, place) => paidTogether(paid.map((each) => each[place]!)));
      }
      for (const [place, one] of lines.entries()) {
        expect(before.lines[place]!.eligible.eq(eligible(one))).toBe(true);
        expect(before.lines[place]!.paid.eq(one.grossAmount)).toBe(true);
      }
    }),
  );
});

test("what a credit note took off its budget line is not paid, on other lines nothing changes", () => {
  const line = (budgetLineId: string, gross: string) => {
    return { budgetLineId, grossAmount: euro(gross), ineligibleAmount: euro("0") };
  };
  const left = lowered([line("2.1", "600"), line("2.4", "400")], [line("2.1", "-200")]);
  expect(left.map(({ grossAmount }) => grossAmount.toFixed())).toEqual(["400", "400"]);
  const parts = paidLines(settlement("800"), left);
  expect(parts.map((part) => part.eligible.toFixed())).toEqual(["400", "400"]);
});

test("a discount line of the invoice is its part of the payment too", () => {
  const lines = [
    { grossAmount: euro("100"), ineligibleAmount: euro("0") },
    { grossAmount: euro("-10"), ineligibleAmount: euro("0") },
  ];
  const parts = paidLines(settlement("88.20", "1.80"), lines);
  expect(parts.map((part) => part.eligible.toFixed(2))).toEqual(["98.00", "-9.80"]);
});

test("a refund has no discount, and what was offered and not taken is missed", () => {
  const refund = { ...payable("100"), isRefund: true };
  const draft = { paidOn: "2024-07-01", cashDiscount: euro("1"), paidAmount: euro("99") };
  expect(checkPayment(draft, refund, "2026-01-01")?.rule).toBe("refund_without_discount");
  const terms = { discountRate: percent("2") };
  const late = { paidAmount: euro("11900"), cashDiscount: euro("0") };
  expect(missedDiscountOf(terms, late).toFixed()).toBe("238");
  expect(
    missedDiscountOf(terms, { paidAmount: euro("11662"), cashDiscount: euro("238") }).toFixed(),
  ).toBe("0");
  expect(missedDiscountOf({ discountRate: null }, late).toFixed()).toBe("0");
});

// A programme that deducts a discount that was offered and not taken, or one that does not.
// prettier-ignore
test.each([
  { missed: "20",    deducts: true,  verdict: undefined },
  { missed: "20",    deducts: false, verdict: "missed_discount_counts" },
  { missed: "0",     deducts: false, verdict: undefined },
  { missed: "-0.01", deducts: true,  verdict: "amount_negative" },
  { missed: "999.99", deducts: true, verdict: undefined },
  { missed: "1000",  deducts: true,  verdict: "missed_discount_too_high" },
])("$missed missed of 1 000 where the programme deducts it ($deducts): $verdict", ({ missed, deducts, verdict }) => {
  const draft = { paidOn: "2024-07-01", cashDiscount: euro("0"), paidAmount: euro("1000"), missedDiscount: euro(missed) };
  const invoice = { ...payable("1000"), deductsMissed: deducts };
  expect(checkPayment(draft, invoice, "2026-01-01")?.rule).toBe(verdict);
});

test("a payment is not of a day to come, and more discount than was offered is not missed", () => {
  const draft = { paidOn: "2024-07-01", cashDiscount: euro("0"), paidAmount: euro("1000") };
  expect(checkPayment(draft, payable("1000"), "2024-07-01")).toBeUndefined();
  expect(checkPayment(draft, payable("1000"), "2024-06-30")?.rule).toBe("in_the_future");
  const generous = { paidAmount: euro("970"), cashDiscount: euro("30") };
  expect(missedDiscountOf({ discountRate: percent("2") }, generous).toFixed()).toBe("0");
});

test("a discount is offered up to its day", () => {
  const terms = {
    discountRate: percent("2"),
    discountUntil: "2024-06-15",
    grossAmount: euro("11900"),
  };
  expect(offeredDiscount(terms, "2024-06-15").toFixed()).toBe("238");
  expect(offeredDiscount(terms, "2024-06-16").toFixed()).toBe("0");
  expect(offeredDiscount({ ...terms, discountRate: null }, "2024-06-01").toFixed()).toBe("0");
});

// prettier-ignore
test.each([
  { certifier: "b", fourEyes: true,  over: "",     on: "2024-06-01", verdict: undefined },
  { certifier: "a", fourEyes: true,  over: "",     on: "2024-06-01", verdict: "certified_by_recorder" },
  { certifier: "a", fourEyes: false, over: "",     on: "2024-06-01", verdict: undefined },
  { certifier: "a", fourEyes: false, over: "mehr", on: "2024-06-01", verdict: "certified_by_recorder" },
  { certifier: "b", fourEyes: true,  over: "",     on: "2024-05-31", verdict: "certified_before_invoice" },
  { certifier: "b", fourEyes: true,  over: "",     on: "2026-01-02", verdict: "in_the_future" },
])("recorded by a, certified by $certifier, four eyes $fourEyes, above its order '$over': $verdict", ({ certifier, fourEyes, over, on, verdict }) => {
  const invoice = { invoicedOn: "2024-06-01", isCertified: false, recordedBy: "a", overOrderReason: over };
  const rule = (given: object) => checkCertification({ certifiedOn: on, note: "" }, { ...invoice, ...given }, { certifier, fourEyes, today: "2026-01-01" })?.rule;
  expect(rule({})).toBe(verdict);
  expect(rule({ isCertified: true })).toBe("certified_before");
});

function inEuro(cents: number) {
  return euro((cents / 100).toFixed(2));
}

import fc from "fast-check";
import { expect, test } from "vitest";
import { checkCertification } from "#app/domain/certification.ts";
import { eligible } from "#app/domain/invoice-line.ts";
import { euro, sum } from "#app/domain/money.ts";
import { lowered, paidLines, paidTogether } from "#app/domain/paid-line.ts";
import { checkPayment, offeredDiscount } from "#app/domain/payment.ts";
import { payable, settlement } from "#tests/support/spending.ts";
import { percent } from "#app/domain/money.ts";

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
        const now = paidLines(one, lines, structuredCloneOf(before));
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

function structuredCloneOf<Before extends { settlement: object; lines: object[] }>(before: Before) {
  return { settlement: { ...before.settlement }, lines: [...before.lines] } as Before;
}

import { expect, test } from "vitest";
import type { ChargedLine } from "#app/domain/invoice.ts";
import { checkOrderSums, releases } from "#app/domain/invoice-order.ts";
import { euro } from "#app/domain/money.ts";
import { plainLine } from "#tests/support/spending.ts";

// 5 000 of the order line are open.
// prettier-ignore
test.each([
  { amounts: ["4000"],          released: ["4000"],         because: "as much as is invoiced" },
  { amounts: ["6000"],          released: ["5000"],         because: "as much as is open" },
  { amounts: ["4000", "-1000"], released: ["3000", "0"],    because: "a discount is not delivered" },
  { amounts: ["-1000", "4000"], released: ["0", "3000"],    because: "nor where it comes first" },
  { amounts: ["6000", "-2000"], released: ["4000", "0"],    because: "together they are within the order" },
  { amounts: ["1000", "-1000"], released: ["0", "0"],       because: "nothing is left of it" },
])("$amounts against an order release $released: $because", ({ amounts, released }) => {
  expect(releases(amounts.map(against), [ordered]).map((one) => one.toFixed())).toEqual(released);
});

test("above its order an invoice needs a reason, and a second person who confirms it", () => {
  const rule = (amounts: string[], fourEyes: boolean, overOrderReason = "") =>
    checkOrderSums({ overOrderReason }, amounts.map(against), {
      openOrderLines: [ordered],
      fourEyes,
    })?.rule;
  expect(rule(["5000"], false)).toBeUndefined();
  expect(rule(["6000", "-1000"], false)).toBeUndefined();
  expect(rule(["3000", "2000.01"], true)).toBe("exceeds_order_needs_reason");
  expect(rule(["5000.01"], true, "Preis gestiegen")).toBeUndefined();
  expect(rule(["5000.01"], false, "Preis gestiegen")).toBe("exceeds_order");
});

const ordered = {
  id: "o",
  orderId: "O",
  budgetLineId: "2.1",
  supplierId: "s",
  orderedOn: "2024-03-01",
  open: euro("5000"),
};

function against(amount: string): ChargedLine {
  return {
    ...plainLine,
    kind: amount.startsWith("-") ? "discount" : "item",
    budgetLineId: "2.1",
    orderLineId: "o",
    netAmount: euro(amount),
    grossAmount: euro(amount),
    treatment: "investment",
    deductibleVat: euro("0"),
  };
}

import { expect, test } from "vitest";
import type { BudgetLine } from "#app/domain/budget.ts";
import type { SpendingTerms } from "#app/domain/order.ts";
import { checkInvoice, type InvoiceDraft } from "#app/domain/invoice.ts";
import { postingsOfInvoice } from "#app/domain/invoice-postings.ts";
import type { InvoiceLineDraft } from "#app/domain/invoice-line.ts";
import { euro, netOf, percent, sum } from "#app/domain/money.ts";
import { checkOrder, checkOrderClosure, type OpenOrderLine } from "#app/domain/order.ts";
import { paidLines } from "#app/domain/paid-line.ts";
import { checkPayment, postingsOfPayment } from "#app/domain/payment.ts";
import { payable, plainInvoice, plainLine, settlement } from "#tests/support/spending.ts";

// Two lines of 10 000 each; 2.1 may be overrun to 12 000 as long as 2.4 saves as much.
// prettier-ignore
test.each([
  { on: "2024-02-01", amount: "1.00",     of: "2.1", verdict: undefined,                 because: "the first day counts" },
  { on: "2024-12-31", amount: "1.00",     of: "2.1", verdict: undefined,                 because: "the last day counts" },
  { on: "2024-01-31", amount: "1.00",     of: "2.1", verdict: "outside_approval_period", because: "it is a day early" },
  { on: "2025-01-01", amount: "1.00",     of: "2.1", verdict: "outside_approval_period", because: "it is a day late" },
  { on: "2024-06-01", amount: "1.00",     of: "9.9", verdict: "line_not_in_grant",       because: "the line is of another grant" },
  { on: "2024-06-01", amount: "0.00",     of: "2.1", verdict: "amount_not_positive",     because: "nothing is no invoice" },
  { on: "2024-06-01", amount: "-1.00",    of: "2.1", verdict: "amount_not_positive",     because: "less than nothing neither" },
  { on: "2024-06-01", amount: "12000.00", of: "2.1", verdict: undefined,                 because: "a fifth over is tolerated" },
  { on: "2024-06-01", amount: "12000.01", of: "2.1", verdict: "exceeds_line",            because: "a cent more is not" },
])("$amount on line $of, $on: $because", ({ on, amount, of, verdict }) => {
  expect(ruleOf(draftWith([line({ budgetLineId: of, grossAmount: euro(amount) })], on))).toBe(verdict);
});

test("a day that has not come is refused", () => {
  const today = "2024-05-31";
  expect(ruleOf(draftWith([line({})], "2024-06-01"), { today })).toBe("in_the_future");
});

test("running costs are refused on a grant, outside advice for an investment is not", () => {
  expect(ruleOf(draftWith([line({ costKind: "running" })]))).toBe("running_cost_on_grant");
  const advice = { costKind: "accompanying" as const, accompaniesId: "2.1" };
  const accompanyingReason = "Planung des Schulnetzes";
  expect(ruleOf(draftWith([line({ ...advice, accompanyingReason })]))).toBeUndefined();
  expect(ruleOf(draftWith([line(advice)]))).toBe("accompanying_needs_reason");
  const elsewhere = { ...advice, accompanyingReason, accompaniesId: "of another grant" };
  expect(ruleOf(draftWith([line(elsewhere)]))).toBe("accompanying_needs_investment");
  const lines = [{ ...line({ costKind: "running" }) }];
  expect(
    checkOrder(
      {
        supplier: "",
        number: "",
        orderedOn: "2024-06-01",
        awardKind: "direct",
        awardReference: "",
        awardReason: "",
        lines,
      },
      { terms, budget, procurement: [], today: "2026-01-01" },
    )?.rule,
  ).toBe("running_cost_on_grant");
});

test("lines of one invoice count together, and the refusal names what is left for the second", () => {
  const twice = [line({ grossAmount: euro("7000") }), line({ grossAmount: euro("5000.01") })];
  expect(checkInvoice(draftWith(twice), context)).toEqual({
    violation: { field: "lines[1].grossAmount", rule: "exceeds_line", available: euro("5000") },
  });
});

test("the total holds, whatever a line's tolerance would allow", () => {
  const spent = [budgetLine("2.1", "11000"), budgetLine("2.4", "8500")];
  const draft = draftWith([line({ grossAmount: euro("500.01") })]);
  expect(checkInvoice(draft, { ...context, budget: spent })).toEqual({
    violation: {
      field: "lines[0].grossAmount",
      rule: "exceeds_approved_total",
      available: euro("500"),
    },
  });
});

test("what an order has committed is not charged again, what goes beyond it is", () => {
  const ordered = [
    { ...budgetLine("2.1", "0"), committed: euro("12000") },
    budgetLine("2.4", "8000"),
  ];
  const against = (amount: string) =>
    draftWith([line({ grossAmount: euro(amount), orderLineId: "o" })]);
  expect(releasedBy(against("12000"), { budget: ordered, ...open })).toEqual(["12000"]);
  expect(checkInvoice(against("12000.01"), { ...context, budget: ordered, ...open })).toEqual({
    violation: {
      field: "lines[0].grossAmount",
      rule: "exceeds_approved_total",
      // What the order holds ready counts as available to its own invoice.
      available: euro("12000"),
    },
  });
});

test("two lines of an invoice release an order line once", () => {
  const draft = draftWith([
    line({ grossAmount: euro("8000"), orderLineId: "o" }),
    line({ grossAmount: euro("8000"), orderLineId: "o" }),
  ]);
  const ordered = [{ ...budgetLine("2.1", "0"), committed: euro("12000") }, budgetLine("2.4", "0")];
  const terms20k = { ...terms, lineTolerance: percent("100") };
  const above = { ...draft, overOrderReason: "Preis gestiegen" };
  const given = { terms: terms20k, budget: ordered, ...open };
  expect(releasedBy(above, given)).toEqual(["8000", "4000"]);
});

// prettier-ignore
test.each([
  { given: { orderLineId: "x" },                    rule: "order_line_not_open",     because: "it is closed or of another grant" },
  { given: { orderLineId: "o", budgetLineId: "2.4" }, rule: "order_of_other_line",   because: "it binds another line's money" },
])("an invoice against an order line is refused: $because", ({ given, rule }) => {
  expect(ruleOf(draftWith([line(given)]), open)).toBe(rule);
});

test("an invoice fulfils only its supplier's order, and not before it was placed", () => {
  const draft = draftWith([line({ orderLineId: "o" })]);
  expect(ruleOf(draft, { ...open, supplierId: "other" })).toBe("order_of_other_supplier");
  expect(ruleOf(draft, { ...open, supplierId: undefined })).toBe("order_of_other_supplier");
  const early = draftWith([line({ orderLineId: "o" })], "2024-02-28");
  expect(ruleOf(early, open)).toBe("before_its_order");
});

// prettier-ignore
test.each([
  { ineligible: "19",   reason: "vat",     verdict: undefined },
  { ineligible: "19",   reason: undefined, verdict: "ineligible_needs_reason" },
  { ineligible: "119",  reason: "vat",     verdict: "nothing_eligible" },
  { ineligible: "119.01", reason: "vat",   verdict: "ineligible_out_of_range" },
  { ineligible: "-1",   reason: "vat",     verdict: "ineligible_out_of_range" },
] as const)("$ineligible of 119 not eligible, reason $reason: $verdict", ({ ineligible, reason, verdict }) => {
  const given = { grossAmount: euro("119"), ineligibleAmount: euro(ineligible), ineligibleReason: reason };
  expect(ruleOf(draftWith([line(given)]))).toBe(verdict);
});

test("what is not eligible never touches the budget line", () => {
  const lines = [
    {
      ...line({ grossAmount: euro("119"), ineligibleAmount: euro("19") }),
      deductibleVat: null,
      releasedAmount: euro("60"),
    },
  ];
  const postings = postingsOfInvoice({
    supplier: "N",
    number: "R",
    invoicedOn: "2024-06-01",
    kind: "invoice",
    lines,
    shifts: [],
  });
  expect(postings.map(({ figure, amount }) => `${figure} ${amount}`)).toEqual([
    "committed -60",
    "invoiced 100",
  ]);
});

// 11.900,00 gross with 2 % cash discount taken: 11.662,00 are paid and count (T13 of the rules).
// prettier-ignore
test.each([
  { discount: "238", paid: "11662",    verdict: undefined },
  { discount: "0",   paid: "11900",    verdict: undefined },
  { discount: "238", paid: "11900",    verdict: "payment_does_not_settle" },
  { discount: "0",   paid: "11899.99", verdict: "payment_does_not_settle" },
  { discount: "-1",  paid: "11901",    verdict: "amount_negative" },
  { discount: "11900", paid: "0",      verdict: "amount_not_positive" },
])("$paid paid with $discount discount: $verdict", ({ discount, paid, verdict }) => {
  const draft = { paidOn: "2024-07-01", cashDiscount: euro(discount), paidAmount: euro(paid) };
  expect(checkPayment(draft, payable("11900"), "2026-01-01")?.rule).toBe(verdict);
  expect(checkPayment(draft, payable("0"), "2026-01-01")?.rule).toBe("paid_before");
});

test("an invoice is not paid before it is written, nor before the reversal of an earlier payment", () => {
  const rule = (paidOn: string, replacedUntil: string | null) =>
    checkPayment(
      { paidOn, cashDiscount: euro("0"), paidAmount: euro("1") },
      { ...payable("1"), replacedUntil },
      "2026-01-01",
    )?.rule;
  expect(rule("2024-05-31", null)).toBe("paid_before_demand");
  expect(rule("2024-06-02", "2024-06-03")).toBe("before_reversal_of_replaced");
  expect(rule("2024-06-03", "2024-06-03")).toBeUndefined();
});

test("a discount is divided over lines and over what is eligible of them, to the cent", () => {
  const lines = [
    { grossAmount: euro("100"), ineligibleAmount: euro("33.33") },
    { grossAmount: euro("50.01"), ineligibleAmount: euro("0") },
  ];
  const parts = paidLines(settlement("147.00", "3.01"), lines);
  expect(sum(parts.map(({ discount }) => discount)).toFixed(2)).toBe("3.01");
  for (const [index, part] of parts.entries()) {
    expect(part.paid.eq(part.eligible.plus(part.ineligible))).toBe(true);
    expect(part.paid.plus(part.discount).eq(lines[index]!.grossAmount)).toBe(true);
  }
  const booked = postingsOfPayment({
    supplier: "N",
    number: "R",
    kind: "invoice",
    paidOn: "2024-07-01",
    lines: parts.map((part) => ({ ...part, budgetLineId: "2.1" })),
  });
  const paid = booked.filter(({ figure }) => figure === "paid").map(({ amount }) => amount);
  expect(sum(paid).eq(sum(parts.map(({ eligible }) => eligible)))).toBe(true);
});

// prettier-ignore
test.each([
  { on: "2024-06-01", open: "10", verdict: undefined },
  { on: "2024-05-31", open: "10", verdict: "closed_before_last_deed" },
  { on: "2026-01-02", open: "10", verdict: "in_the_future" },
  { on: "2024-06-01", open: "0",  verdict: "nothing_to_free" },
])("an order with $open open is closed on $on: $verdict", ({ on, open, verdict }) => {
  const order = { lastDeedOn: "2024-06-01", open: euro(open) };
  expect(checkOrderClosure({ closedOn: on, reason: "" }, order, "2026-01-01")?.rule).toBe(verdict);
});

const terms: SpendingTerms = {
  spendFrom: "2024-02-01",
  spendUntil: "2024-12-31",
  lineTolerance: percent("20"),
  isClosed: false,
};
const budget = [budgetLine("2.1", "0"), budgetLine("2.4", "0")];
const context = {
  terms,
  budget,
  openOrderLines: [] as OpenOrderLine[],
  supplierId: "s" as string | undefined,
  fourEyes: true,
  inputTaxRate: percent("0"),
  credited: undefined,
  prepayments: [],
  today: "2026-01-01",
};
const open = {
  openOrderLines: [
    {
      id: "o",
      orderId: "O",
      budgetLineId: "2.1",
      supplierId: "s",
      orderedOn: "2024-03-01",
      open: euro("12000"),
    },
  ],
};

function releasedBy(draft: InvoiceDraft, given: Partial<typeof context>) {
  const checked = checkInvoice(draft, { ...context, ...given });
  if ("violation" in checked) throw new Error(checked.violation.rule);
  return checked.lines.map(({ releasedAmount }) => releasedAmount.toFixed());
}

function ruleOf(draft: InvoiceDraft, given: Partial<typeof context> = {}) {
  const checked = checkInvoice(draft, { ...context, ...given });
  return "violation" in checked ? checked.violation.rule : undefined;
}

function draftWith(lines: InvoiceLineDraft[], invoicedOn = "2024-06-01"): InvoiceDraft {
  return { ...plainInvoice, supplier: "Netzwerk GmbH", number: "R-1", invoicedOn, lines };
}

function line(given: Partial<InvoiceLineDraft>): InvoiceLineDraft {
  return {
    ...plainLine,
    budgetLineId: "2.1",
    netAmount: netOf(given.grossAmount ?? euro("100"), percent("19")),
    grossAmount: euro("100"),
    ...given,
  };
}

function budgetLine(code: string, invoiced: string): BudgetLine {
  return {
    id: code,
    schoolId: "A",
    school: "GS A",
    code,
    approved: euro("10000"),
    committed: euro("0"),
    invoiced: euro(invoiced),
    paid: euro("0"),
  };
}

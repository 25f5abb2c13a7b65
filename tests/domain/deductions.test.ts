import { expect, test } from "vitest";
import type { CreditedInvoice } from "#app/domain/credit.ts";
import type { Prepayment } from "#app/domain/prepayment.ts";
import { checkInvoice, type InvoiceDraft } from "#app/domain/invoice.ts";
import { postingsOfInvoice } from "#app/domain/invoice-postings.ts";
import { eligible, type InvoiceLineDraft } from "#app/domain/invoice-line.ts";
import { euro, negated, netOf, percent, sum } from "#app/domain/money.ts";
import { paidLines } from "#app/domain/paid-line.ts";
import { plainInvoice, plainLine, settlement } from "#tests/support/spending.ts";

const prepaid: Prepayment = {
  id: "p",
  supplierId: "s",
  number: "AB 1",
  lines: [{ budgetLineId: "2.1", eligible: euro("3000"), ineligible: euro("0") }],
};

// A delivery of 10 000, of which 3 000 were prepaid.
// prettier-ignore
test.each([
  { off: "-3000",    of: "p", verdict: undefined },
  { off: "-3000.01", of: "p", verdict: "prepayment_exceeded" },
  { off: "-3000",    of: "x", verdict: "prepayment_missing" },
  { off: "-3000",    of: undefined, verdict: "prepayment_missing" },
])("a final invoice takes off $off of prepayment $of: $verdict", ({ off, of, verdict }) => {
  const lines = [line("10000"), line(off, { kind: "prepayment", prepaidId: of })];
  expect(ruleOf({ ...draft(lines), kind: "final" }, { prepayments: [prepaid] })).toBe(verdict);
});

test("a prepayment is of the same supplier, and counts once for two lines", () => {
  const off = (amount: string) => line(amount, { kind: "prepayment", prepaidId: "p" });
  const given = { prepayments: [prepaid] };
  const twice = {
    ...draft([line("10000"), off("-2000"), off("-1000.01")]),
    kind: "final" as const,
  };
  expect(ruleOf(twice, given)).toBe("prepayment_exceeded");
  const other = { ...given, supplierId: "other" };
  expect(ruleOf({ ...draft([line("10000"), off("-1")]), kind: "final" }, other)).toBe(
    "prepayment_missing",
  );
});

// prettier-ignore
test.each([
  { lines: [line("100"), line("-10", { kind: "discount" })],                        verdict: undefined },
  { lines: [line("100"), line("-100", { kind: "discount" })],                       verdict: undefined },
  { lines: [line("100"), line("-100.01", { kind: "discount" })],                    verdict: "deduction_exceeds_line" },
  { lines: [line("100"), line("-10", { kind: "discount", budgetLineId: "2.4" })],   verdict: "deduction_exceeds_line" },
  { lines: [line("100"), line("-10")],                                              verdict: "amount_not_positive" },
  { lines: [line("100"), line("0", { kind: "discount" })],                          verdict: "amount_not_positive" },
])("a discount stays within what the invoice has on its line: $verdict", ({ lines, verdict }) => {
  expect(ruleOf(draft(lines))).toBe(verdict);
});

test("a discount makes room for the items that it is for", () => {
  const items = [line("10050"), line("-50", { kind: "discount" })];
  expect(ruleOf(draft(items))).toBeUndefined();
  expect(ruleOf(draft([line("10050"), line("-49.99", { kind: "discount" })]))).toBe(
    "exceeds_approved_total",
  );
});

test("a prepayment is taken off as eligible as it was booked, whatever is entered", () => {
  const half = {
    ...prepaid,
    lines: [{ budgetLineId: "2.1", eligible: euro("1500"), ineligible: euro("1500") }],
  };
  const off = {
    kind: "prepayment",
    prepaidId: "p",
    ineligibleAmount: euro("-3000"),
    ineligibleReason: "other",
  } as const;
  const lines = [
    line("8000", { ineligibleAmount: euro("4000"), ineligibleReason: "other" }),
    line("-3000", off),
  ];
  const checked = check({ ...draft(lines), kind: "final" }, { prepayments: [half] });
  if ("violation" in checked) throw new Error(checked.violation.rule);
  expect(checked.lines.map((one) => eligible(one).toFixed())).toEqual(["4000", "-1500"]);
});

test("what is taken off is as eligible as it was, though VAT is deducted now, and no more than is there", () => {
  const half = {
    ...prepaid,
    lines: [{ budgetLineId: "2.1", eligible: euro("1500"), ineligible: euro("1500") }],
  };
  const off = line("-3000", { kind: "prepayment", prepaidId: "p" });
  const given = { prepayments: [half], inputTaxRate: percent("100") };
  // 1 500 of the 9 500 are deducted as VAT, as many are not eligible of the prepayment.
  const enough = check({ ...draft([line("9500"), off]), kind: "final" }, given);
  if ("violation" in enough) throw new Error(enough.violation.rule);
  expect(enough.lines.map((one) => eligible(one).toFixed(2))).toEqual(["7983.19", "-1500.00"]);
  const short = { ...draft([line("9000"), off]), kind: "final" as const };
  expect(ruleOf(short, given)).toBe("deduction_exceeds_line");
});

// An invoice of 1 000 on 2.1 and 500 on 2.4, a fifth of the second not eligible; 600 are paid.
const invoiced = [
  {
    budgetLineId: "2.1",
    grossAmount: euro("1000"),
    ineligibleAmount: euro("0"),
    vat: euro("0"),
    costKind: "investment" as const,
    treatment: "investment" as const,
  },
  {
    budgetLineId: "2.4",
    grossAmount: euro("500"),
    ineligibleAmount: euro("100"),
    vat: euro("0"),
    costKind: "investment" as const,
    treatment: "investment" as const,
  },
];
const credited = paid("600");

// prettier-ignore
test.each([
  { amount: "100",  paid: "600",  invoiced: "2.1 -100",  less: "2.1 -14.29 2.4 11.43",  owed: "0" },
  { amount: "1000", paid: "600",  invoiced: "2.1 -1000", less: "2.1 -400 2.4 240", owed: "-100" },
  { amount: "100",  paid: "1500", invoiced: "2.1 -100",  less: "2.1 -100", owed: "-100" },
  { amount: "1000", paid: "0",    invoiced: "2.1 -1000", less: "",         owed: "0" },
])("$amount credited on 2.1 of an invoice of which $paid are paid", ({ amount, paid: already, invoiced, less, owed }) => {
  const checked = check(creditNote([line(amount)], "2024-06-01"), { credited: paid(already) });
  if ("violation" in checked) throw new Error(checked.violation.rule);
  const shifts = checked.shifts.map((shift, place) => ({ ...shift, budgetLineId: credited.lines[place]!.budgetLineId }));
  const postings = postingsOfInvoice({ supplier: "N", number: "G", invoicedOn: "2024-06-01", kind: "credit_note", lines: checked.lines, shifts });
  const of = (figure: string) => postings.filter((one) => one.figure === figure).map((one) => `${one.accountId} ${one.amount}`).join(" ");
  expect(of("invoiced")).toBe(invoiced);
  expect(of("paid")).toBe(less);
  expect(sum(checked.shifts.map((shift) => shift.paid)).toFixed()).toBe(owed);
});

test("a credit note is as eligible as the invoice that it lowers, whatever is entered", () => {
  const claimed = {
    budgetLineId: "2.4",
    ineligibleAmount: euro("250"),
    ineligibleReason: "other",
  } as const;
  const checked = check(creditNote([line("250", claimed)], "2024-06-01"), { credited });
  if ("violation" in checked) throw new Error(checked.violation.rule);
  expect(checked.lines.map((one) => eligible(one).toFixed())).toEqual(["-200"]);
  // Small as it is, it lowers an investment.
  expect(checked.lines[0]!.treatment).toBe("investment");
});

test("a credit note takes deducted VAT back as VAT, other parts as others, and no order", () => {
  const lines = [{ ...invoiced[1]!, vat: euro("60") }];
  const one = { ...paid("0"), lines, settled: paidLines(settlement("0"), lines) };
  const note = line("250", { budgetLineId: "2.4", orderLineId: "o" });
  const checked = check(creditNote([note], "2024-06-01"), { credited: one });
  if ("violation" in checked) throw new Error(checked.violation.rule);
  const [booked] = checked.lines;
  expect(booked!.deductibleVat.toFixed()).toBe("-30");
  expect(booked!.ineligibleAmount.toFixed()).toBe("-20");
  expect(booked!.orderLineId).toBeUndefined();
});

// prettier-ignore
test.each([
  { given: { amount: "1000.01" },                      verdict: "credit_exceeds_invoice" },
  { given: { amount: "100", budgetLineId: "2.2" },     verdict: "credit_exceeds_invoice" },
  { given: { amount: "100", on: "2024-05-19" },        verdict: "credited_before_last_deed" },
  { given: { amount: "100", on: "2026-01-02" },        verdict: "outside_approval_period" },
  { given: { amount: "100", on: "2025-06-01" },        verdict: undefined },
  { given: { amount: "100", supplierId: "other" },     verdict: "credited_of_other_supplier" },
  { given: { amount: "100", credited: undefined },     verdict: "credited_missing" },
  { given: { amount: "100", credited: { ...credited, isCut: true } },     verdict: "credited_is_cut" },
  { given: { amount: "100", credited: { ...credited, taken: [{ budgetLineId: "2.1", grossAmount: euro("-900.01") }] } }, verdict: "credit_exceeds_invoice" },
] as { given: Given; verdict: string | undefined }[])("a credit note of $given.amount: $verdict", ({ given, verdict }) => {
  const { amount, on = "2024-06-01", budgetLineId = "2.1", ...context } = given;
  expect(ruleOf(creditNote([line(amount, { budgetLineId })], on), { credited, ...context })).toBe(verdict);
});

test("a lowering line in a credit note does not raise the costs", () => {
  const lowering = [line("-50", { kind: "discount" })];
  expect(ruleOf(creditNote(lowering, "2024-06-01"), { credited })).toBe("credit_exceeds_invoice");
  const less = [line("80"), line("-30", { kind: "discount" })];
  const checked = check(creditNote(less, "2024-06-01"), { credited: paid("1500") });
  if ("violation" in checked) throw new Error(checked.violation.rule);
  expect(sum(checked.shifts.map((shift) => shift.paid)).toFixed()).toBe("-50");
});

function paid(amount: string): CreditedInvoice {
  const whole = settlement(amount);
  return {
    id: "i",
    supplierId: "s",
    lastDeedOn: "2024-05-20",
    isCut: false,
    lines: invoiced,
    credits: [],
    taken: [],
    settlement: whole,
    settled: paidLines(whole, invoiced),
  };
}

test("a discount is less than the whole", () => {
  const offered = { discountUntil: "2024-06-15", discountRate: percent("100") };
  expect(ruleOf({ ...draft([line("100")]), ...offered })).toBe("discount_rate_too_high");
  expect(
    ruleOf({ ...draft([line("100")]), ...offered, discountRate: percent("3") }),
  ).toBeUndefined();
});

test("only a credit note lowers an invoice, only a deduction takes off a prepayment", () => {
  expect(ruleOf({ ...draft([line("100")]), creditedId: "i" })).toBe("credited_by_invoice");
  expect(ruleOf(draft([line("100", { prepaidId: "p" })]))).toBe("prepaid_without_deduction");
});

type Given = {
  amount: string;
  on?: string;
  budgetLineId?: string;
  supplierId?: string;
  credited?: CreditedInvoice | undefined;
};

const context = {
  terms: {
    spendFrom: "2024-02-01",
    spendUntil: "2024-12-31",
    lineTolerance: percent("0"),
    isClosed: false,
  },
  budget: ["2.1", "2.4"].map((code) => ({
    id: code,
    schoolId: "s",
    school: "GS",
    code,
    approved: euro(code === "2.1" ? "10000" : "0"),
    committed: euro("0"),
    invoiced: euro("0"),
    paid: euro("0"),
  })),
  openOrderLines: [],
  supplierId: "s",
  fourEyes: true,
  inputTaxRate: percent("0"),
  credited: undefined as CreditedInvoice | undefined,
  prepayments: [] as Prepayment[],
  today: "2026-01-01",
};

function check(one: InvoiceDraft, given: Partial<typeof context> = {}) {
  return checkInvoice(one, { ...context, ...given });
}

function ruleOf(one: InvoiceDraft, given: Partial<typeof context> = {}) {
  const checked = check(one, given);
  return "violation" in checked ? checked.violation.rule : undefined;
}

function draft(lines: InvoiceLineDraft[]): InvoiceDraft {
  return { ...plainInvoice, supplier: "N", number: "R-1", invoicedOn: "2024-06-01", lines };
}

function creditNote(lines: InvoiceLineDraft[], invoicedOn: string): InvoiceDraft {
  return { ...draft(lines), kind: "credit_note", creditedId: "i", invoicedOn };
}

function line(amount: string, given: Partial<InvoiceLineDraft> = {}): InvoiceLineDraft {
  const gross = euro(amount);
  const net = gross.lessThan(0)
    ? negated(netOf(negated(gross), percent("19")))
    : netOf(gross, percent("19"));
  return { ...plainLine, budgetLineId: "2.1", netAmount: net, grossAmount: gross, ...given };
}

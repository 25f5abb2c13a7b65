import { expect, test } from "vitest";
import type { CreditedInvoice, Prepayment } from "#app/domain/deduction.ts";
import { checkInvoice, type InvoiceDraft, postingsOfInvoice } from "#app/domain/invoice.ts";
import type { InvoiceLineDraft } from "#app/domain/invoice-line.ts";
import { euro, negated, netOf, percent } from "#app/domain/money.ts";
import { plainInvoice, plainLine } from "#tests/support/spending.ts";

const prepaid: Prepayment = { id: "p", supplierId: "s", number: "AB 1", left: euro("3000") };

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

// The invoice stands with 1 000 eligible on 2.1, of which 400 are paid, and 19 that are not eligible.
const credited: CreditedInvoice = {
  id: "i",
  supplierId: "s",
  invoicedOn: "2024-05-01",
  lastDeedOn: "2024-05-20",
  lines: [
    { budgetLineId: "2.1", eligible: euro("1000"), ineligible: euro("19"), paid: euro("400") },
  ],
};

// prettier-ignore
test.each([
  { amount: "600",     on: "2024-06-01", repaid: "0",   because: "what is open is lowered first" },
  { amount: "600.01",  on: "2024-06-01", repaid: "0.01", because: "then what was paid is owed" },
  { amount: "1000",    on: "2024-05-20", repaid: "400", because: "the whole may be credited" },
])("a credit note of $amount takes $repaid back, since $because", ({ amount, on, repaid }) => {
  const checked = check(creditNote([line(amount)], on), { credited });
  if ("violation" in checked) throw new Error(checked.violation.rule);
  const [booked] = checked.lines;
  expect(booked!.grossAmount.toFixed()).toBe(`-${amount}`);
  expect(booked!.repaidAmount.toFixed()).toBe(repaid);
  const postings = postingsOfInvoice({ supplier: "N", number: "G", invoicedOn: on, kind: "credit_note", lines: checked.lines });
  const expected = [`invoiced -${amount}`, ...(repaid === "0" ? [] : [`paid -${repaid}`])];
  expect(postings.map((one) => `${one.figure} ${one.amount}`)).toEqual(expected);
});

// prettier-ignore
test.each([
  { given: { amount: "1000.01" },                             verdict: "credit_exceeds_invoice" },
  { given: { amount: "100", budgetLineId: "2.4" },            verdict: "credit_exceeds_invoice" },
  { given: { amount: "100", on: "2024-05-19" },               verdict: "credited_before_last_deed" },
  { given: { amount: "100", supplierId: "other" },            verdict: "credited_of_other_supplier" },
  { given: { amount: "100", credited: undefined },            verdict: "credited_missing" },
])("a credit note is refused: $verdict", ({ given, verdict }) => {
  const { amount, on = "2024-06-01", budgetLineId = "2.1", ...context } = given as Given;
  expect(ruleOf(creditNote([line(amount, { budgetLineId })], on), { credited, ...context })).toBe(verdict);
});

test("what of a credit note is not eligible stays within what is not eligible of the invoice", () => {
  const vat = (part: string) =>
    line("119", { ineligibleAmount: euro(part), ineligibleReason: "vat" });
  expect(ruleOf(creditNote([vat("19")], "2024-06-01"), { credited })).toBeUndefined();
  expect(ruleOf(creditNote([vat("19.01")], "2024-06-01"), { credited })).toBe(
    "credit_exceeds_invoice",
  );
});

type Given = { amount: string; on?: string; budgetLineId?: string; supplierId?: string };

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

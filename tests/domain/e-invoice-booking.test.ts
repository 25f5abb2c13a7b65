/** Where an e-invoice is likely to be booked. */
import { describe, expect, test } from "vitest";
import { type KnownSeller, placed } from "#app/domain/e-invoice-booking.ts";
import { invoiceProposalOf } from "#app/domain/e-invoice-proposal.ts";
import { euro } from "#app/domain/money.ts";
import { eInvoice, eInvoiceLine } from "#tests/support/stated-invoice.ts";

const s19 = { category: "S", rate: "19" };
const stranger: KnownSeller = {
  usualLine: undefined,
  orderLines: [],
  prepayments: [],
  invoices: [],
};
const orderLine = (id: string, budgetLineId: string, description: string) => {
  return { id, number: "A-2021/5", budgetLineId, description };
};

type Given = Parameters<typeof eInvoice>[0];

function place(given: Given, seller: Partial<KnownSeller> = {}) {
  const invoice = eInvoice(given);
  return placed(invoiceProposalOf(invoice), invoice, { ...stranger, ...seller });
}

describe("lines go where the order says, else where the seller's last invoice went", () => {
  test("of a seller who is new nothing is guessed", () => {
    expect(place({}).lines[0]).toMatchObject({ budgetLineId: undefined, orderLineId: undefined });
  });

  test("the usual line of the seller", () => {
    expect(place({}, { usualLine: "2.1" }).lines[0]!.budgetLineId).toBe("2.1");
  });

  test("the only line of the order, however the seller writes its number", () => {
    const orderLines = [orderLine("o1", "2.4", "Netz")];
    const { lines } = place({ orderReference: "a 2021-5" }, { usualLine: "2.1", orderLines });
    expect(lines[0]).toMatchObject({ budgetLineId: "2.4", orderLineId: "o1" });
    const other = place({ orderReference: "A-2021/55" }, { usualLine: "2.1", orderLines });
    expect(other.lines[0]).toMatchObject({ budgetLineId: "2.1", orderLineId: undefined });
  });

  test("of several order lines the one of the same name, else only their common budget line", () => {
    const orderLines = [orderLine("o1", "2.4", "Netz"), orderLine("o2", "2.4", "tablet")];
    const lines = ["Tablet", "Fracht"].map((name) => ({ ...eInvoiceLine("50", s19), name }));
    const result = place({ orderReference: "A-2021/5", lines }, { orderLines });
    expect(
      result.lines.map(({ budgetLineId, orderLineId }) => [budgetLineId, orderLineId]),
    ).toEqual([
      ["2.4", "o2"],
      ["2.4", undefined],
    ]);
  });
});

describe("what was paid on account is taken off where the book knows for what", () => {
  const totals = { prepaid: "50", due: "69" };
  const prepayment = (id: string, left: string) => {
    const lines = [{ budgetLineId: "2.1", eligible: euro(left), ineligible: euro("0") }];
    return { id, supplierId: "s", number: id, lines };
  };

  // prettier-ignore
  test.each([
    { what: "the only one",             prepayments: [prepayment("AR-1", "50")],                               preceding: [],       taken: "AR-1" },
    { what: "the one that is named",    prepayments: [prepayment("AR-1", "50"), prepayment("AR-2", "60")],     preceding: ["ar 2"], taken: "AR-2" },
    { what: "none of several unnamed",  prepayments: [prepayment("AR-1", "50"), prepayment("AR-2", "60")],     preceding: [],       taken: undefined },
    { what: "none that is too small",   prepayments: [prepayment("AR-1", "49.99")],                            preceding: ["AR-1"], taken: undefined },
    { what: "none where there is none", prepayments: [],                                                       preceding: ["AR-1"], taken: undefined },
  ])("$what", ({ prepayments, preceding, taken }) => {
    const precedingInvoices = preceding.map((number) => ({ number, issuedOn: null }));
    const result = place({ totals, precedingInvoices }, { prepayments });
    const deduction = result.lines.find(({ kind }) => kind === "prepayment");
    expect(deduction?.prepaidId).toBe(taken);
    expect(result.kind).toBe(taken ? "final" : "invoice");
    expect(result.isPrepaidUnknown).toBe(!taken);
    if (deduction) expect(deduction.grossAmount.toFixed(2)).toBe("-50.00");
  });
});

test("a credit note lowers the invoice that it names", () => {
  const precedingInvoices = [{ number: "RE 1", issuedOn: null }];
  const invoices = [{ id: "i1", number: "re-1" }];
  expect(place({ typeCode: "381", precedingInvoices }, { invoices }).creditedId).toBe("i1");
  expect(place({ typeCode: "380", precedingInvoices }, { invoices }).creditedId).toBeUndefined();
});

test("sums that are not ours ask for a reason", () => {
  expect(place({}).needsReason).toBe(false);
  const vat = [{ ...s19, taxable: "100", tax: "18.90", exemption: null }];
  expect(place({ vat, totals: { vat: "18.90", gross: "118.90" } }).needsReason).toBe(true);
});

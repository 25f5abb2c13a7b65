/** An e-invoice becomes an invoice of ours without loss of a cent, and says what does not add up. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { EInvoice, EInvoiceAdjustment, EInvoiceVat } from "#app/domain/e-invoice.ts";
import { findingsOf } from "#app/domain/e-invoice-findings.ts";
import { invoiceProposalOf } from "#app/domain/e-invoice-proposal.ts";
import { euro, type Money, percent, shareOf, sum, zero } from "#app/domain/money.ts";
import { eInvoice, eInvoiceLine } from "#tests/support/stated-invoice.ts";

const s19 = { category: "S", rate: "19" };
const s7 = { category: "S", rate: "7" };

const totalOf = ({ lines }: { lines: { grossAmount: Money }[] }) =>
  sum(lines.map(({ grossAmount }) => grossAmount)).toFixed(2);

describe("an invoice is proposed as it is stated", () => {
  test("items bear the VAT of their rate, as it was rounded for the whole document", () => {
    // 3 x 0.33 net: a third of 0.19 each; line by line it would be 3 x 0.06.
    const lines = ["0.33", "0.33", "0.33"].map((net) => eInvoiceLine(net, s19));
    const vat = [{ ...s19, taxable: "0.99", tax: "0.19", exemption: null }];
    const proposal = invoiceProposalOf(
      eInvoice({ lines, vat, totals: { lines: "0.99", net: "0.99", vat: "0.19", gross: "1.18" } }),
    );
    expect(proposal.lines.map(({ grossAmount }) => grossAmount.toFixed(2))).toEqual([
      "0.40",
      "0.39",
      "0.39",
    ]);
  });

  test("allowances and charges, prepayment and rounding each have their place", () => {
    const proposal = invoiceProposalOf(
      eInvoice({
        lines: [eInvoiceLine("1000", s19), eInvoiceLine("100", s7)],
        adjustments: [off("100", s19, "Rabatt"), on("10", s7, "Fracht")],
        vat: [
          { ...s19, taxable: "900", tax: "171", exemption: null },
          { ...s7, taxable: "110", tax: "7.70", exemption: null },
        ],
        totals: {
          lines: "1100",
          allowances: "100",
          charges: "10",
          net: "1010",
          vat: "178.70",
          gross: "1188.70",
          prepaid: "500",
          rounding: "0.30",
          due: "689.00",
        },
      }),
    );
    expect(
      proposal.lines.map(({ kind, grossAmount, vatRate }) => [
        kind,
        grossAmount.toFixed(2),
        vatRate.toFixed(),
      ]),
    ).toEqual([
      ["item", "1190.00", "19"],
      ["item", "107.00", "7"],
      ["discount", "-119.00", "19"],
      ["surcharge", "10.70", "7"],
      ["rounding", "0.30", "0"],
    ]);
    expect(totalOf(proposal)).toBe("1189.00");
    expect(proposal.prepaidAmount.toFixed(2)).toBe("500.00");
  });

  // prettier-ignore
  test.each([
    { code: "380", gross: "119.00",  kind: "invoice",     total: "119.00" },
    { code: "384", gross: "119.00",  kind: "invoice",     total: "119.00" },
    { code: "326", gross: "119.00",  kind: "invoice",     total: "119.00" },
    { code: "386", gross: "119.00",  kind: "prepayment",  total: "119.00" },
    { code: "877", gross: "119.00",  kind: "final",       total: "119.00" },
    { code: "381", gross: "119.00",  kind: "credit_note", total: "119.00" },
    { code: "380", gross: "-119.00", kind: "credit_note", total: "119.00" },
  ])("code $code over $gross is a $kind over $total", ({ code, gross, kind, total }) => {
    const sign = gross.startsWith("-") ? "-" : "";
    const invoice = eInvoice({
      typeCode: code,
      lines: [eInvoiceLine(`${sign}100`, s19)],
      vat: [{ ...s19, taxable: `${sign}100`, tax: `${sign}19`, exemption: null }],
      totals: { lines: `${sign}100`, net: `${sign}100`, vat: `${sign}19`, gross },
    });
    const proposal = invoiceProposalOf(invoice);
    expect(proposal.kind).toBe(kind);
    expect(totalOf(proposal)).toBe(total);
    expect(proposal.lines.map((line) => line.kind)).toEqual(["item"]);
  });

  test("an invoice without lines is one line for each rate, or one for all", () => {
    const totals = { lines: null, net: "150", vat: "22.50", gross: "172.50" };
    const vat = [
      { ...s19, taxable: "100", tax: "19", exemption: null },
      { ...s7, taxable: "50", tax: "3.50", exemption: null },
    ];
    const byRate = invoiceProposalOf(eInvoice({ lines: [], vat, totals }));
    expect(byRate.lines.map(({ grossAmount }) => grossAmount.toFixed(2))).toEqual([
      "119.00",
      "53.50",
    ]);
    const all = invoiceProposalOf(eInvoice({ lines: [], vat: [], totals }));
    expect(totalOf(all)).toBe("172.50");
    const one = { lines: null, net: "100", vat: "19", gross: "119" };
    const { lines } = invoiceProposalOf(eInvoice({ lines: [], vat: [], totals: one }));
    expect(lines.map(({ vatRate }) => vatRate.toFixed())).toEqual(["19"]);
  });

  test("of very many lines those of one rate become one", () => {
    const lines = Array.from({ length: 300 }, (_, at) => eInvoiceLine("1.01", at % 3 ? s19 : s7));
    const vat = [
      { ...s19, taxable: "202", tax: "38.38", exemption: null },
      { ...s7, taxable: "101", tax: "7.07", exemption: null },
    ];
    const totals = { lines: "303", net: "303", vat: "45.45", gross: "348.45" };
    const proposal = invoiceProposalOf(eInvoice({ lines, vat, totals }));
    expect(proposal.lines).toHaveLength(2);
    expect(totalOf(proposal)).toBe("348.45");
  });

  test("the highest cash discount counts, from the day of the invoice", () => {
    const discounts = [
      { days: 30, rate: "1.00", base: null },
      { days: 14, rate: "2.00", base: null },
    ];
    const { discountRate, discountUntil } = invoiceProposalOf(eInvoice({ discounts }));
    expect([discountRate?.toFixed(), discountUntil]).toEqual(["2", "2021-06-15"]);
  });

  test("lines with fractions of a cent and totals that do not fit them still add up", () => {
    const lines = ["33.333", "33.333", "33.333"].map((net) => eInvoiceLine(net, s19));
    const vat = [{ ...s19, taxable: "100", tax: "19", exemption: null }];
    const totals = { lines: "100", net: "100", vat: "19", gross: "119" };
    const proposal = invoiceProposalOf(eInvoice({ lines, vat, totals }));
    expect(totalOf(proposal)).toBe("119.00");
    expect(proposal.lines.at(-1)).toMatchObject({ kind: "rounding" });
    const wrong = invoiceProposalOf(eInvoice({ lines, vat, totals: { ...totals, due: "150" } }));
    expect(totalOf(wrong)).toBe("150.00");
    expect(wrong.lines.at(-1)).toMatchObject({ kind: "surcharge" });
  });
});

describe("no invoice loses a cent", () => {
  const cents = (most: number) =>
    fc.integer({ min: -most, max: most }).map((value) => (value / 100).toFixed(2));
  const kinds = [s19, s7, { category: "Z", rate: "0" }, { category: "AE", rate: "0" }];
  const kind = fc.constantFrom(...kinds);
  const anything = fc.record({
    lines: fc.array(fc.tuple(cents(10_000_00), kind), { maxLength: 60 }),
    adjustments: fc.array(fc.tuple(fc.boolean(), cents(1_000_00), kind), { maxLength: 5 }),
    prepaid: cents(1_000_00),
    rounding: cents(99),
    slip: fc.oneof(fc.constant("0.00"), cents(5_00)),
    isRoundedByLine: fc.boolean(),
  });

  test("whatever is stated, the lines add up to what is due and was prepaid", () => {
    fc.assert(
      fc.property(anything, (given) => {
        const invoice = consistent(given);
        const { prepaid, due, gross } = invoice.totals;
        const sign = gross.startsWith("-") ? -1 : 1;
        const target = euro(due)
          .plus(euro(prepaid ?? "0"))
          .times(sign);
        const proposal = invoiceProposalOf(invoice);
        expect(totalOf(proposal)).toBe(target.plus(0).toFixed(2));
        expect(proposal.lines.every(({ grossAmount }) => grossAmount.decimalPlaces() <= 2)).toBe(
          true,
        );
      }),
      { numRuns: 500 },
    );
  });

  test("what adds up has no finding", () => {
    fc.assert(
      fc.property(anything, (given) => {
        const invoice = consistent({ ...given, slip: "0.00", isRoundedByLine: false });
        expect(findingsOf(invoice)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  type Given = {
    lines: [string, { category: string; rate: string }][];
    adjustments: [boolean, string, { category: string; rate: string }][];
    prepaid: string;
    rounding: string;
    slip: string;
    isRoundedByLine: boolean;
  };

  /** An invoice as a seller's program would add it up, off by the slip at the end. */
  function consistent({ prepaid, rounding, slip, isRoundedByLine, ...given }: Given): EInvoice {
    const lines = given.lines.map(([net, vat]) => eInvoiceLine(net, vat));
    const adjustments = given.adjustments.map(([isOn, amount, vat]) =>
      isOn ? on(amount, vat, "Fracht") : off(amount, vat, "Rabatt"),
    );
    const nets = [
      ...given.lines.map(([net, vat]) => ({ net: euro(net), vat })),
      ...given.adjustments.map(([isOn, amount, vat]) => {
        return { net: isOn ? euro(amount) : zero.minus(euro(amount)), vat };
      }),
    ];
    const used = kinds.filter((one) => nets.some(({ vat }) => vat === one));
    const vat = used.map((one): EInvoiceVat => {
      const own = nets.filter(({ vat }) => vat === one).map(({ net }) => net);
      const rate = percent(one.rate);
      const tax = isRoundedByLine
        ? sum(own.map((net) => shareOf(net, rate)))
        : shareOf(sum(own), rate);
      return { ...one, taxable: sum(own).toFixed(2), tax: tax.toFixed(2), exemption: null };
    });
    const part = (isOn: boolean) =>
      sum(given.adjustments.filter((one) => one[0] === isOn).map((one) => euro(one[1])));
    const net = sum(nets.map((one) => one.net));
    const tax = sum(vat.map((one) => euro(one.tax)));
    const gross = net.plus(tax);
    const due = gross.minus(euro(prepaid)).plus(euro(rounding)).plus(euro(slip));
    const hasLines = lines.length > 0;
    return eInvoice({
      lines,
      adjustments,
      vat,
      totals: {
        lines: hasLines ? sum(given.lines.map(([net]) => euro(net))).toFixed(2) : null,
        allowances: part(false).toFixed(2),
        charges: part(true).toFixed(2),
        net: net.toFixed(2),
        vat: tax.toFixed(2),
        gross: gross.toFixed(2),
        prepaid,
        rounding,
        due: due.toFixed(2),
      },
    });
  }
});

describe("what does not add up is named", () => {
  const right = eInvoice({});
  const { lines, totals, vat } = right;
  const net = { ...lines[0]!, netAmount: "90" };
  // prettier-ignore
  test.each([
    { what: "lines and their sum",        given: { totals: { ...totals, lines: "101" } },                    rules: ["BR-CO-10", "BR-CO-13"] },
    { what: "an allowance left out",      given: { totals: { ...totals, allowances: "5" } },                 rules: ["BR-CO-11", "BR-CO-13"] },
    { what: "a charge left out",          given: { totals: { ...totals, charges: "5" } },                    rules: ["BR-CO-12", "BR-CO-13"] },
    { what: "the net total",              given: { totals: { ...totals, net: "99" } },                       rules: ["BR-CO-13", "BR-CO-15"] },
    { what: "the VAT total",              given: { totals: { ...totals, vat: "18", gross: "118", due: "118" } }, rules: ["BR-CO-14"] },
    { what: "the gross total",            given: { totals: { ...totals, gross: "120", due: "120" } },        rules: ["BR-CO-15"] },
    { what: "what is due",                given: { totals: { ...totals, prepaid: "19" } },                   rules: ["BR-CO-16"] },
    { what: "a forgotten rounding",       given: { totals: { ...totals, due: "119.05" } },                   rules: ["BR-CO-16"] },
    { what: "the VAT of a rate",          given: { vat: [{ ...vat[0]!, tax: "18" }] },                       rules: ["BR-CO-14", "BR-CO-17"] },
    { what: "what a rate is applied to",  given: { vat: [{ ...vat[0]!, taxable: "100.01" }] },               rules: ["BR-S-08"] },
    { what: "quantity times price",       given: { lines: [net] },                                           rules: ["line_net", "BR-CO-10", "BR-S-08"] },
  ])("$what: $rules", ({ given, rules }) => {
    expect(findingsOf({ ...right, ...given }).map(({ rule }) => rule)).toEqual(rules);
  });

  test("an invoice that adds up has no finding, and a finding says what was stated and computed", () => {
    expect(findingsOf(right)).toEqual([]);
    const [finding] = findingsOf({ ...right, totals: { ...totals, due: "119.05" } });
    expect([finding!.stated.toFixed(2), finding!.computed.toFixed(2)]).toEqual([
      "119.05",
      "119.00",
    ]);
  });
});

function off(amount: string, vat: EInvoiceAdjustment["vat"], reason: string): EInvoiceAdjustment {
  return { kind: "allowance", amount, reason, vat };
}

function on(amount: string, vat: EInvoiceAdjustment["vat"], reason: string): EInvoiceAdjustment {
  return { kind: "charge", amount, reason, vat };
}

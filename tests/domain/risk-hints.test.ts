import { expect, test } from "vitest";
import { euro } from "#app/domain/money.ts";
import { type AuditedReceipt, riskHints } from "#app/domain/risk-hints.ts";

/** Direct orders up to 1 000 € net until the end of 2020 and up to 5 000 € from then on. */
const procurement = [
  { sources: [], until: "2020-12-31", direct: euro("1000"), negotiated: euro("25000") },
  { sources: [], from: "2021-01-01", direct: euro("5000"), negotiated: euro("25000") },
];

let count = 0;

/** A paid receipt with its file, on which there is nothing to see. */
function receipt(given: Partial<AuditedReceipt> = {}): AuditedReceipt {
  count += 1;
  const grossAmount = euro(`${100 + count}.17`);
  return {
    id: `${count}`,
    supplier: `Lieferant ${count}`,
    number: `R ${count}`,
    invoicedOn: "2021-06-01",
    grossAmount,
    netAmount: grossAmount,
    isCredit: false,
    paidOn: ["2021-06-20"],
    hasFile: true,
    orders: [],
    procurement,
    withoutConcept: [],
    ...given,
  };
}

function order(value: string, given: Partial<AuditedReceipt["orders"][number]> = {}) {
  const base = { orderedOn: "2021-05-01", awardKind: "direct" as const, awardReference: "" };
  return { ...base, value: euro(value), ...given };
}

// prettier-ignore
test.each([
  { given: {},                                                        rules: "" },
  { given: { grossAmount: euro("3000") },                             rules: "round_thousands" },
  { given: { grossAmount: euro("2999.99") },                          rules: "" },
  { given: { grossAmount: euro("2500") },                             rules: "" },
  { given: { grossAmount: euro("-3000"), isCredit: true },            rules: "" },
  { given: { netAmount: euro("4500") },                               rules: "just_below_threshold" },
  { given: { netAmount: euro("5000") },                               rules: "just_below_threshold" },
  { given: { netAmount: euro("4499.99") },                            rules: "" },
  { given: { netAmount: euro("5000.01") },                            rules: "award_above_limit" },
  { given: { netAmount: euro("950"), invoicedOn: "2020-06-01" },      rules: "just_below_threshold" },
  { given: { netAmount: euro("5000.01"), procurement: [] },           rules: "" },
  { given: { netAmount: euro("5000.01"), orders: [order("100")] },    rules: "" },
  { given: { orders: [order("950", { orderedOn: "2020-12-31" })] },   rules: "just_below_threshold" },
  { given: { orders: [order("950")] },                                rules: "" },
  { given: { orders: [order("24000", { awardKind: "negotiated" as const, awardReference: "V 1" })] }, rules: "just_below_threshold" },
  { given: { orders: [order("4800", { awardKind: "negotiated" as const, awardReference: "V 1" })] },  rules: "" },
  { given: { orders: [order("4800", { awardKind: "negotiated" as const })] },  rules: "tender_without_reference" },
  { given: { orders: [order("99000", { awardKind: "open" as const, awardReference: "V 1" })] },       rules: "" },
  { given: { paidOn: [] },                                            rules: "not_paid" },
  { given: { paidOn: [], isCredit: true },                            rules: "" },
  { given: { paidOn: ["2021-05-31"] },                                rules: "paid_before_invoice" },
  { given: { paidOn: ["2021-06-01"] },                                rules: "" },
  { given: { hasFile: false },                                        rules: "missing_receipt" },
  { given: { orders: [order("1")], startsOn: "2021-05-02" },          rules: "ordered_before_programme" },
  { given: { orders: [order("1")], startsOn: "2021-05-01" },          rules: "" },
  { given: { paidOutUntil: "2021-06-19" },                            rules: "paid_after_payout_end" },
  { given: { paidOutUntil: "2021-06-20" },                            rules: "" },
  { given: { withoutConcept: ["GS Nord"] },                           rules: "school_without_concept" },
])("$given has the hints: $rules", ({ given, rules }) => {
  const one = receipt(given);
  // Three larger suppliers beside it, so that none has half of all.
  const others = ["70000.01", "70000.02", "70000.03"].map((gross) =>
    receipt({ grossAmount: euro(gross) }),
  );
  const hints = riskHints([one, ...others]).get(one.id)!;
  expect(hints.map(({ rule }) => rule).join(" ")).toBe(rules);
});

test("the same amount of the same supplier names the other invoices", () => {
  const [one, two, other] = [
    receipt({ supplier: "Netz", number: "1", grossAmount: euro("99.10") }),
    receipt({ supplier: "Netz", number: "2", grossAmount: euro("99.10") }),
    receipt({ supplier: "Holz", number: "3", grossAmount: euro("99.10") }),
  ];
  const hints = riskHints([one!, two!, other!, receipt({ grossAmount: euro("900.01") })]);
  expect(hints.get(one!.id)).toEqual([
    { rule: "same_amount", amount: euro("99.10"), others: ["2"] },
  ]);
  expect(hints.get(other!.id)).toEqual([]);
});

test("one supplier with half of the sum is on all its receipts, with both sums", () => {
  const [one, two] = ["10.01", "20.02"].map((gross) =>
    receipt({ supplier: "Netz", grossAmount: euro(gross) }),
  );
  const others = [euro("15.01"), euro("15.02")].map((grossAmount) => receipt({ grossAmount }));
  const hints = riskHints([one!, two!, ...others]);
  const hint = {
    rule: "dominant_supplier",
    supplier: "Netz",
    amount: euro("30.03"),
    total: euro("60.06"),
  };
  expect(hints.get(one!.id)).toEqual([hint]);
  expect(hints.get(two!.id)).toEqual([hint]);
  expect(riskHints([one!, two!]).get(one!.id)).toEqual([]);
  const more = [...others, receipt({ grossAmount: euro("0.01") })];
  expect(riskHints([one!, two!, ...more]).get(one!.id)).toEqual([]);
});

test("small invoices of one supplier within a month that exceed the limit of a direct order together", () => {
  const part = (invoicedOn: string, net: string, given: Partial<AuditedReceipt> = {}) =>
    receipt({ supplier: "Netz", invoicedOn, netAmount: euro(net), ...given });
  const [one, two, late, tendered] = [
    part("2021-06-01", "3000"),
    part("2021-07-01", "2000.01", { paidOn: ["2021-07-20"] }),
    part("2021-09-01", "4000", { paidOn: ["2021-09-20"] }),
    part("2021-06-02", "4000", {
      orders: [order("4000", { awardKind: "open", awardReference: "V 1" })],
    }),
  ];
  const big = receipt({ grossAmount: euro("7000.01") });
  const hints = riskHints([one!, two!, late!, tendered!, big]);
  const hint = {
    rule: "split_purchase",
    count: 2,
    value: euro("5000.01"),
    limit: euro("5000"),
    days: 31,
  };
  expect(hints.get(one!.id)).toEqual([hint]);
  expect(hints.get(two!.id)).toEqual([hint]);
  expect(hints.get(late!.id)).toEqual([]);
  expect(hints.get(tendered!.id)).toEqual([]);
  const exact = part("2021-07-01", "2000", { paidOn: ["2021-07-20"] });
  expect(riskHints([one!, exact, big]).get(one!.id)).toEqual([]);
});

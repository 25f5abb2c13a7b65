import fc from "fast-check";
import { expect, test } from "vitest";
import { euro, negated, sum } from "#app/domain/money.ts";
import {
  chosenBeforehand,
  type OpenInvoice,
  type Proposal,
  proposalsFor,
} from "#app/domain/payment-match.ts";
import { isNamedIn, isSameParty, textsOf } from "#app/domain/payment-text.ts";

// prettier-ignore
test.each([
  { number: "12",          text: "RE 12",                          isNamed: true },
  { number: "12",          text: "12",                             isNamed: true },
  { number: "12",          text: "Rechnung vom 1.3.2012",          isNamed: false },
  { number: "12",          text: "RE 121",                         isNamed: false },
  { number: "12",          text: "RE 2020/12",                     isNamed: false },
  { number: "12",          text: "12/2020",                        isNamed: false },
  { number: "RE 2020/17",  text: "Zahlung re2020-17, danke",       isNamed: true },
  { number: "RE 2020/17",  text: "RE-2020 17",                     isNamed: true },
  { number: "RE 2020/17",  text: "RE 2020/171",                    isNamed: false },
  { number: "RE 2020/17",  text: "RE 202017",                      isNamed: false },
  { number: "RE202017",    text: "RE 2020\n17",                    isNamed: true },
  { number: "RE2020",      text: "MARE2020",                       isNamed: false },
  { number: "A17B",        text: "a 17 b",                         isNamed: true },
  { number: "A17B",        text: "a17bc",                          isNamed: false },
  { number: "4711",        text: "4711/4712",                      isNamed: false },
  { number: "C++1",        text: "c++1",                           isNamed: true },
  { number: "(*)",         text: "(*) .*",                         isNamed: false },
])("the number $number in the text $text: $isNamed", ({ number, text, isNamed }) => {
  expect(isNamedIn(textsOf(text), number, "alone")).toBe(isNamed);
});

// prettier-ignore
test.each([
  { bank: "NETZBAU GMBH",                 supplier: "Netzbau GmbH",       isSame: true },
  { bank: "Netzbau Gmbh, Kiel",           supplier: "Netzbau",            isSame: true },
  { bank: "Moebel Koenig",                supplier: "Möbel König e. K.",  isSame: true },
  { bank: "KABEL UND SOEHNE",             supplier: "Kabel & Söhne KG",   isSame: true },
  { bank: "Netzbau GmbH & Co. KG",        supplier: "Netzbau AG",         isSame: true },
  { bank: "Stadtwerke",                   supplier: "Netzbau GmbH",       isSame: false },
  { bank: "",                             supplier: "Netzbau GmbH",       isSame: false },
  { bank: "GmbH",                         supplier: "AG",                 isSame: false },
  { bank: "IBM",                          supplier: "IBM Deutschland",    isSame: false },
])("$bank is $supplier: $isSame", ({ bank, supplier, isSame }) => {
  expect(isSameParty(bank, supplier)).toBe(isSame);
});

const base: OpenInvoice = {
  id: "a",
  isCreditNote: false,
  supplier: "Netzbau GmbH",
  number: "RE 2021/17",
  invoicedOn: "2021-06-01",
  open: euro("1000"),
  discount: euro("20"),
  discountUntil: "2021-06-15",
};
const other: OpenInvoice = { ...base, id: "b", number: "RE 2021/18", open: euro("500") };

// prettier-ignore
test.each([
  { amount: "-1000",  text: "RE 2021/17",              says: ["number_and_amount a:1000.00:0.00 sure"] },
  { amount: "-980",   text: "RE 2021/17",              says: ["number_and_discounted_amount a:980.00:20.00 sure"] },
  { amount: "-980",   text: "RE 2021/17", on: "2021-06-16", says: ["number_and_part a:980.00:0.00"] },
  { amount: "-400",   text: "RE 2021/17 Abschlag",     says: ["number_and_part a:400.00:0.00"] },
  { amount: "-1001",  text: "RE 2021/17",              says: [] },
  { amount: "-1000",  text: "danke", payee: "NETZBAU", says: ["amount_and_supplier a:1000.00:0.00"] },
  { amount: "-980",   text: "danke", payee: "NETZBAU", says: ["discounted_amount_and_supplier a:980.00:20.00"] },
  { amount: "-1000",  text: "danke",                   says: ["amount_only a:1000.00:0.00"] },
  { amount: "-980",   text: "danke",                   says: [] },
  { amount: "-1500",  text: "RE 2021/17, RE 2021/18",  says: ["numbers_and_sum a:1000.00:0.00,b:500.00:0.00 sure"] },
  { amount: "-1480",  text: "RE 2021/17 RE 2021/18",   says: [
    "numbers_and_sum a:1000.00:0.00,b:480.00:20.00",
    "numbers_and_sum a:980.00:20.00,b:500.00:0.00",
  ] },
  { amount: "-1500",  text: "RE 2021/17",              says: [] },
  { amount: "1000",   text: "RE 2021/17",              says: [] },
  { amount: "-1000",  text: "RE 2021/17", on: "2021-05-31", says: [] },
] as { amount: string; text: string; on?: string; payee?: string; says: string[] }[])(
  "$amount for $text is read as $says",
  ({ amount, text, on = "2021-06-15", payee = "Unbekannt", says }) => {
    const transaction = move(amount, text, { valuedOn: on, counterparty: payee });
    expect(proposalsFor(transaction, [base, other]).map(said)).toEqual(says);
  },
);

test("a short number is sure only where the payee says the same", () => {
  const short = { ...base, number: "17" };
  const at = (counterparty: string) => move("-1000", "am 17. Juni", { counterparty });
  expect(proposalsFor(at("Stadtwerke"), [short])[0]).toMatchObject({ isSure: false });
  expect(proposalsFor(at("Netzbau"), [short])[0]).toMatchObject({ isSure: true });
});

test("numbers in a list count where their sum proves them, and only of one supplier", () => {
  const transaction = move("-1500", "RE 2021/17/18", { counterparty: "Netzbau" });
  const [a, b] = [
    { ...base, number: "17" },
    { ...other, number: "18" },
  ];
  expect(proposalsFor(transaction, [a, b]).map(said)).toEqual([
    "numbers_and_sum a:1000.00:0.00,b:500.00:0.00 sure",
  ]);
  expect(proposalsFor(transaction, [a, { ...b, supplier: "Möbel AG" }])).toEqual([]);
});

test("a sum of only some of the invoices that the text names is a question", () => {
  const third = { ...base, id: "c", number: "RE 2021/19", open: euro("77") };
  const transaction = move("-1500", "RE 2021/17, RE 2021/18, RE 2021/19");
  expect(proposalsFor(transaction, [base, other, third]).map(said)).toEqual([
    "numbers_and_sum a:1000.00:0.00,b:500.00:0.00",
  ]);
});

test("a discount that is more than what is left takes nothing from another invoice", () => {
  const little = { ...base, open: euro("10") };
  const plain = { ...other, discount: euro("0") };
  const transaction = move("-490", "RE 2021/17, RE 2021/18");
  const several = proposalsFor(transaction, [little, plain]).filter(
    ({ reason }) => reason === "numbers_and_sum",
  );
  expect(several).toEqual([]);
});

test("of two invoices that both fit by number and amount a person chooses", () => {
  const found = proposalsFor(move("-1000", "RE 2021/17"), [base, { ...base, id: "z" }]);
  expect(found.map(said)).toEqual([
    "number_and_amount a:1000.00:0.00",
    "number_and_amount z:1000.00:0.00",
  ]);
});

test("of many that fit by their amount alone five are shown", () => {
  const many = Array.from({ length: 9 }, (_, index) => ({ ...base, id: String(index) }));
  expect(proposalsFor(move("-1000", "danke"), many)).toHaveLength(5);
});

test("the refund of a credit note is money that comes in, and what comes back pays nothing", () => {
  const credit = { ...base, isCreditNote: true };
  expect(proposalsFor(move("1000", "RE 2021/17"), [credit]).map(said)).toEqual([
    "number_and_amount a:1000.00:0.00 sure",
  ]);
  expect(proposalsFor(move("-1000", "RE 2021/17"), [credit])).toEqual([]);
  expect(proposalsFor(move("1000", "RE 2021/17", { isReturn: true }), [credit])).toEqual([]);
});

test("a second transfer for an invoice is not chosen beforehand", () => {
  const first = proposalsFor(move("-1000", "RE 2021/17"), [base]);
  const second = proposalsFor(move("-1000", "RE 2021/17"), [base]);
  expect([...chosenBeforehand([first, second])]).toEqual([first[0]]);
});

const cents = (most: number) =>
  fc.integer({ min: 1, max: most }).map((n) => euro((n / 100).toFixed(2)));
const someInvoices = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom("a", "b", "c", "d", "e", "f", "g", "h"),
    isCreditNote: fc.boolean(),
    supplier: fc.constantFrom("Netzbau GmbH", "Möbel AG"),
    number: fc.constantFrom("R-1", "R-2", "R-3", "1", "2021/1"),
    invoicedOn: fc.constantFrom("2021-06-01", "2021-06-20"),
    open: cents(600),
    discount: cents(800),
    discountUntil: fc.constantFrom(null, "2021-06-10", "2021-06-30"),
  }),
  { selector: ({ id }) => id, maxLength: 8 },
);
const someTransactions = fc.array(
  fc.record({
    amount: cents(1_200).chain((amount) => fc.constantFrom(amount, negated(amount))),
    valuedOn: fc.constantFrom("2021-06-05", "2021-06-25"),
    isReturn: fc.boolean(),
    counterparty: fc.constantFrom("", "NETZBAU", "Moebel AG"),
    remittance: fc.constantFrom("", "R-1", "R-1 R-2", "R-1/R-2, R-3, 1", "Rechnung 2021/1 und R-3"),
  }),
  { maxLength: 6 },
);

test("whatever comes, parts add up to the transaction, and no invoice gets more than it is owed or is taken twice", () => {
  fc.assert(
    fc.property(someInvoices, someTransactions, (invoices, transactions) => {
      const proposals = transactions.map((transaction) => proposalsFor(transaction, invoices));
      for (const [index, found] of proposals.entries()) {
        const { amount, isReturn, valuedOn } = transactions[index]!;
        if (isReturn) expect(found).toEqual([]);
        expect(new Set(found.map(({ key }) => key)).size).toBe(found.length);
        for (const { payments } of found) {
          expect(sum(payments.map(({ paidAmount }) => paidAmount)).eq(amount.abs())).toBe(true);
          expect(new Set(payments.map(({ invoiceId }) => invoiceId)).size).toBe(payments.length);
          for (const payment of payments) {
            const { invoiceId, paidAmount, cashDiscount, isPartial } = payment;
            const invoice = invoices.find(({ id }) => id === invoiceId)!;
            const settled = paidAmount.plus(cashDiscount);
            expect(settled.lessThanOrEqualTo(invoice.open)).toBe(true);
            expect(settled.eq(invoice.open)).toBe(!isPartial);
            expect(paidAmount.greaterThan(0)).toBe(true);
            expect(invoice.invoicedOn <= valuedOn).toBe(true);
            expect(invoice.isCreditNote).toBe(amount.greaterThan(0));
            if (!cashDiscount.isZero()) expect(valuedOn <= invoice.discountUntil!).toBe(true);
          }
        }
      }
      const chosen = [...chosenBeforehand(proposals)].flatMap(({ payments }) => payments);
      expect(new Set(chosen.map(({ invoiceId }) => invoiceId)).size).toBe(chosen.length);
    }),
    { numRuns: 500 },
  );
});

function move(amount: string, remittance: string, given: Partial<Matched> = {}): Matched {
  return {
    amount: euro(amount),
    valuedOn: "2021-06-15",
    isReturn: false,
    counterparty: "Unbekannt",
    remittance,
    ...given,
  };
}
type Matched = Parameters<typeof proposalsFor>[0];

function said({ reason, key, isSure }: Proposal): string {
  return `${reason} ${key}${isSure ? " sure" : ""}`;
}

import { describe, expect, test } from "vitest";
import { missingFrom, mostOfStatement, withMoney } from "#app/domain/bank-statement.ts";
import { readBankStatements } from "#app/readers/bank-statement.ts";
import {
  type EntryGiven,
  ownIban,
  statementFile,
  type StatementGiven,
  statementXml,
  versions,
} from "#tests/support/statement.ts";

describe.each(versions)("a statement in version %s", (version) => {
  test("says who was paid, when, and what for", () => {
    const statement = readOne({
      version,
      closing: "8810.00",
      entries: [
        {
          amount: "1190.00",
          valued: "<Dt>2021-07-02</Dt>",
          reference: "2021070112345",
          parts: [
            {
              name: "Netzbau M&#252;ller &amp; S\u00f6hne GmbH",
              iban: "DE89370400440532013000",
              lines: ["RE 2021/17", "Tafeln"],
              structured: "RE 2021/18",
              endToEndId: "E2E-1",
              mandateId: "MANDAT-7",
            },
          ],
        },
      ],
    });
    expect(statement).toMatchObject({
      statementId: "2021-123",
      account: ownIban,
      from: "2021-07-01",
      until: "2021-07-02",
      opening: "10000.00",
      closing: "8810.00",
    });
    expect(statement.transactions).toEqual([
      {
        amount: "-1190.00",
        bookedOn: "2021-07-01",
        valuedOn: "2021-07-02",
        isReturn: false,
        counterparty: "Netzbau Müller & Söhne GmbH",
        counterpartyIban: "DE89370400440532013000",
        remittance: "RE 2021/17\nTafeln\nRF18539007547034\nRE 2021/18",
        endToEndId: "E2E-1",
        mandateId: "MANDAT-7",
        bankReference: "2021070112345",
      },
    ]);
    expect(missing(statement)).toBe("0");
  });

  test("is taken apart where a collective booking names its parts to the cent", () => {
    const parts = [
      { amount: "100.10", name: "A", lines: ["R-1"], reference: "t1" },
      { amount: "200.20", name: "B", lines: ["R-2"], reference: "t2" },
    ];
    const amountsOf = (amount: string, given = parts) =>
      readOne({ version, entries: [{ amount, parts: given }] }).transactions.map((one) => [
        one.amount,
        one.counterparty,
        one.remittance,
      ]);
    expect(amountsOf("300.30")).toEqual([
      ["-100.10", "A", "R-1"],
      ["-200.20", "B", "R-2"],
    ]);
    expect(amountsOf("300.31")).toEqual([["-300.31", "", "R-1\nR-2"]]);
    const strange = parts.map((part) => ({ ...part, currency: "CHF" }));
    expect(amountsOf("300.30", strange)).toEqual([["-300.30", "", "R-1\nR-2"]]);
  });

  test("counts what is only announced or in another currency, and reads it not", () => {
    const statement = readOne({
      version,
      entries: [{ state: "PDNG" }, { state: "INFO" }, { currency: "CHF" }, {}],
    });
    expect(statement).toMatchObject({ notBooked: 2, otherCurrency: 1 });
    expect(statement.transactions).toHaveLength(1);
  });

  test("shows money that came in, and money that came back from whom it was sent to", () => {
    const given: EntryGiven = { direction: "CRDT", parts: [{ name: "Netzbau" }] };
    const { transactions } = readOne({
      version,
      entries: [given, { ...given, isReversal: true }],
    });
    expect(transactions).toMatchObject([
      { amount: "100.00", isReturn: false, counterparty: "Netzbau" },
      { amount: "100.00", isReturn: true, counterparty: "Netzbau" },
    ]);
  });
});

// prettier-ignore
test.each([
  { valued: "<Dt>2021-07-05</Dt>",                             day: "2021-07-05" },
  { valued: "<DtTm>2021-07-05T00:30:00+02:00</DtTm>",          day: "2021-07-05" },
  { valued: "<DtTm>2021-07-05T00:30:00</DtTm>",                day: "2021-07-05" },
  { valued: "<DtTm>2021-07-05T22:30:00Z</DtTm>",               day: "2021-07-06" },
  { valued: "",                                                day: "2021-07-01" },
  { valued: "<Dt>2021-02-30</Dt>",                             day: "2021-07-01" },
])("the value day $valued is $day", ({ valued, day }) => {
  expect(readOne({ entries: [{ valued }] }).transactions[0]!.valuedOn).toBe(day);
});

// prettier-ignore
test.each([
  { amount: "1190",         cents: "1190" },
  { amount: "1190.5",       cents: "1190.5" },
  { amount: "1190.10000",   cents: "1190.1" },
  { amount: "0012.50",      cents: "12.5" },
])("the amount $amount is read exactly", ({ amount, cents }) => {
  const { transactions } = withMoney(readOne({ entries: [{ amount, direction: "CRDT" }] }));
  expect(transactions[0]!.amount.toFixed()).toBe(cents);
});

test.each(["1.234,50", "-5.00", "1e3", "0.005", "", "9999999999999", "NaN"])(
  "the amount %j makes the file unreadable instead of being guessed",
  (amount) => {
    expect(ruleOf(statementFile({ entries: [{ amount }] }))).toBe("file_unreadable");
  },
);

test("an overdrawn account has a balance below zero", () => {
  const statement = readOne({ opening: "-50.00", closing: "-150.00", entries: [{}] });
  expect(statement).toMatchObject({ opening: "-50.00", closing: "-150.00" });
  expect(missing(statement)).toBe("0");
});

test("a cent that is missing between the balances is found", () => {
  expect(missing(readOne({ closing: "9899.99", entries: [{}] }))).toBe("-0.01");
  expect(missing(readOne({ entries: [{}] }))).toBeUndefined();
});

test("the purpose of a booking without text is what the bank calls it", () => {
  const { transactions } = readOne({ entries: [{ info: "SEPA-Sammelüberweisung", parts: [] }] });
  expect(transactions[0]).toMatchObject({ remittance: "SEPA-Sammelüberweisung", counterparty: "" });
});

test("a file of several statements is read whole, under any prefix and in any encoding", () => {
  const two = statementXml({ id: "1", entries: [{}] }, { id: "2", entries: [{}, {}] });
  const prefixed = two.replace("xmlns=", "xmlns:ns2=").replace(/<(\/?)(?=[A-Z])/g, "<$1ns2:");
  const latin = two
    .replace("UTF-8", "ISO-8859-1")
    .replace(/<RmtInf>/g, "<RmtInf><Ustrd>M\u00fcller</Ustrd>");
  for (const file of [Buffer.from(prefixed), Buffer.from(latin, "latin1")]) {
    const read = readBankStatements(file);
    if ("problem" in read) throw new Error(read.problem.rule);
    expect(read.statements.map(({ transactions }) => transactions.length)).toEqual([1, 2]);
  }
  expect(readBankStatements(Buffer.from(latin, "latin1"))).toMatchObject({
    statements: [{ transactions: [{ remittance: "M\u00fcller" }] }, {}],
  });
});

const plain = statementXml({ entries: [{}] });
const message = (name: string) => plain.replaceAll("BkToCstmrStmt", name);
// prettier-ignore
test.each([
  { what: "an intraday report (camt.052)",  file: message("BkToCstmrAcctRpt"),        rule: "statement_intraday" },
  { what: "a notification (camt.054)",      file: message("BkToCstmrDbtCdtNtfctn"),   rule: "statement_notification" },
  { what: "an order to pay (pain.001)",     file: message("CstmrCdtTrfInitn"),        rule: "statement_of_other_kind" },
  { what: "MT940",                          file: ":20:STARTUMSE\n:25:1/2\n",         rule: "statement_of_other_kind" },
  { what: "a table",                        file: "Buchungstag;Betrag\n",             rule: "statement_of_other_kind" },
  { what: "an archive",                     file: "PK\u0003\u0004",                   rule: "statement_zipped" },
  { what: "a later version",                file: plain.replace("001.08", "001.13"),  rule: "statement_of_other_version" },
  { what: "no statement within",            file: plain.replace(/<Stmt>[^]*<\/Stmt>/, ""), rule: "statement_empty" },
  { what: "no account",                     file: plain.replace(/<Acct>[^]*<\/Acct>/, ""), rule: "statement_without_account" },
  { what: "an account in francs",           file: statementXml({ currency: "CHF", entries: [] }), rule: "statement_not_in_euro" },
  { what: "a document type",                file: plain.replace("<Document", "<!DOCTYPE a><Document"), rule: "statement_with_doctype" },
  { what: "a bomb of entities",             file: '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><l>&b;</l>', rule: "statement_with_doctype" },
  { what: "half a file",                    file: plain.slice(0, plain.length / 2),   rule: "file_unreadable" },
  { what: "elements too deep",              file: "<a>".repeat(5_000) + "</a>".repeat(5_000), rule: "file_unreadable" },
  { what: "a name that means trouble",      file: "<Document><__proto__>x</__proto__></Document>", rule: "file_unreadable" },
  { what: "an entry without direction",     file: plain.replaceAll("DBIT", "XXXX"),   rule: "file_unreadable" },
  { what: "an entry without a day",         file: plain.replace(/<BookgDt>[^]*?<\/ValDt>/, ""), rule: "file_unreadable" },
  { what: "nothing",                        file: "",                                 rule: "statement_of_other_kind" },
])("$what is refused with its reason", ({ file, rule }) => {
  expect(ruleOf(Buffer.from(file))).toBe(rule);
});

test("too much is refused before anything is built from it", () => {
  const padded = Buffer.alloc(mostOfStatement.bytes + 1, " ");
  expect(ruleOf(padded)).toBe("statement_too_large");
  const entries = Array.from({ length: mostOfStatement.transactions + 1 }, () => ({ parts: [] }));
  expect(ruleOf(statementFile({ entries }))).toBe("statement_too_long");
});

test("what is too long for its column is cut, and says so", () => {
  const lines = Array.from({ length: 40 }, () => "x".repeat(140));
  const [one] = readOne({ entries: [{ parts: [{ lines, name: "N".repeat(500) }] }] }).transactions;
  expect(one!.remittance).toHaveLength(2_000);
  expect(one!.remittance).toMatch(/ …$/);
  expect(one!.counterparty).toHaveLength(200);
});

function readOne(given: StatementGiven) {
  const read = readBankStatements(statementFile(given));
  if ("problem" in read) throw new Error(read.problem.rule);
  return read.statements[0]!;
}

function ruleOf(file: Buffer) {
  const read = readBankStatements(file);
  return "problem" in read ? read.problem.rule : undefined;
}

function missing(statement: ReturnType<typeof readOne>) {
  const { opening, closing, transactions } = withMoney(statement);
  const amounts = transactions.map(({ amount }) => amount);
  return missingFrom({ opening, closing, amounts })?.toFixed();
}

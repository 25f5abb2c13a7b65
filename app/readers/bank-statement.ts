/**
 * Bank statements as camt.053 (ISO 20022, bank to customer statement), in the versions that banks deliver:
 * 001.02 and 001.08 in Germany (DFÜ-Abkommen, Anlage 3: https://www.ebics.de/de/datenformate), 001.04 too.
 * Read by its elements, whatever the prefix or order. The parts that are read are the same in all three, but
 * for where a party's name, the state of an entry and the amount of a part stand.
 */
import { type BankStatement, mostOfStatement } from "#app/domain/bank-statement.ts";
import {
  all,
  type Element,
  first,
  type Message,
  parseMessage,
  refusal,
  StatementRefusal,
  textAt,
} from "./camt-xml.ts";
import { dayOf, decimalOf, readEntry, signed } from "./camt-entry.ts";

export const statementVersions = ["001.02", "001.04", "001.08"];

export function readBankStatements(
  bytes: Uint8Array,
): { statements: BankStatement<string>[] } | { problem: StatementRefusal["problem"] } {
  try {
    const statements = all(messageIn(parseMessage(bytes)), "Stmt");
    if (statements.length === 0) throw refusal("statement_empty");
    if (statements.length > mostOfStatement.statements) throw refusal("statement_too_long");
    const read = statements.map(readStatement);
    const count = read.reduce((total, { transactions }) => total + transactions.length, 0);
    if (count > mostOfStatement.transactions) throw refusal("statement_too_long");
    return { statements: read };
  } catch (thrown) {
    if (thrown instanceof StatementRefusal) return { problem: thrown.problem };
    throw thrown;
  }
}

/** The message within the document; other messages of the bank are named. */
function messageIn({ tree, rootTag }: Message): Element {
  const document = first(tree, "Document");
  if (first(document, "BkToCstmrAcctRpt")) throw refusal("statement_intraday");
  if (first(document, "BkToCstmrDbtCdtNtfctn")) throw refusal("statement_notification");
  const message = first(document, "BkToCstmrStmt");
  if (message === undefined) throw refusal("statement_of_other_kind");
  const version = /camt\.053\.(\d{3}\.\d{2})/.exec(rootTag)?.[1] ?? "";
  if (!statementVersions.includes(version)) {
    throw new StatementRefusal({ field: "file", rule: "statement_of_other_version", version });
  }
  return message;
}

function readStatement(statement: Element): BankStatement<string> {
  const account =
    textAt(statement, "Acct", "Id", "IBAN") || textAt(statement, "Acct", "Id", "Othr", "Id");
  if (!account) throw refusal("statement_without_account");
  const entries = all(statement, "Ntry").map(readEntry);
  const period = first(statement, "FrToDt");
  const opening = balance(statement, "OPBD") ?? balance(statement, "PRCD");
  const closing = balance(statement, "CLBD");
  return {
    statementId: textAt(statement, "Id").slice(0, 100),
    account: account.replace(/\s/g, "").slice(0, 40),
    from: dayOf(first(period, "FrDtTm")) ?? opening?.on ?? null,
    until: dayOf(first(period, "ToDtTm")) ?? closing?.on ?? null,
    opening: opening?.amount ?? null,
    closing: closing?.amount ?? null,
    transactions: entries.flatMap((entry) => (Array.isArray(entry) ? entry : [])),
    notBooked: entries.filter((entry) => entry === "not_booked").length,
    otherCurrency: entries.filter((entry) => entry === "other_currency").length,
  };
}

/** The balance of a kind: OPBD opening booked, PRCD previously closed booked, CLBD closing booked. */
function balance(statement: Element, kind: string) {
  const found = all(statement, "Bal").find((one) => textAt(one, "Tp", "CdOrPrtry", "Cd") === kind);
  if (found === undefined) return undefined;
  const currency = textAt(found, "Amt", "@Ccy");
  if (currency !== "EUR") {
    throw new StatementRefusal({ field: "file", rule: "statement_not_in_euro", currency });
  }
  return {
    amount: signed(decimalOf(first(found, "Amt")), textAt(found, "CdtDbtInd")),
    on: dayOf(first(found, "Dt")),
  };
}

/**
 * A bank statement (Kontoauszug) as the bank delivers it: what was on the account, what came and went, what is on
 * it now. It proves payments; by itself it books nothing.
 */
import type { Day } from "./calendar.ts";
import { euro, type Money, sum } from "./money.ts";

/** Beside its amounts all of it is text; `Amount` is text too while it passes between threads. */
export type BankStatement<Amount = Money> = {
  /** The bank's own number of the statement. */
  statementId: string;
  /** The account: its IBAN, or its number where it has none. */
  account: string;
  from: Day | null;
  until: Day | null;
  /** Booked balances, in euro; null where the statement names none. */
  opening: Amount | null;
  closing: Amount | null;
  transactions: BankTransaction<Amount>[];
  /** Entries that are only announced (not BOOK), and such in another currency: counted, not read. */
  notBooked: number;
  otherCurrency: number;
};

/** One transaction (Umsatz). A collective booking is taken apart where the bank names its parts. */
export type BankTransaction<Amount = Money> = {
  /** In euro; below zero where money left the account. */
  amount: Amount;
  bookedOn: Day;
  /** Value date (Wertstellung): the day on which it is paid. */
  valuedOn: Day;
  /** True where it takes back an earlier transaction (Rückgabe, Rückbuchung). */
  isReturn: boolean;
  counterparty: string;
  counterpartyIban: string;
  /** Text for the payee (Verwendungszweck), line by line, with structured references after it. */
  remittance: string;
  endToEndId: string;
  mandateId: string;
  /** The bank's own reference of the transaction; empty where it gives none. */
  bankReference: string;
};

/**
 * What became of a transaction: waits (open), wholly proved payments (matched), set aside as none of ours
 * (foreign), or stands in an earlier statement already (repeated).
 */
export const transactionStates = ["open", "matched", "foreign", "repeated"] as const;
export type TransactionState = (typeof transactionStates)[number];

/** The most of a file that is read; more is refused before anything is built from it. */
export const mostOfStatement = { bytes: 10 * 1024 * 1024, transactions: 5_000, statements: 100 };

export type StatementViolation = { field: "file" } & (
  | { rule: "statement_too_large" }
  | { rule: "statement_too_long" }
  | { rule: "statement_zipped" }
  | { rule: "statement_with_doctype" }
  | { rule: "statement_intraday" }
  | { rule: "statement_notification" }
  | { rule: "statement_of_other_kind" }
  | { rule: "statement_of_other_version"; version: string }
  | { rule: "statement_empty" }
  | { rule: "statement_without_account" }
  | { rule: "statement_not_in_euro"; currency: string }
  | { rule: "statement_recorded_before"; recordedOn: Day }
);

/** The statement with its amounts as money. @throws RangeError for what is no amount in whole cents */
export function withMoney(plain: BankStatement<string>): BankStatement {
  const money = (text: string | null) => (text === null ? null : euro(text));
  return {
    ...plain,
    opening: money(plain.opening),
    closing: money(plain.closing),
    transactions: plain.transactions.map((one) => ({ ...one, amount: euro(one.amount) })),
  };
}

/**
 * What is missing between the opening balance with all transactions and the closing balance; zero for a whole
 * statement, null where it names no balances.
 */
export function missingFrom(statement: {
  opening: Money | null;
  closing: Money | null;
  amounts: Money[];
}): Money | null {
  const { opening, closing, amounts } = statement;
  return opening && closing && closing.minus(opening).minus(sum(amounts));
}

/**
 * What a transaction is known by when statements overlap: the bank's reference, or day, amount and text, on its
 * account; and which of several that are alike it is, for equal ones on one day are different ones.
 */
export function identitiesOf({ account, transactions }: BankStatement): string[] {
  const seen = new Map<string, number>();
  return transactions.map((one) => {
    const words = one.bankReference
      ? [one.bankReference]
      : ["", one.counterparty, one.endToEndId, one.remittance];
    const identity = JSON.stringify([account, one.bookedOn, one.amount.toFixed(2), ...words]);
    const nth = (seen.get(identity) ?? 0) + 1;
    seen.set(identity, nth);
    return `${identity} ${nth}`;
  });
}

import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  date,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { authorityId, createdAt, euroAmount, id, withinAuthority } from "../columns.ts";
import { attachments } from "./attachments.ts";
import { schoolAuthorities } from "./authorities.ts";
import { payments } from "./payments.ts";
import { users } from "./users.ts";

/** Bank statement (Kontoauszug) as it came. Never changed: what it says is the bank's word. */
export const bankStatements = pgTable(
  "bank_statements",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    /** The file, kept whole; one file may hold several statements. */
    attachmentId: uuid()
      .notNull()
      .references(() => attachments.id),
    /** SHA-256 of the file. */
    hash: text().notNull(),
    /** Which statement of its file. */
    position: integer().notNull(),
    /** The bank's own number of it. */
    statementId: text().notNull(),
    /** IBAN, or the number of an account without one. */
    account: text().notNull(),
    from: date(),
    until: date(),
    opening: euroAmount(),
    closing: euroAmount(),
    /** Entries that were not read: only announced, or in another currency. */
    notBooked: integer().notNull(),
    otherCurrency: integer().notNull(),
    recordedBy: uuid().notNull(),
    createdAt: createdAt(),
  },
  (statement) => [
    unique("bank_statement_is_of_one_authority").on(statement.id, statement.schoolAuthorityId),
    unique("bank_statement_is_recorded_once").on(
      statement.schoolAuthorityId,
      statement.hash,
      statement.position,
    ),
    withinAuthority(
      "bank_statement_is_recorded_by_its_authority",
      [statement.recordedBy, statement.schoolAuthorityId],
      [users.id, users.schoolAuthorityId],
    ),
  ],
);

/** Transaction (Umsatz) of a bank statement, as the bank describes it. */
export const bankTransactions = pgTable(
  "bank_transactions",
  {
    id: id(),
    schoolAuthorityId: authorityId(),
    statementId: uuid().notNull(),
    position: integer().notNull(),
    /** Below zero where money left the account. */
    amount: euroAmount().notNull(),
    bookedOn: date().notNull(),
    /** Value date (Wertstellung). */
    valuedOn: date().notNull(),
    isReturn: boolean().notNull(),
    counterparty: text().notNull(),
    counterpartyIban: text().notNull(),
    remittance: text().notNull(),
    endToEndId: text().notNull(),
    mandateId: text().notNull(),
    bankReference: text().notNull(),
    /** What it is known by where statements overlap; SHA-256. */
    identity: text().notNull(),
    /** The same transaction in an earlier statement: that one counts. */
    repeatsId: uuid(),
  },
  (transaction) => [
    unique("transaction_is_of_one_authority").on(transaction.id, transaction.schoolAuthorityId),
    uniqueIndex("transaction_counts_once")
      .on(transaction.schoolAuthorityId, transaction.identity)
      .where(sql`${transaction.repeatsId} is null`),
    index("bank_transactions_by_statement").on(transaction.statementId),
    withinAuthority(
      "transaction_belongs_to_its_statement",
      [transaction.statementId, transaction.schoolAuthorityId],
      [bankStatements.id, bankStatements.schoolAuthorityId],
    ),
    withinAuthority(
      "repeated_transaction_is_of_the_same_authority",
      [transaction.repeatsId, transaction.schoolAuthorityId],
      [transaction.id, transaction.schoolAuthorityId],
    ),
    check("transaction_repeats_another", sql`${transaction.repeatsId} <> ${transaction.id}`),
  ],
);

/** Which payments a transaction proves. They stay linked when a payment is reversed: it did come of it. */
export const bankTransactionPayments = pgTable(
  "bank_transaction_payments",
  {
    paymentId: uuid().primaryKey(),
    schoolAuthorityId: authorityId(),
    transactionId: uuid().notNull(),
  },
  (link) => [
    index("bank_transaction_payments_by_transaction").on(link.transactionId),
    withinAuthority(
      "transaction_proves_payments_of_its_authority",
      [link.transactionId, link.schoolAuthorityId],
      [bankTransactions.id, bankTransactions.schoolAuthorityId],
    ),
    withinAuthority(
      "payment_is_proved_within_its_authority",
      [link.paymentId, link.schoolAuthorityId],
      [payments.id, payments.schoolAuthorityId],
    ),
  ],
);

/** Transactions set aside as none of ours (nicht von uns); taken back by removing the row. */
export const foreignTransactions = pgTable(
  "foreign_bank_transactions",
  {
    transactionId: uuid().notNull(),
    schoolAuthorityId: authorityId(),
    setAsideBy: uuid().notNull(),
    createdAt: createdAt(),
  },
  (row) => [
    primaryKey({ name: "transaction_is_set_aside_once", columns: [row.transactionId] }),
    withinAuthority(
      "set_aside_transaction_is_of_its_authority",
      [row.transactionId, row.schoolAuthorityId],
      [bankTransactions.id, bankTransactions.schoolAuthorityId],
    ),
    withinAuthority(
      "transaction_is_set_aside_within_its_authority",
      [row.setAsideBy, row.schoolAuthorityId],
      [users.id, users.schoolAuthorityId],
    ),
  ],
);

/** What became of the transactions (Umsätze) of bank statements. */
import { and, asc, desc, eq, getTableColumns, inArray, type SQL, sql } from "drizzle-orm";
import { missingFrom, type TransactionState } from "#app/domain/bank-statement.ts";
import { euro } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { notFound } from "#app/http.ts";
import { db, type Reader } from "#db/client.ts";
import { attachments } from "#db/schema/attachments.ts";
import {
  bankStatements,
  bankTransactionPayments,
  bankTransactions,
} from "#db/schema/bank-statements.ts";
import { invoices } from "#db/schema/invoices.ts";
import { suppliers } from "#db/schema/orders.ts";
import { payments } from "#db/schema/payments.ts";
import { users } from "#db/schema/users.ts";
import { standing, stands } from "./standing.server.ts";

/** What of a transaction stands as payments. */
const booked = sql<string>`coalesce((
  select sum(p.paid_amount) from bank_transaction_payments l join payments p on p.id = l.payment_id
  where l.transaction_id = bank_transactions.id and ${standing(sql`p.id`)}), 0)`;

/** A payment that is reversed proves nothing any more: its transaction waits again. */
const state: SQL<TransactionState> = sql`case
  when bank_transactions.repeats_id is not null then 'repeated'
  when exists (select 1 from foreign_bank_transactions f
    where f.transaction_id = bank_transactions.id) then 'foreign'
  when bank_transactions.amount <> 0 and ${booked} >= abs(bank_transactions.amount) then 'matched'
  else 'open' end`;

/** All statements, newest first, each with how many of its transactions are in which state. */
export async function listBankStatements(user: User) {
  const rows = await db
    .select({
      ...getTableColumns(bankStatements),
      fileName: attachments.fileName,
      recordedBy: users.name,
    })
    .from(bankStatements)
    .innerJoin(attachments, eq(attachments.id, bankStatements.attachmentId))
    .innerJoin(users, eq(users.id, bankStatements.recordedBy))
    .where(eq(bankStatements.schoolAuthorityId, user.schoolAuthorityId))
    .orderBy(desc(bankStatements.until), desc(bankStatements.createdAt));
  const counts = await countStates(user);
  const countOf = (id: string, state: TransactionState) =>
    counts.find((one) => one.statementId === id && one.state === state)?.count ?? 0;
  return rows.map((row) => ({
    ...row,
    counts: {
      open: countOf(row.id, "open"),
      matched: countOf(row.id, "matched"),
      foreign: countOf(row.id, "foreign"),
      repeated: countOf(row.id, "repeated"),
    },
  }));
}

function countStates(user: User) {
  const { statementId } = bankTransactions;
  return db
    .select({ statementId, state: state.as("state"), count: sql<number>`count(*)::int` })
    .from(bankTransactions)
    .where(eq(bankTransactions.schoolAuthorityId, user.schoolAuthorityId))
    .groupBy(statementId, sql`2`);
}

/** One statement with its transactions, each with its state and the payments that came of it. */
export async function requireBankStatement(user: User, id: string, reader: Reader = db) {
  const [statement] = await reader
    .select({
      ...getTableColumns(bankStatements),
      fileName: attachments.fileName,
      recordedBy: users.name,
    })
    .from(bankStatements)
    .innerJoin(attachments, eq(attachments.id, bankStatements.attachmentId))
    .innerJoin(users, eq(users.id, bankStatements.recordedBy))
    .where(within(user, id));
  if (!statement) notFound();
  const transactions = await listTransactions(user, id, reader);
  const amounts = transactions.map(({ amount }) => amount);
  return { ...statement, transactions, missing: missingFrom({ ...statement, amounts }) };
}

export type BankStatementOnFile = Awaited<ReturnType<typeof requireBankStatement>>;

function within(user: User, id: string) {
  return and(
    eq(bankStatements.id, id),
    eq(bankStatements.schoolAuthorityId, user.schoolAuthorityId),
  );
}

async function listTransactions(user: User, statementId: string, reader: Reader) {
  const rows = await reader
    .select({ ...getTableColumns(bankTransactions), state, booked })
    .from(bankTransactions)
    .where(
      and(
        eq(bankTransactions.statementId, statementId),
        eq(bankTransactions.schoolAuthorityId, user.schoolAuthorityId),
      ),
    )
    .orderBy(asc(bankTransactions.position));
  const paid = await listPayments(
    rows.map((row) => row.id),
    reader,
  );
  return rows.map(({ booked, ...row }) => ({
    ...row,
    /** What no payment that stands has taken of it yet. */
    left: row.amount.abs().minus(euro(booked)),
    payments: paid.filter(({ transactionId }) => transactionId === row.id),
  }));
}

function listPayments(transactionIds: string[], reader: Reader) {
  return reader
    .select({
      transactionId: bankTransactionPayments.transactionId,
      id: payments.id,
      invoiceId: invoices.id,
      number: invoices.number,
      supplier: suppliers.name,
      paidAmount: payments.paidAmount,
      stands: stands(payments),
    })
    .from(bankTransactionPayments)
    .innerJoin(payments, eq(payments.id, bankTransactionPayments.paymentId))
    .innerJoin(invoices, eq(invoices.id, payments.invoiceId))
    .innerJoin(suppliers, eq(suppliers.id, invoices.supplierId))
    .where(inArray(bankTransactionPayments.transactionId, transactionIds))
    .orderBy(asc(payments.createdAt));
}

/** The transaction that proves a payment; undefined for one that was entered by hand. */
export async function findProof(user: User, paymentId: string) {
  const [proof] = await db
    .select({
      transactionId: bankTransactions.id,
      statementId: bankStatements.id,
      number: bankStatements.statementId,
      account: bankStatements.account,
      position: bankTransactions.position,
      bookedOn: bankTransactions.bookedOn,
    })
    .from(bankTransactionPayments)
    .innerJoin(bankTransactions, eq(bankTransactions.id, bankTransactionPayments.transactionId))
    .innerJoin(bankStatements, eq(bankStatements.id, bankTransactions.statementId))
    .where(
      and(
        eq(bankTransactionPayments.paymentId, paymentId),
        eq(bankTransactionPayments.schoolAuthorityId, user.schoolAuthorityId),
      ),
    );
  return proof;
}

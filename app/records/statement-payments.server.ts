/** Payments that bank statements prove: proposed, and booked when a person has chosen them. */
import { randomUUID } from "node:crypto";
import { negated } from "#app/domain/money.ts";
import {
  chosenBeforehand,
  type ChoiceViolation,
  type OpenInvoice,
  type Proposal,
  proposalsFor,
} from "#app/domain/payment-match.ts";
import type { User } from "#app/domain/permission.ts";
import { db, type Reader, type Transaction } from "#db/client.ts";
import { bankTransactionPayments } from "#db/schema/bank-statements.ts";
import { type BankStatementOnFile, requireBankStatement } from "./bank-transactions.server.ts";
import { lockBooks } from "./journal.server.ts";
import { loadOpenInvoices } from "./open-invoices.server.ts";
import { recordPaymentWithin } from "./payments.server.ts";
import { rememberSent, wasSent } from "./submissions.server.ts";

type TransactionOnFile = BankStatementOnFile["transactions"][number];

/** What each waiting transaction may pay, in the order of the statement. */
export async function loadProposals(
  user: User,
  transactions: TransactionOnFile[],
  reader: Reader = db,
) {
  const invoices = await loadOpenInvoices(user, reader);
  const read = transactions.map((transaction) => {
    const left = transaction.amount.lessThan(0) ? negated(transaction.left) : transaction.left;
    const isOpen = transaction.state === "open";
    return isOpen ? proposalsFor({ ...transaction, amount: left }, invoices) : [];
  });
  const chosen = chosenBeforehand(read);
  return read.map((proposals) =>
    proposals.map((proposal) => ({
      ...proposal,
      isChosen: chosen.has(proposal),
      payments: proposal.payments.map((payment) => {
        return { ...payment, ...nameOf(invoices, payment.invoiceId) };
      }),
    })),
  );
}

function nameOf(invoices: OpenInvoice[], invoiceId: string) {
  const { number, supplier, isCreditNote } = invoices.find(({ id }) => id === invoiceId)!;
  return { number, supplier, isCreditNote };
}

/** A transaction, and the key of the proposal that was chosen for it; empty where none was. */
export type Choice = { transactionId: string; key: string };

type Refusals = { transactionId: string; violation: ChoiceViolation }[];

/** Books what was chosen, all or nothing; gives what stands against it, for each transaction. */
export function bookChoices(
  user: User,
  id: string,
  statementId: string,
  choices: Choice[],
): Promise<Refusals> {
  return db
    .transaction(async (tx) => {
      await lockBooks(tx, user, "pay");
      if (await wasSent(tx, user, id, { statementId, choices })) return [];
      const { transactions } = await requireBankStatement(user, statementId, tx);
      const proposals = await loadProposals(user, transactions, tx);
      const refusals: Refusals = [];
      for (const { transactionId, key } of choices) {
        const isTwice = choices.filter((one) => one.transactionId === transactionId).length > 1;
        const at = isTwice ? -1 : transactions.findIndex((one) => one.id === transactionId);
        const proposal = proposals[at]?.find((one) => one.key === key);
        const violation = key
          ? await bookChoice(tx, user, transactions[at], proposal)
          : ({ field: "choice", rule: "no_proposal_chosen" } as const);
        if (violation) refusals.push({ transactionId, violation });
      }
      if (refusals.length > 0) throw new Refused(refusals);
      await rememberSent(tx, user, id, { statementId, choices });
      return [];
    })
    .catch((error: unknown) => {
      if (error instanceof Refused) return error.refusals;
      throw error;
    });
}

/** Ends the transaction: what was booked beside the refused is not. */
class Refused extends Error {
  constructor(readonly refusals: Refusals) {
    super("payments of a bank statement were refused");
  }
}

/** Each payment is checked again as it is booked: two choices can't pay an invoice twice. */
async function bookChoice(
  tx: Transaction,
  user: User,
  transaction: TransactionOnFile | undefined,
  proposal: Proposal | undefined,
): Promise<ChoiceViolation | undefined> {
  if (transaction?.state !== "open") return { field: "choice", rule: "transaction_not_open" };
  if (!proposal) return { field: "choice", rule: "proposal_outdated" };
  const { schoolAuthorityId } = user;
  const { id: transactionId, valuedOn: paidOn } = transaction;
  for (const { invoiceId, paidAmount, cashDiscount, isPartial } of proposal.payments) {
    const paymentId = randomUUID();
    const draft = { paidOn, paidAmount, cashDiscount, isPartial };
    const violation = await recordPaymentWithin(tx, user, paymentId, invoiceId, draft);
    if (violation) return violation;
    const link = { paymentId, schoolAuthorityId, transactionId };
    await tx.insert(bankTransactionPayments).values(link);
  }
}

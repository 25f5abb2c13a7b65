/** Bank statements on file, and invoices that wait for them. */
import { randomUUID } from "node:crypto";
import { withMoney } from "#app/domain/bank-statement.ts";
import type { InvoiceDraft } from "#app/domain/invoice.ts";
import { readBankStatements } from "#app/readers/bank-statement.ts";
import { recordBankStatements } from "#app/records/bank-statements.server.ts";
import { requireBankStatement } from "#app/records/bank-transactions.server.ts";
import { certifyInvoice } from "#app/records/certifications.server.ts";
import { recordInvoice } from "#app/records/invoice-recording.server.ts";
import type { User } from "#app/domain/permission.ts";
import { accepted, createGrant, createOffice, invoiceDraft, invoiceLine } from "./factories.ts";
import { type EntryGiven, statementFile, type StatementGiven } from "./statement.ts";

export function readFile(...given: StatementGiven[]) {
  const content = statementFile(...given);
  const read = readBankStatements(content);
  if ("problem" in read) throw new Error(read.problem.rule);
  return [{ name: "auszug.xml", content }, read.statements.map(withMoney)] as const;
}

/** The id of the first statement of the file. */
export async function recordStatement(user: User, ...given: StatementGiven[]): Promise<string> {
  const recorded = await recordBankStatements(user, ...readFile(...given));
  if ("violation" in recorded) throw new Error(recorded.violation.rule);
  return recorded.id;
}

export async function statesOf(user: User, statementId: string) {
  const { transactions } = await requireBankStatement(user, statementId);
  return transactions.map(({ state }) => state);
}

/** A transfer that names its purpose. */
export function transfer(
  amount: string,
  text: string,
  given: Partial<EntryGiven> = {},
): EntryGiven {
  return { amount, parts: [{ name: "NETZBAU GMBH", lines: [text] }], ...given };
}

/** An office with a grant, and a way to have certified invoices of it. */
export async function createPayableOffice() {
  const office = await createOffice();
  const { grantId, lineOf } = await createGrant(office);
  async function invoiceOf(number: string, amount: string, given: Partial<InvoiceDraft> = {}) {
    const id = randomUUID();
    const draft = invoiceDraft([invoiceLine(lineOf("2.1"), amount)], { number, ...given });
    accepted(await recordInvoice(office.clerk, id, { grantId }, draft));
    const certification = { certifiedOn: draft.invoicedOn, note: "" };
    accepted(await certifyInvoice(office.deputy, id, certification));
    return id;
  }
  return { ...office, grantId, lineOf, invoiceOf };
}

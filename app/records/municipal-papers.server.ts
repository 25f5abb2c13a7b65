/** Orders and invoices of the municipal budget as the workbook lists them. */
import { sql } from "drizzle-orm";
import type { MunicipalPaper } from "#app/domain/audit-book.ts";
import type { OverBudgetReason } from "#app/domain/audit-rows.ts";
import { type BookScope, covers } from "#app/domain/audit-scope.ts";
import { netOf, sum, zero } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { db, type Reader } from "#db/client.ts";
import { listInvoiceLines } from "./invoices.server.ts";
import { listOrderLines } from "./orders.server.ts";

/** A row for each document and account, amounts in euro as on the paper. */
export async function loadMunicipalPapers(
  reader: Reader,
  user: User,
  scope: BookScope,
): Promise<MunicipalPaper[]> {
  const { asOf } = scope;
  const orders = (await listOrderLines(user, { asOf }, reader)).map((line) => {
    return {
      ...line,
      documentId: line.orderId,
      net: netOf(line.grossAmount, line.vatRate ?? zero),
    };
  });
  const invoices = (await listInvoiceLines(user, { asOf }, reader)).map((line) => {
    const { fiscalYear } = line.invoice;
    return { ...line, fiscalYear, documentId: line.invoiceId, net: line.netAmount };
  });
  const papers = new Map<string, MunicipalPaper>();
  for (const line of [...orders, ...invoices]) {
    if (line.fiscalYear === null || !covers(scope, line)) continue;
    const { documentId, budgetLineId: accountId, number, supplier, net, grossAmount } = line;
    const key = `${documentId} ${accountId}`;
    const known = papers.get(key);
    papers.set(key, {
      ...{ documentId, accountId, number, supplier },
      net: sum([known?.net ?? zero, net ?? zero]),
      gross: sum([known?.gross ?? zero, grossAmount]),
    });
  }
  return [...papers.values()];
}

/**
 * Why documents go over the municipal budget, of all kinds that may be asked: orders and their changes,
 * invoices, and what is charged for a joint service; of all documents, or of one.
 */
export async function listOverBudgetReasons(
  user: User,
  { documentId }: { documentId?: string } = {},
  reader: Reader = db,
): Promise<OverBudgetReason[]> {
  const own = sql`school_authority_id = ${user.schoolAuthorityId} and over_budget_reason <> ''`;
  const which = documentId ? sql`${own} and id = ${documentId}` : own;
  const reasons = (table: string) =>
    sql`select id as "documentId", over_budget_reason as reason from ${sql.identifier(table)} where ${which}`;
  return reader.execute<OverBudgetReason>(sql.join(reasonedTables.map(reasons), sql` union all `));
}

const reasonedTables = [
  "orders",
  "order_changes",
  "invoices",
  "cost_shares",
  "joint_plans",
  "joint_settlements",
];

/** Orders and invoices of the municipal budget as the workbook lists them. */
import type { MunicipalPaper } from "#app/domain/audit-book.ts";
import { type BookScope, covers } from "#app/domain/audit-scope.ts";
import { netOf, sum, zero } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import type { Reader } from "#db/client.ts";
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
    const { fiscalYear, overBudgetReason } = line.invoice;
    return {
      ...line,
      fiscalYear,
      overBudgetReason,
      documentId: line.invoiceId,
      net: line.netAmount,
    };
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
      reason: line.overBudgetReason,
    });
  }
  return [...papers.values()];
}

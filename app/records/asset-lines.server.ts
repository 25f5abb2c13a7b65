/** What lines of invoices cost and what grants pay of them, by the list of receipts (Belegliste). */
import { inOrderOfPayment, type Receipt } from "#app/domain/audit-book.ts";
import { costsOfLines } from "#app/domain/asset-cost.ts";
import type { Day } from "#app/domain/calendar.ts";
import { grouped } from "#app/domain/groups.ts";
import { type Money, sum } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { cumulativeShares } from "#app/domain/terms.ts";
import type { Reader } from "#db/client.ts";
import { loadReceipts } from "./audit-receipts.server.ts";
import { listInvoiceLines } from "./invoices.server.ts";
import { rowsOf } from "./receipt-rows.server.ts";
import { loadSettlings } from "./settlings.server.ts";

/**
 * The lines of invoices that stand on a day, each with the last day on which it was paid, and what each
 * item cost: to the cent what the list of receipts says of that day.
 */
export async function loadLineCosts(reader: Reader, user: User, asOf: Day) {
  const all = await listInvoiceLines(user, { asOf }, reader);
  const lines = all.filter((line) => line.stands);
  const listed = await loadReceipts(reader, user, { asOf });
  const receipts = listed.filter(({ standing }) => standing === "standing");
  const shares = grantShares(receipts);
  const receiptsOf = grouped(receipts, ({ invoiceLineId }) => invoiceLineId);
  const settlingsOf = await loadSettlings(reader, user, { asOf }, all);
  const rowsOfLine = (line: (typeof all)[number]): CostRow[] =>
    // What the municipal budget pays alone is on no list of receipts.
    receiptsOf.get(line.id) ?? rowsOf(line, settlingsOf(line), undefined).map((row) => row.receipt);

  const paidOn = new Map<string, Day | null>();
  const costLines = lines.map((line) => {
    const rows = rowsOfLine(line);
    const days = rows.flatMap((row) => row.paidOn ?? []).sort();
    paidOn.set(line.id, days.at(-1) ?? null);
    return {
      id: line.id,
      invoiceId: line.invoiceId,
      creditedId: line.invoice.creditedId,
      accountId: line.budgetLineId,
      kind: line.kind,
      grossAmount: line.grossAmount,
      cost: sum(rows.map(costOf)),
      grantShare: sum((receiptsOf.get(line.id) ?? []).map((receipt) => shares.get(receipt)!)),
    };
  });
  return { lines, costs: costsOfLines(costLines), paidOn };
}

type CostRow = Pick<Receipt, "paidOn" | "grossAmount" | "cashDiscount" | "ineligibleVat">;

/** Price reductions and deductible VAT are no cost (§ 47 Abs. 2 KomHKVO). */
function costOf({ grossAmount, cashDiscount, ineligibleVat }: CostRow): Money {
  return grossAmount.minus(cashDiscount).minus(ineligibleVat);
}

/** "davon Zuwendung" of the list of receipts, in its order and by its arithmetic. */
function grantShares(receipts: Receipt[]): Map<Receipt, Money> {
  const shares = new Map<Receipt, Money>();
  const byGrant = grouped(inOrderOfPayment(receipts), ({ fileNumber }) => fileNumber.toLowerCase());
  for (const own of byGrant.values()) {
    const { financing } = own[0]!;
    const amounts = own.map(({ eligible }) => eligible);
    cumulativeShares(financing, amounts, financing.planned).forEach(({ grant }, index) => {
      shares.set(own[index]!, grant);
    });
  }
  return shares;
}

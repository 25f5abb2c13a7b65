/** What settles each line of an invoice, as the list of receipts (Belegliste) shows it. */
import type { Day } from "#app/domain/calendar.ts";
import { grouped } from "#app/domain/groups.ts";
import { type PaidLine, paidTogether } from "#app/domain/paid-line.ts";
import type { User } from "#app/domain/permission.ts";
import type { Reader } from "#db/client.ts";
import type { InvoiceLine } from "./invoices.server.ts";
import { loadPayments, loadShifts } from "./payment-lines.server.ts";
import type { Settling } from "./receipt-rows.server.ts";

/**
 * Payments stand at the lines that they pay. What a credit note made less paid stands at its own line of
 * that budget line; at the line of the invoice only where the credit note has none there.
 */
export async function loadSettlings(
  reader: Reader,
  user: User,
  only: { grantId?: string; asOf: Day },
  lines: InvoiceLine[],
): Promise<(line: InvoiceLine) => Settling[]> {
  const paymentsOf = await loadPayments(reader, user, only);
  const shiftsOf = await loadShifts(reader, user, only);
  const linesOf = grouped(lines, ({ invoiceId }) => invoiceId);
  const budgetLineOf = new Map(lines.map((line) => [line.id, line.budgetLineId]));
  const firstOn = (invoiceId: string, budgetLineId: string | undefined) =>
    linesOf.get(invoiceId)?.find((line) => line.budgetLineId === budgetLineId);

  const atCredit = new Map<string, Settling>();
  const atInvoice = new Map<string, Settling[]>();
  for (const { creditId, invoicedOn: on, lines: shifted } of [...shiftsOf.values()].flat()) {
    const moved = [...shifted].filter(([, part]) => movesSomething(part));
    for (const [budgetLineId, some] of grouped(moved, ([id]) => budgetLineOf.get(id))) {
      const place = firstOn(creditId, budgetLineId);
      if (place) {
        const part = paidTogether(some.map(([, one]) => one));
        atCredit.set(place.id, { documentId: creditId, on, part });
        continue;
      }
      for (const [id, part] of some) {
        const before = atInvoice.get(id) ?? [];
        atInvoice.set(id, [...before, { documentId: creditId, on, part }]);
      }
    }
  }
  return (line) => {
    const credit = atCredit.get(line.id);
    if (line.invoice.kind === "credit_note") return credit ? [credit] : [];
    const paid = (paymentsOf.get(line.invoiceId) ?? []).map((payment): Settling => {
      return { documentId: payment.id, on: payment.paidOn, part: payment.lines.get(line.id)! };
    });
    return [...paid, ...(atInvoice.get(line.id) ?? [])];
  };
}

function movesSomething({ paid, eligible, discount, missed }: PaidLine): boolean {
  return [paid, eligible, discount, missed].some((amount) => !amount.isZero());
}

/** Payments of a line that were undone by the day: they settle nothing, and the list shows them all the same. */
export async function loadUndoneSettlings(
  reader: Reader,
  user: User,
  only: { grantId?: string; asOf: Day },
): Promise<(line: InvoiceLine) => Settling[]> {
  const paymentsOf = await loadPayments(reader, user, { ...only, isUndone: true });
  return (line) => {
    // A credit note's refunds are no rows of it: the list shows what it made less paid.
    if (line.invoice.kind === "credit_note") return [];
    return (paymentsOf.get(line.invoiceId) ?? []).flatMap(({ id, paidOn, lines }) => {
      const part = lines.get(line.id);
      return part ? [{ documentId: id, on: paidOn, part }] : [];
    });
  };
}

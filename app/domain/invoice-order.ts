/** An invoice against orders: what it releases of them, and that it stays within them. */
import type { Day } from "./calendar.ts";
import type { InvoiceContext, InvoiceDraft, ValuedLine } from "./invoice.ts";
import { eligible } from "./invoice-line.ts";
import { larger, type Money, smaller, sum, zero } from "./money.ts";
import type { OpenOrderLine } from "./order.ts";

export type InvoiceOrderViolation = { field: string } & (
  | { rule: "order_line_not_open" }
  | { rule: "order_of_other_supplier" }
  | { rule: "order_of_other_line" }
  | { rule: "before_its_order"; orderedOn: Day }
  | { rule: "exceeds_order"; open: Money }
  | { rule: "exceeds_order_needs_reason"; open: Money }
);

export function checkOrderLines(
  draft: Pick<InvoiceDraft, "invoicedOn" | "lines">,
  context: Pick<InvoiceContext, "openOrderLines" | "supplierId">,
): InvoiceOrderViolation | undefined {
  for (const [index, line] of draft.lines.entries()) {
    if (line.orderLineId === undefined) continue;
    const field = `lines[${index}].orderLineId`;
    const ordered = context.openOrderLines.find(({ id }) => id === line.orderLineId);
    if (!ordered) return { field, rule: "order_line_not_open" };
    if (ordered.supplierId !== context.supplierId) {
      return { field, rule: "order_of_other_supplier" };
    }
    if (ordered.budgetLineId !== line.budgetLineId) return { field, rule: "order_of_other_line" };
    if (draft.invoicedOn < ordered.orderedOn) {
      return { field: "invoicedOn", rule: "before_its_order", orderedOn: ordered.orderedOn };
    }
  }
}

/**
 * What each line releases of its order: its eligible part, as far as the order line is still open.
 * Lines of one order line count together, so that a discount does not release what was not invoiced.
 */
export function releases(lines: ValuedLine[], openOrderLines: OpenOrderLine[]): Money[] {
  const left = new Map(
    openOrderLines.map(({ id, open }) => {
      const own = lines.filter(({ orderLineId }) => orderLineId === id);
      return [id, smaller(open, larger(sum(own.map(eligible)), zero))];
    }),
  );
  return lines.map((line) => {
    if (line.orderLineId === undefined) return zero;
    const most = left.get(line.orderLineId) ?? zero;
    const released = smaller(larger(eligible(line), zero), most);
    left.set(line.orderLineId, most.minus(released));
    return released;
  });
}

/** More than was ordered is refused, or has a reason that a second person confirms. */
export function checkOrderSums(
  draft: Pick<InvoiceDraft, "overOrderReason">,
  lines: ValuedLine[],
  { openOrderLines, fourEyes }: Pick<InvoiceContext, "openOrderLines" | "fourEyes">,
): InvoiceOrderViolation | undefined {
  for (const { id, open } of openOrderLines) {
    const own = lines.filter(({ orderLineId }) => orderLineId === id);
    if (!sum(own.map(eligible)).greaterThan(open)) continue;
    const field = `lines[${lines.indexOf(own[0]!)}].grossAmount`;
    if (!fourEyes) return { field, rule: "exceeds_order", open };
    if (draft.overOrderReason === "") {
      return { field: "overOrderReason", rule: "exceeds_order_needs_reason", open };
    }
  }
}

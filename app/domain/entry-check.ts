/** Checks the invoices of a table one after another: each has what those before it have left. */
import { available, type BudgetLine } from "./budget.ts";
import type { Day } from "./calendar.ts";
import { type Entry, type EntryProblem, problemInTable } from "./entry.ts";
import { type BookedLine, checkInvoice, comparable, type InvoiceContext } from "./invoice.ts";
import { eligible } from "./invoice-line.ts";
import type { Money } from "./money.ts";
import type { SpendingTerms } from "./order.ts";

/** The books before the table is entered. */
export type BooksBefore = Pick<
  InvoiceContext,
  "budget" | "openOrderLines" | "fourEyes" | "inputTaxRate" | "today"
> & {
  termsOn(day: Day): SpendingTerms;
  /** Suppliers on file, by their comparable name. */
  supplierIds: Map<string, string>;
  /** Invoices that stand, as `recordedKey` names them. */
  recorded: Set<string>;
};

export function recordedKey(supplierId: string, numberKey: string): string {
  return `${supplierId} ${numberKey}`;
}

export function inTurn(books: BooksBefore) {
  const budget = new Map(books.budget.map((line) => [line.id, line]));
  let openOrderLines = books.openOrderLines;

  function charge(lines: BookedLine[]): void {
    for (const { budgetLineId, orderLineId, releasedAmount, ...line } of lines) {
      const before = budget.get(budgetLineId)!;
      budget.set(budgetLineId, charged(before, eligible(line), releasedAmount));
      if (releasedAmount.isZero()) continue;
      openOrderLines = openOrderLines
        .map((one) =>
          one.id === orderLineId ? { ...one, open: one.open.minus(releasedAmount) } : one,
        )
        .filter(({ open }) => open.greaterThan(0));
    }
  }

  return {
    /** The lines as they would be booked; what they take is gone for the entries that follow. */
    check(entry: Entry): { lines: BookedLine[] } | { problem: EntryProblem } {
      const { draft } = entry;
      const supplierId = books.supplierIds.get(comparable(draft.supplier));
      const isRecorded =
        supplierId !== undefined &&
        books.recorded.has(recordedKey(supplierId, comparable(draft.number)));
      if (isRecorded) {
        const violation = { field: "number", rule: "invoice_recorded_before" } as const;
        return { problem: problemInTable(violation, entry) };
      }
      const checked = checkInvoice(draft, {
        ...books,
        terms: books.termsOn(draft.invoicedOn),
        budget: [...budget.values()],
        openOrderLines,
        supplierId,
        credited: undefined,
        prepayments: [],
      });
      if ("violation" in checked) return { problem: problemInTable(checked.violation, entry) };
      charge(checked.lines);
      return checked;
    },
    /** What is left of a budget line, in euro; undefined for a line of another grant. */
    left(budgetLineId: string): Money | undefined {
      const line = budget.get(budgetLineId);
      return line && available(line);
    },
  };
}

function charged(line: BudgetLine, amount: Money, released: Money): BudgetLine {
  const { limit } = line;
  return {
    ...line,
    invoiced: line.invoiced.plus(amount),
    committed: line.committed.minus(released),
    ...(limit && { limit: { ...limit, left: limit.left.minus(amount).plus(released) } }),
  };
}

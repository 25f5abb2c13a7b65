/**
 * Invoices entered as rows of a table (typed, pasted or imported): one row is one line of an invoice,
 * and rows of the same supplier, number and day are one invoice.
 */
import { grouped } from "./groups.ts";
import type { Day } from "./calendar.ts";
import type { TableRow } from "./reading.ts";
import { comparable, type InvoiceDraft, type InvoiceViolation } from "./invoice.ts";

export const entryColumns = [
  "supplier",
  "number",
  "invoicedOn",
  "school",
  "position",
  "description",
  "quantity",
  "netAmount",
  "vatRate",
  "grossAmount",
  "ineligibleAmount",
  "ineligibleReason",
  "orderNumber",
] as const;
export type EntryColumn = (typeof entryColumns)[number];

/** The most rows that are typed or pasted at once; more come as a file. */
export const mostEntryRows = 1_000;

/** What stands in the cells of a row; the number is that of the row in its table, from 1. */
export type EntryRow = { number: number; cells: Partial<Record<EntryColumn, string>> };

export type CellViolation = { field: EntryColumn } & (
  | { rule: "cell_empty" }
  | { rule: "cell_no_amount" }
  | { rule: "cell_no_day" }
  | { rule: "cell_no_share" }
  | { rule: "cell_no_quantity" }
  | { rule: "cell_too_long"; most: number }
  | { rule: "cell_unkeepable" }
  | { rule: "school_unknown" }
  | { rule: "position_unknown" }
  | { rule: "position_unclear"; choices: string[] }
  | { rule: "order_unknown" }
  | { rule: "order_unclear" }
  | { rule: "day_of_other_row"; row: number; invoicedOn: Day }
  | { rule: "row_twice"; row: number }
  | { rule: "entry_is_credit_note" }
);

/** What is wrong with a row, and in which column. */
export type EntryProblem = {
  row: number;
  column: EntryColumn;
  violation: CellViolation | InvoiceViolation;
};

/** An invoice of the table, with the numbers of the rows from which its lines come. */
export type Entry = { rows: number[]; draft: InvoiceDraft };

/** Where a problem of an invoice is mended in the table. */
export function problemInTable(violation: InvoiceViolation, { rows }: Entry): EntryProblem {
  const [, index, ofLine] = /^lines\[(\d+)\]\.(\w+)$/.exec(violation.field) ?? [];
  const column = columnOfField[ofLine ?? violation.field] ?? "grossAmount";
  return { row: rows[Number(index ?? 0)]!, column, violation };
}

const columnOfField: Record<string, EntryColumn> = {
  supplier: "supplier",
  number: "number",
  invoicedOn: "invoicedOn",
  budgetLineId: "position",
  description: "description",
  quantity: "quantity",
  netAmount: "netAmount",
  vatRate: "vatRate",
  ineligibleAmount: "ineligibleAmount",
  ineligibleReason: "ineligibleReason",
  orderLineId: "orderNumber",
  overOrderReason: "orderNumber",
};

export function invoiceKey(row: Pick<Identified, "supplier" | "invoiceNumber">): string {
  return `${comparable(row.supplier)} ${comparable(row.invoiceNumber)}`;
}

type Identified = { number: number; supplier: string; invoiceNumber: string; invoicedOn: Day };

/** Rows by the invoice that they belong to; of rows that contradict each other the later is wrong. */
export function byInvoice<Row extends Identified>(rows: Row[]) {
  const problems: EntryProblem[] = [];
  const groups = grouped(rows, invoiceKey);
  const invoices = [...groups.values()].map((group) => {
    const [first] = group as [Row, ...Row[]];
    for (const row of group) {
      if (row.invoicedOn === first.invoicedOn) continue;
      problems.push({
        row: row.number,
        column: "invoicedOn",
        violation: {
          field: "invoicedOn",
          rule: "day_of_other_row",
          row: first.number,
          invoicedOn: first.invoicedOn,
        },
      });
    }
    return group;
  });
  return { invoices, problems };
}

/** A row that says the same as one before in every cell: pasted twice, or two lines to be added up. */
export function rowsTwice(rows: EntryRow[]): EntryProblem[] {
  const seen = new Map<string, number>();
  return rows.flatMap(({ number, cells }): EntryProblem[] => {
    const key = JSON.stringify(entryColumns.map((column) => cells[column]?.trim() ?? ""));
    const before = seen.get(key);
    if (before === undefined) {
      seen.set(key, number);
      return [];
    }
    const violation: CellViolation = { field: "number", rule: "row_twice", row: before };
    return [{ row: number, column: "number", violation }];
  });
}

/** Which place in the rows of a table, from 0, holds which column. */
export type ColumnMapping = Partial<Record<EntryColumn, number>>;

/** The rows of a table below its header, by our columns. */
export function rowsBelow(
  rows: TableRow[],
  headerRow: number | null,
  mapping: ColumnMapping,
): EntryRow[] {
  const places = Object.entries(mapping) as [EntryColumn, number][];
  return rows
    .filter(({ number }) => number > (headerRow ?? 0))
    .map(({ number, cells }) => ({
      number,
      cells: Object.fromEntries(places.map(([column, place]) => [column, cells[place] ?? ""])),
    }));
}

/** Files of others (tables, bank statements, e-invoices) and why one cannot be read. */

/** What can befall any file, whatever is to be read from it. */
export type ReadingViolation = { field: "file" } & (
  | { rule: "file_unreadable" }
  | { rule: "file_takes_too_long" }
);

/** Row and cells of a table file as text in German notation, numbered as in the file from 1. */
export type TableRow = { number: number; cells: string[] };

/** The most of a table file that is read. More is refused before anything is built from it. */
export const mostOfTable = {
  bytes: 10 * 1024 * 1024,
  rows: 20_000,
  columns: 100,
  cells: 300_000,
  /** Characters of one cell; a cell of Excel holds 32.767. */
  text: 32_767,
};

/** How a workbook differs from all that office programs write. */
export type Oddity =
  | "too_many_parts"
  | "strange_part"
  | "unpacks_too_large"
  | "size_not_as_declared"
  | "document_type"
  | "cell_out_of_range"
  | "merged_area_too_large";

export type TableViolation = { field: "file" } & (
  | { rule: "file_not_a_table" }
  | { rule: "workbook_encrypted" }
  | { rule: "workbook_of_old_kind" }
  | { rule: "workbook_odd"; oddity: Oddity }
  | { rule: "table_too_large"; part: keyof typeof mostOfTable; most: number }
  | { rule: "table_empty" }
);

export type FileImportedBefore = {
  field: "file";
  rule: "file_imported_before";
  fileName: string;
  importedAt: Date;
};

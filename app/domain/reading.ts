/** Files of others (tables, bank statements, e-invoices) and why one cannot be read. */

/** What can befall any file, whatever is to be read from it. */
export type ReadingViolation = { field: "file" } & (
  | { rule: "file_unreadable" }
  | { rule: "file_takes_too_long" }
);

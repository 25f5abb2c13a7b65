/** What the check of an audit workbook (Nachprüfung) finds: where a copy differs from the book that the books give. */
import type { ReadingViolation, TableViolation } from "./reading.ts";

export type Difference =
  | { kind: "cell"; sheet: string; cell: string; expected: string; found: string }
  | { kind: "row_missing"; sheet: string; row: number; expected: string }
  | { kind: "row_added"; sheet: string; row: number; found: string }
  | { kind: "sheet_missing" | "sheet_added"; sheet: string }
  | { kind: "name"; name: string; expected: string; found: string };

/** A sheet whose content is not what the seal on the cover of the same file was made of. */
export type BrokenSeal = { sheet: string; printed: string; reckoned: string };

export type BookFindings = {
  /** Cells that were compared. */
  cells: number;
  /** How many differences there are; the first of them are named. */
  count: number;
  differences: Difference[];
  seals: { checked: number; broken: BrokenSeal[] };
};

/** So many differences are named; the rest is counted. */
export const mostNamed = 100;

export type BookCheckViolation = { field: "file" } & (
  | { rule: "book_without_mark" }
  | { rule: "book_of_another_authority" }
  | { rule: "book_of_unknown_maker" }
  | { rule: "book_of_the_future" }
  | { rule: "book_of_unseen_grant" }
);

export type BookCheckRefusal = ReadingViolation | TableViolation | BookCheckViolation;

/** What the check of an audit workbook (Nachprüfung) finds: where a copy differs from the book that the books give. */
import type { ReadingViolation, TableViolation } from "./reading.ts";

export type Difference =
  | { kind: "cell"; sheet: string; cell: string; expected: string; found: string }
  | { kind: "row_missing"; sheet: string; row: number; expected: string }
  | { kind: "row_added"; sheet: string; row: number; found: string }
  | { kind: "sheet_missing" | "sheet_added"; sheet: string }
  | { kind: "name"; name: string; expected: string; found: string };

/** A sheet whose content, without the entries of the audit, is not what the seal on the cover was made of. */
export type BrokenSeal = { sheet: string; printed: string; reckoned: string };

/** What the audit wrote into a column that is meant for it. */
export type HandEntry = { sheet: string; cell: string; title: string; found: string };

export type BookFindings = {
  /** Cells that were compared. */
  cells: number;
  /** How many differences there are; the first of them are named. */
  count: number;
  differences: Difference[];
  /** Entries of the audit, which are no differences, and how many there are; the first of them are named. */
  handCount: number;
  handEntries: HandEntry[];
  seals: { checked: number; broken: BrokenSeal[] };
};

/** So many differences, and so many entries of the audit, are named; the rest is counted. */
export const mostNamed = 100;

export type BookCheckViolation = { field: "file" } & (
  | { rule: "book_without_mark" }
  | { rule: "book_of_another_authority" }
  | { rule: "book_of_unknown_maker" }
  | { rule: "book_of_the_future" }
  | { rule: "book_of_unseen_grant" }
  | { rule: "book_beyond_access" }
);

export type BookCheckRefusal = ReadingViolation | TableViolation | BookCheckViolation;

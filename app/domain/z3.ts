/**
 * The Z3 export (Datenträgerüberlassung): tables as separated values with a description of their columns, in the
 * Beschreibungsstandard (GDPdU, 2004) that audit programs such as IDEA read.
 */

/** Amounts in euro with decimal comma, whole numbers, days as TT.MM.JJJJ; of these three none is ever empty. */
export type Z3Kind = "text" | "amount" | "whole" | "day";

export type Z3Column = { name: string; kind: Z3Kind; note: string };

export type Z3Table = {
  /** Name of its file, such as "journal.csv". */
  file: string;
  name: string;
  note: string;
  /** The first is the key. */
  columns: Z3Column[];
  /** A column that holds the key of another table. */
  references: { column: string; table: string }[];
};

/** What an export says of itself. */
export type Z3Head = { supplier: string; location: string; comment: string };

/** German words for what the books name by their own: each by its name in the database. */
export type Z3Words = Record<
  | "schoolKinds"
  | "roles"
  | "financingKinds"
  | "accountKinds"
  | "figures"
  | "documentKinds"
  | "deeds"
  | "costKinds"
  | "awardKinds"
  | "invoiceKinds"
  | "invoiceLineKinds"
  | "ineligibleReasons"
  | "drawdownKinds"
  | "noticeKinds"
  | "proofKinds"
  | "attachmentSubjects",
  Record<string, string>
>;

/** The heads of the columns: the first record of a file, which readers skip. */
export function z3Heading({ columns }: Z3Table): string {
  return `${columns.map(({ name }) => `"${name}"`).join(";")}\r\n`;
}

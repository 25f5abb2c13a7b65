/** One table as one sheet: heading in row 1, a row for each record, nothing merged, nothing between. */
import type { Content } from "./cells.ts";
import { keyOf, nameOf } from "./range-names.ts";
import type { CellStyle } from "./styles.ts";

/** Where a row stands, for formulas on its neighbours. */
export type Place<Key> = { number: number; at: (key: Key) => string };

export type Column<Row, Key extends string> = {
  /** German, since it names the column's range in the workbook: "Journal_Betrag". */
  key?: Key;
  title: string;
  width: number;
  /** One of `styles.ts`, whose objects the frame of a workbook knows. */
  style: CellStyle | ((row: Row) => CellStyle);
  /** Whose alignment the heading takes, where rows have styles of their own. */
  headingStyle?: CellStyle;
  content: (row: Row, place: Place<Key>) => Content;
};

/** Rows that come in portions and are not counted before, such as those of a database's cursor. */
export type Portions<Row> = Iterable<Row[]> | AsyncIterable<Row[]>;

/** How a sheet looks: all of a table but its rows. */
export type Layout<Row, Key extends string> = {
  sheet: string;
  columns: Column<Row, Key>[];
  frozenColumns?: number;
  /** False for a sheet that is read from top to bottom. */
  hasFilter?: boolean;
};

export type Table<Row, Key extends string> = Layout<Row, Key> & { rows: Row[] };

/** Any table, seen from outside: for formulas and names. */
export type Shape<Key extends string = string> = {
  sheet: string;
  columns: { key?: Key; title: string }[];
  rows: { readonly length: number };
};

/** The name of a column's range, to be used in formulas. */
export function range<Key extends string>(table: Shape<Key>, key: Key): string {
  if (!table.columns.some((column) => keyOf(column) === key)) {
    throw new RangeError(`${table.sheet} has no column ${key}`);
  }
  return `${nameOf(table.sheet)}_${key}`;
}

/**
 * The named ranges of a table. Without rows the range is the empty row 2: one from row 2 to row 1
 * would be turned around by every program and take in the heading.
 */
export function namedRanges(table: Shape): { name: string; ranges: string[] }[] {
  const last = Math.max(2, table.rows.length + 1);
  return table.columns.map((column, index) => {
    const letter = letterOf(index);
    const cells = `'${table.sheet}'!$${letter}$2:$${letter}$${last}`;
    return { name: range(table, keyOf(column)), ranges: [cells] };
  });
}

/** Rows of a sheet below its heading. */
export const mostRows = 1_048_575;

/** 0 is A, 26 is AA. */
export function letterOf(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letterOf(Math.floor(index / 26) - 1) + last;
}

/** Comparisons on the sheet "Kontrolle": two sides, each a live formula or a stored value. */
import { euro, type Money, sum, zero } from "#app/domain/money.ts";
import { range, type Shape } from "./table.ts";

/** One side of a comparison; without a formula it is a stored value. */
export type Side = { amount: Money; formula?: string };

export type Comparison = { what: string; here: Side; against: Side; isCount?: boolean };

export type Control = Comparison | { what: string; holds: boolean };

/** The sum of a column. */
export function column<Key extends string>(table: Shape<Key>, key: Key, amounts: Money[]): Side {
  return { amount: sum(amounts), formula: `ROUND(SUM(${range(table, key)}),2)` };
}

/** Two columns of which each has a part. */
export function both(one: Side, other: Side): Side {
  const amount = one.amount.plus(other.amount);
  return { amount, formula: `ROUND(${one.formula}+${other.formula},2)` };
}

export function pick<Key extends string>(rows: Record<Key, Money>[], key: Key): Money[] {
  return rows.map((row) => row[key]);
}

export function count(rows: number): Side {
  return { amount: rows === 0 ? zero : euro(String(rows)) };
}

/** What rows and cells of a workbook say, as text for a reader. */
import { dateOf, dateText, numberText } from "#app/domain/sheet-text.ts";
import type { BookCell, BookRow } from "./book-rows.ts";

export function textOfRow(row: BookRow): string {
  return row.cells
    .slice(0, 6)
    .map((cell) => valueText(cell))
    .join(" | ");
}

/** "" for an empty one; a formula with its value. */
export function textOfCell(cell: BookCell | undefined, row: number): string {
  if (!cell) return "";
  const { formula } = cell;
  if (formula === undefined) return valueText(cell);
  return `=${formula.replaceAll("#", String(row))} → ${valueText(cell)}`;
}

function valueText({ value, isDay }: BookCell): string {
  if (typeof value === "string") return value.slice(0, 300);
  return isDay ? dateText(dateOf(value)) : numberText(value);
}

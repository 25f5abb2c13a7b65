/** A row of the table: one field for each column, its problem below it. */
import { memo } from "react";
import { type EntryColumn, entryColumns } from "#app/domain/entry.ts";
import { entryColumnWords } from "#app/german/entry-columns.ts";

export type RowState = { key: string; cells: Partial<Record<EntryColumn, string>> };

const withChoices: EntryColumn[] = ["supplier", "school", "position", "orderNumber"];

export const GridRow = memo(function GridRow({
  row,
  number,
  problems,
  left,
}: {
  row: RowState;
  number: number;
  /** As JSON: the same text means the same problems. */
  problems: string;
  left: string;
}) {
  const own = problems ? (JSON.parse(problems) as { column: string; sentence: string }[]) : [];
  return (
    <tr>
      <th scope="row">{number}</th>
      {entryColumns.map((column) => {
        const id = cellId(number, column);
        const sentences = own.filter((one) => one.column === column);
        const hasProblem = sentences.length > 0;
        return (
          <td key={column} data-label={entryColumnWords[column]}>
            <input
              id={id}
              name={column}
              data-row={number}
              defaultValue={row.cells[column] ?? ""}
              aria-label={`${entryColumnWords[column]}, Zeile ${number}`}
              aria-invalid={hasProblem || undefined}
              aria-describedby={hasProblem ? `${id}-error` : undefined}
              list={withChoices.includes(column) ? `list-${column}` : undefined}
              autoComplete="off"
            />
            {hasProblem && (
              <span className="grid-error" id={`${id}-error`}>
                {sentences.map(({ sentence }) => sentence).join(" ")}
              </span>
            )}
          </td>
        );
      })}
      <td data-label="danach verfügbar" className={left.startsWith("-") ? "left short" : "left"}>
        {left}
      </td>
    </tr>
  );
});

export function cellId(row: number, column: string): string {
  return `cell-${row}-${column}`;
}

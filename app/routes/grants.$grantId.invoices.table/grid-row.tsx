/** A row of the table: one field for each column, its problem below it. */
import { memo, useEffect, useRef, useState } from "react";
import { type EntryColumn, entryColumns } from "#app/domain/entry.ts";
import { entryColumnWords } from "#app/german/entry-columns.ts";

export type RowState = {
  key: string;
  cells: Partial<Record<EntryColumn, string>>;
  /** Shown as text until it comes near the screen: thousands of fields take the browser seconds. */
  isLight?: boolean;
};

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
  const place = useRef<HTMLTableRowElement>(null);
  const isNear = useNearness(place, row.isLight ?? false);
  const own = problems ? (JSON.parse(problems) as { column: string; sentence: string }[]) : [];
  return (
    <tr ref={place}>
      <th scope="row">{number}</th>
      {entryColumns.map((column) => {
        const id = cellId(number, column);
        const sentences = own.filter((one) => one.column === column);
        const hasProblem = sentences.length > 0;
        return (
          <td
            key={column}
            id={isNear ? undefined : id}
            data-label={entryColumnWords[column]}
            className={column}
          >
            {isNear || row.cells[column]}
            <input
              type={isNear ? "text" : "hidden"}
              id={isNear ? id : undefined}
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

/** True from the moment on at which a light row comes near the screen. */
function useNearness(place: React.RefObject<Element>, isLight: boolean): boolean {
  const [isNear, setNear] = useState(!isLight);
  useEffect(() => {
    if (isNear || !place.current) return;
    const observer = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && setNear(true),
      { rootMargin: "400px" },
    );
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [isNear, place]);
  return isNear;
}

export function cellId(row: number, column: string): string {
  return `cell-${row}-${column}`;
}

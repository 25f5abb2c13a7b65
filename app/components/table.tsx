/** A table of rows. On a phone each row becomes a card, with the heading beside each value. */
import type { ReactNode } from "react";

export type Column<Row> = {
  label: string;
  isNumeric?: boolean;
  cell: (row: Row) => ReactNode;
};

export function Table<Row>({
  caption,
  columns,
  rows,
  keyOf,
  footer,
  isCaptionHidden = false,
}: {
  caption: string;
  columns: Column<Row>[];
  rows: Row[];
  keyOf: (row: Row) => string | number;
  /** Cells of a total row, one for each column. */
  footer?: ReactNode[];
  isCaptionHidden?: boolean;
}) {
  const numeric = (isNumeric?: boolean) => (isNumeric ? " kern-table__cell--numeric" : "");
  return (
    <div className="table-frame" role="region" aria-label={caption} tabIndex={0}>
      <table className="kern-table kern-table--small kern-table--striped" role="table">
        <caption className={isCaptionHidden ? "kern-sr-only" : "kern-title"}>{caption}</caption>
        <thead className="kern-table__header" role="rowgroup">
          <tr className="kern-table__row" role="row">
            {columns.map(({ label, isNumeric }) => (
              <th
                key={label}
                scope="col"
                role="columnheader"
                className={
                  isNumeric
                    ? "kern-table__header kern-table__header--numeric"
                    : "kern-table__header"
                }
              >
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="kern-table__body" role="rowgroup">
          {rows.map((row) => (
            <tr key={keyOf(row)} className="kern-table__row" role="row">
              {columns.map(({ label, isNumeric, cell }, index) =>
                index === 0 ? (
                  <th
                    key={label}
                    scope="row"
                    role="rowheader"
                    data-label={label}
                    className={`kern-table__cell${numeric(isNumeric)}`}
                  >
                    {cell(row)}
                  </th>
                ) : (
                  <td
                    key={label}
                    role="cell"
                    data-label={label}
                    className={`kern-table__cell${numeric(isNumeric)}`}
                  >
                    {cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
        {footer && (
          <tfoot className="kern-table__footer" role="rowgroup">
            <tr className="kern-table__row" role="row">
              {footer.map((cell, index) => (
                <td
                  key={columns[index]!.label}
                  role="cell"
                  data-label={columns[index]!.label}
                  className={`kern-table__cell${numeric(columns[index]!.isNumeric)}`}
                >
                  {cell}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}

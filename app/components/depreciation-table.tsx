/** Depreciation and special item by fiscal year, of one asset or of all. */
import { Euro } from "./euro.tsx";
import { Table } from "./table.tsx";

export type YearRow = {
  year: number;
  months: number;
  depreciation: string;
  dissolution: string;
  disposedValue: string;
  disposedItem: string;
  netBurden: string;
  bookValue: string;
  specialItem: string;
};

type Figure = Exclude<keyof YearRow, "year" | "months">;

export function DepreciationTable({
  caption,
  rows,
  current,
  totals,
}: {
  caption: string;
  rows: YearRow[];
  /** The year that is marked; undefined marks none. */
  current?: number;
  /** Sums of all years; they must be the cost and the grant's part. */
  totals?: Record<
    "depreciation" | "dissolution" | "disposedValue" | "disposedItem" | "netBurden",
    string
  >;
}) {
  const hasDisposals = rows.some(
    ({ disposedValue, disposedItem }) => disposedValue !== "0" || disposedItem !== "0",
  );
  const figure = (label: string, key: Figure) => ({
    label,
    isNumeric: true,
    cell: (row: YearRow) =>
      row.year === current ? (
        <strong>
          <Euro amount={row[key]} />
        </strong>
      ) : (
        <Euro amount={row[key]} />
      ),
  });
  const columns = [
    {
      label: "Haushaltsjahr",
      cell: ({ year }: YearRow) => (year === current ? <strong>{year} (jetzt)</strong> : year),
    },
    ...(totals ? [{ label: "Monate", isNumeric: true, cell: (row: YearRow) => row.months }] : []),
    figure("Abschreibung", "depreciation"),
    figure("Auflösung", "dissolution"),
    ...(hasDisposals
      ? [figure("Abgang", "disposedValue"), figure("Abgang Sonderposten", "disposedItem")]
      : []),
    figure("Belastung", "netBurden"),
    figure("Buchwert 31.12.", "bookValue"),
    figure("Sonderposten 31.12.", "specialItem"),
  ];
  const footer = totals && [
    "Summe",
    rows.reduce((months, row) => months + row.months, 0),
    <Euro key="a" amount={totals.depreciation} />,
    <Euro key="b" amount={totals.dissolution} />,
    ...(hasDisposals
      ? [
          <Euro key="c" amount={totals.disposedValue} />,
          <Euro key="d" amount={totals.disposedItem} />,
        ]
      : []),
    <Euro key="e" amount={totals.netBurden} />,
    "",
    "",
  ];
  return (
    <Table
      caption={caption}
      rows={rows}
      keyOf={({ year }) => year}
      columns={columns}
      footer={footer}
    />
  );
}

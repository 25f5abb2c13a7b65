/** What is wrong, by row and column; and the first rows as they were understood. */
import { Euro } from "#app/components/euro.tsx";
import { Table } from "#app/components/table.tsx";
import { type ColumnMapping, type EntryColumn, entryColumns } from "#app/domain/entry.ts";
import { columnLetter, entryColumnWords } from "#app/german/entry-columns.ts";

type Problem = { row: number; column: EntryColumn; sentence: string };

export function ProblemTable({
  problems,
  count,
  page: { mapping, columns },
}: {
  problems: Problem[];
  count: number;
  page: { mapping: ColumnMapping; columns: string[] };
}) {
  const caption =
    count > problems.length
      ? `Was nicht stimmt: die ersten ${problems.length} von ${count} Stellen`
      : "Was nicht stimmt";
  return (
    <Table
      caption={caption}
      rows={problems}
      keyOf={({ row, column, sentence }) => `${row} ${column} ${sentence}`}
      columns={[
        { label: "Zeile", isNumeric: true, cell: ({ row }) => row },
        { label: "Spalte", cell: ({ column }) => place(column, mapping, columns) },
        { label: "Was zu tun ist", cell: ({ sentence }) => sentence },
      ]}
    />
  );
}

/** "C (Rechnungsdatum)", or our name of a column that the table does not have. */
function place(column: EntryColumn, mapping: ColumnMapping, columns: string[]): string {
  const at = mapping[column];
  const word = entryColumnWords[column];
  return at === undefined ? `${word} (fehlt)` : `${columnLetter(at)} (${columns[at] || word})`;
}

type Row = { number: number; cells: Partial<Record<EntryColumn, string>>; left: string | null };

export function RowTable({ rows, count }: { rows: Row[]; count: number }) {
  const filled = entryColumns.filter((column) => rows.some(({ cells }) => cells[column]));
  return (
    <Table
      caption={count > rows.length ? `Die ersten ${rows.length} von ${count} Zeilen` : "Zeilen"}
      rows={rows}
      keyOf={({ number }) => number}
      columns={[
        { label: "Zeile", isNumeric: true, cell: ({ number }) => number },
        ...filled.map((column) => ({
          label: entryColumnWords[column],
          isNumeric: /Amount$|Rate$|quantity/.test(column),
          cell: ({ cells }: Row) => cells[column],
        })),
        {
          label: "danach verfügbar",
          isNumeric: true,
          cell: ({ left }) => (left === null ? "" : <Euro amount={left} />),
        },
      ]}
    />
  );
}

/** The figures of the overview in their order; each links to the entries whose sum it is. */
import { entriesOf, Euro } from "#app/components/euro.tsx";
import { TextLink } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";

export const headings = {
  ceiling: "Höchstbetrag",
  applied: "beantragt",
  granted: "bewilligt",
  committed: "gebunden",
  invoiced: "in Rechnung",
  paid: "bezahlt",
  drawn: "abgerufen",
  received: "erhalten",
  appropriated: "Ansatz",
} as const;

type FigureRow = Record<
  "ceiling" | "granted" | "committed" | "invoiced" | "paid" | "drawn" | "received" | "available",
  string
> & {
  id: string;
  name: string;
  to: string;
  applied: string | null;
  applicationId?: string;
  filter: Record<string, string>;
  grantedKind: string;
};

export function FigureTable({
  caption,
  rows,
  isGrant = false,
  isSchool = false,
}: {
  caption: string;
  rows: FigureRow[];
  isGrant?: boolean;
  isSchool?: boolean;
}) {
  const none = <span className="muted">–</span>;
  const spending = (figure: "committed" | "invoiced" | "paid") => ({
    label: headings[figure],
    isNumeric: true,
    cell: (row: FigureRow) => (
      <Euro amount={row[figure]} to={entriesOf({ ...row.filter, kind: "budget_line", figure })} />
    ),
  });
  const coming = (figure: "drawn" | "received") => ({
    label: headings[figure],
    isNumeric: true,
    cell: (row: FigureRow) =>
      isSchool ? none : <Euro amount={row[figure]} to={entriesOf({ ...row.filter, figure })} />,
  });
  return (
    <Table
      caption={caption}
      rows={rows}
      keyOf={({ id }) => id}
      columns={[
        { label: "Name", cell: ({ to, name }) => <TextLink to={to}>{name}</TextLink> },
        {
          label: headings.ceiling,
          isNumeric: true,
          cell: (row) =>
            isGrant ? (
              none
            ) : (
              <Euro amount={row.ceiling} to={entriesOf({ ...row.filter, figure: "ceiling" })} />
            ),
        },
        {
          label: headings.applied,
          isNumeric: true,
          cell: (row) =>
            row.applied === null ? (
              none
            ) : isGrant ? (
              <Euro
                amount={row.applied}
                to={entriesOf({ document: row.applicationId ?? "", figure: "applied" })}
              />
            ) : (
              <Euro amount={row.applied} to={entriesOf({ ...row.filter, figure: "applied" })} />
            ),
        },
        {
          label: headings.granted,
          isNumeric: true,
          cell: (row) => (
            <Euro
              amount={row.granted}
              to={entriesOf({ ...row.filter, kind: row.grantedKind, figure: "granted" })}
            />
          ),
        },
        spending("committed"),
        spending("invoiced"),
        spending("paid"),
        coming("drawn"),
        coming("received"),
        {
          label: "verfügbar",
          isNumeric: true,
          cell: (row) => (
            <strong>
              <Euro amount={row.available} to={entriesOf({ ...row.filter, kind: "budget_line" })} />
            </strong>
          ),
        },
      ]}
    />
  );
}

/** What an envelope holds for each school, and the decisions that divided it. */
import type { DividedPots } from "#app/domain/school-pots.ts";
import { entriesOf, Euro, DayText } from "./euro.tsx";
import { Badge, Empty, TextLink } from "./page.tsx";
import { Table } from "./table.tsx";

type Amounts<Row> = { [Column in keyof Row]: string };

export function SchoolPotsTable({
  envelopeId,
  schools,
  rest,
  totals,
}: {
  envelopeId: string;
  schools: (Amounts<DividedPots["schools"][number]> & { school: string })[];
  rest: Amounts<DividedPots["rest"]>;
  totals: Amounts<DividedPots["totals"]>;
}) {
  type Row = (typeof schools)[number];
  const ofSchool = ({ schoolId }: Row, figure: string) =>
    entriesOf({ envelope: envelopeId, school: schoolId, kind: "pot", figure });
  const amount = (label: string, column: keyof DividedPots["totals"], figure?: string) => ({
    label,
    isNumeric: true,
    cell: (row: Row) => (
      <Euro amount={row[column]} to={figure ? ofSchool(row, figure) : undefined} />
    ),
  });
  const total = (column: keyof DividedPots["totals"]) => (
    <Euro key={column} amount={totals[column]} />
  );
  return (
    <>
      <Table
        caption="Was jede Schule hat, ohne Administration"
        rows={schools}
        keyOf={({ schoolId }) => schoolId}
        columns={[
          { label: "Schule", cell: ({ school }) => school },
          amount("Sockelbetrag", "baseAmount"),
          amount("Zuteilung", "allotted"),
          amount("beantragt", "applied", "applied"),
          amount("bewilligt", "granted", "granted"),
          amount("davon Windhundverfahren", "beyond"),
          amount("noch verfügbar", "left"),
        ]}
        footer={[
          "Summe mit dem, was niemandem zugeteilt ist",
          ...(["baseAmount", "allotted", "applied", "granted", "beyond", "left"] as const).map(
            total,
          ),
        ]}
      />
      <p className="kern-body">
        Niemandem zugeteilt: <Euro amount={rest.ceiling} />, davon noch verfügbar für alle:{" "}
        <Euro amount={rest.left} />.
      </p>
    </>
  );
}

export type AllotmentRow = {
  id: string;
  decidedOn: string;
  reason: string;
  resolution: string | null;
  stands: boolean;
  lines: { school: string; change: string }[];
};

export function AllotmentTable({ allotments }: { allotments: AllotmentRow[] }) {
  if (allotments.length === 0) {
    return <Empty>Noch nichts zugeteilt: Der freie Teil steht allen Schulen offen.</Empty>;
  }
  return (
    <Table
      caption="Beschlossene Zuteilungen"
      rows={allotments}
      keyOf={({ id }) => id}
      columns={[
        {
          label: "beschlossen am",
          cell: ({ id, decidedOn, stands }) => (
            <>
              <TextLink to={`/documents/allotment/${id}`}>
                <DayText day={decidedOn} />
              </TextLink>{" "}
              {!stands && <Badge kind="danger">storniert</Badge>}
            </>
          ),
        },
        { label: "Beschluss", cell: ({ resolution }) => resolution ?? "–" },
        { label: "Grund", cell: ({ reason }) => reason },
        {
          label: "mehr oder weniger",
          cell: ({ lines }) =>
            lines.map(({ school, change }) => (
              <div key={school}>
                {school}: {change.startsWith("-") ? "" : "+"}
                <Euro amount={change} />
              </div>
            )),
        },
      ]}
    />
  );
}

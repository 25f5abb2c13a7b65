/** The course of an application (Verlauf): state, day, person, reason. */
import { DayText } from "#app/components/euro.tsx";
import { Badge, Section, TextLink } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import { historyWords } from "#app/german/application-sentences.ts";

type Row = {
  id: string;
  kind: keyof typeof historyWords;
  on: string;
  person: string | null;
  reason: string;
  stands: boolean;
};

export function History({ rows }: { rows: Row[] }) {
  return (
    <Section title="Verlauf">
      <Table
        caption="Verlauf"
        isCaptionHidden
        rows={rows}
        keyOf={({ id, kind }) => `${kind} ${id}`}
        columns={[
          {
            label: "Stand",
            cell: ({ kind, stands }) => (
              <>
                {historyWords[kind]} {!stands && <Badge kind="danger">storniert</Badge>}
              </>
            ),
          },
          { label: "am", cell: ({ on }) => <DayText day={on} /> },
          { label: "gebucht von", cell: ({ person }) => person ?? "–" },
          { label: "Grund", cell: ({ reason }) => reason || "–" },
          { label: "Beleg", cell: (row) => <Document {...row} /> },
        ]}
      />
    </Section>
  );
}

/** Steps after the submission can be reversed at their documents. */
function Document({ id, kind }: Row) {
  if (kind === "granted") return <TextLink to={`/grants/${id}`}>Bescheid</TextLink>;
  if (kind === "returned" || kind === "refused" || kind === "withdrawn") {
    return <TextLink to={`/documents/application_step/${id}`}>Beleg und Storno</TextLink>;
  }
  return "–";
}

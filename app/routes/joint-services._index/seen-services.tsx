import { DayText } from "#app/components/euro.tsx";
import { ActionLink, Empty, Section, TextLink } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import { formatMoment } from "#app/german/notation.ts";

type Seen = { id: string; name: string; keeperName: string; member: string; startedOn: string };
type Ended = {
  id: string;
  name: string;
  keeperName: string;
  endedAt: string | null;
  endedBy: "keeper" | "member" | null;
  endReason: string;
};

/** Agreements of other authorities in which the own one is a member and may look. */
export function SeenServices({
  seen,
  ended,
  mayEnter,
}: {
  seen: Seen[];
  ended: Ended[];
  mayEnter: boolean;
}) {
  return (
    <Section
      title="Von anderen geführt"
      actions={mayEnter && <ActionLink to="/joint-services/seen/new">Code eingeben</ActionLink>}
    >
      {seen.length === 0 ? (
        <Empty>
          Keine Einsicht in Vereinbarungen anderer. Führt ein anderer Schulträger in diesem Paktbuch
          eine Vereinbarung, deren Mitglied wir sind, kann er uns mit einem Code Einsicht geben.
        </Empty>
      ) : (
        <Table
          caption="Vereinbarungen, deren Mitglied wir sind"
          rows={seen}
          keyOf={({ id }) => id}
          columns={[
            {
              label: "Vereinbarung",
              cell: ({ id, name }) => <TextLink to={`/joint-services/seen/${id}`}>{name}</TextLink>,
            },
            { label: "geführt von", cell: ({ keeperName }) => keeperName },
            { label: "Mitglied als", cell: ({ member }) => member },
            { label: "Beginn", cell: ({ startedOn }) => <DayText day={startedOn} /> },
          ]}
        />
      )}
      {ended.length > 0 && (
        <Table
          caption="Beendete Einsicht"
          rows={ended}
          keyOf={({ id }) => id}
          columns={[
            { label: "Vereinbarung", cell: ({ name }) => name },
            { label: "geführt von", cell: ({ keeperName }) => keeperName },
            {
              label: "beendet",
              cell: ({ endedAt, endedBy, keeperName }) =>
                `${formatMoment(endedAt ?? "")} von ${endedBy === "member" ? "uns" : keeperName}`,
            },
            { label: "Grund", cell: ({ endReason }) => endReason || "–" },
          ]}
        />
      )}
    </Section>
  );
}

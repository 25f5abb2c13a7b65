/** The versions of a programme: who changed it when and why, and what was made under each. */
import { formatMoment } from "#app/german/notation.ts";
import { Empty, Section, TextLink } from "./page.tsx";
import { Table } from "./table.tsx";

type Version = {
  version: number;
  createdAt: string;
  recordedByName: string;
  isShipped: boolean;
  reason: string;
  envelopes: number;
  grants: number;
};

export function ProgrammeVersions({
  programmeKey,
  versions,
}: {
  programmeKey: string;
  versions: Version[];
}) {
  return (
    <Section title="Fassungen">
      {versions.length === 0 ? (
        <Empty>Noch keine: Unter der mitgelieferten Datei ist nichts gebucht.</Empty>
      ) : (
        <Table
          caption="Fassungen"
          isCaptionHidden
          rows={versions}
          keyOf={({ version }) => version}
          columns={[
            {
              label: "Fassung",
              cell: ({ version }) => (
                <TextLink to={`/programmes/${programmeKey}?version=${version}`}>{version}</TextLink>
              ),
            },
            { label: "seit", cell: ({ createdAt }) => formatMoment(createdAt) },
            { label: "durch", cell: ({ recordedByName }) => recordedByName },
            {
              label: "Grund",
              cell: ({ reason, isShipped }) => reason || (isShipped ? "mitgelieferte Datei" : "–"),
            },
            { label: "Höchstbeträge", isNumeric: true, cell: ({ envelopes }) => envelopes },
            { label: "Bescheide", isNumeric: true, cell: ({ grants }) => grants },
          ]}
        />
      )}
    </Section>
  );
}

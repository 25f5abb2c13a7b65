/** The versions of a programme: who changed it when and why, what differs, what was made under each. */
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

type Place = { line: number; removed: string[]; added: string[] };

/** What was there and what stands there now. */
export function ProgrammeChanges({ from, places }: { from: string; places: Place[] | null }) {
  return (
    <Section title={`Was anders ist als in ${from}`}>
      {places === null ? (
        <Empty>Die Dateien haben zu wenig gemeinsam, um es zu zeigen.</Empty>
      ) : (
        <ul className="rule-list">
          {places.map(({ line, removed, added }) => (
            <li key={line} className="file-text">
              <div className="muted">Zeile {line}</div>
              {removed.length > 0 && <del className="file-lines">{removed.join("\n")}</del>}
              {added.length > 0 && <ins className="file-lines">{added.join("\n")}</ins>}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

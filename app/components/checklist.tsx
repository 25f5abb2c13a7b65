/** The checklist of an application: what is there, what is missing, and where it is mended. */
import type { Requirement } from "#app/domain/programme.ts";
import { requirementWords } from "#app/german/application-sentences.ts";
import { Badge, Empty, TextLink } from "./page.tsx";
import { Table } from "./table.tsx";

export type ChecklistRow = {
  requirement: Requirement;
  dueWith: "application" | "proof";
  /** Addresses of the rule. */
  addresses: string[];
  missing: { sentence: string; to: string }[];
  /** What else is to be said, such as the concept of each school. */
  details: { text: string; to?: string }[];
};

export function Checklist({ rows }: { rows: ChecklistRow[] }) {
  if (rows.length === 0) {
    return <Empty>Das Förderprogramm verlangt an diesem Tag keine weiteren Nachweise.</Empty>;
  }
  return (
    <Table
      caption="Was vor dem Einreichen da sein muss"
      rows={rows}
      keyOf={({ requirement, dueWith }) => `${requirement} ${dueWith}`}
      columns={[
        { label: "Voraussetzung", cell: ({ requirement }) => requirementWords[requirement] },
        { label: "Stand", cell: (row) => <State {...row} /> },
        {
          label: "Was fehlt und wo",
          cell: ({ missing, details }) => (
            <ul className="checklist">
              {missing.map(({ sentence, to }) => (
                <li key={sentence}>
                  {to.startsWith("#") ? (
                    <a className="kern-link kern-link--no-visited-state" href={to}>
                      {sentence}
                    </a>
                  ) : (
                    <TextLink to={to}>{sentence}</TextLink>
                  )}
                </li>
              ))}
              {details.map(({ text, to }) => (
                <li key={text}>{to ? <TextLink to={to}>{text}</TextLink> : text}</li>
              ))}
            </ul>
          ),
        },
        {
          label: "Quelle",
          cell: ({ addresses }) =>
            addresses.map((address, index) => (
              <span key={address}>
                {index > 0 && " "}
                {/^https?:/.test(address) ? (
                  <a className="kern-link" href={address}>
                    {new URL(address).hostname}
                  </a>
                ) : (
                  address
                )}
              </span>
            )),
        },
      ]}
    />
  );
}

function State({ missing, dueWith }: Pick<ChecklistRow, "missing" | "dueWith">) {
  if (missing.length === 0) return <Badge kind="success">erfüllt</Badge>;
  if (dueWith === "proof") return <Badge kind="info">spätestens mit dem Verwendungsnachweis</Badge>;
  return <Badge kind="warning">fehlt</Badge>;
}

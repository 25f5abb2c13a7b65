/** Lines of the change log, with what each deed found and left. */
import type { Deed } from "#app/domain/deed.ts";
import { deedWords } from "#app/german/deeds.ts";
import { formatMoment, formatUtc } from "#app/german/notation.ts";
import { Table } from "./table.tsx";

type Said = Record<string, string> | null;

export type ChangeLine = {
  id: string;
  changedAt: string;
  changedBy: string;
  deed: Deed;
  text: string;
  before: Said;
  after: Said;
  requestId: string | null;
};

export function ChangeTable({ caption, changes }: { caption: string; changes: ChangeLine[] }) {
  return (
    <div className="whole-words">
      <Table
        caption={caption}
        isCaptionHidden
        rows={changes}
        keyOf={({ id }) => id}
        columns={[
          {
            label: "Zeit",
            cell: ({ changedAt }) => (
              <>
                <time dateTime={changedAt}>{formatMoment(changedAt)}</time>
                <br />
                <small>
                  <time dateTime={changedAt}>{formatUtc(changedAt)}</time>
                </small>
              </>
            ),
          },
          { label: "Wer", cell: ({ changedBy }) => changedBy },
          { label: "Tat", cell: ({ deed }) => deedWords[deed] },
          {
            label: "Woran",
            cell: ({ text, before, after }) => (
              <>
                {text}
                <Values before={before} after={after} />
              </>
            ),
          },
          {
            label: "Anfrage",
            cell: ({ requestId }) => <span className="hash">{requestId?.slice(0, 8) ?? "–"}</span>,
          },
        ]}
      />
    </div>
  );
}

/** What a deed found and left, a line each; one that only adds a document may have neither. */
function Values({ before, after }: { before: Said; after: Said }) {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  if (names.length === 0) return null;
  return (
    <ul className="values">
      {names.map((name) => (
        <li key={name}>
          {name}: {before && <>{before[name] ?? "–"} → </>}
          {after ? (after[name] ?? "–") : "–"}
        </li>
      ))}
    </ul>
  );
}

/** What is left for a school, and until when: the same words for the school board and for the school itself. */
import { urgencyOf } from "#app/domain/deadline.ts";
import { formatDay, formatEuro } from "#app/german/notation.ts";
import { DayText, Euro } from "./euro.tsx";
import { Table } from "./table.tsx";

type Part = { fileNumber: string; until: string; left: string };
export type SchoolLeftShare = {
  usable: string;
  lapsed: string;
  parts: Part[];
  baseNotGranted: string;
};

export function SchoolLeft({ share, asOf }: { share: SchoolLeftShare; asOf: string }) {
  const usable = share.parts.filter(({ until }) => until >= asOf);
  const lapsed = share.parts.filter(({ until }) => until < asOf);
  return (
    <>
      <p>
        <span className="big-figure">
          <Euro amount={share.usable} />
        </span>
        <br />
        {usable[0] ? (
          <Until day={usable[0].until} asOf={asOf} />
        ) : lapsed.length > 0 ? (
          "noch frei: Die Frist ist abgelaufen."
        ) : (
          "noch frei: Alles ist verplant."
        )}
      </p>
      <Parts parts={usable} />
      {lapsed.length > 0 && (
        <p>
          <strong className="warning-text">
            <Euro amount={share.lapsed} /> übrig, Frist abgelaufen am{" "}
            {formatDay(lapsed.at(-1)!.until)}
          </strong>
        </p>
      )}
      <Parts parts={lapsed} />
      {share.baseNotGranted !== "0" && (
        <p className="kern-body">
          Vom Sockelbetrag sind <Euro amount={share.baseNotGranted} /> nicht bewilligt.
        </p>
      )}
    </>
  );
}

function Until({ day, asOf }: { day: string; asOf: string }) {
  const isSoon = urgencyOf(day, asOf) === "soon";
  return (
    <span className={isSoon ? "warning-text" : undefined}>noch frei bis {formatDay(day)}</span>
  );
}

/** The grants in which it stands. */
function Parts({ parts }: { parts: Part[] }) {
  if (parts.length === 0) return null;
  return (
    <ul className="parts muted">
      {parts.map(({ fileNumber, until, left }) => (
        <li key={fileNumber}>
          <Euro amount={left} /> aus {fileNumber}, Frist {formatDay(until)}
        </li>
      ))}
    </ul>
  );
}

type Line = {
  id: string;
  fileNumber: string;
  code: string;
  category: string;
  approved: string;
  usable: string;
  lapsed: string;
  until: string;
};

/** The same line by line: what is approved for the school, and what of it is still free. */
export function SchoolLines({ lines, asOf }: { lines: Line[]; asOf: string }) {
  return (
    <Table
      caption="Was für die Schule bewilligt ist, und was davon frei ist"
      rows={lines}
      keyOf={({ id }) => id}
      columns={[
        { label: "Zuwendung", cell: ({ fileNumber }) => fileNumber },
        { label: "Gegenstand", cell: ({ code, category }) => `${code} ${category}` },
        {
          label: "bewilligt",
          isNumeric: true,
          cell: ({ approved }) => <Euro amount={approved} />,
        },
        {
          label: "frei",
          isNumeric: true,
          cell: ({ usable }) => <Euro amount={usable} />,
        },
        {
          label: "Frist",
          cell: ({ until, lapsed }) => (
            <>
              <DayText day={until} />
              {until < asOf && (
                <>
                  {" "}
                  <span className="warning-text">
                    abgelaufen{lapsed !== "0" && `, ${formatEuro(lapsed)} übrig`}
                  </span>
                </>
              )}
            </>
          ),
        },
      ]}
    />
  );
}

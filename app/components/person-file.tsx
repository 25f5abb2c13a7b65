/** What is on file about a person, as a page that can be printed. */
import {
  columnWords,
  partWords,
  searchedTableWords,
  shownValue,
} from "#app/german/person-file-words.ts";
import { Empty, Section, TextLink } from "./page.tsx";
import { Table } from "./table.tsx";

type Part = {
  table: string;
  person: string;
  shown: readonly string[];
  rows: Record<string, string>[];
  count: number;
};
type Named = { table: string; count: number; links: string[] };

/** @param named where the name stands in other texts; left out for whoever may not know of them */
export function PersonFileView({ parts, named }: { parts: Part[]; named?: Named[] | undefined }) {
  return (
    <div className="whole-words">
      {parts.map(({ table, person, shown, rows, count }) => {
        const title = partWords[`${table}.${person}`]!;
        return (
          <Section title={title} key={`${table}.${person}`}>
            {rows.length < count && (
              <p className="kern-body muted">
                Gezeigt sind {rows.length} von {count}; die Datei enthält alle.
              </p>
            )}
            <Table
              caption={title}
              isCaptionHidden
              rows={rows.map((row, at) => ({ row, at }))}
              keyOf={({ at }) => at}
              columns={shown.map((column) => ({
                label: columnWords[column]!,
                cell: ({ row }: { row: Record<string, string>; at: number }) =>
                  shownValue(column, row[column]),
              }))}
            />
          </Section>
        );
      })}
      {named && <NamedIn named={named} />}
    </div>
  );
}

function NamedIn({ named }: { named: Named[] }) {
  return (
    <Section title="Wo der Name in anderen Texten steht">
      <p className="kern-body">
        Gesucht ist nach dem ganzen Namen, dem Nachnamen und der E-Mail-Adresse, als ganze Wörter.
        Ein Treffer kann eine andere Person meinen. Diese Texte ändert der Löschlauf nicht, außer im
        Protokoll; der Inhalt von Dateien ist nicht durchsucht.
      </p>
      {named.length === 0 ? (
        <Empty>In keinem durchsuchten Text.</Empty>
      ) : (
        <Table
          caption="Wo der Name in anderen Texten steht"
          isCaptionHidden
          rows={named}
          keyOf={({ table }) => table}
          columns={[
            { label: "Wo", cell: ({ table }) => searchedTableWords[table]! },
            { label: "Treffer", isNumeric: true, cell: ({ count }) => count },
            {
              label: "Ansehen",
              cell: ({ table, links }) =>
                links.length === 0
                  ? "–"
                  : links.map((to, at) => (
                      <span key={to}>
                        {at > 0 && ", "}
                        <TextLink to={to}>
                          <span className="kern-sr-only">{searchedTableWords[table]} </span>
                          {at + 1}
                        </TextLink>
                      </span>
                    )),
            },
          ]}
        />
      )}
    </Section>
  );
}

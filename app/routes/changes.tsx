import type { MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Empty, Page, TextLink } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import { pageParam } from "#app/form.ts";
import { deedWords } from "#app/german/deeds.ts";
import { formatMoment, formatUtc } from "#app/german/notation.ts";
import { wire } from "#app/http.ts";
import { asKnown } from "#app/known.server.ts";
import { listChanges } from "#app/records/changes.server.ts";

export const meta: MetaFunction = () => [{ title: "Protokoll – Paktbuch" }];

export const loader = asKnown("read_changes", async ({ request }, user) => {
  const { searchParams } = new URL(request.url);
  const page = pageParam(searchParams.get("page"));
  const withReadings = searchParams.has("readings");
  return wire({ ...(await listChanges(user, page, withReadings)), page, withReadings });
});

export default function Changes() {
  const { changes, page, hasMore, withReadings } = useLoaderData<typeof loader>();
  const to = (number: number) => `/changes?page=${number}${withReadings ? "&readings" : ""}`;
  return (
    <Page
      title="Protokoll"
      lead="Wer was wann getan hat, neueste zuerst. Zeiten in Berlin und in UTC."
    >
      <p className="kern-body">
        {withReadings ? (
          <TextLink to="/changes">Ohne die Lesezugriffe der Prüfung</TextLink>
        ) : (
          <TextLink to="/changes?readings">Auch die Lesezugriffe der Prüfung</TextLink>
        )}
      </p>
      {changes.length === 0 ? (
        <Empty>Auf dieser Seite steht nichts.</Empty>
      ) : (
        <div className="whole-words">
          <Table
            caption="Änderungsprotokoll"
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
                cell: ({ requestId }) => (
                  <span className="hash">{requestId?.slice(0, 8) ?? "–"}</span>
                ),
              },
            ]}
          />
        </div>
      )}
      <nav aria-label="Seiten" className="pages">
        {page > 1 && <TextLink to={to(page - 1)}>Neuere</TextLink>}
        {hasMore && <TextLink to={to(page + 1)}>Ältere</TextLink>}
      </nav>
    </Page>
  );
}

type Said = Record<string, string> | null;

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

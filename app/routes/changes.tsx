import type { MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Empty, Page, TextLink } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import { pageParam } from "#app/form.ts";
import { deedWords } from "#app/german/deeds.ts";
import { formatMoment } from "#app/german/notation.ts";
import { wire } from "#app/http.ts";
import { asKnown } from "#app/known.server.ts";
import { listChanges } from "#app/records/changes.server.ts";

export const meta: MetaFunction = () => [{ title: "Protokoll – Paktbuch" }];

export const loader = asKnown("read_changes", async ({ request }, user) => {
  const page = pageParam(new URL(request.url).searchParams.get("page"));
  return wire({ ...(await listChanges(user, page)), page });
});

export default function Changes() {
  const { changes, page, hasMore } = useLoaderData<typeof loader>();
  return (
    <Page title="Protokoll" lead="Wer was wann getan hat, neueste zuerst. Zeiten in Berlin.">
      {changes.length === 0 ? (
        <Empty>Auf dieser Seite steht nichts.</Empty>
      ) : (
        <Table
          caption="Änderungsprotokoll"
          isCaptionHidden
          rows={changes}
          keyOf={({ id }) => id}
          columns={[
            { label: "Zeit", cell: ({ changedAt }) => formatMoment(changedAt) },
            { label: "Wer", cell: ({ changedBy }) => changedBy },
            { label: "Tat", cell: ({ deed }) => deedWords[deed] },
            { label: "Woran", cell: ({ text }) => text },
          ]}
        />
      )}
      <nav aria-label="Seiten" className="pages">
        {page > 1 && <TextLink to={`/changes?page=${page - 1}`}>Neuere</TextLink>}
        {hasMore && <TextLink to={`/changes?page=${page + 1}`}>Ältere</TextLink>}
      </nav>
    </Page>
  );
}

import type { MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { ChangeTable } from "#app/components/change-table.tsx";
import { Empty, Page, TextLink } from "#app/components/page.tsx";
import { pageParam } from "#app/form.ts";
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
        <ChangeTable caption="Änderungsprotokoll" changes={changes} />
      )}
      <nav aria-label="Seiten" className="pages">
        {page > 1 && <TextLink to={to(page - 1)}>Neuere</TextLink>}
        {hasMore && <TextLink to={to(page + 1)}>Ältere</TextLink>}
      </nav>
    </Page>
  );
}

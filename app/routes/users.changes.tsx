import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { ChangeTable } from "#app/components/change-table.tsx";
import { Empty, Page, TextLink } from "#app/components/page.tsx";
import { pageParam } from "#app/form.ts";
import { wire } from "#app/http.ts";
import { listAccountChanges } from "#app/records/changes.server.ts";
import { requireUser } from "#app/session.server.ts";

export const meta: MetaFunction = () => [{ title: "Zugänge im Protokoll – Paktbuch" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request, "manage_users");
  const page = pageParam(new URL(request.url).searchParams.get("page"));
  return wire({ ...(await listAccountChanges(user, page)), page });
}

export default function AccountChanges() {
  const { changes, page, hasMore } = useLoaderData<typeof loader>();
  return (
    <Page
      title="Zugänge im Protokoll"
      lead="Anmeldungen, Zugänge, Rollen, Links und Einstellungen, neueste zuerst; nichts über Geld und Belege. Zeiten in Berlin und in UTC."
      crumbs={[{ to: "/users", label: "Zugänge" }]}
    >
      {changes.length === 0 ? (
        <Empty>Auf dieser Seite steht nichts.</Empty>
      ) : (
        <ChangeTable caption="Zugänge im Protokoll" changes={changes} />
      )}
      <nav aria-label="Seiten" className="pages">
        {page > 1 && <TextLink to={`/users/changes?page=${page - 1}`}>Neuere</TextLink>}
        {hasMore && <TextLink to={`/users/changes?page=${page + 1}`}>Ältere</TextLink>}
      </nav>
    </Page>
  );
}

import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { DownloadLink, Page } from "#app/components/page.tsx";
import { PersonFileView } from "#app/components/person-file.tsx";
import { shownFile } from "#app/person-file-request.server.ts";
import { requireUser } from "#app/session.server.ts";

export const meta: MetaFunction = () => [{ title: "Meine Daten – Paktbuch" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request, "use_account");
  return shownFile(user, user.id);
}

export default function OwnData() {
  const { parts, named } = useLoaderData<typeof loader>();
  return (
    <Page
      title="Meine Daten"
      lead="Alles, was Paktbuch zu Ihnen führt (Art. 15 DSGVO); Geheimnisse der Anmeldung nicht. Der Abruf steht im Protokoll."
      crumbs={[{ to: "/account", label: "Mein Zugang" }]}
      actions={<DownloadLink to="/account/data.json">Als Datei (JSON)</DownloadLink>}
    >
      <PersonFileView {...{ parts, named }} />
      {!named && (
        <p className="kern-body">
          Wo Ihr Name in Texten anderer steht, sagt Ihnen auf Anfrage die Verwaltung der Zugänge.
        </p>
      )}
    </Page>
  );
}

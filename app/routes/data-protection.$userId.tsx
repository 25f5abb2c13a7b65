import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, useParams } from "@remix-run/react";
import { DownloadLink, Page } from "#app/components/page.tsx";
import { PersonFileView } from "#app/components/person-file.tsx";
import { idParam } from "#app/http.ts";
import { shownFile } from "#app/person-file-request.server.ts";
import { requireUser } from "#app/session.server.ts";

export const meta: MetaFunction = () => [{ title: "Auskunft – Paktbuch" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "manage_users");
  return shownFile(user, idParam(params.userId));
}

export default function PersonData() {
  const { name, email, parts, named } = useLoaderData<typeof loader>();
  const { userId } = useParams();
  return (
    <Page
      title={`Auskunft über ${name}`}
      lead={`${email}. Alles, was Paktbuch zu dieser Person führt (Art. 15 DSGVO); Geheimnisse der Anmeldung nicht. Der Abruf steht im Protokoll.`}
      crumbs={[{ to: "/data-protection", label: "Datenschutz" }]}
      actions={<DownloadLink to={`/data-protection/${userId}.json`}>Als Datei (JSON)</DownloadLink>}
    >
      <PersonFileView {...{ parts, named }} />
    </Page>
  );
}

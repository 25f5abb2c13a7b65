import { type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Notice, Page, TextLink } from "#app/components/page.tsx";
import { directorySignOut } from "#app/directory.server.ts";
import { settings } from "#app/env.server.ts";
import { linkOrigin } from "#app/sign-in.server.ts";

export const meta: MetaFunction = () => [{ title: "Abgemeldet – Paktbuch" }];

/** The way out of the directory is a link: the browser lets the form of signing out lead to this site only. */
export async function loader({ request }: LoaderFunctionArgs) {
  const place = await directorySignOut(linkOrigin(request)).catch(() => undefined);
  if (!place || !settings.directory) throw redirect("/login");
  return { place, name: settings.directory.name };
}

export default function SignedOut() {
  const { place, name } = useLoaderData<typeof loader>();
  return (
    <div className="sign-in">
      <Page title="Abgemeldet">
        <Notice kind="info" title="Bei Paktbuch sind Sie abgemeldet">
          <p className="kern-body">
            Die Anmeldung bei „{name}“ gilt noch: An einem fremden Rechner bitte auch dort abmelden.
          </p>
        </Notice>
        <p className="actions">
          <a className="kern-btn kern-btn--primary" href={place}>
            <span className="kern-label">Auch dort abmelden</span>
          </a>
        </p>
        <p className="kern-body">
          <TextLink to="/login">Wieder anmelden</TextLink>
        </p>
      </Page>
    </div>
  );
}

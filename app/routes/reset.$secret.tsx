import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { TextLink } from "#app/components/page.tsx";
import { SetPassword, UsedUp } from "#app/components/set-password.tsx";
import { greeted, setPassword } from "#app/password-link.server.ts";

export const handle = { isInteractive: true };

/** The secret in the address is named to nobody; with "no-referrer" the form would name no origin and be refused. */
export const headers = () => ({ "Referrer-Policy": "strict-origin", "Cache-Control": "no-store" });

export const meta: MetaFunction = () => [{ title: "Neues Passwort – Paktbuch" }];

export async function loader({ params }: LoaderFunctionArgs) {
  return { person: await greeted(params.secret, "reset") };
}

export async function action({ request, params }: ActionFunctionArgs) {
  return setPassword(request, params.secret, "reset");
}

export default function Reset() {
  const { person } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>();
  if (!person) {
    return (
      <UsedUp title="Neues Passwort">
        Ein neuer Link lässt sich <TextLink to="/forgotten">hier anfordern</TextLink>.
      </UsedUp>
    );
  }
  const lead = `${person.name}, das neue Passwort gilt für ${person.email} (${person.authority}). Danach sind alle Anmeldungen beendet.`;
  return <SetPassword lead={lead} lastResult={lastResult} />;
}

import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { SetPassword, UsedUp } from "#app/components/set-password.tsx";
import { greeted, setPassword } from "#app/password-link.server.ts";

export const handle = { isInteractive: true };

/** The secret in the address is named to nobody; with "no-referrer" the form would name no origin and be refused. */
export const headers = () => ({ "Referrer-Policy": "strict-origin", "Cache-Control": "no-store" });

export const meta: MetaFunction = () => [{ title: "Einladung – Paktbuch" }];

export async function loader({ params }: LoaderFunctionArgs) {
  return { invited: await greeted(params.secret, "invitation") };
}

export async function action({ request, params }: ActionFunctionArgs) {
  return setPassword(request, params.secret, "invitation");
}

export default function Invitation() {
  const { invited } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>();
  if (!invited) {
    return <UsedUp title="Einladung">Bitte den Schulträger um eine neue Einladung.</UsedUp>;
  }
  const { name, authority, email } = invited;
  const lead = `${name}, Sie sind eingeladen: ${authority}. Angemeldet wird mit ${email}.`;
  return <SetPassword lead={lead} lastResult={lastResult} />;
}

import { data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { ActionLink, Notice, Page } from "#app/components/page.tsx";
import { takeRecoveryCodes } from "#app/recovery-codes.server.ts";
import { requireUser } from "#app/session.server.ts";
import { ownAddress, thenOf } from "#app/sign-in.server.ts";

export const meta: MetaFunction = () => [{ title: "Wiederherstellungscodes – Paktbuch" }];

/** Shown in this answer and in no other. */
export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request, "use_account");
  const taken = takeRecoveryCodes(request, user);
  if (!taken) throw redirect("/account/second-factor");
  const then = ownAddress(thenOf(request), request.url);
  const next = then === "/" ? "/account" : then;
  return data({ codes: taken.codes, next }, { headers: { "Set-Cookie": taken.cookie } });
}

export default function RecoveryCodes() {
  const { codes, next } = useLoaderData<typeof loader>();
  return (
    <Page title="Wiederherstellungscodes">
      <Notice kind="success" title="Der zweite Faktor ist eingerichtet">
        <p className="kern-body">
          Bitte diese Codes jetzt aufschreiben oder drucken: Sie werden nur dieses eine Mal gezeigt.
          Jeder ersetzt einmal die App, wenn das Telefon fehlt.
        </p>
      </Notice>
      <ol className="recovery-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <div className="actions">
        <ActionLink to={next} kind="primary">
          Ich habe sie aufgeschrieben
        </ActionLink>
      </div>
    </Page>
  );
}

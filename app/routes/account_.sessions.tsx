import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { ButtonKey } from "#app/components/form.tsx";
import { Badge, Page } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import { key, readForm } from "#app/form.ts";
import { formatMoment } from "#app/german/notation.ts";
import { sessionBeginWords } from "#app/german/sign-in-words.ts";
import { notFound, wire } from "#app/http.ts";
import { endOtherSessions, endSessionById, listSessions } from "#app/records/sessions.server.ts";
import { findSession, requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

const endForm = z.object({ session: z.union([key, z.literal("others")]) });

export const meta: MetaFunction = () => [{ title: "Meine Sitzungen – Paktbuch" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request, "use_account");
  const own = await ownSession(request);
  return wire({ sessions: await listSessions(user), own });
}

export async function action({ request }: ActionFunctionArgs) {
  const user = await requireUser(request, "use_account");
  const own = await ownSession(request);
  const form = await readForm(request, endForm);
  if (form.status !== "success") notFound();
  const { session } = form.value;
  await (session === "others" ? endOtherSessions(user, own) : endSessionById(user, session));
  return redirect("/account/sessions");
}

async function ownSession(request: Request): Promise<string> {
  return (await findSession(request))?.session.publicId ?? notFound();
}

export default function Sessions() {
  const { sessions, own } = useLoaderData<typeof loader>();
  return (
    <Page
      title="Meine Sitzungen"
      lead="Wo Sie gerade angemeldet sind. Was Sie nicht kennen, beenden Sie bitte, und ändern dann Ihr Passwort."
      crumbs={[{ to: "/account", label: "Mein Zugang" }]}
      actions={sessions.length > 1 && <End session="others">Alle anderen beenden</End>}
    >
      <Table
        caption="Sitzungen"
        isCaptionHidden
        rows={sessions}
        keyOf={({ id }) => id}
        columns={[
          {
            label: "Browser",
            cell: ({ id, browser }) => (
              <>
                {browser || "unbekannt"} {id === own && <Badge kind="success">diese Sitzung</Badge>}
              </>
            ),
          },
          { label: "Netzadresse", cell: ({ address }) => address ?? "–" },
          { label: "Angemeldet mit", cell: ({ begunBy }) => sessionBeginWords[begunBy] },
          { label: "Seit", cell: ({ createdAt }) => `${formatMoment(createdAt)} Uhr` },
          { label: "Zuletzt benutzt", cell: ({ lastUsedAt }) => `${formatMoment(lastUsedAt)} Uhr` },
          {
            label: "Ändern",
            cell: ({ id, browser }) =>
              id === own ? (
                "–"
              ) : (
                <End session={id} label={`Sitzung in ${browser || "unbekanntem Browser"} beenden`}>
                  Beenden
                </End>
              ),
          },
        ]}
      />
      <p className="kern-body kern-body--small muted">
        Eine Sitzung endet von selbst 30 Minuten nach dem letzten Aufruf und 12 Stunden nach der
        Anmeldung. Browser und Netzadresse werden mit ihr gelöscht.
      </p>
    </Page>
  );
}

function End({ session, label, children }: { session: string; label?: string; children: string }) {
  return (
    <Form method="post" action="/account/sessions" className="inline-form">
      <ButtonKey />
      <button
        type="submit"
        name="session"
        value={session}
        aria-label={label}
        className={`kern-btn ${label ? "kern-btn--tertiary kern-btn--x-small" : "kern-btn--secondary"}`}
      >
        <span className="kern-label">{children}</span>
      </button>
    </Form>
  );
}

import { randomUUID } from "node:crypto";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { DraftForm } from "#app/components/draft-form.tsx";
import { Page } from "#app/components/page.tsx";
import { contentFrom, contentOf, draftForm } from "#app/draft-form.ts";
import { key, readForm, rejected } from "#app/form.ts";
import { conflict, idParam } from "#app/http.ts";
import { loadDraftChoices, saveDraft } from "#app/records/application-drafts.server.ts";
import { listMeasures, requireApplication } from "#app/records/applications.server.ts";
import { requireEnvelope } from "#app/records/envelopes.server.ts";
import { requireProgramme } from "#app/records/programmes.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

const newDraftForm = draftForm.extend({ id: key });

export const meta: MetaFunction = () => [{ title: "Antrag vorbereiten – Paktbuch" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request, "record");
  const { envelopeId, replacesId } = await placeOf(request, user);
  const envelope = await requireEnvelope(user, envelopeId);
  // What is made today is made under today's rules, whatever the envelope was.
  const { programme } = await requireProgramme(user, envelope.programme.key);
  const replaced = replacesId ? await requireApplication(user, replacesId) : undefined;
  return {
    id: randomUUID(),
    envelopeId,
    programme: programme.name,
    replaces: replaced ? replaced.title : null,
    content: replaced
      ? contentFrom(replaced, await listMeasures(user, replaced.id))
      : contentOf({}),
    choices: await loadDraftChoices(user, programme.key),
  };
}

/** Saved first, submitted from the page of the draft: there the checklist stands beside it. */
export async function action({ request }: ActionFunctionArgs) {
  const user = await requireUser(request, "record");
  const place = await placeOf(request, user);
  const form = await readForm(request, newDraftForm);
  if (form.status !== "success") return rejected(form);

  const { id, deed: _, version: __, ...content } = form.value;
  const isOfAnother = await saveDraft(user, id, place, content);
  if (isOfAnother) conflict();
  return redirect(`/applications/drafts/${id}`);
}

/** The envelope that is applied for, or the application that is written anew. */
async function placeOf(request: Request, user: Awaited<ReturnType<typeof requireUser>>) {
  const query = new URL(request.url).searchParams;
  const replaces = query.get("replaces");
  if (!replaces) {
    return { envelopeId: idParam(query.get("envelope") ?? undefined), replacesId: null };
  }
  const { id, envelopeId } = await requireApplication(user, idParam(replaces));
  return { envelopeId, replacesId: id };
}

export default function NewDraft() {
  const { id, envelopeId, programme, replaces, content, choices } = useLoaderData<typeof loader>();
  return (
    <Page
      title={replaces === null ? "Antrag vorbereiten" : "Neufassung vorbereiten"}
      lead={replaces === null ? programme : `${programme}. Ersetzt den Antrag „${replaces}“.`}
      crumbs={[{ to: `/envelopes/${envelopeId}`, label: "Förderprogramm" }]}
    >
      <p className="kern-body muted">
        Ein Entwurf darf unvollständig sein. Nach dem Speichern zeigt er, was zum Einreichen fehlt.
      </p>
      <DraftForm
        id={id}
        content={content}
        choices={choices}
        lastResult={useActionData<typeof action>()}
      />
    </Page>
  );
}

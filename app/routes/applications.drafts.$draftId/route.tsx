import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { today } from "#app/clock.server.ts";
import { Attachments } from "#app/components/attachments.tsx";
import { Checklist } from "#app/components/checklist.tsx";
import { DraftForm } from "#app/components/draft-form.tsx";
import { ButtonKey } from "#app/components/form.tsx";
import { Page, Section } from "#app/components/page.tsx";
import { Overtaken, SeenVersion } from "#app/components/version.tsx";
import {
  checklistDraft,
  chosenResolution,
  contentOf,
  draftForm,
  readKept,
  readUnfinished,
} from "#app/draft-form.ts";
import type { User } from "#app/domain/permission.ts";
import { readForm, rejected } from "#app/form.ts";
import { formatMoment } from "#app/german/notation.ts";
import { problemOf } from "#app/german/words.ts";
import { idParam, wire } from "#app/http.ts";
import { flat, madeFromOld, overtaken } from "#app/kept-form.ts";
import { loadChecklistContext } from "#app/records/application-checklist.server.ts";
import {
  discardDraft,
  loadDraftChoices,
  requireDraft,
  saveDraft,
} from "#app/records/application-drafts.server.ts";
import { recordApplication } from "#app/records/applications.server.ts";
import { listSubjectsWithFiles, loadAttachments } from "#app/records/attachments.server.ts";
import { requireEnvelope } from "#app/records/envelopes.server.ts";
import { requireProgramme } from "#app/records/programmes.server.ts";
import { requireUser } from "#app/session.server.ts";
import { checklistRows } from "./checklist-rows.ts";

export const handle = { isInteractive: true };

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.title ?? "Antrag"} – Paktbuch` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "record");
  const draft = await requireDraft(user, idParam(params.draftId));
  if (draft.submittedAs) throw redirect(`/applications/${draft.submittedAs}`);

  const { id, replacesId, envelopeId, changedAt, changedBy } = draft;
  const envelope = await requireEnvelope(user, envelopeId);
  const { programme } = await requireProgramme(user, envelope.programme.key);
  const content = contentOf(draft.content);
  const [context, choices, withFiles, attachments] = await Promise.all([
    loadChecklistContext(user, { id, replacesId, resolutionId: chosenResolution(content) }),
    loadDraftChoices(user, programme.key),
    listSubjectsWithFiles(user, "school"),
    loadAttachments(user, { subject: "application", subjectId: id }),
  ]);
  const read = readUnfinished(content);
  const page = wire({
    id,
    envelopeId,
    title: draft.title || "Antrag ohne Bezeichnung",
    isNewVersion: replacesId !== null,
    programme: programme.name,
    changedAt,
    changedBy,
    content,
    choices,
    attachments,
    checklist: checklistRows(checklistDraft(content, today()), programme, context, withFiles),
  });
  // Typed, but not readable: it stays and says so.
  return { ...page, unreadable: read.status === "error" ? read.reply() : undefined };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "record");
  const { id, envelopeId, replacesId, submittedAs } = await requireDraft(
    user,
    idParam(params.draftId),
  );
  // Sent a second time, while the first was being recorded.
  if (submittedAs) return redirect(`/applications/${submittedAs}`);
  const form = await readForm(request, draftForm);
  if (form.status !== "success") return rejected(form);

  const { deed, version, ...content } = form.value;
  if (deed === "discard") {
    if (await discardDraft(user, id, version)) return overtaken();
    return redirect(`/envelopes/${envelopeId}`);
  }
  const isOld = await saveDraft(user, id, { envelopeId, replacesId }, content, version);
  if (isOld) return besideNewer(user, id, form);
  if (deed === "save") return redirect(`/applications/drafts/${id}`);

  const whole = readKept(content);
  if (whole.status !== "success") return kept(user, id, rejected(whole));
  const violations = await recordApplication(user, id, envelopeId, { ...whole.value, replacesId });
  if (violations) return kept(user, id, rejected(whole, ...violations.map(problemOf)));
  return redirect(`/applications/${id}`);
}

/** What was not submitted is saved all the same: the form goes on from there. */
async function kept(user: User, id: string, answer: ReturnType<typeof rejected>) {
  const { changedAt } = await requireDraft(user, id);
  return data({ ...answer.data, savedVersion: changedAt.toISOString() }, answer.init ?? {});
}

async function besideNewer(user: User, id: string, form: Parameters<typeof madeFromOld>[0]) {
  const { changedAt, content, envelopeId } = await requireDraft(user, id);
  const { programme } = await requireEnvelope(user, envelopeId);
  const { schools, resolutions } = await loadDraftChoices(user, programme.key);
  const words = new Map([...schools, ...resolutions].map(({ value, label }) => [value, label]));
  const theirs = { version: changedAt.toISOString(), fields: flat(contentOf(content)) };
  return madeFromOld(form, theirs, (_field, value) => words.get(value) ?? value);
}

export default function Draft() {
  const draft = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const result = answer && "isOvertaken" in answer ? undefined : answer;
  const saved = `Entwurf, gespeichert am ${formatMoment(draft.changedAt)} von ${draft.changedBy}.`;
  return (
    <Page
      title={draft.title}
      lead={
        <>
          {draft.programme}. {draft.isNewVersion && "Neufassung eines zurückgegebenen Antrags. "}
          <span role="status">{saved}</span>
        </>
      }
      crumbs={[{ to: `/envelopes/${draft.envelopeId}`, label: "Förderprogramm" }]}
    >
      <Overtaken />
      <Section title="Prüfliste">
        <Checklist rows={draft.checklist} />
      </Section>
      <Section title="Antrag">
        {/* What was saved comes back as a form of its own, with no trace of the one before. */}
        <DraftForm
          key={draft.changedAt}
          version={draft.changedAt}
          content={draft.content}
          choices={draft.choices}
          lastResult={result ?? draft.unreadable}
          secondary={
            <button
              type="submit"
              name="deed"
              value="submit"
              className="kern-btn kern-btn--secondary"
            >
              <span className="kern-label">Antrag einreichen</span>
            </button>
          }
        />
      </Section>
      <Attachments
        {...draft.attachments}
        hint="Was oben noch nicht gespeichert ist, kann beim Ablegen verloren gehen: bitte vorher speichern."
      />
      <Section title="Entwurf verwerfen">
        <p className="kern-body muted">
          Ein verworfener Entwurf ist nicht wiederherzustellen; gebucht ist durch ihn nichts.
        </p>
        <Form method="post">
          <ButtonKey />
          <SeenVersion seen={draft.changedAt} />
          <button type="submit" name="deed" value="discard" className="kern-btn kern-btn--tertiary">
            <span className="kern-label">Entwurf verwerfen</span>
          </button>
        </Form>
      </Section>
    </Page>
  );
}

import { randomUUID } from "node:crypto";
import { type ActionFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { ApplicationState } from "#app/components/application-state.tsx";
import { Attachments } from "#app/components/attachments.tsx";
import { ActionLink, Facts, Page, TextLink } from "#app/components/page.tsx";
import { nextSteps } from "#app/domain/application-step.ts";
import { mayUser } from "#app/domain/permission.ts";
import { readForm, rejected } from "#app/form.ts";
import { formatDay } from "#app/german/notation.ts";
import { problemOf } from "#app/german/words.ts";
import { idParam, wire } from "#app/http.ts";
import { asKnown } from "#app/known.server.ts";
import { listHistory } from "#app/records/application-states.server.ts";
import { recordStep } from "#app/records/application-steps.server.ts";
import {
  findGrantOf,
  findSuccessor,
  listMeasures,
  requireApplication,
} from "#app/records/applications.server.ts";
import { loadAttachments } from "#app/records/attachments.server.ts";
import { requireUser } from "#app/session.server.ts";
import { History } from "./history.tsx";
import { Measures } from "./measures.tsx";
import { StepForm } from "./step-form.tsx";
import { stepForm } from "./step-schema.ts";

export const handle = { isInteractive: true };

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.application.title ?? "Antrag"} – Paktbuch` },
];

export const loader = asKnown("read_books", async ({ params }, user) => {
  const application = await requireApplication(user, idParam(params.applicationId));
  const [measures, grant, successor, history, attachments] = await Promise.all([
    listMeasures(user, application.id),
    findGrantOf(user, application.id),
    findSuccessor(user, application.id),
    listHistory(user, application.id),
    loadAttachments(user, { subject: "application", subjectId: application.id }),
  ]);
  const { programme: _, ...shown } = application;
  const mayRecord = mayUser(user, "record");
  const canBeReplaced = application.state === "returned" || application.state === "reversed";
  return wire({
    stepId: randomUUID(),
    application: shown,
    measures,
    grant: grant ?? null,
    successor,
    history,
    attachments,
    mayRecord,
    steps: mayRecord ? nextSteps(application.state) : [],
    mayGrant: mayRecord && application.state === "submitted",
    mayReplace: mayRecord && canBeReplaced && successor === null,
  });
});

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "record");
  const applicationId = idParam(params.applicationId);
  await requireApplication(user, applicationId);
  const form = await readForm(request, stepForm);
  if (form.status !== "success") return rejected(form);

  const { id, ...draft } = form.value;
  const violation = await recordStep(user, id, applicationId, draft);
  if (violation) return rejected(form, problemOf(violation));
  return redirect(`/applications/${applicationId}`);
}

export default function Application() {
  const page = useLoaderData<typeof loader>();
  const { application, grant, successor } = page;
  return (
    <Page
      title={application.title}
      lead={
        <>
          Antrag vom {formatDay(application.submittedOn)}{" "}
          <ApplicationState application={application} />
        </>
      }
      crumbs={[{ to: `/envelopes/${application.envelopeId}`, label: "Förderprogramm" }]}
      actions={
        <>
          <TextLink to={`/documents/application/${application.id}`}>Beleg und Storno</TextLink>
          {page.mayReplace && (
            <ActionLink to={`/applications/new?replaces=${application.id}`} kind="primary">
              Neufassung vorbereiten
            </ActionLink>
          )}
          {page.mayGrant && (
            <ActionLink to={`/grants/new?application=${application.id}`} kind="primary">
              Bescheid buchen
            </ActionLink>
          )}
        </>
      }
    >
      <Facts
        facts={[
          [
            "Beruht auf Beschluss",
            <TextLink key="resolution" to={`/resolutions/${application.resolutionId}`}>
              {application.resolution}
            </TextLink>,
          ],
          [
            "Bescheid",
            grant ? (
              <TextLink to={`/grants/${grant.id}`}>{grant.fileNumber}</TextLink>
            ) : (
              "noch keiner"
            ),
          ],
          ["Technisch-pädagogisches Profil", application.profile || "–"],
          ["Finanzierung der Folgekosten", application.followUpCosts || "–"],
          ["Infrastruktur", application.infrastructure || "–"],
          ...versions(application.supersedesId, successor),
        ]}
      />
      <Measures rows={page.measures} total={application.asked} />
      <History rows={page.history} />
      {page.steps.length > 0 && (
        <StepForm key={page.history.length} id={page.stepId} kinds={page.steps} />
      )}
      <Attachments {...page.attachments} />
    </Page>
  );
}

/** The version before and the one after, where there is one. */
function versions(supersedesId: string | null, successor: { id: string; title: string } | null) {
  const link = (id: string, title: string) => (
    <TextLink to={`/applications/${id}`}>{title}</TextLink>
  );
  const facts: [string, React.ReactNode][] = [];
  if (supersedesId) facts.push(["Neufassung von", link(supersedesId, "voriger Antrag")]);
  if (successor) facts.push(["Ersetzt durch", link(successor.id, successor.title)]);
  return facts;
}

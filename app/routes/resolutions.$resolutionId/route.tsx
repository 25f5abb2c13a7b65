import { randomUUID } from "node:crypto";
import { type ActionFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Attachments } from "#app/components/attachments.tsx";
import { DayText } from "#app/components/euro.tsx";
import { Badge, Empty, Page, Section, TextLink } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import { mayUser } from "#app/domain/permission.ts";
import { restingWords, stageKindWords } from "#app/german/application-sentences.ts";
import { readForm, rejected } from "#app/form.ts";
import { problemOf } from "#app/german/words.ts";
import { idParam, wire } from "#app/http.ts";
import { asKnown } from "#app/known.server.ts";
import { loadAttachments } from "#app/records/attachments.server.ts";
import { listResting, recordStage, requireResolution } from "#app/records/resolutions.server.ts";
import { requireUser } from "#app/session.server.ts";
import { StageForm } from "./stage-form.tsx";
import { stageForm } from "./stage-schema.ts";

export const handle = { isInteractive: true };

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Beschluss ${data?.resolution.number ?? ""} – Paktbuch` },
];

export const loader = asKnown("read_all_books", async ({ params }, user) => {
  const resolution = await requireResolution(user, idParam(params.resolutionId));
  const [resting, attachments] = await Promise.all([
    listResting(user, resolution.id),
    loadAttachments(user, { subject: "resolution", subjectId: resolution.id }),
  ]);
  const mayRecord = mayUser(user, "record");
  return wire({
    stageId: randomUUID(),
    resolution,
    resting,
    attachments,
    mayGoOn: mayRecord && resting.length === 0,
  });
});

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "record");
  const resolution = await requireResolution(user, idParam(params.resolutionId));
  const form = await readForm(request, stageForm);
  if (form.status !== "success") return rejected(form);

  const { id, ...draft } = form.value;
  const violation = await recordStage(user, id, resolution.id, draft);
  if (violation) return rejected(form, problemOf(violation));
  return redirect(`/resolutions/${resolution.id}`);
}

/** Where each kind is shown; what has no page of its own is shown as a document. */
const pathOf = {
  application: (id: string) => `/applications/${id}`,
  allotment: (id: string) => `/documents/allotment/${id}`,
  appropriation: (id: string) => `/documents/appropriation/${id}`,
  joint_service: (id: string) => `/joint-services/${id}`,
};

export default function Resolution() {
  const { stageId, resolution, resting, attachments, mayGoOn } = useLoaderData<typeof loader>();
  return (
    <Page
      title={`Beschluss ${resolution.number}`}
      lead={resolution.title}
      crumbs={[{ to: "/schools", label: "Schulen und Beschlüsse" }]}
    >
      <Section title="Beratungsfolge">
        {resolution.stages.length === 0 ? (
          <Empty>Keine Beratungsfolge eingetragen.</Empty>
        ) : (
          <Table
            caption="Beratungsfolge"
            isCaptionHidden
            rows={resolution.stages}
            keyOf={({ id }) => id}
            columns={[
              { label: "Gremium", cell: ({ committee }) => committee },
              { label: "Rolle", cell: ({ kind }) => stageKindWords[kind] },
              {
                label: "Sitzung am",
                cell: ({ heldOn }) => (heldOn ? <DayText day={heldOn} /> : "–"),
              },
              { label: "Ergebnis", cell: ({ outcome }) => outcome || "–" },
            ]}
          />
        )}
      </Section>
      {mayGoOn && <StageForm key={resolution.stages.length} id={stageId} />}
      <Section title="Was auf dem Beschluss beruht">
        {resting.length === 0 ? (
          <Empty>Noch nichts.</Empty>
        ) : (
          <Table
            caption="Anträge, Zuteilungen, Haushaltsansätze und Vereinbarungen"
            isCaptionHidden
            rows={resting}
            keyOf={({ id }) => id}
            columns={[
              {
                label: "Was",
                cell: ({ id, kind, title, stands }) => (
                  <>
                    <TextLink to={pathOf[kind](id)}>{title}</TextLink>{" "}
                    {!stands && <Badge kind="danger">storniert</Badge>}
                  </>
                ),
              },
              { label: "Art", cell: ({ kind }) => restingWords[kind] },
              { label: "vom", cell: ({ on }) => <DayText day={on} /> },
            ]}
          />
        )}
      </Section>
      <Attachments {...attachments} />
    </Page>
  );
}

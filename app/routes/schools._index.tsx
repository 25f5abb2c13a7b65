import type { MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { today } from "#app/clock.server.ts";
import { DayText } from "#app/components/euro.tsx";
import { ActionLink, Badge, Empty, Page, Section, TextLink } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import { mediaConceptOf } from "#app/domain/media-concept.ts";
import { mayUser } from "#app/domain/permission.ts";
import { mediaConceptWords } from "#app/german/application-sentences.ts";
import { formatDay } from "#app/german/notation.ts";
import { schoolKindWords } from "#app/german/words.ts";
import { wire } from "#app/http.ts";
import { asKnown } from "#app/known.server.ts";
import { listSubjectsWithFiles } from "#app/records/attachments.server.ts";
import { listResolutions, listSchools } from "#app/records/authorities.server.ts";

export const meta: MetaFunction = () => [{ title: "Schulen und Beschlüsse – Paktbuch" }];

export const loader = asKnown("read_books", async (_args, user) => {
  const [schools, resolutions, withFiles] = await Promise.all([
    listSchools(user),
    listResolutions(user),
    listSubjectsWithFiles(user, "school"),
  ]);
  return wire({
    schools: schools.map((school) => ({
      ...school,
      mediaConcept: mediaConceptOf(school, today()),
      hasFile: withFiles.has(school.id),
    })),
    resolutions,
    mayRecord: mayUser(user, "record"),
    maySeeWishes: mayUser(user, "read_all_books"),
  });
});

export default function Schools() {
  const { schools, resolutions, mayRecord, maySeeWishes } = useLoaderData<typeof loader>();
  return (
    <Page title="Schulen und Beschlüsse">
      <Section
        title="Schulen"
        actions={
          <>
            {maySeeWishes && <ActionLink to="/wishes">Bedarfsmeldungen</ActionLink>}
            {mayRecord && <ActionLink to="/schools/new">Schule anlegen</ActionLink>}
          </>
        }
      >
        {schools.length === 0 ? (
          <Empty>Noch keine Schule angelegt.</Empty>
        ) : (
          <Table
            caption="Schulen"
            isCaptionHidden
            rows={schools}
            keyOf={({ id }) => id}
            columns={[
              {
                label: "Schule",
                cell: ({ id, name }) => <TextLink to={`/schools/${id}`}>{name}</TextLink>,
              },
              { label: "Schulnummer", cell: ({ number }) => number || "–" },
              { label: "Schulform", cell: ({ kind }) => schoolKindWords[kind] },
              {
                label: "Schülerzahl",
                isNumeric: true,
                cell: ({ pupils, pupilsAreIllustrative }) => (
                  <>
                    {pupils} {pupilsAreIllustrative && <Badge kind="info">illustrativ</Badge>}
                  </>
                ),
              },
              {
                label: "Stichtag",
                cell: ({ pupilsCountedOn }) => <DayText day={pupilsCountedOn} />,
              },
              {
                label: "Medienbildungskonzept",
                cell: ({ mediaConcept, mediaConceptOn, hasFile }) =>
                  mediaConcept === "there" && mediaConceptOn ? (
                    <>
                      liegt vor seit {formatDay(mediaConceptOn)}
                      {!hasFile && ", ohne Datei"}
                    </>
                  ) : (
                    <Badge kind="warning">{mediaConceptWords[mediaConcept]}</Badge>
                  ),
              },
            ]}
          />
        )}
      </Section>
      <Section
        title="Beschlüsse"
        actions={mayRecord && <ActionLink to="/resolutions/new">Beschluss anlegen</ActionLink>}
      >
        {resolutions.length === 0 ? (
          <Empty>Noch kein Beschluss. Ein Antrag nennt den Beschluss, auf dem er beruht.</Empty>
        ) : (
          resolutions.map(({ id, number, title, stages }) => (
            <article key={id} className="card">
              <h3 className="kern-heading-small">
                <TextLink to={`/resolutions/${id}`}>
                  {number}: {title}
                </TextLink>
              </h3>
              <ol className="kern-list kern-list--number">
                {stages.map((stage) => (
                  <li key={stage.id}>
                    {stage.committee} ({stage.kind === "decision" ? "Entscheidung" : "Vorberatung"}
                    {stage.heldOn && `, ${formatDay(stage.heldOn)}`})
                    {stage.outcome && `: ${stage.outcome}`}
                  </li>
                ))}
              </ol>
            </article>
          ))
        )}
      </Section>
    </Page>
  );
}

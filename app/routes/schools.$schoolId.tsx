import { useForm } from "@conform-to/react";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import type { z } from "zod";
import { today } from "#app/clock.server.ts";
import { Attachments } from "#app/components/attachments.tsx";
import { DayText, entriesOf } from "#app/components/euro.tsx";
import { EntryForm } from "#app/components/form.tsx";
import { Badge, Page, TextLink } from "#app/components/page.tsx";
import { SchoolFieldset } from "#app/components/school-form.tsx";
import { Table } from "#app/components/table.tsx";
import { mediaConceptOf } from "#app/domain/media-concept.ts";
import { mayUser } from "#app/domain/permission.ts";
import { readForm, rejected } from "#app/form.ts";
import { formatDay } from "#app/german/notation.ts";
import { problemOf } from "#app/german/words.ts";
import { idParam, wire } from "#app/http.ts";
import { loadAttachments } from "#app/records/attachments.server.ts";
import { changeSchool, listPupilCounts, requireSchool } from "#app/records/authorities.server.ts";
import { listProgrammes } from "#app/records/programmes.server.ts";
import { schoolForm } from "#app/school-form.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.school.name ?? "Schule"} – Paktbuch` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "read_all_books");
  const school = await requireSchool(user, idParam(params.schoolId));
  const [counts, known] = await Promise.all([listPupilCounts(user), listProgrammes(user)]);
  // Days on which programmes count the pupils of such a school, with those that count on them.
  const needed = known.flatMap(({ programme: { key, name, envelope } }) =>
    envelope ? [{ key, name, countedOn: envelope.countedOn[school.kind] }] : [],
  );
  const own = counts.filter(({ schoolId }) => schoolId === school.id);
  const days = [...new Set([...own, ...needed].map(({ countedOn }) => countedOn))].sort().reverse();
  return wire({
    school,
    counts: days.map((countedOn) => {
      const count = own.find((one) => one.countedOn === countedOn);
      return {
        countedOn,
        pupils: count?.pupils ?? null,
        isIllustrative: count?.isIllustrative ?? false,
        programmes: needed.filter((one) => one.countedOn === countedOn),
      };
    }),
    mediaConcept: mediaConceptOf(school, today()),
    attachments: await loadAttachments(user, { subject: "school", subjectId: school.id }),
  });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "record");
  const form = await readForm(request, schoolForm);
  if (form.status !== "success") return rejected(form);

  const violation = await changeSchool(user, idParam(params.schoolId), form.value);
  if (violation) return rejected(form, problemOf(violation));
  return redirect("/schools");
}

export default function School() {
  const { school, counts, mediaConcept, attachments } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<z.input<typeof schoolForm>>({
    id: "school",
    lastResult: useActionData<typeof action>(),
    defaultValue: {
      name: school.name,
      number: school.number,
      kind: school.kind,
      pupils: String(school.pupils),
      pupilsCountedOn: formatDay(school.pupilsCountedOn),
      pupilsAreIllustrative: school.pupilsAreIllustrative ? "on" : undefined,
      mediaConceptState: mediaConcept,
      mediaConceptOn: school.mediaConceptOn ? formatDay(school.mediaConceptOn) : "",
    },
  });
  return (
    <Page
      title={school.name}
      lead={<TextLink to={entriesOf({ school: school.id })}>Buchungen dieser Schule</TextLink>}
      crumbs={[{ to: "/schools", label: "Schulen und Beschlüsse" }]}
    >
      <Table
        caption="Schülerzahlen nach Stichtag"
        rows={counts}
        keyOf={({ countedOn }) => countedOn}
        columns={[
          { label: "Stichtag", cell: ({ countedOn }) => <DayText day={countedOn} /> },
          {
            label: "Schülerzahl",
            isNumeric: true,
            cell: ({ pupils, isIllustrative }) =>
              pupils === null ? (
                <Badge kind="warning">fehlt</Badge>
              ) : (
                <>
                  {pupils} {isIllustrative && <Badge kind="info">illustrativ</Badge>}
                </>
              ),
          },
          {
            label: "Stichtag des Förderprogramms",
            cell: ({ programmes }) =>
              programmes.length === 0
                ? "–"
                : programmes.map(({ key, name }) => (
                    <div key={key}>
                      <TextLink to={`/programmes/${key}`}>{name}</TextLink>
                    </div>
                  )),
          },
        ]}
      />
      <p className="kern-body muted">
        Eine Schülerzahl mit einem anderen Stichtag kommt hinzu; die bisherigen bleiben. Ein
        gebuchter Höchstbetrag behält die Schülerzahl, mit der er berechnet wurde.
      </p>
      <EntryForm form={form} submit="Änderungen speichern">
        <SchoolFieldset fields={fields} />
      </EntryForm>
      <Attachments {...attachments} hint="Hierher gehört auch das Medienbildungskonzept selbst." />
    </Page>
  );
}

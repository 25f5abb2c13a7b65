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
import { readForm, rejected, secret } from "#app/form.ts";
import { mediaConceptWords } from "#app/german/application-sentences.ts";
import { yesOrNo } from "#app/german/conflict-words.ts";
import { formatDay } from "#app/german/notation.ts";
import { problemOf, schoolKindWords } from "#app/german/words.ts";
import { idParam, wire } from "#app/http.ts";
import { madeFromOld } from "#app/kept-form.ts";
import { loadAttachments } from "#app/records/attachments.server.ts";
import { changeSchool, requireSchool, versionOfSchool } from "#app/records/authorities.server.ts";
import { listPupilCounts } from "#app/records/pupil-counts.server.ts";
import { listProgrammes } from "#app/records/programmes.server.ts";
import { schoolForm } from "#app/school-form.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

const changeForm = schoolForm.extend({ version: secret });

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
    kept: keptSchool(school),
    counts: days.map((countedOn) => {
      const count = own.find((one) => one.countedOn === countedOn);
      return {
        countedOn,
        pupils: count?.pupils ?? null,
        isIllustrative: count?.isIllustrative ?? false,
        programmes: needed.filter((one) => one.countedOn === countedOn),
      };
    }),
    attachments: await loadAttachments(user, { subject: "school", subjectId: school.id }),
  });
}

type School = Awaited<ReturnType<typeof requireSchool>>;

/** The school as it is typed, and which version it is. */
function keptSchool(school: School) {
  const { name, number, kind, pupils, pupilsCountedOn, mediaConceptOn } = school;
  const fields = {
    ...{ name, number, kind, pupils: String(pupils) },
    pupilsCountedOn: formatDay(pupilsCountedOn),
    ...(school.pupilsAreIllustrative && { pupilsAreIllustrative: "on" }),
    mediaConceptState: mediaConceptOf(school, today()),
    mediaConceptOn: mediaConceptOn ? formatDay(mediaConceptOn) : "",
  };
  return { version: versionOfSchool(school), fields };
}

function said(field: string, value: string): string {
  if (field === "pupilsAreIllustrative") return yesOrNo(value);
  const words: Record<string, string> = { ...schoolKindWords, ...mediaConceptWords };
  return ["kind", "mediaConceptState"].includes(field) ? (words[value] ?? value) : value;
}

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "record");
  const id = idParam(params.schoolId);
  const form = await readForm(request, changeForm);
  if (form.status !== "success") return rejected(form);

  const { version, ...draft } = form.value;
  const violation = await changeSchool(user, id, draft, version);
  if (violation?.rule === "made_from_old") {
    return madeFromOld(form, keptSchool(await requireSchool(user, id)), said);
  }
  if (violation) return rejected(form, problemOf(violation));
  return redirect("/schools");
}

export default function School() {
  const { school, kept, counts, attachments } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<z.input<typeof changeForm>>({
    id: "school",
    lastResult: useActionData<typeof action>(),
    defaultValue: kept.fields,
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
      <EntryForm form={form} submit="Änderungen speichern" version={kept.version}>
        <SchoolFieldset fields={fields} />
      </EntryForm>
      <Attachments {...attachments} hint="Hierher gehört auch das Medienbildungskonzept selbst." />
    </Page>
  );
}

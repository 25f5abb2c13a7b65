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
import { entriesOf } from "#app/components/euro.tsx";
import { EntryForm } from "#app/components/form.tsx";
import { Page, TextLink } from "#app/components/page.tsx";
import { SchoolFieldset } from "#app/components/school-form.tsx";
import { mediaConceptOf } from "#app/domain/media-concept.ts";
import { may } from "#app/domain/permission.ts";
import { readForm, rejected } from "#app/form.ts";
import { formatDay } from "#app/german/notation.ts";
import { problemOf } from "#app/german/words.ts";
import { idParam, wire } from "#app/http.ts";
import { listAttachments } from "#app/records/attachments.server.ts";
import { changeSchool, requireSchool } from "#app/records/authorities.server.ts";
import { schoolForm } from "#app/school-form.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.school.name ?? "Schule"} – Paktbuch` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "read_books");
  const school = await requireSchool(user, idParam(params.schoolId));
  const place = { subject: "school" as const, subjectId: school.id };
  return wire({
    school,
    mediaConcept: mediaConceptOf(school, today()),
    place,
    attachments: await listAttachments(user, place),
    mayAttach: may(user.role, "record"),
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
  const { school, mediaConcept, place, attachments, mayAttach } = useLoaderData<typeof loader>();
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
      <p className="kern-body muted">
        Ein gebuchter Höchstbetrag behält die Schülerzahl, mit der er berechnet wurde.
      </p>
      <EntryForm form={form} submit="Änderungen speichern">
        <SchoolFieldset fields={fields} />
      </EntryForm>
      <Attachments
        place={place}
        attachments={attachments}
        mayAttach={mayAttach}
        hint="Hierher gehört auch das Medienbildungskonzept selbst."
      />
    </Page>
  );
}

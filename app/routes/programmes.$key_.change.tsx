import { randomUUID } from "node:crypto";
import { useForm } from "@conform-to/react";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { FileArea, TextField } from "#app/components/fields.tsx";
import { EntryForm, Hidden } from "#app/components/form.tsx";
import { Page } from "#app/components/page.tsx";
import { fileText, key, readForm, rejected, text, wholeNumber } from "#app/form.ts";
import { problemOf } from "#app/german/words.ts";
import { type FileProblem, longestFile, readProgrammeFile } from "#app/programme-file.ts";
import { changeProgramme } from "#app/records/programme-changes.server.ts";
import { requireProgramme } from "#app/records/programmes.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

const programmeForm = z.object({
  id: key,
  basedOn: wholeNumber(0, 99_999),
  content: fileText((content) => {
    const file = readProgrammeFile(content);
    return "problems" in file ? file.problems.map(spoken) : [];
  }),
  reason: text,
});

function spoken({ line, place, sentence }: FileProblem): string {
  return `${line === undefined ? place : `Zeile ${line} (${place})`}: ${sentence}`;
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.name ?? "Förderprogramm"} ändern – Paktbuch` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "record");
  const { programme, content, version } = await requireProgramme(user, params.key);
  return { id: randomUUID(), key: programme.key, name: programme.name, content, version };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "record");
  // A file that is too long is answered beside its field, and line ends are sent as two signs.
  const form = await readForm(request, programmeForm, { content: 3 * longestFile });
  if (form.status !== "success") return rejected(form);

  const { id, ...change } = form.value;
  const changed = await changeProgramme(user, id, params.key, change);
  if ("violation" in changed) return rejected(form, problemOf(changed.violation));
  return redirect(`/programmes/${changed.key}`);
}

export default function ChangeProgramme() {
  const { id, key, name, content, version } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<z.input<typeof programmeForm>>({
    id: "programme",
    lastResult: useActionData<typeof action>(),
    defaultValue: { id, basedOn: String(version), content },
  });
  return (
    <Page
      title="Förderprogramm ändern oder kopieren"
      lead={name}
      crumbs={[
        { to: "/programmes", label: "Förderprogramme" },
        { to: `/programmes/${key}`, label: name },
      ]}
    >
      <p className="kern-body">
        Mit der Kennung {key} entsteht eine neue Fassung; mit einer Kennung, die es noch nicht gibt,
        ein eigenes Programm als Kopie. Was schon gebucht ist, behält seine Fassung. Eine Datei mit
        einem Fehler wird nicht gespeichert.
      </p>
      <EntryForm form={form} submit="Als neue Fassung speichern">
        <Hidden field={fields.id} />
        <Hidden field={fields.basedOn} />
        <TextField field={fields.reason} label="Grund der Änderung" />
        <FileArea
          field={fields.content}
          label="Programmdatei"
          hint="Beträge in Euro, Anteile in Prozent, Tage als tt.mm.jjjj; jede Regel nennt ihre Quelle"
        />
      </EntryForm>
    </Page>
  );
}

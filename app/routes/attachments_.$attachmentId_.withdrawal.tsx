import { useForm } from "@conform-to/react";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { TextArea } from "#app/components/fields.tsx";
import { EntryForm } from "#app/components/form.tsx";
import { Facts, Page } from "#app/components/page.tsx";
import { readForm, rejected, text } from "#app/form.ts";
import { formatMoment, formatSize } from "#app/german/notation.ts";
import { problemOf } from "#app/german/words.ts";
import { idParam, wire } from "#app/http.ts";
import { requirePlace } from "#app/records/attachment-places.server.ts";
import { requireAttachment, withdrawFile } from "#app/records/attachments.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

const withdrawalForm = z.object({ reason: text });

export const meta: MetaFunction = () => [{ title: "Anlage zurückziehen – Paktbuch" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "attach");
  const file = await requireAttachment(user, idParam(params.attachmentId));
  return wire({ file, place: await requirePlace(user, file) });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "attach");
  const file = await requireAttachment(user, idParam(params.attachmentId));
  const form = await readForm(request, withdrawalForm);
  if (form.status !== "success") return rejected(form);

  const violation = await withdrawFile(user, file.id, form.value.reason);
  if (violation) return rejected(form, problemOf(violation));
  return redirect((await requirePlace(user, file)).path);
}

export default function Withdrawal() {
  const { file, place } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<z.input<typeof withdrawalForm>>({
    id: "withdrawal",
    lastResult: useActionData<typeof action>(),
  });
  return (
    <Page
      title="Anlage zurückziehen"
      lead="Für eine Datei, die hier versehentlich abgelegt wurde. Sie bleibt aufgehoben und steht weiter in der Liste, als zurückgezogen und mit dem Grund; als Beleg zählt sie nicht mehr."
      crumbs={[{ to: place.path, label: place.title }]}
    >
      <Facts
        facts={[
          ["Datei", file.fileName],
          ["Größe", formatSize(file.size)],
          ["Abgelegt", `${formatMoment(file.createdAt)}, ${file.recordedBy}`],
        ]}
      />
      <EntryForm form={form} submit="Anlage zurückziehen">
        <TextArea field={fields.reason} label="Grund" />
      </EntryForm>
    </Page>
  );
}

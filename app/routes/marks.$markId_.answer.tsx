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
import { TextArea } from "#app/components/fields.tsx";
import { EntryForm, Hidden } from "#app/components/form.tsx";
import { Facts, Page } from "#app/components/page.tsx";
import { key, longText, readForm, rejected } from "#app/form.ts";
import { formatMoment } from "#app/german/notation.ts";
import { problemOf } from "#app/german/words.ts";
import { idParam, notFound, wire } from "#app/http.ts";
import { answerAuditQuestion, requireAuditMark } from "#app/records/audit-marks.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

const answerForm = z.object({ id: key, text: longText });

export const meta: MetaFunction = () => [{ title: "Frage der Prüfung beantworten – Paktbuch" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "record");
  const mark = await requireAuditMark(user, idParam(params.markId));
  return wire({ id: randomUUID(), mark: mark.kind === "question" ? mark : notFound() });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "record");
  const { id: questionId, invoiceId } = await requireAuditMark(user, idParam(params.markId));
  const form = await readForm(request, answerForm);
  if (form.status !== "success") return rejected(form);

  const { id, text } = form.value;
  const violation = await answerAuditQuestion(user, id, questionId, text);
  if (violation) return rejected(form, problemOf(violation));
  return redirect(`/invoices/${invoiceId}`);
}

export default function Answer() {
  const { id, mark } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<z.input<typeof answerForm>>({
    id: "answer",
    lastResult: useActionData<typeof action>(),
    defaultValue: { id },
  });
  return (
    <Page
      title="Frage der Prüfung beantworten"
      lead={`Rechnung ${mark.number} von ${mark.supplier}, ${mark.place}`}
      crumbs={[
        { to: "/marks", label: "Prüfung" },
        { to: `/invoices/${mark.invoiceId}`, label: `Rechnung ${mark.number}` },
      ]}
    >
      <Facts
        facts={[
          ["Frage", mark.text],
          ["gestellt von", `${mark.markedBy}, ${formatMoment(mark.createdAt)}`],
        ]}
      />
      <EntryForm form={form} submit="Antwort eintragen">
        <Hidden field={fields.id} />
        <TextArea
          field={fields.text}
          label="Antwort"
          hint="Unterlagen werden bei der Rechnung abgelegt. Eine Antwort wird nicht geändert, nur ergänzt."
        />
      </EntryForm>
    </Page>
  );
}

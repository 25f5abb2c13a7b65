import { useForm } from "@conform-to/react";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { DayField, TextArea } from "#app/components/fields.tsx";
import { EntryForm } from "#app/components/form.tsx";
import { Facts, Notice, Page, Section, TextLink } from "#app/components/page.tsx";
import { today } from "#app/clock.server.ts";
import { mayUser } from "#app/domain/permission.ts";
import { day, readForm, rejected, text } from "#app/form.ts";
import { formatDay, formatMoment } from "#app/german/notation.ts";
import { problemOf } from "#app/german/words.ts";
import { idParam, wire } from "#app/http.ts";
import { requireImport, undoImport } from "#app/records/import-undoing.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

const undoingForm = z.object({ reversedOn: day, reason: text });

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.file.fileName ?? "Datei"} – Paktbuch` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "read_all_books");
  const file = await requireImport(user, idParam(params.importId));
  return wire({ file, today: today(), mayUndo: mayUser(user, "record") && file.stands });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "record");
  const id = idParam(params.importId);
  const form = await readForm(request, undoingForm);
  if (form.status !== "success") return rejected(form);
  const violation = await undoImport(user, id, form.value);
  if (violation) return rejected(form, problemOf(violation));
  return redirect(`/imports/${id}`);
}

export default function ImportedFile() {
  const { file, mayUndo } = useLoaderData<typeof loader>();
  const invoices = `/grants/${file.grantId}/invoices`;
  return (
    <Page
      title={file.fileName}
      lead={`eingelesen am ${formatMoment(file.createdAt)} von ${file.recorder}`}
      crumbs={[{ to: `/grants/${file.grantId}/imports`, label: "Eingelesene Dateien" }]}
    >
      {!file.stands && (
        <Notice kind="warning" title="Storniert">
          <p className="kern-body">
            Alle Rechnungen dieser Datei sind storniert. Sie darf noch einmal eingelesen werden.
          </p>
        </Notice>
      )}
      <Facts
        facts={[
          ["Rechnungen", `${file.invoiceCount}, davon noch gültig ${file.standing}`],
          ["Zeilen", file.rowCount],
          ["Gebucht unter", <TextLink to={invoices}>Rechnungen der Zuwendung</TextLink>],
          ["Prüfsumme (SHA-256)", <span className="hash">{file.fileHash}</span>],
        ]}
      />
      {mayUndo && <UndoingForm />}
    </Page>
  );
}

function UndoingForm() {
  const { today } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<z.input<typeof undoingForm>>({
    id: "undoing",
    lastResult: useActionData<typeof action>(),
    defaultValue: { reversedOn: formatDay(today) },
  });
  return (
    <Section title="Stornieren">
      <p className="kern-body">
        Storniert alle Rechnungen dieser Datei auf einmal. Was schon einzeln storniert ist, bleibt,
        wie es ist; solange auf einer Rechnung etwas aufbaut, etwa eine Zahlung, geschieht nichts.
      </p>
      <EntryForm form={form} submit="Alle Rechnungen der Datei stornieren">
        <DayField field={fields.reversedOn} label="Tag des Stornos" />
        <TextArea field={fields.reason} label="Grund" />
      </EntryForm>
    </Section>
  );
}

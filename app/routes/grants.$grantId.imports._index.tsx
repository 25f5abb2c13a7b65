import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { FileForm } from "#app/components/file-form.tsx";
import { Badge, Empty, Section, TextLink } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import { mayUser, type User } from "#app/domain/permission.ts";
import { bareFileName } from "#app/domain/attachment.ts";
import { findHeader, headerKey, recogniseColumns } from "#app/german/entry-columns.ts";
import { formatMoment } from "#app/german/notation.ts";
import { problemOf } from "#app/german/words.ts";
import { idParam, wire } from "#app/http.ts";
import { expectFile, readApart } from "#app/readers/apart.server.ts";
import { requireGrant } from "#app/records/grants.server.ts";
import { listImports } from "#app/records/import-undoing.server.ts";
import { findMapping } from "#app/records/column-mappings.server.ts";
import { keepTable, listDrafts } from "#app/records/imports.server.ts";
import { requireUser } from "#app/session.server.ts";
import { readUploads, type Upload } from "#app/upload-form.ts";

export const meta: MetaFunction = () => [{ title: "Rechnungen einlesen – Paktbuch" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "read_books");
  const grant = await requireGrant(user, idParam(params.grantId));
  const mayRecord = mayUser(user, "record") && grant.stands;
  if (mayRecord) expectFile();
  return wire({
    grantId: grant.id,
    mayRecord,
    drafts: mayRecord ? await listDrafts(user, grant.id) : [],
    imports: await listImports(user, grant.id),
  });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "record");
  const { id: grantId } = await requireGrant(user, idParam(params.grantId));
  const upload = await readUploads(request);
  const kept = "violation" in upload ? upload : await keepUpload(user, grantId, upload.files);
  if ("violation" in kept) {
    return data({ problem: problemOf(kept.violation).sentence }, { status: 422 });
  }
  return redirect(`/grants/${grantId}/imports/${kept.draftId}`);
}

async function keepUpload(user: User, grantId: string, [file, ...more]: Upload[]) {
  if (more.length > 0) return { violation: { field: "file", rule: "too_many_files" } as const };
  const { name, content } = file!;
  const read = await readApart("table", content);
  if ("problem" in read) return { violation: read.problem };
  const header = findHeader(read.rows);
  const cells = header?.cells ?? [];
  const mapping = (await findMapping(user, headerKey(cells))) ?? recogniseColumns(cells);
  const headerRow = header?.number ?? null;
  return keepTable(user, grantId, {
    ...{ fileName: bareFileName(name), content },
    ...{ rows: read.rows, headerRow, mapping },
  });
}

export default function Imports() {
  const { grantId, mayRecord, drafts, imports } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  return (
    <>
      {mayRecord && (
        <Section
          title="Rechnungen einlesen"
          actions={
            <a
              className="kern-link kern-link--no-visited-state"
              href={`/grants/${grantId}/imports/template.xlsx`}
            >
              Vorlage für Excel
            </a>
          }
        >
          <p className="kern-body">
            Eine Zeile je Rechnungszeile. Vor dem Buchen wird gezeigt, was erkannt wurde und was
            nicht stimmt; gebucht wird alles oder nichts.
          </p>
          <FileForm
            action={`/grants/${grantId}/imports?index`}
            id="import-file"
            hint="eine Excel-Arbeitsmappe (xlsx) oder Textdatei (csv) bis 10 MB"
            endings={[".xlsx", ".csv", ".txt"]}
            submit="Datei prüfen"
            problem={problem}
          />
        </Section>
      )}
      {drafts.length > 0 && (
        <Section title="Noch nicht gebucht">
          <Table
            caption="Geprüfte Dateien"
            isCaptionHidden
            rows={drafts}
            keyOf={({ id }) => id}
            columns={[
              {
                label: "Datei",
                cell: ({ id, fileName }) => <TextLink to={id}>{fileName}</TextLink>,
              },
              { label: "Zeilen", isNumeric: true, cell: ({ rowCount }) => rowCount },
              { label: "vom", cell: ({ createdAt }) => formatMoment(createdAt) },
              { label: "von", cell: ({ uploadedBy }) => uploadedBy },
            ]}
          />
        </Section>
      )}
      <Section title="Eingelesene Dateien">
        {imports.length === 0 ? (
          <Empty>Noch keine Datei eingelesen.</Empty>
        ) : (
          <Table
            caption="Eingelesene Dateien, neueste zuerst"
            isCaptionHidden
            rows={imports}
            keyOf={({ id }) => id}
            columns={[
              {
                label: "Datei",
                cell: ({ id, fileName }) => <TextLink to={`/imports/${id}`}>{fileName}</TextLink>,
              },
              { label: "Rechnungen", isNumeric: true, cell: ({ invoiceCount }) => invoiceCount },
              { label: "eingelesen am", cell: ({ createdAt }) => formatMoment(createdAt) },
              { label: "von", cell: ({ recorder }) => recorder },
              {
                label: "Stand",
                cell: ({ stands }) =>
                  stands ? (
                    <Badge kind="success">gebucht</Badge>
                  ) : (
                    <Badge kind="danger">storniert</Badge>
                  ),
              },
            ]}
          />
        )}
      </Section>
    </>
  );
}

/** Attachments (Anlagen) of one thing: what is kept, and a form for one file more. */
import { attachedEndings, type AttachmentSubject } from "#app/domain/attachment.ts";
import { formatMoment, formatSize } from "#app/german/notation.ts";
import { FileForm } from "./file-form.tsx";
import { Empty, Section } from "./page.tsx";
import { Table } from "./table.tsx";

type Attachment = {
  id: string;
  fileName: string;
  size: number;
  createdAt: string;
  recordedBy: string;
};

export function Attachments({
  place,
  attachments,
  mayAttach,
  hint,
}: {
  place: { subject: AttachmentSubject; subjectId: string };
  attachments: Attachment[];
  mayAttach: boolean;
  /** What belongs here, or what to mind. */
  hint?: string;
}) {
  return (
    <Section title="Anlagen">
      {hint && <p className="kern-body muted">{hint}</p>}
      {attachments.length === 0 ? (
        <Empty>Noch keine Anlage.</Empty>
      ) : (
        <Table
          caption="Anlagen"
          isCaptionHidden
          rows={attachments}
          keyOf={({ id }) => id}
          columns={[
            {
              label: "Datei",
              cell: ({ id, fileName }) => (
                <a className="kern-link kern-link--no-visited-state" href={`/attachments/${id}`}>
                  {fileName}
                </a>
              ),
            },
            { label: "Größe", isNumeric: true, cell: ({ size }) => formatSize(size) },
            { label: "abgelegt am", cell: ({ createdAt }) => formatMoment(createdAt) },
            { label: "von", cell: ({ recordedBy }) => recordedBy },
          ]}
        />
      )}
      {mayAttach && <UploadForm place={place} />}
    </Section>
  );
}

export function UploadForm({
  place,
  problem,
}: {
  place: { subject: AttachmentSubject; subjectId: string };
  problem?: string;
}) {
  return (
    <FileForm
      action={`/attachments?${new URLSearchParams(place)}`}
      id="attachment-file"
      hint="eine Datei bis 20 MB: PDF, PNG, JPEG, XLSX, DOCX, ODS, ODT, XML, CSV oder TXT; sie bleibt, wie sie ist"
      endings={attachedEndings}
      submit="Datei ablegen"
      problem={problem}
    />
  );
}

/** Attachments (Anlagen) of one thing: what is kept, and a form for one file more. */
import { Form } from "@remix-run/react";
import { attachedEndings, type AttachmentSubject } from "#app/domain/attachment.ts";
import { formatMoment, formatSize } from "#app/german/notation.ts";
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

/** Sent as a document on purpose: the server takes large bodies at this one address only. */
export function UploadForm({
  place,
  problem,
}: {
  place: { subject: AttachmentSubject; subjectId: string };
  problem?: string;
}) {
  const action = `/attachments?${new URLSearchParams(place)}`;
  return (
    <Form
      method="post"
      action={action}
      encType="multipart/form-data"
      className="entry-form"
      reloadDocument
    >
      <div className={`kern-form-input${problem ? " kern-form-input--error" : ""}`}>
        <label className="kern-label" htmlFor="attachment-file">
          Datei
        </label>
        <div className="kern-hint" id="attachment-file-hint">
          eine Datei bis 20 MB: PDF, PNG, JPEG, XLSX, DOCX, ODS, ODT, XML, CSV oder TXT; sie bleibt,
          wie sie ist
        </div>
        <input
          id="attachment-file"
          name="file"
          type="file"
          accept={attachedEndings.join(",")}
          aria-invalid={problem ? true : undefined}
          aria-describedby={`attachment-file-hint${problem ? " attachment-file-error" : ""}`}
          className={`kern-form-input__input${problem ? " kern-form-input__input--error" : ""}`}
        />
        {problem && (
          <p className="kern-error" id="attachment-file-error" role="alert">
            <span className="kern-icon kern-icon--danger kern-icon--small" aria-hidden="true" />
            <span className="kern-body">{problem}</span>
          </p>
        )}
      </div>
      <div className="actions">
        <button type="submit" className="kern-btn kern-btn--secondary">
          <span className="kern-label">Datei ablegen</span>
        </button>
      </div>
    </Form>
  );
}

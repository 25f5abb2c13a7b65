/** Attachments (Anlagen) of one thing: what is kept, what was withdrawn, and a form for more. */
import { type AttachmentSubject, isViewable } from "#app/domain/attachment.ts";
import { formatMoment, formatSize } from "#app/german/notation.ts";
import { Badge, Empty, Section, TextLink } from "./page.tsx";
import { type Column, Table } from "./table.tsx";
import { UploadForm } from "./upload-form.tsx";

type Attachment = {
  id: string;
  fileName: string;
  mediaType: string;
  size: number;
  createdAt: string;
  recordedBy: string;
  withdrawnAt: string | null;
  withdrawnBy: string | null;
  reason: string | null;
};

export function Attachments({
  place,
  files,
  mayAttach,
  hint,
}: {
  place: { subject: AttachmentSubject; subjectId: string };
  files: Attachment[];
  mayAttach: boolean;
  /** What belongs here, or what to mind. */
  hint?: string;
}) {
  return (
    <Section title="Anlagen">
      {hint && <p className="kern-body muted">{hint}</p>}
      {files.length === 0 ? (
        <Empty>Noch keine Anlage.</Empty>
      ) : (
        <Table
          caption="Anlagen"
          isCaptionHidden
          rows={files}
          keyOf={({ id }) => id}
          columns={columnsFor(mayAttach)}
        />
      )}
      {mayAttach && <UploadForm query={`?${new URLSearchParams(place)}`} />}
    </Section>
  );
}

function columnsFor(mayAttach: boolean): Column<Attachment>[] {
  return [
    { label: "Datei", cell: (file) => <FileName file={file} /> },
    { label: "Größe", isNumeric: true, cell: ({ size }) => formatSize(size) },
    {
      label: "abgelegt",
      cell: ({ createdAt, recordedBy }) => `${formatMoment(createdAt)}, ${recordedBy}`,
    },
    {
      label: "Aktionen",
      cell: (file) => (
        <span className="links">
          {isViewable(file.mediaType) && <ViewLink file={file} />}
          {mayAttach && file.withdrawnAt === null && <WithdrawalLink file={file} />}
        </span>
      ),
    },
  ];
}

/** Files are no pages of the program: plain links, so that no script fetches them as one. */
function FileName({ file }: { file: Attachment }) {
  const { id, fileName, withdrawnAt, withdrawnBy, reason } = file;
  return (
    <>
      <a className="kern-link kern-link--no-visited-state" href={`/attachments/${id}`}>
        {fileName}
      </a>
      {withdrawnAt && (
        <span className="withdrawn">
          <Badge kind="warning">zurückgezogen</Badge>{" "}
          <span className="muted">
            {formatMoment(withdrawnAt)}, {withdrawnBy}: {reason}
          </span>
        </span>
      )}
    </>
  );
}

function ViewLink({ file: { id, fileName } }: { file: Attachment }) {
  return (
    <a
      className="kern-link kern-link--no-visited-state"
      href={`/attachments/${id}?view`}
      target="_blank"
      rel="noopener"
    >
      ansehen<span className="kern-sr-only">: {fileName}, in neuem Fenster</span>
    </a>
  );
}

function WithdrawalLink({ file: { id, fileName } }: { file: Attachment }) {
  return (
    <TextLink to={`/attachments/${id}/withdrawal`}>
      zurückziehen<span className="kern-sr-only">: {fileName}</span>
    </TextLink>
  );
}

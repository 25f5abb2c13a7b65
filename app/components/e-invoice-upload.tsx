/** Taking e-invoices in, and what became of them. */
import { Form } from "@remix-run/react";
import { Badge, TextLink } from "./page.tsx";

type Problem = { sentence: string; name?: string; earlierId?: string };

/** Sent as a document on purpose: the server takes large bodies at few addresses only. */
export function EInvoiceUpload({ problems }: { problems: Problem[] }) {
  const isRefused = problems.length > 0;
  return (
    <Form method="post" encType="multipart/form-data" className="entry-form" reloadDocument>
      <div className={`kern-form-input${isRefused ? " kern-form-input--error" : ""}`}>
        <label className="kern-label" htmlFor="e-invoice-file">
          E-Rechnungen
        </label>
        <div className="kern-hint" id="e-invoice-file-hint">
          auswählen oder auf das Feld ziehen: XRechnung (XML in UBL oder CII), ZUGFeRD und Factur-X
          (PDF), je bis 20 MB; die Datei bleibt, wie sie ist
        </div>
        <input
          id="e-invoice-file"
          name="file"
          type="file"
          multiple
          accept=".xml,.pdf,application/xml,text/xml,application/pdf"
          aria-invalid={isRefused ? true : undefined}
          aria-describedby={`e-invoice-file-hint${isRefused ? " e-invoice-file-error" : ""}`}
          className="kern-form-input__input"
        />
        {isRefused && (
          <div id="e-invoice-file-error" role="alert">
            {problems.map(({ sentence, name, earlierId }) => (
              <p className="kern-error" key={`${name} ${sentence}`}>
                <span className="kern-icon kern-icon--danger kern-icon--small" aria-hidden="true" />
                <span className="kern-body">
                  {name && `${name}: `}
                  {sentence}{" "}
                  {earlierId && <TextLink to={`/e-invoices/${earlierId}`}>Ansehen</TextLink>}
                </span>
              </p>
            ))}
          </div>
        )}
      </div>
      <div className="actions">
        <button type="submit" className="kern-btn kern-btn--primary">
          <span className="kern-label">E-Rechnungen annehmen</span>
        </button>
      </div>
    </Form>
  );
}

export type EInvoiceState = {
  isBooked: boolean;
  bookedId: string | null;
  discardedAt: string | null;
};

export function EInvoiceStateBadge({ eInvoice }: { eInvoice: EInvoiceState }) {
  const { isBooked, bookedId, discardedAt } = eInvoice;
  if (isBooked) return <Badge kind="success">gebucht</Badge>;
  if (discardedAt) return <Badge kind="info">verworfen</Badge>;
  if (bookedId) return <Badge kind="danger">storniert</Badge>;
  return <Badge kind="warning">noch nicht gebucht</Badge>;
}

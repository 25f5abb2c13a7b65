/** A form for one file. Sent as a document on purpose: the server takes large bodies at few addresses only. */
import { Form } from "@remix-run/react";

export function FileForm({
  action,
  id,
  hint,
  endings,
  submit,
  problem,
}: {
  action: string;
  id: string;
  hint: string;
  /** Of the names of files that are offered first: ".csv". */
  endings: string[];
  /** What the button does: "Datei ablegen". */
  submit: string;
  problem?: string | undefined;
}) {
  return (
    <Form
      method="post"
      action={action}
      encType="multipart/form-data"
      className="entry-form"
      reloadDocument
    >
      <div className={`kern-form-input${problem ? " kern-form-input--error" : ""}`}>
        <label className="kern-label" htmlFor={id}>
          Datei
        </label>
        <div className="kern-hint" id={`${id}-hint`}>
          {hint}
        </div>
        <input
          id={id}
          name="file"
          type="file"
          accept={endings.join(",")}
          aria-invalid={problem ? true : undefined}
          aria-describedby={`${id}-hint${problem ? ` ${id}-error` : ""}`}
          className={`kern-form-input__input${problem ? " kern-form-input__input--error" : ""}`}
        />
        {problem && (
          <p className="kern-error" id={`${id}-error`} role="alert">
            <span className="kern-icon kern-icon--danger kern-icon--small" aria-hidden="true" />
            <span className="kern-body">{problem}</span>
          </p>
        )}
      </div>
      <div className="actions">
        <button type="submit" className="kern-btn kern-btn--secondary">
          <span className="kern-label">{submit}</span>
        </button>
      </div>
    </Form>
  );
}

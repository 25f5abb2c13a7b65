/** The frame of a form: what is wrong first, then the fields, then the deed. */
import { Form, useActionData, useNavigation, useRouteLoaderData } from "@remix-run/react";
import { type ReactNode, useEffect, useRef } from "react";
import { fieldLabel, problemHeadline, sendingWords } from "#app/german/fields.ts";
import { Version } from "./version.tsx";

type FormState = {
  id: string;
  onSubmit: (event: React.FormEvent<HTMLFormElement>) => void;
  allErrors: Record<string, string[]>;
};

export function EntryForm({
  form,
  submit,
  action,
  children,
  secondary,
  consequence,
  version,
}: {
  form: FormState;
  /** Which version of the thing it changes the form was made from. */
  version?: string;
  /** What the button does: "Auftrag buchen". */
  submit: string;
  action?: string;
  children: ReactNode;
  secondary?: ReactNode;
  /** What did not happen, where it is not that nothing was saved: a draft is kept but not submitted. */
  consequence?: string;
}) {
  const isSending = useNavigation().state === "submitting";
  return (
    <Form
      method="post"
      action={action}
      id={form.id}
      onSubmit={form.onSubmit}
      noValidate
      className="entry-form"
    >
      {/* Enter in a field presses the first button: it must be this one, not one that adds a row. */}
      <button type="submit" className="kern-sr-only" tabIndex={-1} aria-hidden="true" />
      <FormKey of={form.id} />
      <ErrorSummary form={form} consequence={consequence} />
      {version && <Version made={version} />}
      {children}
      <div className="actions">
        <button type="submit" className="kern-btn kern-btn--primary" aria-disabled={isSending}>
          <span className="kern-label">{isSending ? sendingWords(submit) : submit}</span>
        </button>
        {secondary}
      </div>
    </Form>
  );
}

function ErrorSummary({ form, consequence }: { form: FormState; consequence?: string }) {
  const problems = Object.entries(form.allErrors);
  const summary = useRef<HTMLDivElement>(null);
  const hasProblems = problems.length > 0;
  useEffect(() => {
    // conform goes to the first bad field; where a whole list is at fault there is none to go to.
    const isAtField = document.activeElement?.getAttribute("aria-invalid") === "true";
    if (hasProblems && !isAtField) summary.current?.focus();
  }, [hasProblems]);
  if (problems.length === 0) return null;
  // What is of no field stands under the empty name.
  const atFields = problems.filter(([name]) => name !== "").length;
  return (
    <div
      ref={summary}
      className="kern-alert kern-alert--danger"
      role="alert"
      tabIndex={-1}
      id={`${form.id}-errors`}
    >
      <div className="kern-alert__header">
        <span className="kern-icon kern-icon--danger" aria-hidden="true" />
        <h2 className="kern-title">{problemHeadline(atFields, consequence)}</h2>
      </div>
      <div className="kern-alert__body">
        <ul className="kern-list kern-list--bullet">
          {problems.flatMap(([name, sentences]) =>
            sentences.map((sentence, index) => (
              <li key={`${name} ${index}`}>
                {name === "" ? (
                  sentence
                ) : (
                  <a className="kern-link" href={`#${form.id}-${name}`}>
                    {[fieldLabel(name), sentence].filter(Boolean).join(": ")}
                  </a>
                )}
              </li>
            )),
          )}
        </ul>
      </div>
    </div>
  );
}

/**
 * The key and the id of an answer that shows a form once more (`kept-form.ts`): the form goes on with these. They are new
 * ones where its key was used before, and its own where it is opened again after its session had ended.
 */
function useRenewed(): { renewedKey?: string; renewedId?: string } {
  return (useActionData() as { renewedKey?: string; renewedId?: string } | null | undefined) ?? {};
}

/** By its key a form is done once, however often it is sent: each form that writes has one. */
export function FormKey({ of }: { of: string }) {
  const made = useRouteLoaderData<{ formKey: string }>("root")?.formKey;
  const { renewedKey } = useRenewed();
  return <input type="hidden" name="formKey" value={`${renewedKey ?? made}.${of}`} readOnly />;
}

/** The same for a form that is a button only. */
export function ButtonKey({ of = "the" }: { of?: string }) {
  return <FormKey of={`${of}-button`} />;
}

/** What a form sends without showing it; its `id` is the name of the document that it records. */
export function Hidden({ field }: { field: { name: string; initialValue?: unknown } }) {
  const { renewedId } = useRenewed();
  const { name, initialValue } = field;
  if (renewedId && name === "id") {
    return <input type="hidden" name="id" value={renewedId} readOnly />;
  }
  return <input type="hidden" name={name} defaultValue={String(initialValue ?? "")} />;
}

/** Rows that come and go, each a group of fields. */
export function Rows({
  id,
  title,
  errors,
  addButton,
  children,
}: {
  id: string;
  title: string;
  errors?: string[];
  addButton: ReactNode;
  children: ReactNode;
}) {
  return (
    <fieldset className="kern-fieldset rows" id={id}>
      <legend className="kern-label kern-label--large">{title}</legend>
      {errors && (
        <p className="kern-error">
          <span className="kern-icon kern-icon--danger kern-icon--small" aria-hidden="true" />
          <span className="kern-body">{errors.join(" ")}</span>
        </p>
      )}
      {children}
      {addButton}
    </fieldset>
  );
}

export function Row({
  title,
  removeButton,
  children,
}: {
  title: string;
  removeButton?: ReactNode;
  children: ReactNode;
}) {
  return (
    <fieldset className="row">
      <legend className="kern-label">{title}</legend>
      <div className="row-fields">{children}</div>
      {removeButton}
    </fieldset>
  );
}

/** Fields that most entries do not need; open where one of them is filled or at fault. */
export function Fold({
  title,
  isOpen,
  children,
}: {
  title: string;
  isOpen: boolean;
  children: ReactNode;
}) {
  return (
    <details className="fold" open={isOpen}>
      <summary className="kern-label">{title}</summary>
      {children}
    </details>
  );
}

type ButtonProps = { name: string; value: string; form: string; formNoValidate: boolean };

export function RowButton({ button, children }: { button: ButtonProps; children: string }) {
  return (
    <button type="submit" {...button} className="kern-btn kern-btn--tertiary kern-btn--x-small">
      <span className="kern-label">{children}</span>
    </button>
  );
}

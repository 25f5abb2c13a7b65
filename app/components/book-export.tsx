/** How far an export is, and what can be done with it. */
import { ButtonKey } from "./form.tsx";
import { Form } from "@remix-run/react";
import { type ExportState, isOpen, shareDone } from "#app/domain/book-export.ts";
import { exportStateWords } from "#app/german/export-words.ts";
import { formatPercent } from "#app/german/notation.ts";
import { Badge } from "./page.tsx";

type Made = {
  id: string;
  title: string;
  state: ExportState;
  done: number;
  total: number | null;
  problem: string | null;
};

const badges = {
  waiting: "info",
  running: "info",
  finished: "success",
  failed: "danger",
  cancelled: "warning",
} as const;

/** Whole percent done; "wird erstellt" alone while nothing is counted yet. */
export function percentDone(made: Pick<Made, "done" | "total">): string {
  return String(Math.floor(shareDone(made) * 100));
}

export function ExportStateText({ made }: { made: Made }) {
  const { state, total } = made;
  const isCounted = state === "running" && total !== null;
  return (
    <>
      <Badge kind={badges[state]}>{exportStateWords[state]}</Badge>
      {isCounted && ` ${formatPercent(percentDone(made))}`}
    </>
  );
}

/** Each step is a form or a link of its own, and named with its export for who does not see the row. */
export function ExportActions({ made }: { made: Made }) {
  const { id, title, state } = made;
  return (
    <span className="steps">
      {state === "finished" && (
        <a className="kern-link kern-link--no-visited-state" href={`/exports/${id}/file`} download>
          Herunterladen<span className="kern-sr-only">: {title}</span>
        </a>
      )}
      {isOpen(state) && <Step id={id} verb="cancellation" label="Abbrechen" title={title} />}
      {!isOpen(state) && <Step id={id} verb="repetition" label="Noch einmal" title={title} />}
      {!isOpen(state) && <Step id={id} verb="removal" label="Löschen" title={title} />}
    </span>
  );
}

function Step({
  id,
  verb,
  label,
  title,
}: {
  id: string;
  verb: "cancellation" | "repetition" | "removal";
  label: string;
  title: string;
}) {
  return (
    <Form method="post" action={`/exports/${id}/${verb}`}>
      <ButtonKey />
      {/* KERN takes a button with hidden words in it for one that is an icon alone. */}
      <button
        type="submit"
        aria-label={`${label}: ${title}`}
        className="kern-btn kern-btn--tertiary kern-btn--x-small"
      >
        <span className="kern-label">{label}</span>
      </button>
    </Form>
  );
}

/** A table of deadlines: the day, what is due, of which grant, by which rule and document. */
import type { Deadline } from "#app/domain/deadline.ts";
import {
  daysLeftText,
  deadlineTitle,
  deadlineWords,
  originText,
} from "#app/german/deadline-words.ts";
import { DayText, Euro } from "./euro.tsx";
import { TextLink } from "./page.tsx";
import { Table } from "./table.tsx";

/** As it arrives in the browser. */
export type ShownDeadline = Omit<Deadline, "amount"> & { amount: string | null };

export function DeadlineTable({
  caption,
  deadlines,
  asOf,
  mayReadBooks,
  isCaptionHidden = false,
}: {
  caption: string;
  deadlines: ShownDeadline[];
  asOf: string;
  /** Pages of grants and documents are only for who may read the books. */
  mayReadBooks: boolean;
  isCaptionHidden?: boolean;
}) {
  return (
    <Table
      caption={caption}
      isCaptionHidden={isCaptionHidden}
      rows={deadlines}
      keyOf={({ id }) => id}
      columns={[
        {
          label: "Frist",
          cell: ({ on, isDone }) => (
            <span>
              <DayText day={on} />
              <br />
              <span className="muted">
                {isDone ? "nichts mehr zu tun" : daysLeftText(on, asOf)}
              </span>
            </span>
          ),
        },
        { label: "Was", cell: (one) => deadlineTitle(one) },
        {
          label: "Zuwendung oder Programm",
          cell: ({ subject: { kind, id, name } }) =>
            mayReadBooks ? <TextLink to={`/${kind}s/${id}`}>{name}</TextLink> : name,
        },
        {
          label: "Betrag",
          isNumeric: true,
          cell: ({ kind, amount, isDone }) =>
            amount !== null &&
            !isDone && (
              <span>
                <Euro amount={amount} />
                <br />
                <span className="muted">{deadlineWords[kind].amount}</span>
              </span>
            ),
        },
        {
          label: "Regel und Herkunft",
          cell: ({ kind, origin }) => (
            <span>
              {deadlineWords[kind].rule}
              <br />
              <Source origin={origin} mayReadBooks={mayReadBooks} />
            </span>
          ),
        },
      ]}
    />
  );
}

function Source({ origin, mayReadBooks }: { origin: Deadline["origin"]; mayReadBooks: boolean }) {
  const text = originText(origin);
  if (origin.by === "notice") {
    const { documentKind, documentId } = origin;
    return mayReadBooks ? (
      <TextLink to={`/documents/${documentKind}/${documentId}`}>{text}</TextLink>
    ) : (
      <>{text}</>
    );
  }
  return (
    <>
      {mayReadBooks ? <TextLink to={`/programmes/${origin.key}`}>{text}</TextLink> : text}
      {origin.addresses.map((address, index) => (
        <span key={address}>
          {index === 0 ? " – Quelle: " : ", "}
          {/^https?:\/\//.test(address) ? (
            <a className="kern-link kern-link--no-visited-state" href={address} rel="noreferrer">
              {new URL(address).hostname}
            </a>
          ) : (
            address
          )}
        </span>
      ))}
    </>
  );
}

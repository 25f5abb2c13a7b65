/** A table of deadlines: the day, what is due, of which grant, by which rule and document. */
import type { Deadline } from "#app/domain/deadline.ts";
import {
  daysLeftText,
  deadlineTitle,
  deadlineWords,
  originText,
} from "#app/german/deadline-words.ts";
import { DayText, entriesOf, Euro } from "./euro.tsx";
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
    <div className="deadlines">
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
          {
            label: "Was",
            cell: (one) => <Title deadline={one} asOf={asOf} isLink={mayReadBooks} />,
          },
          {
            label: "Zuwendung, Programm, Vertrag oder Konto",
            cell: ({ subject }) =>
              mayReadBooks ? (
                <TextLink to={pageOf(subject)}>{subject.name}</TextLink>
              ) : (
                subject.name
              ),
          },
          {
            label: "Betrag",
            isNumeric: true,
            cell: (one) =>
              one.amount !== null &&
              !one.isDone && (
                <span>
                  <Euro amount={one.amount} to={mayReadBooks ? entriesBehind(one) : undefined} />
                  <br />
                  <span className="muted">{deadlineWords[one.kind].amount}</span>
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
    </div>
  );
}

function pageOf({ kind, id }: Deadline["subject"]): string {
  return kind === "account" ? `/municipal-budget/accounts/${id}` : `/${kind}s/${id}`;
}

/** The entries behind a sum at stake: of the grant's lines, of its income, of the envelope's pots. */
function entriesBehind({ kind, subject }: ShownDeadline): string {
  if (subject.kind === "contract" || subject.kind === "account") return pageOf(subject);
  if (subject.kind === "envelope") return entriesOf({ envelope: subject.id, kind: "pot" });
  const isIncome = kind === "draw" || kind === "spend_by";
  return entriesOf({ grant: subject.id, kind: isIncome ? "income" : "budget_line" });
}

/** A report of a day that has come can be read at once. */
function Title({
  deadline,
  asOf,
  isLink,
}: {
  deadline: ShownDeadline;
  asOf: string;
  isLink: boolean;
}) {
  const { kind, detail } = deadline;
  const title = deadlineTitle(deadline);
  if (!isLink || kind !== "report" || detail === null || detail > asOf) return <>{title}</>;
  const view = new URLSearchParams({ on: detail, known: asOf });
  return <TextLink to={`/reports/half-year?${view}`}>{title}</TextLink>;
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
  if (origin.by === "contract" || origin.by === "carryover") {
    const to =
      origin.by === "contract"
        ? `/contracts/${origin.contractId}`
        : `/documents/carryover/${origin.carryoverId}`;
    return mayReadBooks ? <TextLink to={to}>{text}</TextLink> : <>{text}</>;
  }
  return (
    <>
      {mayReadBooks ? <TextLink to={`/programmes/${origin.key}`}>{text}</TextLink> : text}
      {origin.addresses.length > 0 && " – Quelle"}
      {origin.addresses.map((address, index) => (
        <span key={address}>
          {" "}
          {URL.canParse(address) && /^https?:/.test(address) ? (
            <a
              className="kern-link kern-link--no-visited-state"
              href={address}
              rel="noreferrer"
              aria-label={`Quelle ${index + 1}: ${new URL(address).hostname}`}
              title={new URL(address).hostname}
            >
              [{index + 1}]
            </a>
          ) : (
            address
          )}
        </span>
      ))}
    </>
  );
}

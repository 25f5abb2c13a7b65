/** What waits for the user, each with the way to it. */
import { DayText, Euro } from "#app/components/euro.tsx";
import { Badge, Notice, Section, TextLink } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";

type Payable = {
  id: string;
  number: string;
  supplier: string;
  place: string;
  open: string;
  dueOn: string | null;
  isOverdue: boolean;
  discountUntil: string | null;
};
export type Waiting = {
  certifications: number;
  questions: number;
  wishes: number;
  payable: Payable[];
};

/** A list on the first page is for a look; the rest is found where the invoices are. */
const shownInvoices = 30;

export function WaitingWork({ certifications, questions, wishes, payable }: Waiting) {
  return (
    <>
      {certifications > 0 && (
        <Notice
          kind="info"
          title={
            certifications === 1
              ? "Eine Rechnung wartet auf Ihre Feststellung"
              : `${certifications} Rechnungen warten auf Ihre Feststellung`
          }
        >
          <TextLink to="/certifications">Ansehen und feststellen</TextLink>
        </Notice>
      )}
      {questions > 0 && (
        <Notice
          kind="warning"
          title={
            questions === 1
              ? "Eine Frage der Prüfung wartet auf Ihre Antwort"
              : `${questions} Fragen der Prüfung warten auf Ihre Antwort`
          }
        >
          <TextLink to="/marks">Ansehen und beantworten</TextLink>
        </Notice>
      )}
      {wishes > 0 && (
        <Notice
          kind="info"
          title={
            wishes === 1
              ? "Eine Bedarfsmeldung wartet auf Antwort"
              : `${wishes} Bedarfsmeldungen warten auf Antwort`
          }
        >
          <TextLink to="/wishes">Ansehen und beantworten</TextLink>
        </Notice>
      )}
      {payable.length > 0 && <PayableInvoices payable={payable} />}
    </>
  );
}

function PayableInvoices({ payable }: { payable: Payable[] }) {
  const title =
    payable.length === 1
      ? "Eine Rechnung wartet auf Zahlung"
      : `${payable.length} Rechnungen warten auf Zahlung`;
  return (
    <Section title={title}>
      <Table
        caption="Festgestellte Rechnungen, die zuerst fällige oben"
        isCaptionHidden
        rows={payable.slice(0, shownInvoices)}
        keyOf={({ id }) => id}
        columns={[
          {
            label: "fällig am",
            cell: ({ dueOn, isOverdue }) =>
              dueOn === null ? (
                "ohne Tag"
              ) : isOverdue ? (
                <Badge kind="warning">
                  <DayText day={dueOn} />
                </Badge>
              ) : (
                <DayText day={dueOn} />
              ),
          },
          {
            label: "Skonto bis",
            cell: ({ discountUntil }) => (discountUntil ? <DayText day={discountUntil} /> : "–"),
          },
          {
            label: "Rechnung",
            cell: ({ id, number }) => <TextLink to={`/invoices/${id}`}>{number}</TextLink>,
          },
          { label: "Lieferant", cell: ({ supplier }) => supplier },
          { label: "Zuwendung", cell: ({ place }) => place },
          { label: "offen", isNumeric: true, cell: ({ open }) => <Euro amount={open} /> },
        ]}
      />
      {payable.length > shownInvoices && (
        <p className="kern-body muted">
          Gezeigt sind {shownInvoices} von {payable.length}.
        </p>
      )}
    </Section>
  );
}

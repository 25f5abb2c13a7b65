/** Transactions that wait: each with its readings, to be booked or set aside. */
import { Form } from "@remix-run/react";
import { DayText, Euro } from "#app/components/euro.tsx";
import { ButtonKey } from "#app/components/form.tsx";
import { Empty, Section } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import { formatDay, formatEuro } from "#app/german/notation.ts";
import type { Lines } from "./chosen.ts";
import { type Proposal, Readings } from "./readings.tsx";
import { Party } from "./party.tsx";

export type TransactionRow = {
  id: string;
  amount: string;
  valuedOn: string;
  bookedOn: string;
  isReturn: boolean;
  counterparty: string;
  counterpartyIban: string;
  remittance: string;
  left: string;
  proposals: Proposal[];
};

/** A form takes so many rows; the rest follows when these are done. */
const mostShown = 100;

export function OpenTransactions({
  formId,
  rows,
  mayRecord,
  problems,
  sent,
}: {
  formId: string;
  rows: TransactionRow[];
  mayRecord: boolean;
  problems: Record<string, string>;
  sent?: Lines;
}) {
  if (rows.length === 0) {
    return (
      <Section title="Offen">
        <Empty>Alle Umsätze sind zugeordnet oder abgelegt.</Empty>
      </Section>
    );
  }
  // What can be booked comes first, in the order of the statement.
  const sorted = [...rows].sort((a, b) => rank(a) - rank(b));
  const shown = sorted.slice(0, mostShown);
  const table = (
    <TransactionTable rows={shown} mayRecord={mayRecord} problems={problems} sent={sent} />
  );
  return (
    <Section title="Offen">
      {rows.length > mostShown && (
        <p className="kern-body muted">
          {mostShown} von {rows.length} Umsätzen; die übrigen folgen, wenn diese erledigt sind.
        </p>
      )}
      {mayRecord ? (
        <Form method="post">
          <ButtonKey />
          <input type="hidden" name="id" defaultValue={formId} />
          {table}
          <Deeds hasRest={shown.some(({ proposals }) => proposals.length === 0)} />
        </Form>
      ) : (
        table
      )}
    </Section>
  );
}

function rank({ proposals }: TransactionRow): number {
  return proposals.length > 0 ? 0 : 1;
}

function Deeds({ hasRest }: { hasRest: boolean }) {
  return (
    <div className="actions">
      <DeedButton deed="book" kind="primary">
        Ausgewählte Zahlungen buchen
      </DeedButton>
      <DeedButton deed="set_aside" kind="secondary">
        Ausgewählte ablegen: nicht von uns
      </DeedButton>
      {hasRest && (
        <DeedButton deed="set_aside_rest" kind="tertiary">
          Alle ohne Vorschlag ablegen
        </DeedButton>
      )}
    </div>
  );
}

function DeedButton({ deed, kind, children }: { deed: string; kind: string; children: string }) {
  return (
    <button type="submit" name="deed" value={deed} className={`kern-btn kern-btn--${kind}`}>
      <span className="kern-label">{children}</span>
    </button>
  );
}

function TransactionTable({
  rows,
  mayRecord,
  problems,
  sent,
}: {
  rows: TransactionRow[];
  mayRecord: boolean;
  problems: Record<string, string>;
  sent?: Lines;
}) {
  const numbered = rows.map((row, index) => {
    return { ...row, index, sent: sent?.find(({ transactionId }) => transactionId === row.id) };
  });
  return (
    <Table
      caption="Offene Umsätze"
      isCaptionHidden
      rows={numbered}
      keyOf={({ id }) => id}
      columns={[
        {
          label: "Auswahl",
          cell: ({ id, index, proposals, sent, amount, valuedOn }) =>
            mayRecord && (
              <>
                <input type="hidden" name={`lines[${index}].transactionId`} defaultValue={id} />
                {proposals.length > 0 && (
                  <input type="hidden" name={`lines[${index}].isOffered`} defaultValue="on" />
                )}
                <input
                  type="checkbox"
                  name={`lines[${index}].isChosen`}
                  value="on"
                  defaultChecked={sent ? sent.isChosen : proposals.some(({ isChosen }) => isChosen)}
                  className="kern-form-check__checkbox"
                  aria-label={`Umsatz vom ${formatDay(valuedOn)} über ${formatEuro(amount)} auswählen`}
                />
              </>
            ),
        },
        { label: "Wertstellung", cell: ({ valuedOn }) => <DayText day={valuedOn} /> },
        { label: "Betrag", isNumeric: true, cell: ({ amount }) => <Euro amount={amount} /> },
        { label: "Wer und wofür", cell: (row) => <Party transaction={row} /> },
        {
          label: "Vorschlag",
          cell: ({ id, index, sent, ...row }) => (
            <Readings
              name={mayRecord ? `lines[${index}].reading` : undefined}
              transaction={row}
              chosenKey={sent?.reading}
              problem={problems[id]}
            />
          ),
        },
      ]}
    />
  );
}

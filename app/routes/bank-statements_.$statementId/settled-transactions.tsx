/** Transactions that are done with: matched, set aside, or known from an earlier statement. */
import { Form } from "@remix-run/react";
import { DayText, Euro } from "#app/components/euro.tsx";
import { ButtonKey } from "#app/components/form.tsx";
import { Section, TextLink } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import type { TransactionState } from "#app/domain/bank-statement.ts";
import { transactionStateWords } from "#app/german/bank-words.ts";
import { formatEuro } from "#app/german/notation.ts";
import type { TransactionRow } from "./open-transactions.tsx";
import { Party } from "./party.tsx";

type Row = TransactionRow & {
  state: TransactionState;
  payments: {
    id: string;
    invoiceId: string;
    number: string;
    supplier: string;
    paidAmount: string;
    stands: boolean;
  }[];
};

/** Nobody reads more of what is none of ours. */
const mostShown = 200;

export function SettledTransactions(given: { formId: string; rows: Row[]; mayRecord: boolean }) {
  return (["matched", "foreign", "repeated"] as const).map((state) => (
    <OfState key={state} {...given} state={state} />
  ));
}

function OfState({
  formId,
  rows,
  mayRecord,
  state,
}: {
  formId: string;
  rows: Row[];
  mayRecord: boolean;
  state: TransactionState;
}) {
  const own = rows.filter((row) => row.state === state);
  if (own.length === 0) return null;
  const words = transactionStateWords[state];
  const title = `${words[0]!.toUpperCase()}${words.slice(1)} (${own.length})`;
  return (
    <Section title={title}>
      {own.length > mostShown && (
        <p className="kern-body muted">Gezeigt sind die ersten {mostShown}.</p>
      )}
      <Table
        caption={title}
        isCaptionHidden
        rows={own.slice(0, mostShown)}
        keyOf={({ id }) => id}
        columns={[
          { label: "Wertstellung", cell: ({ valuedOn }) => <DayText day={valuedOn} /> },
          { label: "Betrag", isNumeric: true, cell: ({ amount }) => <Euro amount={amount} /> },
          { label: "Wer und wofür", cell: (row) => <Party transaction={row} /> },
          ...(state === "matched"
            ? [{ label: "Zahlung", cell: (row: Row) => <Payments payments={row.payments} /> }]
            : []),
          ...(state === "foreign" && mayRecord
            ? [{ label: "Ablage", cell: ({ id }: Row) => <TakeBack formId={formId} id={id} /> }]
            : []),
        ]}
      />
    </Section>
  );
}

function Payments({ payments }: { payments: Row["payments"] }) {
  return (
    <div className="stacked">
      {payments.map(({ id, number, supplier, paidAmount, stands }) => (
        <span key={id} className="payment">
          <TextLink to={`/documents/payment/${id}`}>
            {formatEuro(paidAmount)} auf Rechnung {number}
          </TextLink>
          , {supplier}
          {!stands && " (storniert)"}
        </span>
      ))}
    </div>
  );
}

function TakeBack({ formId, id }: { formId: string; id: string }) {
  return (
    <Form method="post" className="inline-form">
      <ButtonKey of={id} />
      <input type="hidden" name="id" defaultValue={formId} />
      <input type="hidden" name="transactionId" defaultValue={id} />
      <button
        type="submit"
        name="deed"
        value="take_back"
        className="kern-btn kern-btn--tertiary kern-btn--x-small"
      >
        <span className="kern-label">Zurückholen</span>
      </button>
    </Form>
  );
}

/** The readings of one transaction: one is shown, of several one is chosen. */
import { Badge, TextLink } from "#app/components/page.tsx";
import type { MatchReason } from "#app/domain/payment-match.ts";
import { matchReason } from "#app/german/bank-words.ts";
import { formatEuro } from "#app/german/notation.ts";

type Payment = {
  invoiceId: string;
  number: string;
  supplier: string;
  isCreditNote: boolean;
  paidAmount: string;
  cashDiscount: string;
  isPartial: boolean;
};

export type Proposal = {
  key: string;
  reason: MatchReason;
  isSure: boolean;
  isChosen: boolean;
  payments: Payment[];
};

export function Readings({
  name,
  transaction,
  chosenKey,
  problem,
}: {
  /** The field in which the choice is sent; undefined for who only reads. */
  name: string | undefined;
  transaction: { amount: string; left: string; isReturn: boolean; proposals: Proposal[] };
  chosenKey: string | undefined;
  problem: string | undefined;
}) {
  const { proposals, isReturn, amount, left } = transaction;
  const isPartLeft = left !== amount.replace("-", "");
  return (
    <div className="stacked">
      {isPartLeft && <span className="payment muted">Davon noch offen: {formatEuro(left)}.</span>}
      {isReturn && <span>Rückgabe: Bitte die zurückgegebene Zahlung stornieren.</span>}
      {proposals.length === 0 && !isReturn && <span className="muted">kein Vorschlag</span>}
      {proposals.length === 1 && (
        <>
          {name && <input type="hidden" name={name} defaultValue={proposals[0]!.key} />}
          <Reading proposal={proposals[0]!} />
        </>
      )}
      {proposals.length > 1 && <Choice name={name} proposals={proposals} chosenKey={chosenKey} />}
      {problem && (
        <p className="kern-error" role="alert">
          <span className="kern-icon kern-icon--danger kern-icon--small" aria-hidden="true" />
          <span className="kern-body">{problem}</span>
        </p>
      )}
    </div>
  );
}

function Choice({
  name,
  proposals,
  chosenKey,
}: {
  name: string | undefined;
  proposals: Proposal[];
  chosenKey: string | undefined;
}) {
  return (
    <fieldset className="readings">
      <legend className="kern-sr-only">Einen Vorschlag wählen</legend>
      {proposals.map((proposal) => (
        <label key={proposal.key} className="reading">
          {name && (
            <input
              type="radio"
              name={name}
              value={proposal.key}
              defaultChecked={chosenKey ? chosenKey === proposal.key : proposal.isChosen}
              className="kern-form-check__radio"
            />
          )}
          <span>
            <Reading proposal={proposal} />
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function Reading({ proposal }: { proposal: Proposal }) {
  return (
    <>
      {proposal.payments.map((payment) => (
        <span key={payment.invoiceId} className="payment">
          <TextLink to={`/invoices/${payment.invoiceId}`}>
            {payment.isCreditNote ? "Gutschrift" : "Rechnung"} {payment.number}
          </TextLink>
          , {payment.supplier}: {amountsOf(payment)}
        </span>
      ))}
      <Badge kind={proposal.isSure ? "success" : "warning"}>
        {matchReason(proposal.reason, proposal.isSure)}
      </Badge>
    </>
  );
}

function amountsOf({ paidAmount, cashDiscount, isPartial }: Payment): string {
  const parts = [
    `${formatEuro(paidAmount)}${isPartial ? " als Teilzahlung" : ""}`,
    cashDiscount !== "0" && `Skonto ${formatEuro(cashDiscount)}`,
  ];
  return parts.filter(Boolean).join(", ");
}

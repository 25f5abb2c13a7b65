/** What bank statements and their readings are called. */
import type { TransactionState } from "../domain/bank-statement.ts";
import type { MatchReason } from "../domain/payment-match.ts";

export const transactionStateWords: Record<TransactionState, string> = {
  open: "offen",
  matched: "zugeordnet",
  foreign: "nicht von uns",
  repeated: "schon bekannt",
};

const reasonWords: Record<MatchReason, string> = {
  number_and_amount: "Rechnungsnummer und Betrag",
  number_and_discounted_amount: "Rechnungsnummer und Betrag abzüglich Skonto",
  numbers_and_sum: "Rechnungsnummern und Summe",
  amount_and_supplier: "Betrag und Lieferant",
  discounted_amount_and_supplier: "Betrag abzüglich Skonto und Lieferant",
  number_and_part: "Rechnungsnummer, aber Teilbetrag",
  amount_only: "nur Betrag",
};

/** Why an invoice is proposed, and whether a person must look. */
export function matchReason(reason: MatchReason, isSure: boolean): string {
  return isSure ? reasonWords[reason] : `${reasonWords[reason]}: bitte prüfen`;
}

/** The German sentence for each refusal, the word for each role, permission and deed. */
import type { InvoiceState } from "../domain/certification.ts";
import type { InvoiceKind } from "../domain/invoice.ts";
import type { IneligibleReason, InvoiceLineKind, Rounding } from "../domain/invoice-line.ts";
import type { BudgetTreatment } from "../domain/low-value.ts";
import type { Proof } from "../domain/journal.ts";
import type { CostKind } from "../domain/order.ts";
import type { ProofKind } from "../domain/proof-of-use.ts";
import type { FinancingKind, SchoolKind } from "../domain/programme.ts";
import { entrySentences } from "./entry-sentences.ts";
import { drawdownSentences } from "./drawdown-sentences.ts";
import { contractSentences } from "./contract-sentences.ts";
import { eInvoiceSentences } from "./e-invoice-sentences.ts";
import { fileSentences } from "./file-sentences.ts";
import { applicationSentences } from "./application-sentences.ts";
import { bookCheckSentences } from "./book-check-words.ts";
import { budgetSentences } from "./budget-sentences.ts";
import { assetSentences } from "./asset-sentences.ts";
import { auditSentences } from "./audit-sentences.ts";
import { bankSentences } from "./bank-sentences.ts";
import { grantingSentences } from "./granting-sentences.ts";
import { jointSentences } from "./joint-sentences.ts";
import { noticeSentences } from "./notice-sentences.ts";
import { proofSentences } from "./proof-sentences.ts";
import { roleSentences } from "./role-sentences.ts";
import { readingSentences } from "./reading-sentences.ts";
import { signInSentences } from "./sign-in-sentences.ts";
import { spendingSentences } from "./spending-sentences.ts";
import type { Sentences, Violation } from "./violations.ts";

const sentences: Sentences = {
  ...drawdownSentences,
  ...contractSentences,
  ...eInvoiceSentences,
  ...fileSentences,
  ...entrySentences,
  ...applicationSentences,
  ...assetSentences,
  ...auditSentences,
  ...bankSentences,
  ...bookCheckSentences,
  ...budgetSentences,
  ...grantingSentences,
  ...jointSentences,
  ...noticeSentences,
  ...proofSentences,
  ...roleSentences,
  ...readingSentences,
  ...signInSentences,
  ...spendingSentences,
};

/** The sentence for a broken rule, and the field beside which it stands. */
export function problemOf(violation: Violation): { field: string; sentence: string } {
  const sentence = sentences[violation.rule] as (violation: Violation) => string;
  return { field: violation.field, sentence: sentence(violation) };
}

export { roleTitles as roleWords } from "../domain/titles.ts";

export const schoolKindWords: Record<SchoolKind, string> = {
  primary: "Grundschule",
  general: "andere allgemeinbildende Schule",
  vocational_part_time: "Berufsbildende Schule (Teilzeit)",
};

export const financingKindWords: Record<FinancingKind, string> = {
  full: "Vollfinanzierung",
  share: "Anteilfinanzierung",
  fixed_sum: "Festbetragsfinanzierung",
  deficit: "Fehlbedarfsfinanzierung",
};

export const proofKindWords: Record<ProofKind, string> = {
  interim: "Zwischennachweis",
  final: "Verwendungsnachweis",
};

export const costKindWords: Record<CostKind, string> = {
  investment: "Investition",
  accompanying: "investive Begleitmaßnahme",
  running: "laufende Kosten",
};

export const invoiceKindWords: Record<InvoiceKind, string> = {
  invoice: "Rechnung",
  prepayment: "Abschlagsrechnung",
  final: "Schlussrechnung",
  credit_note: "Gutschrift",
};

export const invoiceStateWords: Record<InvoiceState, string> = {
  recorded: "erfasst",
  certified: "festgestellt",
  part_paid: "teilweise bezahlt",
  paid: "bezahlt",
  settled: "ausgeglichen",
  reversed: "storniert",
};

export const invoiceLineKindWords: Record<InvoiceLineKind, string> = {
  item: "Leistung",
  discount: "Nachlass (Betrag mit Minus)",
  surcharge: "Zuschlag",
  rounding: "Rundungsbetrag",
  prepayment: "Abzug eines Abschlags (Betrag mit Minus)",
};

export const roundingWords: Record<Rounding, string> = {
  line: "je Zeile",
  document: "einmal für die ganze Rechnung",
};

export const budgetTreatmentWords: Record<BudgetTreatment, string> = {
  expense: "Aufwand",
  investment: "Investition",
};

export const ineligibleReasonWords: Record<IneligibleReason, string> = {
  vat: "abziehbare Umsatzsteuer",
  other: "sonstige nicht förderfähige Ausgaben",
};

export const proofWords: Record<Proof, string> = {
  balances_equal_entries: "Salden gleich der Summe der Buchungen",
  entries_follow_from_documents: "Buchungen folgen aus ihren Belegen",
  numbers_without_gap: "Nummern ohne Lücke",
  chain_closes: "Kette der Siegel geschlossen",
  rows_keep_their_seals: "Übrige Belege und Protokoll gleich ihren Siegeln",
};

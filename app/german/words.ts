/** The German sentence for each refusal, the word for each role, permission and deed. */
import type { ApplicationViolation } from "../domain/application.ts";
import type { AppropriationViolation } from "../domain/appropriation.ts";
import type { CostSharePaymentViolation, CostShareViolation } from "../domain/cost-share.ts";
import type { DrawdownViolation, PayoutViolation } from "../domain/drawdown.ts";
import type { EnvelopeViolation } from "../domain/envelope.ts";
import type { GrantViolation } from "../domain/grant.ts";
import type { IneligibleReason, InvoiceViolation } from "../domain/invoice.ts";
import type { Proof } from "../domain/journal.ts";
import type { CostKind, OrderClosureViolation, SpendingViolation } from "../domain/order.ts";
import type { PaymentViolation } from "../domain/payment.ts";
import type { Role } from "../domain/permission.ts";
import type { SchoolKind } from "../domain/programme.ts";
import type { ReversalViolation } from "../domain/reversal.ts";
import { formatDay, formatEuro } from "./notation.ts";

/** Refusals of records that have no rules of their own in the domain. */
type RecordViolation =
  | { field: string; rule: "school_name_taken" }
  | { field: string; rule: "resolution_number_taken" }
  | { field: string; rule: "needs_one_own_member" }
  | { field: string; rule: "member_twice" }
  | { field: string; rule: "email_taken" }
  | { field: string; rule: "password_too_short" }
  | { field: string; rule: "password_wrong" };

export type Violation =
  | ApplicationViolation
  | AppropriationViolation
  | CostSharePaymentViolation
  | CostShareViolation
  | DrawdownViolation
  | EnvelopeViolation
  | GrantViolation
  | InvoiceViolation
  | OrderClosureViolation
  | PaymentViolation
  | PayoutViolation
  | RecordViolation
  | ReversalViolation
  | SpendingViolation;

type Sentences = {
  [Rule in Violation["rule"]]: (violation: Extract<Violation, { rule: Rule }>) => string;
};

const sentences: Sentences = {
  amount_not_positive: () => "Der Betrag muss größer als 0,00 € sein.",
  amount_negative: () => "Der Betrag darf nicht kleiner als 0,00 € sein.",
  in_the_future: () => "Der Tag liegt in der Zukunft. Gebucht wird, was geschehen ist.",

  no_schools: () => "Bitte zuerst die Schulen anlegen: Aus ihnen ergibt sich der Sockelbetrag.",
  ceiling_below_base_amounts: ({ needed }) =>
    `Der Höchstbetrag ist kleiner als die Summe der Sockelbeträge (${formatEuro(needed)}).`,
  envelope_recorded_before: () =>
    "Für dieses Förderprogramm ist schon ein Höchstbetrag gebucht. Bitte zuerst jenen stornieren.",

  category_not_in_programme: () => "Diesen Fördergegenstand kennt das Förderprogramm nicht.",
  resolution_not_on_file: () => "Bitte einen angelegten Beschluss auswählen.",
  account_named_otherwise: ({ name }) =>
    `Dieses Konto heißt schon „${name}“. Ein Nachtrag behält den Namen.`,
  no_measures: () => "Bitte mindestens eine Maßnahme eintragen.",
  school_not_on_file: () => "Diese Schule ist nicht angelegt.",
  school_not_applied_for: () => "Für diese Schule wurde nichts beantragt.",
  member_twice: () => "Dieses Mitglied steht schon in der Liste.",
  media_concept_missing: ({ school }) =>
    `Für ${school} liegt zum Tag des Antrags kein Medienbildungskonzept vor. Bitte bei der Schule eintragen, seit wann es vorliegt.`,
  exceeds_envelope: ({ available }) =>
    `Das geht über den Höchstbetrag hinaus: Für diese Schule sind noch ${formatEuro(available)} verfügbar.`,

  no_budget_lines: () => "Bitte mindestens eine Kostenposition eintragen.",
  period_runs_backward: () => "Der Bewilligungszeitraum endet vor seinem Beginn.",
  period_outside_programme: ({ from, until }) =>
    `Das Förderprogramm läuft vom ${formatDay(from)} bis ${formatDay(until)}.`,
  notice_before_application: ({ submittedOn }) =>
    `Der Bescheid kann nicht vor dem Antrag vom ${formatDay(submittedOn)} ergangen sein.`,
  rate_out_of_range: () => "Bitte einen Anteil zwischen 0 und 100 % eingeben.",
  line_twice: () => "Diese Kostenposition steht schon in der Liste. Bitte zusammenfassen.",
  grant_is_not_share_of_lines: ({ expected }) =>
    `Zuwendung und Kostenpositionen passen nicht zusammen: Nach Fördersatz ergeben die Positionen ${formatEuro(expected)}.`,
  granted_before: () => "Auf diesen Antrag ist schon ein Bescheid gebucht.",
  file_number_taken: () => "Dieses Aktenzeichen ist schon vergeben.",

  no_lines: () => "Bitte mindestens eine Zeile eintragen.",
  outside_approval_period: ({ from, until }) =>
    `Der Tag liegt außerhalb des Bewilligungszeitraums (${formatDay(from)} bis ${formatDay(until)}).`,
  running_cost_on_grant: () =>
    "Laufende Kosten sind nicht zuwendungsfähig. Bitte im Gemeindehaushalt buchen, nicht auf der Zuwendung.",
  line_not_in_grant: () => "Diese Kostenposition gehört nicht zu dieser Zuwendung.",
  exceeds_line: ({ available }) =>
    `Auf dieser Kostenposition sind nur noch ${formatEuro(available)} verfügbar.`,
  exceeds_approved_total: ({ available }) =>
    `In dieser Zuwendung sind nur noch ${formatEuro(available)} verfügbar.`,
  ineligible_out_of_range: () =>
    "Der nicht förderfähige Teil muss kleiner sein als der Betrag der Zeile.",
  ineligible_needs_reason: () => "Bitte angeben, warum der Teil nicht förderfähig ist.",
  order_line_not_open: () => "Dieser Auftrag ist vollständig abgerechnet oder geschlossen.",
  order_of_other_supplier: () => "Dieser Auftrag ging an einen anderen Lieferanten.",
  order_of_other_line: () => "Dieser Auftrag bindet Geld einer anderen Kostenposition.",
  before_its_order: ({ orderedOn }) =>
    `Die Rechnung kann nicht älter sein als der Auftrag vom ${formatDay(orderedOn)}.`,
  invoice_recorded_before: () =>
    "Diese Rechnungsnummer desselben Lieferanten ist schon gebucht. Eine Rechnung wird nur einmal erfasst.",
  closed_before_last_deed: ({ notBefore }) =>
    `Auf diesen Auftrag wurde noch am ${formatDay(notBefore)} gebucht; er kann nicht früher geschlossen werden.`,
  nothing_to_free: () => "Dieser Auftrag bindet nichts mehr.",

  payment_does_not_settle: ({ expected }) =>
    `Mit diesem Skonto sind ${formatEuro(expected)} zu zahlen. Betrag und Skonto zusammen müssen die Rechnung ausgleichen.`,
  paid_before: () => "Das ist schon bezahlt.",
  paid_before_demand: ({ demandedOn }) =>
    `Die Zahlung kann nicht vor der Rechnung vom ${formatDay(demandedOn)} liegen.`,
  before_reversal_of_replaced: ({ reversedOn }) =>
    `Der Beleg, den dieser ersetzt, zählt bis zu seinem Storno am ${formatDay(reversedOn)}. Bitte keinen früheren Tag eingeben.`,

  before_notice: ({ noticeOn }) =>
    `Vor dem Bescheid vom ${formatDay(noticeOn)} kann nichts abgerufen werden.`,
  exceeds_grant: ({ available }) =>
    `Von der Zuwendung sind nur noch ${formatEuro(available)} abrufbar.`,
  before_drawdown: ({ requestedOn }) =>
    `Das Geld kann nicht vor dem Abruf vom ${formatDay(requestedOn)} eingegangen sein.`,
  exceeds_drawdown: ({ available }) =>
    `Von diesem Abruf stehen nur noch ${formatEuro(available)} aus.`,

  weights_missing: () => "Bitte für jedes Mitglied ein Gewicht eintragen; das eigene größer als 0.",
  appropriation_not_on_file: () => "Bitte einen Haushaltsansatz auswählen.",
  appropriation_of_other_year: ({ fiscalYear }) =>
    `Dieser Haushaltsansatz gehört zum Haushaltsjahr ${fiscalYear}.`,
  exceeds_appropriation: ({ available }) =>
    `Der eigene Anteil geht über den Haushaltsansatz hinaus: Es sind nur noch ${formatEuro(available)} verfügbar.`,
  year_recorded_before: () => "Für dieses Haushaltsjahr ist die Umlage schon gebucht.",
  demanded_before_year: ({ fiscalYear }) =>
    `Die Anforderung liegt zu lange vor dem Haushaltsjahr ${fiscalYear}.`,

  reversed_already: () => "Dieser Beleg ist schon storniert.",
  reversed_before_booking: ({ bookedOn }) =>
    `Der Storno kann nicht vor der Buchung vom ${formatDay(bookedOn)} liegen.`,
  reverse_dependents_first: ({ dependents }) =>
    `Darauf bauen andere Belege auf. Bitte zuerst stornieren: ${dependents.join("; ")}.`,
  reversed_before_dependents: ({ reversedOn }) =>
    `Was auf diesem Beleg stand, zählt bis zu seinem Storno am ${formatDay(reversedOn)}. Bitte keinen früheren Tag eingeben.`,
  reversal_overspends: () =>
    "Nach diesem Storno wäre mehr ausgegeben als da ist: Das Geld ist inzwischen anders verplant.",

  school_name_taken: () => "Eine Schule dieses Namens ist schon angelegt.",
  resolution_number_taken: () => "Ein Beschluss mit dieser Nummer ist schon angelegt.",
  needs_one_own_member: () => "Bitte genau ein Mitglied als eigene Kommune kennzeichnen.",
  email_taken: () => "Diese E-Mail-Adresse ist schon vergeben.",
  password_too_short: () => "Das Passwort braucht mindestens 12 Zeichen.",
  password_wrong: () => "Das ist nicht Ihr bisheriges Passwort.",
};

/** The sentence for a broken rule, and the field beside which it stands. */
export function problemOf(violation: Violation): { field: string; sentence: string } {
  const sentence = sentences[violation.rule] as (violation: Violation) => string;
  return { field: violation.field, sentence: sentence(violation) };
}

export const roleWords: Record<Role, string> = {
  clerk: "Sachbearbeitung",
  board: "Schulausschuss",
  auditor: "Rechnungsprüfung",
  administrator: "Verwaltung der Zugänge",
};

export const schoolKindWords: Record<SchoolKind, string> = {
  primary: "Grundschule",
  general: "andere allgemeinbildende Schule",
  vocational_part_time: "Berufsbildende Schule (Teilzeit)",
};

export const costKindWords: Record<CostKind, string> = {
  investment: "Investition",
  accompanying: "investive Begleitmaßnahme",
  running: "laufende Kosten",
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
};

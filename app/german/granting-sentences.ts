/** Sentences for refusals on the way to a grant: envelope, allotment, application, notice. */
import { formatDay, formatEuro } from "./notation.ts";
import type { Sentences } from "./violations.ts";

export const grantingSentences = {
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
  exceeds_envelope: ({ available }) =>
    `Das geht über den Höchstbetrag hinaus: Für diese Schule sind noch ${formatEuro(available)} verfügbar.`,

  no_budget_lines: () => "Bitte mindestens eine Kostenposition eintragen.",
  period_runs_backward: () => "Der Bewilligungszeitraum endet vor seinem Beginn.",
  period_outside_programme: ({ from, until, directive }) =>
    `Das Förderprogramm läuft ${[from && `vom ${formatDay(from)}`, until && `bis ${formatDay(until)}`].filter(Boolean).join(" ")} (${directive}).`,
  notice_before_application: ({ submittedOn }) =>
    `Der Bescheid kann nicht vor dem Antrag vom ${formatDay(submittedOn)} ergangen sein.`,
  rate_out_of_range: () => "Bitte einen Anteil zwischen 0 und 100 % eingeben.",
  line_twice: () => "Diese Kostenposition steht schon in der Liste. Bitte zusammenfassen.",
  grant_is_not_share_of_lines: ({ expected }) =>
    `Zuwendung und Kostenpositionen passen nicht zusammen: Nach Fördersatz ergeben die Positionen ${formatEuro(expected)}.`,
  granted_before: () => "Auf diesen Antrag ist schon ein Bescheid gebucht.",
  file_number_taken: () => "Dieses Aktenzeichen ist schon vergeben.",

  pupils_not_counted: ({ school, countedOn }) =>
    `Für ${school} fehlt die Schülerzahl vom Stichtag ${formatDay(countedOn)}. Bitte bei der Schule eintragen.`,
  no_administration_pot: () =>
    "Dieses Förderprogramm hat keinen eigenen Höchstbetrag für Administration.",
  before_programme: ({ from, directive }) =>
    `Das Förderprogramm beginnt erst am ${formatDay(from)}; frühere Maßnahmen sind nicht förderfähig (${directive}).`,
  application_deadline_passed: ({ until, directive }) =>
    `Die Antragsfrist ist am ${formatDay(until)} abgelaufen (${directive}).`,
  exceeds_school_limit: ({ code, limit, excess, directive }) =>
    `Das ist um ${formatEuro(excess)} zu viel: Für ${code} gilt je Schule eine Obergrenze von ${formatEuro(limit)}, über alle Bescheide des Förderprogramms (${directive}).`,
  approved_too_late: ({ until, directive }) =>
    `In diesem Förderprogramm wurde nur bis ${formatDay(until)} bewilligt (${directive}).`,
  application_not_open: () =>
    "Dieser Antrag ist abgelehnt, zurückgezogen oder zur Ergänzung zurückgegeben; darauf kann kein Bescheid ergehen.",

  programme_unchanged: () => "In der Datei ist nichts geändert.",
  programme_key_taken: ({ name }) =>
    `Diese Kennung hat schon „${name}“. Eine Kopie braucht eine Kennung, die es noch nicht gibt.`,
  programme_changed_meanwhile: () =>
    "Dieses Förderprogramm wurde inzwischen geändert. Bitte die Seite neu öffnen und die Änderung dort eintragen.",

  before_envelope: ({ givenOn }) =>
    `Der Höchstbetrag gilt erst seit dem ${formatDay(givenOn)}; vorher gab es nichts zuzuteilen.`,
  before_last_allotment: ({ lastOn }) =>
    `Zuletzt wurde am ${formatDay(lastOn)} zugeteilt; eine neue Zuteilung kann nicht davor liegen.`,
  no_schools_allotted: () => "Bitte mindestens eine Schule eintragen.",
  school_twice: () => "Diese Schule steht schon in der Liste.",
  nothing_changes: () => "Das ändert nichts.",
  pot_not_movable: () => "Dieses Kontingent darf nach der Richtlinie nicht umverteilt werden.",
  below_taken: ({ taken }) =>
    `Für diese Schule sind schon ${formatEuro(taken)} beantragt oder bewilligt; weniger kann ihr nicht bleiben.`,
  exceeds_free_pot: ({ available }) =>
    `So viel ist nicht frei: Zugeteilt werden können noch ${formatEuro(available)}. Der Sockelbetrag bleibt bei seiner Schule.`,
} satisfies Partial<Sentences>;

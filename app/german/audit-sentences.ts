/** Sentences for refusals of audit marks and samples. */
import { formatDay, formatEuro } from "./notation.ts";
import type { Sentences } from "./violations.ts";

export const auditSentences = {
  receipt_judged_before: () =>
    "Dieser Beleg ist schon anerkannt oder gekürzt: bitte zuerst den früheren Vermerk zurücknehmen.",
  reversed_receipt_is_not_judged: () =>
    "Dieser Beleg ist storniert; dazu sind nur noch Fragen möglich.",
  cut_needs_amount: () => "Bitte eingeben, wie viel nicht anerkannt wird: mehr als 0,00 €.",
  cut_above_eligible: ({ eligible }) =>
    `Von diesem Beleg zählen höchstens ${formatEuro(eligible)}; mehr kann nicht gekürzt werden.`,
  amount_only_of_a_cut: () => "Ein Betrag gehört nur zu einer Kürzung: bitte leer lassen.",
  cut_needs_reason: () => "Bitte den Grund der Kürzung eingeben.",
  question_needs_text: () => "Bitte die Frage eingeben.",
  question_taken_back: () =>
    "Die Frage ist inzwischen zurückgenommen; es braucht keine Antwort mehr.",
  mark_taken_back_before: () => "Dieser Vermerk ist schon zurückgenommen.",
  granting_authority_without_grants: () =>
    "Bitte die Zuwendungen wählen, die diese Bewilligungsbehörde bewilligt hat.",
  granting_authority_without_budget: () =>
    "Den Gemeindehaushalt sieht eine Bewilligungsbehörde nicht. Bitte kein Haushaltsjahr wählen.",
  access_ends_in_the_past: () => "Der letzte Tag liegt in der Vergangenheit.",
  access_runs_too_long: ({ latest }) =>
    `Ein Zugang mit Einladung gilt höchstens zwei Jahre: bis ${formatDay(latest)}. Danach bitte neu einladen.`,
  email_of_another_account: () =>
    "Mit dieser E-Mail-Adresse gibt es hier schon einen Zugang, der nicht eingeladen oder der gesperrt ist. Unter „Zugänge“ lassen sich seine Rollen ändern und eine Sperre aufheben.",
  authority_not_chosen: () => "Bitte auswählen, bei welchem Schulträger Sie sich anmelden.",
  link_used_up: () =>
    "Dieser Link gilt nicht mehr: benutzt, abgelaufen, ersetzt oder zurückgezogen. Bitte um einen neuen bitten.",
  sample_population_empty: () => "In diesem Umfang gibt es keinen Beleg, der gezogen werden kann.",
  sample_too_large: ({ most }) =>
    most === 1
      ? "In diesem Umfang gibt es nur einen Beleg, der gezogen werden kann."
      : `In diesem Umfang gibt es nur ${most} Belege, die gezogen werden können.`,
} satisfies Partial<Sentences>;

/** Sentences for refusals at contracts and their changes. */
import { formatDay } from "./notation.ts";
import type { Sentences } from "./violations.ts";

export const contractSentences = {
  supplier_missing: () =>
    "Bitte den Vertragspartner eintragen. Nur beim Personalanteil kann das Feld leer bleiben.",
  contract_ends_before_start: ({ startedOn }) =>
    `Dieser Tag kann nicht vor dem Beginn am ${formatDay(startedOn)} liegen.`,
  renewal_needs_end: () =>
    "Ein Vertrag verlängert sich erst nach seiner Laufzeit. Bitte deren Ende eintragen, oder 0 Monate Verlängerung.",
  step_missing: () => "Bitte eintragen, um wie viel Prozent der Preis jedes Jahr steigt.",
  index_month_in_the_future: () =>
    "Der Monat liegt in der Zukunft: Einen Indexwert gibt es erst, wenn ihn die Statistik veröffentlicht hat.",
  price_falls_below_zero: () =>
    "Um 100 Prozent oder mehr kann ein Preis nicht fallen. Bitte die jährliche Änderung prüfen.",
  index_incomplete: () =>
    "Für die Anpassung nach einem Index bitte seinen Namen, seinen Wert bei Abschluss und die erwartete Änderung im Jahr eintragen.",
  school_not_on_file: () => "Bitte eine Schule auswählen.",
  investment_not_on_file: () => "Bitte eine Kostenposition einer Zuwendung auswählen.",
  note_without_investment: () => "Bitte die Investition auswählen, der dieser Vertrag dient.",
  contract_number_taken: () => "Ein Vertrag mit dieser Nummer ist schon angelegt.",
  changed_before_signed: ({ signedOn }) =>
    `Der Vertrag wurde am ${formatDay(signedOn)} geschlossen; er kann nicht früher geändert worden sein.`,
  contract_has_ended: ({ endedOn }) => `Der Vertrag endet am ${formatDay(endedOn)}.`,
  contract_is_terminated: ({ endedOn }) =>
    `Der Vertrag ist schon zum ${formatDay(endedOn)} gekündigt. Soll ein anderer Tag gelten, bitte diese Kündigung erst stornieren.`,
  price_changed_later: ({ validFrom }) =>
    `Ab dem ${formatDay(validFrom)} ist schon ein anderer Preis gebucht. Bitte einen späteren Tag eintragen oder jene Änderung erst stornieren.`,
  index_base_missing: () =>
    "Bitte den Indexwert eintragen, zu dem der neue Preis gehört: Von ihm aus wird er weiter angepasst.",
} satisfies Partial<Sentences>;

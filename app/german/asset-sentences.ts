/** Sentences for refusals of assets and their disposals. */
import { formatDay, formatFactor } from "./notation.ts";
import type { Sentences } from "./violations.ts";

export const assetSentences = {
  asset_line_is_expense: () =>
    "Diese Rechnungszeile ist im Haushalt Aufwand (geringwertig); sie wird nicht als Anlage geführt.",
  asset_line_is_no_purchase: () =>
    "Laufende Kosten und Beratung sind keine Anlage. Beratung kann als weitere Kosten bei der Anlage stehen, zu der sie gehört.",
  asset_line_is_credited: () =>
    "Von dieser Rechnungszeile ist nach Gutschriften nichts mehr übrig.",
  asset_line_is_further_cost: () =>
    "Diese Rechnungszeile zählt schon als Nebenkosten einer anderen Anlage.",
  asset_quantity_taken: ({ left }) =>
    `Von dieser Rechnungszeile ist nur noch eine Menge von ${formatFactor(left)} frei.`,
  asset_quantity_missing: () => "Bitte eine Menge über null eingeben.",
  inventory_number_cannot_count: () =>
    "Für mehrere Anlagen muss die erste Nummer mit Ziffern enden, wie TAB-001.",
  inventory_number_taken: ({ number }) => `Die Inventarnummer ${number} ist schon vergeben.`,
  in_service_before_purchase: ({ notBefore }) =>
    `Der Tag liegt vor dem Kauf: frühestens ${formatDay(notBefore)}.`,
  useful_life_missing: () =>
    "Für diese Art nennt die Tabelle keine Nutzungsdauer: bitte in Monaten eingeben.",
  useful_life_needs_reason: ({ months }) =>
    months === null
      ? "Bitte begründen: Für diese Art nennt die Tabelle keine Nutzungsdauer."
      : `Bitte begründen: Die Tabelle nennt ${months} Monate (§ 49 KomHKVO).`,
  replacement_price_missing: () => "Bitte angeben, was der Ersatz heute kosten würde.",
  price_change_out_of_range: () => "Bitte höchstens 25 Prozent im Jahr eingeben.",
  further_line_is_no_cost: () =>
    "Diese Zeile kann nicht als Nebenkosten dienen: Sie gehört schon zu einer anderen Anlage.",
  asset_school_missing: () => "Bitte eine Schule auswählen.",
  disposed_already: () => "Dieser Abgang ist schon gebucht.",
  disposed_before_service: ({ inServiceOn }) =>
    `Der Abgang kann nicht vor der Inbetriebnahme am ${formatDay(inServiceOn)} liegen.`,
} satisfies Partial<Sentences>;

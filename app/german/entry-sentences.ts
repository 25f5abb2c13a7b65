/** Sentences for cells of a table of invoices that cannot be read. */
import { formatDay } from "./notation.ts";
import type { Sentences } from "./violations.ts";

export const entrySentences = {
  cell_empty: () => "Bitte ausfüllen.",
  cell_no_amount: () => "Bitte einen eindeutigen Betrag wie 1.234,50 oder 1234,50 eingeben.",
  cell_no_day: () => "Bitte ein Datum wie 31.12.2024 eingeben.",
  cell_no_share: () => "Bitte einen Anteil wie 19 oder 19 % eingeben.",
  cell_no_quantity: () => "Bitte eine Anzahl wie 12 oder 0,5 eingeben.",
  cell_too_long: ({ most }) => `Bitte kürzer fassen: höchstens ${most} Zeichen.`,
  cell_unkeepable: () => "Bitte ohne Steuerzeichen eingeben.",
  school_unknown: () =>
    "Für diese Schule hat die Zuwendung keine Kostenposition. Bitte den Namen oder die Schulnummer eingeben.",
  position_unknown: () =>
    "Diese Kostenposition hat die Zuwendung nicht. Bitte eine Nummer wie 2.4 eingeben.",
  position_unclear: ({ field, choices }) =>
    `Bitte ${field === "school" ? "die Schule" : "die Kostenposition"} angeben; möglich sind ${choices.slice(0, 5).join("; ")}.`,
  order_unknown: () => "Einen offenen Auftrag mit dieser Nummer gibt es in dieser Zuwendung nicht.",
  order_unclear: () =>
    "Dieser Auftrag hat mehrere Zeilen auf dieser Kostenposition. Bitte diese Rechnung einzeln buchen.",
  day_of_other_row: ({ row, invoicedOn }) =>
    `Dieselbe Rechnung hat in Zeile ${row} das Datum ${formatDay(invoicedOn)}.`,
  row_twice: ({ row }) =>
    `Diese Zeile gleicht Zeile ${row}. Ist sie doppelt, bitte löschen; sonst beide zusammenfassen.`,
  entry_is_credit_note: () =>
    "Eine Gutschrift bitte einzeln buchen: Sie nennt die Rechnung, die sie mindert.",
} satisfies Partial<Sentences>;

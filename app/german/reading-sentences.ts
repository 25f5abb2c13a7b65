/** Sentences for files of others that cannot be read. */
import type { mostOfTable, Oddity } from "../domain/reading.ts";
import { formatMoment, formatSize } from "./notation.ts";
import type { Sentences } from "./violations.ts";

const oddities: Record<Oddity, string> = {
  too_many_parts: "Sie besteht aus sehr vielen Teilen.",
  strange_part: "Sie enthält Teile, die in eine Arbeitsmappe nicht gehören.",
  unpacks_too_large: "Ausgepackt wäre sie ungewöhnlich groß.",
  size_not_as_declared: "Ihre Teile sind nicht so groß, wie ihr Verzeichnis angibt.",
  document_type: "Sie bringt eigene Textbausteine mit (DOCTYPE).",
  cell_out_of_range: "Sie enthält Zellen, die es in Excel nicht gibt.",
  merged_area_too_large: "Sie enthält einen sehr großen verbundenen Bereich.",
};

const count = new Intl.NumberFormat("de-DE");

const tooLarge: Record<keyof typeof mostOfTable, (most: number) => string> = {
  bytes: (most) => `Die Datei ist größer als ${formatSize(most)}.`,
  rows: (most) => `Die Tabelle hat mehr als ${count.format(most)} Zeilen.`,
  columns: (most) => `Die Tabelle hat mehr als ${count.format(most)} Spalten.`,
  cells: (most) => `Die Tabelle hat mehr als ${count.format(most)} Zellen.`,
  text: (most) => `Ein Text in der Tabelle hat mehr als ${count.format(most)} Zeichen.`,
};

export const readingSentences = {
  file_unreadable: () =>
    "Diese Datei lässt sich nicht lesen; sie ist beschädigt oder anders aufgebaut.",
  file_takes_too_long: () =>
    "Das Lesen dieser Datei dauert zu lange und wurde abgebrochen. Bitte die Datei aufteilen oder vereinfachen.",

  file_not_a_table: () =>
    "Das ist keine Tabelle. Möglich sind Excel-Arbeitsmappen (xlsx) und Textdateien mit Trennzeichen (csv).",
  workbook_encrypted: () =>
    "Diese Arbeitsmappe ist mit einem Kennwort geschützt. Bitte ohne Kennwort speichern.",
  workbook_of_old_kind: () =>
    "Das ist eine Datei im alten Format von Excel. Bitte als Excel-Arbeitsmappe (xlsx) speichern.",
  workbook_odd: ({ oddity }) =>
    `So schreibt kein Büroprogramm eine Arbeitsmappe; sie wird vorsichtshalber nicht gelesen. ${oddities[oddity]}`,
  table_too_large: ({ part, most }) => `${tooLarge[part](most)} Bitte aufteilen.`,
  file_imported_before: ({ fileName, importedAt }) =>
    `Genau diese Datei wurde schon eingelesen: „${fileName}“ am ${formatMoment(importedAt)}.`,
  table_empty: () => "Diese Tabelle ist leer.",
} satisfies Partial<Sentences>;

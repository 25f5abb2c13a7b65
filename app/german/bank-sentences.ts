/** Sentences for bank statements that are not taken. */
import { formatDay } from "./notation.ts";
import type { Sentences } from "./violations.ts";

const howToExport =
  "Bitte im Onlinebanking oder Kassenverfahren den Kontoauszug als „CAMT.053 (XML)“ ausgeben.";

export const bankSentences = {
  statement_too_large: () =>
    "Dieser Kontoauszug ist größer als 10 MB. Bitte für einen kürzeren Zeitraum ausgeben.",
  statement_too_long: () =>
    "Dieser Kontoauszug hat mehr als 5.000 Umsätze. Bitte für einen kürzeren Zeitraum ausgeben.",
  statement_zipped: () =>
    "Das ist ein ZIP-Archiv. Bitte entpacken und die XML-Dateien darin einzeln einlesen.",
  statement_with_doctype: () =>
    "Diese Datei enthält eine DOCTYPE-Angabe, die in keinem Kontoauszug steht, und wird deshalb nicht gelesen.",
  statement_intraday: () =>
    `Das ist eine untertägige Umsatzinfo (CAMT.052), noch kein Kontoauszug. ${howToExport}`,
  statement_notification: () =>
    `Das ist eine Umsatzanzeige (CAMT.054), kein Kontoauszug. ${howToExport}`,
  statement_of_other_kind: () => `Das ist kein Kontoauszug im Format CAMT.053. ${howToExport}`,
  statement_of_other_version: ({ version }) =>
    `Diese Fassung von CAMT.053${version && ` (${version})`} wird nicht gelesen. Gelesen werden 001.02, 001.04 und 001.08.`,
  statement_empty: () => "In dieser Datei steht kein Kontoauszug.",
  statement_without_account: () => "In diesem Kontoauszug fehlt die Kontonummer (IBAN).",
  statement_not_in_euro: ({ currency }) =>
    `Dieses Konto wird nicht in Euro geführt${currency && ` (sondern in ${currency})`}. Gelesen werden nur Euro-Konten.`,
  statement_recorded_before: ({ recordedOn }) =>
    `Diese Datei ist schon am ${formatDay(recordedOn)} eingelesen worden.`,
  no_proposal_chosen: () =>
    "Bitte einen Vorschlag wählen. Ohne Vorschlag: die Zahlung an der Rechnung buchen oder den Umsatz ablegen.",
  proposal_outdated: () =>
    "Dieser Vorschlag gilt nicht mehr: Die Rechnung hat sich inzwischen geändert. Bitte die Seite neu laden.",
  transaction_not_open: () => "Dieser Umsatz ist inzwischen zugeordnet oder abgelegt.",
} satisfies Partial<Sentences>;

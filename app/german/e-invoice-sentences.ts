/** Sentences for files that are not taken for an e-invoice: what is wrong, and what to do. */
import type { NeededTerm } from "../domain/e-invoice.ts";
import { formatMoment } from "./notation.ts";
import type { Sentences } from "./violations.ts";

const askAgain = "Bitte beim Absender neu anfordern.";
const byHand = "Bitte die Rechnung von Hand buchen.";

export const eInvoiceSentences = {
  e_invoice_xml_too_large: () =>
    `Die Rechnungsdaten sind größer als 20 MB und werden nicht gelesen. ${askAgain}`,
  e_invoice_too_many_elements: () =>
    `Die Rechnungsdaten haben mehr Angaben, als eine Rechnung hat, und werden nicht gelesen. ${askAgain}`,
  e_invoice_with_doctype: () =>
    `Die Datei bringt eigene Regeln mit (DOCTYPE). Das tut keine E-Rechnung, und es kann schaden; sie wird nicht gelesen. ${askAgain}`,
  e_invoice_encoding_unknown: ({ encoding }) =>
    `Die Datei nennt die Zeichenkodierung „${encoding}“, die keine E-Rechnung haben darf. ${askAgain}`,
  e_invoice_encoding_wrong: ({ encoding }) =>
    `Die Datei ist nicht in der Zeichenkodierung geschrieben, die sie nennt (${encoding}). ${askAgain}`,
  e_invoice_not_well_formed: ({ line }) =>
    `Die Datei ist kein vollständiges XML${line ? ` (Fehler in Zeile ${line})` : ""}. ${askAgain}`,
  e_invoice_unknown_kind: () =>
    "Das ist keine E-Rechnung in UBL oder CII (XRechnung, ZUGFeRD, Factur-X).",
  e_invoice_zugferd_1: () =>
    `Das ist eine Rechnung nach ZUGFeRD 1, die keine E-Rechnung nach EN 16931 ist. ${byHand}`,
  e_invoice_other_currency: ({ currency }) =>
    `Diese Rechnung lautet auf ${currency}. Gelesen werden Rechnungen in Euro. ${byHand}`,
  e_invoice_lacks: ({ term }) =>
    `In der E-Rechnung fehlt ${termWords[term]} (${term}). ${askAgain}`,
  e_invoice_not_an_amount: ({ term, found }) =>
    `In der E-Rechnung steht bei ${term} „${found}“; das ist kein Betrag. ${askAgain}`,
  e_invoice_not_a_day: ({ term, found }) =>
    `In der E-Rechnung steht bei ${term} „${found}“; das ist kein Datum. ${askAgain}`,
  pdf_without_e_invoice: () => `Dieses PDF enthält keine E-Rechnung. ${byHand}`,
  pdf_with_password: () =>
    "Dieses PDF ist mit einem Kennwort geschützt. Bitte ohne Schutz anfordern.",
  pdf_broken: () => `Dieses PDF ist beschädigt und lässt sich nicht lesen. ${askAgain}`,
  e_invoice_received_before: ({ receivedAt }) =>
    `Genau diese Datei ist schon eingegangen, am ${formatMoment(receivedAt)}.`,
  e_invoice_booked_already: () =>
    "Diese E-Rechnung ist gebucht. Zum Verwerfen bitte zuerst die Rechnung stornieren.",
} satisfies Partial<Sentences>;

const termWords: Record<NeededTerm, string> = {
  "BT-1": "die Rechnungsnummer",
  "BT-2": "das Rechnungsdatum",
  "BT-3": "die Art der Rechnung",
  "BT-5": "die Währung",
  "BT-27": "der Name des Verkäufers",
  "BT-92": "der Betrag eines Nachlasses",
  "BT-99": "der Betrag eines Zuschlags",
  "BT-109": "die Summe ohne Umsatzsteuer",
  "BT-112": "die Summe mit Umsatzsteuer",
  "BT-115": "der Zahlbetrag",
  "BT-116": "der Betrag, der versteuert wird",
  "BT-117": "der Steuerbetrag eines Steuersatzes",
  "BT-131": "der Betrag einer Position",
  "BT-136": "der Betrag eines Nachlasses auf eine Position",
  "BT-141": "der Betrag eines Zuschlags auf eine Position",
};

/** What the columns of a table of invoices are called: by us, and in the tables of offices. */
import { type ColumnMapping, type EntryColumn, entryColumns } from "../domain/entry.ts";

export const entryColumnWords: Record<EntryColumn, string> = {
  supplier: "Lieferant",
  number: "Rechnungsnummer",
  invoicedOn: "Rechnungsdatum",
  school: "Schule",
  position: "Kostenposition",
  description: "Was",
  quantity: "Anzahl",
  netAmount: "Netto",
  vatRate: "USt in %",
  grossAmount: "Brutto",
  ineligibleAmount: "nicht förderfähig",
  ineligibleReason: "Grund",
  orderNumber: "Auftrag",
};

/** Usual names beside our own, the likelier first. */
const usualNames: Record<EntryColumn, string[]> = {
  supplier: [
    "Kreditor",
    "Firma",
    "Lieferfirma",
    "Rechnungssteller",
    "Auftragnehmer",
    "Händler",
    "Zahlungsempfänger",
    "Empfänger",
    "Name",
  ],
  number: [
    "Rechnungs-Nr.",
    "Rechnungsnr.",
    "Rechnung Nr.",
    "RG-Nr.",
    "Rg.Nr.",
    "Re-Nr.",
    "Belegnummer",
    "Beleg-Nr.",
    "Belegnr.",
    "Rechnung",
    "Beleg",
    "Nummer",
  ],
  invoicedOn: ["Rechnungstag", "RG-Datum", "Rechnung vom", "Belegdatum", "Datum", "vom", "Tag"],
  school: ["Schulname", "Schulnummer", "Schul-Nr.", "Standort", "Einrichtung"],
  position: [
    "Position",
    "Pos.",
    "Fördergegenstand",
    "Nr. der Richtlinie",
    "Richtliniennummer",
    "Kostenart",
    "Kostengruppe",
    "Maßnahme",
    "Code",
    "Förderbereich",
  ],
  description: [
    "Bezeichnung",
    "Verwendungszweck",
    "Text",
    "Buchungstext",
    "Beschreibung",
    "Leistung",
    "Gegenstand",
    "Artikel",
    "Zweck",
  ],
  quantity: ["Menge", "Stück", "Stückzahl", "Stk."],
  netAmount: ["Nettobetrag", "Betrag netto", "Netto EUR", "Summe netto"],
  vatRate: [
    "USt",
    "MwSt",
    "USt-Satz",
    "MwSt-Satz",
    "USt %",
    "MwSt %",
    "Steuersatz",
    "Umsatzsteuer",
    "Mehrwertsteuer",
    "Steuer",
  ],
  grossAmount: [
    "Bruttobetrag",
    "Betrag brutto",
    "Rechnungsbetrag",
    "Gesamtbetrag",
    "Betrag",
    "Endbetrag",
    "Summe",
    "Summe brutto",
    "Zahlbetrag",
  ],
  ineligibleAmount: [
    "nicht zuwendungsfähig",
    "nicht förderfähiger Betrag",
    "davon nicht förderfähig",
    "nicht zuwendungsfähiger Betrag",
    "nicht förderbar",
  ],
  ineligibleReason: ["Begründung", "Grund nicht förderfähig", "Anmerkung", "Bemerkung"],
  orderNumber: [
    "Auftragsnummer",
    "Auftrags-Nr.",
    "Auftragsnr.",
    "Auftrag Nr.",
    "Bestellnummer",
    "Bestell-Nr.",
    "Bestellung",
  ],
};

/** Columns without which a table cannot be read as invoices. */
const essential: EntryColumn[] = ["supplier", "number", "invoicedOn"];

/** Ours without which nothing can be read: those named, and an amount. */
export function missingColumns(mapping: ColumnMapping): EntryColumn[] {
  const missing = essential.filter((column) => mapping[column] === undefined);
  const hasAmount = mapping.netAmount !== undefined || mapping.grossAmount !== undefined;
  return hasAmount ? missing : [...missing, "grossAmount"];
}

/** Recognises columns by their names; where several would do, the likelier name wins. */
export function recogniseColumns(header: string[]): ColumnMapping {
  const keys = header.map(keyOf);
  const mapping: ColumnMapping = {};
  const taken = new Set<number>();
  const longest = Math.max(...entryColumns.map((column) => namesOf(column).length));
  for (let rank = 0; rank < longest; rank += 1) {
    for (const column of entryColumns) {
      const name = namesOf(column)[rank];
      if (name === undefined || mapping[column] !== undefined) continue;
      const place = keys.findIndex((key, at) => key === name && !taken.has(at));
      if (place < 0) continue;
      mapping[column] = place;
      taken.add(place);
    }
  }
  return mapping;
}

/** The row that names the columns: of the first rows the one with most names that we know. */
export function findHeader<Row extends { cells: string[] }>(rows: Row[]): Row | undefined {
  const known = rows.slice(0, 20).map((row) => Object.keys(recogniseColumns(row.cells)).length);
  const most = Math.max(0, ...known);
  if (most >= 2) return rows[known.indexOf(most)];
  return rows.find(({ cells }) => cells.filter(Boolean).length >= 2);
}

/** One key for each header, however it is written: what was mapped by hand is kept under it. */
export function headerKey(header: string[]): string {
  return header.map(keyOf).join("|").replace(/\|+$/, "");
}

/** "Betrag (brutto) in €" and "Betrag brutto" are one name. */
function keyOf(name: string): string {
  const bare = name.toLocaleLowerCase("de").normalize("NFKC");
  return bare.replace(/€|\beuro?\b|\bin\b|%|[^\p{L}\p{N}]/gu, "");
}

function namesOf(column: EntryColumn): string[] {
  return [entryColumnWords[column], ...usualNames[column]].map(keyOf);
}

/** How spreadsheets call a column, counted from 0: A, B, … Z, AA. */
export function columnLetter(place: number): string {
  const before = Math.floor(place / 26);
  const letter = String.fromCharCode(65 + (place % 26));
  return before === 0 ? letter : columnLetter(before - 1) + letter;
}

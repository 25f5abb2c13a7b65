/**
 * What the sheets of an audit workbook (Prüfbuch) must have, in their order: each column with its kind. Written down
 * from the rules for auditors, not taken from the program.
 */
export type Kind =
  | "amount"
  | "count"
  | "year"
  | "day"
  | "moment"
  /** A number of a document: a text, whose leading zeros stay. */
  | "number"
  | "text"
  | "weight"
  /** Amounts in some rows, counts in others. */
  | "figure";

const rowNumber = ["lfd. Nr.", "count"] as const;

type Columns = readonly (readonly [heading: string | RegExp, kind: Kind])[];

const amounts = (...headings: (string | RegExp)[]): Columns =>
  headings.map((heading) => [heading, "amount"] as const);

// prettier-ignore
export const sheetColumns: Record<string, Columns> = {
  Übersicht: [
    ["Konto-Nr.", "count"], ["Konto", "text"], ["Kontoart", "text"], ["Aktenzeichen", "number"], ["Schule", "text"], ["Fördergegenstand", "number"], ["Haushaltsjahr", "year"],
    ...amounts("Höchstbetrag", "beantragt", "bewilligte Zuwendung", "bewilligt", "gebunden", "in Rechnung gestellt", "bezahlt", "zurückgefordert", "abgerufen", "eingegangen", "zurückgezahlt", "Zinsen", "veranschlagt", "Nachtrag", "übertragen", "überplanmäßig oder außerplanmäßig", "Deckung", "Anteil geplant", "Anteil gezahlt", "Anteil abgerechnet", "verfügbar"),
  ],
  Belegliste: [
    rowNumber, ["Schule", "text"], ["Schulnummer", "number"], ["Aktenzeichen", "number"], ["Fördergegenstand", "text"], ["Auftragsdatum", "day"], ["Auftragsnummer", "number"], ["Vergabeart", "text"], ["Vergabenummer", "number"], ["Rechnungsaussteller", "text"], ["Rechnungsnummer", "number"], ["Rechnungsdatum", "day"], ["Gegenstand", "text"], ["Zahlungsdatum", "day"],
    ...amounts("Brutto", "Skonto", "gezahlt", "nicht förderfähige USt", "sonst nicht förderfähig", "gekürzt laut Prüfvermerk", "förderfähig", "förderfähig bis hier (je Aktenzeichen)", "davon Zuwendung", "davon Bund", "davon Land", "davon Eigen- und Drittmittel"),
    ["Inventarnummer", "number"], ["Zweckbindung bis", "day"], ["Produkt / Sachkonto", "number"], ["Buchungsnummern", "number"], ["Beleg (Datei)", "text"], ["Status", "text"], ["lfd. Nr. der Gegenzeile (Storno)", "count"], ["Bemerkung", "text"],
    ...amounts("anerkannt", "Kürzung"), ["Kürzungsgrund", "text"],
  ],
  "Zahlenmäßiger Nachweis": [
    rowNumber, ["Zuwendung Nr.", "count"], ["Aktenzeichen", "number"], ["Teil", "text"], ["Konto-Nr.", "count"], ["Schule", "text"], ["Position", "text"],
    ...amounts("Plan (bewilligt)", "Ist (bezahlt)", "Abweichung (Plan − Ist)", "Abweichung in % des Plans", "Überschreitung erlaubt bis %"), ["Überschreitung zu hoch", "text"],
    ...amounts("Plan der Seite Nachweis", "Ist der Seite Nachweis", "Differenz Plan (muss 0 sein)", "Differenz Ist (muss 0 sein)"),
  ],
  Mittelbindung: [
    rowNumber, ["Aktenzeichen", "number"], ["Schule", "text"], ["Fördergegenstand", "number"], ["Auftragnehmer", "text"], ["Auftragsnummer", "number"], ["Auftragsdatum", "day"], ["Gegenstand", "text"],
    ...amounts("beauftragt", "durch Rechnung abgelöst", "bei Abschluss freigegeben", "storniert", "offen (gebunden)"), ["Status", "text"],
  ],
  Mittelabruf: [
    rowNumber, ["Aktenzeichen", "number"], ["Nr. des Abrufs", "count"], ["Tag", "day"], ["Vorgang", "text"], ["Zweck", "text"],
    ...amounts("abgerufen", "eingegangen", "zurückgefordert", "zurückgezahlt", "Zinsen", "abgerufen bis hier (je Aktenzeichen)", "eingegangen bis hier (je Aktenzeichen)"),
  ],
  IKZ: [
    rowNumber, ["Zusammenarbeit (IKZ)", "text"], ["Haushaltsjahr", "year"], ["Nummer der Anforderung", "number"], ["angefordert am", "day"], ["Verteilungsschlüssel", "text"], ["Gesamtkosten (je Zeile wiederholt)", "amount"], ["Mitglied", "text"], ["eigener Anteil", "text"], ["Gewicht", "weight"],
    ...amounts("Anteil", "davon gebucht", "davon bezahlt"), ["bezahlt am", "day"], ["Haushaltsansatz", "text"], ["Status", "text"],
  ],
  Umlagen: [
    rowNumber, ["Zusammenarbeit (IKZ)", "text"], ["Haushaltsjahr", "year"], ["Nummer des Plans", "number"], ["geplant am", "day"], ["Lesart des Betrags", "text"], ["Mitglied", "text"], ["eigener Anteil", "text"],
    ...amounts("Anteil nach Plan", "gezahlte Abschläge"), ["abgerechnet am", "day"],
    ...amounts("Anteil an den Istkosten", "Ergebnis laut Abrechnung", "Ergebnis nachgerechnet (Ist − gezahlt)", "auf das Ergebnis gezahlt oder erstattet (−)", "davon auf Haushaltsansatz gebucht", "davon bezahlt"), ["Status", "text"],
  ],
  "IKZ-Kosten": [
    rowNumber, ["Zusammenarbeit (IKZ)", "text"], ["Haushaltsjahr", "year"], ["Nummer des Plans", "number"], ["entstanden am", "day"], ["Kostenart", "text"], ["wofür", "text"], ["Belegnummer", "number"], ["Stunden", "weight"], ...amounts("Stundensatz", "Betrag", "davon gültig"), ["Nummer der Abrechnung", "number"], ["abgerechnet am", "day"], ["Status", "text"],
  ],
  Folgekosten: [
    rowNumber, ["Was", "text"], ["Art", "text"], ["Schule", "text"], ...amounts(/^erwartet \d{4}$/, /^erwartet \d{4}$/, /^erwartet \d{4}$/, /^erwartet \d{4}$/, /^erwartet \d{4}$/, "Summe der fünf Jahre", "Summe nach Paktbuch", "davon schon gebunden"),
  ],
  Anlagen: [
    rowNumber, ["Inventarnummer", "number"], ["Was", "text"], ["Schule", "text"], ["Ort", "text"], ["Aktenzeichen", "number"], ["Rechnungsnummer", "number"], ["in Betrieb seit", "day"], ["Nutzungsdauer (Monate)", "count"], ["davon abgeschrieben (Monate)", "count"],
    ...amounts("Anschaffungskosten", "davon Zuwendung", "davon eigene Mittel", "Abschreibung bis Stichtag", "Buchwert", "Restbuchwert bei Abgang", "Sonderposten aufgelöst", "Sonderposten", "Sonderposten bei Abgang"), ["Zweckbindung bis", "day"], ["Abgang am", "day"], ["Grund des Abgangs", "text"], ["Begründung der Nutzungsdauer", "text"],
  ],
  Haushalt: [
    rowNumber, ["Haushaltsstelle", "text"], ["Haushaltsjahr", "year"],
    ...amounts("veranschlagt", "Nachtrag", "übertragen", "überplanmäßig oder außerplanmäßig", "Deckung", "Ermächtigung", "Ermächtigung nach Paktbuch", "gebunden", "in Rechnung gestellt", "bezahlt", "verfügbar", "verfügbar nach Paktbuch"),
  ],
  Haushaltsbelege: [
    rowNumber, ["Haushaltsstelle", "text"], ["Belegart", "text"], ["Haushalt oder IKZ", "text"], ["Nummer", "number"], ["Lieferant", "text"], ["Buchungstag", "day"], ...amounts("netto", "brutto", "gebunden", "in Rechnung gestellt", "bezahlt"), ["Warum über den Haushalt hinaus", "text"], ["Buchungstext", "text"],
  ],
  Haushaltsänderungen: [
    rowNumber, ["Haushaltsstelle", "text"], ["Belegart", "text"], ["Stand", "text"], ["Betrag", "amount"], ["Beschlossen am", "day"], ["Beschluss", "text"], ["Wer entschieden hat", "text"], ["Grund", "text"], ["Deckung oder Ziel", "text"], ["Grund nach § 20 KomHKVO", "text"], ["verwendbar bis", "day"],
  ],
  Verträge: [
    rowNumber, ["Vertragsnummer", "number"], ["Vertrag", "text"], ["Vertragsart", "text"], ["Vertragspartner", "text"], ["Schule", "text"], ["Haushaltsstelle", "number"], ["geschlossen am", "day"], ["läuft ab", "day"], ["endet am", "day"], ["Kündigungsfrist (Monate)", "count"], ["nächste Kündigung bis", "day"], ["Betrag (je Zeile wiederholt)", "amount"], ["Rhythmus", "text"], ["Haushaltsjahr", "year"],
    ...amounts("beauftragt", "gebunden", "in Rechnung gestellt", "bezahlt"), ["Status", "text"],
  ],
  Prüfung: [
    rowNumber, ["Aktenzeichen oder Haushalt", "text"], ["Rechnung", "number"], ["Lieferant", "text"], ["Rechnungsdatum", "day"], ["brutto", "amount"], ["Vermerk", "text"], ["Stand", "text"], ["Kürzung der Prüfung (Notiz, keine Buchung)", "amount"], ["Grund, Frage oder Antwort", "text"], ["von", "text"], ["am (Berliner Zeit)", "moment"], ["Stichprobe", "text"], ["Startzahl", "count"],
  ],
  Stornos: [
    rowNumber, ["Belegart", "text"], ["stornierter Vorgang", "text"], ["Tag", "day"], ["Buchungen des Vorgangs (Nr.)", "number"], ["Anzahl", "count"], ...amounts("bewegt (Summe der Beträge ohne Vorzeichen)", "Summe dieser Buchungen (mit Vorzeichen)"), ["storniert am", "day"], ["Buchungen des Stornos (Nr.)", "number"], ["Anzahl im Storno", "count"], ...amounts("im Storno bewegt (Summe der Beträge ohne Vorzeichen)", "Summe der Stornobuchungen (mit Vorzeichen)", "Vorgang + Storno (muss 0 sein)"), ["Grund", "text"], ["storniert von", "text"], ["erfasst (UTC)", "moment"], ["erfasst (Berliner Zeit)", "moment"], ["ersetzt durch", "text"],
  ],
  Änderungsprotokoll: [
    rowNumber, ["erfasst (UTC)", "moment"], ["erfasst (Berliner Zeit)", "moment"], ["wer", "text"], ["Tat", "text"], ["woran", "text"], ["vorher", "text"], ["nachher", "text"], ["Anfrage (Kennung)", "number"], ["Prüfsumme (SHA-256)", "text"], ["Siegel Nr.", "count"],
  ],
  Schlüssel: [rowNumber, ["Spalte", "text"], ["Schlüssel", "number"], ["Bedeutung", "text"]],
  Journal: [
    ["Buchungsnummer", "count"], ["Buchungstag", "day"], ["erfasst am", "moment"], ["erfasst von", "text"], ["Konto-Nr.", "count"], ["Konto", "text"], ["Kontoart", "text"], ["Aktenzeichen", "number"], ["Schule", "text"], ["Fördergegenstand", "number"], ["Wertart", "text"], ["Betrag (EUR)", "amount"], ["Belegart", "text"], ["storniert Buchung Nr.", "count"], ["Prüfsumme (SHA-256)", "text"], ["Buchungstext", "text"],
  ],
  Kontrolle: [
    ["Was verglichen wird", "text"], ["nach dieser Arbeitsmappe", "figure"], ["Vergleichswert (Paktbuch oder Journal)", "figure"], ["Differenz (muss 0 sein)", "figure"], ["stimmt", "text"],
  ],
};

export const formatOf: Record<Kind, string[]> = {
  amount: ["#,##0.00;[Red]-#,##0.00"],
  figure: ["#,##0.00;[Red]-#,##0.00", "0"],
  count: ["0"],
  year: ["0"],
  day: ["dd.mm.yyyy"],
  moment: ["dd.mm.yyyy hh:mm:ss"],
  number: ["@"],
  text: ["General"],
  weight: ["General"],
};

/** Columns whose words the sheet "Schlüssel" explains. */
export const codedColumns = [
  ...["Wertart", "Kontoart", "Belegart", "Status", "Stand", "Teil", "Vergabeart", "Vorgang"],
  ...["Verteilungsschlüssel", "Lesart des Betrags", "Kostenart", "Vertragsart", "Rhythmus", "Art"],
  ...["Vermerk", "Stichprobe", "Haushalt oder IKZ", "eigener Anteil", "Überschreitung zu hoch"],
];

export const coverLabels = [
  ...["Schulträger", "Zuwendung", "Haushaltsjahr", "Stichtag", "bekannt am", "erstellt von"],
  ...["Programm", "Umfang", "Ende des Journals", "Währung", "Alle Kontrollen stimmen"],
];

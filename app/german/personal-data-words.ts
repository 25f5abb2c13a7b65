/** The register of personal fields (Verzeichnis nach Art. 30 DSGVO) in the words of an office. */
import type { PersonalData } from "#app/domain/personal-data.ts";

const task = "Art. 6 Abs. 1 e DSGVO mit dem Datenschutzrecht des Landes: Haushaltsführung";
const duty = "Art. 6 Abs. 1 c DSGVO: Buchführung nach dem Haushaltsrecht des Landes (KomHKVO)";
const books = "wie die Bücher";
const wall = "nur im eigenen Schulträger, nach Rollen";

type Words = Record<"what" | "purpose" | "basis" | "kept" | "end" | "protection", string>;

export const personalDataWords: Record<PersonalData["key"], Words> = {
  account: {
    what: "Name und E-Mail-Adresse eines Zugangs",
    purpose: "Anmeldung; nennen, wer was getan hat",
    basis: task,
    kept: "bis zum Ende der Aufbewahrung nach dem letzten Vorgang eines gesperrten Zugangs",
    end: "werden durch ein Pseudonym ersetzt",
    protection: wall,
  },
  sign_in: {
    what: "Womit sich ein Zugang anmeldet",
    purpose: "Anmeldung",
    basis: `${task}; Art. 32 DSGVO`,
    kept: "solange der Zugang es hat; Links, bis sie benutzt oder abgelaufen sind",
    end: "wird gelöscht",
    protection: "gehasht (argon2id, SHA-256) oder verschlüsselt (AES-256); nie angezeigt",
  },
  sessions: {
    what: "Sitzungen: Browser und Netzadresse",
    purpose: "sehen und beenden, wo man angemeldet ist",
    basis: "Art. 6 Abs. 1 e, Art. 32 DSGVO",
    kept: "höchstens zwölf Stunden und bis zur nächsten Anmeldung von irgendwem",
    end: "werden gelöscht",
    protection: "sieht nur die Person selbst; nicht in Sicherungen",
  },
  roles: {
    what: "Rollen und Prüfzugänge",
    purpose: "wer was darf und sieht",
    basis: task,
    kept: books,
    end: "bleiben, beim Pseudonym",
    protection: `${wall}; versiegelt`,
  },
  deeds: {
    what: "Wer etwas gebucht, festgestellt, entschieden oder markiert hat",
    purpose: "Nachvollziehbarkeit jeder Buchung",
    basis: duty,
    kept: `${books}; Schlüssel gesendeter Formulare dreißig Tage`,
    end: "bleibt, beim Pseudonym",
    protection: `${wall}; versiegelt`,
  },
  log: {
    what: "Protokoll: wer was getan hat, abgelehnte Anmeldungen mit Netzadresse, Lesezugriffe der Prüfung",
    purpose: "Nachvollziehbarkeit; Missbrauch erkennen",
    basis: `${duty}; Art. 32 DSGVO`,
    kept: books,
    end: "Name und Adresse werden durch das Pseudonym ersetzt, wo sie als ganze Wörter stehen",
    protection: `${wall}; versiegelt`,
  },
  suppliers: {
    what: "Lieferanten, Zahler und Empfänger, wo sie Personen sind; wer für den Schulträger unterschreibt",
    purpose: "bezahlen, Zahlungen zuordnen und nachweisen",
    basis: duty,
    kept: books,
    end: "bleiben: Der Löschlauf betrifft nur Zugänge",
    protection: wall,
  },
  files: {
    what: "Dateien und ihre Namen, Entwürfe von Tabellen: was das Amt hineinschreibt",
    purpose: "Belege der Bücher",
    basis: duty,
    kept: `${books}; Entwürfe und Exporte, bis sie erledigt sind`,
    end: "bleiben: Dateien werden nicht durchsucht",
    protection: `${wall}; mit Prüfsumme`,
  },
  texts: {
    what: "Freie Texte, in denen ein Name stehen kann",
    purpose: "Begründungen",
    basis: duty,
    kept: books,
    end: "bleiben; wo ein Name vorkommt, wird gezeigt, damit jemand entscheiden kann",
    protection: wall,
  },
};

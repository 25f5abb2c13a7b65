/** Words and sentences about exports that are made in the background. */
import type { ExportKind, ExportState, ExportViolation } from "../domain/book-export.ts";
import { fileMoment } from "./moment.ts";

export const exportKindWords: Record<ExportKind, string> = {
  workbook: "Prüfbuch",
  dossier: "Prüfakte",
  z3: "Z3-Export",
};

export const exportKindNotes: Record<ExportKind, string> = {
  workbook: "Arbeitsmappe",
  dossier: "eine ZIP-Datei zu einer Zuwendung, mit Prüfbuch und allen abgelegten Dateien",
  z3: "Datenträgerüberlassung mit Stammdaten, Journal, Belegen und Protokoll, für Prüfprogramme",
};

export const exportStateWords: Record<ExportState, string> = {
  waiting: "wartet",
  running: "wird erstellt",
  finished: "fertig",
  failed: "nicht gelungen",
  cancelled: "abgebrochen",
};

export const orderSentences: Record<ExportViolation["rule"], string> = {
  dossier_of_one_grant: "Eine Prüfakte gehört zu genau einer Zuwendung. Bitte eine auswählen.",
  too_many_exports:
    "Es werden schon zehn Ihrer Exporte erstellt oder warten. Bitte erst abwarten oder einen abbrechen.",
};

/** Why an export did not become a file. */
export const exportProblems = {
  restarted: "Abgebrochen durch Neustart. Es ist keine Datei entstanden.",
  ended: "Der Export ist abgebrochen: Sein Prozess wurde beendet. Es ist keine Datei entstanden.",
  noAccess: "Der Zugang darf keine Bücher mehr herunterladen. Es ist keine Datei entstanden.",
  notSeen: "Eine Zuwendung des Exports ist nicht zu sehen. Es ist keine Datei entstanden.",
  future: "Der verlangte Stand liegt in der Zukunft. Es ist keine Datei entstanden.",
  diskFull:
    "Auf dem Datenträger ist kein Platz mehr. Es ist keine Datei entstanden; bitte Platz schaffen und den Export noch einmal erstellen.",
  unexpected:
    "Der Export ist an einem unerwarteten Fehler gescheitert. Es ist keine Datei entstanden; der Grund steht im Protokoll des Servers.",
  gone: "Die Datei dieses Exports fehlt im Ordner der Exporte. Bitte den Export noch einmal erstellen.",
};

export function folderProblem(folder: string, code: string): string {
  return `In den Ordner der Exporte (${folder}) lässt sich nicht schreiben (${code}). Es ist keine Datei entstanden.`;
}

export function alteredProblem(path: string): string {
  return `Die Datei „${path}“ hat sich geändert, während sie gelesen wurde: Ihre Prüfsumme stimmt nicht. Es ist keine Datei entstanden.`;
}

export function allWord(isLimited: boolean): string {
  return isLimited ? "alles in Ihrem Prüfzugang" : "alles";
}

/** "Prüfbuch, alles" or "Prüfakte, AZ 1": what was asked for. */
export function exportTitle({
  kind,
  fileNumbers,
  fiscalYear,
  isLimited = false,
}: {
  kind: ExportKind;
  fileNumbers: string[];
  fiscalYear: number | null;
  /** Of a limited auditor, whose all is not all. */
  isLimited?: boolean;
}): string {
  const scope = fiscalYear
    ? `Haushalt ${fiscalYear}`
    : fileNumbers.join(", ") || allWord(isLimited);
  return `${exportKindWords[kind]}, ${scope}`;
}

/**
 * "Pruefakte AZ 1 2025-12-31 bekannt 2026-03-01 1200.zip": the name under which it is handed out, other for another
 * scope, day or moment.
 * @param of file numbers of grants, a budget year, or the authority
 */
export function exportFileName(
  kind: ExportKind,
  of: string,
  { asOf, knownOn }: { asOf: string; knownOn: string | Date },
): string {
  const { word, ending } = fileWords[kind];
  return `${word} ${of.slice(0, 100)} ${asOf} bekannt ${fileMoment(new Date(knownOn))}.${ending}`;
}

const fileWords: Record<ExportKind, { word: string; ending: string }> = {
  workbook: { word: "Pruefbuch", ending: "xlsx" },
  dossier: { word: "Pruefakte", ending: "zip" },
  z3: { word: "Z3", ending: "zip" },
};

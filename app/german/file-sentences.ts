/** Sentences about files: why one is not taken, what is wrong with one that was. */
import type { FileFault, FileStoreName } from "../domain/attachment.ts";
import type { Sentences } from "./violations.ts";

export const fileSentences = {
  file_missing: () => "Bitte eine Datei auswählen.",
  file_empty: () => "Diese Datei ist leer.",
  file_too_large: () => "Diese Datei ist größer als 20 MB.",
  file_kind_not_kept: () =>
    "Diese Art von Datei wird nicht angenommen. Möglich sind PDF, JPEG, PNG, WebP, HEIC, TIFF, XLSX, DOCX, ODS, ODT, XML, CSV und TXT.",
  file_name_misleads: () =>
    "Der Inhalt dieser Datei ist etwas anderes, als die Endung ihres Namens sagt. Bitte die richtige Datei wählen oder sie richtig benennen.",
  too_many_files: () =>
    "Das sind zu viele Dateien auf einmal: höchstens 20, Tabellen und Kontoauszüge einzeln.",
  file_store_unreachable: () =>
    "Die Datei konnte nicht abgelegt werden: Der Speicher für Dateien ist nicht erreichbar. Bitte später noch einmal versuchen.",
  file_withdrawn_before: () => "Diese Datei ist schon zurückgezogen.",
} satisfies Partial<Sentences>;

const storeWords: Record<FileStoreName, string> = {
  database: "in der Datenbank",
  folder: "im Ordner der Dateien",
  s3: "im S3-Speicher",
};

/** What to say instead of the file, and what to do about it. */
export function faultSentence(
  fault: FileFault,
  { fileName, storedIn }: { fileName: string; storedIn: FileStoreName },
): string {
  const place = storeWords[storedIn];
  return {
    missing: `Die Datei „${fileName}“ fehlt ${place}. Sie muss aus einer Sicherung zurückgeholt werden.`,
    altered: `Die Datei „${fileName}“ ist ${place} verändert worden: Ihr Inhalt weicht von der Prüfsumme ab. Sie muss aus einer Sicherung zurückgeholt werden.`,
    unreachable: `Die Datei „${fileName}“ liegt ${place}; dieser ist gerade nicht erreichbar. Bitte später noch einmal versuchen.`,
    not_set: `Die Datei „${fileName}“ liegt ${place}; dieser ist nicht mehr eingestellt.`,
  }[fault];
}

/** Where each file of a dossier lies in it: folder by kind, name by day, kind, number and party. */
import type { DossierFile } from "../domain/dossier.ts";
import { safeName, uniqueNames } from "../domain/file-name.ts";
import { folderOf, paperKindWord } from "../german/dossier-words.ts";

/** With its folder a path stays far below the 260 characters that Windows opens. */
const longestStem = 110;

/** The ending under which each kind of file opens. */
const endings: Record<string, string> = {
  "application/pdf": ".pdf",
  "image/png": ".png",
  "image/jpeg": ".jpg",
  "image/webp": ".webp",
  "image/heic": ".heic",
  "image/heif": ".heif",
  "image/tiff": ".tif",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
  "application/vnd.oasis.opendocument.spreadsheet": ".ods",
  "application/vnd.oasis.opendocument.text": ".odt",
  "application/xml": ".xml",
  "text/csv": ".csv",
  "text/plain": ".txt",
};

/** Kinds that are not packed already. */
const packable = ["application/xml", "text/csv", "text/plain", "image/tiff"];

export function isPackable(mediaType: string): boolean {
  return packable.includes(mediaType);
}

/** Paths in the order of the files, unique, the same each time. */
export function dossierPaths(files: DossierFile[]): string[] {
  const names = new Map<string, (stem: string, ending: string) => string>();
  return files.map(({ thing, mediaType }) => {
    const folder = folderOf(thing.kind);
    if (!names.has(folder)) names.set(folder, uniqueNames());
    const words = [
      ...[thing.datedOn, paperKindWord(thing), thing.number, thing.party],
      thing.isReversed ? "(storniert)" : "",
    ];
    const stem = safeName(words.filter(Boolean).join(" "), longestStem);
    return `${folder}/${names.get(folder)!(stem, endings[mediaType] ?? "")}`;
  });
}

/** The lists of a dossier: what is in it and to which bookings it belongs, and what is missing. */
import Papa from "papaparse";
import type { FileFault } from "../domain/attachment.ts";
import type { Dossier, DossierFile, Missing } from "../domain/dossier.ts";
import {
  contentHeading,
  missingHeading,
  missingSentence,
  paperKindWord,
  paperParty,
  paperStanding,
  paperTitle,
  readMe,
} from "../german/dossier-words.ts";
import { faultSentence } from "../german/file-sentences.ts";
import { formatExactMoment } from "../german/moment.ts";
import { formatAmount, formatDay, formatMoment } from "../german/notation.ts";

type Written = { path: string; hash: string; size: number };

/** A row for a file: where it lies in the archive, or why it does not. */
export function contentRow(
  file: DossierFile,
  written: Written | null,
  fault?: FileFault,
): string[] {
  const { thing, withdrawn } = file;
  const remarks = [
    withdrawn &&
      `zurückgezogen am ${formatMoment(withdrawn.at)} von ${withdrawn.by}: ${withdrawn.reason}; nicht beigelegt`,
    fault && `nicht beigelegt: ${faultSentence(fault, file)}`,
  ];
  return [
    written?.path ?? "",
    paperTitle(thing),
    paperKindWord(thing),
    thing.number,
    thing.datedOn ? formatDay(thing.datedOn) : "",
    thing.bookings.join(", "),
    paperStanding(thing),
    file.fileName,
    file.attachedBy,
    formatMoment(file.attachedAt),
    String(written?.size ?? file.size),
    written?.hash ?? "",
    file.hash,
    remarks.filter(Boolean).join("; "),
  ];
}

/** A row for what was made with the dossier. */
export function generatedRow(path: string, { hash, size }: { hash: string; size: number }) {
  const row = contentHeading.map(() => "");
  const made = { 0: path, 1: path, 2: "erstellt", 10: String(size), 11: hash };
  return Object.assign(row, made);
}

export function listContent(rows: string[][]): string {
  return table([contentHeading, ...rows]);
}

export function listMissing(missing: Missing[]): string {
  const rows = missing.map((one) => {
    const thing = one.why === "fault" ? one.file.thing : one.thing;
    const amount = one.why === "no_file" && one.amount ? formatAmount(one.amount) : "";
    return [
      paperTitle(thing),
      paperKindWord(thing),
      thing.number,
      thing.datedOn ? formatDay(thing.datedOn) : "",
      paperParty(thing),
      amount,
      missingSentence(one),
    ];
  });
  return table([missingHeading, ...rows]);
}

/** As a German spreadsheet opens it; what begins like a formula stays a text. */
function table(rows: string[][]): string {
  return `${Papa.unparse(rows, { delimiter: ";", newline: "\r\n", escapeFormulae: true })}\r\n`;
}

export function readMeOf(dossier: Dossier, fileCount: number): string {
  const { missing, knownOn } = dossier;
  return readMe({
    ...dossier,
    knownOn: formatExactMoment(new Date(knownOn)),
    fileCount,
    missingCount: missing.length,
  });
}

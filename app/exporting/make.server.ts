/** Makes the file of one export, in a process of its own. */
import { now } from "#app/clock.server.ts";
import type { ExportKind } from "#app/domain/book-export.ts";
import { settings } from "#app/env.server.ts";
import { AlteredFile } from "#app/exports/dossier.server.ts";
import { alteredProblem, exportProblems, folderProblem } from "#app/german/export-words.ts";
import { logError } from "#app/log.server.ts";
import { logExport } from "#app/records/access-log.server.ts";
import {
  findExporter,
  findRunning,
  finishExport,
  noteProgress,
  scopeOfExport,
} from "#app/records/exports.server.ts";
import { outsideOfReading } from "#db/client.ts";
import { type Asked, ExportProblem } from "./asked.ts";
import { makeDossier } from "./dossier.server.ts";
import { draftOf, keepFile, measured, openFolder, removeFiles } from "./place.server.ts";
import { makeWorkbook } from "./workbook.server.ts";
import { makeZ3 } from "./z3.server.ts";

/** Each writes the draft and gives the name under which the file is handed out. */
const makers: Record<ExportKind, (asked: Asked) => Promise<string>> = {
  workbook: makeWorkbook,
  dossier: makeDossier,
  z3: makeZ3,
};

/** @throws whatever kept it from becoming a file; then nothing of it is left under its name */
export async function makeExport(id: string): Promise<void> {
  const made = await findRunning(id);
  if (!made) return;
  const user = await findExporter(made);
  if (!user) throw new ExportProblem(exportProblems.noAccess);
  await openFolder();
  const progress = progressOf(id);
  const fileName = await makers[made.kind]({
    user,
    scope: scopeOfExport(made),
    moment: made.knownOn,
    draft: draftOf(id),
    partOf: (name) => draftOf(id, name),
    onProgress: progress.note,
  });
  await progress.settled();
  const file = await measured(draftOf(id));
  await logExport(user, fileName, file.hash, "export_made");
  await keepFile(id);
  // Cancelled at the last moment: then it is not to be had.
  if (!(await finishExport(id, { fileName, ...file }))) await removeFiles(id);
}

/** Writes progress down twice a second at most: who looks at it does not look more often. */
function progressOf(id: string) {
  let last = 0;
  let writing: Promise<void> = Promise.resolve();
  return {
    note(done: number, total: number | null) {
      const moment = now().getTime();
      if (moment - last < 500) return;
      last = moment;
      // The makers read the past; how far they are is of now.
      writing = outsideOfReading(() => noteProgress(id, done, total));
      writing.catch((error: unknown) => logError(error));
    },
    settled: () => writing.catch(() => {}),
  };
}

/** The German sentence of whatever went wrong; what nobody expected is in the server's log. */
export async function problemOfExport(error: unknown): Promise<string> {
  if (error instanceof ExportProblem) return error.message;
  if (error instanceof AlteredFile) return alteredProblem(error.path);
  if (error instanceof Response) {
    return error.status === 404 ? exportProblems.notSeen : await error.text();
  }
  const { code, path: place } = error as NodeJS.ErrnoException;
  if (code === "ENOSPC" || code === "EDQUOT") return exportProblems.diskFull;
  if (code && place?.startsWith(settings.exports.folder)) {
    return folderProblem(settings.exports.folder, code);
  }
  logError(error);
  return exportProblems.unexpected;
}

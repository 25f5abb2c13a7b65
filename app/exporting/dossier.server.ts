/** The dossier (Prüfakte) of a grant as an export. */
import { createReadStream } from "node:fs";
import { rm } from "node:fs/promises";
import type { Dossier, Missing } from "#app/domain/dossier.ts";
import { safeName } from "#app/domain/file-name.ts";
import { writeDossier } from "#app/exports/dossier.server.ts";
import { exportProblems } from "#app/german/export-words.ts";
import { loadDossier } from "#app/records/dossier.server.ts";
import { readKnown } from "#app/records/known.server.ts";
import { examine, openStoredFile } from "#app/records/stored-files.server.ts";
import { type Asked, ExportProblem } from "./asked.ts";
import { makeWorkbook } from "./workbook.server.ts";

/** Gives the file number of its grant. */
export async function makeDossier(asked: Asked): Promise<string> {
  const { user, scope, moment, draft, partOf, onProgress } = asked;
  const found = await readKnown(user, moment, () => loadDossier(user, scope, scope.grantId!));
  if (!found) throw new ExportProblem(exportProblems.future);
  // Each file is looked at twice: whether it is whole, and into the archive.
  let done = 0;
  const total = found.files.length * 2 + 1;
  const step = () => onProgress(Math.min((done += 1), total), total);

  const dossier = await withFaults(found, step);
  const workbook = partOf("workbook");
  try {
    await makeWorkbook({ ...asked, draft: workbook, onProgress: () => {} });
    step();
    const of = safeName(dossier.fileNumber, 80);
    const made = [{ name: `Prüfbuch ${of}.xlsx`, open: async () => createReadStream(workbook) }];
    await writeDossier(dossier, made, openStoredFile, draft, step);
  } finally {
    await rm(workbook, { force: true });
  }
  return dossier.fileNumber;
}

/** What is gone or altered is named as missing, before the archive says that it is in it. */
async function withFaults(dossier: Dossier, step: () => void): Promise<Dossier> {
  const missing: Missing[] = [...dossier.missing];
  for (const file of dossier.files) {
    const fault = file.withdrawn ? undefined : await examine(file);
    if (fault) missing.push({ why: "fault", file, fault });
    step();
  }
  return { ...dossier, missing };
}

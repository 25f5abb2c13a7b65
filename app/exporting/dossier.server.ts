/** The dossier (Prüfakte) of a grant as an export. */
import { createReadStream } from "node:fs";
import { rm } from "node:fs/promises";
import { Readable } from "node:stream";
import type { BookScope } from "#app/domain/audit-scope.ts";
import type { Dossier, Missing } from "#app/domain/dossier.ts";
import { safeName, uniqueNames } from "#app/domain/file-name.ts";
import type { User } from "#app/domain/permission.ts";
import { writeDossier } from "#app/exports/dossier.server.ts";
import { proofOfUsePaper } from "#app/exports/proof-paper.server.ts";
import { exportFileName, exportProblems } from "#app/german/export-words.ts";
import { proofText } from "#app/german/proof-text.ts";
import { loadDossier } from "#app/records/dossier.server.ts";
import { readKnown } from "#app/records/known.server.ts";
import { requireProofDraft, requireProofPaper } from "#app/records/proof-papers.server.ts";
import { listProofs } from "#app/records/proofs.server.ts";
import { examine, openStoredFile } from "#app/records/stored-files.server.ts";
import { type Asked, ExportProblem } from "./asked.ts";
import { makeWorkbook } from "./workbook.server.ts";

/** Gives the name under which it is handed out. */
export async function makeDossier(asked: Asked): Promise<string> {
  const { user, scope, moment, draft, partOf, onProgress } = asked;
  const read = await readKnown(user, moment, () => readDossier(user, scope));
  if (!read) throw new ExportProblem(exportProblems.future);
  // Each file is looked at twice: whether it is whole, and into the archive.
  const { files } = read.dossier;
  let done = 0;
  const total = files.length * 2 + 1;
  const step = () => onProgress(Math.min((done += 1), total), total);

  const dossier = await withFaults(read.dossier, step);
  const workbook = partOf("workbook");
  try {
    await makeWorkbook({ ...asked, draft: workbook, onProgress: () => {} });
    step();
    const name = `Prüfbuch ${safeName(dossier.fileNumber, 80)}.xlsx`;
    const made = [{ name, open: async () => createReadStream(workbook) }, ...read.papers];
    await writeDossier(dossier, made, openStoredFile, draft, step);
  } finally {
    await rm(workbook, { force: true });
  }
  return exportFileName("dossier", dossier.fileNumber, dossier);
}

/** What is in it, and the proof of use: each that was submitted and stands, and the draft of the day. */
async function readDossier(user: User, scope: BookScope) {
  const grantId = scope.grantId!;
  const dossier = await loadDossier(user, scope, grantId);
  const submitted = (await listProofs(user, grantId)).filter(
    ({ stands, submittedOn }) => stands && submittedOn <= scope.asOf,
  );
  const unique = uniqueNames();
  const papers = [];
  for (const { id } of submitted) papers.push(await requireProofPaper(user, id));
  papers.push(await requireProofDraft(user, grantId, scope.asOf));
  const made = papers.map((paper) => {
    const name = unique(safeName(proofText(paper).title, 110), ".pdf");
    return { name, open: async () => Readable.from([await proofOfUsePaper(paper)]) };
  });
  return { dossier, papers: made };
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

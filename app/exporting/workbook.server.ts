/** The audit workbook (Prüfbuch) as an export, alone or as part of a dossier. */
import { makeAuditBook } from "#app/audit-book.server.ts";
import { exportProblems } from "#app/german/export-words.ts";
import { countEntries } from "#app/records/exports.server.ts";
import { type Asked, ExportProblem } from "./asked.ts";

/** Gives the name under which it is handed out. */
export async function makeWorkbook({ user, scope, draft, onProgress }: Asked): Promise<string> {
  const total = await countEntries(user, scope);
  const note = (entries: number) => onProgress(Math.min(entries, total), total);
  const book = await makeAuditBook(user, scope, draft, { onProgress: note });
  if (!book) throw new ExportProblem(exportProblems.future);
  return book.name;
}

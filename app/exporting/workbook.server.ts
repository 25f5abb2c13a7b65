/** The audit workbook (Prüfbuch) as an export, alone or as part of a dossier. */
import packageFile from "../../package.json";
import { writeAuditBook } from "#app/exports/audit-book.server.ts";
import { exportProblems } from "#app/german/export-words.ts";
import { loadAuditBook } from "#app/records/audit-book.server.ts";
import { readKnown } from "#app/records/known.server.ts";
import { type Asked, ExportProblem } from "./asked.ts";

/** Gives what the workbook is of, in words. */
export async function makeWorkbook({ user, scope, moment, draft }: Asked): Promise<string> {
  const book = await readKnown(user, moment, () => loadAuditBook(user, scope, packageFile.version));
  if (!book) throw new ExportProblem(exportProblems.future);
  await writeAuditBook(book, draft);
  return book.grant ?? (book.fiscalYear ? `Haushalt ${book.fiscalYear}` : book.authority);
}

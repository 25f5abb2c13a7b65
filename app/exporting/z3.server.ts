/** The Z3 export (Datenträgerüberlassung), made in a process of its own. */
import { exportProblems } from "#app/german/export-words.ts";
import { writeZ3 } from "#app/z3.server.ts";
import { type Asked, ExportProblem } from "./asked.ts";

/** Gives the name under which it is handed out. How many records there will be is known at the end only. */
export async function makeZ3({ user, scope, draft, onProgress }: Asked): Promise<string> {
  const note = (records: number) => onProgress(records, null);
  const made = await writeZ3(user, scope, draft, { onProgress: note });
  if (!made) throw new ExportProblem(exportProblems.future);
  return made.name;
}

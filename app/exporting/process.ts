/** The process of one export: started by the queue with its id and its authority's, and ended with the program. */
import { exportProblems } from "#app/german/export-words.ts";
import { logError } from "#app/log.server.ts";

// The program that started it is gone, however it ended: nobody would take the file.
process.on("disconnect", () => process.exit(1));
if (!process.connected) process.exit(1);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => process.exit(1));
}

const [id, authority] = process.argv.slice(2) as [string, string];
const { forAuthority } = await import("#db/authority.ts");
const { makeExport, problemOfExport } = await import("./make.server.ts");
const { failExport } = await import("#app/records/exports.server.ts");
const { removeFiles } = await import("./place.server.ts");
const { closeDatabase } = await import("#db/client.ts");

const failAs = (problem: string) => forAuthority(authority, () => failExport(id, problem));
process.on("uncaughtException", (error) => {
  logError(error);
  void failAs(exportProblems.unexpected).finally(() => process.exit(1));
});
try {
  await forAuthority(authority, () => makeExport(id));
} catch (error) {
  await removeFiles(id);
  await failAs(await problemOfExport(error));
}
await closeDatabase();
process.exit(0);

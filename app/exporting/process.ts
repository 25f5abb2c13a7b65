/** The process of one export: started by the queue with the export's id, and ended with the program. */
import { exportProblems } from "#app/german/export-words.ts";
import { logError } from "#app/log.server.ts";

// The program that started it is gone, however it ended: nobody would take the file.
process.on("disconnect", () => process.exit(1));
if (!process.connected) process.exit(1);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => process.exit(1));
}

const id = process.argv[2]!;
const { makeExport, problemOfExport } = await import("./make.server.ts");
const { failExport } = await import("#app/records/exports.server.ts");
const { removeFiles } = await import("./place.server.ts");
const { closeDatabase } = await import("#db/client.ts");

const failed = async (error: unknown) => failExport(id, await problemOfExport(error));
process.on("uncaughtException", (error) => {
  logError(error);
  void failExport(id, exportProblems.unexpected).finally(() => process.exit(1));
});
try {
  await makeExport(id);
} catch (error) {
  await removeFiles(id);
  await failed(error);
}
await closeDatabase();
process.exit(0);

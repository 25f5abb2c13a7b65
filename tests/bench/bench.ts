/**
 * `npm run bench`: what importing, verifying and refusing costs, each figure beside its bar; exit code 1 where one does
 * not hold. A database of its own is started and removed again.
 */
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { useDatabase } from "#app/env.server.ts";
import { prepareDatabase } from "#app/server/prepare-database.ts";
import { startEmbedded } from "#db/embedded/embedded.ts";
import { exitCode } from "./measure.ts";

const folder = await mkdtemp(path.join(tmpdir(), "paktbuch-bench-"));
await chmod(folder, 0o755); // PostgreSQL does not run as root: its account must reach the folder
const embedded = await startEmbedded({ dataDir: folder });
try {
  const url = embedded.appUrl("postgres");
  await prepareDatabase(url, embedded.url("postgres"));
  useDatabase(url);
  // Loaded only now: the pool takes its address when it is loaded.
  const { measureHostileFiles } = await import("./hostile-files.ts");
  const { measureImport, measureTable } = await import("./imports.ts");
  const { measureVerification } = await import("./verification.ts");
  const { measureZ3 } = await import("./z3.ts");
  const { closeDatabase } = await import("#db/client.ts");
  // The import first: the peak of the process's memory is its own then.
  await measureImport(url);
  await measureTable();
  await measureVerification();
  await measureZ3();
  await measureHostileFiles();
  await closeDatabase();
} finally {
  await embedded.stop({ evenIfJoined: true });
  await rm(folder, { recursive: true, force: true });
}
process.exit(exitCode());

/**
 * `npm run bench`: what importing, verifying, refusing and exporting costs, each figure beside its bar; exit code 1
 * where one does not hold. `-- --workbook` for the workbook alone, `-- --walls` for what walls between authorities
 * cost, `-- --sign-in` for that, `--rows 1000000` for one of so many entries. A
 * database of its own is started and removed again.
 */
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { useDatabase } from "#app/env.server.ts";
import { assumeOutside } from "#db/authority.ts";
import { prepareDatabase } from "#app/server/prepare-database.ts";
import { startEmbedded } from "#db/embedded/embedded.ts";
import { exitCode } from "./measure.ts";

const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "100000" },
    workbook: { type: "boolean" },
    walls: { type: "boolean" },
    "sign-in": { type: "boolean" },
  },
});
/** Entries of the journal that becomes a sheet. */
const rows = Number(values.rows);
const only = values.workbook === true;
const onlyWalls = values.walls === true;

const folder = await mkdtemp(path.join(tmpdir(), "paktbuch-bench-"));
await chmod(folder, 0o755); // PostgreSQL does not run as root: its account must reach the folder
const embedded = await startEmbedded({ dataDir: folder });
try {
  const url = embedded.appUrl("postgres");
  await prepareDatabase(url, embedded.url("postgres"));
  useDatabase(url);
  assumeOutside("*");
  // Loaded only now: the pool takes its address when it is loaded.
  const { measureExports } = await import("./exports.ts");
  const { measureHostileFiles } = await import("./hostile-files.ts");
  const { measureImport, measureTable } = await import("./imports.ts");
  const { measureSignIn } = await import("./sign-in.ts");
  const { measureWalls } = await import("./walls.ts");
  const { measureVerification } = await import("./verification.ts");
  const { measureZ3 } = await import("./z3.ts");
  const { measureWorkbook } = await import("./workbook.ts");
  const { closeDatabase } = await import("#db/client.ts");
  // The import first: the peak of the process's memory is its own then.
  if (onlyWalls) await measureWalls(embedded.url("postgres"));
  else if (values["sign-in"]) await measureSignIn();
  else if (!only) {
    await measureImport(url);
    await measureTable();
    await measureWalls(embedded.url("postgres"));
    await measureVerification();
    await measureZ3();
    await measureHostileFiles();
    await measureSignIn();
    await measureExports({ app: url, owner: embedded.url("postgres") }, folder);
  }
  if (!onlyWalls && !values["sign-in"]) await measureWorkbook(url, rows);
  await closeDatabase();
} finally {
  await embedded.stop({ evenIfJoined: true });
  await rm(folder, { recursive: true, force: true });
}
process.exit(exitCode());

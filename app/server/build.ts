/** Builds the pages when there is no build yet or the sources are newer. */
import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { OperatorError } from "#app/operator-error.ts";
import { withLock } from "#db/embedded/lock.ts";
import { whenLeaving } from "./life.ts";

export const serverBuild = path.resolve("build/server/index.js");

const builder = path.resolve("node_modules/@remix-run/dev/dist/cli.js");
const sources = ["app", "db", "public", "package-lock.json", "vite.config.ts"];

export async function buildIfStale(): Promise<void> {
  if (isFresh()) return;
  if (!fs.existsSync(builder)) {
    // An installation without the tools, as in a container: its build is what it came with.
    if (fs.existsSync(serverBuild)) return;
    throw new OperatorError("Zum Bauen der Seiten fehlen Pakete; bitte „npm ci“ ausführen.");
  }
  // Two starts with different data folders share one build folder.
  await withLock(path.resolve("node_modules/.paktbuch-build.lock"), async () => {
    if (!isFresh()) await build();
  });
}

async function build(): Promise<void> {
  console.log("Paktbuch wird gebaut …");
  const child = spawn(process.execPath, [builder, "vite:build", "--logLevel", "warn"], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  whenLeaving(() => child.kill("SIGKILL"));
  let output = "";
  child.stdout.on("data", (text) => (output += text));
  child.stderr.on("data", (text) => (output += text));
  const exitCode = await new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  if (exitCode !== 0) throw new Error(`Die Seiten ließen sich nicht bauen.\n${output.trim()}`);
}

function isFresh(): boolean {
  const built = fs.statSync(serverBuild, { throwIfNoEntry: false });
  return built !== undefined && Math.max(...sources.map(newestIn)) <= built.mtimeMs;
}

/** A folder counts itself, so that a file taken away is noticed too. */
function newestIn(place: string): number {
  const found = fs.statSync(place, { throwIfNoEntry: false });
  if (!found) return 0;
  const inside = found.isDirectory() ? fs.readdirSync(place) : [];
  return Math.max(found.mtimeMs, ...inside.map((name) => newestIn(path.join(place, name))));
}

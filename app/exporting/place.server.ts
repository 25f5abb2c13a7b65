/**
 * Where the files of exports lie: in one folder, each under the id of its export. One that is being made ends
 * in `.tmp`; it takes its name when all of it is on the disk, so that no half file ever looks whole.
 */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { settings } from "#app/env.server.ts";

const draftEnding = ".tmp";

export function fileOf(id: string): string {
  return path.join(settings.exports.folder, id);
}

/** The file in the making; what it is put together from lies beside it with a name of its own. */
export function draftOf(id: string, part = ""): string {
  return fileOf(id) + (part && `.${part}`) + draftEnding;
}

/** Only the program's own account reads it: the files hold whole books. */
export async function openFolder(): Promise<void> {
  await mkdir(settings.exports.folder, { recursive: true, mode: 0o700 });
}

/** Gives the draft its name, once its bytes and then the name are on the disk. */
export async function keepFile(id: string): Promise<void> {
  await synced(draftOf(id));
  await rename(draftOf(id), fileOf(id));
  // The new name is safe only once its folder is written too; not every system can do that.
  if (process.platform !== "win32") await synced(settings.exports.folder);
}

async function synced(place: string): Promise<void> {
  const handle = await open(place);
  await handle.sync().finally(() => handle.close());
}

/** Leaves nothing of an export: neither the file nor a draft. */
export async function removeFiles(id: string): Promise<void> {
  await rm(fileOf(id), { force: true });
  await removeDrafts((name) => name.startsWith(id));
}

/**
 * Removes drafts that nobody is working on, such as those of a program that was killed: whatever is named by
 * more than an id, since a workbook has a draft of its own beside this one.
 */
export async function removeDrafts(isMeant: (name: string) => boolean): Promise<void> {
  const names = await readdir(settings.exports.folder).catch(() => [] as string[]);
  for (const name of names.filter((one) => one.includes(".") && isMeant(one))) {
    await rm(path.join(settings.exports.folder, name), { force: true });
  }
}

/** Size in bytes and SHA-256 of what is on the disk, read piece by piece. */
export async function measured(place: string): Promise<{ size: number; hash: string }> {
  const sum = createHash("sha256");
  for await (const piece of createReadStream(place)) sum.update(piece as Buffer);
  return { size: (await stat(place)).size, hash: sum.digest("hex") };
}

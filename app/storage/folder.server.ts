/** Keeps files in a folder, each under its SHA-256. */
import { randomUUID } from "node:crypto";
import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { type FileStore, pathOf } from "./file-store.ts";

export function folderStore(folder: string): FileStore {
  return {
    async keep(hash, content) {
      const place = path.join(folder, pathOf(hash));
      if (!(await isWhole(place, content.length))) await write(place, content);
      return null;
    },

    async open({ hash }) {
      try {
        const file = await open(path.join(folder, pathOf(hash)));
        return file.createReadStream();
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
        throw error;
      }
    },
  };
}

/** The same bytes kept before; a file of another size is one that somebody broke, and is written anew. */
async function isWhole(place: string, size: number): Promise<boolean> {
  return (await stat(place).catch(() => undefined))?.size === size;
}

/** Whole or not at all, a power failure included: the name comes last, when the bytes are on the disk. */
async function write(place: string, content: Buffer): Promise<void> {
  const parent = path.dirname(place);
  await mkdir(parent, { recursive: true, mode: 0o700 });
  const draft = `${place}.${randomUUID()}.tmp`;
  try {
    const file = await open(draft, "wx", 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, place);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  await syncFolder(parent);
}

/** The new name is safe only once its folder is written too; not every system can do that. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder);
  await handle.sync().finally(() => handle.close());
}

/** The file of a backup while it is written: members one after the other, the manifest last. */
import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { link, open, rm } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ZipFile } from "yazl";
import { OperatorError } from "#app/operator-error.ts";
import type { Manifest } from "./manifest.ts";

export type Member = {
  path: string;
  /** False for what is packed already, such as most attached files. */
  isPacked: boolean;
  open: () => Promise<AsyncIterable<Uint8Array>>;
};

type Sums = Manifest["members"];

/**
 * Writes the members and then what `last` makes of their sums. The file is readable by its owner only, and
 * takes its name when all of it is on the disk.
 * @throws OperatorError where a file of that name is there; nothing is left behind after any error
 */
export async function writeArchive(
  file: string,
  madeAt: Date,
  members: Member[],
  last: { path: string; content: (sums: Sums) => string },
  signal?: AbortSignal,
): Promise<void> {
  const draft = `${file}.unfertig`;
  const zip = new ZipFile();
  const archive = zip.outputStream as Readable;
  // Whatever breaks a member breaks the archive: yazl would wait for the rest of it forever.
  const breakOff = (error: Error) => void archive.destroy(error);
  zip.on("error", breakOff);
  const sums: Sums = {};
  const options = { mtime: madeAt, mode: 0o100600 };
  const add = (name: string, isPacked: boolean, open: Member["open"]) =>
    zip.addReadStreamLazy(
      name,
      // The lowest level: tables pack well by any, and the processor is what a backup waits for.
      { ...options, compress: !isPacked, compressionLevel: isPacked ? 0 : 1 },
      (give) => {
        open().then((pieces) => {
          const content = Readable.from(summed(name, pieces, sums), { objectMode: false });
          give(null, content.on("error", breakOff));
        }, breakOff);
      },
    );
  for (const { path, isPacked, open } of members) add(path, isPacked, open);
  add(last.path, false, async () => Readable.from([Buffer.from(last.content(sums))]));
  zip.end();

  try {
    await rm(draft, { force: true });
    const content = createWriteStream(draft, { flags: "wx", mode: 0o600, flush: true });
    await pipeline(archive, content, { signal });
    // Unlike a renaming, a link never takes the place of another backup.
    await link(draft, file);
    await syncFolder(path.dirname(file));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") throw new OperatorError(`Die Datei ${file} gibt es schon.`);
    if (code === "ENOENT" || code === "EACCES" || code === "ENOSPC" || code === "EROFS") {
      throw new OperatorError(`Die Sicherung lässt sich nicht nach ${file} schreiben (${code}).`);
    }
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

async function* summed(name: string, pieces: AsyncIterable<Uint8Array>, sums: Sums) {
  const sum = createHash("sha256");
  let size = 0;
  for await (const piece of pieces) {
    sum.update(piece);
    size += piece.length;
    yield piece;
  }
  sums[name] = { sha256: sum.digest("hex"), size };
}

/** The new name is safe only once its folder is written too; not every system can do that. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder);
  await handle.sync().finally(() => handle.close());
}

/** What a restore puts outside the database: files by their SHA-256, and the heads of the journals. */
import { createHash } from "node:crypto";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import type { Readable } from "node:stream";
import { headsFile, openHeadsFile } from "#app/records/heads.server.ts";
import { examine, type StoredFile, storeNamed } from "#app/records/stored-files.server.ts";
import { OperatorError } from "#app/operator-error.ts";
import { headsName, pathOfFile } from "./manifest.ts";
import type { OpenedBackup } from "./opened.server.ts";
import type { Books } from "./transaction.server.ts";

/**
 * Puts each file where its row says that it is kept, and reads it back. Files are only ever added, under their
 * SHA-256: one that is there already is the same, and a restore that fails later leaves no harm.
 */
export async function placeFiles({ sql }: Books, backup: OpenedBackup): Promise<number> {
  const files = await sql<StoredFile[]>`
    select distinct on (hash, stored_in) id, hash, size, stored_in as "storedIn" from attachments
    where stored_in <> 'database' order by hash, stored_in`;
  for (const file of files) {
    const store = storeNamed(file.storedIn);
    if (!store) {
      throw new OperatorError(
        "In der Sicherung sind Dateien, die in S3 lagen; bitte PAKTBUCH_S3_ENDPOINT und die Einstellungen dazu setzen.",
      );
    }
    if (!backup.manifest.members[pathOfFile(file.hash)]) throw altered(file);
    const content = await contentOf(await backup.open(pathOfFile(file.hash)));
    if (createHash("sha256").update(content).digest("hex") !== file.hash) throw altered(file);
    await store.keep(file.hash, content);
    if (await examine(file)) throw altered(file);
  }
  return files.length;
}

/** @throws OperatorError where another file of heads is there: it may tell of books that are newer */
export async function placeHeads(backup: OpenedBackup): Promise<void> {
  const heads = await contentOf(await backup.open(headsName));
  await openHeadsFile();
  const present = await readFile(headsFile());
  if (present.equals(heads)) return;
  if (present.length > 0) {
    throw new OperatorError(
      `Die Datei ${headsFile()} mit den Prüfsummen der Journale ist eine andere als in der Sicherung; ` +
        "bitte aufbewahren und PAKTBUCH_HEADS auf einen neuen Ordner setzen.",
    );
  }
  const draft = `${headsFile()}.unfertig`;
  try {
    await writeFile(draft, heads, { mode: 0o600, flush: true });
    await rename(draft, headsFile());
  } finally {
    await rm(draft, { force: true });
  }
}

/** Files have 20 MB at most. */
async function contentOf(stream: Readable): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

function altered({ hash }: StoredFile): OperatorError {
  return new OperatorError(
    `Die Datei ${hash} fehlt in der Sicherung oder lässt sich nicht ablegen.`,
  );
}

/** A backup that is read: nothing of it is used before all of it was compared with its manifest. */
import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import { type Entry, openPromise, type ZipFile } from "yauzl";
import { OperatorError } from "#app/operator-error.ts";
import { type Manifest, manifestName, manifestSchema } from "./manifest.ts";

/** Of a hundred thousand files, with room. */
const longestManifest = 100_000_000; // bytes

export type OpenedBackup = {
  manifest: Manifest;
  /** SHA-256 of the manifest, and through it of everything in the backup. */
  mark: string;
  open(path: string): Promise<Readable>;
  close(): void;
};

/** @throws OperatorError for a file that is no backup, or one of which a single byte is another */
export async function openBackup(file: string): Promise<OpenedBackup> {
  const zip = await openZip(file);
  try {
    const entries = await listEntries(zip, file);
    const entry = entries.get(manifestName);
    if (!entry || entry.uncompressedSize > longestManifest) throw noBackup(file);
    const text = await textOf(await zip.openReadStreamPromise(entry));
    const manifest = parsed(text, file);
    entries.delete(manifestName);
    const open = async (path: string) => zip.openReadStreamPromise(entries.get(path)!);
    await checkMembers(entries, manifest, open);
    const mark = createHash("sha256").update(text).digest("hex");
    return { manifest, mark, open, close: () => zip.close() };
  } catch (error) {
    zip.close();
    if (error instanceof OperatorError) throw error;
    // What the reader of the archive says of it is English, and of bytes.
    throw damaged("sie lässt sich nicht bis zum Ende lesen");
  }
}

async function openZip(file: string): Promise<ZipFile> {
  try {
    return await openPromise(file, { lazyEntries: true, autoClose: false });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (!code) throw noBackup(file);
    throw new OperatorError(`Die Sicherung ${file} lässt sich nicht lesen (${code}).`);
  }
}

async function listEntries(zip: ZipFile, file: string): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) {
    if (entries.has(entry.fileName)) throw noBackup(file);
    entries.set(entry.fileName, entry);
  }
  return entries;
}

function parsed(text: string, file: string): Manifest {
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch {
    throw noBackup(file);
  }
}

async function checkMembers(
  entries: Map<string, Entry>,
  { members }: Manifest,
  open: (path: string) => Promise<Readable>,
): Promise<void> {
  const surplus = [...entries.keys()].find((path) => !members[path]);
  if (surplus) throw damaged(`${surplus} steht nicht im Verzeichnis`);
  for (const [path, { sha256, size }] of Object.entries(members)) {
    const entry = entries.get(path);
    if (!entry) throw damaged(`${path} fehlt`);
    if (entry.uncompressedSize !== size) throw damaged(`${path} hat eine andere Größe`);
    const sum = createHash("sha256");
    for await (const piece of await open(path)) sum.update(piece as Buffer);
    if (sum.digest("hex") !== sha256) throw damaged(`${path} hat eine andere Prüfsumme`);
  }
}

async function textOf(stream: Readable): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString("utf8");
}

function noBackup(file: string): OperatorError {
  return new OperatorError(`Die Datei ${file} ist keine Sicherung von Paktbuch.`);
}

function damaged(what: string): OperatorError {
  return new OperatorError(`Die Sicherung ist beschädigt oder verändert: ${what}.`);
}

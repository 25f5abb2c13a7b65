/**
 * The bytes of files, wherever they are kept: in the database, in a folder, in S3. What is read back
 * is compared with its SHA-256.
 */
import { createHash } from "node:crypto";
import { and, eq, ne, sql } from "drizzle-orm";
import type { FileFault, FileStoreName } from "#app/domain/attachment.ts";
import { settings } from "#app/env.server.ts";
import { logError } from "#app/log.server.ts";
import { bucketStore } from "#app/storage/bucket.server.ts";
import type { FileKey, FileStore } from "#app/storage/file-store.ts";
import { folderStore } from "#app/storage/folder.server.ts";
import { db } from "#db/client.ts";
import { attachments } from "#db/schema/attachments.ts";

export type StoredFile = FileKey & { size: number; storedIn: FileStoreName };

/** Keeps the bytes where the setting says; what the file's row is to say of it. */
export async function keepBytes(hash: string, content: Buffer) {
  const storedIn = settings.files.store;
  return { storedIn, content: await storeNamed(storedIn)!.keep(hash, content) };
}

/** The whole file, or what is wrong with it. Files have 20 MB at most. */
export async function readStoredFile(
  file: StoredFile,
): Promise<{ content: Uint8Array<ArrayBuffer> } | { fault: FileFault }> {
  const pieces: Uint8Array[] = [];
  const fault = await examine(file, (piece) => pieces.push(piece));
  return fault ? { fault } : { content: new Uint8Array(Buffer.concat(pieces)) };
}

/** The bytes piece by piece, not compared with anything: whoever takes them sums them up. */
export async function openStoredFile(file: StoredFile): Promise<AsyncIterable<Uint8Array>> {
  const pieces = await storeNamed(file.storedIn)?.open(file);
  if (!pieces) throw new Error(`no bytes of ${file.id}`);
  return pieces;
}

/** Reads a file piece by piece and says what is wrong with it; nothing of it stays in memory. */
export async function examine(
  file: StoredFile,
  take: (piece: Uint8Array) => void = () => {},
): Promise<FileFault | undefined> {
  const store = storeNamed(file.storedIn);
  if (!store) return "not_set";
  const sum = createHash("sha256");
  let size = 0;
  try {
    const pieces = await store.open(file);
    if (!pieces) return "missing";
    for await (const piece of pieces) {
      size += piece.length;
      if (size > file.size) return "altered";
      sum.update(piece);
      take(piece);
    }
  } catch (cause) {
    logError(cause);
    return "unreachable";
  }
  return sum.digest("hex") === file.hash ? undefined : "altered";
}

/**
 * Reads every file of an authority that lies outside the database, one after the other. Those in the
 * database are among the proofs of the journal, which do not wait for other machines.
 */
export async function verifyFiles(schoolAuthorityId: string) {
  const files = await db
    .select({
      id: attachments.id,
      hash: attachments.hash,
      size: attachments.size,
      storedIn: attachments.storedIn,
      fileName: attachments.fileName,
    })
    .from(attachments)
    .where(
      and(
        eq(attachments.schoolAuthorityId, schoolAuthorityId),
        ne(attachments.storedIn, "database"),
      ),
    );
  const findings: { id: string; fileName: string; storedIn: FileStoreName; fault: FileFault }[] =
    [];
  for (const file of files) {
    const fault = await examine(file);
    if (fault) findings.push({ ...file, fault });
  }
  return { checked: files.length, findings };
}

/** Undefined for one that the settings do not name (any more). */
export function storeNamed(name: FileStoreName): FileStore | undefined {
  const { folder, bucket } = settings.files;
  if (name === "database") return databaseStore;
  if (name === "folder") return folderStore(folder);
  return bucket && bucketStore(bucket);
}

/** The row of the attachment holds the bytes: they are saved and restored with it. */
const databaseStore: FileStore = {
  keep: async (_hash, content) => content,
  async open({ id }) {
    const first = await readSlice(id, 0);
    return first === undefined ? undefined : slicesOf(id, first);
  },
};

/** What is asked of the database at once: a whole file would stand in memory several times over. */
const sliceBytes = 256 * 1024;

async function* slicesOf(id: string, first: Buffer) {
  let offset = 0;
  for (let slice = first; slice.length > 0; slice = (await readSlice(id, offset))!) {
    yield slice;
    offset += slice.length;
    if (slice.length < sliceBytes) return;
  }
}

/** Undefined where the row has no bytes. */
async function readSlice(id: string, offset: number): Promise<Buffer | undefined> {
  const [row] = await db
    .select({
      slice: sql<Buffer | null>`substring(${attachments.content} from ${offset + 1}::int for ${sliceBytes}::int)`,
    })
    .from(attachments)
    .where(eq(attachments.id, id));
  return row?.slice ?? undefined;
}

/** What every place that keeps the bytes of files can do. Bytes are never changed and never deleted. */

export type FileKey = {
  /** The attachment. */
  id: string;
  /** SHA-256 of the bytes, in hex: the name under which a folder or S3 keeps them. */
  hash: string;
};

export type FileStore = {
  /** Keeps the bytes for good before it answers. Gives back what the attachment's own row is to hold of them. */
  keep(hash: string, content: Buffer): Promise<Buffer | null>;
  /** The bytes piece by piece; undefined where there are none. */
  open(key: FileKey): Promise<AsyncIterable<Uint8Array> | undefined>;
};

/** "ab/cd/abcd…": two levels, so that no folder grows long. */
export function pathOf(hash: string): string {
  return `${hash.slice(0, 2)}/${hash.slice(2, 4)}/${hash}`;
}

/**
 * The parts of a workbook, which is a zip file. Nothing is unpacked but what is asked for, piece by
 * piece, and never more than the directory says and the limits allow.
 */
import { StringDecoder } from "node:string_decoder";
import { SaxesParser, type SaxesTagPlain } from "saxes";
import { type Entry, fromBufferPromise, type ZipFile } from "yauzl";
import { odd, Refusal } from "./refusal.ts";

export type PackageLimits = typeof packageLimits;

export const packageLimits = {
  parts: 500,
  unpackedBytes: 80 * 1024 * 1024,
  /** Markup packs well, about 1:20; whole files of one letter pack 1:1000. */
  ratio: 200,
  /** Rows that are all alike pack better, and what is small does no harm. */
  ratioCountsFrom: 5_000_000,
  /** Characters between two tags: the longest text of a cell, escaped. */
  betweenTags: 200_000,
};

/** Folders in which office programs keep the parts of a workbook. */
const partName =
  /^(\[Content_Types\]\.xml|(_rels|docProps|docMetadata|customXml|customUI|xl)\/[\w .%()/-]*)$/;

export type Package = {
  has(name: string): boolean;
  /** Walks through a part of markup. @throws Refusal, or Error where it is no markup. */
  walk(name: string, walker: Walker): Promise<void>;
  /** The same, pausing after each piece: what was met so far can be used before the rest is read. */
  steps(name: string, walker: Walker): AsyncGenerator<void>;
};

/** What happens at each tag and text; a walker that has enough says so by `isDone`. */
export type Walker = {
  open?(tag: SaxesTagPlain): void;
  text?(text: string): void;
  close?(tag: SaxesTagPlain): void;
};

/** @throws Refusal for a package that no office program writes, Error for one that is broken. */
export async function openPackage(
  file: Buffer,
  own: Partial<PackageLimits> = {},
): Promise<Package> {
  const most = { ...packageLimits, ...own };
  const zip = await fromBufferPromise(file, { lazyEntries: true, strictFileNames: false });
  if (zip.entryCount > most.parts) throw odd("too_many_parts");
  const entries = new Map<string, Entry>();
  let unpackedBytes = 0;
  for await (const entry of zip.eachEntry()) {
    checkEntry(entry, entries, most);
    unpackedBytes += entry.uncompressedSize;
    if (unpackedBytes > most.unpackedBytes) throw odd("unpacks_too_large");
    entries.set(entry.fileName, entry);
  }
  return {
    has: (name) => entries.has(name),
    async walk(name, walker) {
      for await (const _ of walkPart(zip, entries.get(name), walker));
    },
    steps: (name, walker) => walkPart(zip, entries.get(name), walker),
  };
}

function checkEntry(entry: Entry, others: Map<string, Entry>, most: PackageLimits): void {
  const { fileName, uncompressedSize, compressedSize } = entry;
  if (entry.isEncrypted()) throw new Refusal({ field: "file", rule: "workbook_encrypted" });
  if (!partName.test(fileName) || fileName.includes("..") || others.has(fileName)) {
    throw odd("strange_part");
  }
  const isSuspect = uncompressedSize > most.ratioCountsFrom;
  if (isSuspect && uncompressedSize > compressedSize * most.ratio) throw odd("unpacks_too_large");
}

async function* walkPart(
  zip: ZipFile,
  entry: Entry | undefined,
  walker: Walker,
): AsyncGenerator<void> {
  if (!entry) throw new Refusal({ field: "file", rule: "file_unreadable" });
  const parser = parserFor(walker);
  const decoder = new StringDecoder("utf8");
  const stream = await zip.openReadStreamPromise(entry);
  let bytes = 0;
  try {
    for await (const piece of stream as AsyncIterable<Buffer>) {
      bytes += piece.length;
      if (bytes > entry.uncompressedSize) throw odd("size_not_as_declared");
      parser.write(decoder.write(piece));
      yield;
    }
  } catch (error) {
    throw isWrongSize(error) ? odd("size_not_as_declared") : error;
  } finally {
    stream.destroy();
  }
  parser.close();
}

/** yauzl counts too, and says in words what it found. */
function isWrongSize(error: unknown): boolean {
  return error instanceof Error && /too (many|few) bytes in the stream/i.test(error.message);
}

function parserFor(walker: Walker) {
  const parser = new SaxesParser();
  let sinceTag = 0;
  // A document type may define texts that grow without end, or that are read from elsewhere.
  parser.on("doctype", () => {
    throw odd("document_type");
  });
  parser.on("opentag", (tag) => {
    sinceTag = 0;
    walker.open?.(tag);
  });
  parser.on("closetag", (tag) => {
    sinceTag = 0;
    walker.close?.(tag);
  });
  parser.on("text", (text) => walker.text?.(text));
  parser.on("cdata", (text) => walker.text?.(text));
  return {
    write(piece: string) {
      // The parser keeps a text until it ends.
      sinceTag += piece.length;
      parser.write(piece);
      if (sinceTag > packageLimits.betweenTags) throw odd("unpacks_too_large");
    },
    close: () => parser.close(),
  };
}

/** Writes a dossier (Prüfakte) as a ZIP file, one file after the other: none stands in memory whole. */
import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ZipFile } from "yazl";
import type { Dossier, DossierFile } from "../domain/dossier.ts";
import { dossierPaths, isPackable } from "./dossier-names.ts";
import { contentRow, generatedRow, listContent, listMissing, readMeOf } from "./dossier-lists.ts";

/** A file of which other bytes came than its row says. */
export class AlteredFile extends Error {
  override name = "AlteredFile";
  constructor(readonly path: string) {
    super(`other bytes than on file: ${path}`);
  }
}

export type Source = () => Promise<AsyncIterable<Uint8Array>>;
type Part = { path: string; madeAt: Date; isPacked: boolean; open: Source; note: Note };
type Note = (sum: { hash: string; size: number }) => void;

/**
 * The same dossier gives the same bytes: order, names and times are those of the books. What the list says of
 * a file is what went into the archive.
 * @throws AlteredFile where a file's bytes are not those of its SHA-256; nothing is left at the path then
 */
export async function writeDossier(
  dossier: Dossier,
  made: { name: string; open: Source }[],
  open: (file: DossierFile) => Promise<AsyncIterable<Uint8Array>>,
  path: string,
  onPart: () => void = () => {},
): Promise<void> {
  const zip = new ZipFile();
  const archive = zip.outputStream as Readable;
  // Whatever breaks a part breaks the archive: yazl would wait for the rest of it forever.
  const breakOff = (error: Error) => void archive.destroy(error);
  zip.on("error", breakOff);
  for (const part of partsOf(dossier, made, open)) {
    const options = { mtime: part.madeAt, compress: part.isPacked };
    zip.addReadStreamLazy(part.path, options, (give) => {
      part.open().then((pieces) => {
        const content = Readable.from(summed(part, pieces, onPart), { objectMode: false });
        give(null, content.on("error", breakOff));
      }, breakOff);
    });
  }
  zip.end();
  try {
    await pipeline(archive, createWriteStream(path));
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

async function* summed({ note }: Part, pieces: AsyncIterable<Uint8Array>, onPart: () => void) {
  const sum = createHash("sha256");
  let size = 0;
  for await (const piece of pieces) {
    sum.update(piece);
    size += piece.length;
    yield piece;
  }
  note({ hash: sum.digest("hex"), size });
  onPart();
}

/** First what is made for it, then every file, then the lists that say what went in. */
function partsOf(
  dossier: Dossier,
  made: { name: string; open: Source }[],
  open: (file: DossierFile) => Promise<AsyncIterable<Uint8Array>>,
): Part[] {
  const madeAt = new Date(dossier.knownOn);
  const rows: string[][] = [];
  const sums: string[] = [];
  const text = (path: string, content: () => string, note: Note): Part => {
    const pieces = async () => Readable.from([Buffer.from(`\ufeff${content()}`)]);
    return { path, madeAt, isPacked: true, open: pieces, note };
  };
  const noted =
    (path: string): Note =>
    ({ hash }) =>
      void sums.push(`${hash}  ${path}\n`);
  const generated =
    (path: string): Note =>
    (sum) => {
      noted(path)(sum);
      rows.push(generatedRow(path, sum));
    };

  const faults = faultsOf(dossier);
  const outside = dossier.files.filter(({ id, withdrawn }) => withdrawn || faults.has(id));
  const inside = dossier.files.filter((file) => !outside.includes(file));
  const paths = dossierPaths(inside);
  const readMe = text(
    "LIESMICH.txt",
    () => readMeOf(dossier, inside.length),
    generated("LIESMICH.txt"),
  );
  const missing = text("FEHLT.csv", () => listMissing(dossier.missing), generated("FEHLT.csv"));
  const files = inside.map((file, index): Part => {
    const path = paths[index]!;
    return {
      path,
      madeAt: new Date(file.attachedAt),
      isPacked: isPackable(file.mediaType),
      open: () => open(file),
      note(sum) {
        if (sum.hash !== file.hash) throw new AlteredFile(path);
        noted(path)(sum);
        rows.push(contentRow(file, { path, ...sum }));
      },
    };
  });
  const all = () => [
    ...rows,
    ...outside.map((file) => contentRow(file, null, faults.get(file.id))),
  ];
  return [
    readMe,
    ...made.map(({ name, open }): Part => {
      return { path: name, madeAt, isPacked: false, open, note: generated(name) };
    }),
    missing,
    ...files,
    text("INHALT.csv", () => listContent(all()), noted("INHALT.csv")),
    {
      path: "SHA256SUMS",
      madeAt,
      isPacked: true,
      open: async () => Readable.from([Buffer.from(sums.join(""))]),
      note: () => {},
    },
  ];
}

function faultsOf({ missing }: Dossier) {
  return new Map(missing.flatMap((one) => (one.why === "fault" ? [[one.file.id, one.fault]] : [])));
}

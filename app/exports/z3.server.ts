/** Writes a Z3 export as a ZIP: index.xml with its grammar, a file for each table, and the control sums. */
import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ZipFile } from "yazl";
import type { Money } from "#app/domain/money.ts";
import { type Z3Head, z3Heading, type Z3Table } from "#app/domain/z3.ts";
import { moment } from "./cells.ts";
import { dtd, dtdName } from "./z3-dtd.ts";
import { indexXml } from "./z3-index.ts";

export type Z3Content = {
  head: Z3Head;
  /** The moment that the export shows, as that of all its files: the same content makes the same export. */
  moment: Date;
  tables: Z3Table[];
  /** Records of a table in portions, each a line with its end; asked for one table after the other. */
  linesOf: (table: Z3Table) => AsyncIterable<string[]>;
  sums: { file: string; column: string; sum: Money }[];
};

/**
 * Leaves a whole file, or none.
 * @param onProgress told now and then how many records are written
 * @throws the signal's reason, and the error of a full disk
 */
export async function writeZ3File(
  content: Z3Content,
  target: string,
  { signal, onProgress }: { signal?: AbortSignal; onProgress?: (records: number) => void } = {},
): Promise<void> {
  const { head, tables, linesOf, sums } = content;
  const part = `${target}.part`;
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  // It hands on what goes wrong with a file of its own as an event, which nobody else hears.
  zip.on("error", (error) => output.destroy(error as Error));
  // Hashes hardly shrink: what more effort saves is not worth the time.
  const options = {
    mtime: wallClock(content.moment),
    forceDosTimestamp: true,
    mode: 0o100644,
    compressionLevel: 3,
  };
  let records = 0;
  let isOver = false;
  /** Ends when nothing is read any more. */
  let reading = Promise.resolve();
  async function* bytesOf(table: Z3Table) {
    if (isOver) return;
    let ended = () => {};
    reading = new Promise((resolve) => (ended = resolve));
    try {
      yield Buffer.from(z3Heading(table), "utf8");
      for await (const lines of linesOf(table)) {
        signal?.throwIfAborted();
        records += lines.length;
        yield Buffer.from(lines.join(""), "utf8");
        onProgress?.(records);
      }
    } finally {
      ended();
    }
  }
  try {
    zip.addBuffer(Buffer.from(indexXml(head, tables), "utf8"), "index.xml", options);
    zip.addBuffer(Buffer.from(dtd, "utf8"), dtdName, options);
    zip.addBuffer(Buffer.from(sumsText(sums), "utf8"), "SUMMEN.txt", options);
    const opened: Readable[] = [];
    for (const table of tables) {
      zip.addReadStreamLazy(table.file, options, (give) => {
        const stream = Readable.from(bytesOf(table), { objectMode: false });
        // The zip hears nothing of it, and unheard it would end the program.
        stream.on("error", (error) => output.destroy(error));
        opened.push(stream);
        give(null, stream);
      });
    }
    zip.end();
    try {
      const file = createWriteStream(part);
      await pipeline(output, file, { signal });
    } finally {
      // What is still being read ends before the transaction that it is read in.
      isOver = true;
      for (const stream of opened) stream.destroy();
      await reading;
    }
    await rename(part, target);
  } catch (error) {
    await rm(part, { force: true });
    signal?.throwIfAborted();
    throw error;
  }
}

/** A line for each column of amounts: file, column, and the sum of its records in euro. */
export function sumsText(sums: Z3Content["sums"]): string {
  return sums
    .map(({ file, column, sum }) => `${file}\t${column}\t${sum.toFixed(2).replace(".", ",")}\n`)
    .join("");
}

/** The clock on the wall in Berlin, whatever the zone of this machine: the same books are the same file everywhere. */
function wallClock(at: Date): Date {
  const [day, time] = moment(at.toISOString()).toISOString().slice(0, 19).split("T");
  // Without a zone it is read in this machine's, in which the archive writes it down again.
  return new Date(`${day}T${time}`);
}

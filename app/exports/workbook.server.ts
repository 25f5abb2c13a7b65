/**
 * Writes a workbook (.xlsx) of any length: the frame by exceljs, the rows by `sheet-rows.ts`, both into a zip file by
 * yazl, with memory for a few hundred rows. The same content gives the same bytes.
 */
import { createHash, type Hash } from "node:crypto";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ZipFile } from "yazl";
import { type FrameSheet, type Margins, makeFrame, type Name, type Properties } from "./frame.ts";
import { SharedTexts, type TextFaults } from "./cell-text.ts";
import { RowWriter } from "./sheet-rows.ts";
import { type Layout, mostRows, type Portions, type Shape, type Table } from "./table.ts";

export type { Margins, Name, Properties };

/** A sheet that is written: its shape for formulas, and what to know of its content. */
export type SealedSheet<Key extends string = string> = Shape<Key> & {
  /** SHA-256, in hexadecimal digits, of the sheet's canonical text (see `sealNote` in notes.ts). */
  seal: string;
  faults: TextFaults;
};

export type Options = {
  /** Ends the writing; the file is removed, and what is thrown is the signal's reason. */
  signal?: AbortSignal | undefined;
  /** Rows of one sheet of uncounted rows at most, for tests. */
  rowsPerSheet?: number | undefined;
};

/** Zip files know no time zone and no time before this one. */
const noTime = new Date(1980, 0, 1);
const entryOptions = { mtime: noTime, forceDosTimestamp: true, mode: 0o100644 };
/** Letters that are handed on together. */
const portion = 65_536;

/**
 * Writes a workbook with what `fill` adds, and gives it its name only when all of it is on the disk: a file of
 * that name is whole. @throws what `fill` throws, the signal's reason, or the error of a full disk; no file is left
 */
export async function writeWorkbook(
  path: string,
  properties: Properties,
  fill: (workbook: WorkbookParts) => Promise<Name[]>,
  { signal, rowsPerSheet = mostRows }: Options = {},
): Promise<void> {
  signal?.throwIfAborted();
  const unfinished = `${path}.unfertig`;
  const ending = new AbortController();
  const zip = new ZipFile();
  const file = createWriteStream(unfinished, { flush: true });
  const stored = pipeline(zip.outputStream, file, { signal: ending.signal });
  const broken = new Promise<never>((_, reject) => {
    stored.catch(reject);
    zip.once("error", reject);
    signal?.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
  });
  broken.catch(() => {});
  const workbook = new WorkbookParts(zip, properties, rowsPerSheet, broken, ending.signal);
  try {
    await Promise.race([fill(workbook).then((names) => workbook.finish(names)), broken]);
    await Promise.race([stored, broken]);
    signal?.throwIfAborted();
    await rename(unfinished, path);
  } catch (error) {
    ending.abort(error);
    await stored.catch(() => {});
    if (!file.closed) await once(file, "close").catch(() => {});
    await rm(unfinished, { force: true });
    throw error;
  }
}

type Placed = { frame: FrameSheet; tail: string };

/** The parts of a workbook that is being written; sheets may come in any order. */
export class WorkbookParts {
  private readonly placed: Placed[] = [];
  private readonly texts = new SharedTexts();

  constructor(
    private readonly zip: ZipFile,
    private readonly properties: Properties,
    private readonly rowsPerSheet: number,
    private readonly broken: Promise<never>,
    private readonly ended: AbortSignal,
  ) {}

  /** Writes a table as the sheet at a place, counted from 0. @throws RangeError with more rows than a sheet has */
  async add<Row, Key extends string>(
    place: number,
    table: Table<Row, Key>,
    formats: FrameSheet["formats"] = [],
  ): Promise<SealedSheet<Key>> {
    const { rows } = table;
    if (rows.length > mostRows) throw new RangeError(`too many rows for a sheet: ${rows.length}`);
    return this.addPart(place, table, new Source([rows]), mostRows, formats);
  }

  /**
   * Writes rows that nobody counted, on as many sheets as they need, from the place on: "Journal", "Journal 2".
   * Without rows it is one sheet with its heading.
   */
  async addLong<Row, Key extends string>(
    place: number,
    layout: Layout<Row, Key>,
    portions: Portions<Row>,
  ): Promise<SealedSheet<Key>[]> {
    const source = new Source(portions);
    const sheets: SealedSheet<Key>[] = [];
    try {
      do {
        const number = sheets.length + 1;
        const sheet = number === 1 ? layout.sheet : `${layout.sheet} ${number}`;
        const part = { ...layout, sheet };
        sheets.push(await this.addPart(place + number - 1, part, source, this.rowsPerSheet));
      } while (await source.hasMore());
    } finally {
      await source.close();
    }
    return sheets;
  }

  private async addPart<Row, Key extends string>(
    place: number,
    layout: Layout<Row, Key>,
    source: Source<Row>,
    most: number,
    formats: FrameSheet["formats"] = [],
  ): Promise<SealedSheet<Key>> {
    const { sheet, columns } = layout;
    const frameOf = (length: number): FrameSheet => ({ ...layout, formats, rows: { length } });
    const frame = await makeFrame(this.properties, [frameOf(0)]);
    const writer = new RowWriter(layout, frame.styleId, this.texts);
    const hash = createHash("sha256");
    const count = { rows: 0 };
    const finishing = async () => {
      const whole = frameOf(count.rows);
      const { tail } = (await makeFrame(this.properties, [whole])).sheets[0]!;
      this.placed[place] = { frame: whole, tail };
      return tail;
    };
    const { head } = frame.sheets[0]!;
    const pieces = this.piecesOf({ head, writer, source, most, hash, count, finishing });
    await this.put(`xl/worksheets/sheet${place + 1}.xml`, pieces);
    const seal = hash.digest("hex");
    return { sheet, columns, rows: { length: count.rows }, seal, faults: writer.faults };
  }

  private async *piecesOf<Row, Key extends string>(part: {
    head: string;
    writer: RowWriter<Row, Key>;
    source: Source<Row>;
    most: number;
    hash: Hash;
    count: { rows: number };
    finishing: () => Promise<string>;
  }): AsyncGenerator<Buffer> {
    const { head, writer, source, most, hash, count } = part;
    const heading = writer.heading();
    let markup = `${head}<sheetData>${heading.markup}`;
    let lines = heading.line;
    while (count.rows < most && (await source.hasMore())) {
      for (const row of source.take(most - count.rows)) {
        const written = writer.write(row);
        markup += written.markup;
        lines += written.line;
        count.rows += 1;
        if (markup.length < portion) continue;
        hash.update(lines);
        yield Buffer.from(markup);
        markup = lines = "";
      }
    }
    hash.update(lines);
    yield Buffer.from(`${markup}</sheetData>${await part.finishing()}`);
  }

  /** Hands an entry to the zip, piece by piece as it takes them, and waits until it has all. */
  private async put(name: string, pieces: AsyncIterable<Buffer>): Promise<void> {
    const stream = Readable.from(pieces, { objectMode: false, highWaterMark: 4 * portion });
    const taken = once(stream, "close");
    const failed = new Promise<never>((_, reject) => stream.once("error", reject));
    failed.catch(() => {});
    this.zip.addReadStream(stream, name, { ...entryOptions, compressionLevel: 1 });
    try {
      await Promise.race([taken, failed, this.broken]);
      // The stream may be closed because all was ended.
      this.ended.throwIfAborted();
    } finally {
      stream.destroy();
      taken.catch(() => {});
    }
  }

  /** Writes all but the sheets, and ends the file. */
  async finish(names: Name[]): Promise<void> {
    const frames = this.placed.map(({ frame }) => frame);
    const { parts, sheets } = await makeFrame(this.properties, frames, names);
    // Formats of a sheet are numbered through the workbook: more than one sheet with them would be wrong here.
    const isSame = sheets.every(({ tail }, index) => tail === this.placed[index]!.tail);
    if (!isSame) throw new RangeError("a sheet depends on the ones before it");
    parts.set("xl/sharedStrings.xml", Buffer.from(this.texts.part()));
    for (const [name, content] of [...parts].sort(([a], [b]) => (a < b ? -1 : 1))) {
      this.zip.addReadStream(Readable.from([content]), name, {
        ...entryOptions,
        compressionLevel: 1,
      });
    }
    this.zip.end();
  }
}

/** Rows taken one portion after another, by one sheet and the next. */
class Source<Row> {
  private readonly portions: Iterator<Row[]> | AsyncIterator<Row[]>;
  private rows: Row[] = [];
  private taken = 0;

  constructor(portions: Portions<Row>) {
    this.portions =
      Symbol.asyncIterator in portions
        ? portions[Symbol.asyncIterator]()
        : portions[Symbol.iterator]();
  }

  async hasMore(): Promise<boolean> {
    while (this.taken >= this.rows.length) {
      const { done, value } = await this.portions.next();
      if (done) return false;
      this.rows = value;
      this.taken = 0;
    }
    return true;
  }

  *take(most: number): Generator<Row> {
    const end = Math.min(this.rows.length, this.taken + most);
    while (this.taken < end) yield this.rows[this.taken++]!;
  }

  async close(): Promise<void> {
    await this.portions.return?.();
  }
}

/**
 * The frame of a workbook, made by exceljs: styles, properties, names, and each sheet with its columns, page and
 * filter, but without its rows. It is taken apart here, so that rows of any number can be written between.
 */
import ExcelJS from "exceljs";
import { buffer } from "node:stream/consumers";
import { fromBufferPromise } from "yauzl";
import { type CellStyle, knownStyles } from "./styles.ts";
import { letterOf } from "./table.ts";

/** Printed above and below each page, in the codes of a workbook. */
export type Margins = { header: string; footer: string };

export type Properties = {
  title: string;
  subject: string;
  description: string;
  /** ISO 8601 in UTC. Of what it shows, not of the making: the same content makes the same file. */
  moment: string;
  margins: Margins;
};

export type FrameSheet = {
  sheet: string;
  columns: { width: number }[];
  frozenColumns?: number;
  hasFilter?: boolean;
  /** Below the heading. */
  rows: { readonly length: number };
  formats?: ExcelJS.ConditionalFormattingOptions[];
};

export type Name = { name: string; ranges: string[] };

export type Frame = {
  /** What is no sheet, by its place in the file. */
  parts: Map<string, Buffer>;
  /** What stands before and after the rows of each sheet. */
  sheets: { head: string; tail: string }[];
  styleId: (style: CellStyle) => number;
};

/** Sheets must come with the same first one for the same numbers of styles. */
export async function makeFrame(
  properties: Properties,
  sheets: FrameSheet[],
  names: Name[] = [],
): Promise<Frame> {
  const made = new Date(properties.moment);
  const workbook = Object.assign(new ExcelJS.Workbook(), {
    creator: "Paktbuch",
    lastModifiedBy: "Paktbuch",
    created: made,
    modified: made,
    title: properties.title,
    subject: properties.subject,
    description: properties.description,
    language: "de-DE",
    // exceljs would keep an object for each cell of a named range.
    _definedNames: { model: names },
  });
  for (const sheet of sheets) addSheet(workbook, sheet, properties.margins);
  const samples = workbook.worksheets[0]!.getRow(1);
  for (const [index, style] of knownStyles.entries()) samples.getCell(index + 1).style = style;
  // With one text, exceljs makes room for those that rows share.
  samples.getCell(1).value = "Text";
  return takenApart(Buffer.from(await workbook.xlsx.writeBuffer()));
}

function addSheet(
  workbook: ExcelJS.Workbook,
  { sheet: name, columns, frozenColumns = 0, hasFilter = true, rows, formats = [] }: FrameSheet,
  { header, footer }: Margins,
) {
  const pages = pagesWide(columns);
  const sheet = workbook.addWorksheet(name, {
    views: [{ state: "frozen", xSplit: frozenColumns, ySplit: 1, showGridLines: false }],
    pageSetup: {
      paperSize: 9, // A4
      orientation: "landscape",
      fitToPage: true,
      fitToWidth: pages,
      fitToHeight: 0,
      printTitlesRow: "1:1",
      ...(pages > 1 && frozenColumns > 0
        ? { printTitlesColumn: `A:${letterOf(frozenColumns - 1)}` }
        : {}),
      // exceljs puts one "$" before the letter only.
      printArea: `A$1:${letterOf(columns.length - 1)}$${rows.length + 1}`,
      margins: { left: 0.4, right: 0.4, top: 0.6, bottom: 0.6, header: 0.3, footer: 0.3 },
    },
    headerFooter: { oddHeader: header, oddFooter: footer },
  });
  sheet.columns = columns.map(({ width }) => ({ width }));
  // As text: given as places, exceljs would put a cell there.
  if (hasFilter) sheet.autoFilter = `A1:${letterOf(columns.length - 1)}${rows.length + 1}`;
  for (const format of formats) sheet.addConditionalFormatting(format);
}

/** Units of width that can still be read on a page: letters of 9 points become ones of almost 5. */
const readableWidth = 285;

/** A wide sheet is printed on pages side by side, each with the columns that stay in view. */
function pagesWide(columns: { width: number }[]): number {
  return Math.ceil(columns.reduce((sum, { width }) => sum + width, 0) / readableWidth);
}

const sheetPart = /^xl\/worksheets\/sheet(\d+)\.xml$/;

async function takenApart(file: Buffer): Promise<Frame> {
  const zip = await fromBufferPromise(file, { lazyEntries: true });
  const parts = new Map<string, Buffer>();
  const sheets: Frame["sheets"] = [];
  let samples = "";
  for await (const entry of zip.eachEntry()) {
    const content = await buffer(await zip.openReadStreamPromise(entry));
    const number = sheetPart.exec(entry.fileName)?.[1];
    if (number === undefined) {
      if (!entry.fileName.endsWith("/")) parts.set(entry.fileName, content);
      continue;
    }
    const [, head, rows, tail] = /^(.*?)(<sheetData\/>|<sheetData>.*<\/sheetData>)(.*)$/s.exec(
      content.toString("utf8"),
    )!;
    sheets[Number(number) - 1] = { head: head!.replace(/<dimension [^>]*>/, ""), tail: tail! };
    if (number === "1") samples = rows!;
  }
  return { parts, sheets, styleId: numbersOf(samples) };
}

/** The number of each style is that of its sample. */
function numbersOf(samples: string): Frame["styleId"] {
  const numbers = [...samples.matchAll(/<c r="[A-Z]+1" s="(\d+)"/g)].map(([, id]) => Number(id));
  if (numbers.length !== knownStyles.length) throw new RangeError("samples of styles are missing");
  const idOf = new Map(knownStyles.map((style, index) => [style, numbers[index]!]));
  return (style) => {
    const id = idOf.get(style);
    if (id === undefined) throw new RangeError("a style that styles.ts does not name");
    return id;
  };
}

/** A tagged A4 paper: text and tables with their structure for screen readers, page numbers, own fonts. */
import { createRequire } from "node:module";
import PDFDocument from "pdfkit";
import type { Day } from "#app/domain/calendar.ts";

/** Fira Sans under the SIL Open Font License, embedded: the paper looks the same everywhere. */
const require = createRequire(import.meta.url);
const fontFile = (subset: string, weight: number) =>
  require.resolve(`@fontsource/fira-sans/files/fira-sans-${subset}-${weight}-normal.woff`);
const fonts = [
  ["plain", fontFile("latin", 400)],
  ["strong", fontFile("latin", 600)],
  ["plain-ext", fontFile("latin-ext", 400)],
  ["strong-ext", fontFile("latin-ext", 600)],
] as const;

/** Letters that stand in the second file of the font, such as those of Polish and Turkish names. */
const extended = /([\u0100-\u0130\u0132-\u0151\u0154-\u02ba\u1e00-\u1eff]+)/;

export const millimetre = 72 / 25.4;
export const margins = {
  top: 20 * millimetre,
  left: 25 * millimetre,
  right: 20 * millimetre,
  bottom: 25 * millimetre,
};

export type Paper = PDFKit.PDFDocument;
export type Weight = "plain" | "strong";
/** A part of the document's structure, to which its pieces are added. */
export type Tag = ReturnType<Paper["struct"]>;

/** An empty paper with its first page. Its only day is that of the document: made twice, it is the same file. */
export function openPaper(
  title: string,
  author: string,
  on: Day,
  { isLandscape = false }: { isLandscape?: boolean } = {},
): { paper: Paper; root: Tag } {
  const made = new Date(`${on}T00:00:00Z`);
  const paper = new PDFDocument({
    size: "A4",
    layout: isLandscape ? "landscape" : "portrait",
    margins,
    lang: "de-DE",
    tagged: true,
    displayTitle: true,
    pdfVersion: "1.7",
    subset: "PDF/A-3a",
    bufferPages: true,
    font: fontFile("latin", 400),
    info: {
      Title: title,
      Author: author,
      Creator: "Paktbuch",
      Producer: "Paktbuch",
      CreationDate: made,
      ModDate: made,
    },
  });
  for (const [name, file] of fonts) paper.registerFont(name, file);
  const root = paper.struct("Document");
  paper.addStructure(root);
  return { paper, root };
}

/** Numbers the pages and gives the file. */
export function closePaper(paper: Paper, root: Tag, footer: string): Promise<Buffer<ArrayBuffer>> {
  root.end();
  const { start, count } = paper.bufferedPageRange();
  for (let page = start; page < start + count; page += 1) {
    paper.switchToPage(page);
    paper.page.margins.bottom = 0;
    artifact(paper, () => {
      paper.font("plain").fontSize(8).fillColor("#444444");
      const y = paper.page.height - 15 * millimetre;
      const text = `${footer} · Seite ${page + 1 - start} von ${count}`;
      paper.text(text, margins.left, y, { width: contentWidth(paper), align: "right" });
    });
  }
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    paper.on("data", (chunk: Buffer) => chunks.push(chunk));
    paper.on("end", () => resolve(Buffer.concat(chunks)));
    paper.on("error", reject);
    paper.end();
  });
}

export function contentWidth(paper: Paper): number {
  return paper.page.width - margins.left - margins.right;
}

/** What is no content: lines, shades, page numbers. */
export function artifact(paper: Paper, draw: () => void) {
  paper.markContent("Artifact", { type: "Layout" });
  draw();
  paper.endMarkedContent();
}

/** Leaves for the next page what would not stand together on this one. */
export function keepTogether(paper: Paper, height: number) {
  if (paper.y + height > paper.page.height - margins.bottom) paper.addPage();
}

type TextStyle = {
  size?: number;
  weight?: Weight;
  color?: string;
  /** For a cell of a table: what it heads, and over how many columns it goes. */
  cell?: { Scope?: "Row" | "Column"; ColSpan?: number };
};

/** Writes a text with its tag at the place, or where the last one ended. */
export function write(
  paper: Paper,
  parent: Tag,
  tag: string,
  text: string,
  {
    size = 10,
    weight = "plain",
    color = "#000000",
    cell,
    x = margins.left,
    y,
    ...layout
  }: TextStyle & PDFKit.Mixins.TextOptions & { x?: number; y?: number } = {},
) {
  const options = { width: contentWidth(paper), lineGap: 1.5, ...layout };
  const part = paper.struct(tag, {}, () => {
    paper.fontSize(size).fillColor(color);
    const runs = text.normalize("NFC").split(extended);
    const last = runs.findLastIndex((run) => run !== "");
    let isFirst = true;
    runs.forEach((run, index) => {
      if (run === "") return;
      paper.font(index % 2 === 1 ? `${weight}-ext` : weight);
      const place = { ...options, continued: index < last };
      if (isFirst) paper.text(run, x, y ?? paper.y, place);
      else paper.text(run, place);
      isFirst = false;
    });
  });
  if (cell) {
    const attributes = paper.ref({ O: "Table", ...cell });
    attributes.end(undefined);
    // Of pdfkit only its own tables set them, and those know no fonts for parts of a text.
    const { dictionary } = part as unknown as { dictionary: { data: Record<string, unknown> } };
    dictionary.data.A = attributes;
  }
  parent.add(part);
}

export function heightOf(paper: Paper, text: string, width: number, size: number): number {
  return paper.font("strong").fontSize(size).heightOfString(text, { width });
}

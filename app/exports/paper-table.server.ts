/** A tagged table on a paper: columns as wide as their words need, the heading again on each page. */
import {
  artifact,
  contentWidth,
  heightOf,
  keepTogether,
  margins,
  type Paper,
  type Tag,
  write,
} from "./paper.server.ts";

export type PaperTable = {
  columns: { label: string; isNumeric: boolean }[];
  rows: string[][];
  /** A row to be seen at once. */
  marked: number | null;
  /** Rows of this table that are sums of those above them. */
  sums?: number[];
  /** Rows whose first cell heads those below it, over all columns. */
  headings?: number[];
  footer: string[] | null;
};

const size = 8.5;
const gap = 8;
const padding = 2.5;

export function writeTable(paper: Paper, parent: Tag, table: PaperTable) {
  const widths = widthsOf(paper, table);
  const tag = paper.struct("Table");
  parent.add(tag);
  const heading = table.columns.map(({ label }) => label);
  const row = (cells: string[], kind: "heading" | "plain" | "marked" | "total") =>
    writeRow(paper, tag, table, widths, cells, kind);
  const hasHeading = heading.some((label) => label !== "");

  keepTogether(paper, 4 * rowHeight(paper, table.columns, heading, widths));
  if (hasHeading) row(heading, "heading");
  table.rows.forEach((cells, index) => {
    const before = paper.page;
    // The total never stands alone on a page.
    const isHeading = table.headings?.includes(index) ?? false;
    const last = index === table.rows.length - 1;
    const isSumAt = (place: number) => table.sums?.includes(place) ?? false;
    // Nor does a heading without a row, which its sum may follow.
    const place = isHeading ? index + 1 : index;
    const together = [
      table.rows[place]!,
      ...(isSumAt(place + 1) ? [table.rows[place + 1]!] : []),
      ...(last && table.footer ? [table.footer] : []),
    ];
    const needed = together.map((one) => rowHeight(paper, table.columns, one, widths));
    keepTogether(paper, sumOf(needed) + (isHeading ? groupHeight : 0));
    if (paper.page !== before && hasHeading) row(heading, "heading");
    if (isHeading) return writeGroupHeading(paper, tag, cells[0]!, table.columns.length);
    row(cells, isSumAt(index) ? "total" : index === table.marked ? "marked" : "plain");
  });
  if (table.footer) row(table.footer, "total");
  tag.end();
  paper.x = margins.left;
}

/**
 * Figures take what their longest cell needs; the first column has the rest, and wraps. Where that leaves it too
 * little, headings of figures wrap, and all columns of words share what is left.
 */
function widthsOf(paper: Paper, { columns, rows, footer, headings = [] }: PaperTable): number[] {
  paper.font("strong").fontSize(size);
  const cells = [
    ...rows.filter((_, index) => !headings.includes(index)),
    ...(footer ? [footer] : []),
  ];
  const widthOf = (text: string) => paper.widthOfString(text, { features: ["tnum"] });
  const widest = (texts: string[]) => Math.max(...texts.map(widthOf), 24);
  const cellsOf = (index: number) => cells.map((row) => row[index]!);
  const needed = columns.map(({ label }, index) => widest([label, ...cellsOf(index)]));
  const others = needed.slice(1).map((width) => width + gap);
  const rest = contentWidth(paper) - sumOf(others);
  const isFirstOfWords = !columns[0]!.isNumeric;
  if (isFirstOfWords && rest >= Math.min(needed[0]! + gap, 150)) {
    // A table of few columns stays narrow enough for the eye to follow a row.
    const first = columns.length > 3 ? rest : Math.min(rest, Math.max(needed[0]! + gap, 190));
    return [first, ...others];
  }
  const least = columns.map(({ label, isNumeric }, index) => {
    const texts = isNumeric ? cellsOf(index) : cellsOf(index).flatMap((text) => text.split(" "));
    return Math.min(widest([...label.split(" "), ...texts]), isNumeric ? Infinity : 90) + gap + 1;
  });
  const spare = contentWidth(paper) - sumOf(least);
  const wishes = needed.map((width, index) => Math.max(width + gap - least[index]!, 0));
  const wished = sumOf(wishes);
  // Too many figures for the page: all columns give way alike.
  if (spare < 0) return least.map((width) => (width * contentWidth(paper)) / sumOf(least));
  if (wished === 0) return least;
  return least.map((width, index) => width + wishes[index]! * Math.min(spare / wished, 1));
}

function sumOf(lengths: number[]): number {
  return lengths.reduce((total, length) => total + length, 0);
}

const groupHeight = 20;

/** One cell over all columns: what the rows below it have in common. */
function writeGroupHeading(paper: Paper, table: Tag, text: string, span: number) {
  const row = paper.struct("TR");
  table.add(row);
  paper.y += padding + 3;
  const top = paper.y;
  write(paper, row, "TH", text, {
    ...{ size, weight: "strong", lineGap: 0, y: top },
    cell: { Scope: "Row", ColSpan: span },
  });
  row.end();
  paper.y += padding;
}

/** Words keep away from the column before them; figures stand at the right end of theirs. */
function indentOf(columns: PaperTable["columns"], index: number): number {
  return index > 0 && !columns[index]!.isNumeric ? gap : 0;
}

function rowHeight(
  paper: Paper,
  columns: PaperTable["columns"],
  cells: string[],
  widths: number[],
): number {
  if (cells.length === 0) return 0;
  const heights = cells.map((text, index) => {
    return heightOf(paper, text || " ", widths[index]! - indentOf(columns, index), size);
  });
  return Math.max(...heights) + 2 * padding;
}

function writeRow(
  paper: Paper,
  table: Tag,
  { columns }: PaperTable,
  widths: number[],
  cells: string[],
  kind: "heading" | "plain" | "marked" | "total",
) {
  const height = rowHeight(paper, columns, cells, widths);
  const top = paper.y;
  const right = margins.left + sumOf(widths);
  artifact(paper, () => {
    if (kind === "marked") {
      paper.rect(margins.left - 3, top, right - margins.left + 6, height).fill("#e8eef5");
    }
    if (kind === "heading" || kind === "total") {
      const y = kind === "heading" ? top + height : top;
      paper.moveTo(margins.left, y).lineTo(right, y).lineWidth(0.6).stroke("#000000");
    }
  });
  const row = paper.struct("TR");
  table.add(row);
  let x = margins.left;
  cells.forEach((text, index) => {
    const tag = kind === "heading" || index === 0 ? "TH" : "TD";
    const indent = indentOf(columns, index);
    write(paper, row, tag, text || " ", {
      size,
      weight: kind === "plain" ? "plain" : "strong",
      x: x + indent,
      y: top + padding,
      width: widths[index]! - indent,
      lineGap: 0,
      features: columns[index]!.isNumeric ? ["tnum"] : [],
      align: columns[index]!.isNumeric ? "right" : "left",
      ...(tag === "TH" ? { cell: { Scope: kind === "heading" ? "Column" : "Row" } } : {}),
    });
    x += widths[index]!;
  });
  row.end();
  paper.y = top + height;
}

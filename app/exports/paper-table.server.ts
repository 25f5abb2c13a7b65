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

  keepTogether(paper, 4 * rowHeight(paper, heading, widths));
  if (hasHeading) row(heading, "heading");
  table.rows.forEach((cells, index) => {
    const before = paper.page;
    // The total never stands alone on a page.
    const next = index === table.rows.length - 1 ? table.footer : null;
    const needed = [cells, ...(next ? [next] : [])].map((one) => rowHeight(paper, one, widths));
    keepTogether(paper, sumOf(needed));
    if (paper.page !== before && hasHeading) row(heading, "heading");
    row(cells, index === table.marked ? "marked" : "plain");
  });
  if (table.footer) row(table.footer, "total");
  tag.end();
  paper.x = margins.left;
}

/** Figures take what their longest cell needs; the first column has the rest, and wraps. */
function widthsOf(paper: Paper, { columns, rows, footer }: PaperTable): number[] {
  paper.font("strong").fontSize(size);
  const all = [columns.map(({ label }) => label), ...rows, ...(footer ? [footer] : [])];
  const needed = columns.map((_, index) =>
    Math.max(...all.map((cells) => paper.widthOfString(cells[index]!, { features: ["tnum"] })), 24),
  );
  const others = needed.slice(1).map((width) => width + gap);
  const rest = contentWidth(paper) - sumOf(others);
  // A table of few columns stays narrow enough for the eye to follow a row.
  const first = columns.length > 3 ? rest : Math.min(rest, Math.max(needed[0]! + gap, 190));
  return [first, ...others];
}

function sumOf(lengths: number[]): number {
  return lengths.reduce((total, length) => total + length, 0);
}

function rowHeight(paper: Paper, cells: string[], widths: number[]): number {
  const heights = cells.map((text, index) => heightOf(paper, text || " ", widths[index]!, size));
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
  const height = rowHeight(paper, cells, widths);
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
    write(paper, row, tag, text || " ", {
      size,
      weight: kind === "plain" ? "plain" : "strong",
      x,
      y: top + padding,
      width: widths[index]!,
      lineGap: 0,
      features: columns[index]!.isNumeric ? ["tnum"] : [],
      align: columns[index]!.isNumeric ? "right" : "left",
    });
    x += widths[index]!;
  });
  row.end();
  paper.y = top + height;
}

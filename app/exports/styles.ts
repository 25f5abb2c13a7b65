/**
 * How cells look. Each style is one object for the whole workbook: the frame that exceljs makes of a workbook gives
 * each a number, and rows are written with these numbers.
 */
import type { Alignment, Border, Fill, Font, Style } from "exceljs";

export type CellStyle = Partial<Style>;

const ink = "FF1F2933";
const font: Partial<Font> = { name: "Arial", size: 9, color: { argb: ink } };
const line: Partial<Border> = { style: "thin", color: { argb: "FFD5DCE4" } };
const strongLine: Partial<Border> = { style: "thin", color: { argb: "FF5B7083" } };

function fill(argb: string): Fill {
  return { type: "pattern", pattern: "solid", fgColor: { argb } };
}

function cell(alignment: Partial<Alignment>, more: CellStyle = {}): CellStyle {
  return {
    font,
    alignment: { vertical: "middle", ...alignment },
    border: { bottom: line, right: line },
    ...more,
  };
}

const left = { horizontal: "left", wrapText: true } as const;
const right = { horizontal: "right", indent: 1 } as const;
const center = { horizontal: "center" } as const;
const amountFormat = "#,##0.00;[Red]-#,##0.00";
const forTheHand = fill("FFFFF9E5");

export const styles = {
  text: cell(left),
  /** Document numbers: the format keeps a text a text when someone edits the cell. */
  number: cell(left, { numFmt: "@" }),
  /** One line, cut where the next cell begins. */
  oneLine: cell({ horizontal: "left" }),
  /** Running numbers of rows. */
  running: cell(center, { numFmt: "0" }),
  word: cell({ ...center, wrapText: true }),
  amount: cell(right, { numFmt: amountFormat }),
  count: cell(right, { numFmt: "0" }),
  weight: cell(right),
  year: cell(center, { numFmt: "0" }),
  day: cell(center, { numFmt: "dd.mm.yyyy" }),
  moment: cell(center, { numFmt: "dd.mm.yyyy hh:mm:ss" }),
  handAmount: cell(right, { numFmt: amountFormat, fill: forTheHand }),
  handText: cell(left, { fill: forTheHand }),
  label: cell(left, { font: { ...font, bold: true } }),
  link: cell(left, { font: { ...font, color: { argb: "FF1F5FA8" }, underline: true } }),
  warning: cell(left, {
    font: { ...font, size: 12, bold: true, color: { argb: "FF8A1C1C" } },
    fill: fill("FFFDECEA"),
  }),
  leftAmount: cell(left, { numFmt: amountFormat }),
  leftCount: cell(left, { numFmt: "#,##0" }),
  leftDay: cell(left, { numFmt: "dd.mm.yyyy" }),
  leftMoment: cell(left, { numFmt: "dd.mm.yyyy hh:mm:ss" }),
} satisfies Record<string, CellStyle>;

const heading: CellStyle = {
  font: { ...font, size: 8.5, bold: true },
  alignment: { vertical: "middle", horizontal: "left", wrapText: true },
  fill: fill("FFDCE6EF"),
  border: { bottom: strongLine, right: { style: "thin", color: { argb: "FFB4C3D0" } } },
};
const centeredHeading = headingAligned("center");
const rightHeading = headingAligned("right");

/** A heading stands as its column does. */
export function headingOver(style: CellStyle): CellStyle {
  const horizontal = style.alignment?.horizontal;
  if (horizontal === "right") return rightHeading;
  return horizontal === "center" ? centeredHeading : heading;
}

/** All that the frame of a workbook has to know, in an order that stays. */
export const knownStyles: CellStyle[] = [
  ...[heading, centeredHeading, rightHeading],
  ...Object.values(styles),
];

function headingAligned(horizontal: "center" | "right"): CellStyle {
  const indent = horizontal === "right" ? 1 : 0;
  return { ...heading, alignment: { ...heading.alignment, horizontal, indent } };
}

/** Beside the word "NEIN", never instead of it. */
export const alarm: CellStyle = {
  font: { bold: true, color: { argb: "FF8A1C1C" } },
  fill: { type: "pattern", pattern: "solid", bgColor: { argb: "FFFDECEA" } },
};

/**
 * Writes the rows of a sheet as the markup of a workbook, and the same cells as the canonical text that its seal
 * is made of. Own code, since exceljs keeps an object for each cell and takes three times as long and more.
 */
import type { CellFormulaValue } from "exceljs";
import { dateText, numberText, quoted, serialOf } from "#app/domain/sheet-text.ts";
import {
  type CellText,
  ColumnTexts,
  escaped,
  inlineText,
  isPlain,
  type SharedTexts,
  type TextFaults,
} from "./cell-text.ts";
import { heightOf, lettersPerUnit, linesOf } from "./row-height.ts";
import { type CellStyle, headingOver, styles } from "./styles.ts";
import { type Column, type Layout, letterOf, type Place } from "./table.ts";

/** What one row gives: its markup, and its line of the canonical text. */
export type Written = { markup: string; line: string };

/** What is known of a column before its rows. */
type Prepared<Row, Key extends string> = {
  content: Column<Row, Key>["content"];
  /** `<c r="A`: the number of the row follows. */
  start: string;
  /** `" s="5"`, where all rows have one style. */
  style: string | undefined;
  styleOf: (row: Row) => CellStyle;
  /** Letters of one line. */
  width: number;
  texts: ColumnTexts;
};

export class RowWriter<Row, Key extends string> {
  readonly faults: TextFaults = { replaced: 0, cut: 0 };
  private readonly columns: Prepared<Row, Key>[];
  /** One for all rows: it says where the row is that is being written. */
  private readonly place: { number: number; at: (key: Key) => string };
  private row = 1;

  constructor(
    private readonly layout: Layout<Row, Key>,
    private readonly styleId: (style: CellStyle) => number,
    private readonly shared: SharedTexts,
  ) {
    const letters = new Map(layout.columns.map(({ key }, index) => [key, letterOf(index)]));
    this.columns = layout.columns.map(({ content, style, width }, index) => ({
      content,
      start: `<c r="${letterOf(index)}`,
      style: typeof style === "function" ? undefined : `" s="${styleId(style)}"`,
      styleOf: typeof style === "function" ? style : () => style,
      width: style === styles.oneLine ? Infinity : width * lettersPerUnit,
      texts: new ColumnTexts(shared),
    }));
    this.place = { number: 0, at: (key) => `${letters.get(key)}${this.row}` };
  }

  heading(): Written {
    const { columns } = this.layout;
    const texts = new ColumnTexts(this.shared);
    const lines = columns.map(({ title, width }) => linesOf(title, width - 2));
    const markup = columns.map(({ title, style, headingStyle }, index) => {
      const under = headingStyle ?? (typeof style === "function" ? {} : style);
      const start = `<c r="${letterOf(index)}1" s="${this.styleId(headingOver(under))}"`;
      return `${start}${texts.write(title).markup}`;
    });
    return {
      markup: `${rowStart(1, Math.max(2, ...lines))}${markup.join("")}</row>`,
      line: `${columns.map(({ title }) => quoted(title)).join(";")}\r\n`,
    };
  }

  /** The next row. */
  write(record: Row): Written {
    const number = ++this.row;
    const { place } = this;
    place.number = number - 1;
    let lines = 1;
    let cells = "";
    let line = "";
    let separator = "";
    for (const column of this.columns) {
      const content = column.content(record, place as Place<Key>);
      const style = column.style ?? `" s="${this.styleId(column.styleOf(record))}"`;
      line += separator;
      separator = ";";
      if (content === null) {
        cells += `${column.start}${number}${style}/>`;
      } else if (typeof content === "string" && column.texts.isVaried && isPlain(content)) {
        cells += `${column.start}${number}${style} t="inlineStr"><is><t>${content}</t></is></c>`;
        line += content;
        if (content.length > column.width && column.width !== Infinity) {
          lines = Math.max(lines, linesOf(content, column.width));
        }
      } else if (typeof content === "string") {
        const written = column.texts.write(content);
        const { text } = written;
        if (written.isReplaced || written.isCut) this.countFaults(written);
        cells += `${column.start}${number}${style}${written.markup}`;
        line += written.line;
        if (column.width !== Infinity && (text.length > column.width || text.includes("\n"))) {
          lines = Math.max(lines, linesOf(text, column.width));
        }
      } else if (typeof content === "number") {
        cells += `${column.start}${number}${style}><v>${content}</v></c>`;
        line += numberText(content);
      } else if (content instanceof Date) {
        cells += `${column.start}${number}${style}><v>${serialOf(content)}</v></c>`;
        line += dateText(content);
      } else {
        const { markup, line: text } = this.formula(content);
        cells += `${column.start}${number}${style}${markup}`;
        line += text;
      }
    }
    return { markup: `${rowStart(number, lines)}${cells}</row>`, line: `${line}\r\n` };
  }

  /** A formula with its stored value. */
  private formula({ formula, result }: CellFormulaValue): Written {
    const live = `<f>${escaped(formula)}</f>`;
    if (typeof result !== "string") {
      const markup = `>${live}<v>${result as number}</v></c>`;
      return { markup, line: numberText(result as number) };
    }
    const written = inlineText(result);
    this.countFaults(written);
    return { markup: ` t="str">${live}<v>${escaped(written.text)}</v></c>`, line: written.line };
  }

  private countFaults({ isReplaced, isCut }: CellText): void {
    if (isReplaced) this.faults.replaced += 1;
    if (isCut) this.faults.cut += 1;
  }
}

function rowStart(number: number, lines: number): string {
  // One line is as tall as the frame says.
  if (lines === 1) return `<row r="${number}">`;
  return `<row r="${number}" ht="${heightOf(lines)}" customHeight="1">`;
}

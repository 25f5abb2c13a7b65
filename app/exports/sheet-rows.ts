/**
 * Writes the rows of a sheet as the markup of a workbook, and the same cells as the canonical text that its seal
 * is made of. Own code, since exceljs keeps an object for each cell and takes three times as long and more.
 */
import type { CellFormulaValue } from "exceljs";
import { safeText } from "./cells.ts";
import { heightOf, lettersPerUnit, linesOf } from "./row-height.ts";
import { type CellStyle, headingOver, styles } from "./styles.ts";
import { type Layout, letterOf, type Place } from "./table.ts";

/** How often a text was not written as it is. */
export type TextFaults = { replaced: number; cut: number };

/** What one row gives: its markup, and its line of the canonical text. */
export type Written = { markup: string; line: string };

/** What may stand in markup and in a cell as it is: most texts, so that most are looked at only once. */
const needsCare = /[^ !#-%'-;=?-^`-~\u00a1-\ud7ff\n]/;

const milliseconds = 86_400_000;
/** Day 0 of a workbook, 30 December 1899, in days before 1970. */
const dayZero = 25_569;

export class RowWriter<Row, Key extends string> {
  readonly faults: TextFaults = { replaced: 0, cut: 0 };
  private readonly letters: string[];
  private readonly lettersOf: Map<Key | undefined, string>;
  private readonly widths: number[];
  private readonly ids: (string | undefined)[];
  /** Set for the row that is being written: one place serves all. */
  private readonly place: { number: number; at: (key: Key) => string };
  private row = 1;

  constructor(
    private readonly layout: Layout<Row, Key>,
    private readonly styleId: (style: CellStyle) => number,
  ) {
    const { columns } = layout;
    this.letters = columns.map((_, index) => letterOf(index));
    this.lettersOf = new Map(columns.map(({ key }, index) => [key, this.letters[index]!]));
    this.widths = columns.map(({ style, width }) =>
      style === styles.oneLine ? Infinity : width * lettersPerUnit,
    );
    this.ids = columns.map(({ style }) =>
      typeof style === "function" ? undefined : `" s="${styleId(style)}"`,
    );
    this.place = { number: 0, at: (key) => `${this.lettersOf.get(key)}${this.row}` };
  }

  heading(): Written {
    const { columns } = this.layout;
    const lines = columns.map(({ title, width }) => linesOf(title, width - 2));
    const markup = columns.map(({ title, style, headingStyle }, index) => {
      const under = headingStyle ?? (typeof style === "function" ? {} : style);
      const start = `<c r="${this.letters[index]}1" s="${this.styleId(headingOver(under))}"`;
      return `${start}${this.textMarkup(title)}`;
    });
    return {
      markup: rowStart(1, Math.max(2, ...lines)) + markup.join("") + "</row>",
      line: columns.map(({ title }) => quoted(title)).join(";") + "\r\n",
    };
  }

  /** The next row. */
  write(record: Row): Written {
    const number = ++this.row;
    const { columns } = this.layout;
    (this.place as Place<Key>).number = number - 1;
    let lines = 1;
    let cells = "";
    let line = "";
    for (let index = 0; index < columns.length; index += 1) {
      const column = columns[index]!;
      const content = column.content(record, this.place);
      const id = this.ids[index] ?? `" s="${this.styleId(styleOf(column.style, record))}"`;
      cells += `<c r="${this.letters[index]}${number}${id}`;
      if (index > 0) line += ";";
      if (content === null) {
        cells += "/>";
      } else if (typeof content === "string") {
        const text = this.readable(content);
        cells += this.textMarkup(text);
        line += quoted(text);
        const width = this.widths[index]!;
        if (text.length > width || text.includes("\n")) {
          if (width !== Infinity) lines = Math.max(lines, linesOf(text, width));
        }
      } else if (typeof content === "number") {
        cells += `><v>${content}</v></c>`;
        line += numberText(content);
      } else if (content instanceof Date) {
        const serial = dayZero + content.getTime() / milliseconds;
        cells += `><v>${serial}</v></c>`;
        line += dateText(content);
      } else {
        cells += this.formulaMarkup(content);
        line += resultText(content, (text) => this.readable(text));
      }
    }
    return { markup: `${rowStart(number, lines)}${cells}</row>`, line: `${line}\r\n` };
  }

  private readable(text: string): string {
    if (text.length < 32_768 && !needsCare.test(text)) return text;
    const safe = safeText(text);
    if (safe.length < text.replace(/\r\n/g, "\n").length) this.faults.cut += 1;
    if (marksIn(safe) > marksIn(text)) this.faults.replaced += 1;
    return safe;
  }

  /**
   * The rest of a cell of text. As rich text an escape has one meaning for all programs; spaces at the ends are
   * kept.
   */
  private textMarkup(text: string): string {
    if (!needsCare.test(text) && text.trim() === text) {
      return ` t="inlineStr"><is><t>${text}</t></is></c>`;
    }
    const kept = text.trim() === text ? "<t>" : '<t xml:space="preserve">';
    const plain = text.replace(lookalike, "_x005F_");
    const run = `${kept}${escaped(plain)}</t>`;
    const content = plain === text && kept === "<t>" ? run : `<r>${run}</r>`;
    return ` t="inlineStr"><is>${content}</is></c>`;
  }

  private formulaMarkup({ formula, result }: CellFormulaValue): string {
    const live = `<f>${escaped(formula)}</f>`;
    if (typeof result === "string") {
      return ` t="str">${live}<v>${escaped(this.readable(result))}</v></c>`;
    }
    return `>${live}<v>${result as number}</v></c>`;
  }
}

/** Signs that stand for one that can't be written. */
function marksIn(text: string): number {
  return text.split("\ufffd").length;
}

function styleOf<Row>(style: CellStyle | ((row: Row) => CellStyle), record: Row): CellStyle {
  return typeof style === "function" ? style(record) : style;
}

function rowStart(number: number, lines: number): string {
  return `<row r="${number}" ht="${heightOf(lines)}" customHeight="1">`;
}

/** In a text, office programs read "_x0041_" as "A"; its underscore, escaped, keeps it as typed. */
const lookalike = /_(?=x[0-9a-f]{4}_)/gi;

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** RFC 4180, with the semicolon of German tables. */
export function quoted(text: string): string {
  return /[;"\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The shortest decimal that is the cell's number, with a comma. */
export function numberText(value: number): string {
  return String(value).replace(".", ",");
}

/** "31.12.2025", with " 14:05:09" where it is no whole day. */
export function dateText(value: Date): string {
  const iso = value.toISOString();
  const day = `${iso.slice(8, 10)}.${iso.slice(5, 7)}.${iso.slice(0, 4)}`;
  return value.getTime() % milliseconds === 0 ? day : `${day} ${iso.slice(11, 19)}`;
}

function resultText({ result }: CellFormulaValue, readable: (text: string) => string): string {
  return typeof result === "string" ? quoted(readable(result)) : numberText(result as number);
}

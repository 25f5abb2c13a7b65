/** The markup of texts in cells, and those that repeat: kept once in the workbook, as its "shared strings". */
import { quoted } from "#app/domain/sheet-text.ts";
import { safeText } from "./cells.ts";

/** How often a text was not written as it is. */
export type TextFaults = { replaced: number; cut: number };

/** A text as it is written: the rest of its cell's markup, its place in the canonical text, and what became of it. */
export type CellText = {
  markup: string;
  line: string;
  text: string;
  isReplaced: boolean;
  isCut: boolean;
};

/** What may stand in markup and in a cell as it is: most texts, so that most are looked at only once. */
const needsCare = /[^ !#-%'-;=?-^`-~\u00a1-\ud7ff\n]/;

/** In a text, office programs read "_x0041_" as "A"; its underscore, escaped, keeps it as typed. */
const lookalike = /_(?=x[0-9a-f]{4}_)/gi;

/** Bounds of what is kept: a column of texts that do not repeat is not, and memory stays flat. */
const most = { texts: 20_000, letters: 200, misses: 500 };

/** Texts that repeat within a workbook. Which they are follows from the rows alone. */
export class SharedTexts {
  private readonly known = new Map<string, CellText>();
  private readonly items: string[] = [];

  /** The text, if it is kept or can be. */
  find(text: string): CellText | undefined {
    return this.known.get(text);
  }

  /** Keeps a text; undefined where there is no room for it. */
  keep(text: string): CellText | undefined {
    if (text.length > most.letters || this.items.length >= most.texts) return undefined;
    const { content, ...written } = inlineText(text);
    const markup = ` t="s"><v>${this.items.length}</v></c>`;
    this.items.push(`<si>${content}</si>`);
    const kept = { ...written, markup };
    this.known.set(text, kept);
    return kept;
  }

  /** The part of the workbook that holds them. */
  part(): string {
    const xmlns = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const start = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
    return `${start}<sst xmlns="${xmlns}" uniqueCount="${this.items.length}">${this.items.join("")}</sst>`;
  }
}

/** The texts of one column: kept as long as they repeat. */
export class ColumnTexts {
  private hits = 0;
  private misses = 0;

  constructor(private readonly shared: SharedTexts) {}

  /** True once texts of this column have turned out to be of one cell each. */
  get isVaried(): boolean {
    return this.misses > most.misses && this.misses > this.hits;
  }

  write(text: string): CellText {
    if (this.isVaried) return inlineText(text);
    const known = this.shared.find(text);
    if (known) {
      this.hits += 1;
      return known;
    }
    this.misses += 1;
    return this.shared.keep(text) ?? inlineText(text);
  }
}

/** True for a text that may stand in markup and in a line as it is. */
export function isPlain(text: string): boolean {
  return text.length < 1_000 && !needsMore.test(text) && text.trim() === text;
}

const needsMore = /[^ !#-%'-:=?-^`-~\u00a1-\ud7ff]/;

/** A text that stands in its cell. As rich text an escape has one meaning for all, and spaces at the ends stay. */
export function inlineText(given: string): CellText & { content: string } {
  if (given.length < 32_768 && !needsCare.test(given) && given.trim() === given) {
    const content = `<t>${given}</t>`;
    return {
      content,
      markup: ` t="inlineStr"><is>${content}</is></c>`,
      line: quoted(given),
      text: given,
      isReplaced: false,
      isCut: false,
    };
  }
  const text = safeText(given);
  const plain = text.replace(lookalike, "_x005F_");
  const isAsIs = plain === text && text.trim() === text;
  const run = `<t${text.trim() === text ? "" : ' xml:space="preserve"'}>${escaped(plain)}</t>`;
  const content = isAsIs ? run : `<r>${run}</r>`;
  return {
    content,
    markup: ` t="inlineStr"><is>${content}</is></c>`,
    line: quoted(text),
    text,
    isReplaced: marksIn(text) > marksIn(given),
    isCut: text.length < given.replaceAll("\r\n", "\n").length,
  };
}

export function escaped(text: string): string {
  if (!needsCare.test(text)) return text;
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** Signs that stand for one that can't be written. */
function marksIn(text: string): number {
  return text.split("\ufffd").length;
}

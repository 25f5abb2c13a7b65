/** Sheets of an audit workbook, row by row, with values and formulas as they stand in the file. */
import { dateOf, dateText, numberText, quoted } from "#app/domain/sheet-text.ts";
import { asOfficeReads, bareName, readTargets } from "./book-markup.ts";
import type { NumberFormat } from "./number-format.ts";
import { openPackage, type Package, type PackageLimits } from "./package.ts";
import { odd, Refusal } from "./refusal.ts";
import { readFormats, readSharedTexts } from "./workbook.ts";

/** A cell that holds something. */
export type BookCell = {
  /** "B". */
  column: string;
  /** With the number of its own row as "#", so that a row that moved is the same row. */
  formula: string | undefined;
  value: string | number;
  isDay: boolean;
};

export type BookRow = { number: number; cells: BookCell[] };

export type BookFile = {
  sheets: { name: string; part: string }[];
  /** Ranges by name. */
  names: Map<string, string>;
  rows: (part: string) => AsyncGenerator<BookRow>;
};

/** @throws Refusal for what is no workbook, or none that an office program writes */
export async function openBook(file: Buffer, limits?: Partial<PackageLimits>): Promise<BookFile> {
  const parts = asOfficeReads(await openPackage(file, limits));
  if (!parts.has("xl/workbook.xml")) throw new Refusal({ field: "file", rule: "file_not_a_table" });
  const targets = await readTargets(parts);
  const sheets: BookFile["sheets"] = [];
  const names = new Map<string, string>();
  let name: string | undefined;
  await parts.walk("xl/workbook.xml", {
    open({ name: tag, attributes }) {
      const bare = bareName(tag);
      if (bare === "sheet") {
        const ids = Object.keys(attributes).filter((key) => key.endsWith(":id"));
        const name = attributes.name ?? "";
        const isTwice = sheets.some((other) => other.name.toLowerCase() === name.toLowerCase());
        if (ids.length > 1 || isTwice) throw odd("strange_part");
        sheets.push({ name, part: targets.get(attributes[ids[0] ?? ""] ?? "") ?? "" });
      }
      // Names with an underscore before them are those of the page and of the filter.
      name = bare === "definedName" ? attributes.name : undefined;
      if (name?.startsWith("_xlnm")) name = undefined;
      if (name !== undefined) names.set(name, "");
    },
    text(text) {
      if (name !== undefined) names.set(name, names.get(name) + text.replaceAll("'", ""));
    },
    close: () => (name = undefined),
  });
  // An area of one cell: "B!$A$2:$A$2" is "B!$A$2", as other programs write it.
  for (const [key, area] of names) names.set(key, area.replace(/(?<=!)([^:]+):\1$/, "$1"));
  const surroundings = {
    formats: await readFormats(parts),
    texts: await readSharedTexts(parts),
  };
  return { sheets, names, rows: (part) => rowsOf(parts, part, surroundings) };
}

type Surroundings = { formats: NumberFormat[]; texts: string[] };
type Raw = { column: string; type: string; style: number; value: string; formula?: string };

async function* rowsOf(
  parts: Package,
  part: string,
  { formats, texts }: Surroundings,
): AsyncGenerator<BookRow> {
  const done: BookRow[] = [];
  let row: BookRow = { number: 0, cells: [] };
  let cell: Raw | undefined;
  let into: "value" | "formula" | undefined;
  const steps = parts.steps(part, {
    open({ name, attributes }) {
      const bare = bareName(name);
      if (bare === "row") {
        const number = Number(attributes.r ?? row.number + 1);
        if (!(number > row.number)) throw odd("cell_out_of_range");
        row = { number, cells: [] };
      } else if (bare === "c") {
        const column = /^[A-Z]{1,3}/.exec(attributes.r ?? "")?.[0];
        if (!column) throw odd("cell_out_of_range");
        cell = { column, type: attributes.t ?? "n", style: Number(attributes.s ?? 0), value: "" };
      } else if (bare === "f" && cell) {
        cell.formula = "";
        into = "formula";
      } else if (bare === (cell?.type === "inlineStr" ? "t" : "v")) into = "value";
    },
    text(text) {
      if (cell && into === "value") cell.value += text;
      if (cell && into === "formula") cell.formula += text;
    },
    close({ name }) {
      const bare = bareName(name);
      if (bare === "v" || bare === "t" || bare === "f") into = undefined;
      if (bare === "c" && cell) {
        const read = cellOf(cell, row.number);
        if (read) row.cells.push(read);
        cell = undefined;
      }
      if (bare === "row") done.push(row);
    },
  });
  const cellOf = ({ column, type, style, value, formula }: Raw, number: number) => {
    if (value === "" && formula === undefined) return undefined;
    const text = type === "s" ? (texts[Number(value)] ?? "") : value;
    if (text === "" && formula === undefined) return undefined;
    const isNumber = type === "n" && value !== "";
    return {
      column,
      formula: formula?.replace(ownRow(number), "#"),
      // What a program wrote with 17 digits is what another wrote with 15.
      value: isNumber ? Number(Number(value).toPrecision(15)) : unescaped(text),
      isDay: isNumber && (formats[style]?.isDay ?? false),
    };
  };
  for await (const _ of steps) yield* done.splice(0);
}

function ownRow(number: number): RegExp {
  return new RegExp(`(?<=\\b\\$?[A-Z]{1,3}\\$?)${number}\\b`, "g");
}

/** What a reader shows of "_x005F_" and the like (ECMA-376 part 1, 22.9.2.19). */
function unescaped(text: string): string {
  return text
    .replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    .replaceAll("\r\n", "\n");
}

/** The row's line of the canonical text, with as many columns as the heading has, or more where it has more. */
export function canonicalLine(row: BookRow, columns: number): string {
  const texts: string[] = Array.from({ length: columns }, () => "");
  for (const { column, value, isDay } of row.cells) {
    const at = numberOf(column) - 1;
    while (texts.length <= at) texts.push("");
    if (typeof value === "string") texts[at] = quoted(value);
    else texts[at] = isDay ? dateText(dateOf(value)) : numberText(value);
  }
  return `${texts.join(";")}\r\n`;
}

/** 1 is A, 27 is AA. */
export function numberOf(column: string): number {
  return [...column].reduce((total, letter) => total * 26 + letter.charCodeAt(0) - 64, 0);
}

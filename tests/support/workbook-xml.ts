/** Reads a workbook (.xlsx) as its markup is, cell by cell: a reader of its own, that knows nothing of the writer. */
import JSZip from "jszip"; // comes with exceljs
import { SaxesParser } from "saxes";

export type Element = {
  name: string;
  attributes: Record<string, string>;
  children: Element[];
  text: string;
};

export type Cell = {
  /** "B7" */
  at: string;
  column: number;
  row: number;
  /** As the markup says: "inlineStr", "s" (shared), "str", "n", "b", "e". */
  type: string;
  /** Format of the number, such as "dd.mm.yyyy". */
  format: string;
  formula: string | undefined;
  /** A number, a text, or null for an empty cell. */
  value: number | string | null;
  /** True where spaces at the ends of the text are kept. */
  keepsSpaces: boolean;
};

export type Sheet = {
  name: string;
  state: string;
  root: Element;
  /** Row numbers in the order of the markup. */
  rows: { number: number; isHidden: boolean; cells: Cell[] }[];
  cells: Map<string, Cell>;
  /** Of row 1. */
  headings: string[];
};

export type Book = {
  sheets: Sheet[];
  /** Defined names with what they refer to; of one sheet only with its index. */
  names: { name: string; refersTo: string; sheet: number | undefined }[];
  formats: string[];
  properties: Element;
  /** Names of all parts in the file. */
  parts: string[];
};

/** @throws Error where a part is missing or its markup is broken */
export async function readWorkbook(file: Buffer): Promise<Book> {
  const zip = await JSZip.loadAsync(file);
  const read = async (name: string) => {
    const part = zip.file(name);
    if (!part) throw new Error(`${name} is missing`);
    return parse(await part.async("string"), name);
  };
  const book = await read("xl/workbook.xml");
  const targets = new Map(
    (await read("xl/_rels/workbook.xml.rels")).children.map(({ attributes }) => [
      attributes.Id!,
      attributes.Target!.replace(/^\/?(xl\/)?/, "xl/"),
    ]),
  );
  const formats = formatsOf(await read("xl/styles.xml"));
  const shared = zip.file("xl/sharedStrings.xml")
    ? (await read("xl/sharedStrings.xml")).children
    : [];
  const sheets: Sheet[] = [];
  for (const { attributes } of child(book, "sheets")?.children ?? []) {
    const root = await read(targets.get(attributes["r:id"]!)!);
    sheets.push(
      sheetOf(attributes.name!, attributes.state ?? "visible", root, { formats, shared }),
    );
  }
  const names = (child(book, "definedNames")?.children ?? []).map(({ attributes, text }) => ({
    name: attributes.name!,
    refersTo: text,
    sheet: attributes.localSheetId === undefined ? undefined : Number(attributes.localSheetId),
  }));
  const properties = await read("docProps/core.xml");
  return { sheets, names, formats, properties, parts: Object.keys(zip.files) };
}

/** Every part is parsed strictly: broken markup is an error. */
export async function parts(file: Buffer): Promise<Map<string, Element>> {
  const zip = await JSZip.loadAsync(file);
  const found = new Map<string, Element>();
  for (const [name, part] of Object.entries(zip.files)) {
    if (!/\.(xml|rels)$/.test(name)) continue;
    found.set(name, parse(await part.async("string"), name));
  }
  return found;
}

function parse(text: string, name: string): Element {
  const parser = new SaxesParser();
  const document: Element = { name: "", attributes: {}, children: [], text: "" };
  const open = [document];
  parser.on("error", (error) => {
    throw new Error(`${name}: ${error.message}`);
  });
  parser.on("opentag", (tag) => {
    const attributes = tag.attributes as Record<string, string>;
    const element: Element = { name: tag.name, attributes, children: [], text: "" };
    open.at(-1)!.children.push(element);
    open.push(element);
  });
  parser.on("text", (piece) => {
    open.at(-1)!.text += piece;
  });
  parser.on("closetag", () => {
    open.pop();
  });
  parser.write(text).close();
  return document.children[0]!;
}

export function child(element: Element | undefined, name: string): Element | undefined {
  return element?.children.find((one) => one.name === name);
}

/** What cells name by its number. */
type Tables = { formats: string[]; shared: Element[] };

/** The formats of cells by the number of their style. */
function formatsOf(styles: Element): string[] {
  const own = new Map(
    (child(styles, "numFmts")?.children ?? []).map(({ attributes }) => [
      attributes.numFmtId!,
      attributes.formatCode!,
    ]),
  );
  const builtIn: Record<string, string> = { 0: "General", 1: "0", 3: "#,##0", 49: "@" };
  return (child(styles, "cellXfs")?.children ?? []).map(({ attributes }) => {
    const id = attributes.numFmtId ?? "0";
    return own.get(id) ?? builtIn[id] ?? `format ${id}`;
  });
}

function sheetOf(name: string, state: string, root: Element, tables: Tables): Sheet {
  const rows = (child(root, "sheetData")?.children ?? []).map((row) => ({
    number: Number(row.attributes.r),
    isHidden: row.attributes.hidden === "1",
    cells: row.children.map((cell) => cellOf(cell, tables)),
  }));
  const cells = new Map(rows.flatMap((row) => row.cells).map((cell) => [cell.at, cell]));
  const headings: string[] = [];
  for (const { column, value } of rows.find(({ number }) => number === 1)?.cells ?? []) {
    headings[column] = String(value ?? "");
  }
  return { name, state, root, rows, cells, headings };
}

function cellOf(element: Element, { formats, shared }: Tables): Cell {
  const { r: at = "", t: type = "n", s = "0" } = element.attributes;
  const [, letters = "", row = "0"] = /^([A-Z]+)(\d+)$/.exec(at) ?? [];
  const raw = child(element, "v")?.text;
  const texts = textsIn(type === "s" ? shared[Number(raw)] : child(element, "is"));
  const isText = type === "inlineStr" || type === "s";
  const inline = isText ? texts.map(({ text }) => text).join("") : undefined;
  const value = inline ?? (raw === undefined ? null : type === "n" ? Number(raw) : raw);
  return {
    at,
    column: columnOf(letters),
    row: Number(row),
    type,
    format: formats[Number(s)] ?? `style ${s}`,
    formula: child(element, "f")?.text,
    value,
    keepsSpaces: texts.every(({ attributes }) => attributes["xml:space"] === "preserve"),
  };
}

function textsIn(element: Element | undefined): Element[] {
  if (!element) return [];
  return element.children.flatMap((one) => (one.name === "t" ? [one] : textsIn(one)));
}

/** "A" is 0, "AA" is 26. */
export function columnOf(letters: string): number {
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

export function letterOf(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : letterOf(Math.floor(column / 26) - 1) + last;
}

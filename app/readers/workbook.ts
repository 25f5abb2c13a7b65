/** Reads the first sheet of a workbook (xlsx) that is shown and holds anything. */
import type { TableRow } from "#app/domain/reading.ts";
import { numberFormat, type NumberFormat } from "./number-format.ts";
import { openPackage, type Package } from "./package.ts";
import { Refusal } from "./refusal.ts";
import { readSheet } from "./sheet.ts";

/** Why not with exceljs: it builds the cells of every merged, named or validated area it is told of. */
export async function readWorkbook(file: Buffer): Promise<TableRow[]> {
  const parts = await openPackage(file);
  if (!parts.has("xl/workbook.xml")) throw new Refusal({ field: "file", rule: "file_not_a_table" });
  const { sheets, startsIn1904 } = await readContents(parts);
  const formats = await readFormats(parts);
  const sharedTexts = await readSharedTexts(parts);
  for (const sheet of sheets) {
    const rows = await readSheet(parts, sheet, { formats, sharedTexts, startsIn1904 });
    if (rows.length > 0) return rows;
  }
  return [];
}

async function readContents(parts: Package): Promise<{ sheets: string[]; startsIn1904: boolean }> {
  const ids: string[] = [];
  let startsIn1904 = false;
  await parts.walk("xl/workbook.xml", {
    open({ name, attributes }) {
      if (name.endsWith("workbookPr")) startsIn1904 = /^(1|true)$/.test(attributes.date1904 ?? "");
      if (!/(^|:)sheet$/.test(name) || (attributes.state ?? "visible") !== "visible") return;
      const id = Object.entries(attributes).find(([key]) => key.endsWith(":id"))?.[1];
      if (id) ids.push(id);
    },
  });
  const targets = new Map<string, string>();
  await parts.walk("xl/_rels/workbook.xml.rels", {
    open({ attributes }) {
      if (attributes.Id && attributes.Target) targets.set(attributes.Id, attributes.Target);
    },
  });
  const sheets = ids.map((id) => partAt(targets.get(id) ?? "")).filter(parts.has);
  return { sheets, startsIn1904 };
}

/** Addresses are written from the folder of the workbook, or from the root with a slash before. */
function partAt(target: string): string {
  return target.startsWith("/") ? target.slice(1) : `xl/${target}`;
}

/** The format of each style that a cell can name. */
export async function readFormats(parts: Package): Promise<NumberFormat[]> {
  if (!parts.has("xl/styles.xml")) return [];
  const custom = new Map<number, string>();
  const ids: number[] = [];
  let isInCellStyles = false;
  await parts.walk("xl/styles.xml", {
    open({ name, attributes }) {
      const bare = name.replace(/^.*:/, "");
      if (bare === "numFmt") custom.set(Number(attributes.numFmtId), attributes.formatCode ?? "");
      if (bare === "cellXfs") isInCellStyles = true;
      if (bare === "xf" && isInCellStyles) ids.push(Number(attributes.numFmtId ?? 0));
    },
    close({ name }) {
      if (name.endsWith("cellXfs")) isInCellStyles = false;
    },
  });
  return ids.map((id) => numberFormat(id, custom));
}

/** Texts that stand in many cells are kept once, in pieces where their writing changes. */
export async function readSharedTexts(parts: Package): Promise<string[]> {
  if (!parts.has("xl/sharedStrings.xml")) return [];
  const texts: string[] = [];
  let depthOfReading = 0; // how an East Asian text is pronounced is no part of it
  let isText = false;
  await parts.walk("xl/sharedStrings.xml", {
    open({ name }) {
      const bare = name.replace(/^.*:/, "");
      if (bare === "si") texts.push("");
      if (bare === "rPh") depthOfReading += 1;
      isText = bare === "t" && depthOfReading === 0;
    },
    text(text) {
      if (isText) texts[texts.length - 1] += text;
    },
    close({ name }) {
      if (name.endsWith("rPh")) depthOfReading -= 1;
      isText = false;
    },
  });
  return texts;
}

/** The machine check of a Z3 export: as an audit program reads it, from its description and its files alone. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { XMLParser } from "fast-xml-parser";
import JSZip from "jszip";
import Papa from "papaparse";

export type Z3File = Map<string, string>;

type Column = { Name: string; Numeric?: unknown; Date?: unknown; AlphaNumeric?: unknown };
type Described = {
  url: string;
  name: string;
  columns: Column[];
  keys: { name: string; references: string; to: string }[];
};

export async function unpack(bytes: Buffer): Promise<Z3File> {
  const zip = await JSZip.loadAsync(bytes);
  const files: Z3File = new Map();
  for (const [name, entry] of Object.entries(zip.files))
    files.set(name, await entry.async("string"));
  return files;
}

export const xmllint = ["/usr/bin/xmllint", "/usr/local/bin/xmllint"].find(
  (file) => spawnSync(file, ["--version"]).status === 0,
);
export const whyXmllintIsNeeded = "skipped without xmllint; required where CI is set";

/** What xmllint says against index.xml by its grammar; empty where it is valid. */
export function invalidities(files: Z3File): string {
  const folder = mkdtempSync(path.join(tmpdir(), "paktbuch-z3-"));
  for (const [name, content] of files) writeFileSync(path.join(folder, name), content);
  const { stderr } = spawnSync(xmllint!, ["--noout", "--valid", "index.xml"], { cwd: folder });
  return String(stderr);
}

function listOf<Item>(value: Item | Item[] | undefined): Item[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

export function describedTables(files: Z3File): Described[] {
  const parser = new XMLParser({ parseTagValue: false, trimValues: true });
  const index = parser.parse(files.get("index.xml")!) as {
    DataSet: { Media: { Table: Record<string, unknown>[] } };
  };
  return index.DataSet.Media.Table.map((table) => {
    const { VariablePrimaryKey, VariableColumn, ForeignKey } = table.VariableLength as Record<
      string,
      Column[]
    >;
    const keys = listOf(ForeignKey) as unknown as {
      Name: string;
      References: string;
      Alias?: { To: string };
    }[];
    return {
      url: table.URL as string,
      name: table.Name as string,
      columns: [...listOf(VariablePrimaryKey), ...listOf(VariableColumn)],
      keys: keys.map(({ Name, References, Alias }) => {
        return { name: Name, references: References, to: Alias?.To ?? Name };
      }),
    };
  });
}

/** The records of a file below its heading, each value as it stands there. */
export function recordsOf(files: Z3File, url: string): string[][] {
  const { data, errors } = Papa.parse<string[]>(files.get(url)!, {
    ...{ delimiter: ";", quoteChar: '"', newline: "\r\n" },
    skipEmptyLines: true,
  });
  if (errors.length > 0) throw new Error(`${url}: ${JSON.stringify(errors[0])}`);
  return data.slice(1);
}

const cents = (text: string) => {
  const [euros = "", rest = ""] = text.replace("-", "").split(",");
  const amount = BigInt(euros) * 100n + BigInt(rest.padEnd(2, "0"));
  return text.startsWith("-") ? -amount : amount;
};

/** All that is wrong: files, fields, numbers, days, keys that lead nowhere, control sums. */
export function z3Faults(files: Z3File): string[] {
  const faults: string[] = [];
  const tables = describedTables(files);
  const controls = files.get("SUMMEN.txt")!.split("\n").filter(Boolean);
  const checked = new Set<string>();
  const keysOf = new Map<string, Set<string>>();
  for (const { url, name, columns } of tables) {
    if (!files.has(url)) {
      faults.push(`missing ${url}`);
      continue;
    }
    const sums = new Map<string, bigint>();
    const keys = new Set<string>();
    recordsOf(files, url).forEach((record, index) => {
      if (record.length !== columns.length) faults.push(`fields ${url} ${index} ${record.length}`);
      if (keys.has(record[0]!)) faults.push(`key twice ${url} ${record[0]}`);
      keys.add(record[0]!);
      columns.forEach((column, place) => {
        const value = record[place] ?? "";
        if ("Numeric" in column) {
          if (!/^-?\d+(,\d{1,2})?$/.test(value)) faults.push(`number ${column.Name} ${value}`);
          else sums.set(column.Name, (sums.get(column.Name) ?? 0n) + cents(value));
        } else if ("Date" in column && !/^\d\d\.\d\d\.\d{4}$/.test(value)) {
          faults.push(`date ${column.Name} ${value}`);
        }
      });
    });
    keysOf.set(name, keys);
    for (const line of controls) {
      const [file, column, sum] = line.split("\t");
      if (file !== url) continue;
      checked.add(line);
      if (sums.get(column!) !== cents(sum!)) faults.push(`control sum ${url} ${column} ${sum}`);
    }
  }
  for (const { url, columns, keys } of tables) {
    for (const { name, references, to } of keys) {
      const target = tables.find((table) => table.name === references);
      if (target?.columns[0]?.Name !== to) faults.push(`${url} ${name} references no key`);
      const place = columns.findIndex((column) => column.Name === name);
      for (const record of recordsOf(files, url)) {
        const value = record[place]!;
        if (value !== "" && !keysOf.get(references)?.has(value))
          faults.push(`${url} ${name} ${value}`);
      }
    }
  }
  if (checked.size !== controls.length) faults.push("sums of no table");
  return faults;
}

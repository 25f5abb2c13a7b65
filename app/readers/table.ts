/** Reads a table that an office keeps in a spreadsheet: xlsx, or separated values in any encoding. */
import { mostOfTable, type TableRow, type TableViolation } from "#app/domain/reading.ts";
import type { ReadingViolation } from "#app/domain/reading.ts";
import { Refusal, tooLarge } from "./refusal.ts";
import { readSeparated } from "./separated.ts";
import { decodeText } from "./text.ts";
import { readWorkbook } from "./workbook.ts";

export type TableAnswer = { rows: TableRow[] } | { problem: ReadingViolation | TableViolation };

export async function readTable(bytes: Uint8Array): Promise<TableAnswer> {
  try {
    const rows = await readRows(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    return rows.length > 0 ? { rows } : { problem: { field: "file", rule: "table_empty" } };
  } catch (error) {
    if (error instanceof Refusal)
      return { problem: error.problem as ReadingViolation | TableViolation };
    throw error;
  }
}

function readRows(file: Buffer): TableRow[] | Promise<TableRow[]> {
  if (file.length > mostOfTable.bytes) throw tooLarge("bytes");
  if (startsWith(file, "504b0304") || startsWith(file, "504b0506")) return readWorkbook(file);
  if (startsWith(file, "d0cf11e0a1b11ae1")) throw new Refusal(compoundViolation(file));
  if (startsWith(file, "25504446")) throw new Refusal({ field: "file", rule: "file_not_a_table" });
  return readSeparated(decodeText(file));
}

/** Workbooks before 2007, and workbooks of today that need a password, share one kind of container. */
function compoundViolation(file: Buffer): TableViolation {
  const isEncrypted = file.includes(Buffer.from("EncryptedPackage", "utf16le"));
  return { field: "file", rule: isEncrypted ? "workbook_encrypted" : "workbook_of_old_kind" };
}

function startsWith(file: Buffer, hex: string): boolean {
  return file.subarray(0, hex.length / 2).toString("hex") === hex;
}

/** Exports as the program makes them: in a process of their own, found again on the disk. */
import { randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import JSZip from "jszip";
import Papa from "papaparse";
import type { BookScope } from "#app/domain/audit-scope.ts";
import type { ExportKind } from "#app/domain/book-export.ts";
import type { User } from "#app/domain/permission.ts";
import { settings } from "#app/env.server.ts";
import { fileOf } from "#app/exporting/place.server.ts";
import { startWaiting, waitForExport } from "#app/exporting/queue.server.ts";
import { orderExport, requireExport } from "#app/records/exports.server.ts";
import { momentOfBooks } from "#app/records/known.server.ts";
import { accepted } from "./factories.ts";

export type Ordered = { kind?: ExportKind; scope: BookScope; moment?: Date; id?: string };

/** Puts an export into the queue and starts it. */
export async function order(user: User, { kind = "dossier", scope, ...given }: Ordered) {
  const id = given.id ?? randomUUID();
  const moment = given.moment ?? (await momentOfBooks(user));
  accepted(await orderExport(user, id, { kind, scope, moment }));
  await startWaiting();
  return id;
}

/** The export when it is over, whatever became of it. */
export async function made(user: User, ordered: Ordered) {
  const id = await order(user, ordered);
  await waitForExport(id, 60_000);
  return requireExport(user, id);
}

export async function waitUntil(isSo: () => Promise<boolean>, milliseconds = 60_000) {
  const end = Date.now() + milliseconds;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error("it never was so");
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

export function namesOnDisk(): Promise<string[]> {
  return readdir(settings.exports.folder);
}

/** The files of a ZIP archive by their paths. */
export async function unzipped(id: string): Promise<Map<string, Buffer>> {
  const zip = await JSZip.loadAsync(await readFile(fileOf(id)), { checkCRC32: true });
  const files = new Map<string, Buffer>();
  for (const [name, entry] of Object.entries(zip.files)) {
    if (!entry.dir) files.set(name, await entry.async("nodebuffer"));
  }
  return files;
}

/** The rows of a list in the archive, by the words of its heading. */
export function rowsOf(file: Buffer): Record<string, string>[] {
  const text = file.toString("utf8").replace(/^\ufeff/, "");
  return Papa.parse<Record<string, string>>(text, {
    header: true,
    delimiter: ";",
    skipEmptyLines: true,
  }).data;
}

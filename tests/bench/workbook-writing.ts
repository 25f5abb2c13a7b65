/**
 * One way of writing the journal as a sheet, in a process of its own, whose memory is then its own: started by
 * `workbook.ts` with the way, the database, the user and the file; prints what it took.
 */
import { createWriteStream } from "node:fs";
import ExcelJS from "exceljs";
import { useDatabase } from "#app/env.server.ts";
import { assumeOutside } from "#db/authority.ts";
import type { AuditBook, BookEntry } from "#app/domain/audit-book.ts";
import type { User } from "#app/domain/permission.ts";
import { journalLayout } from "#app/exports/journal-sheet.ts";
import { writeWorkbook } from "#app/exports/workbook.server.ts";

const [way, url, userText, path] = process.argv.slice(2) as [string, string, string, string];
useDatabase(url);
assumeOutside("*");
const { db, closeDatabase } = await import("#db/client.ts");
const { journalRows } = await import("#app/records/journal-rows.server.ts");
const user = JSON.parse(userText) as User;
const scope = { asOf: "2999-12-31" };
const properties = {
  title: "Journal",
  subject: "",
  description: "",
  moment: "2026-01-01T00:00:00.000Z",
  margins: { header: "", footer: "" },
};

const { columns, ...layout } = journalLayout({
  accounts: [] as AuditBook["accounts"],
} as AuditBook);
// Fifteen columns: the number of an account is one only in a workbook that lists accounts.
const sheet = { ...layout, columns: columns.filter(({ title }) => title !== "Konto-Nr.") };

const cpu = process.cpuUsage();
const began = performance.now();
const rows = await db.transaction(
  async (tx) => {
    const entries = journalRows(tx, user, scope);
    return way === "own" ? ownWay(entries) : streamed(entries, way === "shared styles");
  },
  { isolationLevel: "repeatable read", accessMode: "read only" },
);
const seconds = (performance.now() - began) / 1000;
const used = process.cpuUsage(cpu);
const processor = (used.user + used.system) / 1e6;
await closeDatabase();
const megabytes = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ rows, seconds, processor, megabytes, columns: sheet.columns.length }));

async function ownWay(entries: AsyncIterable<BookEntry[]>): Promise<number> {
  let rows = 0;
  await writeWorkbook(path, properties, async (workbook) => {
    const sheets = await workbook.addLong(0, sheet, entries);
    rows = sheets.reduce((total, one) => total + one.rows.length, 0);
    return [];
  });
  return rows;
}

/**
 * As the documentation of exceljs shows it: columns with their styles, each row committed at once. Or with each cell
 * given the one object of its style, which is no documented way and the quickest.
 */
async function streamed(entries: AsyncIterable<BookEntry[]>, isShared: boolean): Promise<number> {
  const stream = createWriteStream(path);
  const options = { stream, useSharedStrings: false, useStyles: true };
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter(options);
  const written = workbook.addWorksheet("Journal");
  written.columns = sheet.columns.map(({ title, width, style }) => ({
    header: title,
    width,
    style: isShared || typeof style === "function" ? {} : style,
  }));
  const place = { number: 0, at: () => "" };
  let rows = 0;
  for await (const portion of entries) {
    for (const entry of portion) {
      const row = written.addRow(sheet.columns.map(({ content }) => content(entry, place)));
      if (isShared) {
        sheet.columns.forEach(({ style }, index) => {
          if (typeof style !== "function") row.getCell(index + 1).style = style;
        });
      }
      row.commit();
      rows += 1;
    }
  }
  written.commit();
  await workbook.commit();
  return rows;
}

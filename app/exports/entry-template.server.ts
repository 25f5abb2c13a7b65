/** The template of a table of invoices (Vorlage): our columns, the grant's budget lines to choose from. */
import ExcelJS from "exceljs";
import { entryColumns, type EntryColumn } from "../domain/entry.ts";
import { lineName, type NamedLine } from "../domain/entry-place.ts";
import { entryColumnWords } from "../german/entry-columns.ts";

const formats: Partial<Record<EntryColumn, string>> = {
  number: "@",
  invoicedOn: "dd.mm.yyyy",
  position: "@",
  netAmount: "#,##0.00",
  grossAmount: "#,##0.00",
  ineligibleAmount: "#,##0.00",
  orderNumber: "@",
};

const rowsPrepared = 500;

export async function writeEntryTemplate(lines: NamedLine[]): Promise<Uint8Array<ArrayBuffer>> {
  const workbook = new ExcelJS.Workbook();
  const table = workbook.addWorksheet("Rechnungen", { views: [{ state: "frozen", ySplit: 1 }] });
  table.columns = entryColumns.map((column) => ({
    header: entryColumnWords[column],
    width: column === "position" || column === "description" ? 40 : 18,
    style: { numFmt: formats[column] ?? "General" },
  }));
  table.getRow(1).font = { bold: true };
  const position = entryColumns.indexOf("position") + 1;
  const places = workbook.addWorksheet("Kostenpositionen");
  places.columns = [{ header: "Kostenposition", width: 70 }];
  for (const line of lines) places.addRow([lineName(line)]);
  for (let row = 2; row <= rowsPrepared + 1 && lines.length > 0; row += 1) {
    table.getCell(row, position).dataValidation = {
      type: "list",
      allowBlank: true,
      formulae: [`Kostenpositionen!$A$2:$A$${lines.length + 1}`],
    };
  }
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

/** A filled form (Vordruck) as a workbook: a sheet for its head, one for each section, sums as live formulas. */
import ExcelJS from "exceljs";
import type { Day } from "#app/domain/calendar.ts";
import type { FilledForm, FilledSection } from "#app/domain/filled-form.ts";
import type { Money } from "#app/domain/money.ts";
import type { Value, ValueKind } from "#app/domain/official-form.ts";
import { headFieldWords } from "#app/german/official-form-words.ts";
import { amount, type Content, day, formula, safeText } from "./cells.ts";
import { type CellStyle, headingOver, styles } from "./styles.ts";
import type { Column, Table } from "./table.ts";

type SectionRow = { group: string; values: Value[]; isTotal: boolean };

const widths: Record<ValueKind, number> = { count: 8, text: 28, day: 13, amount: 15, percent: 12 };
const stylesOf: Record<ValueKind, CellStyle> = {
  count: styles.running,
  text: styles.text,
  day: styles.day,
  amount: styles.amount,
  percent: styles.amount,
};

export async function officialFormBook(
  form: FilledForm,
  { author, isExample, writtenOn }: { author: string; isExample: boolean; writtenOn: Day },
): Promise<Uint8Array<ArrayBuffer>> {
  // Its only day is that of its figures: made twice, it says the same.
  const made = day(writtenOn);
  const workbook = Object.assign(new ExcelJS.Workbook(), {
    ...{ created: made, modified: made },
    creator: "Paktbuch",
    lastModifiedBy: "Paktbuch",
    title: safeText(form.title),
    subject: safeText(author),
    description: isExample ? "BEISPIELDATEN" : "",
    language: "de-DE",
  });
  addSheet(workbook, headTable(form, isExample));
  form.sections.forEach((section, index) => {
    addSheet(workbook, sectionTable(section, index + 1));
  });
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

function headTable(form: FilledForm, isExample: boolean): Table<[string, Content], never> {
  const rows: [string, Content][] = [
    ...(isExample ? [["BEISPIELDATEN", ""] satisfies [string, string]] : []),
    ["Vordruck", form.title],
    ...form.head.map(({ field, kind, value }): [string, Content] => {
      return [headFieldWords[field], contentOf(kind, value)];
    }),
    ...form.notes.map((note): [string, Content] => ["Hinweis", note]),
  ];
  const styleOf = ([, value]: [string, Content]) =>
    value instanceof Date
      ? styles.leftDay
      : typeof value === "number"
        ? styles.leftAmount
        : styles.text;
  return {
    sheet: "Kopf",
    rows,
    hasFilter: false,
    columns: [
      { title: "Angabe", width: 32, style: styles.label, content: ([term]) => term },
      { title: "Wert", width: 60, style: styleOf, content: ([, value]) => value },
    ],
  };
}

function sectionTable(section: FilledSection, number: number): Table<SectionRow, never> {
  const { columns, groups, total } = section;
  const isGrouped = groups.some(({ name }) => name !== "");
  const rows = groups.flatMap(({ name, rows }) =>
    rows.map((values): SectionRow => ({ group: name, values, isTotal: false })),
  );
  const all = total && rows.length > 0 ? [...rows, totalRow(total)] : rows;
  const first = isGrouped ? 1 : 0;
  const group: Column<SectionRow, never> = {
    title: "Gruppe",
    width: 30,
    style: ({ isTotal }) => (isTotal ? styles.label : styles.text),
    content: (row) => (row.isTotal ? "Gesamt" : row.group),
  };
  return {
    sheet: sheetName(section.title, number),
    rows: all,
    hasFilter: false,
    columns: [
      ...(isGrouped ? [group] : []),
      ...columns.map(({ title, kind }, index): Column<SectionRow, never> => {
        const letter = letterOf(index + first);
        return {
          title,
          width: widths[kind],
          style: ({ isTotal }) => (isTotal && kind !== "amount" ? styles.label : stylesOf[kind]),
          headingStyle: stylesOf[kind],
          content: ({ values, isTotal }) => {
            const value = values[index] ?? null;
            if (!isTotal) return contentOf(kind, value);
            if (value === null) return index + first === 0 ? "Summe" : null;
            return formula(`SUM(${letter}2:${letter}${rows.length + 1})`, value as Money);
          },
        };
      }),
    ],
  };
}

function totalRow(total: (Money | null)[]): SectionRow {
  return { group: "", values: total, isTotal: true };
}

function contentOf(kind: ValueKind, value: Value): Content {
  if (value === null) return null;
  if (kind === "day") return day(value as string);
  if (kind === "amount" || kind === "percent") return amount(value as Money);
  return kind === "count" ? (value as number) : String(value);
}

/** No program takes more than 31 characters, nor these; the number keeps two of one name apart. */
function sheetName(title: string, number: number): string {
  return `${number} ${title.replace(/[\\/*?:[\]']/g, " ")}`.slice(0, 31).trim();
}

function letterOf(index: number): string {
  return String.fromCharCode(65 + index);
}

/** A form is small: it is written as a whole. */
function addSheet<Row>(workbook: ExcelJS.Workbook, table: Table<Row, never>) {
  const { columns, rows } = table;
  const sheet = workbook.addWorksheet(table.sheet, {
    views: [{ state: "frozen", ySplit: 1, showGridLines: false }],
    pageSetup: {
      ...{ paperSize: 9, orientation: "landscape", printTitlesRow: "1:1" },
      ...{ fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
    },
    headerFooter: { oddFooter: "&L&A&RSeite &P von &N" },
  });
  columns.forEach(({ title, width, style, headingStyle }, index) => {
    sheet.getColumn(index + 1).width = width;
    const cell = sheet.getCell(1, index + 1);
    cell.value = textValue(title);
    cell.style = headingOver(headingStyle ?? (typeof style === "function" ? {} : style));
  });
  rows.forEach((row, place) => {
    columns.forEach(({ style, content }, index) => {
      const cell = sheet.getCell(place + 2, index + 1);
      const value = content(row, { number: place + 1, at: () => "" });
      cell.value = typeof value === "string" ? textValue(value) : value;
      cell.style = typeof style === "function" ? style(row) : style;
    });
  });
}

/** As rich text a cell keeps what was typed; "_x0041_" would else be read as "A". */
function textValue(text: string): ExcelJS.CellRichTextValue {
  return { richText: [{ text: safeText(text).replace(/_(?=x[0-9a-f]{4}_)/gi, "_x005F_") }] };
}

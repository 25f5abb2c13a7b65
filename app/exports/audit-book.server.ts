/** Writes the audit workbook (Prüfbuch) as an .xlsx file, row by row. */
import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import type { Writable } from "node:stream";
import ExcelJS from "exceljs";
import type { AuditBook } from "#app/domain/audit-book.ts";
import type { Figure } from "#app/domain/journal.ts";
import { figureWords } from "#app/german/book-words.ts";
import { formatDay } from "#app/german/notation.ts";
import { formula, safeText } from "./cells.ts";
import { controlTable } from "./control-sheet.ts";
import { controlsOf } from "./controls.ts";
import { coverTable } from "./cover-sheet.ts";
import { journalSum, sumJournal } from "./journal-sheet.ts";
import { alarm } from "./styles.ts";
import { type Margins, namedRanges, type Table, type WorkbookWriter, writeTable } from "./table.ts";
import { tablesOf } from "./tables.ts";

/** Leaves no half file behind when it fails. */
export async function writeAuditBook(book: AuditBook, path: string): Promise<void> {
  const file = createWriteStream(path);
  // exceljs listens for errors of the file only at its end; a full disk before that would end the process.
  const broken = new Promise<never>((_, reject) => file.once("error", reject));
  try {
    await Promise.race([writeSheets(book, file), broken]);
  } catch (error) {
    file.destroy();
    await rm(path, { force: true });
    throw error;
  }
}

async function writeSheets(book: AuditBook, file: Writable): Promise<void> {
  const sums = sumJournal(book.entries);
  const tables = tablesOf(book, sums);
  const { overview, receipts, commitments, drawdowns, costShares, jointParts } = tables;
  const { followUpCosts, assets, municipal, papers, budgetReasons, auditMarks, journal } = tables;
  const { use, jointCosts, contracts, reversals, changes, codes } = tables;
  const controls = controlsOf(book, tables, sums);
  const control = controlTable(controls);
  const followers = [
    ...[overview, receipts, use, commitments, drawdowns, costShares, jointParts, jointCosts],
    ...[followUpCosts, assets, municipal, papers, budgetReasons, contracts, auditMarks],
    ...[reversals, changes, journal, codes],
  ];

  const workbook = openWorkbook(book, file);
  nameRanges(workbook, [...followers, control].flatMap(namedRanges));
  const margins = marginsOf(book);
  const write = async <Row, Key extends string>(table: Table<Row, Key>) =>
    (await writeTable(workbook, table, margins)).commit();

  const sumOf = (figure: Figure) =>
    formula(journalSum(journal, ["Wertart", `"${figureWords[figure]}"`]), sums.of(figure));
  await write(coverTable(book, { tables: followers, control, controls, sumOf }));
  await write(overview);
  await write(receipts);
  await write(use);
  await write(commitments);
  await write(drawdowns);
  await write(costShares);
  await write(jointParts);
  await write(jointCosts);
  await write(followUpCosts);
  await write(assets);
  await write(municipal);
  await write(papers);
  await write(budgetReasons);
  await write(contracts);
  await write(auditMarks);
  await write(reversals);
  await write(changes);
  await write(journal);
  await write(codes);
  const sheet = await writeTable(workbook, control, margins);
  sheet.addConditionalFormatting({
    ref: `A2:E${controls.length + 1}`,
    rules: [{ type: "expression", formulae: ['$E2="NEIN"'], priority: 1, style: alarm }],
  });
  sheet.commit();
  await workbook.commit();
}

function openWorkbook(book: AuditBook, stream: Writable): WorkbookWriter {
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({
    stream,
    useSharedStrings: false,
    useStyles: true,
  });
  const made = new Date(book.madeAt);
  const title = `Prüfbuch ${book.authority}, Stichtag ${formatDay(book.asOf)}`;
  return Object.assign(workbook, {
    creator: "Paktbuch",
    lastModifiedBy: "Paktbuch",
    created: made,
    modified: made,
    title: safeText(title),
    subject: safeText(book.grant ?? "alle Zuwendungen"),
    description: book.isExample ? "BEISPIELDATEN" : "",
    language: "de-DE",
  });
}

/** exceljs keeps an object for each cell of a named range: too much for a long journal. */
function nameRanges(workbook: WorkbookWriter, model: { name: string; ranges: string[] }[]) {
  Object.assign(workbook, { _definedNames: { model } });
}

function marginsOf(book: AuditBook): Margins {
  const authority = safeText(book.authority).slice(0, 80).replaceAll("&", "&&");
  return {
    header: book.isExample ? '&C&"Arial,Bold"BEISPIELDATEN' : "",
    footer: `&L&A&C${authority}, Stichtag ${formatDay(book.asOf)}&RSeite &P von &N`,
  };
}

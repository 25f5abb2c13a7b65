/** Writes the audit workbook (Prüfbuch) as an .xlsx file: its journal first, which all formulas end in. */
import type { AuditBook } from "#app/domain/audit-book.ts";
import type { Figure } from "#app/domain/journal.ts";
import { JournalTally } from "#app/domain/journal-tally.ts";
import { figureWords } from "#app/german/book-words.ts";
import { formatDay } from "#app/german/notation.ts";
import { formula, safeText } from "./cells.ts";
import { controlTable } from "./control-sheet.ts";
import type { Control } from "./comparison.ts";
import { controlsOf } from "./controls.ts";
import { coverTable } from "./cover-sheet.ts";
import { journalLayout, journalSum } from "./journal-sheet.ts";
import { alarm } from "./styles.ts";
import { namedRanges, type Table } from "./table.ts";
import { type BookTables, tablesOf } from "./tables.ts";
import {
  type Name,
  type Options,
  type Properties,
  type SealedSheet,
  type WorkbookParts,
  writeWorkbook,
} from "./workbook.server.ts";

export type BookOptions = Options & {
  /** Told now and then how many entries of the journal are written. */
  onProgress?: ((entries: number) => void) | undefined;
};

/** Leaves a whole file, or none. @throws as `writeWorkbook` does, RangeError for an amount that no cell holds */
export function writeAuditBook(
  book: AuditBook,
  path: string,
  options: BookOptions = {},
): Promise<void> {
  return writeWorkbook(
    path,
    propertiesOf(book),
    (workbook) => writeSheets(book, workbook, options),
    options,
  );
}

/** Their order; the cover stands before them, the journal and the controls after them. */
const sheetOrder = [
  ...["overview", "receipts", "use", "commitments", "drawdowns", "costShares", "jointParts"],
  ...["jointCosts", "followUpCosts", "assets", "municipal", "papers", "budgetReasons"],
  ...["contracts", "auditMarks", "reversals", "changes", "codes"],
] as Exclude<keyof BookTables, "journal">[];

async function writeSheets(
  book: AuditBook,
  workbook: WorkbookParts,
  { onProgress }: BookOptions,
): Promise<Name[]> {
  const tally = new JournalTally();
  const entries = tally.through(book.entries, onProgress);
  const place = sheetOrder.length + 1;
  const journal = await workbook.addLong(place, journalLayout(book), entries);

  const tables = tablesOf(book, tally, journal);
  const written: SealedSheet[] = [];
  for (const [index, name] of sheetOrder.entries()) {
    written.push(await workbook.add(index + 1, tables[name] as Table<unknown, string>));
  }
  const controls = controlsOf(book, tables, tally);
  const control = await workbook.add(
    place + journal.length,
    controlTable(controls),
    alarmOf(controls),
  );
  const sumOf = (figure: Figure) =>
    formula(journalSum(journal, ["Wertart", `"${figureWords[figure]}"`]), tally.of(figure));
  const followers = [...written, ...journal];
  // Last, since it holds the seals of all others.
  await workbook.add(0, coverTable(book, { tally, tables: followers, control, controls, sumOf }));
  return [...followers, control].flatMap(namedRanges);
}

function alarmOf(controls: Control[]) {
  const rule = {
    type: "expression" as const,
    formulae: ['$E2="NEIN"'],
    priority: 1,
    style: alarm,
  };
  return [{ ref: `A2:E${controls.length + 1}`, rules: [rule] }];
}

function propertiesOf(book: AuditBook): Properties {
  const authority = safeText(book.authority).slice(0, 80).replaceAll("&", "&&");
  return {
    title: safeText(`Prüfbuch ${book.authority}, Stichtag ${formatDay(book.asOf)}`),
    subject: safeText(book.grant ?? "alle Zuwendungen"),
    description: book.isExample ? "BEISPIELDATEN" : "",
    moment: book.knownOn,
    margins: {
      header: book.isExample ? '&C&"Arial,Bold"BEISPIELDATEN' : "",
      footer: `&L&A&C${authority}, Stichtag ${formatDay(book.asOf)}&RSeite &P von &N`,
    },
  };
}

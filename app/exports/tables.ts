/** The tables of an audit workbook that follow from its journal and which formulas of other sheets refer to. */
import type { AuditBook } from "#app/domain/audit-book.ts";
import type { JournalTally } from "#app/domain/journal-tally.ts";
import { auditMarksTable } from "./audit-marks-sheet.ts";
import { assetsTable } from "./assets-sheet.ts";
import { budgetReasonsTable } from "./budget-reasons-sheet.ts";
import { changesTable } from "./changes-sheet.ts";
import { codesTable } from "./codes-sheet.ts";
import { commitmentsTable } from "./commitments-sheet.ts";
import { contractsTable } from "./contracts-sheet.ts";
import { costSharesTable } from "./cost-shares-sheet.ts";
import { drawdownsTable } from "./drawdowns-sheet.ts";
import { followUpCostsTable } from "./follow-up-costs-sheet.ts";
import { jointCostsTable } from "./joint-costs-sheet.ts";
import { jointPartsTable } from "./joint-parts-sheet.ts";
import type { JournalShape } from "./journal-sheet.ts";
import { municipalTable, papersTable } from "./municipal-sheets.ts";
import { overviewTable } from "./overview-sheet.ts";
import { receiptsTable } from "./receipts-sheet.ts";
import { reversalsTable } from "./reversals-sheet.ts";
import { useTable } from "./use-sheet.ts";

export type BookTables = ReturnType<typeof tablesOf>;

/** @param journal the sheets of the journal, which is written and tallied before all others */
export function tablesOf(book: AuditBook, tally: JournalTally, journal: JournalShape) {
  const receipts = receiptsTable(book);
  return {
    overview: overviewTable(book, journal, tally),
    receipts,
    use: useTable(book, journal, receipts, tally),
    commitments: commitmentsTable(book),
    drawdowns: drawdownsTable(book),
    costShares: costSharesTable(book),
    followUpCosts: followUpCostsTable(book),
    assets: assetsTable(book),
    jointParts: jointPartsTable(book),
    jointCosts: jointCostsTable(book),
    contracts: contractsTable(book),
    reversals: reversalsTable(book),
    changes: changesTable(book),
    codes: codesTable(book),
    municipal: municipalTable(book),
    papers: papersTable(book, tally.spending),
    budgetReasons: budgetReasonsTable(book),
    auditMarks: auditMarksTable(book),
    journal,
  };
}

/** Sheet "Journal": every entry (Buchung); all formulas of the workbook end here. A long one goes on in "Journal 2". */
import type { AuditBook, BookEntry } from "#app/domain/audit-book.ts";
import { figures } from "#app/domain/journal.ts";
import type { JournalSums } from "#app/domain/journal-tally.ts";
import { accountKindWords, documentKindWords, figureWords } from "#app/german/book-words.ts";
import { amount, day, moment } from "./cells.ts";
import { styles } from "./styles.ts";
import { type Layout, range, type Shape } from "./table.ts";

export type JournalKey =
  | "Nummer"
  | "Kontonummer"
  | "Kontoart"
  | "Aktenzeichen"
  | "Wertart"
  | "Betrag"
  | "Belegart";

/** The sheets that a journal takes. */
export type JournalShape = Shape<JournalKey>[];

export function journalLayout(book: AuditBook): Layout<BookEntry, JournalKey> {
  const numbers = accountNumbers(book);
  return {
    sheet: "Journal",
    frozenColumns: 1,
    columns: [
      {
        key: "Nummer",
        title: "Buchungsnummer",
        width: 15.5,
        style: styles.count,
        content: (entry) => entry.number,
      },
      {
        title: "Buchungstag",
        width: 12,
        style: styles.day,
        content: (entry) => day(entry.bookedOn),
      },
      {
        title: "erfasst am",
        width: 18,
        style: styles.moment,
        content: (entry) => moment(entry.recordedAt),
      },
      { title: "erfasst von", width: 16, style: styles.text, content: (entry) => entry.recordedBy },
      // Formulas find an account by number: a label may hold what a criterion takes for a pattern.
      {
        key: "Kontonummer",
        title: "Konto-Nr.",
        width: 8,
        style: styles.running,
        content: (entry) => numbers.get(entry.accountId) ?? null,
      },
      { title: "Konto", width: 30, style: styles.text, content: (entry) => entry.account },
      {
        key: "Kontoart",
        title: "Kontoart",
        width: 15,
        style: styles.text,
        content: (entry) => accountKindWords[entry.accountKind],
      },
      {
        key: "Aktenzeichen",
        title: "Aktenzeichen",
        width: 16,
        style: styles.number,
        content: (entry) => entry.fileNumber,
      },
      { title: "Schule", width: 20, style: styles.text, content: (entry) => entry.school },
      {
        title: "Fördergegenstand",
        width: 17,
        style: styles.number,
        content: (entry) => entry.code,
      },
      {
        key: "Wertart",
        title: "Wertart",
        width: 20,
        style: styles.text,
        content: (entry) => figureWords[entry.figure],
      },
      {
        key: "Betrag",
        title: "Betrag (EUR)",
        width: 14,
        style: styles.amount,
        content: (entry) => amount(entry.amount),
      },
      {
        key: "Belegart",
        title: "Belegart",
        width: 19,
        style: styles.text,
        content: (entry) => documentKindWords[entry.documentKind],
      },
      {
        title: "storniert Buchung Nr.",
        width: 10,
        style: styles.count,
        content: (entry) => entry.reversesNumber,
      },
      {
        title: "Prüfsumme (SHA-256)",
        width: 14,
        style: styles.oneLine,
        content: (entry) => entry.hash,
      },
      // Last and never empty: the long text before it is cut at the edge of its cell.
      { title: "Buchungstext", width: 36, style: styles.text, content: (entry) => entry.text },
    ],
  };
}

/** Numbers of the accounts in this workbook: their rows on the overview, from 1. */
export function accountNumbers(book: AuditBook): Map<string, number> {
  return new Map(book.accounts.map(({ id }, index) => [id, index + 1]));
}

/** A live sum over the journal; the restrictions are pairs of a column and a cell or quoted word. */
export function journalSum(journal: JournalShape, ...restrictions: [JournalKey, string][]) {
  const sums = journal.map((sheet) => {
    const criteria = restrictions.map(([key, criterion]) => `,${range(sheet, key)},${criterion}`);
    return `SUMIFS(${range(sheet, "Betrag")}${criteria.join("")})`;
  });
  return `ROUND(${sums.join("+")},2)`;
}

/** A column of all of the journal, as the arguments of a function that counts or compares. */
export function journalColumn(journal: JournalShape, key: JournalKey): string {
  return journal.map((sheet) => range(sheet, key)).join(",");
}

/** Accounts and figures whose stored balance is not the sum of their entries. */
export function deviatingBalances(book: AuditBook, sums: JournalSums): number {
  return book.accounts
    .flatMap(({ id, figures: stored }) =>
      figures.map((figure) => stored[figure].eq(sums.ofAccount(id, figure))),
    )
    .filter((isEqual) => !isEqual).length;
}

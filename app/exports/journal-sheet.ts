/** Sheet "Journal": every entry (Buchung); all formulas of the workbook end here. */
import type { AuditBook, BookEntry } from "#app/domain/audit-book.ts";
import { type AccountKind, type Figure, figures } from "#app/domain/journal.ts";
import { type Money, zero } from "#app/domain/money.ts";
import { accountKindWords, documentKindWords, figureWords } from "#app/german/book-words.ts";
import { amount, day, moment } from "./cells.ts";
import { styles } from "./styles.ts";
import { range, type Shape, type Table } from "./table.ts";

export type JournalKey = "Nummer" | "Kontonummer" | "Kontoart" | "Wertart" | "Betrag";

export function journalTable(book: AuditBook): Table<BookEntry, JournalKey> {
  const numbers = accountNumbers(book);
  return {
    sheet: "Journal",
    rows: book.entries,
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
export function journalSum(journal: Shape<JournalKey>, ...restrictions: [JournalKey, string][]) {
  const criteria = restrictions.map(([key, criterion]) => `,${range(journal, key)},${criterion}`);
  return `ROUND(SUMIFS(${range(journal, "Betrag")}${criteria.join("")}),2)`;
}

/** The exact sums that the formulas must arrive at. */
export type JournalSums = {
  of: (figure: Figure) => Money;
  ofKind: (kind: AccountKind, figure: Figure) => Money;
  ofAccount: (accountId: string, figure: Figure) => Money;
};

export function sumJournal(entries: BookEntry[]): JournalSums {
  const total = new Sums();
  const byKind = new Sums();
  const byAccount = new Sums();
  for (const { accountId, accountKind, figure, amount } of entries) {
    total.add("", figure, amount);
    byKind.add(accountKind, figure, amount);
    byAccount.add(accountId, figure, amount);
  }
  return {
    of: (figure) => total.get("", figure),
    ofKind: (kind, figure) => byKind.get(kind, figure),
    ofAccount: (accountId, figure) => byAccount.get(accountId, figure),
  };
}

class Sums {
  private readonly sums = new Map<string, Map<Figure, Money>>();

  add(group: string, figure: Figure, amount: Money) {
    const figuresOfGroup = this.sums.get(group) ?? new Map<Figure, Money>();
    figuresOfGroup.set(figure, this.get(group, figure).plus(amount));
    this.sums.set(group, figuresOfGroup);
  }

  get(group: string, figure: Figure): Money {
    return this.sums.get(group)?.get(figure) ?? zero;
  }
}

/** Accounts and figures whose stored balance is not the sum of their entries. */
export function deviatingBalances(book: AuditBook, sums: JournalSums): number {
  return book.accounts
    .flatMap(({ id, figures: stored }) =>
      figures.map((figure) => stored[figure].eq(sums.ofAccount(id, figure))),
    )
    .filter((isEqual) => !isEqual).length;
}

/** Sheet "Übersicht": a row for each account, each figure a live sum over the journal. */
import type { JournalSums } from "#app/domain/journal-tally.ts";
import { sum } from "#app/domain/money.ts";
import type { AuditBook, BookAccount } from "#app/domain/audit-book.ts";
import {
  type AccountKind,
  authorizingFigures,
  type Figure,
  figures,
  figuresOf,
} from "#app/domain/journal.ts";
import { accountKindWords, figureWords } from "#app/german/book-words.ts";
import { type Content, formula } from "./cells.ts";
import { type JournalShape, journalSum } from "./journal-sheet.ts";
import { styles } from "./styles.ts";
import type { Column, Place, Table } from "./table.ts";

/** Names of ranges can't hold a space: "in Rechnung gestellt" is "in_Rechnung_gestellt". */
export type OverviewKey = string;

export function figureKey(figure: Figure): OverviewKey {
  return figureWords[figure].replaceAll(" ", "_");
}

const numberKey = "Kontonummer";

export function overviewTable(
  book: AuditBook,
  journal: JournalShape,
  sums: JournalSums,
): Table<BookAccount, OverviewKey> {
  const figureColumn = (figure: Figure): Column<BookAccount, OverviewKey> => ({
    key: figureKey(figure),
    title: figureWords[figure],
    width: 14,
    style: styles.amount,
    content: (account, { at }) =>
      has(account, figure)
        ? formula(
            journalSum(
              journal,
              ["Kontonummer", at(numberKey)],
              ["Wertart", `"${figureWords[figure]}"`],
            ),
            sums.ofAccount(account.id, figure),
          )
        : null,
  });
  return {
    sheet: "Übersicht",
    rows: book.accounts,
    frozenColumns: 2,
    columns: [
      {
        key: numberKey,
        title: "Konto-Nr.",
        width: 8,
        style: styles.running,
        content: (_, { number }) => number,
      },
      { title: "Konto", width: 34, style: styles.text, content: (account) => account.label },
      {
        title: "Kontoart",
        width: 15,
        style: styles.text,
        content: (account) => accountKindWords[account.kind],
      },
      {
        title: "Aktenzeichen",
        width: 16,
        style: styles.number,
        content: (account) => account.fileNumber,
      },
      { title: "Schule", width: 20, style: styles.text, content: (account) => account.school },
      {
        title: "Fördergegenstand",
        width: 17,
        style: styles.number,
        content: (account) => account.code,
      },
      {
        title: "Haushaltsjahr",
        width: 14,
        style: styles.year,
        content: (account) => account.fiscalYear,
      },
      ...figures.map(figureColumn),
      {
        title: "verfügbar",
        width: 14,
        style: styles.amount,
        content: (account, place) => availableOf(account, place, sums),
      },
    ],
  };
}

/** A figure that the account should not have is shown as soon as it has it. */
function has(account: BookAccount, figure: Figure): boolean {
  return figuresOf[account.kind].includes(figure) || !account.figures[figure].isZero();
}

/**
 * What is left: the figures that give less those that spend. Income has nothing to spend; a pot's rest stands on no
 * single account, since what schools take of a shared pot has accounts of its own.
 */
const givingFigures: Record<AccountKind, readonly Figure[]> = {
  pot: [],
  budget_line: ["approved"],
  income: [],
  appropriation: authorizingFigures,
  member_share: [],
};
const spendingFigures: readonly Figure[] = ["committed", "invoiced"];

function availableOf(
  { kind, id }: BookAccount,
  { at }: Place<OverviewKey>,
  sums: JournalSums,
): Content {
  const giving = givingFigures[kind];
  if (giving.length === 0) return null;
  const cells = (figures: readonly Figure[]) => figures.map((figure) => at(figureKey(figure)));
  const total = (figures: readonly Figure[]) =>
    sum(figures.map((figure) => sums.ofAccount(id, figure)));
  const rest = total(giving).minus(total(spendingFigures));
  const formulaText = [cells(giving).join("+"), ...cells(spendingFigures)].join("-");
  return formula(`ROUND(${formulaText},2)`, rest);
}

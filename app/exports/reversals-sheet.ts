/** Sheet "Stornos": every document that was undone, its reversal, and what took its place. */
import type { AuditBook } from "#app/domain/audit-book.ts";
import type { ReversalRow } from "#app/domain/audit-sheets.ts";
import { euro, type Money } from "#app/domain/money.ts";
import { documentKindWords } from "#app/german/book-words.ts";
import { amount, day, formula, moment, utcMoment } from "./cells.ts";
import { styles } from "./styles.ts";
import type { Column, Table } from "./table.ts";

export type ReversalKey =
  | "lfd_Nr"
  | "Anzahl_Original"
  | "bewegt"
  | "Summe_Original"
  | "Anzahl_Storno"
  | "im_Storno_bewegt"
  | "Summe_Storno"
  | "Differenz";

// An invoice frees what was committed: with signs its entries can come to 0 whatever it was.
const unsigned = "(Summe der Beträge ohne Vorzeichen)";
const signed = "(mit Vorzeichen)";

export function reversalsTable(book: AuditBook): Table<ReversalRow, ReversalKey> {
  return {
    sheet: "Stornos",
    rows: book.sheets.reversals,
    frozenColumns: 1,
    columns: [
      {
        key: "lfd_Nr",
        title: "lfd. Nr.",
        width: 6,
        style: styles.running,
        content: (_, { number }) => number,
      },
      {
        title: "Belegart",
        width: 18,
        style: styles.text,
        content: (row) => documentKindWords[row.documentKind],
      },
      { title: "stornierter Vorgang", width: 28, style: styles.text, content: (row) => row.title },
      { title: "Tag", width: 12, style: styles.day, content: (row) => day(row.bookedOn) },
      numbers("Buchungen des Vorgangs (Nr.)", ({ original }) => original.numbers),
      count("Anzahl_Original", "Anzahl", ({ original }) => original.numbers),
      total("bewegt", `bewegt ${unsigned}`, ({ original }) => original.moved),
      total(
        "Summe_Original",
        `Summe dieser Buchungen ${signed}`,
        ({ original }) => original.amount,
      ),
      {
        title: "storniert am",
        width: 12,
        style: styles.day,
        content: (row) => day(row.reversedOn),
      },
      numbers("Buchungen des Stornos (Nr.)", ({ reversal }) => reversal.numbers),
      count("Anzahl_Storno", "Anzahl im Storno", ({ reversal }) => reversal.numbers),
      total("im_Storno_bewegt", `im Storno bewegt ${unsigned}`, ({ reversal }) => reversal.moved),
      total(
        "Summe_Storno",
        `Summe der Stornobuchungen ${signed}`,
        ({ reversal }) => reversal.amount,
      ),
      {
        key: "Differenz",
        title: "Vorgang + Storno (muss 0 sein)",
        width: 15,
        style: styles.amount,
        content: (row, { at }) =>
          formula(`ROUND(${at("Summe_Original")}+${at("Summe_Storno")},2)`, leftOf(row)),
      },
      { title: "Grund", width: 30, style: styles.text, content: (row) => row.reason },
      { title: "storniert von", width: 18, style: styles.text, content: (row) => row.recordedBy },
      {
        title: "erfasst (UTC)",
        width: 18,
        style: styles.moment,
        content: (row) => row.recordedAt && utcMoment(row.recordedAt),
      },
      {
        title: "erfasst (Berliner Zeit)",
        width: 18,
        style: styles.moment,
        content: (row) => row.recordedAt && moment(row.recordedAt),
      },
      {
        title: "ersetzt durch",
        width: 32,
        style: styles.text,
        content: (row) => row.replacedBy,
      },
    ],
  };
}

/** What reversal and original leave together: nothing. */
export function leftOf({ original, reversal }: ReversalRow): Money {
  return original.amount.plus(reversal.amount);
}

/** How many entries, as a number that controls can sum. */
export function entriesIn(numbers: number[]): Money {
  return euro(String(numbers.length));
}

type Of<Value> = (row: ReversalRow) => Value;

function numbers(title: string, of: Of<number[]>): Column<ReversalRow, ReversalKey> {
  const content: Of<string | null> = (row) => of(row).join(", ") || null;
  return { title, width: 15, style: styles.number, content };
}

function count(
  key: ReversalKey,
  title: string,
  of: Of<number[]>,
): Column<ReversalRow, ReversalKey> {
  return { key, title, width: 9, style: styles.count, content: (row) => of(row).length };
}

function total(key: ReversalKey, title: string, of: Of<Money>): Column<ReversalRow, ReversalKey> {
  return { key, title, width: 15, style: styles.amount, content: (row) => amount(of(row)) };
}

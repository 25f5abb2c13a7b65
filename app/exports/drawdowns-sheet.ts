/** Sheet "Mittelabruf": what was drawn, came and was given back, with the state of the grant after each deed. */
import type { AuditBook, DrawdownRow } from "#app/domain/audit-book.ts";
import { type Money, zero } from "#app/domain/money.ts";
import { drawdownDeedWords } from "#app/german/book-words.ts";
import { amount, day, formula } from "./cells.ts";
import { styles } from "./styles.ts";
import { type Column, range, type Table } from "./table.ts";

/** The columns of money, named as the journal names the figures. */
export const incomeFigures = [
  { key: "abgerufen", figure: "drawn" },
  { key: "eingegangen", figure: "received" },
  { key: "zurückgefordert", figure: "reclaimed" },
  { key: "zurückgezahlt", figure: "repaid" },
  { key: "Zinsen", figure: "interest" },
] as const;

export type DrawdownKey = "lfd_Nr" | "Aktenzeichen" | (typeof incomeFigures)[number]["key"];

export function drawdownsTable(book: AuditBook): Table<DrawdownRow, DrawdownKey> {
  const totals = runningTotals(book.drawdowns);
  const table: Table<DrawdownRow, DrawdownKey> = {
    sheet: "Mittelabruf",
    rows: book.drawdowns,
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
        key: "Aktenzeichen",
        title: "Aktenzeichen",
        width: 20,
        style: styles.number,
        content: (row) => row.fileNumber,
      },
      { title: "Nr. des Abrufs", width: 9, style: styles.running, content: (row) => row.number },
      { title: "Tag", width: 12, style: styles.day, content: (row) => day(row.on) },
      {
        title: "Vorgang",
        width: 24,
        style: styles.text,
        content: (row) => drawdownDeedWords[row.deed],
      },
      { title: "Zweck", width: 40, style: styles.text, content: (row) => row.purpose },
      ...incomeFigures.map(({ key, figure }) => ({
        key,
        title: key,
        width: 15,
        style: styles.amount,
        content: (row: DrawdownRow) => amount(row[figure]),
      })),
      running("abgerufen", (row) => totals.get(row)!.drawn),
      running("eingegangen", (row) => totals.get(row)!.received),
    ],
  };
  return table;

  /** By file number and running number, not by position: it stays true when rows are sorted or hidden. */
  function running(
    key: "abgerufen" | "eingegangen",
    total: (row: DrawdownRow) => Money,
  ): Column<DrawdownRow, DrawdownKey> {
    return {
      title: `${key} bis hier (je Aktenzeichen)`,
      width: 17,
      style: styles.amount,
      content: (row, { at }) => {
        const sameGrant = `(${range(table, "Aktenzeichen")}=${at("Aktenzeichen")})`;
        const untilHere = `(${range(table, "lfd_Nr")}<=${at("lfd_Nr")})`;
        const product = `${sameGrant}*${untilHere}*${range(table, key)}`;
        return formula(`ROUND(SUMPRODUCT(${product}),2)`, total(row));
      },
    };
  }
}

function runningTotals(rows: DrawdownRow[]) {
  const byGrant = new Map<string, { drawn: Money; received: Money }>();
  return new Map(
    rows.map((row) => {
      const grant = row.fileNumber.toLowerCase(); // "=" between texts does not look at case
      const before = byGrant.get(grant) ?? { drawn: zero, received: zero };
      const after = {
        drawn: before.drawn.plus(row.drawn),
        received: before.received.plus(row.received),
      };
      byGrant.set(grant, after);
      return [row, after] as const;
    }),
  );
}

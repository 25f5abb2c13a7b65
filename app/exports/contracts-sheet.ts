/** Sheet "Verträge": contracts of the municipal budget, a row for each fiscal year that they bind. */
import type { AuditBook } from "#app/domain/audit-book.ts";
import type { ContractYearRow } from "#app/domain/audit-sheets.ts";
import { standingWords } from "#app/german/book-words.ts";
import { contractKindWords, rhythmWords } from "#app/german/contract-words.ts";
import { amount, day } from "./cells.ts";
import { styles } from "./styles.ts";
import type { Column, Table } from "./table.ts";

export type ContractKey = "lfd_Nr" | (typeof contractFigures)[number]["key"];

export const contractFigures = [
  { key: "beauftragt", figure: "ordered" },
  { key: "gebunden", figure: "committed" },
  { key: "in_Rechnung_gestellt", figure: "invoiced" },
  { key: "bezahlt", figure: "paid" },
] as const;

export function contractsTable(book: AuditBook): Table<ContractYearRow, ContractKey> {
  return {
    sheet: "Verträge",
    rows: book.sheets.contracts,
    frozenColumns: 2,
    columns: [
      {
        key: "lfd_Nr",
        title: "lfd. Nr.",
        width: 6,
        style: styles.running,
        content: (_, { number }) => number,
      },
      { title: "Vertragsnummer", width: 16, style: styles.number, content: (row) => row.number },
      { title: "Vertrag", width: 22, style: styles.text, content: (row) => row.name },
      {
        title: "Vertragsart",
        width: 14,
        style: styles.text,
        content: (row) => contractKindWords[row.kind],
      },
      { title: "Vertragspartner", width: 20, style: styles.text, content: (row) => row.supplier },
      { title: "Schule", width: 20, style: styles.text, content: (row) => row.school },
      { title: "Haushaltsstelle", width: 18, style: styles.number, content: (row) => row.account },
      on("geschlossen am", (row) => row.signedOn),
      on("läuft ab", (row) => row.startedOn),
      on("endet am", (row) => row.endsOn),
      {
        title: "Kündigungsfrist (Monate)",
        width: 13,
        style: styles.count,
        content: (row) => row.noticeMonths,
      },
      on("nächste Kündigung bis", (row) => row.noticeBy),
      {
        title: "Betrag (je Zeile wiederholt)",
        width: 14,
        style: styles.amount,
        content: (row) => amount(row.amount),
      },
      {
        title: "Rhythmus",
        width: 10,
        style: styles.text,
        content: (row) => rhythmWords[row.rhythm],
      },
      { title: "Haushaltsjahr", width: 14, style: styles.year, content: (row) => row.fiscalYear },
      ...contractFigures.map(({ key, figure }): Column<ContractYearRow, ContractKey> => {
        const title = key.replaceAll("_", " ");
        return {
          key,
          title,
          width: 14,
          style: styles.amount,
          content: (row) => amount(row[figure]),
        };
      }),
      {
        title: "Status",
        width: 11,
        style: styles.text,
        content: (row) => standingWords[row.stands ? "standing" : "reversed"],
      },
    ],
  };
}

function on(
  title: string,
  of: (row: ContractYearRow) => string | null,
): Column<ContractYearRow, ContractKey> {
  return { title, width: 12.5, style: styles.day, content: (row) => day(of(row)) };
}

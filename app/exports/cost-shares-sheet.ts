/** Sheet "IKZ": the yearly cost of joint services, the part of each member, what is booked of it. */
import type { AuditBook } from "#app/domain/audit-book.ts";
import type { CostShareRow } from "#app/domain/audit-rows.ts";
import { allocationKeyWords, standingWords } from "#app/german/book-words.ts";
import { amount, day, weight } from "./cells.ts";
import { styles } from "./styles.ts";
import type { Table } from "./table.ts";

export type CostShareKey = "lfd_Nr" | "Anteil" | "gebucht" | "bezahlt";

export function costSharesTable(book: AuditBook): Table<CostShareRow, CostShareKey> {
  return {
    sheet: "IKZ",
    rows: book.costShares,
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
        title: "Zusammenarbeit (IKZ)",
        width: 24,
        style: styles.text,
        content: (share) => share.jointService,
      },
      {
        title: "Haushaltsjahr",
        width: 14,
        style: styles.year,
        content: (share) => share.fiscalYear,
      },
      {
        title: "Nummer der Anforderung",
        width: 15,
        style: styles.number,
        content: (share) => share.number,
      },
      {
        title: "angefordert am",
        width: 12,
        style: styles.day,
        content: (share) => day(share.demandedOn),
      },
      {
        title: "Verteilungsschlüssel",
        width: 19,
        style: styles.text,
        content: (share) => allocationKeyWords[share.allocationKey],
      },
      {
        title: "Gesamtkosten (je Zeile wiederholt)",
        width: 15,
        style: styles.amount,
        content: (share) => amount(share.total),
      },
      { title: "Mitglied", width: 24, style: styles.text, content: (share) => share.member },
      {
        title: "eigener Anteil",
        width: 9,
        style: styles.word,
        content: (share) => (share.isOwn ? "ja" : "nein"),
      },
      {
        title: "Gewicht",
        width: 10,
        style: styles.weight,
        content: (share) => share.weight && weight(share.weight),
      },
      {
        key: "Anteil",
        title: "Anteil",
        width: 14,
        style: styles.amount,
        content: (share) => amount(share.amount),
      },
      {
        key: "gebucht",
        title: "davon gebucht",
        width: 14,
        style: styles.amount,
        content: (share) => amount(share.booked),
      },
      {
        key: "bezahlt",
        title: "davon bezahlt",
        width: 14,
        style: styles.amount,
        content: (share) => amount(share.paid),
      },
      { title: "bezahlt am", width: 12, style: styles.day, content: (share) => day(share.paidOn) },
      {
        title: "Haushaltsansatz",
        width: 26,
        style: styles.text,
        content: (share) => share.appropriation,
      },
      {
        title: "Status",
        width: 11,
        style: styles.text,
        content: (share) => standingWords[share.standing],
      },
    ],
  };
}

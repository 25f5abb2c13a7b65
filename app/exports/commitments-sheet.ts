/** Sheet "Mittelbindung": the lines of all orders and what became of them. */
import type { AuditBook, Commitment } from "#app/domain/audit-book.ts";
import type { Money } from "#app/domain/money.ts";
import { standingWords } from "#app/german/book-words.ts";
import { amount, day, formula } from "./cells.ts";
import { styles } from "./styles.ts";
import type { Table } from "./table.ts";

export type CommitmentKey =
  | "lfd_Nr"
  | "beauftragt"
  | "abgerechnet"
  | "freigegeben"
  | "storniert"
  | "offen";

export function commitmentsTable(book: AuditBook): Table<Commitment, CommitmentKey> {
  return {
    sheet: "Mittelbindung",
    rows: book.commitments,
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
        title: "Aktenzeichen",
        width: 18,
        style: styles.number,
        content: (order) => order.fileNumber,
      },
      { title: "Schule", width: 22, style: styles.text, content: (order) => order.school },
      {
        title: "Fördergegenstand",
        width: 17,
        style: styles.number,
        content: (order) => order.code,
      },
      { title: "Auftragnehmer", width: 24, style: styles.text, content: (order) => order.supplier },
      {
        title: "Auftragsnummer",
        width: 15,
        style: styles.number,
        content: (order) => order.orderNumber,
      },
      {
        title: "Auftragsdatum",
        width: 14,
        style: styles.day,
        content: (order) => day(order.orderedOn),
      },
      { title: "Gegenstand", width: 30, style: styles.text, content: (order) => order.description },
      {
        key: "beauftragt",
        title: "beauftragt",
        width: 14,
        style: styles.amount,
        content: (order) => amount(order.ordered),
      },
      {
        key: "abgerechnet",
        title: "durch Rechnung abgelöst",
        width: 14,
        style: styles.amount,
        content: (order) => amount(order.released),
      },
      {
        key: "freigegeben",
        title: "bei Abschluss freigegeben",
        width: 14,
        style: styles.amount,
        content: (order) => amount(order.freed),
      },
      {
        key: "storniert",
        title: "storniert",
        width: 14,
        style: styles.amount,
        content: (order) => amount(order.reversed),
      },
      {
        key: "offen",
        title: "offen (gebunden)",
        width: 14,
        style: styles.amount,
        content: (order, { at }) => {
          const less = [at("abgerechnet"), at("freigegeben"), at("storniert")];
          return formula(`ROUND(${[at("beauftragt"), ...less].join("-")},2)`, openOf(order));
        },
      },
      {
        title: "Status",
        width: 11,
        style: styles.text,
        content: (order) => standingWords[order.standing],
      },
    ],
  };
}

/** As the formula of the row reckons it, not as it is stored: a difference shows among the controls. */
export function openOf({ ordered, released, freed, reversed }: Commitment): Money {
  return ordered.minus(released).minus(freed).minus(reversed);
}

/** Sheet "IKZ-Kosten": what each year of a joint service really cost, paper by paper. */
import type { AuditBook } from "#app/domain/audit-book.ts";
import type { JointCostRow } from "#app/domain/audit-sheets.ts";
import { type Money, zero } from "#app/domain/money.ts";
import { standingWords } from "#app/german/book-words.ts";
import { jointCostKindWords } from "#app/german/joint-words.ts";
import { amount, day, weight } from "./cells.ts";
import { styles } from "./styles.ts";
import type { Table } from "./table.ts";

export type JointCostKey = "lfd_Nr" | "Betrag" | "zählt" | "abgerechnet_am";

export function jointCostsTable(book: AuditBook): Table<JointCostRow, JointCostKey> {
  return {
    sheet: "IKZ-Kosten",
    rows: book.sheets.jointCosts,
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
        width: 26,
        style: styles.text,
        content: (cost) => cost.jointService,
      },
      {
        title: "Haushaltsjahr",
        width: 14,
        style: styles.year,
        content: (cost) => cost.fiscalYear,
      },
      {
        title: "Nummer des Plans",
        width: 15,
        style: styles.number,
        content: (cost) => cost.planNumber,
      },
      {
        title: "entstanden am",
        width: 13,
        style: styles.day,
        content: (cost) => day(cost.incurredOn),
      },
      {
        title: "Kostenart",
        width: 20,
        style: styles.text,
        content: (cost) => jointCostKindWords[cost.kind],
      },
      { title: "wofür", width: 32, style: styles.text, content: (cost) => cost.description },
      {
        title: "Belegnummer",
        width: 18,
        style: styles.number,
        content: (cost) => cost.invoiceNumber ?? (cost.reference || null),
      },
      {
        title: "Stunden",
        width: 10,
        style: styles.weight,
        content: (cost) => cost.hours && weight(cost.hours),
      },
      {
        title: "Stundensatz",
        width: 13,
        style: styles.amount,
        content: (cost) => cost.rate && amount(cost.rate),
      },
      {
        key: "Betrag",
        title: "Betrag",
        width: 14,
        style: styles.amount,
        content: (cost) => amount(cost.amount),
      },
      {
        key: "zählt",
        title: "davon gültig",
        width: 14,
        style: styles.amount,
        content: (cost) => amount(countedOf(cost)),
      },
      {
        title: "Nummer der Abrechnung",
        width: 17,
        style: styles.number,
        content: (cost) => cost.settlementNumber,
      },
      {
        key: "abgerechnet_am",
        title: "abgerechnet am",
        width: 14,
        style: styles.day,
        content: (cost) => day(cost.settledOn),
      },
      {
        title: "Status",
        width: 11,
        style: styles.text,
        content: (cost) => standingWords[cost.stands ? "standing" : "reversed"],
      },
    ],
  };
}

/** A cost that was undone stays on the sheet and counts nothing. */
export function countedOf({ amount, stands }: JointCostRow): Money {
  return stands ? amount : zero;
}

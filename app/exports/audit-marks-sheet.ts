/** Sheet "Prüfung": marks of audits on receipts and the office's answers, with the seed of each sample. */
import type { AuditBook } from "#app/domain/audit-book.ts";
import type { AuditMarkRow } from "#app/domain/audit-mark.ts";
import { auditMarkWords } from "#app/german/audit-words.ts";
import { sampleMethodWords } from "#app/german/hint-words.ts";
import { amount, day, moment } from "./cells.ts";
import { styles } from "./styles.ts";
import type { Table } from "./table.ts";

export function auditMarksTable(book: AuditBook): Table<AuditMarkRow, string> {
  return {
    sheet: "Prüfung",
    rows: book.auditMarks ?? [],
    frozenColumns: 3,
    columns: [
      { key: "lfd_Nr", title: "lfd. Nr.", width: 6, style: styles.running, content: (_, { number }) => number }, // prettier-ignore
      { key: "Aktenzeichen", title: "Aktenzeichen oder Haushalt", width: 22, style: styles.text, content: ({ place }) => place }, // prettier-ignore
      { key: "Rechnung", title: "Rechnung", width: 18, style: styles.number, content: ({ number }) => number }, // prettier-ignore
      { title: "Lieferant", width: 26, style: styles.text, content: ({ supplier }) => supplier },
      { title: "Rechnungsdatum", width: 13, style: styles.day, content: (row) => day(row.invoicedOn) }, // prettier-ignore
      { key: "Brutto", title: "brutto", width: 14, style: styles.amount, content: (row) => amount(row.grossAmount) }, // prettier-ignore
      { key: "Vermerk", title: "Vermerk", width: 15, style: styles.word, content: ({ kind }) => auditMarkWords[kind] }, // prettier-ignore
      {
        key: "Stand",
        title: "Stand",
        width: 15,
        style: styles.word,
        content: ({ isStanding }) => (isStanding ? "gültig" : "zurückgenommen"),
      },
      {
        key: "Kürzung",
        title: "Kürzung der Prüfung (Notiz, keine Buchung)",
        width: 16,
        style: styles.amount,
        content: (row) => (row.amount === null ? null : amount(row.amount)),
      },
      { title: "Grund, Frage oder Antwort", width: 44, style: styles.text, content: ({ text }) => text }, // prettier-ignore
      { title: "von", width: 20, style: styles.text, content: ({ markedBy }) => markedBy },
      { title: "am (Berliner Zeit)", width: 18, style: styles.moment, content: (row) => moment(row.markedAt) }, // prettier-ignore
      {
        title: "Stichprobe",
        width: 20,
        style: styles.text,
        content: ({ method }) => (method === null ? "" : sampleMethodWords[method].name),
      },
      { title: "Startzahl", width: 12, style: styles.count, content: ({ seed }) => seed },
    ],
  };
}

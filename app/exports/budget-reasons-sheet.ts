/** Sheet "Haushaltsänderungen": who decided about the money of the municipal budget, and why. */
import type { AuditBook } from "#app/domain/audit-book.ts";
import type { BudgetReason } from "#app/domain/budget-reason.ts";
import { carryoverGroundWords } from "#app/german/budget-sentences.ts";
import { documentKindWords } from "#app/german/book-words.ts";
import { amount, day } from "./cells.ts";
import { styles } from "./styles.ts";
import type { Table } from "./table.ts";

export function budgetReasonsTable(book: AuditBook): Table<BudgetReason, string> {
  return {
    sheet: "Haushaltsänderungen",
    rows: book.budgetReasons ?? [],
    frozenColumns: 1,
    columns: [
      { key: "lfd_Nr", title: "lfd. Nr.", width: 6, style: styles.running, content: (_, { number }) => number }, // prettier-ignore
      {
        title: "Haushaltsstelle",
        width: 40,
        style: styles.text,
        content: ({ account }) => account,
      },
      { title: "Belegart", width: 22, style: styles.text, content: ({ kind }) => documentKindWords[kind] }, // prettier-ignore
      { title: "Stand", width: 10, style: styles.text, content: ({ stands }) => (stands ? "gilt" : "storniert") }, // prettier-ignore
      { title: "Betrag", width: 14, style: styles.amount, content: (row) => amount(row.amount) },
      { title: "Beschlossen am", width: 12, style: styles.day, content: ({ decidedOn }) => day(decidedOn) }, // prettier-ignore
      {
        title: "Beschluss",
        width: 30,
        style: styles.text,
        content: ({ resolution }) => resolution,
      },
      { title: "Wer entschieden hat", width: 26, style: styles.text, content: ({ decision }) => decision || null }, // prettier-ignore
      { title: "Grund", width: 40, style: styles.text, content: ({ reason }) => reason || null },
      { title: "Deckung oder Ziel", width: 40, style: styles.text, content: ({ otherAccount, additionalIncome }) => otherAccount ?? (additionalIncome || null) }, // prettier-ignore
      { title: "Grund nach § 20 KomHKVO", width: 28, style: styles.text, content: ({ ground }) => (ground ? carryoverGroundWords[ground] : null) }, // prettier-ignore
      { title: "verwendbar bis", width: 12, style: styles.day, content: ({ validUntil }) => (validUntil ? day(validUntil) : null) }, // prettier-ignore
    ],
  };
}

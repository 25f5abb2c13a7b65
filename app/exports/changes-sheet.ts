/** Sheet "Änderungsprotokoll": who did what, when, and what was before and after. */
import type { AuditBook } from "#app/domain/audit-book.ts";
import type { ChangeRow } from "#app/domain/audit-sheets.ts";
import { deedWords } from "#app/german/deeds.ts";
import { moment, utcMoment } from "./cells.ts";
import { styles } from "./styles.ts";
import type { Table } from "./table.ts";

export function changesTable(book: AuditBook): Table<ChangeRow, "lfd_Nr"> {
  return {
    sheet: "Änderungsprotokoll",
    rows: book.sheets.changes,
    frozenColumns: 1,
    columns: [
      {
        key: "lfd_Nr",
        title: "lfd. Nr.",
        width: 7,
        style: styles.running,
        content: (_, { number }) => number,
      },
      {
        title: "erfasst (UTC)",
        width: 18,
        style: styles.moment,
        content: (row) => utcMoment(row.changedAt),
      },
      {
        title: "erfasst (Berliner Zeit)",
        width: 18,
        style: styles.moment,
        content: (row) => moment(row.changedAt),
      },
      { title: "wer", width: 20, style: styles.text, content: (row) => row.changedBy },
      { title: "Tat", width: 26, style: styles.text, content: (row) => deedWords[row.deed] },
      { title: "woran", width: 34, style: styles.text, content: (row) => row.text || null },
      { title: "vorher", width: 32, style: styles.text, content: (row) => valuesOf(row.before) },
      { title: "nachher", width: 32, style: styles.text, content: (row) => valuesOf(row.after) },
      {
        title: "Anfrage (Kennung)",
        width: 20,
        style: styles.number,
        content: (row) => row.requestId,
      },
      {
        title: "Prüfsumme (SHA-256)",
        width: 14,
        style: styles.oneLine,
        content: (row) => row.seal,
      },
      // Last and never empty: the long text before it is cut at the edge of its cell.
      { title: "Siegel Nr.", width: 9, style: styles.count, content: (row) => row.sealNumber },
    ],
  };
}

/** "Name: alt" line by line, in the order in which they were logged. */
function valuesOf(values: Record<string, string> | null): string | null {
  if (!values) return null;
  return Object.entries(values)
    .map(([field, value]) => `${field}: ${value}`)
    .join("\n");
}

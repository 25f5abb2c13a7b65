/** Sheet "Folgekosten": what contracts, joint services and replaced devices cost in five fiscal years. */
import type { AuditBook } from "#app/domain/audit-book.ts";
import type { ForecastRow } from "#app/domain/forecast.ts";
import { sum } from "#app/domain/money.ts";
import { forecastKindWords } from "#app/german/contract-words.ts";
import { amount, formula } from "./cells.ts";
import { styles } from "./styles.ts";
import type { Column, Table } from "./table.ts";

const yearKeys = ["Jahr_eins", "Jahr_zwei", "Jahr_drei", "Jahr_vier", "Jahr_fünf"] as const;
export type FollowUpKey = "lfd_Nr" | (typeof yearKeys)[number] | "Summe" | "gebunden";

export const followUpYears = yearKeys;

export function followUpCostsTable(book: AuditBook): Table<ForecastRow, FollowUpKey> {
  const { years, rows } = book.followUpCosts;
  return {
    sheet: "Folgekosten",
    rows,
    frozenColumns: 2,
    columns: [
      {
        key: "lfd_Nr",
        title: "lfd. Nr.",
        width: 6,
        style: styles.running,
        content: (_, { number }) => number,
      },
      { title: "Was", width: 36, style: styles.text, content: ({ name }) => name },
      {
        title: "Art",
        width: 20,
        style: styles.text,
        content: ({ kind }) => forecastKindWords[kind],
      },
      {
        title: "Schule",
        width: 24,
        style: styles.text,
        content: ({ schoolName }) => schoolName ?? "ganzer Schulträger",
      },
      ...yearKeys.map((key, index): Column<ForecastRow, FollowUpKey> => {
        return {
          key,
          title: `erwartet ${years[index]}`,
          width: 14,
          style: styles.amount,
          content: ({ amounts }) => amount(amounts[index]!),
        };
      }),
      {
        key: "Summe",
        title: "Summe der fünf Jahre",
        width: 15,
        style: styles.amount,
        content: ({ total }, { at }) =>
          formula(`ROUND(SUM(${at(yearKeys[0])}:${at(yearKeys[4])}),2)`, total),
      },
      {
        title: "Summe nach Paktbuch",
        width: 15,
        style: styles.amount,
        content: ({ total }) => amount(total),
      },
      {
        key: "gebunden",
        title: "davon schon gebunden",
        width: 15,
        style: styles.amount,
        content: ({ bound }) => amount(sum(bound)),
      },
    ],
  };
}

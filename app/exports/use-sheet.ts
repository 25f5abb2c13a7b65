/**
 * Sheet "Zahlenmäßiger Nachweis": each grant's cost plan and financing, as granted and as paid. Every
 * figure is a live sum over the journal or the list of receipts, beside the one of the proof of use.
 */
import type { AuditBook } from "#app/domain/audit-book.ts";
import type { JournalSums } from "#app/domain/journal-tally.ts";
import type { UsePosition, UseRow } from "#app/domain/audit-sheets.ts";
import { hundredPercent, type Percent, proportionOf, shareOf } from "#app/domain/money.ts";
import { useParts, usePositions } from "#app/german/code-words.ts";
import { amount, type Content, formula, shareFormula, weight } from "./cells.ts";
import { accountNumbers, type JournalShape } from "./journal-sheet.ts";
import type { ReceiptKey } from "./receipt-shares.ts";
import { styles } from "./styles.ts";
import type { Column, Place, Shape, Table } from "./table.ts";
import { reckonedUse, type ReckonedUse, useFormulas } from "./use-figures.ts";

export type UseKey =
  | "lfd_Nr"
  | "Zuwendung_Nr"
  | "Aktenzeichen"
  | "Teil"
  | "Konto_Nr"
  | "Position"
  | "Plan"
  | "Ist"
  | "Abweichung"
  | "Plan_Paktbuch"
  | "Ist_Paktbuch"
  | "Differenz_Plan"
  | "Differenz_Ist";

type At = Place<UseKey>["at"];

export function useTable(
  book: AuditBook,
  journal: JournalShape,
  receipts: Shape<ReceiptKey>,
  sums: JournalSums,
): Table<UseRow, UseKey> & { reckoned: Map<UseRow, ReckonedUse> } {
  const numbers = accountNumbers(book);
  const formulas = useFormulas(journal, receipts);
  const reckoned = reckonedUse(book, sums);
  const live = (row: UseRow) => reckoned.get(row)!;
  return {
    sheet: "Zahlenmäßiger Nachweis",
    reckoned,
    rows: book.sheets.use,
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
        key: "Zuwendung_Nr",
        title: "Zuwendung Nr.",
        width: 11,
        style: styles.running,
        content: (row) => row.grantNumber,
      },
      {
        key: "Aktenzeichen",
        title: "Aktenzeichen",
        width: 18,
        style: styles.number,
        content: (row) => row.fileNumber,
      },
      {
        key: "Teil",
        title: "Teil",
        width: 13,
        style: styles.text,
        content: ({ position }) => partOf(position),
      },
      {
        key: "Konto_Nr",
        title: "Konto-Nr.",
        width: 8,
        style: styles.running,
        content: ({ accountId }) => (accountId ? (numbers.get(accountId) ?? null) : null),
      },
      { title: "Schule", width: 20, style: styles.text, content: ({ school }) => school },
      {
        key: "Position",
        title: "Position",
        width: 30,
        style: styles.text,
        content: ({ position, category }) =>
          position === "line" ? category : usePositions[position],
      },
      money("Plan", "Plan (bewilligt)", (row, at) => {
        const expression = formulas.planned(row, at);
        const { planned } = live(row);
        return expression === undefined ? amount(planned) : formula(expression, planned);
      }),
      money("Ist", "Ist (bezahlt)", (row, at) =>
        formula(formulas.actual(row, at), live(row).actual),
      ),
      money("Abweichung", "Abweichung (Plan − Ist)", (row, at) => {
        const { planned, actual } = live(row);
        return formula(`ROUND(${at("Plan")}-${at("Ist")},2)`, planned.minus(actual));
      }),
      {
        title: "Abweichung in % des Plans",
        width: 13,
        style: styles.amount,
        content: (row, { at }) => deviation(live(row), at),
      },
      {
        title: "Überschreitung erlaubt bis %",
        width: 14,
        style: styles.amount,
        content: ({ tolerance }) => tolerance && weight(tolerance),
      },
      {
        title: "Überschreitung zu hoch",
        width: 14,
        style: styles.word,
        content: (row, { at }) => beyond(row.tolerance, live(row), at),
      },
      money("Plan_Paktbuch", "Plan der Seite Nachweis", (row) => amount(row.planned)),
      money("Ist_Paktbuch", "Ist der Seite Nachweis", (row) => amount(row.actual)),
      money("Differenz_Plan", "Differenz Plan (muss 0 sein)", (row, at) =>
        formula(
          `ROUND(${at("Plan")}-${at("Plan_Paktbuch")},2)`,
          live(row).planned.minus(row.planned),
        ),
      ),
      money("Differenz_Ist", "Differenz Ist (muss 0 sein)", (row, at) =>
        formula(`ROUND(${at("Ist")}-${at("Ist_Paktbuch")},2)`, live(row).actual.minus(row.actual)),
      ),
    ],
  };
}

function partOf(position: UsePosition): string {
  return useParts[position === "line" ? "costs" : "means"];
}

function money(
  key: UseKey,
  title: string,
  content: (row: UseRow, at: At) => Content,
): Column<UseRow, UseKey> {
  return {
    key,
    title,
    width: 14,
    style: styles.amount,
    content: (row, { at }) => content(row, at),
  };
}

function deviation({ planned, actual }: ReckonedUse, at: At): Content {
  if (planned.isZero()) return null;
  const cents = (key: UseKey) => `ROUND(${at(key)}*100,0)`;
  return formula(
    `ROUND(${cents("Abweichung")}*10000/${cents("Plan")},0)/100`,
    proportionOf(planned.minus(actual), hundredPercent, planned),
  );
}

function beyond(tolerance: Percent | null, { planned, actual }: ReckonedUse, at: At): Content {
  if (!tolerance) return null;
  const most = `${at("Plan")}+${shareFormula(at("Plan"), tolerance)}`;
  const isBeyond = actual.greaterThan(planned.plus(shareOf(planned, tolerance)));
  return formula(`IF(ROUND(${at("Ist")}-(${most}),2)>0,"ja","nein")`, isBeyond ? "ja" : "nein");
}

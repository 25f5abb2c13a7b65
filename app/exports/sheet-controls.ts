/** Comparisons of the sheets of use, reversals and joint costs with the others; and the rows of each sheet. */
import type { AuditBook } from "#app/domain/audit-book.ts";
import { euro, type Money, sum } from "#app/domain/money.ts";
import { documentKindWords } from "#app/german/book-words.ts";
import { useParts, usePositions } from "#app/german/code-words.ts";
import { type Comparison, column, count, type Side } from "./comparison.ts";
import { countedOf } from "./joint-costs-sheet.ts";
import { journalSum } from "./journal-sheet.ts";
import { sharesOf } from "./receipt-shares.ts";
import { entriesIn, leftOf } from "./reversals-sheet.ts";
import { range, type Shape } from "./table.ts";
import type { BookTables } from "./tables.ts";
import type { UseKey } from "./use-sheet.ts";

/** What the controls of the journal have already. */
type Known = Record<"approved" | "paid" | "eligiblePaid", Side>;

export function sheetControls(book: AuditBook, tables: BookTables, known: Known): Comparison[] {
  return [
    ...useControls(tables, known),
    ...reversalControls(book, tables),
    {
      what: "IKZ-Kosten: gültig und abgerechnet gegen die Anteile an den Istkosten auf dem Blatt Umlagen",
      here: {
        amount: sum(
          tables.jointCosts.rows.filter(({ settledOn }) => settledOn !== null).map(countedOf),
        ),
        formula: `ROUND(SUMIFS(${range(tables.jointCosts, "zählt")},${range(tables.jointCosts, "abgerechnet_am")},">0"),2)`,
      },
      against: column(
        tables.jointParts,
        "Ist",
        tables.jointParts.rows.flatMap(({ actual }) => actual ?? []),
      ),
    },
  ];
}

function useControls({ use, receipts }: BookTables, known: Known): Comparison[] {
  const name = "Zahlenmäßiger Nachweis";
  const rows = use.rows.map((row) => ({ row, ...use.reckoned.get(row)! }));
  const part = (key: "Plan" | "Ist", half: "costs" | "means"): Side => {
    const own = rows.filter(({ row }) => (row.position === "line") === (half === "costs"));
    return {
      amount: sum(own.map((one) => (key === "Plan" ? one.planned : one.actual))),
      formula: `ROUND(SUMIFS(${range(use, key)},${range(use, "Teil")},"${useParts[half]}"),2)`,
    };
  };
  const deviations = (key: UseKey, of: (one: (typeof rows)[number]) => Money): Side => ({
    amount: sum(rows.map((one) => of(one).abs())),
    formula: `ROUND(SUMPRODUCT(ABS(${range(use, key)})),2)`,
  });
  const granted = rows.filter(({ row }) => row.position === "grant");
  const shares = sharesOf(receipts.rows);
  const grantPaid = receipts.rows.filter(({ paidOn }) => paidOn !== null);
  return [
    {
      what: `${name}: Plan der Ausgaben gegen Journal „bewilligt“ der Kostenpositionen`,
      here: part("Plan", "costs"),
      against: known.approved,
    },
    {
      what: `${name}: Ist der Ausgaben gegen Journal „bezahlt“ der Kostenpositionen`,
      here: part("Ist", "costs"),
      against: known.paid,
    },
    {
      what: `${name}: Ist der Ausgaben gegen Belegliste förderfähig mit Zahlungsdatum`,
      here: part("Ist", "costs"),
      against: known.eligiblePaid,
    },
    {
      what: `${name}: Ist der Zuwendung gegen Belegliste „davon Zuwendung“ mit Zahlungsdatum`,
      here: {
        amount: sum(granted.map(({ actual }) => actual)),
        formula: `ROUND(SUMIFS(${range(use, "Ist")},${range(use, "Position")},"${usePositions.grant}"),2)`,
      },
      against: {
        amount: sum(grantPaid.map((receipt) => shares.get(receipt)!.grant)),
        formula: `ROUND(SUMIFS(${range(receipts, "Zuwendung")},${range(receipts, "Zahlungsdatum")},">0"),2)`,
      },
    },
    ...(["Plan", "Ist"] as const).map((key) => ({
      what: `${name}: ${key} der Finanzierung gegen ${key} der Ausgaben`,
      here: part(key, "means"),
      against: part(key, "costs"),
    })),
    {
      what: `${name}: Abweichungen des Plans von dem des Verwendungsnachweises (Summe der Beträge)`,
      here: deviations("Differenz_Plan", ({ row, planned }) => planned.minus(row.planned)),
      against: count(0),
    },
    {
      what: `${name}: Abweichungen des Ist von dem des Verwendungsnachweises (Summe der Beträge)`,
      here: deviations("Differenz_Ist", ({ row, actual }) => actual.minus(row.actual)),
      against: count(0),
    },
  ];
}

function reversalControls({ sheets }: AuditBook, { reversals, journal }: BookTables): Comparison[] {
  const { reversalEntries } = sheets;
  const word = `"${documentKindWords.reversal}"`;
  const counts = journal.map((sheet) => `COUNTIF(${range(sheet, "Belegart")},${word})`);
  const numbers = reversals.rows.map(({ reversal }) => reversal.numbers);
  return [
    {
      what: "Stornos: Anzahl ihrer Buchungen gegen die Stornobuchungen im Journal",
      here: column(reversals, "Anzahl_Storno", numbers.map(entriesIn)),
      against: {
        amount: euro(String(reversalEntries.count)),
        formula: counts.join("+"),
      },
      isCount: true,
    },
    {
      what: "Stornos: Summe ihrer Buchungen gegen die Stornobuchungen im Journal",
      here: column(
        reversals,
        "Summe_Storno",
        reversals.rows.map(({ reversal }) => reversal.amount),
      ),
      against: {
        amount: reversalEntries.amount,
        formula: journalSum(journal, ["Belegart", word]),
      },
    },
    {
      what: "Stornos: was die Vorgänge bewegten gegen das, was ihre Stornos bewegten",
      here: column(
        reversals,
        "bewegt",
        reversals.rows.map(({ original }) => original.moved),
      ),
      against: column(
        reversals,
        "im_Storno_bewegt",
        reversals.rows.map(({ reversal }) => reversal.moved),
      ),
    },
    {
      what: "Stornos: was Vorgang und Storno zusammen übrig lassen (Summe der Beträge)",
      here: {
        amount: sum(reversals.rows.map((row) => leftOf(row).abs())),
        formula: `ROUND(SUMPRODUCT(ABS(${range(reversals, "Differenz")})),2)`,
      },
      against: count(0),
    },
  ];
}

/** Rows of each sheet: shows when one was deleted after the workbook was made. */
export function rowCounts(tables: BookTables): Comparison[] {
  const keys: [Shape, string][] = [
    [tables.overview, "Kontonummer"],
    [tables.receipts, "lfd_Nr"],
    [tables.use, "lfd_Nr"],
    [tables.commitments, "lfd_Nr"],
    [tables.drawdowns, "lfd_Nr"],
    [tables.costShares, "lfd_Nr"],
    [tables.jointParts, "lfd_Nr"],
    [tables.jointCosts, "lfd_Nr"],
    [tables.followUpCosts, "lfd_Nr"],
    [tables.assets, "lfd_Nr"],
    [tables.municipal, "lfd_Nr"],
    [tables.papers, "lfd_Nr"],
    [tables.budgetReasons, "lfd_Nr"],
    [tables.contracts, "lfd_Nr"],
    [tables.auditMarks, "lfd_Nr"],
    [tables.reversals, "lfd_Nr"],
    [tables.changes, "lfd_Nr"],
    ...tables.journal.map((sheet): [Shape, string] => [sheet, "Nummer"]),
    [tables.codes, "lfd_Nr"],
  ];
  return keys.map(([table, key]) => ({
    what: `${table.sheet}: Anzahl der Zeilen`,
    here: { ...count(table.rows.length), formula: `COUNT(${range(table, key)})` },
    against: count(table.rows.length),
    isCount: true,
  }));
}

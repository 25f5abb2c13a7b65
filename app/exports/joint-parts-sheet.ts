/** Sheet "Umlagen": each member's part of a joint service's year, planned, paid, settled. */
import type { AuditBook } from "#app/domain/audit-book.ts";
import type { JointPartRow } from "#app/domain/audit-rows.ts";
import { standingWords } from "#app/german/book-words.ts";
import { readingWords } from "#app/german/joint-words.ts";
import type { Money } from "#app/domain/money.ts";
import { amount, type Content, day, formula } from "./cells.ts";
import { styles } from "./styles.ts";
import type { Column, Table } from "./table.ts";

export type JointPartKey =
  | "lfd_Nr"
  | "geplant"
  | "gezahlt"
  | "Ist"
  | "Ergebnis"
  | "gebucht"
  | "bezahlt";

export function jointPartsTable(book: AuditBook): Table<JointPartRow, JointPartKey> {
  return {
    sheet: "Umlagen",
    rows: book.jointParts,
    frozenColumns: 1,
    columns: [
      {
        key: "lfd_Nr",
        title: "lfd. Nr.",
        width: 6,
        style: styles.running,
        content: (_, { number }) => number,
      },
      text("Zusammenarbeit (IKZ)", 24, (part) => part.jointService),
      {
        title: "Haushaltsjahr",
        width: 14,
        style: styles.year,
        content: (part) => part.fiscalYear,
      },
      {
        title: "Nummer des Plans",
        width: 15,
        style: styles.number,
        content: (part) => part.number,
      },
      on("geplant am", (part) => part.plannedOn),
      text("Lesart des Betrags", 19, (part) => readingWords[part.reading]),
      text("Mitglied", 24, (part) => part.member),
      {
        title: "eigener Anteil",
        width: 9,
        style: styles.word,
        content: (part) => (part.isOwn ? "ja" : "nein"),
      },
      money("Anteil nach Plan", (part) => part.planned, "geplant"),
      money("gezahlte Abschläge", (part) => part.paid, "gezahlt"),
      on("abgerechnet am", (part) => part.settledOn),
      money("Anteil an den Istkosten", (part) => part.actual, "Ist"),
      money("Ergebnis laut Abrechnung", (part) => part.result, "Ergebnis"),
      {
        title: "Ergebnis nachgerechnet (Ist − gezahlt)",
        width: 15,
        style: styles.amount,
        content: (part, { at }) => difference(part, at),
      },
      money("auf das Ergebnis gezahlt oder erstattet (−)", (part) => part.balancePaid),
      money("davon auf Haushaltsansatz gebucht", (part) => part.booked, "gebucht"),
      money("davon bezahlt", (part) => part.bookedPaid, "bezahlt"),
      text("Status", 11, (part) => standingWords[part.standing]),
    ],
  };
}

/** The same difference from the cells beside it: it must be what the settlement has. */
function difference({ actual, paid, result }: JointPartRow, at: (key: JointPartKey) => string) {
  if (!actual || !paid || !result) return null;
  return formula(`ROUND(${at("Ist")}-${at("gezahlt")},2)`, actual.minus(paid));
}

type Of<Value> = (part: JointPartRow) => Value;

function text(title: string, width: number, of: Of<string>): Column<JointPartRow, JointPartKey> {
  return { title, width, style: styles.text, content: of };
}

function on(title: string, of: Of<string | null>): Column<JointPartRow, JointPartKey> {
  return { title, width: 12, style: styles.day, content: (part) => day(of(part)) };
}

function money(
  title: string,
  of: Of<Money | null>,
  key?: JointPartKey,
): Column<JointPartRow, JointPartKey> {
  const content = (part: JointPartRow): Content => {
    const value = of(part);
    return value && amount(value);
  };
  return { ...(key ? { key } : {}), title, width: 15, style: styles.amount, content };
}

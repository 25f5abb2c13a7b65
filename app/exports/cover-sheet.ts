/** Sheet "Deckblatt": whose books these are, as of when, made by whom, and what to know of them. */
import type { AuditBook } from "#app/domain/audit-book.ts";
import { markText, scopeQuery } from "#app/domain/book-mark.ts";
import { type Figure, figures } from "#app/domain/journal.ts";
import type { JournalTally } from "#app/domain/journal-tally.ts";
import { formatExactMoment } from "#app/german/moment.ts";
import { figureWords } from "#app/german/book-words.ts";
import { markLabel, sealLabel } from "#app/domain/sheet-text.ts";
import { type Content, day, formula } from "./cells.ts";
import { type ControlKey, holds } from "./control-sheet.ts";
import type { Control } from "./comparison.ts";
import { isComplete } from "./controls.ts";
import { notes } from "./notes.ts";
import { type CellStyle, styles } from "./styles.ts";
import { range, type Shape, type Table } from "./table.ts";
import type { SealedSheet } from "./workbook.server.ts";

export type CoverLine = {
  label: string;
  content: Content;
  style: CellStyle;
  labelStyle?: CellStyle;
};

export type CoverContents = {
  /** What was counted of the journal. */
  tally: JournalTally;
  /** The sheets that follow, in their order, as they were written. */
  tables: SealedSheet[];
  /** Where the controls stand, and what they are. */
  control: SealedSheet<ControlKey>;
  controls: Control[];
  /** The cell's formula for the sum of a figure over the journal. */
  sumOf: (figure: Figure) => Content;
};

export function coverTable(
  book: AuditBook,
  { tally, tables, control, controls, sumOf }: CoverContents,
): Table<CoverLine, never> {
  return {
    sheet: "Deckblatt",
    hasFilter: false,
    rows: [
      ...(book.isExample ? [exampleWarning] : []),
      line("Schulträger", book.authority, styles.label),
      line("Zuwendung", partOf(book), styles.label),
      line("Haushaltsjahr", book.fiscalYear ? String(book.fiscalYear) : "alle", styles.label),
      line("Stichtag", day(book.asOf), styles.leftDay),
      line("bekannt am", knownLine(book.knownOn)),
      line("erstellt von", book.madeBy),
      line("Programm", `Paktbuch ${book.programVersion}`),
      line("Umfang", scopeOf(book, tally)),
      line("Ende des Journals", headOf(tally)),
      line("dieselbe Arbeitsmappe noch einmal", `/audit.xlsx?${scopeQuery(book.mark.scope)}`),
      line(markLabel, markText(book.mark)),
      line("Währung", "Euro; alle Beträge brutto, auf den Cent"),
      ...controlLines(controls, control),
      ...figures.map((figure) =>
        line(`Kontrollsumme „${figureWords[figure]}“`, sumOf(figure), styles.leftAmount),
      ),
      ...tables.map(({ sheet, rows }) =>
        line(`Blatt ${sheet}`, linkTo(sheet, `Zeilen: ${rows.length}`), styles.link),
      ),
      line("Blatt Kontrolle", linkTo(control.sheet, `Kontrollen: ${controls.length}`), styles.link),
      ...[...tables, control].map(({ sheet, seal }) => line(`${sealLabel}${sheet}`, seal)),
      line("nicht darstellbare Zeichen", faultLine([...tables, control])),
      ...notes.map(([label, text]) => line(label, text)),
    ],
    columns: [
      {
        title: "Prüfbuch",
        width: 32,
        style: (row) => row.labelStyle ?? styles.label,
        content: ({ label }) => label,
      },
      {
        title: "Fördermittel des Schulträgers: Übersicht, Belege, Buchungen und ihre Kontrolle",
        width: 126,
        style: ({ style }) => style,
        content: ({ content }) => content,
      },
    ],
  };
}

/** Kept outside the database with each file: a tail that was cut and sealed anew is found by it. */
function headOf({ last }: JournalTally): string {
  return last ? `Buchung ${last.number}, Prüfsumme ${last.hash}` : "noch keine Buchung";
}

function line(label: string, content: Content, style: CellStyle = styles.text): CoverLine {
  return { label, content, style };
}

const exampleWarning: CoverLine = {
  label: "BEISPIELDATEN",
  content: "Diese Arbeitsmappe enthält erfundene Beispieldaten, keine echten Buchungen.",
  style: styles.warning,
  labelStyle: styles.warning,
};

/** Which part of the books was asked for. */
function partOf({ grant, fiscalYear }: AuditBook): string {
  if (fiscalYear) return `keine: nur Haushaltsjahr ${fiscalYear}`;
  return grant ?? "alle Zuwendungen";
}

/** The moment, and what to write into an address to read the same again. */
function knownLine(knownOn: string): string {
  return `${formatExactMoment(new Date(knownOn))} (Berliner Zeit); was danach gebucht wurde, fehlt. In der Adresse einer Seite: stand=${knownOn}`;
}

function faultLine(sheets: SealedSheet[]): string {
  const count = (fault: "replaced" | "cut") =>
    sheets.reduce((total, { faults }) => total + faults[fault], 0);
  return `Texte mit ersetzten Zeichen („\ufffd“): ${count("replaced")}; gekürzte Texte: ${count("cut")}`;
}

function scopeOf(book: AuditBook, { count }: JournalTally): string {
  if (count === 0) return "In diesem Ausschnitt steht keine Buchung.";
  if (isComplete(book)) return "vollständiges Journal, alle Buchungsnummern";
  return "Auszug: nicht alle Zuwendungen und Haushaltsjahre, oder ein früherer Stichtag. Buchungsnummern, die nicht dazugehören, fehlen; ob das ganze Journal lückenlos ist, sagen die Nachweise im Blatt Kontrolle.";
}

/** Counts the rows that say "ja": a cell with an error says neither "ja" nor "NEIN". */
function controlLines(controls: Control[], control: Shape<ControlKey>): CoverLine[] {
  const good = controls.filter(holds).length;
  const word = good === controls.length ? "ja" : "NEIN";
  const counted = `COUNTIF(${range(control, "stimmt")},"ja")`;
  return [
    line(
      "Alle Kontrollen stimmen",
      formula(`IF(${counted}=${controls.length},"ja","NEIN")`, word),
      styles.label,
    ),
    line(
      "davon stimmen",
      formula(`${counted}&" von ${controls.length}"`, `${good} von ${controls.length}`),
    ),
  ];
}

function linkTo(sheet: string, text: string): Content {
  return formula(`HYPERLINK("#'${sheet}'!A1","${text}")`, text);
}

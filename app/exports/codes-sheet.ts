/** Sheet "Schlüssel": every code of the workbook with the column in which it stands and its meaning. */
import type { AuditBook } from "#app/domain/audit-book.ts";
import {
  accountKindWords,
  allocationKeyWords,
  awardKindWords,
  documentKindWords,
  drawdownDeedWords,
  figureWords,
  standingWords,
} from "#app/german/book-words.ts";
import { auditMarkWords } from "#app/german/audit-words.ts";
import {
  accountKindMeanings,
  documentKindMeanings,
  figureMeanings,
  otherCodes,
  standingMeanings,
  usePositionMeanings,
  usePositions,
} from "#app/german/code-words.ts";
import { contractKindWords, forecastKindWords, rhythmWords } from "#app/german/contract-words.ts";
import { sampleMethodWords } from "#app/german/hint-words.ts";
import { jointCostKindWords, readingWords } from "#app/german/joint-words.ts";
import { styles } from "./styles.ts";
import type { Table } from "./table.ts";

export type Code = { column: string; code: string; meaning: string };

export function codesTable(book: AuditBook): Table<Code, "lfd_Nr"> {
  return {
    sheet: "Schlüssel",
    rows: codesOf(book),
    frozenColumns: 1,
    columns: [
      {
        key: "lfd_Nr",
        title: "lfd. Nr.",
        width: 6,
        style: styles.running,
        content: (_, { number }) => number,
      },
      { title: "Spalte", width: 26, style: styles.text, content: ({ column }) => column },
      { title: "Schlüssel", width: 36, style: styles.number, content: ({ code }) => code },
      { title: "Bedeutung", width: 84, style: styles.text, content: ({ meaning }) => meaning },
    ],
  };
}

function codesOf({ sheets }: AuditBook): Code[] {
  return [
    ...coded("Wertart", figureWords, figureMeanings),
    ...coded("Kontoart", accountKindWords, accountKindMeanings),
    ...coded("Belegart", documentKindWords, documentKindMeanings),
    ...coded("Status", standingWords, standingMeanings),
    ...coded("Position", usePositions, usePositionMeanings),
    ...otherCodes.map(([column, code, meaning]) => ({ column, code, meaning })),
    ...sheets.categories.map(({ programme, code, name }) => ({
      column: "Fördergegenstand",
      code,
      meaning: `${name} (${programme})`,
    })),
    // Words that need no meaning beside them say what they are used for.
    ...words("Vergabeart", awardKindWords, "Verfahren, in dem der Auftrag vergeben wurde"),
    ...words("Vorgang", drawdownDeedWords, "Bewegung der Fördermittel"),
    ...words("Verteilungsschlüssel", allocationKeyWords, "wie die Kosten geteilt werden"),
    ...words("Lesart des Betrags", readingWords, "was der Betrag des Plans meint"),
    ...words("Kostenart", jointCostKindWords, "woraus die Istkosten entstanden sind"),
    ...words("Vertragsart", contractKindWords, "was der Vertrag regelt"),
    ...words("Rhythmus", rhythmWords, "wofür der Betrag des Vertrags gilt"),
    ...words("Art", forecastKindWords, "woraus die Folgekosten entstehen"),
    ...words("Vermerk", auditMarkWords, "Vermerk der Prüfung oder Antwort darauf"),
    ...Object.values(sampleMethodWords).map(({ name }) => ({
      column: "Stichprobe",
      code: name,
      meaning: "wie die Stichprobe gezogen wurde",
    })),
  ];
}

function coded<Key extends string>(
  column: string,
  words: Record<Key, string>,
  meanings: Record<Key, string>,
): Code[] {
  const keys = Object.keys(words) as Key[];
  return keys.map((key) => ({ column, code: words[key], meaning: meanings[key] }));
}

function words(column: string, of: Record<string, string>, meaning: string): Code[] {
  return Object.values(of).map((code) => ({ column, code, meaning }));
}

/** Words for the check of an audit workbook (Nachprüfung). */
import type { BookFindings, BrokenSeal, Difference, HandEntry } from "../domain/book-check.ts";
import type { Sentences } from "./violations.ts";

export const bookCheckSentences = {
  book_without_mark: () =>
    "Diese Arbeitsmappe ist kein Prüfbuch von Paktbuch: Auf ihrem Deckblatt steht keine lesbare Kennung für die Nachprüfung.",
  book_of_another_authority: () => "Dieses Prüfbuch ist von einem anderen Schulträger.",
  book_of_unknown_maker: () =>
    "Diese Bücher kennen den Schulträger oder die Person nicht, die in der Kennung des Prüfbuchs stehen.",
  book_of_the_future: () =>
    "Die Kennung nennt einen Zeitpunkt, der noch kommt. So entsteht kein Prüfbuch.",
  book_of_unseen_grant: () =>
    "Die Kennung nennt eine Zuwendung, die es in den Büchern nicht gibt oder die Sie nicht sehen dürfen.",
  book_beyond_access: () =>
    "Dieses Prüfbuch zeigt mehr, als Ihr Prüfzugang umfasst. Nachprüfen kann es, wer alle Bücher sieht.",
} satisfies Partial<Sentences>;

const number = new Intl.NumberFormat("de-DE");

/** What came out, in one sentence. */
export function verdictOf({ cells, count, handCount }: BookFindings): string {
  if (count === 0) {
    const also = handCount > 0 ? ", mit Eintragungen der Prüfung" : "";
    return `unverändert${also}: ${number.format(cells)} Zellen sind so, wie die Bücher sie noch einmal ergeben`;
  }
  return `verändert: ${number.format(count)} ${count === 1 ? "Abweichung" : "Abweichungen"}`;
}

export function differencePlace(difference: Difference): string {
  switch (difference.kind) {
    case "cell":
      return `Blatt ${difference.sheet}, Zeile ${/\d+$/.exec(difference.cell)?.[0]}, Zelle ${difference.cell}`;
    case "row_missing":
      return `Blatt ${difference.sheet}, Zeile ${difference.row}: fehlt`;
    case "row_added":
      return `Blatt ${difference.sheet}, Zeile ${difference.row}: zusätzlich`;
    case "sheet_missing":
      return `Blatt ${difference.sheet}: fehlt`;
    case "sheet_added":
      return `Blatt ${difference.sheet}: zusätzlich`;
    case "name":
      return `Name ${difference.name}`;
  }
}

/** Both values: that of the books, and that of the file; "" where there is none. */
export function differenceValues(difference: Difference): { expected: string; found: string } {
  const expected = "expected" in difference ? difference.expected : "";
  const found = "found" in difference ? difference.found : "";
  return { expected, found };
}

export function differenceLine(difference: Difference): string {
  const { expected, found } = differenceValues(difference);
  if (difference.kind === "sheet_missing" || difference.kind === "sheet_added") {
    return differencePlace(difference);
  }
  return `${differencePlace(difference)}; in den Büchern „${expected}“, in der Datei „${found}“`;
}

/** Above the list of what the audit wrote into its own columns. */
export const handTitle = "Eintragungen der Prüfung";

export function handPlace({ sheet, cell, title }: HandEntry): string {
  return `Blatt ${sheet}, Zeile ${/\d+$/.exec(cell)?.[0]}, Zelle ${cell} (${title})`;
}

export function handLine(entry: HandEntry): string {
  return `${handPlace(entry)}: „${entry.found}“`;
}

/** How many seals fit; what the audit wrote is left out of them. */
export function sealsSentence({ seals, handCount }: BookFindings): string {
  const { checked, broken } = seals;
  const without = handCount > 0 ? " (ohne die Eintragungen der Prüfung)" : "";
  return `Siegel auf dem Deckblatt: ${checked - broken.length} von ${checked} stimmen mit den Blättern dieser Datei überein${without}.`;
}

export function sealLine({ sheet, printed, reckoned }: BrokenSeal): string {
  return `Siegel von Blatt ${sheet} passt nicht zu seinem Inhalt: auf dem Deckblatt ${printed}, nachgerechnet ${reckoned}`;
}

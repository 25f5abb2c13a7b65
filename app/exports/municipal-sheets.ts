/** Sheets "Haushalt" and "Haushaltsbelege": the municipal budget, account by account and paper by paper. */
import type { AuditBook, BookAccount, BookEntry, MunicipalPaper } from "#app/domain/audit-book.ts";
import { authorized, authorizingFigures, type Figure } from "#app/domain/journal.ts";
import { appropriationLeft } from "#app/domain/appropriation.ts";
import { type Money, sum } from "#app/domain/money.ts";
import { documentKindWords, figureWords } from "#app/german/book-words.ts";
import { amount, day, formula } from "./cells.ts";
import { styles } from "./styles.ts";
import type { Column, Table } from "./table.ts";

const spendingFigures = ["committed", "invoiced", "paid"] as const;
type SpendingFigure = (typeof spendingFigures)[number];
export const municipalFigures: readonly Figure[] = [...authorizingFigures, ...spendingFigures];

export const municipalKey = (figure: Figure) => figureWords[figure].replaceAll(/[^\p{L}]+/gu, "_");

export function municipalTable(book: AuditBook): Table<BookAccount, string> {
  const figureColumn = (figure: Figure): Column<BookAccount, string> => ({
    key: municipalKey(figure),
    title: figureWords[figure],
    width: 14,
    style: styles.amount,
    content: ({ figures }) => amount(figures[figure]),
  });
  const keysOf = (figures: readonly Figure[]) => figures.map(municipalKey);
  return {
    sheet: "Haushalt",
    rows: municipalAccounts(book),
    frozenColumns: 2,
    columns: [
      { key: "lfd_Nr", title: "lfd. Nr.", width: 6, style: styles.running, content: (_, { number }) => number }, // prettier-ignore
      { title: "Haushaltsstelle", width: 44, style: styles.text, content: ({ label }) => label },
      { title: "Haushaltsjahr", width: 14, style: styles.year, content: (one) => one.fiscalYear },
      ...authorizingFigures.map(figureColumn),
      {
        key: "Ermächtigung",
        title: "Ermächtigung",
        width: 14,
        style: styles.amount,
        content: ({ figures }, { at }) =>
          formula(`ROUND(${keysOf(authorizingFigures).map(at).join("+")},2)`, authorized(figures)),
      },
      {
        key: "Ermächtigung_Paktbuch",
        title: "Ermächtigung nach Paktbuch",
        width: 14,
        style: styles.amount,
        content: ({ figures }) => amount(authorized(figures)),
      },
      ...spendingFigures.map(figureColumn),
      {
        key: "verfügbar",
        title: "verfügbar",
        width: 14,
        style: styles.amount,
        content: ({ figures }, { at }) =>
          formula(
            `ROUND(${["Ermächtigung", ...keysOf(["committed", "invoiced"])].map(at).join("-")},2)`,
            appropriationLeft(figures),
          ),
      },
      {
        key: "verfügbar_Paktbuch",
        title: "verfügbar nach Paktbuch",
        width: 14,
        style: styles.amount,
        content: ({ figures }) => amount(appropriationLeft(figures)),
      },
    ],
  };
}

export function municipalAccounts(book: AuditBook): BookAccount[] {
  return book.accounts.filter(({ kind }) => kind === "appropriation");
}

/** What one document moved on one account, with its paper where it is an order or an invoice. */
export type PaperRow = {
  entry: BookEntry;
  stream: "IKZ" | "Haushalt";
  paper: MunicipalPaper | undefined;
  /** Why the document goes over the budget. */
  reason: string | null;
} & Record<SpendingFigure, Money>;

/** Documents that spend on accounts of the municipal budget, in the order of the journal. */
export function paperRows(book: AuditBook, spending: BookEntry[]): PaperRow[] {
  // What a reversal undoes stands on the same account, so that it is among the same entries.
  const kindOf = new Map(spending.map((entry) => [entry.number, entry.documentKind]));
  const paperOf = new Map(
    book.municipalPapers?.map((paper) => [`${paper.documentId} ${paper.accountId}`, paper]),
  );
  const reasonOf = new Map(
    book.overBudgetReasons?.map(({ documentId, reason }) => [documentId, reason]),
  );
  const groups = new Map<string, BookEntry[]>();
  for (const entry of spending) {
    const key = `${entry.documentId ?? entry.number} ${entry.accountId}`;
    const own = groups.get(key);
    if (own) own.push(entry);
    else groups.set(key, [entry]);
  }
  return [...groups.values()].map((own) => {
    const entry = own[0]!;
    const kind = kindOf.get(entry.reversesNumber ?? entry.number) ?? entry.documentKind;
    const of = (figure: SpendingFigure) =>
      sum(own.filter((one) => one.figure === figure).map((one) => one.amount));
    return {
      entry,
      stream: /^(cost_share|joint_)/.test(kind) ? "IKZ" : "Haushalt",
      paper: paperOf.get(`${entry.documentId} ${entry.accountId}`),
      reason: reasonOf.get(entry.documentId ?? "") ?? null,
      committed: of("committed"),
      invoiced: of("invoiced"),
      paid: of("paid"),
    };
  });
}

export function papersTable(book: AuditBook, spending: BookEntry[]): Table<PaperRow, string> {
  return {
    sheet: "Haushaltsbelege",
    rows: paperRows(book, spending),
    frozenColumns: 1,
    columns: [
      { key: "lfd_Nr", title: "lfd. Nr.", width: 6, style: styles.running, content: (_, { number }) => number }, // prettier-ignore
      { title: "Haushaltsstelle", width: 40, style: styles.text, content: ({ entry }) => entry.account }, // prettier-ignore
      { title: "Belegart", width: 19, style: styles.text, content: ({ entry }) => documentKindWords[entry.documentKind] }, // prettier-ignore
      { key: "Herkunft", title: "Haushalt oder IKZ", width: 11, style: styles.text, content: ({ stream }) => stream }, // prettier-ignore
      { title: "Nummer", width: 16, style: styles.number, content: ({ paper }) => paper?.number ?? null }, // prettier-ignore
      { title: "Lieferant", width: 24, style: styles.text, content: ({ paper }) => paper?.supplier ?? null }, // prettier-ignore
      { title: "Buchungstag", width: 12, style: styles.day, content: ({ entry }) => day(entry.bookedOn) }, // prettier-ignore
      { title: "netto", width: 14, style: styles.amount, content: ({ paper }) => (paper?.net ? amount(paper.net) : null) }, // prettier-ignore
      { title: "brutto", width: 14, style: styles.amount, content: ({ paper }) => (paper ? amount(paper.gross) : null) }, // prettier-ignore
      ...spendingFigures.map((figure) => ({
        key: municipalKey(figure),
        title: figureWords[figure],
        width: 14,
        style: styles.amount,
        content: (row: PaperRow) => amount(row[figure]),
      })),
      { title: "Warum über den Haushalt hinaus", width: 30, style: styles.text, content: ({ reason }) => reason }, // prettier-ignore
      { title: "Buchungstext", width: 36, style: styles.text, content: ({ entry }) => entry.text },
    ],
  };
}

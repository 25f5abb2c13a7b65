/** What the workbook compares of itself and of the stored figures, so that nobody has to believe it. */
import { proofWords } from "#app/german/words.ts";
import type { AuditBook } from "#app/domain/audit-book.ts";
import {
  type Control,
  type Comparison,
  type Side,
  both,
  column,
  count,
  pick,
} from "./comparison.ts";
import { rowCounts, sheetControls } from "./sheet-controls.ts";
import { appropriationLeft } from "#app/domain/appropriation.ts";
import { type AccountKind, authorized, type Figure, figures } from "#app/domain/journal.ts";
import type { JournalTally } from "#app/domain/journal-tally.ts";
import { sum } from "#app/domain/money.ts";
import { accountKindWords, figureWords } from "#app/german/book-words.ts";
import { assetControls } from "./asset-controls.ts";
import { moment } from "./cells.ts";
import { openOf } from "./commitments-sheet.ts";
import { incomeFigures } from "./drawdowns-sheet.ts";
import { followUpYears } from "./follow-up-costs-sheet.ts";
import { deviatingBalances, journalColumn, journalSum } from "./journal-sheet.ts";
import { municipalFigures, municipalKey } from "./municipal-sheets.ts";
import { figureKey } from "./overview-sheet.ts";
import { eligibleOf } from "./receipt-shares.ts";
import { range } from "./table.ts";
import type { BookTables } from "./tables.ts";

export function controlsOf(book: AuditBook, tables: BookTables, sums: JournalTally): Control[] {
  const journal = (figure: Figure, kind?: AccountKind): Side => ({
    amount: kind ? sums.ofKind(kind, figure) : sums.of(figure),
    formula: journalSum(
      tables.journal,
      ["Wertart", `"${figureWords[figure]}"`],
      ...(kind ? [["Kontoart", `"${accountKindWords[kind]}"`] as ["Kontoart", string]] : []),
    ),
  });
  const { overview, receipts, commitments, drawdowns, costShares } = tables;
  const eligible = column(receipts, "förderfähig", book.receipts.map(eligibleOf));
  const paid = book.receipts.filter(({ paidOn }) => paidOn !== null);
  const eligiblePaid: Side = {
    amount: sum(paid.map(eligibleOf)),
    formula: `ROUND(SUMIFS(${range(receipts, "förderfähig")},${range(receipts, "Zahlungsdatum")},">0"),2)`,
  };
  const open = column(commitments, "offen", book.commitments.map(openOf));
  const { jointParts } = tables;
  const booked = both(
    column(costShares, "gebucht", pick(book.costShares, "booked")),
    column(jointParts, "gebucht", pick(book.jointParts, "booked")),
  );
  const sharePaid = both(
    column(costShares, "bezahlt", pick(book.costShares, "paid")),
    column(jointParts, "bezahlt", pick(book.jointParts, "bookedPaid")),
  );
  const ofShares = (figure: "invoiced" | "paid"): Side => {
    const rows = tables.papers.rows.filter(({ stream }) => stream === "IKZ");
    const [amounts, streams] = [municipalKey(figure), "Herkunft"].map((key) =>
      range(tables.papers, key),
    );
    return {
      amount: sum(rows.map((row) => row[figure])),
      formula: `ROUND(SUMIFS(${amounts},${streams},"IKZ"),2)`,
    };
  };
  const overviewSum = (figure: Figure) =>
    column(
      overview,
      figureKey(figure),
      book.accounts.map(({ id }) => sums.ofAccount(id, figure)),
    );

  return [
    ...figures.map((figure) => ({
      what: `Journal: „${figureWords[figure]}“ gegen die Kontostände in Paktbuch`,
      here: journal(figure),
      against: { amount: book.balances[figure] },
    })),
    ...figures.map((figure) => ({
      what: `Übersicht: „${figureWords[figure]}“ gegen das Journal`,
      here: overviewSum(figure),
      against: journal(figure),
    })),
    {
      what: "Einzelne Konten, deren Stand in Paktbuch von ihren Buchungen abweicht (Anzahl)",
      here: count(deviatingBalances(book, sums)),
      against: count(0),
      isCount: true,
    },
    {
      what: "Belegliste: förderfähig gegen Journal „in Rechnung gestellt“ der Kostenpositionen",
      here: eligible,
      against: journal("invoiced", "budget_line"),
    },
    {
      what: "Belegliste: förderfähig gegen die in Paktbuch gespeicherten Beträge",
      here: eligible,
      against: { amount: sum(book.receipts.map((receipt) => receipt.eligible)) },
    },
    {
      what: "Belegliste: förderfähig mit Zahlungsdatum gegen Journal „bezahlt“ der Kostenpositionen",
      here: eligiblePaid,
      against: journal("paid", "budget_line"),
    },
    {
      what: "Mittelbindung: offen gegen Journal „gebunden“ der Kostenpositionen",
      here: open,
      against: journal("committed", "budget_line"),
    },
    {
      what: "Mittelbindung: offen gegen die in Paktbuch gespeicherten Beträge",
      here: open,
      against: { amount: sum(book.commitments.map((order) => order.open)) },
    },
    ...incomeFigures.map(({ key, figure }) => ({
      what: `Mittelabruf: ${key} gegen das Journal`,
      here: column(
        drawdowns,
        key,
        book.drawdowns.map((row) => row[figure]),
      ),
      against: journal(figure),
    })),
    ...(book.mark.limits ? [] : shareControls(booked, sharePaid, ofShares)),
    ...municipalFigures.map((figure) => ({
      what: `Haushalt: „${figureWords[figure]}“ gegen das Journal der Haushaltsansätze`,
      here: column(
        tables.municipal,
        municipalKey(figure),
        tables.municipal.rows.map(({ figures }) => figures[figure]),
      ),
      against: journal(figure, "appropriation"),
    })),
    ...(["Ermächtigung", "verfügbar"] as const).map((key) => {
      const left = key === "verfügbar" ? appropriationLeft : authorized;
      const amounts = tables.municipal.rows.map(({ figures }) => left(figures));
      return {
        what: `Haushalt: ${key} gegen die in Paktbuch gespeicherten Beträge`,
        here: column(tables.municipal, key, amounts),
        against: { amount: sum(amounts) },
      };
    }),
    ...(["committed", "invoiced", "paid"] as const).map((figure) => ({
      what: `Haushaltsbelege: „${figureWords[figure]}“ gegen das Journal der Haushaltsansätze`,
      here: column(
        tables.papers,
        municipalKey(figure),
        tables.papers.rows.map((row) => row[figure]),
      ),
      against: journal(figure, "appropriation"),
    })),
    ...book.followUpCosts.years.map((year, index) => ({
      what: `Folgekosten: Summe ${year} gegen die in Paktbuch gerechnete`,
      here: column(
        tables.followUpCosts,
        followUpYears[index]!,
        book.followUpCosts.rows.map(({ amounts }) => amounts[index]!),
      ),
      against: { amount: book.followUpCosts.totals.amounts[index]! },
    })),
    ...assetControls(book, tables.assets),
    ...sheetControls(book, tables, {
      paid: journal("paid", "budget_line"),
      approved: journal("approved", "budget_line"),
      eligiblePaid,
    }),
    ...rowCounts(tables),
    ...(isComplete(book) ? [unbrokenNumbers(tables.journal, sums)] : []),
    ...book.proofs.map(({ proof, checked, findings }) => ({
      what: [
        `Nachweis des Journals (ganzer Schulträger): ${proofWords[proof]} – ${checked} geprüft`,
        ...findings.slice(0, 5),
      ].join("; "),
      holds: findings.length === 0,
    })),
  ];
}

/** A book of grants or of a year, or of a day gone by, rightly leaves numbers of the journal out. */
export function isComplete({ grant, fiscalYear, asOf, knownOn }: AuditBook): boolean {
  const isWhole = grant === undefined && fiscalYear === undefined;
  return isWhole && asOf >= moment(knownOn).toISOString().slice(0, 10);
}

function unbrokenNumbers(journal: BookTables["journal"], tally: JournalTally): Comparison {
  const numbers = journalColumn(journal, "Nummer");
  return {
    what: "Journal: höchste Buchungsnummer − niedrigste + 1 gegen Anzahl der Nummern (lückenlos)",
    here: {
      ...count(tally.count === 0 ? 0 : tally.most - tally.least + 1),
      formula: `IF(COUNT(${numbers})=0,0,MAX(${numbers})-MIN(${numbers})+1)`,
    },
    against: { ...count(tally.count), formula: `COUNT(${numbers})` },
    isCount: true,
  };
}

/** Who sees a part of the books has no sheets of joint services to compare with. */
function shareControls(booked: Side, paid: Side, ofShares: (figure: "invoiced" | "paid") => Side) {
  return [
    {
      what: "IKZ und Umlagen: gebucht gegen „in Rechnung gestellt“ der Umlagen auf dem Blatt Haushaltsbelege",
      here: booked,
      against: ofShares("invoiced"),
    },
    {
      what: "IKZ und Umlagen: bezahlt gegen „bezahlt“ der Umlagen auf dem Blatt Haushaltsbelege",
      here: paid,
      against: ofShares("paid"),
    },
  ];
}

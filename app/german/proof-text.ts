/** The proof of use (Verwendungsnachweis) in German: the words of its paper, and of the same tables on the page. */
import { euro, type Money, sum } from "../domain/money.ts";
import {
  type FinancingLine,
  financingOf,
  type KeptFigures,
  percentOfPlan,
  type ProofPaper,
} from "../domain/proof-paper.ts";
import { formatAmount, formatDay, formatEuro, formatPercent } from "./notation.ts";
import { financingKindWords, proofKindWords } from "./words.ts";

export type ProofTable = {
  title: string;
  note: string;
  columns: { label: string; isNumeric: boolean }[];
  rows: string[][];
  marked: number | null;
  footer: string[] | null;
};

export type ProofText = {
  /** What the file and the window are called. */
  title: string;
  remarks: string[];
  sender: string;
  heading: string;
  facts: [term: string, value: string][];
  tables: ProofTable[];
  report: { title: string; paragraphs: string[]; seal: string | null };
  answer: { title: string; facts: [string, string][]; cuts: ProofTable | null } | null;
  /** What who signs confirms, and the lines to sign on. */
  confirmation: string;
  signatures: string[];
};

export function proofText(paper: ProofPaper): ProofText {
  const { authority, grant, proof, figures, answer } = paper;
  const name = proofKindWords[proof?.kind ?? "final"];
  const state = proof ? "" : " (Entwurf)";
  return {
    title: `${name} ${grant.fileNumber} Stand ${figures.asOf}${state}`,
    remarks: remarksOf(paper),
    sender: authority.name,
    heading: `${name}${state}`,
    facts: factsOf(paper),
    tables: [
      incomeTable(figures),
      expenseTable(figures),
      resultTable(figures),
      receiptTable(figures),
    ],
    report: {
      title: "Sachbericht",
      paragraphs: proof
        ? paragraphsOf(proof.report)
        : ["Der Sachbericht wird mit der Einreichung erfasst."],
      seal: proof && `Prüfsumme (SHA-256) über Bericht und Zahlen: ${proof.seal}`,
    },
    answer: answer && answerOf(answer),
    confirmation:
      "Die Ausgaben waren notwendig. Es wurde wirtschaftlich und sparsam verfahren. Die Angaben stimmen mit den Büchern und Belegen überein.",
    signatures: [
      "Ort, Datum",
      authority.signatory ? `Unterschrift (${authority.signatory})` : "Unterschrift",
    ],
  };
}

function remarksOf({ authority, proof }: ProofPaper): string[] {
  return [
    ...(authority.isExample ? ["BEISPIELDATEN"] : []),
    ...(proof ? [] : ["ENTWURF: nicht eingereicht"]),
    ...(proof && !proof.stands ? ["STORNIERT"] : []),
  ];
}

function factsOf({ authority, grant, proof, figures }: ProofPaper): [string, string][] {
  const { financingKind, fundingRate } = figures.terms;
  return [
    ["Zuwendungsempfänger", authority.name],
    ["Bewilligungsbehörde", grant.grantingAuthority],
    ["Bescheid", `${grant.fileNumber} vom ${formatDay(grant.noticeOn)}`],
    ["Förderprogramm", grant.programme],
    ["Zweck", grant.purpose],
    ["Bewilligungszeitraum", `${formatDay(grant.spendFrom)} bis ${formatDay(grant.spendUntil)}`],
    ["Finanzierung", `${financingKindWords[financingKind]}, ${formatPercent(fundingRate)}`],
    ["Stand der Zahlen", formatDay(figures.asOf)],
    ["Eingereicht am", proof ? formatDay(proof.submittedOn) : "nicht eingereicht"],
  ];
}

const sourceWords: Record<FinancingLine["source"], string> = {
  grant: "Zuwendung",
  third_party: "Drittmittel",
  own: "Eigenmittel",
};

const planColumns = ["Plan €", "Ist €", "Plan weniger Ist €", "Ist in % des Plans"];

/** Income of the financing plan against what paid for the costs. */
export function incomeTable(figures: KeptFigures): ProofTable {
  const lines = financingOf(figures);
  const totals = [lines.map(({ planned }) => planned), lines.map(({ actual }) => actual)].map(sum);
  return {
    ...plain("Einnahmen: Finanzierungsplan gegen Ist"),
    note: "Ist: wer die bezahlten zuwendungsfähigen Ausgaben trägt.",
    columns: columnsOf(["Einnahme", ...planColumns]),
    rows: lines.map(({ source, planned, actual }) => [
      sourceWords[source],
      ...againstPlan(planned, actual),
    ]),
    footer: ["Summe", ...againstPlan(totals[0]!, totals[1]!)],
  };
}

/** Expenditure of the financing plan against what was paid, position by position. */
export function expenseTable(figures: KeptFigures): ProofTable {
  const beyond = figures.lines.some(({ isBeyondTolerance }) => isBeyondTolerance);
  return {
    ...plain("Ausgaben: Finanzierungsplan gegen Ist"),
    note: beyond ? "* über Plan und Toleranz" : "",
    columns: columnsOf(["Position", ...planColumns]),
    rows: figures.lines.map(({ school, code, category, approved, paid, isBeyondTolerance }) => [
      `${code} ${category}, ${school}${isBeyondTolerance ? " *" : ""}`,
      ...againstPlan(euro(approved), euro(paid)),
    ]),
    footer: ["Summe", ...againstPlan(euro(figures.planned), euro(figures.spent))],
  };
}

function againstPlan(planned: Money, actual: Money): string[] {
  const percent = percentOfPlan(actual, planned);
  return [
    formatAmount(planned),
    formatAmount(actual),
    formatAmount(planned.minus(actual)),
    percent ? formatAmount(percent) : "–",
  ];
}

export type ResultRow = { what: string; amount: string; how: string; isResult: boolean };

/** How the proof comes out, each figure with its arithmetic. */
export function resultRows(figures: KeptFigures): ResultRow[] {
  const { terms } = figures;
  const kind = financingKindWords[terms.financingKind];
  const due = `${kind}, ${formatPercent(terms.fundingRate)}, höchstens bewilligt`;
  const rows: [what: string, amount: string, how: string][] = [
    ["Geplante Kosten", figures.planned, "Kostenplan, Summe"],
    ["Zuwendungsfähige Ausgaben", figures.spent, "bezahlt und förderfähig"],
    ["Einsparung", figures.saved, "geplant weniger bezahlt"],
    ["Drittmittel", terms.thirdPartyAmount, "laut Finanzierungsplan"],
    ["Zuwendung nach den Ausgaben", figures.grantDue, due],
    ["Eigenmittel", figures.own, "Ausgaben weniger Zuwendung und Drittmittel"],
    [
      "Nicht benötigte Zuwendung",
      figures.grantSaved,
      "bewilligt weniger Zuwendung nach den Ausgaben",
    ],
    ["Abgerufen", figures.drawn, "Mittelabrufe"],
    ["Erhalten", figures.received, "Zahlungseingänge"],
    ["Zurückgezahlt", figures.repaid, "Rückzahlungen"],
    [
      "Zurückzuzahlen",
      figures.repayment,
      "erhalten, nicht zurückgezahlt und nicht durch Ausgaben gedeckt",
    ],
    ["Noch abzurufen", figures.stillToDraw, "Zuwendung nach den Ausgaben weniger abgerufen"],
  ];
  const results = ["Zuwendung nach den Ausgaben", "Zurückzuzahlen", "Noch abzurufen"];
  return rows.map(([what, amount, how]) => ({
    what,
    amount,
    how,
    isResult: results.includes(what),
  }));
}

function resultTable(figures: KeptFigures): ProofTable {
  return {
    ...plain("Ergebnis"),
    columns: columnsOf(["Größe", "Betrag €"]),
    rows: resultRows(figures).map(({ what, amount, how }) => [
      `${what} (${how})`,
      formatAmount(amount),
    ]),
    footer: null,
  };
}

function receiptTable({ receipts, spent }: KeptFigures): ProofTable {
  return {
    ...plain("Belegliste in der Reihenfolge der Zahlung"),
    note: receipts.length === 0 ? "Bis zu diesem Tag ist nichts bezahlt." : "",
    columns: columnsOf(["Beleg", "bezahlt am", "Position", "gezahlt €", "förderfähig €"]),
    rows: receipts.map((one) => [
      `${one.supplier}, ${one.invoiceNumber}: ${one.description} (${one.school})`,
      formatDay(one.paidOn),
      one.code,
      formatAmount(one.paidAmount),
      formatAmount(one.eligible),
    ]),
    footer: [
      "Summe",
      "",
      "",
      formatAmount(sum(receipts.map(({ paidAmount }) => euro(paidAmount)))),
      formatAmount(spent),
    ],
  };
}

function answerOf({ answeredOn, reference, note, cuts }: NonNullable<ProofPaper["answer"]>) {
  const total = sum(cuts.map(({ amount }) => euro(amount)));
  const result = cuts.length === 0 ? "anerkannt" : `anerkannt bis auf ${formatEuro(total)}`;
  const facts: [string, string][] = [
    ["Vom", formatDay(answeredOn)],
    ["Zeichen", reference],
    ["Ergebnis", result],
    ...(note ? [["Bemerkung", note] satisfies [string, string]] : []),
  ];
  const table: ProofTable = {
    ...plain("Kürzungen"),
    columns: columnsOf(["Beleg und Grund", "gekürzt um €"]),
    rows: cuts.map(({ receipt, amount, reason }) => [
      `${receipt}: ${reason}`,
      formatAmount(amount),
    ]),
    footer: ["Summe", formatAmount(total)],
  };
  return {
    title: "Prüfvermerk der Bewilligungsbehörde",
    facts,
    cuts: cuts.length > 0 ? table : null,
  };
}

function paragraphsOf(text: string): string[] {
  return text.split(/\n+/).flatMap((line) => (line.trim() === "" ? [] : [line.trim()]));
}

function plain(title: string) {
  return { title, note: "", marked: null };
}

/** All but the first stand above each other like figures. */
function columnsOf(labels: string[]) {
  return labels.map((label, index) => ({ label, isNumeric: index > 0 }));
}

/** Risk hints and samples in German: each hint with its rule, in words and figures. */
import type { Money } from "../domain/money.ts";
import {
  dominantShare,
  type HintRule,
  nearThreshold,
  type RiskHint,
  splitWithinDays,
} from "../domain/risk-hints.ts";
import type { SampleMethod } from "../domain/sampling.ts";
import { awardKindWords } from "./book-words.ts";
import { formatDay, formatEuro, formatPercent } from "./notation.ts";

/** The name of each rule, and when it gives a hint. */
export const hintRuleWords: Record<HintRule, { name: string; rule: string }> = {
  round_thousands: {
    name: "glatte Tausend",
    rule: "Der Bruttobetrag ist ein Vielfaches von 1.000 €.",
  },
  just_below_threshold: {
    name: "knapp unter der Wertgrenze",
    rule: `Der Nettowert liegt bei ${formatPercent(nearThreshold)} bis 100 % der Wertgrenze der gewählten Vergabeart am Tag des Auftrags.`,
  },
  award_above_limit: {
    name: "über der Wertgrenze",
    rule: "Der Nettowert liegt über der Wertgrenze der gewählten Vergabeart; ohne Auftrag gilt die des Direktauftrags.",
  },
  tender_without_reference: {
    name: "ohne Vergabenummer",
    rule: "Kein Direktauftrag, und eine Vergabenummer fehlt.",
  },
  split_purchase: {
    name: "mögliche Stückelung",
    rule: `Mehrere Rechnungen eines Lieferanten ohne Vergabeverfahren in weniger als ${splitWithinDays} Tagen, jede für sich in der Wertgrenze des Direktauftrags, zusammen darüber.`,
  },
  not_paid: { name: "nicht bezahlt", rule: "Zu der Rechnung ist keine Zahlung gebucht." },
  paid_before_invoice: {
    name: "Zahlung vor Rechnung",
    rule: "Eine Zahlung hat einen früheren Tag als die Rechnung.",
  },
  same_amount: {
    name: "gleicher Betrag",
    rule: "Derselbe Lieferant hat im Umfang eine zweite Rechnung mit demselben Bruttobetrag.",
  },
  missing_receipt: { name: "Beleg fehlt", rule: "Zu der Rechnung ist keine Datei abgelegt." },
  dominant_supplier: {
    name: "Lieferant mit der Hälfte",
    rule: `Ein Lieferant hat mindestens ${formatPercent(dominantShare)} der Bruttosumme aller Rechnungen im Umfang.`,
  },
  ordered_before_programme: {
    name: "Auftrag vor Programmbeginn",
    rule: "Der Auftrag hat einen früheren Tag als der Beginn des Förderprogramms.",
  },
  paid_after_payout_end: {
    name: "Zahlung nach Auszahlungsschluss",
    rule: "Eine Zahlung liegt nach dem Tag, bis zu dem das Programm auszahlt.",
  },
  school_without_concept: {
    name: "ohne Medienbildungskonzept",
    rule: "Das Programm verlangt ein Medienbildungskonzept; bei der Schule ist keines eingetragen.",
  },
};

/** A hint with its amounts exact, or as the exact strings that arrive in the browser. */
type Said<Hint> = { [Key in keyof Hint]: Hint[Key] extends Money ? Money | string : Hint[Key] };

type HintSentences = {
  [Rule in HintRule]: (hint: Said<Extract<RiskHint, { rule: Rule }>>) => string;
};

const sentences: HintSentences = {
  round_thousands: ({ amount }) => `${formatEuro(amount)} brutto sind glatte Tausend.`,
  just_below_threshold: ({ value, limit, kind }) =>
    `${formatEuro(value)} netto liegen knapp unter der Grenze von ${formatEuro(limit)} (${awardKindWords[kind]}).`,
  award_above_limit: ({ value, limit, kind }) =>
    kind === null
      ? `${formatEuro(value)} netto ohne Auftrag; ein Direktauftrag geht bis ${formatEuro(limit)}.`
      : `${formatEuro(value)} netto; ${awardKindWords[kind]} geht bis ${formatEuro(limit)}.`,
  tender_without_reference: ({ kind }) => `${awardKindWords[kind]} ohne Vergabenummer.`,
  split_purchase: ({ count, value, limit, days }) =>
    `${count} Rechnungen in weniger als ${days} Tagen, zusammen ${formatEuro(value)} netto; ein Direktauftrag geht bis ${formatEuro(limit)}.`,
  not_paid: ({ invoicedOn }) => `Rechnung vom ${formatDay(invoicedOn)} ohne Zahlung.`,
  paid_before_invoice: ({ paidOn, invoicedOn }) =>
    `Bezahlt am ${formatDay(paidOn)}, Rechnung vom ${formatDay(invoicedOn)}.`,
  same_amount: ({ amount, others }) =>
    `${formatEuro(amount)} auch mit Rechnung ${others.join(", ")} desselben Lieferanten.`,
  missing_receipt: () => "Keine Datei abgelegt.",
  dominant_supplier: ({ supplier, amount, total }) =>
    `${supplier} hat ${formatEuro(amount)} von ${formatEuro(total)} brutto.`,
  ordered_before_programme: ({ orderedOn, startsOn }) =>
    `Auftrag vom ${formatDay(orderedOn)}, das Programm beginnt am ${formatDay(startsOn)}.`,
  paid_after_payout_end: ({ paidOn, until }) =>
    `Bezahlt am ${formatDay(paidOn)}, ausgezahlt wird bis ${formatDay(until)}.`,
  school_without_concept: ({ schools }) => `Kein Konzept eingetragen: ${schools.join(", ")}.`,
};

/** What a hint says of its receipt. */
export function hintSentence<Rule extends HintRule>(
  hint: Said<Extract<RiskHint, { rule: Rule }>> & { rule: Rule },
): string {
  return (sentences[hint.rule] as (given: typeof hint) => string)(hint);
}

/** How a sample is drawn, and how it is drawn again. */
export const sampleMethodWords: Record<SampleMethod, { name: string; rule: string }> = {
  random: {
    name: "Zufall",
    rule: "Jeder Beleg hat dieselbe Chance; gezogen wird ohne Zurücklegen (Fisher und Yates).",
  },
  monetary_unit: {
    name: "nach Betrag (Monetary Unit Sampling)",
    rule: "Die Chance wächst mit dem Bruttobetrag: Die Summe wird in gleiche Abschnitte geteilt, in jedem wird ab einem zufälligen Anfang an derselben Stelle gezogen. Größere Belege als ein Abschnitt sind immer dabei, auch mehrfach getroffene nur einmal; Gutschriften nicht.",
  },
  risk: {
    name: "nach Hinweisen",
    rule: "Die Belege mit den meisten Hinweisen zuerst; bei gleich vielen entscheidet der Zufall.",
  },
};

/** Which receipts a sample or the hints are of. */
export function scopeWords(
  scope: { fromYear: number | null; untilYear: number | null },
  fileNumber: string | null | undefined,
): string {
  const { fromYear: from, untilYear: until } = scope;
  const of = fileNumber ? `Zuwendung ${fileNumber}` : "alle Zuwendungen und der Gemeindehaushalt";
  if (from !== null && from === until) return `${of}, Rechnungen aus ${from}`;
  const years = [from === null ? "" : `ab ${from}`, until === null ? "" : `bis ${until}`];
  const words = years.filter(Boolean).join(" ");
  return words === "" ? of : `${of}, Rechnungen ${words}`;
}

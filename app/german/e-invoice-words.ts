/** How an e-invoice reads in German: its codes in words, and what does not add up. */
import type { EInvoiceFinding, FindingRule } from "../domain/e-invoice-findings.ts";
import { formatEuro, formatFactor, formatPercent } from "./notation.ts";

/** BT-3, UNTDID 1001. */
const typeWords: Record<string, string> = {
  "326": "Teilrechnung",
  "380": "Rechnung",
  "381": "Gutschrift",
  "384": "Rechnungskorrektur",
  "386": "Rechnung über eine Vorauszahlung",
  "389": "vom Käufer ausgestellte Rechnung",
  "875": "Abschlagsrechnung (Bauleistung)",
  "876": "Teilschlussrechnung (Bauleistung)",
  "877": "Schlussrechnung (Bauleistung)",
};

export function typeWord(code: string): string {
  return typeWords[code] ?? `Rechnung der Art ${code}`;
}

/** UN/ECE Recommendation 20, as far as an office meets it; other codes are shown as they are. */
const unitWords: Record<string, string> = {
  ANN: "Jahr",
  C62: "Stück",
  DAY: "Tag",
  H87: "Stück",
  HUR: "Std.",
  KGM: "kg",
  KMT: "km",
  LS: "pauschal",
  LTR: "l",
  MIN: "Min.",
  MON: "Monat",
  MTK: "m²",
  MTQ: "m³",
  MTR: "m",
  NAR: "Stück",
  P1: "%",
  PR: "Paar",
  SET: "Satz",
  WEE: "Woche",
  XPP: "Stück",
};

export function quantityText(quantity: string | null, unit: string | null): string {
  if (quantity === null) return "–";
  return [formatFactor(quantity), unit && (unitWords[unit] ?? unit)].filter(Boolean).join(" ");
}

/** VAT categories of EN 16931 (UNTDID 5305). */
const categoryWords: Record<string, string> = {
  AE: "Steuer schuldet der Empfänger",
  E: "steuerbefreit",
  G: "Ausfuhr",
  K: "innergemeinschaftlich",
  L: "Kanaren",
  M: "Ceuta und Melilla",
  O: "nicht steuerbar",
  S: "",
  Z: "Nullsatz",
};

export function vatText({ category, rate }: { category: string; rate: string }): string {
  const word = categoryWords[category] ?? `Kategorie ${category}`;
  return word === "" ? formatPercent(rate) : `${formatPercent(rate)}, ${word}`;
}

const findingWords: Record<FindingRule, string> = {
  line_net: "Menge mal Preis",
  "BR-CO-10": "Summe der Positionen",
  "BR-CO-11": "Summe der Nachlässe",
  "BR-CO-12": "Summe der Zuschläge",
  "BR-CO-13": "Summe ohne Umsatzsteuer",
  "BR-CO-14": "Summe der Umsatzsteuer",
  "BR-CO-15": "Summe mit Umsatzsteuer",
  "BR-CO-16": "Zahlbetrag",
  "BR-CO-17": "Umsatzsteuer",
  "BR-S-08": "zu versteuernder Betrag",
};

/** "Zahlbetrag: in der Rechnung 119,05 €, gerechnet 119,00 € (BR-CO-16)." Takes amounts as they come over the wire. */
export function findingSentence(
  finding: Omit<EInvoiceFinding, "stated" | "computed"> & { stated: string; computed: string },
): string {
  const { rule, of, stated, computed } = finding;
  const where =
    of === null ? "" : rule === "line_net" ? `Position ${of}, ` : `${formatPercent(of)}, `;
  const source = rule === "line_net" ? "" : ` (${rule})`;
  return `${where}${findingWords[rule]}: in der Rechnung ${formatEuro(stated)}, gerechnet ${formatEuro(computed)}${source}.`;
}

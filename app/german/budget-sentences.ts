/** Sentences for refusals of the municipal budget. */
import type { BudgetPart } from "../domain/appropriation.ts";
import type { CarryoverGround } from "../domain/carryover.ts";
import type { Money } from "../domain/money.ts";
import { formatDay, formatEuro } from "./notation.ts";
import type { Sentences } from "./violations.ts";

export const budgetPartWords: Record<BudgetPart, string> = {
  operating: "Ergebnishaushalt",
  financial: "Finanzhaushalt",
};

export const carryoverGroundWords: Record<CarryoverGround, string> = {
  investment: "Investition: bis zur letzten Zahlung",
  budget: "Aufwand eines Budgets: ein Jahr",
  earmarked: "zweckgebundene Mittel: bis zur letzten Zahlung",
};

const on = (account: string, budget: string | null) =>
  budget ? `Im Budget „${budget}“ (${account})` : `Auf „${account}“`;

const lapsedText = (lapsed: Money | undefined) =>
  lapsed
    ? ` Aus dem Vorjahr übertragene ${formatEuro(lapsed)} zählen nicht mehr: Ihre Frist war an diesem Tag vorbei (§ 20 KomHKVO).`
    : "";

/** What is left, or by how much the money is gone already. */
function leftOn(account: string, budget: string | null, available: Money): string {
  if (!available.lessThan(0)) {
    return `${on(account, budget)} sind nur noch ${formatEuro(available)} verfügbar.`;
  }
  const whose = budget ? `Das Budget „${budget}“ (${account})` : `„${account}“`;
  return `${whose} ist schon um ${formatEuro(available.abs())} überschritten.`;
}

export const budgetSentences = {
  account_in_other_part: ({ part }) =>
    `Diese Haushaltsstelle steht schon im ${budgetPartWords[part]}.`,
  account_in_other_budget: ({ budget }) =>
    budget
      ? `Diese Haushaltsstelle gehört in diesem Jahr schon zum Budget „${budget}“.`
      : "Diese Haushaltsstelle gehört in diesem Jahr zu keinem Budget.",
  ledger_account_of_other_part: ({ part }) =>
    `Nach der Nummer gehört das Sachkonto in den ${budgetPartWords[part]} (4… Aufwand, 7… Auszahlung).`,
  appropriated_before: () =>
    "Für diese Haushaltsstelle ist schon ein Ansatz gebucht. Mehr oder weniger Geld gibt ihr ein Nachtrag.",
  fiscal_year_closed: ({ fiscalYear }) =>
    `Das Haushaltsjahr ${fiscalYear} ist abgeschlossen; möglich sind nur Stornos.`,
  account_not_on_file: () => "Bitte eine angelegte Haushaltsstelle auswählen.",
  over_budget: ({ account, budget, available, lapsed }) =>
    `${leftOn(account, budget, available)}${lapsedText(lapsed)} Mehr Geld gibt ein Nachtrag oder eine über- oder außerplanmäßige Bewilligung.`,
  over_budget_needs_reason: ({ account, budget, available, lapsed }) =>
    `${leftOn(account, budget, available)}${lapsedText(lapsed)} Bitte begründen, warum trotzdem gebucht wird.`,
  planned_account: () =>
    "Diese Haushaltsstelle hat schon einen Ansatz. Mehr Geld gibt ihr dort „Änderung buchen“: überplanmäßig oder als Nachtrag.",
  recurring_reason_missing: () =>
    "Der Haushalt reicht dafür nicht. Bitte begründen, warum trotzdem gebucht wird.",
  supplement_below_spent: ({ available }) =>
    `So viel ist nicht mehr frei: Der Ansatz kann um höchstens ${formatEuro(available)} sinken.`,
  decision_missing: () =>
    "Bitte den Beschluss auswählen oder angeben, wer entschieden hat (zum Beispiel „Bürgermeister, 12.05.2026“).",
  decision_of_other_year: ({ from, until }) =>
    `Für dieses Haushaltsjahr wird zwischen dem ${formatDay(from)} und dem ${formatDay(until)} entschieden: Bitte den Tag prüfen.`,
  supplement_has_no_cover: () =>
    "Ein Nachtrag hat keine einzelne Deckung; sie gehört zur über- oder außerplanmäßigen Bewilligung. Bitte leer lassen oder die Art ändern.",
  cover_missing: () =>
    "Bitte angeben, was die Ausgabe deckt: eine Haushaltsstelle, die Geld abgibt, oder Mehrerträge (§ 117 NKomVG).",
  cover_named_twice: () =>
    "Bitte nur eine Deckung angeben: die Haushaltsstelle oder die Mehrerträge.",
  cover_of_other_year: () =>
    "Die deckende Haushaltsstelle muss aus demselben Haushaltsjahr und demselben Teil des Haushalts sein.",
  cover_too_small: ({ available }) =>
    `Diese Haushaltsstelle kann höchstens ${formatEuro(available)} abgeben.`,
  carryover_exceeds_rest: ({ available }) =>
    `Übertragen werden kann höchstens, was übrig ist: ${formatEuro(available)}.`,
  carried_money_lapses: ({ available, lapsing }) =>
    `Übertragen werden können höchstens ${formatEuro(available)}: ${formatEuro(lapsing)} wurden schon einmal übertragen und verfallen mit diesem Jahr (§ 20 KomHKVO).`,
  carryover_ground_missing: () => "Bitte auswählen, warum der Betrag bleiben darf.",
  carryover_ground_of_other_account: () =>
    "Dieser Grund passt nicht: Investitionen sind Auszahlungen der Konten 78…, Aufwand ist nur in einem Budget übertragbar; sonst bleiben zweckgebundene Mittel (§ 20 KomHKVO).",
  carryover_reason_missing: () => "Bitte begründen, warum der Betrag im nächsten Jahr nötig ist.",
  carryover_before_year_end: ({ fiscalYear }) =>
    `Übertragen wird erst nach dem Ende des Haushaltsjahres ${fiscalYear}.`,
  year_not_over: ({ fiscalYear }) =>
    `Das Haushaltsjahr ${fiscalYear} kann erst nach seinem Ende abgeschlossen werden.`,
  earlier_year_open: ({ fiscalYear }) =>
    `Zuerst ist das Haushaltsjahr ${fiscalYear} abzuschließen: Jahre werden in ihrer Reihenfolge abgeschlossen.`,
  invoices_unpaid: ({ accounts }) =>
    `Zuerst sind Rechnungen zu bezahlen, auf: ${accounts.join("; ")}.`,
  no_order_to_move: () => "Bitte mindestens einen Auftrag auswählen.",
  orders_open: ({ accounts }) =>
    `Zuerst gehen die offenen Aufträge in das neue Jahr über, auf: ${accounts.join("; ")}.`,
  joint_years_unsettled: ({ jointServices }) =>
    `Zuerst ist die Zusammenarbeit (IKZ) abzurechnen und auszugleichen: ${jointServices.join("; ")}.`,
} satisfies Partial<Sentences>;

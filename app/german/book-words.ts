/** The German words of the audit workbook (Prüfbuch): one for each figure, kind, standing and deed. */
import type { DrawdownRow, Receipt, Standing } from "../domain/audit-book.ts";
import type { AllocationKey } from "../domain/cost-share.ts";
import type { AccountKind, DocumentKind } from "../domain/journal.ts";
import type { AwardKind } from "../domain/procurement.ts";
import { figureTitles } from "../domain/titles.ts";

/** Wertart: headings of the overview and criteria of its formulas, so no two may be equal. */
export const figureWords = figureTitles;

/** Kontoart: criteria of formulas too. */
export const accountKindWords: Record<AccountKind, string> = {
  pot: "Kontingent",
  budget_line: "Kostenposition",
  income: "Einnahme",
  appropriation: "Haushaltsansatz",
  member_share: "Anteil eines Mitglieds",
};

export const documentKindWords: Record<DocumentKind, string> = {
  envelope: "Kontingent",
  allotment: "Zuteilung",
  application: "Antrag",
  application_step: "Verfahrensschritt",
  grant: "Zuwendungsbescheid",
  notice: "Folgebescheid",
  order: "Auftrag",
  order_change: "Auftragsänderung",
  order_closure: "Auftragsabschluss",
  invoice: "Rechnung",
  certification: "Feststellung",
  payment: "Zahlung",
  drawdown: "Mittelabruf",
  payout: "Zahlungseingang",
  repayment: "Rückzahlung",
  proof_of_use: "Verwendungsnachweis",
  proof_answer: "Prüfvermerk",
  appropriation: "Haushaltsansatz",
  supplement: "Nachtrag",
  extra_approval: "über- oder außerplanmäßige Bewilligung",
  carryover: "Übertragung",
  year_closing: "Jahresabschluss",
  cost_share: "Umlage (IKZ)",
  cost_share_payment: "Zahlung der Umlage",
  contract: "Vertrag",
  contract_change: "Vertragsänderung",
  asset: "Anlage (Inventar)",
  asset_disposal: "Abgang einer Anlage",
  joint_membership: "Mitgliedschaft (IKZ)",
  joint_plan: "Jahresplan (IKZ)",
  joint_payment: "Zahlung eines Mitglieds (IKZ)",
  joint_cost: "Istkosten (IKZ)",
  joint_settlement: "Jahresabrechnung (IKZ)",
  reversal: "Storno",
};

export const standingWords: Record<Standing, string> = {
  standing: "gültig",
  reversed: "storniert",
  reversal: "Storno",
};

export const awardKindWords: Record<AwardKind, string> = {
  direct: "Direktauftrag",
  negotiated: "Verhandlungsvergabe",
  restricted: "Beschränkte Ausschreibung",
  open: "Öffentliche Ausschreibung",
};

export const allocationKeyWords: Record<AllocationKey, string> = {
  own_share: "nur eigener Anteil",
  equal_parts: "gleiche Teile",
  by_weight: "nach Gewicht",
};

export const drawdownDeedWords: Record<DrawdownRow["deed"], string> = {
  drawdown: "Mittelabruf",
  payout: "Zahlungseingang",
  reclaim: "Rückforderung",
  repayment: "Rückzahlung",
  drawdown_reversal: "Storno des Mittelabrufs",
  payout_reversal: "Storno des Zahlungseingangs",
  reclaim_reversal: "Storno der Rückforderung",
  repayment_reversal: "Storno der Rückzahlung",
};

export function receiptStatus(receipt: Pick<Receipt, "standing" | "paidOn">): string {
  if (receipt.standing !== "standing") return standingWords[receipt.standing];
  return receipt.paidOn === null ? "unbezahlt" : "bezahlt";
}

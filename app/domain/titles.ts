/** How the office calls a document, as its entries' texts have it. */
import type { StepKind } from "./application-step.ts";
import type { OverBudgetSettings, PaymentDetails } from "./authority.ts";
import type { Figure } from "./journal.ts";
import type { OverBudgetPolicy } from "./municipal-budget.ts";
import type { NoticeKind } from "./notice.ts";
import type { Role } from "./permission.ts";
import type { WishEnd } from "./school-wish.ts";

export const noticeTitles: Record<NoticeKind, string> = {
  amendment: "Änderungsbescheid",
  reallocation: "Umwidmung",
  final: "Schlussbescheid",
  revocation: "Widerruf",
};

export const roleTitles: Record<Role, string> = {
  clerk: "Sachbearbeitung",
  verifier: "Feststellung",
  treasurer: "Kasse",
  head_of_finance: "Kämmerei",
  coordinator: "IKZ-Koordination",
  school: "Schule",
  board: "Schulausschuss",
  auditor: "Rechnungsprüfung",
  granting_authority: "Bewilligungsbehörde",
  administrator: "Verwaltung der Zugänge",
};

export const wishEndTitles: Record<WishEnd, string> = {
  taken_up: "aufgenommen",
  declined: "nicht aufgenommen",
  withdrawn: "zurückgezogen",
};

export const stepTitles: Record<StepKind, string> = {
  submitted: "eingereicht",
  returned: "zur Ergänzung zurückgegeben",
  refused: "abgelehnt",
  withdrawn: "zurückgezogen",
};

export const overBudgetKindTitles: Record<keyof OverBudgetSettings, string> = {
  overBudgetOrders: "Auftrag",
  overBudgetInvoices: "Rechnung",
  overBudgetRecurring: "laufende Kosten",
};

export const overBudgetPolicyTitles: Record<OverBudgetPolicy, string> = {
  stop: "nicht buchen",
  warn: "nur mit Begründung buchen",
  allow: "buchen",
};

/** Whether who recorded or certified an invoice may pay it; nothing where that is not settled. */
export function payerTitles({ paidByAnother }: { paidByAnother?: boolean | undefined }): string[] {
  if (paidByAnother === undefined) return [];
  return [`Zahlung durch eine weitere Person ${paidByAnother ? "ein" : "aus"}`];
}

/** "Auftrag über dem Haushalt: nicht buchen", one for each kind of document that is settled. */
export function overBudgetTitles(settings: Partial<OverBudgetSettings>): string[] {
  const kinds = Object.keys(overBudgetKindTitles) as (keyof OverBudgetSettings)[];
  return kinds.flatMap((kind) => {
    const policy = settings[kind];
    if (policy === undefined) return [];
    return `${overBudgetKindTitles[kind]} über dem Haushalt: ${overBudgetPolicyTitles[policy]}`;
  });
}

/** "IBAN DE…, Bank …, Unterschrift …": what letters name, or that it is not settled. */
export function paymentTitles({ iban, bankName, signatory }: Partial<PaymentDetails>): string[] {
  if (iban === undefined && bankName === undefined && signatory === undefined) return [];
  return [`IBAN ${iban ?? "–"}`, `Bank ${bankName ?? "–"}`, `Unterschrift ${signatory ?? "–"}`];
}

/** Wertart: what a figure is called wherever it is named; no two may be equal. */
export const figureTitles: Record<Figure, string> = {
  ceiling: "Höchstbetrag",
  applied: "beantragt",
  granted: "bewilligte Zuwendung",
  approved: "bewilligt",
  committed: "gebunden",
  invoiced: "in Rechnung gestellt",
  paid: "bezahlt",
  reclaimed: "zurückgefordert",
  drawn: "abgerufen",
  received: "eingegangen",
  repaid: "zurückgezahlt",
  interest: "Zinsen",
  appropriated: "veranschlagt",
  supplemented: "Nachtrag",
  carried: "übertragen",
  extra: "überplanmäßig oder außerplanmäßig",
  covered: "Deckung",
  share_planned: "Anteil geplant",
  share_paid: "Anteil gezahlt",
  share_settled: "Anteil abgerechnet",
};

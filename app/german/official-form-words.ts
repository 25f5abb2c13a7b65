/** German names of what a form (Vordruck) can show: keys of its file, and labels where they stand alone. */
import type { Money } from "../domain/money.ts";
import type {
  formFields,
  HeadField,
  RowSource,
  Value,
  ValueKind,
} from "../domain/official-form.ts";
import { formatAmount, formatDay } from "./notation.ts";

export const rowSourceWords: Record<RowSource, string> = {
  receipts: "Belege",
  income: "Einnahmen",
  plan: "Finanzierungsplan",
  financing: "Finanzierung",
  investments: "Investitionsarten",
};

type FieldWords = {
  [Source in RowSource]: Record<keyof (typeof formFields)[Source], string>;
};

export const formFieldWords: FieldWords = {
  receipts: {
    number: "lfd. Nr.",
    school: "Schule",
    schoolNumber: "Schulnummer",
    fileNumber: "Aktenzeichen",
    code: "Nummer des Fördergegenstands",
    category: "Fördergegenstand",
    position: "Kostenposition",
    orderNumber: "Auftragsnummer",
    orderedOn: "Auftragsdatum",
    recipient: "Empfänger",
    invoiceNumber: "Rechnungsnummer",
    invoicedOn: "Rechnungsdatum",
    paidOn: "Zahlungsdatum",
    month: "Zahlungsmonat",
    description: "Gegenstand",
    reason: "Grund der Zahlung",
    gross: "Rechnungsbetrag",
    discount: "Skonto",
    paid: "gezahlt",
    ineligibleVat: "nicht förderfähige Mehrwertsteuer",
    ineligibleOther: "sonst nicht förderfähig",
    claimed: "beantragt",
    cut: "gekürzt",
    eligible: "förderfähig",
    grant: "davon Zuwendung",
    own: "davon Eigen- und Drittmittel",
    investment: "Investitionsart",
    files: "Dateien",
    remark: "Bemerkung",
    blank: "leer",
  },
  income: {
    number: "lfd. Nr.",
    on: "Tag",
    payer: "Einzahler",
    reason: "Grund der Zahlung",
    amount: "Betrag",
  },
  plan: {
    number: "lfd. Nr.",
    school: "Schule",
    code: "Nummer des Fördergegenstands",
    category: "Fördergegenstand",
    position: "Kostenposition",
    planned: "Plan",
    actual: "Ist",
    difference: "Plan weniger Ist",
    percent: "Ist in % des Plans",
  },
  financing: {
    source: "Einnahme",
    planned: "Plan",
    actual: "Ist",
    difference: "Plan weniger Ist",
    percent: "Ist in % des Plans",
  },
  investments: {
    number: "lfd. Nr.",
    investment: "Investitionsart",
    before: "bereits angemeldet",
    now: "mit diesem Antrag",
    total: "gesamt",
    grantBefore: "Zuwendung bereits angemeldet",
    grantNow: "Zuwendung mit diesem Antrag",
    grantTotal: "Zuwendung gesamt",
  },
};

export const headFieldWords: Record<HeadField, string> = {
  authority: "Zuwendungsempfänger",
  grantingAuthority: "Bewilligungsbehörde",
  fileNumber: "Aktenzeichen",
  noticeOn: "Bescheid vom",
  programme: "Förderprogramm",
  purpose: "Zweck",
  spendFrom: "Bewilligungszeitraum ab",
  spendUntil: "Bewilligungszeitraum bis",
  financing: "Finanzierung",
  asOf: "Stand",
  registeredUntil: "bereits angemeldet bis",
  paymentKind: "Art der Zahlung",
  grantAmount: "bewilligte Zuwendung",
  drawn: "abgerufen",
  received: "erhaltene Fördermittel",
  repaid: "zurückgezahlt",
  thirdParty: "Drittmittel",
  own: "Eigenmittel",
  spent: "förderfähige Ausgaben",
  grantDue: "Zuwendung nach den Ausgaben",
};

/** A value as it stands on a page and on paper; empty where there is none. */
export function valueText(kind: ValueKind, value: Value): string {
  if (value === null) return kind === "percent" ? "–" : "";
  if (kind === "day") return formatDay(value as string);
  if (kind === "amount" || kind === "percent") return formatAmount(value as Money);
  return String(value);
}

/** Invoices and their lines where a test is about something else; without a database. */
import { euro, factor, percent } from "#app/domain/money.ts";
import type { Settlement } from "#app/domain/paid-line.ts";

/** What a line is where a test is about something else. */
export const plainLine = {
  kind: "item" as const,
  costKind: "investment" as const,
  description: "Netz",
  quantity: factor("1"),
  isSet: false,
  vatRate: percent("19"),
  ineligibleAmount: euro("0"),
  ineligibleNote: "",
};

/** What an invoice is where a test is about something else. */
export const plainInvoice = {
  kind: "invoice" as const,
  creditedId: null,
  roundedPer: "line" as const,
  roundingReason: "",
  overOrderReason: "",
  dueOn: null,
  discountRate: null,
  discountUntil: null,
};

/** A payment of so much with so much discount. */
export function settlement(paid: string, discount = "0", missed = "0"): Settlement {
  return { paidAmount: euro(paid), cashDiscount: euro(discount), missedDiscount: euro(missed) };
}

/** A payable invoice that is certified, where a test is about something else. */
export function payable(open: string) {
  return {
    invoicedOn: "2024-06-01",
    isCertified: true,
    open: euro(open),
    deductsMissed: false,
    replacedUntil: null,
  };
}

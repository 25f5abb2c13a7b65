/**
 * That an invoice is right in substance and in its arithmetic (sachlich und rechnerisch richtig) is
 * certified (festgestellt) before it is paid; by another person than who recorded it, where the
 * authority says so (Vier-Augen-Prinzip).
 */
import type { Day } from "./calendar.ts";

/** Erfasst, festgestellt, teilweise bezahlt, bezahlt, ausgeglichen ohne Zahlung, storniert. */
export const invoiceStates = [
  "recorded",
  "certified",
  "part_paid",
  "paid",
  "settled",
  "reversed",
] as const;
export type InvoiceState = (typeof invoiceStates)[number];

export type CertificationDraft = { certifiedOn: Day; note: string };

export type CertificationViolation = { field: string } & (
  | { rule: "certified_before" }
  | { rule: "in_the_future" }
  | { rule: "certified_before_invoice"; invoicedOn: Day }
  | { rule: "certified_by_recorder" }
);

export function checkCertification(
  draft: CertificationDraft,
  invoice: {
    invoicedOn: Day;
    isCertified: boolean;
    recordedBy: string;
    /** Why it goes above its order: that always needs a second person. */
    overOrderReason: string | null;
  },
  { certifier, fourEyes, today }: { certifier: string; fourEyes: boolean; today: Day },
): CertificationViolation | undefined {
  if (invoice.isCertified) return { field: "certifiedOn", rule: "certified_before" };
  if (draft.certifiedOn > today) return { field: "certifiedOn", rule: "in_the_future" };
  if (draft.certifiedOn < invoice.invoicedOn) {
    const { invoicedOn } = invoice;
    return { field: "certifiedOn", rule: "certified_before_invoice", invoicedOn };
  }
  const needsOther = fourEyes || Boolean(invoice.overOrderReason);
  if (needsOther && certifier === invoice.recordedBy) {
    return { field: "certifiedOn", rule: "certified_by_recorder" };
  }
}

export type PayerViolation = {
  field: "paidAmount";
  rule: "paid_by_involved";
  /** Who may pay it instead; empty where the authority has nobody. */
  others: string[];
};

/** Whether a person may pay an invoice: where the authority says so, three deeds are three persons. */
export function checkPayer(
  payer: string,
  invoice: { recordedBy: string; certifiedBy: string | null },
  {
    paidByAnother,
    treasurers,
  }: { paidByAnother: boolean; treasurers: { id: string; name: string }[] },
): PayerViolation | undefined {
  const involved = [invoice.recordedBy, invoice.certifiedBy];
  if (!paidByAnother || !involved.includes(payer)) return undefined;
  const others = treasurers.filter(({ id }) => !involved.includes(id)).map(({ name }) => name);
  return { field: "paidAmount", rule: "paid_by_involved", others };
}

/**
 * An e-invoice (E-Rechnung) as its seller states it, in the terms of EN 16931 (BT and BG numbers), whether
 * it came as UBL, as CII or within a PDF (XRechnung, ZUGFeRD, Factur-X).
 *
 * It is plain data, because it passes between threads, lies in the database as JSON and goes over the
 * wire: an amount is its exact decimal text, as `euro` reads it, and never a number.
 */
import type { Day } from "./calendar.ts";
import type { ReadingViolation } from "./reading.ts";

/** An exact decimal such as "-1234.50"; of amounts of a document in whole cents. */
export type DecimalText = string;

/** VAT category (S, Z, E, AE, K, G, O, L, M) and rate in percent; "0" where the category has none. */
export type VatKind = { category: string; rate: DecimalText };

/** Allowance (Nachlass) or charge (Zuschlag), both with amounts as stated: above zero as a rule. */
export type EInvoiceAdjustment = {
  kind: "allowance" | "charge";
  /** BT-92, BT-99 of the document; BT-136, BT-141 of a line. */
  amount: DecimalText;
  /** BT-97, BT-104, BT-139, BT-144. */
  reason: string | null;
  /** BT-95 and BT-96, BT-102 and BT-103; null on a line, whose VAT it shares. */
  vat: VatKind | null;
};

export type EInvoiceLine = {
  /** BT-126. */
  number: string;
  /** BT-153, with BT-154 where it says more. */
  name: string;
  description: string | null;
  /** BT-127. */
  note: string | null;
  /** BT-155. */
  articleNumber: string | null;
  /** BT-129 and BT-130 (UN/ECE Recommendation 20). */
  quantity: DecimalText | null;
  unit: string | null;
  /** BT-146, for BT-149 units. */
  price: DecimalText | null;
  priceQuantity: DecimalText;
  /** BT-131: after the line's own allowances and charges. */
  netAmount: DecimalText;
  /** BT-151 and BT-152. */
  vat: VatKind;
  adjustments: EInvoiceAdjustment[];
  /** BT-132. */
  orderLine: string | null;
};

/** BG-23: what the seller states for one kind of VAT. */
export type EInvoiceVat = VatKind & {
  /** BT-116 and BT-117. */
  taxable: DecimalText;
  tax: DecimalText;
  /** BT-120. */
  exemption: string | null;
};

/** BG-22. What the seller did not state is null: it counts as zero. */
export type EInvoiceTotals = {
  /** BT-106, BT-107, BT-108. */
  lines: DecimalText | null;
  allowances: DecimalText | null;
  charges: DecimalText | null;
  /** BT-109, BT-110, BT-112. */
  net: DecimalText;
  vat: DecimalText | null;
  gross: DecimalText;
  /** BT-113, BT-114, BT-115. */
  prepaid: DecimalText | null;
  rounding: DecimalText | null;
  due: DecimalText;
};

/** XRechnung's machine-readable cash discount (Skonto) in BT-20: rate in percent, for so many days. */
export type OfferedDiscount = { days: number; rate: DecimalText; base: DecimalText | null };

export type EInvoiceParty = {
  name: string;
  /** BT-31, BT-48. */
  vatId: string | null;
  /** BT-32. */
  taxNumber: string | null;
  address: string[];
  contact: string[];
};

export type EInvoice = {
  syntax: "ubl" | "cii";
  /** BT-24. */
  profile: string | null;
  /** BT-1, BT-2, BT-3. */
  number: string;
  issuedOn: Day;
  typeCode: string;
  /** BT-9. */
  dueOn: Day | null;
  /** BT-10: the Leitweg-ID in an XRechnung. */
  buyerReference: string | null;
  /** BT-12, BT-13. */
  contractReference: string | null;
  orderReference: string | null;
  /** BG-3. */
  precedingInvoices: { number: string; issuedOn: Day | null }[];
  /** BT-72, BT-73 and BT-74. */
  deliveredOn: Day | null;
  periodFrom: Day | null;
  periodUntil: Day | null;
  /** BT-22. */
  notes: string[];
  /** BT-20 without its machine-readable lines, and those. */
  paymentTerms: string | null;
  discounts: OfferedDiscount[];
  seller: EInvoiceParty;
  buyer: EInvoiceParty;
  /** BT-59. */
  payee: string | null;
  /** BG-17: BT-84, BT-85. */
  accounts: { iban: string; holder: string | null }[];
  lines: EInvoiceLine[];
  adjustments: EInvoiceAdjustment[];
  vat: EInvoiceVat[];
  totals: EInvoiceTotals;
  /** BG-24: files that it carries (with their bytes beside it) or points to. */
  attachments: EInvoiceAttachment[];
};

export type EInvoiceAttachment = {
  /** BT-122, BT-123. */
  reference: string;
  description: string | null;
  /** BT-124: shown, never fetched. */
  address: string | null;
  /** BT-125; null where it only points to a file. */
  file: { name: string; mediaType: string; size: number } | null;
};

/** What a reader makes of a file: the invoice, and the bytes of each attachment that has a file. */
export type ReadEInvoice = { invoice: EInvoice; files: (Uint8Array | null)[] };

/** The largest XML that is read, and how many elements: far above any invoice, far below what hurts. */
export const mostXmlBytes = 20 * 1024 * 1024;
export const mostXmlElements = 200_000;

/** What can't be done without: without it, it is no invoice. */
export const neededTerms = [
  "BT-1",
  "BT-2",
  "BT-3",
  "BT-5",
  "BT-27",
  "BT-109",
  "BT-112",
  "BT-115",
  "BT-116",
  "BT-117",
  "BT-131",
  "BT-92",
  "BT-99",
  "BT-136",
  "BT-141",
] as const;
export type NeededTerm = (typeof neededTerms)[number];

/** Why a file is not taken for an e-invoice. */
export type EInvoiceRefusal = { field: "file" } & (
  | { rule: "e_invoice_xml_too_large" }
  | { rule: "e_invoice_too_many_elements" }
  | { rule: "e_invoice_with_doctype" }
  | { rule: "e_invoice_encoding_unknown"; encoding: string }
  | { rule: "e_invoice_encoding_wrong"; encoding: string }
  | { rule: "e_invoice_not_well_formed"; line: number | null }
  | { rule: "e_invoice_unknown_kind" }
  | { rule: "e_invoice_zugferd_1" }
  | { rule: "e_invoice_other_currency"; currency: string }
  | { rule: "e_invoice_lacks"; term: NeededTerm }
  | { rule: "e_invoice_not_an_amount"; term: string; found: string }
  | { rule: "e_invoice_not_a_day"; term: string; found: string }
  | { rule: "pdf_without_e_invoice" }
  | { rule: "pdf_with_password" }
  | { rule: "pdf_broken" }
);

export type EInvoiceViolation =
  | EInvoiceRefusal
  | ReadingViolation
  | { field: "file"; rule: "e_invoice_received_before"; receivedAt: Date }
  | { field: "reason"; rule: "e_invoice_booked_already" };

/** Type codes of BT-3 (UNTDID 1001) that take money back: credit notes of all kinds. */
const creditCodes = ["381", "81", "83", "261", "262", "296", "308", "396", "420", "458", "532"];

/** True for a credit note (Gutschrift), by its code or because its total is below zero. */
export function isCredit({ typeCode, totals }: Pick<EInvoice, "typeCode" | "totals">): boolean {
  return creditCodes.includes(typeCode) || totals.gross.startsWith("-");
}

/**
 * What an e-invoice would be as an invoice of ours: lines that add up to its stated totals to the cent,
 * whatever its seller rounded or miscalculated. A person looks at it before it is booked.
 */
import type { Day } from "./calendar.ts";
import { plusDays } from "./calendar.ts";
import { type EInvoice, isCredit } from "./e-invoice.ts";
import { stated } from "./e-invoice-findings.ts";
import { joined, partsOf, withTax } from "./e-invoice-parts.ts";
import {
  euro,
  factor,
  type Factor,
  type Money,
  negated,
  type Percent,
  percent,
  sum,
} from "./money.ts";

export const proposedKinds = ["item", "discount", "surcharge", "rounding"] as const;

export type ProposedLine = {
  kind: (typeof proposedKinds)[number];
  description: string;
  quantity: Factor;
  netAmount: Money;
  vatRate: Percent;
  grossAmount: Money;
};

export type InvoiceProposal = {
  kind: "invoice" | "prepayment" | "final" | "credit_note";
  supplier: string;
  number: string;
  invoicedOn: Day;
  dueOn: Day | null;
  /** The highest cash discount (Skonto) that is offered, and its last day. */
  discountRate: Percent | null;
  discountUntil: Day | null;
  lines: ProposedLine[];
  /** What was paid on account before (BT-113); the lines add up to what is due and this. */
  prepaidAmount: Money;
};

export function invoiceProposalOf(invoice: EInvoice): InvoiceProposal {
  const discount = [...invoice.discounts].sort((a, b) =>
    stated(b.rate).comparedTo(stated(a.rate)),
  )[0];
  const isBelowZero = invoice.totals.gross.startsWith("-");
  const turned = (amount: Money) => (isBelowZero ? negated(amount) : amount);
  const prepaidAmount = turned(euro(invoice.totals.prepaid ?? "0"));
  return {
    kind: kindOf(invoice),
    supplier: invoice.seller.name,
    number: invoice.number,
    invoicedOn: invoice.issuedOn,
    dueOn: invoice.dueOn,
    discountRate: discount ? percent(discount.rate) : null,
    discountUntil: discount ? plusDays(invoice.issuedOn, discount.days) : null,
    lines: proposedLines(invoice, turned).filter(({ grossAmount }) => !grossAmount.isZero()),
    prepaidAmount,
  };
}

/** 386 is a request for a payment on account, 877 a final one of building works (UNTDID 1001). */
function kindOf(invoice: EInvoice): InvoiceProposal["kind"] {
  if (isCredit(invoice)) return "credit_note";
  if (invoice.typeCode === "386") return "prepayment";
  return invoice.typeCode === "877" ? "final" : "invoice";
}

function proposedLines(invoice: EInvoice, turned: (amount: Money) => Money): ProposedLine[] {
  const { totals } = invoice;
  const taxed = withTax(joined(partsOf(invoice, turned)), invoice, turned);
  const rounding = turned(euro(totals.rounding ?? "0"));
  const target = turned(euro(totals.due).plus(euro(totals.prepaid ?? "0")));
  const gap = target.minus(sum(taxed.map(({ grossAmount }) => grossAmount))).minus(rounding);
  return [...taxed, roundingLine(rounding), gapLine(gap)];
}

/** BT-114: the total as it is paid, where cash has no single cents. */
function roundingLine(amount: Money): ProposedLine {
  return untaxed("rounding", "Rundung laut Rechnung", amount);
}

/** What the stated parts miss of the stated total: it counts, and the findings say why it is there. */
function gapLine(amount: Money): ProposedLine {
  if (amount.abs().lessThan(1))
    return untaxed("rounding", "Rundungsdifferenz der Rechnung", amount);
  const kind = amount.lessThan(0) ? "discount" : "surcharge";
  return untaxed(kind, "Differenz zur Summe der Rechnung", amount);
}

function untaxed(kind: ProposedLine["kind"], description: string, amount: Money): ProposedLine {
  const [quantity, vatRate] = [factor("1"), percent("0")];
  return { kind, description, quantity, netAmount: amount, vatRate, grossAmount: amount };
}

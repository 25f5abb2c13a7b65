/**
 * An invoice (Rechnung) on the budget lines of a grant, part or all of it against an order. A budget
 * line holds eligible costs; what of an invoice is not eligible (nicht zuwendungsfähig) is kept on the
 * invoice with its reason and never touches the grant.
 */
import type { BudgetLine, Charge } from "./budget.ts";
import type { Day } from "./calendar.ts";
import { checkCostKinds, type CostKindViolation } from "./cost-kind.ts";
import { checkCredit, type CreditedInvoice, type CreditViolation } from "./credit.ts";
import { checkInvoiceLines, checkSums, type InvoiceLineViolation } from "./invoice-arithmetic.ts";
import {
  deductibleVat,
  eligible,
  type InvoiceLineDraft,
  type Rounding,
  treatmentOf,
} from "./invoice-line.ts";
import {
  checkOrderLines,
  checkOrderSums,
  type InvoiceOrderViolation,
  releases,
} from "./invoice-order.ts";
import type { BudgetTreatment } from "./low-value.ts";
import { type Money, type Percent, zero } from "./money.ts";
import type { PaidLine } from "./paid-line.ts";
import { type Prepayment, type PrepaymentViolation, takeOffPrepayments } from "./prepayment.ts";
import {
  checkMoney,
  checkSpendingDay,
  type OpenOrderLine,
  type SpendingTerms,
  type SpendingViolation,
} from "./order.ts";

/** Rechnung, Abschlagsrechnung, Schlussrechnung, Gutschrift (380, 386, 380 with BT-113, 381). */
export const invoiceKinds = ["invoice", "prepayment", "final", "credit_note"] as const;
export type InvoiceKind = (typeof invoiceKinds)[number];

export type InvoiceDraft = {
  supplier: string;
  number: string;
  invoicedOn: Day;
  kind: InvoiceKind;
  /** The invoice that a credit note lowers. Amounts of a credit note are entered as they are printed. */
  creditedId: string | null;
  roundedPer: Rounding;
  /** Why the paper's sums are not ours; empty where they are, to the cent a line. */
  roundingReason: string;
  /** Why more is invoiced than was ordered; a second person confirms it. */
  overOrderReason: string;
  /** Why the municipal budget is overrun; asked where the authority wants to be warned. */
  overBudgetReason?: string | undefined;
  dueOn: Day | null;
  /** Cash discount (Skonto) that the supplier offers, until a day. */
  discountRate: Percent | null;
  discountUntil: Day | null;
  lines: InvoiceLineDraft[];
};

export type InvoiceViolation =
  | SpendingViolation
  | CreditViolation
  | PrepaymentViolation
  | InvoiceLineViolation
  | InvoiceOrderViolation
  | CostKindViolation
  | ({ field: string } & (
      | { rule: "credited_by_invoice" }
      | { rule: "nothing_eligible" }
      | { rule: "discount_rate_too_high" }
      | { rule: "discount_until_missing" }
      | { rule: "due_before_invoice" }
      | { rule: "invoice_recorded_before" }
    ));

/** What the check needs of the world: all that can be ordered and charged, read after the lock. */
export type InvoiceContext = {
  terms: SpendingTerms;
  budget: BudgetLine[];
  openOrderLines: OpenOrderLine[];
  /** The supplier's id, undefined when it is new. */
  supplierId: string | undefined;
  /** True where a second person confirms every invoice before it is paid. */
  fourEyes: boolean;
  /** How much of its VAT the authority deducts as input tax, in percent. */
  inputTaxRate: Percent;
  /** The invoice that a credit note names, if it stands. */
  credited: CreditedInvoice | undefined;
  /** Prepayments of the grant that stand, with what later invoices have left of them. */
  prepayments: Prepayment[];
  today: Day;
};

/** A line as it is booked: a credit note's with their sign turned. */
export type BookedLine = InvoiceLineDraft & {
  treatment: BudgetTreatment;
  deductibleVat: Money;
  /** What it releases of its order line's commitment. */
  releasedAmount: Money;
};

export type ChargedLine = Omit<BookedLine, "releasedAmount">;

/**
 * Accepts an invoice with its lines as they are booked, or names the first broken rule. What an order
 * has committed is not charged again; what goes beyond it is. A credit note says also by how much each
 * line of its invoice is less paid than before.
 */
export function checkInvoice(
  draft: InvoiceDraft,
  context: InvoiceContext,
): { lines: BookedLine[]; shifts: PaidLine[] } | { violation: InvoiceViolation } {
  const isCredit = draft.kind === "credit_note";
  const violation =
    checkDay(draft, context) ??
    checkKind(draft) ??
    checkInvoiceLines(draft.lines, context.terms.fiscalYear !== undefined) ??
    // What comes back has the kind of what it lowers.
    (isCredit
      ? undefined
      : checkCostKinds(draft.lines, context.terms, context.budget, context.openOrderLines)) ??
    checkSums(draft) ??
    checkTermsOfPayment(draft) ??
    (isCredit ? undefined : checkOrderLines(draft, context));
  if (violation) return { violation };

  const entered = draft.lines.map((line) => valued(line, draft, context.inputTaxRate));
  const { supplierId } = context;
  const charged = isCredit
    ? checkCredit(draft, entered, context.credited, supplierId)
    : { shifts: [], ...takeOffPrepayments(entered, context.prepayments, supplierId) };
  if ("violation" in charged) return charged;
  if (charged.lines.every((line) => eligible(line).isZero())) {
    return { violation: { field: "lines[0].ineligibleAmount", rule: "nothing_eligible" } };
  }
  const released = isCredit
    ? charged.lines.map(() => zero)
    : releases(charged.lines, context.openOrderLines);
  const short = isCredit
    ? undefined
    : (checkLines(charged.lines, released, context, draft.overBudgetReason) ??
      checkOrderSums(draft, charged.lines, context));
  if (short) return { violation: short };
  return {
    lines: charged.lines.map((line, index) => ({ ...line, releasedAmount: released[index]! })),
    shifts: charged.shifts,
  };
}

function valued(line: InvoiceLineDraft, draft: InvoiceDraft, inputTaxRate: Percent): ChargedLine {
  return {
    ...line,
    treatment: treatmentOf(line, draft.invoicedOn),
    deductibleVat: deductibleVat(line, inputTaxRate),
  };
}

/** What comes back is booked whenever it comes, but a closed fiscal year takes reversals only. */
function checkDay({ kind, invoicedOn }: InvoiceDraft, { terms, today }: InvoiceContext) {
  const isClosedYear = terms.isClosed && terms.fiscalYear !== undefined;
  if (kind === "credit_note" && invoicedOn <= today && !isClosedYear) return undefined;
  return checkSpendingDay("invoicedOn", invoicedOn, terms, today);
}

function checkKind({ kind, creditedId }: InvoiceDraft): InvoiceViolation | undefined {
  if (creditedId && kind !== "credit_note") {
    return { field: "creditedId", rule: "credited_by_invoice" };
  }
}

function checkTermsOfPayment(draft: InvoiceDraft): InvoiceViolation | undefined {
  const { dueOn, discountRate, discountUntil, invoicedOn } = draft;
  if (discountRate && !discountRate.lessThan(100)) {
    return { field: "discountRate", rule: "discount_rate_too_high" };
  }
  if (discountRate && !discountRate.isZero() && !discountUntil) {
    return { field: "discountUntil", rule: "discount_until_missing" };
  }
  if (dueOn && dueOn < invoicedOn) return { field: "dueOn", rule: "due_before_invoice" };
  if (discountUntil && discountUntil < invoicedOn) {
    return { field: "discountUntil", rule: "due_before_invoice" };
  }
}

function checkLines(
  lines: ChargedLine[],
  released: Money[],
  { budget, terms }: InvoiceContext,
  overBudgetReason: string | undefined,
): InvoiceViolation | undefined {
  const charges = lines.map((line, index): Charge => {
    return {
      budgetLineId: line.budgetLineId,
      amount: eligible(line).minus(released[index]!),
      field: `lines[${index}].grossAmount`,
    };
  });
  const short = checkMoney(charges, budget, terms, overBudgetReason);
  if (short) {
    // What the row's own order holds ready is there for it, beside what is free.
    const row = charges.findIndex(({ field }) => field === short.field);
    return "available" in short && row >= 0
      ? { ...short, available: short.available.plus(released[row]!) }
      : short;
  }
}

/**
 * Suppliers and invoice numbers are compared without case, spaces and punctuation: "RE 2020/17" and
 * "re2020-17" are one number, so that one paper can't be recorded twice.
 */
export function comparable(text: string): string {
  const bare = text.normalize("NFKC").toLocaleLowerCase("de").trim();
  const key = bare
    // Between two numbers a separator means something: 1/12 is not 11/2.
    .replace(/(?<=\p{N})[^\p{L}\p{N}+]+(?=\p{N})/gu, "-")
    .replace(/(?<!\p{N})[^\p{L}\p{N}+]+|[^\p{L}\p{N}+]+(?!\p{N})/gu, "");
  return key || bare;
}

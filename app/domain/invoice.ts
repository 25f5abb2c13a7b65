/**
 * An invoice (Rechnung) on the budget lines of a grant, part or all of it against an order. A budget
 * line holds eligible costs; what of an invoice is not eligible (nicht zuwendungsfähig) is kept on the
 * invoice with its reason and never touches the grant.
 */
import { type BudgetLine, type Charge, checkCharges } from "./budget.ts";
import type { Day } from "./calendar.ts";
import type { Posting } from "./journal.ts";
import { type Money, negated, smaller, zero } from "./money.ts";
import {
  checkSpendingDay,
  checkSpendingLines,
  type CostKind,
  type OpenOrderLine,
  type SpendingTerms,
  type SpendingViolation,
} from "./order.ts";

/** Why a part is not eligible: VAT that the authority may deduct, or anything else. */
export const ineligibleReasons = ["vat", "other"] as const;
export type IneligibleReason = (typeof ineligibleReasons)[number];

export type InvoiceLineDraft = {
  budgetLineId: string;
  /** The order line that this fulfils; undefined without an order. */
  orderLineId?: string | undefined;
  costKind: CostKind;
  description: string;
  grossAmount: Money;
  ineligibleAmount: Money;
  ineligibleReason?: IneligibleReason | undefined;
};

export type InvoiceDraft = {
  supplier: string;
  number: string;
  invoicedOn: Day;
  lines: InvoiceLineDraft[];
};

export type InvoiceViolation =
  | SpendingViolation
  | ({ field: string } & (
      | { rule: "ineligible_out_of_range" }
      | { rule: "ineligible_needs_reason" }
      | { rule: "order_line_not_open" }
      | { rule: "order_of_other_supplier" }
      | { rule: "order_of_other_line" }
      | { rule: "before_its_order"; orderedOn: Day }
      | { rule: "invoice_recorded_before" }
    ));

/** What the check needs of the world: all that can be ordered and charged, read after the lock. */
export type InvoiceContext = {
  terms: SpendingTerms;
  budget: BudgetLine[];
  openOrderLines: OpenOrderLine[];
  /** The supplier's id, undefined when it is new. */
  supplierId: string | undefined;
  today: Day;
};

/**
 * Accepts an invoice with what each line releases of its order, or names the first broken rule.
 * What an order has committed is not charged again; what goes beyond it is.
 */
export function checkInvoice(
  draft: InvoiceDraft,
  context: InvoiceContext,
): { released: Money[] } | { violation: InvoiceViolation } {
  const violation =
    checkSpendingDay("invoicedOn", draft.invoicedOn, context.terms, context.today) ??
    checkSpendingLines(draft.lines) ??
    checkEligibility(draft.lines) ??
    checkOrders(draft, context);
  if (violation) return { violation };

  const released = releases(draft.lines, context.openOrderLines);
  const charges = draft.lines.map((line, index): Charge => {
    return {
      budgetLineId: line.budgetLineId,
      amount: eligible(line).minus(released[index]!),
      field: `lines[${index}].grossAmount`,
    };
  });
  const short = checkCharges(charges, context.budget, context.terms);
  if (!short) return { released };
  // What the row's own order holds ready is there for it, beside what is free.
  const row = charges.findIndex(({ field }) => field === short.field);
  return {
    violation:
      "available" in short ? { ...short, available: short.available.plus(released[row]!) } : short,
  };
}

/** The part of a line that the grant may pay for. */
export function eligible(line: { grossAmount: Money; ineligibleAmount: Money }): Money {
  return line.grossAmount.minus(line.ineligibleAmount);
}

function checkEligibility(lines: InvoiceLineDraft[]): InvoiceViolation | undefined {
  for (const [index, line] of lines.entries()) {
    const { ineligibleAmount } = line;
    if (ineligibleAmount.lessThan(0) || !eligible(line).greaterThan(0)) {
      return { field: `lines[${index}].ineligibleAmount`, rule: "ineligible_out_of_range" };
    }
    if (!ineligibleAmount.isZero() && !line.ineligibleReason) {
      return { field: `lines[${index}].ineligibleReason`, rule: "ineligible_needs_reason" };
    }
  }
}

function checkOrders(draft: InvoiceDraft, context: InvoiceContext): InvoiceViolation | undefined {
  for (const [index, line] of draft.lines.entries()) {
    if (line.orderLineId === undefined) continue;
    const field = `lines[${index}].orderLineId`;
    const ordered = context.openOrderLines.find(({ id }) => id === line.orderLineId);
    if (!ordered) return { field, rule: "order_line_not_open" };
    if (ordered.supplierId !== context.supplierId) {
      return { field, rule: "order_of_other_supplier" };
    }
    if (ordered.budgetLineId !== line.budgetLineId) return { field, rule: "order_of_other_line" };
    if (draft.invoicedOn < ordered.orderedOn) {
      return { field: "invoicedOn", rule: "before_its_order", orderedOn: ordered.orderedOn };
    }
  }
}

/** What each line releases of its order: its eligible part, as far as the order line is still open. */
function releases(lines: InvoiceLineDraft[], openOrderLines: OpenOrderLine[]): Money[] {
  const open = new Map(openOrderLines.map((line) => [line.id, line.open]));
  return lines.map((line) => {
    if (line.orderLineId === undefined) return zero;
    const left = open.get(line.orderLineId) ?? zero;
    const released = smaller(eligible(line), left);
    open.set(line.orderLineId, left.minus(released));
    return released;
  });
}

export type InvoiceDocument = {
  supplier: string;
  number: string;
  invoicedOn: Day;
  lines: {
    budgetLineId: string;
    grossAmount: Money;
    ineligibleAmount: Money;
    releasedAmount: Money;
  }[];
};

/** Releases the commitment and adds to invoiced in the same breath. */
export function postingsOfInvoice(invoice: InvoiceDocument): Posting[] {
  const text = `Rechnung ${invoice.number}, ${invoice.supplier}`;
  const bookedOn = invoice.invoicedOn;
  return invoice.lines.flatMap((line) => {
    const accountId = line.budgetLineId;
    const invoiced: Posting = {
      accountId,
      figure: "invoiced",
      amount: eligible(line),
      bookedOn,
      text,
    };
    if (line.releasedAmount.isZero()) return [invoiced];
    const amount = negated(line.releasedAmount);
    return [{ accountId, figure: "committed", amount, bookedOn, text }, invoiced];
  });
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

/** An order (Auftrag): it commits money of budget lines until it is invoiced or closed. */
import { type BudgetLine, type Charge, checkCharges, type ChargeViolation } from "./budget.ts";
import type { Day } from "./calendar.ts";
import { type Accompanying, checkCostKinds, type CostKindViolation } from "./cost-kind.ts";
import type { GrantTerms } from "./terms.ts";
import type { Posting } from "./journal.ts";
import { type Money, negated, type Percent, zero } from "./money.ts";
import {
  type BudgetAccount,
  type BudgetViolation,
  checkBudget,
  type OverBudgetPolicy,
} from "./municipal-budget.ts";
import { type Award, type AwardViolation, checkAward, netValue } from "./procurement.ts";
import type { ProcurementRule } from "./programme.ts";
import { checkVatRate, type VatViolation } from "./vat.ts";

/**
 * What a cost is. Running costs (laufende Kosten) can't be funded; outside advice can be, as investive
 * accompanying measure in direct connection with an investment (VV DigitalPakt § 3 (4)).
 */
export const costKinds = ["investment", "accompanying", "running"] as const;
export type CostKind = (typeof costKinds)[number];

export type OrderLineDraft = Accompanying & {
  budgetLineId: string;
  costKind: CostKind;
  description: string;
  grossAmount: Money;
  /** VAT within the gross amount: thresholds of procurement are net. */
  vatRate: Percent;
};

export type OrderDraft = Award & {
  supplier: string;
  number: string;
  orderedOn: Day;
  /** Why the municipal budget is overrun; asked where the authority wants to be warned. */
  overBudgetReason?: string | undefined;
  /** Confirmed: another order than the one that is booked under this number already. */
  isAgain?: boolean | undefined;
  lines: OrderLineDraft[];
};

/** The terms in force on the day of the document, and whether a closing notice has ended the grant. */
export type SpendingTerms = Pick<GrantTerms, "spendFrom" | "spendUntil" | "lineTolerance"> & {
  isClosed: boolean;
  /** Of the municipal budget: the fiscal year that pays. */
  fiscalYear?: number;
  /** Its accounts, and what happens if they have no money left. */
  municipal?: { accounts: BudgetAccount[]; policy: OverBudgetPolicy };
};

/**
 * What holds for a document on the municipal budget of a fiscal year. Costs belong to the year in which
 * they arise: papers come from a quarter before it to half a year after it, until the year is closed.
 */
export function municipalTerms(
  fiscalYear: number,
  isClosed: boolean,
  municipal: SpendingTerms["municipal"],
): SpendingTerms {
  return {
    spendFrom: `${fiscalYear - 1}-10-01`,
    spendUntil: `${fiscalYear + 1}-06-30`,
    lineTolerance: zero,
    isClosed,
    fiscalYear,
    municipal,
  };
}

/** Rules that every document on a grant's money keeps. */
export type SpendingViolation =
  | { field: string; rule: "outside_approval_period"; from: Day; until: Day }
  | { field: string; rule: "in_the_future" }
  | { field: string; rule: "no_lines" }
  | { field: string; rule: "amount_not_positive" }
  | { field: string; rule: "grant_is_closed" }
  | { field: string; rule: "fiscal_year_closed"; fiscalYear: number }
  | { field: string; rule: "outside_fiscal_year"; fiscalYear: number; from: Day; until: Day }
  | ({ field: "isAgain"; rule: "order_number_booked" } & EarlierOrder)
  | BudgetViolation
  | CostKindViolation
  | AwardViolation
  | VatViolation
  | ChargeViolation;

/** An order of the same supplier that is booked under the same number; gross, in euro. */
export type EarlierOrder = { number: string; orderedOn: Day; amount: Money };

/** What the check needs of the world, read after the lock. */
export type OrderContext = {
  terms: SpendingTerms;
  budget: BudgetLine[];
  procurement: ProcurementRule[];
  today: Day;
  /** Booked under the same number, where that is not confirmed. */
  earlier?: EarlierOrder | undefined;
};

export function checkOrder(
  draft: OrderDraft,
  { terms, budget, procurement, today, earlier }: OrderContext,
): SpendingViolation | undefined {
  return (
    checkSpendingDay("orderedOn", draft.orderedOn, terms, today) ??
    checkSpendingLines(draft.lines, terms, budget) ??
    (earlier && { field: "isAgain", rule: "order_number_booked", ...earlier }) ??
    checkMoney(
      draft.lines.map(({ budgetLineId, grossAmount }, index) => ({
        budgetLineId,
        amount: grossAmount,
        field: `lines[${index}].grossAmount`,
      })),
      budget,
      terms,
      draft.overBudgetReason,
    ) ??
    checkAward(draft, netValue(draft.lines), procurement, draft.orderedOn)
  );
}

/** Whether the grant, or the municipal budget, has the money; the first charge for which it has not. */
export function checkMoney(
  charges: Charge[],
  budget: BudgetLine[],
  terms: SpendingTerms,
  overBudgetReason = "",
): SpendingViolation | undefined {
  if (!terms.municipal) return checkCharges(charges, budget, terms);
  const { accounts, policy } = terms.municipal;
  const asked = charges.map(({ budgetLineId: accountId, ...one }) => ({ ...one, accountId }));
  return checkBudget(asked, accounts, policy, overBudgetReason);
}

/** Costs arise within the approval period or the fiscal year, and not tomorrow. */
export function checkSpendingDay(
  field: string,
  day: Day,
  terms: SpendingTerms,
  today: Day,
): SpendingViolation | undefined {
  const { fiscalYear } = terms;
  if (terms.isClosed) {
    return fiscalYear === undefined
      ? { field, rule: "grant_is_closed" }
      : { field, rule: "fiscal_year_closed", fiscalYear };
  }
  if (day < terms.spendFrom || day > terms.spendUntil) {
    const { spendFrom: from, spendUntil: until } = terms;
    return fiscalYear === undefined
      ? { field, rule: "outside_approval_period", from, until }
      : { field, rule: "outside_fiscal_year", fiscalYear, from, until };
  }
  if (day > today) return { field, rule: "in_the_future" };
}

export function checkSpendingLines(
  lines: OrderLineDraft[],
  terms: SpendingTerms,
  budget: BudgetLine[],
): SpendingViolation | undefined {
  if (lines.length === 0) return { field: "lines", rule: "no_lines" };
  const ofKind = checkCostKinds(lines, terms, budget);
  if (ofKind) return ofKind;
  for (const [index, { grossAmount, vatRate }] of lines.entries()) {
    if (!grossAmount.greaterThan(0)) {
      return { field: `lines[${index}].grossAmount`, rule: "amount_not_positive" };
    }
    const ofVat = checkVatRate(vatRate, `lines[${index}].vatRate`);
    if (ofVat) return ofVat;
  }
}

export type OrderDocument = {
  supplier: string;
  number: string;
  orderedOn: Day;
  lines: { budgetLineId: string; grossAmount: Money }[];
};

export function postingsOfOrder(order: OrderDocument): Posting[] {
  return order.lines.map(({ budgetLineId, grossAmount }) => ({
    accountId: budgetLineId,
    figure: "committed",
    amount: grossAmount,
    bookedOn: order.orderedOn,
    text: `Auftrag ${order.number}, ${order.supplier}`,
  }));
}

/** What is left of an order's line: ordered, less what invoices released, less what closing freed. */
export type OpenOrderLine = {
  id: string;
  orderId: string;
  budgetLineId: string;
  supplierId: string;
  orderedOn: Day;
  costKind?: CostKind;
  open: Money;
};

export type OrderClosureDraft = { closedOn: Day; reason: string };

export type OrderClosureViolation =
  | { field: "closedOn"; rule: "in_the_future" }
  | { field: "closedOn"; rule: "closed_before_last_deed"; notBefore: Day }
  | { field: "reason"; rule: "nothing_to_free" };

/** An order is closed when nothing more will be invoiced: the rest of its commitment is freed. */
export function checkOrderClosure(
  draft: OrderClosureDraft,
  order: { lastDeedOn: Day; open: Money },
  today: Day,
): OrderClosureViolation | undefined {
  if (draft.closedOn > today) return { field: "closedOn", rule: "in_the_future" };
  if (draft.closedOn < order.lastDeedOn) {
    return { field: "closedOn", rule: "closed_before_last_deed", notBefore: order.lastDeedOn };
  }
  if (!order.open.greaterThan(0)) return { field: "reason", rule: "nothing_to_free" };
}

export type OrderClosureDocument = {
  number: string;
  closedOn: Day;
  lines: { budgetLineId: string; freedAmount: Money }[];
};

export function postingsOfOrderClosure(closure: OrderClosureDocument): Posting[] {
  return closure.lines.map(({ budgetLineId, freedAmount }) => ({
    accountId: budgetLineId,
    figure: "committed",
    amount: negated(freedAmount),
    bookedOn: closure.closedOn,
    text: `Auftrag ${closure.number} geschlossen`,
  }));
}

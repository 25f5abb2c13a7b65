/** The actual cost of a joint service's year (Istkosten): invoices, hours of the staff, other papers. */
import { type Day, yearOf } from "./calendar.ts";
import { type Factor, factor, type Money, euro, roundToCents } from "./money.ts";

/**
 * What one person can work in a year: 48 hours in each of 52 weeks, the most that the law on working hours
 * allows on average (ArbZG § 3). A cost of staff hours is one person's; more of them take a line each.
 */
export const mostHours = factor("2496");

/**
 * The highest rate of an hour of staff, in euro. (Decided by the house: the dearest workplace of an
 * authority costs about half of it; a fee beyond it has a paper of its own.)
 */
export const mostHourlyRate = euro("200");

/** Where an actual cost comes from. */
export const jointCostKinds = ["invoice", "staff_hours", "other"] as const;
export type JointCostKind = (typeof jointCostKinds)[number];

export type JointCostDraft = {
  kind: JointCostKind;
  incurredOn: Day;
  /** What it was for; with staff hours who did what. */
  description: string;
  /** Number of the paper, for costs of other kinds. */
  reference: string;
  invoiceId: string | undefined;
  /** Hours and euro an hour; both for staff hours only. */
  hours: Factor | undefined;
  rate: Money | undefined;
  /** In euro gross; negative for a credit. Left out for staff hours. */
  amount: Money | undefined;
};

export type JointCostViolation = { field: string } & (
  | { rule: "year_settled" }
  | { rule: "in_the_future" }
  | { rule: "cost_needs_amount" }
  | { rule: "cost_needs_reference" }
  | { rule: "cost_needs_hours" }
  | { rule: "cost_outside_year"; fiscalYear: number }
  | { rule: "cost_before_agreement"; startedOn: Day }
  | { rule: "hours_beyond_a_person"; most: Factor }
  | { rule: "hourly_rate_too_high"; most: Money }
  | { rule: "hours_have_their_amount" }
  | { rule: "cost_needs_invoice" }
  | { rule: "invoice_paid_by_grant" }
  | { rule: "invoice_counted_before"; left: Money }
  | { rule: "invoice_counted_too_high"; invoice: string; over: Money }
);

/**
 * An invoice on file: what of it no other cost of a year counts, and whether a grant pays it. `left` is
 * below zero where a credit note came after it was counted.
 */
export type CountedInvoice = { number: string; left: Money; isOnGrant: boolean };

/** The year that a cost is of, and what of the books it is checked against. */
export type JointCostContext = {
  fiscalYear: number;
  /** First day of the agreement. */
  startedOn: Day;
  isSettled: boolean;
  invoice: CountedInvoice | undefined;
};

/**
 * Accepts a cost with its amount: hours × rate to the cent, or as the paper says. It arose in the fiscal
 * year that is settled and not before the agreement began: members pay for what was done for them.
 */
export function checkJointCost(
  draft: JointCostDraft,
  year: JointCostContext,
  today: Day,
): { amount: Money } | { violation: JointCostViolation } {
  const refuse = (violation: JointCostViolation) => ({ violation });
  if (year.isSettled) return refuse({ field: "incurredOn", rule: "year_settled" });
  if (draft.incurredOn > today) return refuse({ field: "incurredOn", rule: "in_the_future" });
  const { fiscalYear, startedOn } = year;
  if (yearOf(draft.incurredOn) !== fiscalYear) {
    return refuse({ field: "incurredOn", rule: "cost_outside_year", fiscalYear });
  }
  if (draft.incurredOn < startedOn) {
    return refuse({ field: "incurredOn", rule: "cost_before_agreement", startedOn });
  }
  const { kind, amount, hours, rate } = draft;
  if (kind === "staff_hours") {
    if (amount) return refuse({ field: "amount", rule: "hours_have_their_amount" });
    if (!hours?.greaterThan(0) || !rate?.greaterThan(0)) {
      return refuse({ field: "hours", rule: "cost_needs_hours" });
    }
    if (hours.greaterThan(mostHours)) {
      return refuse({ field: "hours", rule: "hours_beyond_a_person", most: mostHours });
    }
    if (rate.greaterThan(mostHourlyRate)) {
      return refuse({ field: "rate", rule: "hourly_rate_too_high", most: mostHourlyRate });
    }
    return { amount: roundToCents(hours.times(rate)) };
  }
  if (!amount || amount.isZero()) return refuse({ field: "amount", rule: "cost_needs_amount" });
  if (kind === "other") {
    if (draft.reference === "") return refuse({ field: "reference", rule: "cost_needs_reference" });
    return { amount };
  }
  const { invoice } = year;
  if (!invoice) return refuse({ field: "invoiceId", rule: "cost_needs_invoice" });
  // What a grant pays can't be asked of the members a second time.
  if (invoice.isOnGrant) return refuse({ field: "invoiceId", rule: "invoice_paid_by_grant" });
  const { left, number } = invoice;
  // What a credit note took back is given to the members too: as a negative cost of the open year.
  if (left.lessThan(0)) {
    if (amount.lessThan(0) && !amount.lessThan(left)) return { amount };
    const rule = "invoice_counted_too_high";
    return refuse({ field: "amount", rule, invoice: number, over: left.abs() });
  }
  if (amount.lessThan(0)) return refuse({ field: "amount", rule: "cost_needs_amount" });
  if (amount.greaterThan(left)) {
    return refuse({ field: "amount", rule: "invoice_counted_before", left });
  }
  return { amount };
}

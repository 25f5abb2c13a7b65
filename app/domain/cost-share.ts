/**
 * The yearly cost of a joint service (IKZ, interkommunale Zusammenarbeit) and how it is divided among
 * its members (Umlage). Each year fixes its own allocation key (Verteilungsschlüssel).
 */
import { type Day, yearOf } from "./calendar.ts";
import type { Posting } from "./journal.ts";
import { type Appropriated, checkAppropriated, type YearViolation } from "./joint-year.ts";
import { type Factor, factor, type Money, split, zero } from "./money.ts";

/**
 * How the year's amount is meant: as this authority's own share (the reading of a council paper's
 * "finanzielle Auswirkung"), or as the joint total, in equal parts or by weights such as pupils.
 */
export const allocationKeys = ["own_share", "equal_parts", "by_weight"] as const;
export type AllocationKey = (typeof allocationKeys)[number];

export type MemberWeight = { memberId: string; weight: Factor };

export type CostShareDraft = {
  fiscalYear: number;
  appropriationAccountId: string;
  demandedOn: Day;
  /** Number of the demand (Umlagebescheid, Rechnung). */
  number: string;
  allocationKey: AllocationKey;
  /** In euro gross: the own share, or the total of all members. */
  amount: Money;
  /** Why the municipal budget is overrun; asked where the authority wants to be warned. */
  overBudgetReason?: string | undefined;
  weights: MemberWeight[];
};

export type CostShareMember = { id: string; name: string; isOwn: boolean };

export type CostSharePart = { memberId: string; weight: Factor | null; amount: Money };

export type CostShareViolation = { field: string } & (
  | { rule: "amount_not_positive" }
  | { rule: "in_the_future" }
  | { rule: "weights_missing" }
  | YearViolation
  | { rule: "year_recorded_before" }
  | { rule: "demanded_before_year"; fiscalYear: number }
);

export type CostShareContext = {
  members: CostShareMember[];
  appropriation: Appropriated;
  isRecorded: boolean;
  today: Day;
};

/** Accepts a year's cost with the part of each member, or names the broken rule. */
export function checkCostShare(
  draft: CostShareDraft,
  context: CostShareContext,
): { parts: CostSharePart[] } | { violation: CostShareViolation } {
  const refuse = (violation: CostShareViolation) => ({ violation });
  const { appropriation, today } = context;

  if (!draft.amount.greaterThan(0)) return refuse({ field: "amount", rule: "amount_not_positive" });
  if (draft.demandedOn > today) return refuse({ field: "demandedOn", rule: "in_the_future" });
  if (yearOf(draft.demandedOn) < draft.fiscalYear - 1) {
    const { fiscalYear } = draft;
    return refuse({ field: "demandedOn", rule: "demanded_before_year", fiscalYear });
  }
  if (context.isRecorded) return refuse({ field: "fiscalYear", rule: "year_recorded_before" });
  const parts = divide(draft, context.members);
  if (!parts) return refuse({ field: "weights", rule: "weights_missing" });
  const own = ownPart(parts, context.members);
  if (!own.greaterThan(0)) return refuse({ field: "weights", rule: "weights_missing" });
  const { fiscalYear, overBudgetReason } = draft;
  const budget = checkAppropriated(own, appropriation, fiscalYear, overBudgetReason);
  if (budget) return refuse(budget);
  return { parts };
}

/** The part of each member to the cent (largest remainder); undefined when weights are missing. */
export function divide(
  draft: Pick<CostShareDraft, "allocationKey" | "amount" | "weights">,
  members: CostShareMember[],
): CostSharePart[] | undefined {
  if (draft.allocationKey === "own_share") {
    const own = members.find(({ isOwn }) => isOwn);
    return own && [{ memberId: own.id, weight: null, amount: draft.amount }];
  }
  const weights = members.map(({ id }) =>
    draft.allocationKey === "equal_parts"
      ? factor("1")
      : draft.weights.find(({ memberId }) => memberId === id)?.weight,
  );
  if (weights.some((weight) => !weight || weight.lessThan(0))) return undefined;
  if (weights.every((weight) => weight!.isZero())) return undefined;
  const amounts = split(draft.amount, weights as Factor[]);
  return members.map(({ id }, index) => {
    return { memberId: id, weight: weights[index]!, amount: amounts[index]! };
  });
}

export function ownPart(parts: CostSharePart[], members: CostShareMember[]): Money {
  const own = members.find(({ isOwn }) => isOwn);
  return parts.find(({ memberId }) => memberId === own?.id)?.amount ?? zero;
}

export type CostShareDocument = {
  appropriationAccountId: string;
  jointService: string;
  fiscalYear: number;
  demandedOn: Day;
  ownAmount: Money;
};

/** Only the own share is this authority's money; the parts of the others are shown, not booked. */
export function postingsOfCostShare(share: CostShareDocument): Posting[] {
  return [
    {
      accountId: share.appropriationAccountId,
      figure: "invoiced",
      amount: share.ownAmount,
      bookedOn: share.demandedOn,
      text: `Umlage ${share.fiscalYear}, ${share.jointService}`,
    },
  ];
}

export type CostSharePaymentDraft = { paidOn: Day };

export type CostSharePaymentViolation =
  | { field: "paidOn"; rule: "in_the_future" }
  | { field: "paidOn"; rule: "paid_before" }
  | { field: "paidOn"; rule: "paid_before_demand"; demandedOn: Day }
  | { field: "paidOn"; rule: "before_reversal_of_replaced"; reversedOn: Day };

export function checkCostSharePayment(
  draft: CostSharePaymentDraft,
  share: { demandedOn: Day; isPaid: boolean; replacedUntil: Day | null },
  today: Day,
): CostSharePaymentViolation | undefined {
  const { demandedOn, replacedUntil } = share;
  if (share.isPaid) return { field: "paidOn", rule: "paid_before" };
  if (draft.paidOn > today) return { field: "paidOn", rule: "in_the_future" };
  if (draft.paidOn < demandedOn) return { field: "paidOn", rule: "paid_before_demand", demandedOn };
  if (replacedUntil && draft.paidOn < replacedUntil) {
    return { field: "paidOn", rule: "before_reversal_of_replaced", reversedOn: replacedUntil };
  }
}

export type CostSharePaymentDocument = Omit<CostShareDocument, "demandedOn"> & { paidOn: Day };

export function postingsOfCostSharePayment(payment: CostSharePaymentDocument): Posting[] {
  return [
    {
      accountId: payment.appropriationAccountId,
      figure: "paid",
      amount: payment.ownAmount,
      bookedOn: payment.paidOn,
      text: `Zahlung der Umlage ${payment.fiscalYear}, ${payment.jointService}`,
    },
  ];
}

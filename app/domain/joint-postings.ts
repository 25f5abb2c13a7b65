/**
 * What the documents of a joint service's year do to the money. Each member has an account of its own for
 * each year. Where another authority performs, our own share moves our appropriation too; where we perform,
 * our costs are our own invoices and are not booked a second time.
 */
import type { Day } from "./calendar.ts";
import type { Posting } from "./journal.ts";
import { larger, type Money, negated, zero } from "./money.ts";

type Part = { accountId: string; isOwn: boolean; amount: Money };

export type PlanDocument = {
  plannedOn: Day;
  title: string;
  /** Where the own share is paid from; null where we perform. */
  appropriationAccountId: string | null;
  parts: Part[];
};

export function postingsOfPlan(plan: PlanDocument): Posting[] {
  const entry = { bookedOn: plan.plannedOn, text: plan.title };
  return plan.parts.flatMap(({ accountId, isOwn, amount }): Posting[] => [
    { ...entry, accountId, figure: "share_planned", amount },
    ...onAppropriation(plan, isOwn, (account) => [
      { ...entry, accountId: account, figure: "committed", amount },
    ]),
  ]);
}

export type JointPaymentDocument = {
  paidOn: Day;
  title: string;
  appropriationAccountId: string | null;
  accountId: string;
  isOwn: boolean;
  /** Negative for a refund. */
  amount: Money;
  isInstalment: boolean;
};

/**
 * An instalment releases what the plan committed and is invoiced and paid at once. An additional payment
 * pays what the settlement invoiced; a refund lowers invoiced and paid in the same breath.
 */
export function postingsOfJointPayment(payment: JointPaymentDocument): Posting[] {
  const { accountId, isOwn, amount, isInstalment } = payment;
  const entry = { bookedOn: payment.paidOn, text: payment.title };
  const isRefund = amount.lessThan(0);
  return [
    { ...entry, accountId, figure: "share_paid", amount },
    ...onAppropriation(payment, isOwn, (account) => {
      const on = { ...entry, accountId: account };
      return [
        { ...on, figure: "committed", amount: isInstalment ? negated(amount) : zero },
        { ...on, figure: "invoiced", amount: isInstalment || isRefund ? amount : zero },
        { ...on, figure: "paid", amount },
      ];
    }),
  ];
}

export type SettlementDocument = {
  settledOn: Day;
  title: string;
  appropriationAccountId: string | null;
  parts: (Part & { paid: Money; planned: Money })[];
};

/** Frees what the plan still commits; what is to be paid in addition is invoiced. */
export function postingsOfSettlement(settlement: SettlementDocument): Posting[] {
  const entry = { bookedOn: settlement.settledOn, text: settlement.title };
  return settlement.parts.flatMap(({ accountId, isOwn, amount, paid, planned }): Posting[] => [
    { ...entry, accountId, figure: "share_settled", amount },
    ...onAppropriation(settlement, isOwn, (account) => {
      const on = { ...entry, accountId: account };
      return [
        { ...on, figure: "committed", amount: negated(planned.minus(paid)) },
        { ...on, figure: "invoiced", amount: larger(amount.minus(paid), zero) },
      ];
    }),
  ]);
}

function onAppropriation(
  { appropriationAccountId }: { appropriationAccountId: string | null },
  isOwn: boolean,
  postings: (accountId: string) => Posting[],
): Posting[] {
  return isOwn && appropriationAccountId ? postings(appropriationAccountId) : [];
}

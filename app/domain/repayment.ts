/** A repayment (Rückzahlung) gives part of the grant back, with interest where it is due. */
import type { Day } from "./calendar.ts";
import { figureBy, type GrantBooks, type Movement } from "./drawdown.ts";
import type { Posting } from "./journal.ts";
import { larger, type Money, smaller, zero } from "./money.ts";

export type RepaymentDraft = {
  repaidOn: Day;
  amount: Money;
  /** Interest paid with it; it is no part of the grant. */
  interestAmount: Money;
  reason: string;
};

export type RepaymentViolation =
  | { field: "repaidOn"; rule: "in_the_future" }
  | { field: "amount" | "interestAmount"; rule: "amount_negative" }
  | { field: "amount"; rule: "nothing_repaid" }
  | { field: "amount"; rule: "nothing_received" }
  | { field: "repaidOn"; rule: "before_first_payout"; receivedOn: Day }
  | { field: "amount"; rule: "exceeds_received"; available: Money; received: Money; repaid: Money };

export function checkRepayment(
  draft: RepaymentDraft,
  { movements, firstPayoutOn }: { movements: Movement[]; firstPayoutOn: Day | null },
  today: Day,
): RepaymentViolation | undefined {
  const { repaidOn, amount, interestAmount } = draft;
  if (repaidOn > today) return { field: "repaidOn", rule: "in_the_future" };
  if (amount.lessThan(0)) return { field: "amount", rule: "amount_negative" };
  if (interestAmount.lessThan(0)) return { field: "interestAmount", rule: "amount_negative" };
  if (amount.isZero() && interestAmount.isZero()) {
    return { field: "amount", rule: "nothing_repaid" };
  }
  if (firstPayoutOn === null) return { field: "amount", rule: "nothing_received" };
  if (repaidOn < firstPayoutOn) {
    return { field: "repaidOn", rule: "before_first_payout", receivedOn: firstPayoutOn };
  }
  // By the day of the repayment and by today: a payout may have been undone since.
  const received = smaller(
    figureBy(movements, "received", repaidOn),
    figureBy(movements, "received", today),
  );
  const repaid = figureBy(movements, "repaid", today);
  const available = larger(received.minus(repaid), zero);
  if (amount.greaterThan(available)) {
    return { field: "amount", rule: "exceeds_received", available, received, repaid };
  }
}

/** What notices claimed back, what was given back, and what is still to be. */
export function repayable({ movements }: Pick<GrantBooks, "movements">, today: Day) {
  const figure = (name: Movement["figure"]) => figureBy(movements, name, today);
  const kept = figure("received").minus(figure("repaid"));
  return {
    reclaimed: figure("reclaimed"),
    repaid: figure("repaid"),
    interestPaid: figure("interest"),
    /** Received beyond what is granted by now. */
    open: larger(kept.minus(figure("granted")), zero),
  };
}

export type RepaymentDocument = {
  incomeAccountId: string;
  repaidOn: Day;
  amount: Money;
  interestAmount: Money;
};

export function postingsOfRepayment(repayment: RepaymentDocument): Posting[] {
  const { incomeAccountId: accountId, repaidOn: bookedOn, amount, interestAmount } = repayment;
  return [
    { accountId, figure: "repaid", amount, bookedOn, text: "Rückzahlung" },
    { accountId, figure: "interest", amount: interestAmount, bookedOn, text: "Zinsen" },
  ];
}

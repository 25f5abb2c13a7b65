/** A drawdown (Mittelabruf) asks for part of the grant; a payout (Zahlungseingang) is what came. */
import type { Day } from "./calendar.ts";
import type { Posting } from "./journal.ts";
import type { Money } from "./money.ts";

/** For what is paid already (Erstattung), or before it is spent (Vorschuss). */
export const drawdownKinds = ["refund", "advance"] as const;
export type DrawdownKind = (typeof drawdownKinds)[number];

export type DrawdownDraft = { requestedOn: Day; amount: Money; purpose: string };

export type DrawdownViolation =
  | { field: "amount"; rule: "amount_not_positive" }
  | { field: "requestedOn"; rule: "in_the_future" }
  | { field: "requestedOn"; rule: "before_notice"; noticeOn: Day }
  | { field: "amount"; rule: "exceeds_grant"; available: Money };

export function checkDrawdown(
  draft: DrawdownDraft,
  grant: { noticeOn: Day; granted: Money; drawn: Money },
  today: Day,
): DrawdownViolation | undefined {
  if (!draft.amount.greaterThan(0)) return { field: "amount", rule: "amount_not_positive" };
  if (draft.requestedOn > today) return { field: "requestedOn", rule: "in_the_future" };
  if (draft.requestedOn < grant.noticeOn) {
    return { field: "requestedOn", rule: "before_notice", noticeOn: grant.noticeOn };
  }
  const available = grant.granted.minus(grant.drawn);
  if (draft.amount.greaterThan(available)) {
    return { field: "amount", rule: "exceeds_grant", available };
  }
}

export type PayoutDraft = { receivedOn: Day; amount: Money };

export type PayoutViolation =
  | { field: "amount"; rule: "amount_not_positive" }
  | { field: "receivedOn"; rule: "in_the_future" }
  | { field: "receivedOn"; rule: "before_drawdown"; requestedOn: Day }
  | { field: "amount"; rule: "exceeds_drawdown"; available: Money };

export function checkPayout(
  draft: PayoutDraft,
  drawdown: { requestedOn: Day; amount: Money; received: Money },
  today: Day,
): PayoutViolation | undefined {
  if (!draft.amount.greaterThan(0)) return { field: "amount", rule: "amount_not_positive" };
  if (draft.receivedOn > today) return { field: "receivedOn", rule: "in_the_future" };
  if (draft.receivedOn < drawdown.requestedOn) {
    const { requestedOn } = drawdown;
    return { field: "receivedOn", rule: "before_drawdown", requestedOn };
  }
  const available = drawdown.amount.minus(drawdown.received);
  if (draft.amount.greaterThan(available)) {
    return { field: "amount", rule: "exceeds_drawdown", available };
  }
}

export type DrawdownDocument = {
  incomeAccountId: string;
  number: number;
  requestedOn: Day;
  amount: Money;
};

export function postingsOfDrawdown(drawdown: DrawdownDocument): Posting[] {
  return [
    {
      accountId: drawdown.incomeAccountId,
      figure: "drawn",
      amount: drawdown.amount,
      bookedOn: drawdown.requestedOn,
      text: `Mittelabruf Nr. ${drawdown.number}`,
    },
  ];
}

export type PayoutDocument = {
  incomeAccountId: string;
  number: number;
  receivedOn: Day;
  amount: Money;
};

export function postingsOfPayout(payout: PayoutDocument): Posting[] {
  return [
    {
      accountId: payout.incomeAccountId,
      figure: "received",
      amount: payout.amount,
      bookedOn: payout.receivedOn,
      text: `Zahlungseingang zum Mittelabruf Nr. ${payout.number}`,
    },
  ];
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

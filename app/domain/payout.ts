/** A payout (Zahlungseingang): what came for a drawdown, at once or in parts. */
import { type Day, plusMonths } from "./calendar.ts";
import type { DrawdownKind } from "./drawdown.ts";
import type { Posting } from "./journal.ts";
import type { Money } from "./money.ts";
import type { GrantTerms } from "./terms.ts";

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

/**
 * Until when money is spent that came before it was (Verwendungsfrist), by the terms of the day on
 * which it came. What is refunded is spent already.
 */
export function spendByOf(
  kind: DrawdownKind | null,
  receivedOn: Day,
  { spendWithinMonths }: Pick<GrantTerms, "spendWithinMonths">,
): Day | null {
  if (kind !== "advance" || spendWithinMonths === null) return null;
  return plusMonths(receivedOn, spendWithinMonths);
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

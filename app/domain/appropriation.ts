/**
 * An appropriation (Haushaltsansatz): what the municipal budget gives for a fiscal year, a product and
 * an account (Sachkonto). Running costs, which no grant pays, are booked here and only here.
 */
import type { Day } from "./calendar.ts";
import type { Posting } from "./journal.ts";
import type { Money } from "./money.ts";

/** What names the account: one for each fiscal year, product and Sachkonto. */
export type AppropriationKey = { fiscalYear: number; product: string; ledgerAccount: string };

export type AppropriationDraft = AppropriationKey & {
  name: string;
  amount: Money;
  decidedOn: Day;
  resolutionId: string | undefined;
};

export type AppropriationViolation =
  | { field: "amount"; rule: "amount_not_positive" }
  | { field: "decidedOn"; rule: "in_the_future" }
  | { field: "resolutionId"; rule: "resolution_not_on_file" }
  | { field: "name"; rule: "account_named_otherwise"; name: string };

/** What an account may spend (Ermächtigung), in euro. */
export function authorized({ appropriated }: { appropriated: Money }): Money {
  return appropriated;
}

/** What an appropriation still has: given less ordered less invoiced (KomHKVO § 27 (3)). */
export function appropriationLeft(account: {
  appropriated: Money;
  committed: Money;
  invoiced: Money;
}): Money {
  return account.appropriated.minus(account.committed).minus(account.invoiced);
}

export function checkAppropriation(
  draft: AppropriationDraft,
  today: Day,
): AppropriationViolation | undefined {
  if (!draft.amount.greaterThan(0)) return { field: "amount", rule: "amount_not_positive" };
  if (draft.decidedOn > today) return { field: "decidedOn", rule: "in_the_future" };
}

export type AppropriationDocument = {
  accountId: string;
  fiscalYear: number;
  name: string;
  amount: Money;
  decidedOn: Day;
};

export function postingsOfAppropriation(appropriation: AppropriationDocument): Posting[] {
  return [
    {
      accountId: appropriation.accountId,
      figure: "appropriated",
      amount: appropriation.amount,
      bookedOn: appropriation.decidedOn,
      text: `Haushaltsansatz ${appropriation.fiscalYear}, ${appropriation.name}`,
    },
  ];
}

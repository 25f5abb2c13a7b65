/**
 * An appropriation (Haushaltsansatz): what the municipal budget gives for a fiscal year, a product and
 * an account (Sachkonto). Running costs, which no grant pays, are booked here and only here.
 */
import { type Day, endOfYear } from "./calendar.ts";
import { authorized, type Balance, type Posting } from "./journal.ts";
import type { Money } from "./money.ts";

/** Ergebnishaushalt (income and expense) and Finanzhaushalt (payments, with investments). */
export const budgetParts = ["operating", "financial"] as const;
export type BudgetPart = (typeof budgetParts)[number];

/** What names the account: one for each fiscal year, product, cost centre and Sachkonto. */
export type AppropriationKey = {
  fiscalYear: number;
  product: string;
  ledgerAccount: string;
  costCentre?: string | undefined;
};

/** The account as a form tells it. */
export type AppropriationAccount = AppropriationKey & {
  name: string;
  /** Ergebnishaushalt where nothing is said. */
  budgetPart?: BudgetPart | undefined;
  /** Name of the budget whose accounts cover each other. */
  budget?: string | undefined;
};

export type AppropriationDraft = AppropriationAccount & {
  amount: Money;
  decidedOn: Day;
  resolutionId: string | undefined;
};

export type AccountViolation =
  | { field: "name"; rule: "account_named_otherwise"; name: string }
  | { field: "budgetPart"; rule: "account_in_other_part"; part: BudgetPart }
  | { field: "budget"; rule: "account_in_other_budget"; budget: string }
  | { field: "budgetPart"; rule: "ledger_account_of_other_part"; part: BudgetPart };

export type DecisionYearViolation = {
  field: "decidedOn";
  rule: "decision_of_other_year";
  from: Day;
  until: Day;
};

export type AppropriationViolation =
  | { field: "amount"; rule: "amount_not_positive" }
  | { field: "decidedOn"; rule: "in_the_future" }
  | DecisionYearViolation
  | { field: "resolutionId"; rule: "resolution_not_on_file" }
  | { field: "ledgerAccount"; rule: "appropriated_before" }
  | { field: string; rule: "fiscal_year_closed"; fiscalYear: number }
  | AccountViolation;

/**
 * What an account still has of its own: authorized less ordered less invoiced (KomHKVO § 27 (3)), in
 * euro. Below zero where its budget covers it or the authority allowed it; `budgetLeft` has the whole.
 */
export function appropriationLeft(
  account: Parameters<typeof authorized>[0] & Pick<Balance, "committed" | "invoiced">,
): Money {
  return authorized(account).minus(account.committed).minus(account.invoiced);
}

/**
 * The part of which a Sachkonto surely is: 4… is expense (Ergebnishaushalt), 7… a payment
 * (Finanzhaushalt, 78… investments), by the Kontenrahmen of Lower Saxony. Undefined for others.
 */
export function partOfLedgerAccount(ledgerAccount: string): BudgetPart | undefined {
  const first = /^\d{4,}$/.test(ledgerAccount.replaceAll(/[\s.]/g, ""))
    ? ledgerAccount.trim()[0]
    : undefined;
  return first === "4" ? "operating" : first === "7" ? "financial" : undefined;
}

/** An investment payment by its number (78…). */
export function isInvestmentAccount(ledgerAccount: string): boolean {
  return ledgerAccount.trim().startsWith("78");
}

export function checkAccount(
  account: Pick<AppropriationAccount, "ledgerAccount" | "budgetPart">,
): AccountViolation | undefined {
  const part = partOfLedgerAccount(account.ledgerAccount);
  if (part && part !== (account.budgetPart ?? "operating")) {
    return { field: "budgetPart", rule: "ledger_account_of_other_part", part };
  }
}

export function checkAppropriation(
  draft: AppropriationDraft,
  today: Day,
): AppropriationViolation | undefined {
  if (!draft.amount.greaterThan(0)) return { field: "amount", rule: "amount_not_positive" };
  if (draft.decidedOn > today) return { field: "decidedOn", rule: "in_the_future" };
  return checkDecisionYear(draft, draft.fiscalYear) ?? checkAccount(draft);
}

/**
 * Money of a fiscal year is decided about near it: a budget of two years (§ 112 (3) NKomVG) in the year before
 * it, and what is decided late while the year is being closed. A day outside of that is a slip of the pen: it
 * would book the money in a year that knew nothing of it.
 */
export function checkDecisionYear(
  { decidedOn }: { decidedOn: Day },
  fiscalYear: number | null,
): DecisionYearViolation | undefined {
  if (fiscalYear === null) return undefined;
  const [from, until] = [`${fiscalYear - 2}-01-01`, endOfYear(fiscalYear + 1)];
  if (decidedOn >= from && decidedOn <= until) return undefined;
  return { field: "decidedOn", rule: "decision_of_other_year", from, until };
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

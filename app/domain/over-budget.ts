/** Whether the municipal budget of a fiscal year has the money that a document asks of it. */
import { available, type BudgetLine, type Charge } from "./budget.ts";
import { type Money, sum } from "./money.ts";

/** What happens to a document that the budget has no money for: refused, with a reason, or booked. */
export const overBudgetRules = ["stop", "warn", "allow"] as const;
export type OverBudgetRule = (typeof overBudgetRules)[number];

export type OverBudgetViolation = { field: string; available: Money; account: string } & (
  | { rule: "over_budget" }
  | { rule: "over_budget_needs_reason" }
);

/**
 * The first charge for which an account is short. Accounts of one budget cover each other: there the
 * budget's sum decides (§ 19 KomHKVO). Charges of one document count together, what lowers the costs
 * first. Amounts in euro gross; `available` is what is left before this charge.
 */
export function checkBudget(
  charges: Charge[],
  accounts: BudgetLine[],
  rule: OverBudgetRule,
  reason: string,
): OverBudgetViolation | { field: string; rule: "account_not_of_year" } | undefined {
  const charged = accounts.map((account) => ({ ...account }));
  const lowering = charges.filter(({ amount }) => amount.lessThan(0));
  const raising = charges.filter(({ amount }) => !amount.lessThan(0));
  for (const { budgetLineId, amount, field } of [...lowering, ...raising]) {
    const account = charged.find(({ id }) => id === budgetLineId);
    if (!account) return { field, rule: "account_not_of_year" };
    const left = leftIn(charged, account);
    if (amount.greaterThan(0) && amount.greaterThan(left) && rule !== "allow") {
      const short = { available: left, account: account.code };
      if (rule === "stop") return { field, rule: "over_budget", ...short };
      if (reason === "") {
        return { field: "overBudgetReason", rule: "over_budget_needs_reason", ...short };
      }
    }
    account.invoiced = account.invoiced.plus(amount);
  }
}

/** What an account may still spend, in euro: its own, or that of the budget whose accounts cover it. */
export function leftIn(accounts: BudgetLine[], account: BudgetLine): Money {
  if (!account.cover) return available(account);
  return sum(accounts.filter(({ cover }) => cover === account.cover).map(available));
}

/** What a school authority settles once for all of its invoices. */
import type { Percent } from "./money.ts";
import type { OverBudgetPolicy } from "./municipal-budget.ts";

export type AuthoritySettings = {
  /** True where another person than who recorded an invoice certifies it (Vier-Augen-Prinzip). */
  fourEyes: boolean;
  /** How much of its VAT it deducts as input tax (Vorsteuerabzug), in percent; 0 for most. */
  inputTaxRate: Percent;
} & Partial<OverBudgetSettings>;

/** What happens where a document of each kind goes beyond the municipal budget. */
export type OverBudgetSettings = {
  overBudgetOrders: OverBudgetPolicy;
  overBudgetInvoices: OverBudgetPolicy;
  overBudgetRecurring: OverBudgetPolicy;
};

export type SettingsViolation = { field: "inputTaxRate"; rule: "share_out_of_range" };

export function checkSettings({
  inputTaxRate,
}: Pick<AuthoritySettings, "inputTaxRate">): SettingsViolation | undefined {
  if (inputTaxRate.greaterThan(100)) return { field: "inputTaxRate", rule: "share_out_of_range" };
}

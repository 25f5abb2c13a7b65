/** What a school authority settles once for all of its invoices. */
import type { Percent } from "./money.ts";
import type { OverBudgetPolicy } from "./municipal-budget.ts";

export type AuthoritySettings = {
  /** True where another person than who recorded an invoice certifies it (Vier-Augen-Prinzip). */
  fourEyes: boolean;
  /** True where who recorded or certified an invoice does not pay it. */
  paidByAnother?: boolean | undefined;
  /** How much of its VAT it deducts as input tax (Vorsteuerabzug), in percent; 0 for most. */
  inputTaxRate: Percent;
} & Partial<OverBudgetSettings> &
  Partial<PaymentDetails>;

/** Where others pay to, and who signs: for letters to other authorities. Null where nothing is settled. */
export type PaymentDetails = {
  /** The IBAN without spaces, its check digits tested. */
  iban: string | null;
  bankName: string | null;
  /** As it stands below a letter: "Im Auftrag Petra Muster". */
  signatory: string | null;
};

/** What happens where a document of each kind goes beyond the municipal budget. */
export type OverBudgetSettings = {
  overBudgetOrders: OverBudgetPolicy;
  overBudgetInvoices: OverBudgetPolicy;
  overBudgetRecurring: OverBudgetPolicy;
};

export type SettingsViolation =
  | { field: "inputTaxRate"; rule: "share_out_of_range" }
  | { field: "iban"; rule: "bank_needs_iban" };

export function checkSettings({
  inputTaxRate,
  iban,
  bankName,
}: Pick<AuthoritySettings, "inputTaxRate" | "iban" | "bankName">): SettingsViolation | undefined {
  if (inputTaxRate.greaterThan(100)) return { field: "inputTaxRate", rule: "share_out_of_range" };
  // The name of a bank alone is no account that anybody could pay to.
  if (bankName && !iban) return { field: "iban", rule: "bank_needs_iban" };
}

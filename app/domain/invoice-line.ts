/**
 * The lines of an invoice: what each costs with and without VAT, what of it the grant may pay for, and
 * whether the paper's sums are ours (https://xeinkauf.de/xrechnung/ speaks of EN 16931, BR-CO-10 ff.).
 */
import { type BudgetTreatment, budgetTreatmentOf } from "./low-value.ts";
import type { Day } from "./calendar.ts";
import type { Accompanying } from "./cost-kind.ts";
import {
  type Factor,
  larger,
  type Money,
  negated,
  type Percent,
  shareOf,
  splitIfAny,
  zero,
} from "./money.ts";
import type { CostKind } from "./order.ts";

/** What a line is; all but items may lower the invoice: Nachlass, Zuschlag, Rundung, Abschlag. */
export const invoiceLineKinds = [
  "item",
  "discount",
  "surcharge",
  "rounding",
  "prepayment",
] as const;
export type InvoiceLineKind = (typeof invoiceLineKinds)[number];

/** Why a part is not eligible: VAT that the authority may deduct, or anything else. */
export const ineligibleReasons = ["vat", "other"] as const;
export type IneligibleReason = (typeof ineligibleReasons)[number];

/** VAT is rounded on each line, or once for each rate of the document, as the paper has it. */
export const roundings = ["line", "document"] as const;
export type Rounding = (typeof roundings)[number];

export type InvoiceLineDraft = Accompanying & {
  kind: InvoiceLineKind;
  /** The invoice whose prepayment this line takes off. */
  prepaidId?: string | undefined;
  budgetLineId: string;
  /** The order line that this fulfils; undefined without an order. */
  orderLineId?: string | undefined;
  costKind: CostKind;
  description: string;
  /** Number of items; with the net amount it says whether they are of low value. */
  quantity: Factor;
  /** True for things that are used together only, such as a class set (Sachgesamtheit). */
  isSet: boolean;
  /** How the municipal budget treats it; undefined: as the rule of low value has it. */
  treatment?: BudgetTreatment | undefined;
  /** In euro without VAT. */
  netAmount: Money;
  vatRate: Percent;
  grossAmount: Money;
  /** Of the gross amount; VAT that the authority deducts anyway comes on top. */
  ineligibleAmount: Money;
  ineligibleReason?: IneligibleReason | undefined;
  /** The reason in words. */
  ineligibleNote: string;
};

/** What decides how much of a line the grant may pay for, in euro gross. */
export type EligibleParts = {
  grossAmount: Money;
  ineligibleAmount: Money;
  /** VAT that the authority deducts as input tax; null on lines recorded before it was asked. */
  deductibleVat?: Money | null;
};

/** The part of a line that the grant may pay for. */
export function eligible(line: EligibleParts): Money {
  return line.grossAmount.minus(ineligible(line));
}

/** The part that it may not. */
export function ineligible({ ineligibleAmount, deductibleVat }: EligibleParts): Money {
  return ineligibleAmount.plus(deductibleVat ?? zero);
}

/** Of what is not eligible: VAT, entered as such or deducted by the authority. */
export function vatOf(line: EligibleParts & { ineligibleReason?: IneligibleReason | null }): Money {
  const entered = line.ineligibleReason === "vat" ? line.ineligibleAmount : zero;
  return entered.plus(line.deductibleVat ?? zero);
}

/**
 * Input tax of a line that the authority may deduct, in part where it deducts in part: only what it
 * cannot deduct is a cost (https://vdivde-it.de/de/sind-brutto-oder-nettokosten-zu-beantragen-und-abzurechnen).
 * VAT on what is not eligible anyway does not count again; VAT that was entered as not eligible is off.
 */
export function deductibleVat(
  line: Pick<
    InvoiceLineDraft,
    "grossAmount" | "netAmount" | "ineligibleAmount" | "ineligibleReason"
  >,
  inputTaxRate: Percent,
): Money {
  if (inputTaxRate.isZero()) return zero;
  const { grossAmount, netAmount, ineligibleAmount, ineligibleReason } = line;
  const vat = grossAmount.minus(netAmount);
  if (ineligibleReason === "vat") {
    const rest = shareOf(vat, inputTaxRate).abs().minus(ineligibleAmount.abs());
    const left = larger(rest, zero);
    return grossAmount.lessThan(0) ? negated(left) : left;
  }
  const [eligibleVat = zero] = splitIfAny(vat.abs(), [
    grossAmount.minus(ineligibleAmount).abs(),
    ineligibleAmount.abs(),
  ]);
  return shareOf(grossAmount.lessThan(0) ? negated(eligibleVat) : eligibleVat, inputTaxRate);
}

/** What the municipal budget makes of the line: running cost is expense, else as entered or by low value. */
export function treatmentOf(line: InvoiceLineDraft, invoicedOn: Day): BudgetTreatment {
  if (line.costKind === "running") return "expense";
  return line.treatment ?? budgetTreatmentOf(line, invoicedOn);
}

/**
 * Assets (Anlagegüter): what an invoice line bought that is an investment in the municipal budget. What
 * they cost follows from the invoice, see `asset-cost.ts`; what they are worth, see `depreciation.ts`.
 */
import { type Day, plusMonths } from "./calendar.ts";
import { euro, type Factor, type Money, type Percent, sum, zero } from "./money.ts";
import { type BudgetTreatment, budgetTreatmentOf } from "./low-value.ts";
import type { CostKind } from "./order.ts";
import { type AssetKind, usefulLifeOf } from "./useful-life.ts";

/** One form: so many equal assets of one line, their numbers counted up. */
export type AssetDraft = {
  /** Of the first; the others count its last digits up. */
  inventoryNumber: string;
  count: number;
  /** Of the line's quantity, for each asset. */
  quantity: Factor;
  kind: AssetKind;
  description: string;
  schoolId: string;
  /** Room or place; empty where nothing is known. */
  place: string;
  inServiceOn: Day;
  /** Null: as the table has it. */
  usefulLifeMonths: number | null;
  lifeReason: string;
  /** Other lines that cost something for the asset (Nebenkosten, § 47 Abs. 2 KomHKVO). */
  furtherLineIds: string[];
  isReplaced: boolean;
  /** Of one replacement in euro, at today's prices; null where none is expected. */
  replacementPrice: Money | null;
  /** By how much that price changes each year, in percent. */
  priceChangeRate: Percent;
};

/** A line of an invoice as the asset finds it. */
export type AssetLine = {
  id: string;
  treatment: BudgetTreatment;
  costKind: CostKind;
  quantity: Factor;
  /** Of assets that stand on it. */
  taken: Factor;
  /** True where it is what another asset cost besides. */
  isFurther: boolean;
  /** What is left of it after credit notes, in euro. */
  cost: Money;
  orderedOn: Day | null;
  invoicedOn: Day;
};

export type AssetViolation = { field: string } & (
  | { rule: "asset_line_is_expense" }
  | { rule: "asset_line_is_no_purchase" }
  | { rule: "asset_line_is_credited" }
  | { rule: "asset_line_is_further_cost" }
  | { rule: "asset_quantity_taken"; left: Factor }
  | { rule: "asset_quantity_missing" }
  | { rule: "inventory_number_cannot_count" }
  | { rule: "inventory_number_taken"; number: string }
  | { rule: "in_the_future" }
  | { rule: "in_service_before_purchase"; notBefore: Day }
  | { rule: "useful_life_missing" }
  | { rule: "useful_life_needs_reason"; months: number | null }
  | { rule: "replacement_price_missing" }
  | { rule: "price_change_out_of_range" }
  | { rule: "further_line_is_no_cost" }
  | { rule: "asset_school_missing" }
);

export function checkAsset(
  draft: AssetDraft,
  { line, further, taken, today }: AssetSurroundings,
): { numbers: string[]; usefulLifeMonths: number } | { violation: AssetViolation } {
  const refuse = (violation: AssetViolation) => ({ violation });
  const { count, quantity, inServiceOn, kind, priceChangeRate } = draft;
  if (line.costKind !== "investment") {
    return refuse({ field: "inventoryNumber", rule: "asset_line_is_no_purchase" });
  }
  if (line.treatment === "expense") {
    return refuse({ field: "inventoryNumber", rule: "asset_line_is_expense" });
  }
  if (line.isFurther) {
    return refuse({ field: "inventoryNumber", rule: "asset_line_is_further_cost" });
  }
  if (!line.cost.greaterThan(0)) {
    return refuse({ field: "inventoryNumber", rule: "asset_line_is_credited" });
  }
  if (!quantity.greaterThan(0)) {
    return refuse({ field: "quantity", rule: "asset_quantity_missing" });
  }
  const left = line.quantity.minus(line.taken);
  if (quantity.times(count).greaterThan(left)) {
    return refuse({ field: "quantity", rule: "asset_quantity_taken", left });
  }
  const numbers = inventoryNumbers(draft.inventoryNumber, count);
  if (!numbers) return refuse({ field: "inventoryNumber", rule: "inventory_number_cannot_count" });
  const number = numbers.find((one) => taken.has(numberKeyOf(one)));
  if (number) {
    return refuse({ field: "inventoryNumber", rule: "inventory_number_taken", number });
  }
  if (inServiceOn > today) return refuse({ field: "inServiceOn", rule: "in_the_future" });
  const notBefore = line.orderedOn ?? plusMonths(line.invoicedOn, -12);
  if (inServiceOn < notBefore) {
    return refuse({ field: "inServiceOn", rule: "in_service_before_purchase", notBefore });
  }
  const months = usefulLifeOf(kind);
  const usefulLifeMonths = draft.usefulLifeMonths ?? months;
  if (!usefulLifeMonths) return refuse({ field: "usefulLifeMonths", rule: "useful_life_missing" });
  if (usefulLifeMonths !== months && draft.lifeReason === "") {
    const known = months ?? null;
    return refuse({ field: "lifeReason", rule: "useful_life_needs_reason", months: known });
  }
  if (draft.isReplaced && !draft.replacementPrice?.greaterThan(0)) {
    return refuse({ field: "replacementPrice", rule: "replacement_price_missing" });
  }
  if (priceChangeRate.abs().greaterThan(mostYearlyChange)) {
    return refuse({ field: "priceChangeRate", rule: "price_change_out_of_range" });
  }
  const isStray = (id: string) => id === line.id || !further.some((one) => one.id === id);
  if (draft.furtherLineIds.some(isStray)) {
    return refuse({ field: "furtherLineIds", rule: "further_line_is_no_cost" });
  }
  return { numbers, usefulLifeMonths };
}

export type AssetSurroundings = {
  line: AssetLine;
  /** Lines that are no asset of their own and may be what another cost besides. */
  further: { id: string }[];
  /** Keys of inventory numbers that stand. */
  taken: Set<string>;
  today: Day;
};

/** More in a year is a slip of the pen. */
const mostYearlyChange = euro("25");
export const mostAssetsAtOnce = 200;

/** TAB-001 to TAB-030; undefined where there is nothing to count up. */
export function inventoryNumbers(first: string, count: number): string[] | undefined {
  if (count === 1) return [first];
  const [, head, digits] = /^(.*?)(\d{1,9})$/.exec(first) ?? [];
  if (head === undefined || digits === undefined) return undefined;
  const numbers = Array.from({ length: count }, (_, index) => {
    return head + String(Number(digits) + index).padStart(digits.length, "0");
  });
  return numbers;
}

/** Numbers that differ in case and spaces only are one number. */
export function numberKeyOf(number: string): string {
  return number.toLowerCase().replace(/\s+/g, "");
}

/** What of a line's quantity is on no asset yet. */
export function quantityLeft(quantity: Factor, assets: { quantity: Factor }[]): Factor {
  const left = quantity.minus(sum(assets.map((asset) => asset.quantity)));
  return left.greaterThan(0) ? left : zero;
}

export type DisposalDraft = { disposedOn: Day; reason: string };

export type DisposalViolation = { field: string } & (
  | { rule: "in_the_future" }
  | { rule: "disposed_already" }
  | { rule: "disposed_before_service"; inServiceOn: Day }
);

/** Disposal (Abgang). Within the dedication period it stands all the same: the page says what is due then. */
export function checkDisposal(
  { disposedOn }: DisposalDraft,
  asset: { inServiceOn: Day; disposedOn: Day | null },
  today: Day,
): DisposalViolation | undefined {
  if (asset.disposedOn !== null) return { field: "disposedOn", rule: "disposed_already" };
  if (disposedOn > today) return { field: "disposedOn", rule: "in_the_future" };
  if (disposedOn < asset.inServiceOn) {
    const { inServiceOn } = asset;
    return { field: "disposedOn", rule: "disposed_before_service", inServiceOn };
  }
}

/** What the municipal budget makes of a recorded line; decided by the rule where it was not asked then. */
export function treatmentOfRecorded(line: {
  treatment: BudgetTreatment | null;
  netAmount: Money | null;
  grossAmount: Money;
  quantity: Factor | null;
  isSet: boolean | null;
  invoicedOn: Day;
}): BudgetTreatment {
  const { treatment, netAmount, grossAmount, quantity, isSet, invoicedOn } = line;
  if (treatment) return treatment;
  const purchase = {
    netAmount: netAmount ?? grossAmount,
    quantity: quantity ?? one,
    isSet: isSet ?? false,
  };
  return budgetTreatmentOf(purchase, invoicedOn);
}

/** What a line is of that was recorded before its quantity was asked. */
export const one = euro("1");

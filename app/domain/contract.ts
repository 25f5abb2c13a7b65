/**
 * A contract (Vertrag) whose cost returns: a licence, a line, support, leasing, a share of staff. It runs
 * on an account of the municipal budget and never on a grant; what it serves of a funded investment is
 * named for information only. What changes later is a document of its own (Vertragsänderung).
 */
import type { Day } from "./calendar.ts";
import type { Factor, Money, Percent } from "./money.ts";
import { checkVatRate, type VatViolation } from "./vat.ts";

export const contractKinds = [
  "licence",
  "support",
  "maintenance",
  "line",
  "leasing",
  "staff",
  "other",
] as const;
export type ContractKind = (typeof contractKinds)[number];

/** For which time the amount is paid (Zahlungsrhythmus). */
export const rhythms = ["month", "quarter", "year"] as const;
export type Rhythm = (typeof rhythms)[number];
export const monthsOf: Record<Rhythm, number> = { month: 1, quarter: 3, year: 12 };

/** How the price moves by itself (Preisanpassung): not, by a share each year, or with an index. */
export const adjustments = ["none", "yearly_step", "index"] as const;
export type Adjustment = (typeof adjustments)[number];

/** The day on which it moves: each 1 January, or each anniversary of the start. */
export const stepDays = ["new_year", "anniversary"] as const;
export type StepDay = (typeof stepDays)[number];

export type ContractDraft = {
  number: string;
  name: string;
  kind: ContractKind;
  /** Empty where the own authority provides it (a share of staff). */
  supplier: string;
  /** Null for the whole authority. */
  schoolId: string | null;
  signedOn: Day;
  startedOn: Day;
  /** Last day of the (first) term; null where it runs until it is terminated. */
  endsOn: Day | null;
  /** How many months before its end it is terminated at the latest; null where that is not agreed. */
  noticeMonths: number | null;
  /** By how many months it runs on where nobody terminates it; 0 where it ends by itself. */
  renewalMonths: number;
  /** Per period of the rhythm, in euro gross. */
  amount: Money;
  /** VAT within the amount. */
  vatRate: Percent;
  rhythm: Rhythm;
  adjustment: Adjustment;
  stepOn: StepDay;
  /** Of a yearly step, in percent; null otherwise. */
  stepRate: Percent | null;
  /** Of an index: its name, its value when the price was agreed, the change expected for each year. */
  indexName: string;
  indexBase: Factor | null;
  expectedRate: Percent | null;
  /** The account of the municipal budget, in whatever year. */
  product: string;
  costCentre: string;
  ledgerAccount: string;
  /** The budget line of a grant whose investment it serves (unmittelbarer Zusammenhang). */
  servedLineId: string | null;
  servedNote: string;
};

export type ContractViolation =
  | VatViolation
  | { field: "signedOn"; rule: "in_the_future" }
  | { field: "amount"; rule: "amount_not_positive" }
  | { field: "supplier"; rule: "supplier_missing" }
  | { field: "endsOn"; rule: "contract_ends_before_start"; startedOn: Day }
  | { field: "endsOn"; rule: "renewal_needs_end" }
  | { field: "stepRate"; rule: "step_missing" }
  | { field: "stepRate" | "expectedRate"; rule: "price_falls_below_zero" }
  | { field: "indexName" | "indexBase" | "expectedRate"; rule: "index_incomplete" }
  | { field: "schoolId"; rule: "school_not_on_file" }
  | { field: "servedLineId"; rule: "investment_not_on_file" }
  | { field: "servedNote"; rule: "note_without_investment" }
  | { field: "number"; rule: "contract_number_taken" };

/** The first rule that the contract breaks; undefined when it may be recorded. */
export function checkContract(draft: ContractDraft, today: Day): ContractViolation | undefined {
  const { supplier, kind, startedOn, endsOn } = draft;
  if (supplier === "" && kind !== "staff") return { field: "supplier", rule: "supplier_missing" };
  if (draft.signedOn > today) return { field: "signedOn", rule: "in_the_future" };
  if (!draft.amount.greaterThan(0)) return { field: "amount", rule: "amount_not_positive" };
  const ofVat = checkVatRate(draft.vatRate, "vatRate");
  if (ofVat) return ofVat;
  if (endsOn !== null && endsOn < startedOn) {
    return { field: "endsOn", rule: "contract_ends_before_start", startedOn };
  }
  if (draft.renewalMonths > 0 && endsOn === null) {
    return { field: "endsOn", rule: "renewal_needs_end" };
  }
  if (draft.servedNote !== "" && draft.servedLineId === null) {
    return { field: "servedNote", rule: "note_without_investment" };
  }
  return checkAdjustment(draft);
}

function checkAdjustment(draft: ContractDraft): ContractViolation | undefined {
  if (draft.adjustment === "yearly_step" && draft.stepRate === null) {
    return { field: "stepRate", rule: "step_missing" };
  }
  for (const field of ["stepRate", "expectedRate"] as const) {
    if (draft[field]?.lessThanOrEqualTo(-100)) return { field, rule: "price_falls_below_zero" };
  }
  if (draft.adjustment !== "index") return undefined;
  if (draft.indexName === "") return { field: "indexName", rule: "index_incomplete" };
  if (!draft.indexBase?.greaterThan(0)) return { field: "indexBase", rule: "index_incomplete" };
  if (draft.expectedRate === null) return { field: "expectedRate", rule: "index_incomplete" };
}

/** The value of an index for a month ("2025-07"), as its source gives it. */
export type IndexValue = { month: string; value: Factor };

export type IndexValueViolation = { field: "month"; rule: "index_month_in_the_future" };

/** A value is known when its month is over or runs: a later one is a guess, and prices would follow it. */
export function checkIndexMonth(month: string, today: Day): IndexValueViolation | undefined {
  if (month > today.slice(0, 7)) return { field: "month", rule: "index_month_in_the_future" };
}

/** What was agreed later: another price, another end of the term, the end for good (Kündigung). */
export type ContractChange =
  | { kind: "price"; validFrom: Day; amount: Money; indexBase: Factor | null }
  | { kind: "end"; validFrom: Day }
  | { kind: "termination"; validFrom: Day };
export const changeKinds = ["price", "end", "termination"] as const;
export type ChangeKind = (typeof changeKinds)[number];

/**
 * What reckoning needs of a contract: its terms, the changes that stand in the order of their recording,
 * and the values of its index. `validFrom` of an end or a termination is the last day.
 */
export type RunningContract = Pick<
  ContractDraft,
  | "startedOn"
  | "endsOn"
  | "noticeMonths"
  | "renewalMonths"
  | "amount"
  | "rhythm"
  | "adjustment"
  | "stepOn"
  | "stepRate"
  | "indexBase"
  | "expectedRate"
> & { changes: ContractChange[]; indexValues: IndexValue[] };

/**
 * A funding programme (Förderprogramm): what a directive lays down, as data. Every rule names its
 * sources and the days on which it is valid, and is applied by the date of the transaction. What no
 * source gives is absent: it comes from the notice, never from a constant.
 */
import type { Day } from "./calendar.ts";
import type { Factor, Money, Percent } from "./money.ts";

export const schoolKinds = ["primary", "general", "vocational_part_time"] as const;
export type SchoolKind = (typeof schoolKinds)[number];

/** The two ceilings of a directive: most objects of funding share one, Administration has its own. */
export const categoryCeilings = ["equipment", "administration"] as const;
export type CategoryCeiling = (typeof categoryCeilings)[number];

/**
 * How the grant is reckoned (Finanzierungsart): all costs (Vollfinanzierung), a rate of them
 * (Anteilfinanzierung), a fixed sum (Festbetragsfinanzierung), what the recipient lacks
 * (Fehlbedarfsfinanzierung).
 */
export const financingKinds = ["full", "share", "fixed_sum", "deficit"] as const;
export type FinancingKind = (typeof financingKinds)[number];

/** A rule with its sources (keys of `sources`) and the first and last day of its validity. */
export type Rule<Content> = Content & { sources: string[]; from?: Day; until?: Day };

/** What the recipient must show: before an application is submitted, or with the proof. */
export const requirements = [
  "media_concept",
  "profile",
  "cost_plan",
  "resolution",
  "follow_up_costs",
  "infrastructure",
] as const;
export type Requirement = (typeof requirements)[number];

/** What money may be spent on (Fördergegenstand), numbered and named as the directive does. */
export type Category = Rule<{
  code: string;
  name: string;
  ceiling: CategoryCeiling;
  /** The most for it at one school, in euro gross; over all grants of the programme. */
  limitPerSchool?: Money;
  /** Where this share of all eligible costs is kept instead, the limit per school does not hold. */
  limitShareOfTotal?: Percent;
  /** Average amount per item that the state reckons with (Richtwert); no limit. */
  guidePerItem?: Money;
  /** Codes that must be there, or not be needed, before this one is funded. */
  prerequisites: string[];
}>;

/** What pupils bring (Höchstbetrag by formula). */
export type EnvelopeFormula = {
  sources: string[];
  /** Base amount per school (Sockelbetrag), full from a number of pupils, below it in proportion. */
  baseAmount: Money;
  fullBaseFromPupils: number;
  /** Amount per pupil (Kopfbetrag) at weight 1, in euro with fractions of a cent. */
  perPupilAmount: Factor;
  weights: Record<SchoolKind, Factor>;
  /** Days on which the pupils are counted (Stichtage). */
  countedOn: Record<SchoolKind, Day>;
  /** Schools are published in whole euro or to the cent; half goes up. */
  schoolsRoundedTo: "euro" | "cent";
};

export type FundingRule = Rule<{
  /** Absent where the notice sets it. */
  kind?: FinancingKind;
  /** Share of the eligible costs that the grant pays; absent where the notice sets it. */
  rate?: Percent;
  /** Federal part of the eligible costs; absent where unknown. */
  federalRate?: Percent;
  /** The state's share, of what `stateShareOf` says; absent where unknown. */
  stateRate?: Percent;
  /**
   * What the state's share is a share of: of the total, as in 10 % of 100 (Bund ÷ 0,9), or on top of
   * the federal money, as in 10 % more (Bund × 1,1).
   */
  stateShareOf: "total" | "federal";
  /** True where a source lets the notice cap the grant below its rate of the costs. */
  isCapped: boolean;
}>;

/** How money is paid out. Without an advance only what is paid already may be drawn. */
export type DrawdownRule = Rule<{
  /** The most of the grant that may be drawn before it is spent, in percent; 0 is refund only. */
  advanceRate: Percent;
  /** Advances only for grants above this amount, in euro. */
  advanceAbove?: Money;
  /** Grants up to this amount are paid only after the proof of their use, in euro. */
  afterProofUpTo?: Money;
  /** Drawn money is spent within so many months of its payout (Verwendungsfrist). */
  spendWithinMonths?: number;
}>;

export type ProofRule = Rule<{
  /** The proof is due so many months after completion, at the latest after the approval period. */
  monthsAfterPeriod: number;
}>;

export type DedicationRule = Rule<{
  years: number;
  /** The years run from the end of the approval period or from the payment of the item. */
  start: "end_of_period" | "payment";
  /** The last day: so many years later, or the end of that calendar year. */
  end: "same_day" | "end_of_year";
}>;

/** State's report at half-years: figures of a day, delivered by another. Month and day as "06-30". */
export type ReportRule = Rule<{ on: string; dueOn: string }>;

/** Thresholds for supplies and services, in euro net (Wertgrenzen); a note says what is open. */
export type ProcurementRule = Rule<{
  direct: Money;
  negotiated?: Money;
  restricted?: Money;
  note?: string;
}>;

/**
 * Loan beside the grant (Kofinanzierungsdarlehen): its share of the costs, and how much of repayment
 * and interest the state bears.
 */
export type LoanRule = Rule<{ rate: Percent; years: number; stateRepays: Percent }>;

/** The base rate (Basiszinssatz, § 247 BGB) of whole half-years; one that is not on file is unknown. */
export type BaseRate = Rule<{ rate: Percent }> & { from: Day; until: Day };

export type Programme = {
  key: string;
  name: string;
  /** Two letters of the state, or "DE". */
  state: string;
  /** True while no directive is in force: its rules are expected ones. */
  isDraft: boolean;
  directive: string;
  grantingAuthority: string;
  /** Where the rules can be read, by key such as "S1". */
  sources: Record<string, string>;
  term: {
    sources: string[];
    /** Costs count from this day on; measures are complete by the other. Absent: as the notice says. */
    startsOn?: Day;
    completedBy?: Day;
    /** The programme itself ends on this day; what it began may be completed later. */
    runsUntil?: Day;
    /** Applications come so many months before a measure begins. */
    applyMonthsBefore?: number;
    applyUntil?: Day;
    approvedUntil?: Day;
    paidOutUntil?: Day;
    settledUntil?: Day;
  };
  /** Order of receipt (Windhundverfahren): from this day on a grant may exceed the envelope. */
  firstCome?: { sources: string[]; from: Day; until?: Day };
  /** Single applications, or a lump sum (Pauschale): money first, proof later. */
  award: { sources: string[]; kind: "application" | "lump_sum" };
  envelope?: EnvelopeFormula;
  /** A pot is not movable where its money belongs to what it was allotted for. */
  pots: Rule<{ kind: "base" | "free" | "administration"; isMovable: boolean }>[];
  /** Empty where nothing is laid down yet. */
  funding: FundingRule[];
  loans: LoanRule[];
  /** What the state holds back of the programme's total (Risikorücklage). */
  reserves: Rule<{ rate: Percent }>[];
  categories: Category[];
  drawdowns: DrawdownRule[];
  /** By how much a budget line may be overrun if others save as much (20 %-Regel). */
  lineTolerances: Rule<{ rate: Percent }>[];
  proofs: ProofRule[];
  reports: ReportRule[];
  dedications: DedicationRule[];
  retentions: Rule<{ years: number }>[];
  /** Repayments bear interest so many percentage points above the base rate. */
  interests: Rule<{ pointsAboveBase: Percent; daysPerYear: number }>[];
  /** What an authority adds to the base rates that Paktbuch knows. */
  baseRates: BaseRate[];
  smallAmounts: Rule<{ amount: Money }>[];
  /** Whether a cash discount (Skonto) that was offered and not taken is deducted all the same. */
  cashDiscounts: Rule<{ deductsMissed: boolean }>[];
  procurement: ProcurementRule[];
  /** What is there before an application is submitted, or at the latest with the proof. */
  checklist: Rule<{ requirement: Requirement; dueWith: "application" | "proof" }>[];
  /** Existing spending that counts (Anrechnung), in the directive's words. */
  creditedSpending: Rule<{ note: string }>[];
  /** What no source gives: entered from the notice. */
  openPoints: string[];
};

/** A programme as it stood when something was made under it. */
export type ProgrammeVersion = Programme & { version: number };

/** The rule that is valid on a day; the later one of the list where two are. */
export function ruleOn<Content>(rules: Rule<Content>[], day: Day): Rule<Content> | undefined {
  return rules.filter((rule) => isValidOn(rule, day)).at(-1);
}

export function rulesOn<Content>(rules: Rule<Content>[], day: Day): Rule<Content>[] {
  return rules.filter((rule) => isValidOn(rule, day));
}

function isValidOn({ from, until }: { from?: Day; until?: Day }, day: Day): boolean {
  return (from === undefined || from <= day) && (until === undefined || day <= until);
}

/** True on the days of the term; an end that is not known does not limit it. */
export function isInTerm({ term }: Pick<Programme, "term">, day: Day): boolean {
  return isValidOn({ from: term.startsOn, until: term.completedBy }, day);
}

/** True on the days on which a grant may exceed the envelope (Windhundverfahren). */
export function isFirstCome({ firstCome }: Pick<Programme, "firstCome">, day: Day): boolean {
  return firstCome !== undefined && isValidOn(firstCome, day);
}

/** The categories of a day, and in any case those that a grant has already. */
export function hasCategory(programme: Programme, code: string, day?: Day): boolean {
  return programme.categories.some(
    (one) => one.code === code && (day === undefined || isValidOn(one, day)),
  );
}

/** @throws RangeError for a code that the programme does not have. */
export function categoryOf(programme: Programme, code: string): Category {
  const category = programme.categories.find((one) => one.code === code);
  if (!category) throw new RangeError(`${programme.key} has no category ${code}`);
  return category;
}

/** Where a rule can be read: the addresses behind its keys. */
export function addressesOf(programme: Programme, { sources }: { sources: string[] }): string[] {
  return sources.map((key) => programme.sources[key] ?? key);
}

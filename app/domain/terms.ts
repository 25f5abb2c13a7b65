/**
 * The terms of a grant (Bewilligung mit Nebenbestimmungen). They differ from state to state and from
 * notice to notice, so they are data; only the arithmetic on them is code. Each notice versions them
 * from a day on.
 */
import type { Day } from "./calendar.ts";
import {
  hundredPercent,
  larger,
  type Money,
  type Percent,
  percent,
  shareOf,
  smaller,
  zero,
} from "./money.ts";
import type { FinancingKind, Programme } from "./programme.ts";

export type GrantTerms = {
  /** First and last day of the approval period (Bewilligungszeitraum). */
  spendFrom: Day;
  spendUntil: Day;
  financingKind: FinancingKind;
  /** Share of the eligible costs that the grant pays (Fördersatz). */
  fundingRate: Percent;
  /** The most that the grant pays (bewilligte Zuwendung), in euro. */
  grantAmount: Money;
  /** Other money for the same purpose (Drittmittel), in euro; spent before the grant. */
  thirdPartyAmount: Money;
  /** By how much a budget line may be overrun if others save as much; 20 under ANBest-P 1.2. */
  lineTolerance: Percent;
  /** Last day on which the grant may be drawn; null where neither notice nor programme say. */
  drawUntil: Day | null;
  /** The most of the grant that may be drawn before it is spent, in percent; 0 is refund only. */
  advanceRate: Percent;
  /** Drawn money is spent within so many months of its payout; null without such a rule. */
  spendWithinMonths: number | null;
  interimProofDueOn: Day | null;
  proofDueOn: Day | null;
  /** Until when what was bought must serve its purpose (Zweckbindung). */
  dedicatedUntil: Day | null;
};

/** Terms as a table keeps them: notices recorded before something was asked have nothing there. */
export type KeptTerms = Omit<GrantTerms, "financingKind" | "thirdPartyAmount" | "advanceRate"> & {
  financingKind: FinancingKind | null;
  thirdPartyAmount: Money | null;
  advanceRate: Percent | null;
};

export function termsAsKept(kept: KeptTerms): GrantTerms {
  const isFull = kept.fundingRate.eq(hundredPercent);
  return {
    spendFrom: kept.spendFrom,
    spendUntil: kept.spendUntil,
    financingKind: kept.financingKind ?? (isFull ? "full" : "share"),
    fundingRate: kept.fundingRate,
    grantAmount: kept.grantAmount,
    thirdPartyAmount: kept.thirdPartyAmount ?? zero,
    lineTolerance: kept.lineTolerance,
    drawUntil: kept.drawUntil,
    advanceRate: kept.advanceRate ?? percent("0"),
    spendWithinMonths: kept.spendWithinMonths,
    interimProofDueOn: kept.interimProofDueOn,
    proofDueOn: kept.proofDueOn,
    dedicatedUntil: kept.dedicatedUntil,
  };
}

/** One version of the terms, from its day on, by the document that laid it down. */
export type TermsVersion = GrantTerms & { documentId: string; validFrom: Day };

/** The terms in force on a day; before the first notice was in force its terms hold already. */
export function termsOn<Version extends TermsVersion>(versions: Version[], day: Day): Version {
  const [first] = versions;
  if (!first) throw new RangeError("a grant without terms");
  // In the order of their days, and of their recording where two have one day.
  return versions.reduce((inForce, version) => {
    const isLater = version.validFrom >= inForce.validFrom || inForce === first;
    return version.validFrom <= day && isLater ? version : inForce;
  }, first);
}

/** How a grant is reckoned. */
export type Financing = Pick<
  GrantTerms,
  "financingKind" | "fundingRate" | "grantAmount" | "thirdPartyAmount"
>;

/**
 * What the grant pays of eligible costs, in euro: all of them up to its amount, its rate of them, its
 * fixed sum, or what the planned own means leave open. Other money for the purpose comes first
 * (ANBest-P 1.2: all income is spent on the purpose), and no cost is paid twice.
 * @param planned the approved costs together, for what deficit financing takes as own means
 */
export function grantDue(terms: Financing, spent: Money, planned: Money): Money {
  const { financingKind, fundingRate, grantAmount, thirdPartyAmount } = terms;
  const uncovered = larger(spent.minus(thirdPartyAmount), zero);
  const most = smaller(grantAmount, uncovered);
  if (financingKind === "share") return smaller(shareOf(larger(spent, zero), fundingRate), most);
  if (financingKind === "deficit") {
    const ownMeans = larger(planned.minus(grantAmount).minus(thirdPartyAmount), zero);
    return smaller(most, larger(uncovered.minus(ownMeans), zero));
  }
  return most;
}

/** The grant's part and the authority's own part of one receipt, in euro. */
export type Shares = { grant: Money; own: Money };

/**
 * Divides each receipt between grant and own means so that the shares add up to the share of the sum:
 * each gets what the sum so far is due more than before. In the order in which they are given.
 */
export function cumulativeShares(terms: Financing, amounts: Money[], planned: Money): Shares[] {
  let spent = zero;
  let due = zero;
  return amounts.map((amount) => {
    spent = spent.plus(amount);
    const dueNow = grantDue(terms, spent, planned);
    const grant = dueNow.minus(due);
    due = dueNow;
    return { grant, own: amount.minus(grant) };
  });
}

export type TermsViolation = { field: string } & (
  | { rule: "period_runs_backward" }
  | {
      rule: "period_outside_programme";
      from: Day | undefined;
      until: Day | undefined;
      directive: string;
    }
  | { rule: "rate_out_of_range" }
  | { rule: "amount_negative" }
  | { rule: "full_grant_has_no_rate" }
  | { rule: "due_before_period"; spendFrom: Day }
  | { rule: "advance_needs_spend_by" }
);

/** What no terms may be, whoever lays them down. */
export function checkTerms(
  terms: GrantTerms,
  { term: { startsOn, completedBy }, directive }: Pick<Programme, "term" | "directive">,
): TermsViolation | undefined {
  if (terms.spendFrom > terms.spendUntil) {
    return { field: "spendUntil", rule: "period_runs_backward" };
  }
  const isTooEarly = startsOn !== undefined && terms.spendFrom < startsOn;
  if (isTooEarly || (completedBy !== undefined && terms.spendUntil > completedBy)) {
    const field = isTooEarly ? "spendFrom" : "spendUntil";
    return {
      field,
      rule: "period_outside_programme",
      from: startsOn,
      until: completedBy,
      directive,
    };
  }
  for (const field of ["fundingRate", "lineTolerance", "advanceRate"] as const) {
    const isTooSmall = field === "fundingRate" ? terms[field].isZero() : false;
    if (isTooSmall || terms[field].lessThan(0) || terms[field].greaterThan(100)) {
      return { field, rule: "rate_out_of_range" };
    }
  }
  if (terms.financingKind === "full" && !terms.fundingRate.eq(hundredPercent)) {
    return { field: "fundingRate", rule: "full_grant_has_no_rate" };
  }
  if (terms.thirdPartyAmount.lessThan(0)) {
    return { field: "thirdPartyAmount", rule: "amount_negative" };
  }
  if (!terms.advanceRate.isZero() && terms.spendWithinMonths === null) {
    return { field: "spendWithinMonths", rule: "advance_needs_spend_by" };
  }
  for (const field of ["drawUntil", "interimProofDueOn", "proofDueOn", "dedicatedUntil"] as const) {
    if (terms[field] !== null && terms[field] < terms.spendFrom) {
      return { field, rule: "due_before_period", spendFrom: terms.spendFrom };
    }
  }
}

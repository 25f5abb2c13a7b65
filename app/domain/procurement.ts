/**
 * How a purchase is awarded (Vergabe): by its estimated value net of VAT, the thresholds (Wertgrenzen)
 * of the day of the order say which kind of award is open to it.
 */
import type { Day } from "./calendar.ts";
import { type Money, netOf, type Percent, sum } from "./money.ts";
import { type ProcurementRule, ruleOn } from "./programme.ts";

/** Direktauftrag, Verhandlungsvergabe, beschränkte and öffentliche Ausschreibung. */
export const awardKinds = ["direct", "negotiated", "restricted", "open"] as const;
export type AwardKind = (typeof awardKinds)[number];

export type Award = {
  awardKind: AwardKind;
  /** Number of the award procedure; empty for a direct order. */
  awardReference: string;
  /** Why this kind was allowed above its threshold; empty where nothing was asked. */
  awardReason: string;
};

export type AwardViolation =
  | {
      field: string;
      rule: "award_above_threshold";
      value: Money;
      limit: Money;
      kind: AwardKind;
      note: string;
    }
  | { field: string; rule: "award_needs_reference" };

/** The most, in euro net, that may be awarded in this way on that day; undefined without a known one. */
export function awardLimit(kind: AwardKind, rules: ProcurementRule[], day: Day): Money | undefined {
  const rule = ruleOn(rules, day);
  return kind === "open" ? undefined : rule?.[kind];
}

/** Estimated value of an order, in euro net. */
export function netValue(lines: { grossAmount: Money; vatRate: Percent }[]): Money {
  return sum(lines.map(({ grossAmount, vatRate }) => netOf(grossAmount, vatRate)));
}

/**
 * A warning, answered by a reason: thresholds have exceptions (several offers, urgency, one maker
 * only) that no table knows. Who tenders has a number for it.
 */
export function checkAward(
  award: Award,
  value: Money,
  rules: ProcurementRule[],
  day: Day,
): AwardViolation | undefined {
  const isTendered = award.awardKind === "restricted" || award.awardKind === "open";
  if (isTendered && award.awardReference === "") {
    return { field: "awardReference", rule: "award_needs_reference" };
  }
  const limit = awardLimit(award.awardKind, rules, day);
  const note = ruleOn(rules, day)?.note ?? "";
  if (limit && value.greaterThan(limit) && award.awardReason === "") {
    return {
      field: "awardReason",
      rule: "award_above_threshold",
      value,
      limit,
      kind: award.awardKind,
      note,
    };
  }
}

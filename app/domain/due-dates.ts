/** Days that follow from a notice, or where it is silent from the programme's rules. */
import { type Day, endOfYear, plusMonths, yearOf } from "./calendar.ts";
import { type Programme, ruleOn } from "./programme.ts";
import type { GrantTerms } from "./terms.ts";

/** A day with what lays it down: the notice, or a rule of the programme with its sources. */
export type DueDate = { on: Day; by: "notice" } | { on: Day; by: "programme"; sources: string[] };

/** Last day on which the grant may be drawn (Auszahlungsfrist). */
export function drawUntilOf(terms: GrantTerms, programme: Programme): DueDate | undefined {
  if (terms.drawUntil) return { on: terms.drawUntil, by: "notice" };
  const { paidOutUntil, sources } = programme.term;
  return paidOutUntil === undefined ? undefined : { on: paidOutUntil, by: "programme", sources };
}

/** Day on which the proof of use is due (Frist des Verwendungsnachweises). */
export function proofDueOf(terms: GrantTerms, programme: Programme): DueDate | undefined {
  if (terms.proofDueOn) return { on: terms.proofDueOn, by: "notice" };
  const rule = ruleOn(programme.proofs, terms.spendUntil);
  if (!rule) return undefined;
  const on = plusMonths(terms.spendUntil, rule.monthsAfterPeriod);
  return { on, by: "programme", sources: rule.sources };
}

/**
 * Until when what was bought must serve its purpose (Zweckbindungsfrist). Where the years run from the
 * payment of an item it is a day of that item, not of the grant: undefined here.
 */
export function dedicatedUntilOf(terms: GrantTerms, programme: Programme): DueDate | undefined {
  if (terms.dedicatedUntil) return { on: terms.dedicatedUntil, by: "notice" };
  const rule = ruleOn(programme.dedications, terms.spendUntil);
  if (!rule || rule.start !== "end_of_period") return undefined;
  const on =
    rule.end === "end_of_year"
      ? endOfYear(yearOf(terms.spendUntil) + rule.years)
      : plusMonths(terms.spendUntil, rule.years * 12);
  return { on, by: "programme", sources: rule.sources };
}

/**
 * The same of one thing that was bought: where the years run from its payment, they do from the day on
 * which it was paid. Undefined while it is not paid, and where neither notice nor programme say.
 */
export function dedicatedUntilOfPaid(
  terms: GrantTerms,
  programme: Programme,
  paidOn: Day | null,
): Day | undefined {
  const ofGrant = dedicatedUntilOf(terms, programme);
  if (ofGrant) return ofGrant.on;
  const rule = ruleOn(programme.dedications, terms.spendUntil);
  if (!rule || rule.start !== "payment" || paidOn === null) return undefined;
  return rule.end === "end_of_year"
    ? endOfYear(yearOf(paidOn) + rule.years)
    : plusMonths(paidOn, rule.years * 12);
}

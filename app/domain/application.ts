/**
 * An application (Antrag) to the granting authority: its measures (Maßnahmen), and the council resolution
 * that it rests on. A media concept (Medienbildungskonzept) of each school comes first.
 */
import type { Day } from "./calendar.ts";
import { chargePots, type PotBalance, type PotShare } from "./envelope.ts";
import type { Posting } from "./journal.ts";
import type { Money } from "./money.ts";
import { categoryOf, hasCategory, type Programme } from "./programme.ts";

export type MeasureDraft = { schoolId: string; code: string; description: string; amount: Money };

export type ApplicationDraft = {
  title: string;
  resolutionId: string;
  submittedOn: Day;
  measures: MeasureDraft[];
};

export type ApplicationViolation = { field: string } & (
  | { rule: "no_measures" }
  | { rule: "amount_not_positive" }
  | { rule: "in_the_future" }
  | { rule: "school_not_on_file" }
  | { rule: "category_not_in_programme" }
  | { rule: "resolution_not_on_file" }
  | { rule: "media_concept_missing"; school: string }
  | { rule: "exceeds_envelope"; available: Money }
);

export type ApplyingSchool = { id: string; name: string; mediaConceptOn: Day | null };

/** Accepts an application with what each measure takes of the pots, or names the broken rule. */
export function checkApplication(
  draft: ApplicationDraft,
  programme: Programme,
  schools: ApplyingSchool[],
  pots: PotBalance[],
  today: Day,
): { shares: PotShare[] } | { violation: ApplicationViolation } {
  const refuse = (violation: ApplicationViolation) => ({ violation });
  if (draft.submittedOn > today) return refuse({ field: "submittedOn", rule: "in_the_future" });
  if (draft.measures.length === 0) return refuse({ field: "measures", rule: "no_measures" });

  for (const [index, measure] of draft.measures.entries()) {
    const school = schools.find(({ id }) => id === measure.schoolId);
    const schoolField = `measures[${index}].schoolId`;
    if (!school) return refuse({ field: schoolField, rule: "school_not_on_file" });
    if (!school.mediaConceptOn || school.mediaConceptOn > draft.submittedOn) {
      return refuse({ field: schoolField, rule: "media_concept_missing", school: school.name });
    }
    if (!hasCategory(programme, measure.code)) {
      return refuse({ field: `measures[${index}].code`, rule: "category_not_in_programme" });
    }
    if (!measure.amount.greaterThan(0)) {
      return refuse({ field: `measures[${index}].amount`, rule: "amount_not_positive" });
    }
  }

  const charges = draft.measures.map(({ schoolId, code, amount }) => ({
    schoolId,
    ceiling: categoryOf(programme, code).ceiling,
    amount,
  }));
  const charged = chargePots(charges, pots, "application");
  if ("shares" in charged) return charged;
  const { index, available } = charged.shortage;
  return refuse({ field: `measures[${index}].amount`, rule: "exceeds_envelope", available });
}

/** A line of an application or notice with what it takes of the pots, and their accounts. */
export type PotCharged = PotShare & {
  baseAccountId: string | null;
  sharedAccountId: string | null;
};

export function postingsOfPots(
  lines: PotCharged[],
  figure: "applied" | "granted",
  bookedOn: Day,
  text: string,
): Posting[] {
  return lines.flatMap(({ fromBase, fromShared, baseAccountId, sharedAccountId }) => [
    ...(baseAccountId && !fromBase.isZero()
      ? [{ accountId: baseAccountId, figure, amount: fromBase, bookedOn, text }]
      : []),
    ...(sharedAccountId && !fromShared.isZero()
      ? [{ accountId: sharedAccountId, figure, amount: fromShared, bookedOn, text }]
      : []),
  ]);
}

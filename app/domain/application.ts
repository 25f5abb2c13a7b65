/**
 * An application (Antrag) to the granting authority: its measures (Maßnahmen), and the council resolution
 * that it rests on. A media concept (Medienbildungskonzept) of each school comes first.
 */
import type { Day } from "./calendar.ts";
import type { ChecklistAnswers, ChecklistViolation } from "./checklist.ts";
import { chargePots, type PotBalance, type PotShare } from "./pot.ts";
import type { Figure, Posting } from "./journal.ts";
import { type Money, shareOf, sum } from "./money.ts";
import { categoryOf, hasCategory, isFirstCome, type Programme, rulesOn } from "./programme.ts";
import { type MediaConcept, mediaConceptOf } from "./media-concept.ts";

export type MeasureDraft = { schoolId: string; code: string; description: string; amount: Money };

/** What is asked for, and on what ground. */
export type ApplicationRequest = {
  title: string;
  resolutionId: string;
  submittedOn: Day;
  measures: MeasureDraft[];
};

export type ApplicationDraft = ApplicationRequest &
  ChecklistAnswers & {
    /** The application that this one replaces: returned for information, or reversed. */
    replacesId?: string | null;
  };

export type ApplicationViolation = { field: string } & (
  | { rule: "no_measures" }
  | { rule: "amount_not_positive" }
  | { rule: "in_the_future" }
  | { rule: "before_programme"; from: Day; directive: string }
  | { rule: "application_deadline_passed"; until: Day; directive: string }
  | { rule: "school_not_on_file" }
  | { rule: "category_not_in_programme" }
  | { rule: "resolution_not_on_file" }
  | { rule: "replaced_before" }
  | { rule: "not_replaceable" }
  | { rule: "before_last_step"; takenOn: Day }
  | ChecklistViolation
  | SchoolLimitViolation
  | { rule: "exceeds_envelope"; available: Money }
);

/** The limit that a directive sets for a category at one school (mobile devices). */
export type SchoolLimitViolation = {
  rule: "exceeds_school_limit";
  code: string;
  limit: Money;
  excess: Money;
  /** The directive that sets it. */
  directive: string;
};

export type ApplyingSchool = MediaConcept & { id: string; name: string };

/** What a limited category has already at a school, over all grants and open applications. */
export type LimitedUse = { schoolId: string; code: string; used: Money };

/** Accepts an application with what each measure takes of the pots, or names the broken rule. */
export function checkApplication(
  draft: ApplicationRequest,
  programme: Programme,
  schools: ApplyingSchool[],
  pots: PotBalance[],
  limited: LimitedUse[],
  today: Day,
): { shares: PotShare[] } | { violation: ApplicationViolation } {
  const refuse = (violation: ApplicationViolation) => ({ violation });
  const { submittedOn } = draft;
  if (submittedOn > today) return refuse({ field: "submittedOn", rule: "in_the_future" });
  const late = checkDeadline(programme, submittedOn);
  if (late) return refuse(late);
  if (draft.measures.length === 0) return refuse({ field: "measures", rule: "no_measures" });

  const needsConcept = rulesOn(programme.checklist, submittedOn).some(
    ({ requirement, dueWith }) => requirement === "media_concept" && dueWith === "application",
  );
  for (const [index, measure] of draft.measures.entries()) {
    const school = schools.find(({ id }) => id === measure.schoolId);
    const schoolField = `measures[${index}].schoolId`;
    if (!school) return refuse({ field: schoolField, rule: "school_not_on_file" });
    if (needsConcept && mediaConceptOf(school, submittedOn) !== "there") {
      return refuse({ field: schoolField, rule: "media_concept_missing", school: school.name });
    }
    if (!hasCategory(programme, measure.code, submittedOn)) {
      return refuse({ field: `measures[${index}].code`, rule: "category_not_in_programme" });
    }
    if (!measure.amount.greaterThan(0)) {
      return refuse({ field: `measures[${index}].amount`, rule: "amount_not_positive" });
    }
  }
  const overLimit = checkSchoolLimits(draft.measures, programme, limited);
  if (overLimit) {
    const { index, ...violation } = overLimit;
    return refuse({ field: `measures[${index}].amount`, ...violation });
  }

  const charges = draft.measures.map(({ schoolId, code, amount }) => ({
    schoolId,
    ceiling: categoryOf(programme, code).ceiling,
    amount,
  }));
  const isFirst = isFirstCome(programme, submittedOn);
  const charged = chargePots(charges, pots, { kind: "application", isFirstCome: isFirst });
  if ("shares" in charged) return charged;
  const { index, available } = charged.shortage;
  return refuse({ field: `measures[${index}].amount`, rule: "exceeds_envelope", available });
}

/** In time is what comes by the deadline, or on the days of the order of receipt. */
function checkDeadline(programme: Programme, submittedOn: Day): ApplicationViolation | undefined {
  const { startsOn, applyUntil } = programme.term;
  const { directive } = programme;
  const field = "submittedOn";
  if (startsOn !== undefined && submittedOn < startsOn)
    return { field, rule: "before_programme", from: startsOn, directive };
  const isLate = applyUntil !== undefined && submittedOn > applyUntil;
  if (isLate && !isFirstCome(programme, submittedOn)) {
    const until = programme.firstCome?.until ?? applyUntil;
    return { field, rule: "application_deadline_passed", until, directive };
  }
}

/**
 * The first line that goes beyond the limit of its category at its school. Where the directive allows
 * a share of the total instead (NRW: 20 %), it is enough to keep one of the two.
 */
export function checkSchoolLimits(
  lines: { schoolId: string; code: string; amount: Money }[],
  programme: Programme,
  earlier: LimitedUse[],
): (SchoolLimitViolation & { index: number }) | undefined {
  const total = sum(lines.map(({ amount }) => amount));
  for (const [index, { schoolId, code }] of lines.entries()) {
    const { limitPerSchool: limit, limitShareOfTotal } = categoryOf(programme, code);
    if (!limit) continue;
    const ofCode = lines.slice(0, index + 1).filter((line) => line.code === code);
    if (limitShareOfTotal) {
      const all = lines.filter((line) => line.code === code).map(({ amount }) => amount);
      if (sum(all).lessThanOrEqualTo(shareOf(total, limitShareOfTotal))) continue;
    }
    const used = sum([
      ...ofCode.filter((line) => line.schoolId === schoolId).map(({ amount }) => amount),
      ...earlier
        .filter((use) => use.schoolId === schoolId && use.code === code)
        .map((use) => use.used),
    ]);
    if (used.greaterThan(limit)) {
      const { directive } = programme;
      const excess = used.minus(limit);
      return { index, rule: "exceeds_school_limit", code, limit, excess, directive };
    }
  }
}

/** A line of an application or notice with what it takes of the pots, and their accounts. */
export type PotCharged = Omit<PotShare, "beyond"> & {
  /** Null where it was recorded before there was an order of receipt. */
  beyond: Money | null;
  baseAccountId: string | null;
  sharedAccountId: string | null;
  beyondAccountId: string | null;
};

export function postingsOfPots(
  lines: PotCharged[],
  figure: "applied" | "granted",
  bookedOn: Day,
  text: string,
): Posting[] {
  const posting = (accountId: string | null, amount: Money | null, of: Figure): Posting[] =>
    accountId && amount && !amount.isZero()
      ? [{ accountId, figure: of, amount, bookedOn, text }]
      : [];
  return lines.flatMap((line) => [
    ...posting(line.baseAccountId, line.fromBase, figure),
    ...posting(line.sharedAccountId, line.fromShared, figure),
    // Beyond the envelope the notice itself raises the ceiling.
    ...(figure === "granted" ? posting(line.beyondAccountId, line.beyond, "ceiling") : []),
    ...posting(line.beyondAccountId, line.beyond, figure),
  ]);
}

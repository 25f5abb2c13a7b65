/**
 * An allotment (Zuteilung): the authority decides, on a day, which part of the freely divisible pot a
 * school gets; another decision moves it. A base amount is never part of it: it "ist nicht auf andere
 * Schulen übertragbar" (Nr. 5 of the directive of Lower Saxony, 8 August 2019).
 */
import type { Day } from "./calendar.ts";
import type { Posting } from "./journal.ts";
import { larger, type Money, negated, sum, zero } from "./money.ts";
import { type PotBalance, restLeft } from "./pot.ts";

export type AllotmentDraft = {
  decidedOn: Day;
  resolutionId: string | null;
  reason: string;
  /**
   * What each school named has from this day on, in euro: not what it gains. With `before`, what the
   * school had when the decision was prepared: a row that leaves it says nothing about the school.
   */
  schools: { schoolId: string; amount: Money; before?: Money }[];
};

export type AllotmentViolation = { field: string } & (
  | { rule: "in_the_future" }
  | { rule: "before_envelope"; givenOn: Day }
  | { rule: "before_last_allotment"; lastOn: Day }
  | { rule: "no_schools_allotted" }
  | { rule: "school_twice" }
  | { rule: "school_not_on_file" }
  | { rule: "resolution_not_on_file" }
  | { rule: "amount_negative" }
  | { rule: "nothing_changes" }
  | { rule: "pot_not_movable" }
  | { rule: "below_taken"; taken: Money }
  | { rule: "exceeds_free_pot"; available: Money }
);

/** What a school gains (or loses) of the free pot. */
export type AllotmentChange = { schoolId: string; change: Money };

/** Accepts a decision with what each school gains, or names the broken rule. */
export function checkAllotment(
  draft: AllotmentDraft,
  context: {
    givenOn: Day;
    /** The day of the last decision that stands. */
    lastOn?: Day | undefined;
    /** False where the directive binds what was allotted once. */
    isMovable: boolean;
    schoolIds: string[];
    pots: PotBalance[];
    today: Day;
  },
): { changes: AllotmentChange[] } | { violation: AllotmentViolation } {
  const refuse = (violation: AllotmentViolation) => ({ violation });
  if (draft.decidedOn > context.today) return refuse({ field: "decidedOn", rule: "in_the_future" });
  if (draft.decidedOn < context.givenOn) {
    const { givenOn } = context;
    return refuse({ field: "decidedOn", rule: "before_envelope", givenOn });
  }
  if (context.lastOn !== undefined && draft.decidedOn < context.lastOn) {
    const { lastOn } = context;
    return refuse({ field: "decidedOn", rule: "before_last_allotment", lastOn });
  }
  if (draft.schools.length === 0) return refuse({ field: "schools", rule: "no_schools_allotted" });

  const free = context.pots.filter(({ potKind }) => potKind === "free");
  const of = (schoolId: string) => free.filter((pot) => pot.schoolId === schoolId);
  const allotted = (schoolId: string) => sum(of(schoolId).map(({ ceiling }) => ceiling));
  const taken = (schoolId: string) =>
    sum(of(schoolId).map(({ granted, asked }) => granted.plus(asked)));

  const changes: AllotmentChange[] = [];
  for (const [index, { schoolId, amount, before: shown }] of draft.schools.entries()) {
    const field = `schools[${index}].amount`;
    const schoolField = `schools[${index}].schoolId`;
    if (!context.schoolIds.includes(schoolId)) {
      return refuse({ field: schoolField, rule: "school_not_on_file" });
    }
    if (draft.schools.findIndex((one) => one.schoolId === schoolId) < index) {
      return refuse({ field: schoolField, rule: "school_twice" });
    }
    if (shown?.eq(amount)) continue;
    if (amount.lessThan(0)) return refuse({ field, rule: "amount_negative" });
    const before = allotted(schoolId);
    if (amount.lessThan(before) && !context.isMovable) {
      return refuse({ field, rule: "pot_not_movable" });
    }
    if (amount.lessThan(before) && amount.lessThan(taken(schoolId))) {
      return refuse({ field, rule: "below_taken", taken: taken(schoolId) });
    }
    if (!amount.eq(before)) changes.push({ schoolId, change: amount.minus(before) });
  }
  if (changes.length === 0) return refuse({ field: "schools", rule: "nothing_changes" });

  const left = restLeft([...free, ...movesOf(changes)]);
  if (left.lessThan(0)) {
    const gained = sum(changes.map(({ change }) => larger(change, zero)));
    const available = larger(gained.plus(left), zero);
    return refuse({ field: "schools", rule: "exceeds_free_pot", available });
  }
  return { changes };
}

/** What the changes do to the pots: a school gains what the rest for all loses. */
function movesOf(changes: AllotmentChange[]): PotBalance[] {
  const move = (schoolId: string | undefined, ceiling: Money): PotBalance => {
    return { potKind: "free", schoolId, ceiling, granted: zero, asked: zero };
  };
  return changes.flatMap(({ schoolId, change }) => [
    move(schoolId, change),
    move(undefined, negated(change)),
  ]);
}

/** A decision can be undone while the pots still hold what schools took since. */
export function mayUndoAllotment(changes: AllotmentChange[], pots: PotBalance[]): boolean {
  const undone = changes.map(({ schoolId, change }) => ({ schoolId, change: negated(change) }));
  return !restLeft([...pots, ...movesOf(undone)]).lessThan(0);
}

export type AllotmentDocument = {
  decidedOn: Day;
  lines: { accountId: string; sharedAccountId: string; change: Money }[];
};

/** What a school gains, the rest for all loses: the envelope stays as it is. */
export function postingsOfAllotment({ decidedOn: bookedOn, lines }: AllotmentDocument): Posting[] {
  const text = "Zuteilung des Kopfbetrags";
  return lines.flatMap(({ accountId, sharedAccountId, change }): Posting[] => [
    { accountId, figure: "ceiling", amount: change, bookedOn, text },
    { accountId: sharedAccountId, figure: "ceiling", amount: negated(change), bookedOn, text },
  ]);
}

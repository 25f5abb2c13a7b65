/**
 * The life of an application after it was submitted: steps that are recorded, and the state that
 * follows from the last of them. Whether it is granted, whole or in part, follows from the notice.
 */
import { type PotCharged, postingsOfPots } from "./application.ts";
import type { Day } from "./calendar.ts";
import type { Posting } from "./journal.ts";
import { type Money, negated } from "./money.ts";

export const stepKinds = ["submitted", "returned", "refused", "withdrawn"] as const;
export type StepKind = (typeof stepKinds)[number];

/** Steps that follow the submission. */
export const laterStepKinds = ["returned", "refused", "withdrawn"] as const;
export type LaterStepKind = (typeof laterStepKinds)[number];

export const applicationStates = [
  "submitted",
  "returned",
  "granted",
  "partly_granted",
  "refused",
  "withdrawn",
] as const;
export type ApplicationState = (typeof applicationStates)[number];

/** A reversed application (Storno) never was one; it has no state of its own. */
export type ApplicationStanding = ApplicationState | "reversed";

/** What the state follows from. */
export type ApplicationFacts = {
  isReversed: boolean;
  /** The last step that stands; the submission itself counts as one. */
  lastStep: StepKind;
  /** Costs that were applied for. */
  asked: Money;
  /** Costs that the notice recognizes; null without one that stands. */
  granted: Money | null;
};

export function stateOf(facts: ApplicationFacts): ApplicationStanding {
  if (facts.isReversed) return "reversed";
  if (facts.granted) return facts.granted.lessThan(facts.asked) ? "partly_granted" : "granted";
  return facts.lastStep;
}

/** What may follow a state. After a return only a new version does, and that is an application. */
export function nextSteps(state: ApplicationStanding): readonly LaterStepKind[] {
  return state === "submitted" ? laterStepKinds : [];
}

export type StepDraft = { kind: LaterStepKind; takenOn: Day; reason: string };

export type StepViolation =
  | { field: "kind"; rule: "step_not_allowed"; state: ApplicationStanding }
  | { field: "takenOn"; rule: "in_the_future" }
  | { field: "takenOn"; rule: "before_last_step"; takenOn: Day };

/** The days are those of the events, so they come in their order. */
export function checkStep(
  draft: StepDraft,
  application: { state: ApplicationStanding; lastStepOn: Day },
  today: Day,
): StepViolation | undefined {
  const { state, lastStepOn } = application;
  if (!nextSteps(state).includes(draft.kind)) {
    return { field: "kind", rule: "step_not_allowed", state };
  }
  if (draft.takenOn > today) return { field: "takenOn", rule: "in_the_future" };
  if (draft.takenOn < lastStepOn) {
    return { field: "takenOn", rule: "before_last_step", takenOn: lastStepOn };
  }
}

/** Refused or withdrawn, an application asks for nothing any more; a return leaves it asking. */
export function postingsOfStep(
  step: { kind: StepKind; takenOn: Day; title: string },
  lines: PotCharged[],
): Posting[] {
  if (step.kind !== "refused" && step.kind !== "withdrawn") return [];
  const asked = postingsOfPots(lines, "applied", step.takenOn, step.title);
  return asked.map((posting) => ({ ...posting, amount: negated(posting.amount) }));
}

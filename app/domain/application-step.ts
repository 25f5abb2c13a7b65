/**
 * The life of an application after it was submitted: steps that are recorded, and the state that
 * follows from the last of them. Whether it is granted, whole or in part, follows from the notice.
 */
import { type PotCharged, postingsOfPots } from "./application.ts";
import type { Day } from "./calendar.ts";
import type { Posting } from "./journal.ts";
import { negated } from "./money.ts";

export const stepKinds = ["submitted", "returned", "refused", "withdrawn"] as const;
export type StepKind = (typeof stepKinds)[number];

export const applicationStates = [
  "submitted",
  "returned",
  "granted",
  "partly_granted",
  "refused",
  "withdrawn",
] as const;
export type ApplicationState = (typeof applicationStates)[number];

/** Refused or withdrawn, an application asks for nothing any more; a return leaves it asking. */
export function postingsOfStep(
  step: { kind: StepKind; takenOn: Day; title: string },
  lines: PotCharged[],
): Posting[] {
  if (step.kind !== "refused" && step.kind !== "withdrawn") return [];
  const asked = postingsOfPots(lines, "applied", step.takenOn, step.title);
  return asked.map((posting) => ({ ...posting, amount: negated(posting.amount) }));
}

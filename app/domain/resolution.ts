/** Council resolutions (Ratsbeschlüsse): their course through the committees, and whether it has ended. */
import type { Day } from "./calendar.ts";

export type Stage = { kind: "preliminary" | "decision"; heldOn: Day | null; outcome: string };

/** What minutes call the end of a stage; any other words may be entered too. */
export const outcomes = [
  "ungeändert beschlossen",
  "geändert beschlossen",
  "abgelehnt",
  "vertagt",
] as const;

export type StageDraft = Stage & { committee: string };

export type StageViolation =
  | { field: "committee"; rule: "resolution_in_use" }
  | { field: "heldOn"; rule: "in_the_future" };

/** A course goes on only while nothing rests on it: what rests on it has sealed it as it was. */
export function checkStage(
  draft: StageDraft,
  isInUse: boolean,
  today: Day,
): StageViolation | undefined {
  if (isInUse) return { field: "committee", rule: "resolution_in_use" };
  const isOver = draft.outcome !== "" && draft.heldOn !== null && draft.heldOn > today;
  if (isOver) return { field: "heldOn", rule: "in_the_future" };
}

/** What does not carry an application: refused, put off, or not known yet. */
const open: readonly string[] = ["", "abgelehnt", "vertagt"];

/** True when the course ended by that day with a decision in favour. */
export function isDecided(stages: Stage[], on: Day): boolean {
  const last = stages.at(-1);
  if (!last || last.kind !== "decision" || !last.heldOn || last.heldOn > on) return false;
  return !open.includes(last.outcome.trim().toLowerCase());
}

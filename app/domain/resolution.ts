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

/** What does not carry an application: refused, put off, or not known yet. */
const open: readonly string[] = ["", "abgelehnt", "vertagt"];

/** True when the course ended by that day with a decision in favour. */
export function isDecided(stages: Stage[], on: Day): boolean {
  const last = stages.at(-1);
  if (!last || last.kind !== "decision" || !last.heldOn || last.heldOn > on) return false;
  return !open.includes(last.outcome.trim().toLowerCase());
}

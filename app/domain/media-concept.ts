/** The media concept (Medienbildungskonzept) of a school: whether it is there on a day. */
import type { Day } from "./calendar.ts";

export const mediaConceptStates = ["missing", "in_progress", "there"] as const;
export type MediaConceptState = (typeof mediaConceptStates)[number];

export type MediaConcept = {
  mediaConceptOn: Day | null;
  /** Null or absent where only the day was entered. */
  mediaConceptState?: MediaConceptState | null;
};

export type MediaConceptViolation = { field: "mediaConceptOn" } & (
  | { rule: "media_concept_without_day" }
  | { rule: "media_concept_day_too_soon" }
);

/** A concept is there since a day, and has no day before. */
export function checkMediaConcept(concept: MediaConcept): MediaConceptViolation | undefined {
  const { mediaConceptOn, mediaConceptState } = concept;
  const field = "mediaConceptOn";
  if (mediaConceptState === "there" && !mediaConceptOn) {
    return { field, rule: "media_concept_without_day" };
  }
  if (mediaConceptState && mediaConceptState !== "there" && mediaConceptOn) {
    return { field, rule: "media_concept_day_too_soon" };
  }
}

/** How it stands on a day: before its own day it is being written. */
export function mediaConceptOf(concept: MediaConcept, on: Day): MediaConceptState {
  const { mediaConceptOn, mediaConceptState } = concept;
  if (mediaConceptOn) return mediaConceptOn <= on ? "there" : "in_progress";
  return mediaConceptState === "in_progress" ? "in_progress" : "missing";
}

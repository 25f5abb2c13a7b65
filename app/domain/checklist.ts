/**
 * The checklist of an application: what the programme wants to see before it is submitted, and what
 * is still missing. What is due only with the proof is listed and blocks nothing.
 */
import { categoryOf, hasCategory, type Programme, type Requirement, rulesOn } from "./programme.ts";
import type { Day } from "./calendar.ts";
import { type MediaConcept, mediaConceptOf } from "./media-concept.ts";
import { isDecided, type Stage } from "./resolution.ts";

/** What an application answers to the checklist besides its measures. */
export type ChecklistAnswers = {
  /** Technical and pedagogical profile (technisch-pädagogisches Profil) in words. */
  profile: string;
  /** How the follow-up costs (Folgekosten) are financed. */
  followUpCosts: string;
  /** That the infrastructure for devices is there or not needed, and why. */
  infrastructure: string;
};

export type ChecklistViolation = { field: string } & (
  | { rule: "media_concept_missing"; school: string }
  | { rule: "media_concept_in_progress"; school: string }
  | { rule: "profile_missing" }
  | { rule: "cost_plan_missing" }
  | { rule: "cost_plan_incomplete" }
  | { rule: "resolution_missing" }
  | { rule: "resolution_not_decided" }
  | { rule: "follow_up_costs_missing" }
  | { rule: "infrastructure_missing" }
);

/** What a draft holds so far: a measure may lack anything, and is whole when nothing is missing. */
export type ChecklistDraft = ChecklistAnswers & {
  submittedOn: Day;
  measures: { schoolId: string | undefined; code: string | undefined; isWhole: boolean }[];
};

export type ChecklistContext = {
  schools: (MediaConcept & { id: string; name: string })[];
  /** The resolution that was chosen, with its course. */
  resolution: { stages: Stage[] } | undefined;
  /** Files at the application, one of which can be the profile. */
  hasFiles: boolean;
};

export type ChecklistItem = {
  requirement: Requirement;
  dueWith: "application" | "proof";
  /** Keys of the programme's sources. */
  sources: string[];
  missing: ChecklistViolation[];
};

export function checklistOf(
  draft: ChecklistDraft,
  programme: Programme,
  context: ChecklistContext,
): ChecklistItem[] {
  return rulesOn(programme.checklist, draft.submittedOn)
    .filter(({ requirement }) => isAsked(requirement, draft, programme))
    .map(({ requirement, dueWith, sources }) => {
      return { requirement, dueWith, sources, missing: missingOf(requirement, draft, context) };
    });
}

/** What keeps the application from being submitted. */
export function missingToSubmit(items: ChecklistItem[]): ChecklistViolation[] {
  return items.filter(({ dueWith }) => dueWith === "application").flatMap(({ missing }) => missing);
}

/** Infrastructure is asked for where something is funded only after something else. */
function isAsked(requirement: Requirement, draft: ChecklistDraft, programme: Programme): boolean {
  if (requirement !== "infrastructure") return true;
  return draft.measures.some(
    ({ code }) =>
      code && hasCategory(programme, code) && categoryOf(programme, code).prerequisites.length > 0,
  );
}

function missingOf(
  requirement: Requirement,
  draft: ChecklistDraft,
  { schools, resolution, hasFiles }: ChecklistContext,
): ChecklistViolation[] {
  const unless = (isThere: boolean, violation: ChecklistViolation) => (isThere ? [] : [violation]);
  switch (requirement) {
    case "media_concept":
      return missingConcepts(draft, schools);
    case "profile":
      return unless(hasFiles || draft.profile !== "", {
        field: "profile",
        rule: "profile_missing",
      });
    case "cost_plan":
      if (draft.measures.length === 0) return [{ field: "measures", rule: "cost_plan_missing" }];
      return unless(
        draft.measures.every(({ isWhole }) => isWhole),
        { field: "measures", rule: "cost_plan_incomplete" },
      );
    case "resolution":
      if (!resolution) return [{ field: "resolutionId", rule: "resolution_missing" }];
      return unless(isDecided(resolution.stages, draft.submittedOn), {
        field: "resolutionId",
        rule: "resolution_not_decided",
      });
    case "follow_up_costs":
      return unless(draft.followUpCosts !== "", {
        field: "followUpCosts",
        rule: "follow_up_costs_missing",
      });
    case "infrastructure":
      return unless(draft.infrastructure !== "", {
        field: "infrastructure",
        rule: "infrastructure_missing",
      });
  }
}

/** One sentence for each school that is named, at the first measure that names it. */
function missingConcepts(
  { measures, submittedOn }: ChecklistDraft,
  schools: ChecklistContext["schools"],
): ChecklistViolation[] {
  const named = measures.map(({ schoolId }) => schoolId);
  return named.flatMap((schoolId, index): ChecklistViolation[] => {
    const school = schools.find(({ id }) => id === schoolId);
    if (!school || named.indexOf(schoolId) < index) return [];
    const state = mediaConceptOf(school, submittedOn);
    const rule = state === "missing" ? "media_concept_missing" : "media_concept_in_progress";
    const field = `measures[${index}].schoolId`;
    return state === "there" ? [] : [{ field, rule, school: school.name }];
  });
}

import type { ChecklistRow } from "#app/components/checklist.tsx";
import type { Day } from "#app/domain/calendar.ts";
import {
  type ChecklistContext,
  type ChecklistDraft,
  type ChecklistItem,
  type ChecklistViolation,
  checklistOf,
} from "#app/domain/checklist.ts";
import { mediaConceptOf } from "#app/domain/media-concept.ts";
import { addressesOf, type Programme } from "#app/domain/programme.ts";
import { mediaConceptWords } from "#app/german/application-sentences.ts";
import { formatDay } from "#app/german/notation.ts";
import { problemOf } from "#app/german/words.ts";

type School = ChecklistContext["schools"][number];

/** The checklist as its table shows it; each gap leads to the place where it is closed. */
export function checklistRows(
  draft: ChecklistDraft,
  programme: Programme,
  context: ChecklistContext,
  schoolsWithFiles: Set<string>,
): ChecklistRow[] {
  const named = context.schools.filter(({ id }) =>
    draft.measures.some(({ schoolId }) => schoolId === id),
  );
  return checklistOf(draft, programme, context).map((item) => ({
    requirement: item.requirement,
    dueWith: item.dueWith,
    addresses: addressesOf(programme, item),
    missing: item.missing.map((violation) => {
      return { sentence: problemOf(violation).sentence, to: placeOf(violation, draft) };
    }),
    details: detailsOf(item, named, draft.submittedOn, schoolsWithFiles),
  }));
}

function placeOf({ field, rule }: ChecklistViolation, draft: ChecklistDraft): string {
  const isOfSchool = rule === "media_concept_missing" || rule === "media_concept_in_progress";
  const row = Number(/\[(\d+)\]/.exec(field)?.[1] ?? 0);
  return isOfSchool ? `/schools/${draft.measures[row]?.schoolId}` : `#draft-${field}`;
}

/** How it stands with the concept of each school, and whether its file is there. */
function detailsOf(
  { requirement }: ChecklistItem,
  schools: School[],
  on: Day,
  schoolsWithFiles: Set<string>,
) {
  if (requirement !== "media_concept") return [];
  if (schools.length === 0) return [{ text: "Noch keine Schule im Kostenplan." }];
  return schools.map((school) => {
    const state = mediaConceptOf(school, on);
    const since =
      state === "there" && school.mediaConceptOn ? ` seit ${formatDay(school.mediaConceptOn)}` : "";
    const file = schoolsWithFiles.has(school.id) ? "mit Datei" : "ohne Datei";
    const text = `${school.name}: ${mediaConceptWords[state]}${since}, ${file}`;
    return { text, to: `/schools/${school.id}` };
  });
}

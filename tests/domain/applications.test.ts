import { expect, test } from "vitest";
import {
  type ApplicationFacts,
  applicationStates,
  checkStep,
  nextSteps,
  stateOf,
} from "#app/domain/application-step.ts";
import { bareFileName, checkAttachment, mostAttachedBytes } from "#app/domain/attachment.ts";
import { type ChecklistDraft, checklistOf, missingToSubmit } from "#app/domain/checklist.ts";
import { checkMediaConcept, mediaConceptOf } from "#app/domain/media-concept.ts";
import { euro } from "#app/domain/money.ts";
import { isDecided, type Stage } from "#app/domain/resolution.ts";
import { lowerSaxony2019 } from "#tests/support/programme.ts";

// prettier-ignore
test.each([
  { given: {},                                               state: "submitted" },
  { given: { lastStep: "returned" },                         state: "returned" },
  { given: { lastStep: "refused" },                          state: "refused" },
  { given: { lastStep: "withdrawn" },                        state: "withdrawn" },
  { given: { granted: euro("100") },                         state: "granted" },
  { given: { granted: euro("99.99") },                       state: "partly_granted" },
  { given: { granted: euro("100.01") },                      state: "granted" },
  { given: { isReversed: true, lastStep: "returned" },       state: "reversed" },
  { given: { isReversed: true, granted: euro("100") },       state: "reversed" },
] as { given: Partial<ApplicationFacts>; state: string }[])(
  "of 100 asked, $given is $state",
  ({ given, state }) => {
    const facts = { isReversed: false, lastStep: "submitted" as const, asked: euro("100"), granted: null };
    expect(stateOf({ ...facts, ...given })).toBe(state);
  },
);

test("only a submitted application takes a step; after a return comes a new version", () => {
  const open = [...applicationStates, "reversed" as const].filter(
    (state) => nextSteps(state).length,
  );
  expect(open).toEqual(["submitted"]);
  expect(nextSteps("submitted")).toEqual(["returned", "refused", "withdrawn"]);
});

// prettier-ignore
test.each([
  { kind: "returned",  on: "2020-03-01", state: "submitted",      verdict: undefined },
  { kind: "refused",   on: "2020-03-02", state: "submitted",      verdict: undefined },
  { kind: "withdrawn", on: "2026-01-01", state: "submitted",      verdict: undefined },
  { kind: "refused",   on: "2020-02-29", state: "submitted",      verdict: "before_last_step" },
  { kind: "refused",   on: "2026-01-02", state: "submitted",      verdict: "in_the_future" },
  { kind: "withdrawn", on: "2020-03-02", state: "refused",        verdict: "step_not_allowed" },
  { kind: "refused",   on: "2020-03-02", state: "withdrawn",      verdict: "step_not_allowed" },
  { kind: "refused",   on: "2020-03-02", state: "granted",        verdict: "step_not_allowed" },
  { kind: "withdrawn", on: "2020-03-02", state: "partly_granted", verdict: "step_not_allowed" },
  { kind: "withdrawn", on: "2020-03-02", state: "returned",       verdict: "step_not_allowed" },
  { kind: "returned",  on: "2020-03-02", state: "returned",       verdict: "step_not_allowed" },
  { kind: "returned",  on: "2020-03-02", state: "reversed",       verdict: "step_not_allowed" },
] as const)("$kind on $on while it is $state: $verdict", ({ kind, on, state, verdict }) => {
  const application = { state, lastStepOn: "2020-03-01" };
  const violation = checkStep({ kind, takenOn: on, reason: "x" }, application, "2026-01-01");
  expect(violation?.rule).toBe(verdict);
});

const whole: ChecklistDraft = {
  submittedOn: "2020-03-06",
  profile: "Profil",
  followUpCosts: "Haushalt",
  infrastructure: "",
  measures: [{ schoolId: "A", code: "2.1", isWhole: true }],
};
const schools = [
  { id: "A", name: "GS A", mediaConceptOn: "2020-03-06" },
  { id: "B", name: "GS B", mediaConceptOn: null },
  { id: "C", name: "GS C", mediaConceptOn: null, mediaConceptState: "in_progress" as const },
];
const decided: Stage[] = [
  { kind: "preliminary", heldOn: "2019-11-27", outcome: "vertagt" },
  { kind: "decision", heldOn: "2019-12-11", outcome: "ungeändert beschlossen" },
];

// prettier-ignore
test.each([
  { given: {},                             missing: [],                          because: "all is there" },
  { given: { submittedOn: "2020-03-05" },  missing: ["media_concept_in_progress"], because: "the concept came a day later" },
  { given: { measures: [{ schoolId: "B", code: "2.1", isWhole: true }] }, missing: ["media_concept_missing"],     because: "B has none" },
  { given: { measures: [{ schoolId: "C", code: "2.1", isWhole: true }] }, missing: ["media_concept_in_progress"], because: "C is writing it" },
  { given: { measures: [] },               missing: ["cost_plan_missing"],       because: "nothing is asked for" },
  { given: { measures: [{ schoolId: "A", code: "2.1", isWhole: false }] }, missing: ["cost_plan_incomplete"],     because: "a measure lacks something" },
  { given: { profile: "" },                missing: ["profile_missing"],         because: "there is neither text nor file" },
  { given: { followUpCosts: "" },          missing: ["follow_up_costs_missing"], because: "nobody says who pays" },
  { given: { measures: [{ schoolId: "A", code: "2.6", isWhole: true }] }, missing: ["infrastructure_missing"],    because: "mobile devices need networks first" },
  { given: { measures: [{ schoolId: "A", code: "2.6", isWhole: true }], infrastructure: "vorhanden" }, missing: [], because: "the networks are there" },
  { given: { profile: "", followUpCosts: "" }, missing: ["profile_missing", "follow_up_costs_missing"],           because: "each gap has its own sentence" },
] as { given: Partial<ChecklistDraft>; missing: string[]; because: string }[])(
  "a draft with $given misses $missing: $because",
  ({ given, missing }) => {
    const context = { schools, resolution: { stages: decided }, hasFiles: false };
    const items = checklistOf({ ...whole, ...given }, lowerSaxony2019, context);
    expect(missingToSubmit(items).map(({ rule }) => rule)).toEqual(missing);
  },
);

test("a file at the application stands for its profile", () => {
  const context = { schools, resolution: { stages: decided }, hasFiles: true };
  const items = checklistOf({ ...whole, profile: "" }, lowerSaxony2019, context);
  expect(missingToSubmit(items)).toEqual([]);
});

test("two schools without concept are two sentences, one school in two rows is one", () => {
  const measures = ["B", "B", "C"].map((schoolId) => ({ schoolId, code: "2.1", isWhole: true }));
  const context = { schools, resolution: { stages: decided }, hasFiles: false };
  expect(
    missingToSubmit(checklistOf({ ...whole, measures }, lowerSaxony2019, context)),
  ).toMatchObject([
    { field: "measures[0].schoolId", school: "GS B" },
    { field: "measures[2].schoolId", school: "GS C" },
  ]);
});

test("what is due with the proof is listed and keeps nothing back", () => {
  const programme = {
    ...lowerSaxony2019,
    checklist: [
      { requirement: "media_concept" as const, dueWith: "proof" as const, sources: ["S13"] },
    ],
  };
  const measures = [{ schoolId: "B", code: "2.1", isWhole: true }];
  const context = { schools, resolution: undefined, hasFiles: false };
  const items = checklistOf({ ...whole, measures }, programme, context);
  expect(items).toMatchObject([{ missing: [{ rule: "media_concept_missing" }] }]);
  expect(missingToSubmit(items)).toEqual([]);
});

// prettier-ignore
test.each([
  { stages: decided,                    on: "2019-12-11", verdict: true,  because: "the council decided that day" },
  { stages: decided,                    on: "2019-12-10", verdict: false, because: "the council decides tomorrow" },
  { stages: decided.slice(0, 1),        on: "2020-01-01", verdict: false, because: "only a committee was heard" },
  { stages: [],                         on: "2020-01-01", verdict: false, because: "there is no course" },
  { stages: [{ ...decided[1]!, outcome: "geändert beschlossen" }], on: "2020-01-01", verdict: true,  because: "amended is decided" },
  { stages: [{ ...decided[1]!, outcome: "mehrheitlich dafür" }],   on: "2020-01-01", verdict: true,  because: "other words may be used" },
  { stages: [{ ...decided[1]!, outcome: "Abgelehnt" }],  on: "2020-01-01", verdict: false, because: "it was refused" },
  { stages: [{ ...decided[1]!, outcome: "vertagt" }],    on: "2020-01-01", verdict: false, because: "it was put off" },
  { stages: [{ ...decided[1]!, outcome: "" }],           on: "2020-01-01", verdict: false, because: "nobody knows the outcome" },
  { stages: [{ ...decided[1]!, heldOn: null }],          on: "2020-01-01", verdict: false, because: "nobody knows the day" },
])("a resolution on $on: $because", ({ stages, on, verdict }) => {
  expect(isDecided(stages, on)).toBe(verdict);
});

// prettier-ignore
test.each([
  { concept: { mediaConceptOn: "2020-03-06" },                                          on: "2020-03-06", state: "there" },
  { concept: { mediaConceptOn: "2020-03-06" },                                          on: "2020-03-05", state: "in_progress" },
  { concept: { mediaConceptOn: null, mediaConceptState: null },                         on: "2020-03-06", state: "missing" },
  { concept: { mediaConceptOn: null, mediaConceptState: "in_progress" as const },       on: "2020-03-06", state: "in_progress" },
])("the concept $concept on $on is $state", ({ concept, on, state }) => {
  expect(mediaConceptOf(concept, on)).toBe(state);
});

// prettier-ignore
test.each([
  { concept: { mediaConceptOn: null, mediaConceptState: "there" as const },             verdict: "media_concept_without_day" },
  { concept: { mediaConceptOn: "2020-03-06", mediaConceptState: "missing" as const },   verdict: "media_concept_day_too_soon" },
  { concept: { mediaConceptOn: "2020-03-06", mediaConceptState: "there" as const },     verdict: undefined },
  { concept: { mediaConceptOn: "2020-03-06" },                                          verdict: undefined },
  { concept: { mediaConceptOn: null, mediaConceptState: "in_progress" as const },       verdict: undefined },
])("entered as $concept: $verdict", ({ concept, verdict }) => {
  expect(checkMediaConcept(concept)?.rule).toBe(verdict);
});

// prettier-ignore
test.each([
  { name: "a.pdf",  size: 9, found: "application/pdf",  isText: false, verdict: "application/pdf" },
  { name: "Scan",   size: 9, found: "application/pdf",  isText: false, verdict: "application/pdf" },
  { name: "a.jpg",  size: 9, found: "image/heic",       isText: false, verdict: "image/heic" },
  { name: "a.tif",  size: 9, found: "image/tiff",       isText: false, verdict: "image/tiff" },
  { name: "a.gif",  size: 9, found: "image/gif",        isText: false, verdict: "file_kind_not_kept" },
  { name: "a.png",  size: 9, found: "application/xml",  isText: true,  verdict: "file_name_misleads" },
  { name: "a.html", size: 9, found: "application/pdf",  isText: false, verdict: "file_name_misleads" },
  { name: "a.png",  size: 9, found: "application/pdf",  isText: false, verdict: "file_name_misleads" },
  { name: "a.constructor", size: 9, found: "image/png", isText: false, verdict: "file_name_misleads" },
  { name: "a.csv",  size: 9, found: undefined,          isText: true,  verdict: "text/csv" },
  { name: "A.TXT",  size: 9, found: undefined,          isText: true,  verdict: "text/plain" },
  { name: "a.pdf",  size: 9, found: undefined,          isText: true,  verdict: "file_kind_not_kept" },
  { name: "a.csv",  size: 9, found: undefined,          isText: false, verdict: "file_kind_not_kept" },
  { name: "a.html", size: 9, found: undefined,          isText: true,  verdict: "file_kind_not_kept" },
  { name: "a.pdf",  size: 9, found: "application/zip",  isText: false, verdict: "file_kind_not_kept" },
  { name: "a.pdf",  size: 9, found: "application/x-msdownload", isText: false, verdict: "file_kind_not_kept" },
  { name: "a.pdf",  size: 0, found: undefined,          isText: true,  verdict: "file_empty" },
  { name: "a.pdf",  size: mostAttachedBytes,     found: "application/pdf", isText: false, verdict: "application/pdf" },
  { name: "a.pdf",  size: mostAttachedBytes + 1, found: "application/pdf", isText: false, verdict: "file_too_large" },
])("$name of $size bytes, $found: $verdict", ({ verdict, ...file }) => {
  const checked = checkAttachment(file);
  expect("violation" in checked ? checked.violation.rule : checked.mediaType).toBe(verdict);
});

// prettier-ignore
test.each([
  { name: "Konzept.pdf",                 bare: "Konzept.pdf" },
  { name: "C:\\Eigene\\Konzept.pdf",     bare: "Konzept.pdf" },
  { name: "../../etc/passwd",            bare: "passwd" },
  { name: "Zeile\r\nzwei.pdf",           bare: "Zeilezwei.pdf" },
  { name: "",                            bare: "Anlage" },
])("a file named $name is kept as $bare", ({ name, bare }) => {
  expect(bareFileName(name)).toBe(bare);
});

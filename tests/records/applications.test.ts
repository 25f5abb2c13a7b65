import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { ApplicationDraft } from "#app/domain/application.ts";
import { euro } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { loadPots } from "#app/records/accounts.server.ts";
import {
  discardDraft,
  listDrafts,
  requireDraft,
  saveDraft,
} from "#app/records/application-drafts.server.ts";
import { listHistory } from "#app/records/application-states.server.ts";
import { recordStep } from "#app/records/application-steps.server.ts";
import {
  findSuccessor,
  listApplications,
  recordApplication,
  requireApplication,
} from "#app/records/applications.server.ts";
import { attachFile, listAttachments } from "#app/records/attachments.server.ts";
import { recordResolution } from "#app/records/authorities.server.ts";
import { recordGrant } from "#app/records/grants.server.ts";
import { listResting, recordStage, requireResolution } from "#app/records/resolutions.server.ts";
import { reverseDocument } from "#app/records/reversals.server.ts";
import { verifyJournal } from "#app/records/verification.server.ts";
import { db } from "#db/client.ts";
import {
  accepted,
  answers,
  createEnvelope,
  createGrant,
  createOffice,
  createResolution,
  createSchools,
} from "#tests/support/factories.ts";
import { fullTerms } from "#tests/support/programme.ts";

test("a submitted application asks for its money until it is refused or withdrawn", async () => {
  for (const kind of ["refused", "withdrawn"] as const) {
    const { clerk, envelopeId, draft } = await setUp();
    const id = randomUUID();
    accepted(await recordApplication(clerk, id, envelopeId, draft({})));
    expect(await requireApplication(clerk, id)).toMatchObject({ state: "submitted" });
    expect(await asked(clerk, envelopeId)).toEqual("30000");

    const step = { kind, takenOn: "2020-04-01", reason: "zu spät" };
    const stepId = randomUUID();
    accepted(await recordStep(clerk, stepId, id, step));
    accepted(await recordStep(clerk, stepId, id, step)); // Sent twice.
    expect(await requireApplication(clerk, id)).toMatchObject({ state: kind });
    expect(await asked(clerk, envelopeId)).toEqual("0");

    expect(await recordStep(clerk, randomUUID(), id, step)).toMatchObject({
      rule: "step_not_allowed",
    });
    expect(await grant(clerk, id)).toMatchObject({ rule: "application_not_open" });
    expect(await broken(clerk)).toEqual([]);
  }
});

test("a refusal is reversed before its application, and then the money is asked for again", async () => {
  const { clerk, envelopeId, draft } = await setUp();
  const [id, stepId] = [randomUUID(), randomUUID()];
  accepted(await recordApplication(clerk, id, envelopeId, draft({})));
  const step = { kind: "refused" as const, takenOn: "2020-04-01", reason: "kein Konzept" };
  accepted(await recordStep(clerk, stepId, id, step));

  const reversal = { reversedOn: "2020-05-01", reason: "Widerspruch" };
  expect(await reverseDocument(clerk, { kind: "application", id }, reversal)).toMatchObject({
    rule: "reverse_dependents_first",
    dependents: ["Ablehnung vom 01.04.2020"],
  });
  accepted(await reverseDocument(clerk, { kind: "application_step", id: stepId }, reversal));
  expect(await requireApplication(clerk, id)).toMatchObject({ state: "submitted" });
  expect(await asked(clerk, envelopeId)).toEqual("30000");
  expect(await listHistory(clerk, id)).toMatchObject([
    { kind: "submitted", on: "2020-03-01", person: "Person clerk" },
    {
      kind: "refused",
      on: "2020-04-01",
      person: "Person clerk",
      reason: "kein Konzept",
      stands: false,
    },
    { kind: "reversed", on: "2020-05-01", person: "Person clerk", reason: "Widerspruch" },
  ]);
  expect(await broken(clerk)).toEqual([]);
});

test("a submission is not reversed without its application", async () => {
  const { clerk, envelopeId, draft } = await setUp();
  const id = randomUUID();
  accepted(await recordApplication(clerk, id, envelopeId, draft({})));
  const [submitted] = await listHistory(clerk, id);
  const step = { kind: "application_step" as const, id: submitted!.id };
  const reversal = { reversedOn: "2020-05-01", reason: "Irrtum" };
  expect(await reverseDocument(clerk, step, reversal)).toMatchObject({
    rule: "reverse_dependents_first",
  });
});

test("a returned application keeps asking, and its new version takes its place", async () => {
  const { clerk, envelopeId, draft } = await setUp();
  const [first, second] = [randomUUID(), randomUUID()];
  accepted(await recordApplication(clerk, first, envelopeId, draft({ amount: "70000" })));
  const returned = { kind: "returned" as const, takenOn: "2020-04-01", reason: "Angebote fehlen" };
  const stepId = randomUUID();
  accepted(await recordStep(clerk, stepId, first, returned));
  expect(await requireApplication(clerk, first)).toMatchObject({ state: "returned" });
  expect(await asked(clerk, envelopeId)).toEqual("70000");
  expect(await grant(clerk, first)).toMatchObject({ rule: "application_not_open" });

  const anew = draft({ amount: "65000", submittedOn: "2020-04-20", replacesId: first });
  const early = { ...anew, submittedOn: "2020-03-31" };
  expect(await recordApplication(clerk, second, envelopeId, early)).toEqual([
    { field: "submittedOn", rule: "before_last_step", takenOn: "2020-04-01" },
  ]);
  accepted(await recordApplication(clerk, second, envelopeId, anew));
  expect(await requireApplication(clerk, first)).toMatchObject({ state: "reversed" });
  expect(await requireApplication(clerk, second)).toMatchObject({
    state: "submitted",
    supersedesId: first,
  });
  expect(await findSuccessor(clerk, first)).toMatchObject({ id: second });
  expect(await asked(clerk, envelopeId)).toEqual("65000");
  expect(await listHistory(clerk, first)).toMatchObject([
    { kind: "submitted" },
    { kind: "returned", reason: "Angebote fehlen" },
    {
      kind: "reversed",
      on: "2020-04-20",
      reason: "ersetzt durch Neufassung",
      person: "Person clerk",
    },
  ]);
  const reversal = { reversedOn: "2020-05-01", reason: "Irrtum" };
  expect(
    await reverseDocument(clerk, { kind: "application_step", id: stepId }, reversal),
  ).toMatchObject({ rule: "reverse_dependents_first" });
  expect(await recordApplication(clerk, randomUUID(), envelopeId, anew)).toEqual([
    { field: "title", rule: "replaced_before" },
  ]);
  expect(await broken(clerk)).toEqual([]);
});

test("a new version that is refused leaves the old one standing", async () => {
  const { clerk, envelopeId, draft } = await setUp();
  const [first, second] = [randomUUID(), randomUUID()];
  accepted(await recordApplication(clerk, first, envelopeId, draft({})));
  const open = draft({ replacesId: first, submittedOn: "2020-04-20" });
  expect(await recordApplication(clerk, second, envelopeId, open)).toEqual([
    { field: "title", rule: "not_replaceable" },
  ]);
  const returned = { kind: "returned" as const, takenOn: "2020-04-01", reason: "Angebote fehlen" };
  accepted(await recordStep(clerk, randomUUID(), first, returned));
  expect(
    await recordApplication(clerk, second, envelopeId, {
      ...open,
      ...draft({ amount: "900000" }),
      replacesId: first,
      submittedOn: "2020-04-20",
    }),
  ).toMatchObject([{ rule: "exceeds_envelope" }]);
  expect(await requireApplication(clerk, first)).toMatchObject({ state: "returned" });
  expect(await asked(clerk, envelopeId)).toEqual("30000");
  expect(await broken(clerk)).toEqual([]);
});

test("a return that was a mistake is undone, though it moved no money", async () => {
  const { clerk, envelopeId, draft } = await setUp();
  const [id, stepId] = [randomUUID(), randomUUID()];
  accepted(await recordApplication(clerk, id, envelopeId, draft({})));
  const returned = { kind: "returned" as const, takenOn: "2020-04-01", reason: "Irrtum" };
  accepted(await recordStep(clerk, stepId, id, returned));
  const reversal = { reversedOn: "2020-04-01", reason: "falscher Antrag" };
  accepted(await reverseDocument(clerk, { kind: "application_step", id: stepId }, reversal));
  expect(await requireApplication(clerk, id)).toMatchObject({ state: "submitted" });
  expect(await broken(clerk)).toEqual([]);
});

test("granted in part is told with both amounts", async () => {
  const { clerk, envelopeId, draft } = await setUp();
  const [whole, part] = [randomUUID(), randomUUID()];
  accepted(await recordApplication(clerk, whole, envelopeId, draft({})));
  accepted(await recordApplication(clerk, part, envelopeId, draft({ amount: "20000" })));
  accepted(await grant(clerk, whole));
  accepted(await grant(clerk, part, "15000"));
  const states = (await listApplications(clerk)).map(({ state, asked, granted }) => {
    return [state, asked.toFixed(), granted?.toFixed()];
  });
  expect(states).toEqual([
    ["granted", "30000", "30000"],
    ["partly_granted", "20000", "15000"],
  ]);
  const step = { kind: "refused" as const, takenOn: "2020-06-01", reason: "x" };
  expect(await recordStep(clerk, randomUUID(), whole, step)).toMatchObject({
    rule: "step_not_allowed",
  });
});

test("each gap of the checklist is named beside its field, and nothing is recorded", async () => {
  const { clerk, envelopeId, schoolId, draft } = await setUp();
  const number = `V/${randomUUID().slice(0, 8)}`;
  const [resolutionId, id] = [randomUUID(), randomUUID()];
  accepted(await recordResolution(clerk, resolutionId, { number, title: "offen", stages: [] }));
  const bare = draft({
    code: "2.6",
    resolutionId,
    profile: "",
    followUpCosts: "",
    infrastructure: "",
  });
  const violations = await recordApplication(clerk, id, envelopeId, bare);
  expect(violations?.map(({ field, rule }) => `${field}: ${rule}`)).toEqual([
    "profile: profile_missing",
    "resolutionId: resolution_not_decided",
    "followUpCosts: follow_up_costs_missing",
    "infrastructure: infrastructure_missing",
  ]);
  expect(await listApplications(clerk)).toEqual([]);
  expect(schoolId).toBeDefined();
});

test("a draft keeps what was typed, and its files go with it into the application", async () => {
  const { clerk, envelopeId, draft } = await setUp();
  const id = randomUUID();
  const typed = { title: "Netze", measures: [{ amount: "12,345" }] };
  await saveDraft(clerk, id, { envelopeId, replacesId: null }, typed);
  expect(await requireDraft(clerk, id)).toMatchObject({ title: "Netze", content: typed });
  expect(await listDrafts(clerk, envelopeId)).toMatchObject([{ id, changedBy: "Person clerk" }]);

  const place = { subject: "application" as const, subjectId: id };
  accepted(await attachFile(clerk, place, { name: "Profil.txt", content: Buffer.from("Profil") }));
  accepted(await recordApplication(clerk, id, envelopeId, draft({ profile: "" })));
  expect(await listDrafts(clerk, envelopeId)).toEqual([]);
  expect(await requireDraft(clerk, id)).toMatchObject({ submittedAs: id });
  expect(await listAttachments(clerk, place)).toMatchObject([{ fileName: "Profil.txt", size: 6 }]);
  expect((await listHistory(clerk, id)).map(({ kind }) => kind)).toEqual(["submitted", "draft"]);

  // What was submitted is not written over, and not thrown away.
  await saveDraft(clerk, id, { envelopeId, replacesId: null }, { title: "anders" });
  expect(await requireDraft(clerk, id)).toMatchObject({ title: "Netze" });
  await expect(discardDraft(clerk, id)).rejects.toMatchObject({ status: 404 });
});

test("nobody writes over what another wrote in the meantime without knowing it", async () => {
  const { clerk, auditor, envelopeId } = await setUp();
  const colleague: User = { ...auditor, roles: ["clerk"] };
  const id = randomUUID();
  const place = { envelopeId, replacesId: null };
  await saveDraft(clerk, id, place, { title: "erst" });
  const seen = (await requireDraft(clerk, id)).changedAt.toISOString();
  accepted(await saveDraft(colleague, id, place, { title: "dann" }, seen));
  expect(await saveDraft(clerk, id, place, { title: "zuletzt" }, seen)).toEqual({
    field: "title",
    rule: "draft_changed",
    person: colleague.name,
  });
  const now = (await requireDraft(clerk, id)).changedAt.toISOString();
  accepted(await saveDraft(clerk, id, place, { title: "zuletzt" }, now));
  expect(await requireDraft(clerk, id)).toMatchObject({ title: "zuletzt" });
});

test("a draft is thrown away by whoever may record, and seen by nobody else", async () => {
  const { clerk, auditor, envelopeId } = await setUp();
  const stranger = await createOffice();
  const id = randomUUID();
  const place = { envelopeId, replacesId: null };
  await saveDraft(clerk, id, place, {});
  await expect(saveDraft(auditor, id, place, {})).rejects.toMatchObject({ status: 403 });
  await expect(saveDraft(stranger.clerk, id, place, {})).rejects.toMatchObject({ status: 404 });
  await expect(requireDraft(stranger.clerk, id)).rejects.toMatchObject({ status: 404 });
  await expect(discardDraft(stranger.clerk, id)).rejects.toMatchObject({ status: 404 });
  await discardDraft(clerk, id);
  await expect(requireDraft(clerk, id)).rejects.toMatchObject({ status: 404 });
});

test("a resolution tells what rests on it", async () => {
  const office = await createOffice();
  const { applicationId, resolutionId } = await createGrant(office);
  expect(await listResting(office.clerk, resolutionId)).toEqual([
    { id: applicationId, kind: "application", title: "Netze", on: "2020-03-01", stands: true },
  ]);
});

test("a course goes on until something rests on it", async () => {
  const { clerk, auditor, envelopeId, draft } = await setUp();
  const resolutionId = randomUUID();
  const number = `V/${resolutionId.slice(0, 8)}`;
  accepted(await recordResolution(clerk, resolutionId, { number, title: "IT", stages: [] }));
  const stage = {
    committee: "Rat",
    kind: "decision" as const,
    heldOn: "2020-02-01",
    outcome: "geändert beschlossen",
  };
  await expect(recordStage(auditor, randomUUID(), resolutionId, stage)).rejects.toMatchObject({
    status: 403,
  });
  const stranger = await createOffice();
  await expect(
    recordStage(stranger.clerk, randomUUID(), resolutionId, stage),
  ).rejects.toMatchObject({ status: 404 });
  expect(await recordApplication(clerk, randomUUID(), envelopeId, draft({ resolutionId }))).toEqual(
    [{ field: "resolutionId", rule: "resolution_not_decided" }],
  );
  const stageId = randomUUID();
  accepted(await recordStage(clerk, stageId, resolutionId, stage));
  accepted(await recordStage(clerk, stageId, resolutionId, stage)); // Sent twice.
  expect((await requireResolution(clerk, resolutionId)).stages).toMatchObject([stage]);
  accepted(await recordApplication(clerk, randomUUID(), envelopeId, draft({ resolutionId })));
  expect(await recordStage(clerk, randomUUID(), resolutionId, stage)).toMatchObject({
    rule: "resolution_in_use",
  });
  expect(await broken(clerk)).toEqual([]);
});

async function setUp() {
  const office = await createOffice();
  const { clerk } = office;
  const [school] = await createSchools(clerk);
  const resolutionId = await createResolution(clerk);
  const envelopeId = await createEnvelope(clerk);
  const draft = ({
    amount = "30000",
    code = "2.1",
    ...given
  }: Partial<ApplicationDraft> & { amount?: string; code?: string }): ApplicationDraft => ({
    title: "Netze",
    resolutionId,
    submittedOn: "2020-03-01",
    ...answers,
    measures: [{ schoolId: school!.id, code, description: "Netz", amount: euro(amount) }],
    ...given,
  });
  return { ...office, envelopeId, schoolId: school!.id, draft };
}

/** A notice on the one school of the application. */
async function grant(clerk: User, applicationId: string, amount?: string) {
  const { asked } = await requireApplication(clerk, applicationId);
  const [school] = await createSchools(clerk, []);
  const approved = amount ? euro(amount) : asked;
  return recordGrant(clerk, randomUUID(), applicationId, {
    fileNumber: `AZ ${randomUUID().slice(0, 8)}`,
    grantingAuthority: "RLSB",
    noticeOn: "2020-05-01",
    ...fullTerms,
    grantAmount: approved,
    lines: [{ schoolId: school!.id, code: "2.1", approved }],
  });
}

async function asked(clerk: User, envelopeId: string): Promise<string> {
  const pots = await loadPots(db, clerk, envelopeId);
  return pots.reduce((all, pot) => all.plus(pot.asked), euro("0")).toFixed();
}

async function broken(user: User) {
  const verdicts = await verifyJournal(user.schoolAuthorityId);
  return verdicts.flatMap(({ findings }) => findings);
}

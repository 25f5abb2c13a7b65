import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { User } from "#app/domain/permission.ts";
import { requireDraft } from "#app/records/application-drafts.server.ts";
import {
  action as discardOrSubmit,
  loader as draftPage,
} from "#app/routes/applications.drafts.$draftId/route.tsx";
import { action as step, loader as page } from "#app/routes/applications.$applicationId/route.tsx";
import { action as create, loader as newDraft } from "#app/routes/applications.new.tsx";
import { loader as envelopePage } from "#app/routes/envelopes.$envelopeId.tsx";
import {
  createEnvelope,
  createOffice,
  createResolution,
  createSchools,
} from "#tests/support/factories.ts";
import { answer, get, post } from "#tests/support/request.ts";

test("a draft is saved as it was typed, shows what cannot be read, and what is missing", async () => {
  const { clerk, envelopeId, save } = await setUp();
  const draftId = await save({
    title: "Netze",
    submittedOn: "31.02.2020",
    "measures[0].amount": "1.234",
  });
  const draft = await open(clerk, draftId);
  expect(draft.content).toMatchObject({
    title: "Netze",
    submittedOn: "31.02.2020",
    measures: [{ amount: "1.234", schoolId: "" }],
  });
  expect(draft.unreadable?.error).toEqual({
    submittedOn: ["Bitte ein Datum wie 31.12.2024 eingeben."],
    "measures[0].amount": ["Bitte einen eindeutigen Betrag wie 1.234,50 oder 1234,50 eingeben."],
  });
  const gaps = draft.checklist.filter(({ missing }) => missing.length > 0);
  expect(gaps.map(({ requirement }) => requirement)).toEqual([
    "profile",
    "cost_plan",
    "resolution",
    "follow_up_costs",
  ]);
  expect(gaps[0]).toMatchObject({ missing: [{ to: "#draft-profile" }] });
  expect(gaps[0]!.addresses[0]).toMatch(/^https:/);
  const { drafts } = (await envelopePage(await get(clerk, "/", { envelopeId }))) as Page;
  expect(drafts).toMatchObject([{ id: draftId, title: "Netze", changedBy: "Person clerk" }]);
});

test("a draft sent twice is one draft", async () => {
  const { clerk, envelopeId, save } = await setUp();
  const id = randomUUID();
  await save({ id, title: "Netze" });
  await save({ id, title: "Netze" });
  const { drafts } = (await envelopePage(await get(clerk, "/", { envelopeId }))) as Page;
  expect(drafts).toHaveLength(1);
});

test("submitting names each gap beside its field, keeps what was typed, and records nothing", async () => {
  const { clerk, envelopeId, save, whole } = await setUp();
  const draftId = await save({ title: "Netze" });
  const bare = whole({ followUpCosts: "", profile: "" });
  const { status, body } = await send(clerk, draftId, { ...bare, deed: "submit" });
  expect(status).toBe(422);
  expect((body as { error: object }).error).toEqual({
    profile: ["Bitte das technisch-pädagogische Profil beschreiben oder als Datei ablegen."],
    followUpCosts: [
      "Bitte angeben, wie Betrieb, Wartung und Ersatz (Folgekosten) finanziert werden.",
    ],
  });
  expect((await open(clerk, draftId)).content).toMatchObject({ submittedOn: "01.03.2020" });
  const { applications } = (await envelopePage(await get(clerk, "/", { envelopeId }))) as Page;
  expect(applications).toEqual([]);
});

test("from draft to application to its new version, without a script", async () => {
  const { clerk, auditor, envelopeId, save, whole } = await setUp();
  const draftId = await save({});
  const sent = await send(clerk, draftId, { ...whole({}), deed: "submit" });
  expect(sent).toMatchObject({ status: 302, location: `/applications/${draftId}` });
  // Sent again, and come back to: both lead to the application.
  const again = await send(clerk, draftId, { ...whole({}), deed: "submit" });
  expect(again).toMatchObject({ status: 302, location: `/applications/${draftId}` });
  const back = await answer(async () => draftPage(await get(clerk, "/", { draftId })));
  expect(back).toMatchObject({ status: 302, location: `/applications/${draftId}` });

  const returned = { id: randomUUID(), kind: "returned", takenOn: "1.4.2020", reason: "" };
  expect((await take(clerk, draftId, returned)).status).toBe(422);
  const early = { ...returned, reason: "Angebote fehlen", takenOn: "29.2.2020" };
  expect((await take(clerk, draftId, early)).body).toMatchObject({
    error: { takenOn: ["Der Tag liegt vor dem letzten Verfahrensschritt vom 01.03.2020."] },
  });
  expect(await take(clerk, draftId, { ...returned, reason: "Angebote fehlen" })).toMatchObject({
    status: 302,
  });
  const shown = (await page(await get(clerk, "/", { applicationId: draftId }))) as Shown;
  expect(shown).toMatchObject({
    application: { state: "returned" },
    steps: [],
    mayGrant: false,
    mayReplace: true,
  });
  const read = (await page(await get(auditor, "/", { applicationId: draftId }))) as Shown;
  expect(read).toMatchObject({ mayReplace: false, mayRecord: false });

  const address = `/applications/new?replaces=${draftId}`;
  const { content } = (await newDraft(await get(clerk, address))) as { content: object };
  expect(content).toMatchObject({
    title: "Netze",
    submittedOn: "",
    measures: [{ code: "2.1", amount: "30.000,00" }],
  });
  const second = randomUUID();
  const form = { ...whole({ submittedOn: "20.4.2020" }), id: second };
  await answer(async () => create(await post(clerk, address, form)));
  const { id: _, ...resent } = form;
  expect(await send(clerk, second, { ...resent, deed: "submit" })).toMatchObject({
    location: `/applications/${second}`,
  });
  const { applications } = (await envelopePage(await get(clerk, "/", { envelopeId }))) as Page;
  expect(applications.map(({ state }) => state)).toEqual(["reversed", "submitted"]);
});

test("a draft is thrown away by its button", async () => {
  const { clerk, envelopeId, save } = await setUp();
  const draftId = await save({ title: "Netze" });
  expect(await send(clerk, draftId, { deed: "discard" })).toMatchObject({
    location: `/envelopes/${envelopeId}`,
  });
  const back = await answer(async () => draftPage(await get(clerk, "/", { draftId })));
  expect(back.status).toBe(404);
});

test("a row more comes back with all that was typed, and saves nothing", async () => {
  const { clerk, save } = await setUp();
  const draftId = await save({ title: "Netze", "measures[0].description": "Kabel" });
  const __intent__ = JSON.stringify({ type: "insert", payload: { name: "measures" } });
  const { status, body } = await send(clerk, draftId, {
    title: "anders",
    "measures[0].description": "Kabel",
    __intent__,
  });
  expect(status).toBe(200);
  expect((body as { initialValue: { measures: object[] } }).initialValue.measures).toHaveLength(2);
  expect((await open(clerk, draftId)).content).toMatchObject({ title: "Netze" });
});

type Page = { drafts: object[]; applications: { state: string }[] };
type Shown = { application: { state: string }; steps: string[]; mayGrant: boolean };
type DraftPage = {
  content: object;
  unreadable?: { error?: object };
  checklist: { requirement: string; addresses: string[]; missing: { to: string }[] }[];
};

async function open(clerk: User, draftId: string) {
  return (await draftPage(await get(clerk, "/", { draftId }))) as unknown as DraftPage;
}

async function send(clerk: User, draftId: string, typed: Record<string, string>) {
  const { changedAt } = await requireDraft(clerk, draftId);
  const form = { ...typed, version: changedAt.toISOString() };
  return answer(async () => discardOrSubmit(await post(clerk, "/", form, { draftId })));
}

async function take(clerk: User, applicationId: string, form: Record<string, string>) {
  return answer(async () => step(await post(clerk, "/", form, { applicationId })));
}

async function setUp() {
  const office = await createOffice();
  const { clerk } = office;
  const [school] = await createSchools(clerk);
  const resolutionId = await createResolution(clerk);
  const envelopeId = await createEnvelope(clerk);
  const save = async (typed: Record<string, string>) => {
    const form = { id: randomUUID(), ...typed };
    const address = `/applications/new?envelope=${envelopeId}`;
    const { location } = await answer(async () => create(await post(clerk, address, form)));
    expect(location).toBe(`/applications/drafts/${form.id}`);
    return form.id;
  };
  const whole = (given: Record<string, string>): Record<string, string> => ({
    title: "Netze",
    resolutionId,
    submittedOn: "01.03.2020",
    profile: "nach den Konzepten",
    followUpCosts: "Haushalt",
    "measures[0].schoolId": school!.id,
    "measures[0].code": "2.1",
    "measures[0].description": "Netz",
    "measures[0].amount": "30000",
    ...given,
  });
  return { ...office, envelopeId, save, whole };
}

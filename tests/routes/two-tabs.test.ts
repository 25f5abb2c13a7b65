/**
 * Two people, or two tabs, at the same thing: whoever saves second from what they saw first is answered with 409,
 * sees both versions, and nothing of either is lost. For each thing that can be edited.
 */
import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { User } from "#app/domain/permission.ts";
import { listInvoices } from "#app/records/invoices.server.ts";
import {
  action as saveDraft,
  loader as draftPage,
} from "#app/routes/applications.drafts.$draftId/route.tsx";
import { action as createDraft } from "#app/routes/applications.new.tsx";
import { action as upload } from "#app/routes/grants.$grantId.imports._index.tsx";
import {
  action as decide,
  loader as tablePage,
} from "#app/routes/grants.$grantId.imports.$draftId/route.tsx";
import { action as saveSchool, loader as schoolPage } from "#app/routes/schools.$schoolId.tsx";
import { action as saveSettings, loader as settingsPage } from "#app/routes/settings.tsx";
import {
  action as saveDemand,
  loader as demandPage,
} from "#app/routes/settings_.second-factor.tsx";
import { action as saveRoles, loader as rolesPage } from "#app/routes/users.$userId.roles.tsx";
import {
  createEnvelope,
  createGrant,
  createOffice,
  createSchools,
} from "#tests/support/factories.ts";
import { answer, get, post } from "#tests/support/request.ts";

type Form = Record<string, string>;
type Handler = (args: never) => unknown;
type Beside = { newer: { version: string; differences: object[] }; initialValue: object };

/** A page and its form, as one user has them. */
function at(user: User, page: Handler, action: Handler, params: Form = {}) {
  return {
    open: async () => (await page((await get(user, "/", params)) as never)) as never as Form,
    send: (form: Form) =>
      answer(async () => action((await post(user, "/", form, params)) as never)),
  };
}

describe("a draft of an application", () => {
  async function setUp() {
    const { clerk, deputy } = await createOffice();
    await createSchools(clerk);
    const envelopeId = await createEnvelope(clerk);
    const [id, address] = [randomUUID(), `/applications/new?envelope=${envelopeId}`];
    const create = (by: User, form: Form) =>
      answer(async () => createDraft(await post(by, address, form)));
    await create(clerk, { id, title: "Netze", profile: "erst" });
    const [one, other] = [clerk, deputy].map((user) =>
      at(user, draftPage, saveDraft, { draftId: id }),
    );
    const version = (await one!.open()).changedAt!;
    const kept = async () => (await one!.open()).content;
    return { id, one: one!, other: other!, version, kept, create, clerk, deputy };
  }

  test.each(["save", "submit"])(
    "keeps what the first saved when the second would %s",
    async (deed) => {
      const { one, other, version, kept } = await setUp();
      const mine = { deed, version, title: "Netze", profile: "meine Fassung" };
      const theirs = { deed: "save", version, title: "Netze", profile: "andere Fassung" };
      expect((await other.send(theirs)).status).toBe(302);
      const { status, body } = await one.send(mine);
      const { newer, initialValue } = body as Beside;
      expect({ status, differences: newer.differences }).toEqual({
        status: 409,
        differences: [
          {
            field: "profile",
            label: "Technisch-pädagogisches Profil",
            theirs: "andere Fassung",
            mine: "meine Fassung",
          },
        ],
      });
      expect(initialValue).toMatchObject({ profile: "meine Fassung" });
      expect(await kept()).toMatchObject({ profile: "andere Fassung" });
      // Now both are seen, and whoever sends again decides.
      const again = { ...mine, deed: "save", version: newer.version };
      expect((await one.send(again)).status).toBe(302);
      expect(await kept()).toMatchObject({ profile: "meine Fassung" });
    },
  );

  test("is not thrown away by a button beside an older version", async () => {
    const { one, other, version, kept } = await setUp();
    await other.send({ deed: "save", version, title: "Netze", profile: "andere Fassung" });
    expect(await one.send({ deed: "discard", version })).toMatchObject({
      status: 409,
      body: { isOvertaken: true },
    });
    expect(await kept()).toMatchObject({ profile: "andere Fassung" });
  });

  test.each(["", "2020-01-01T00:00:00.000Z", "erfunden"])(
    "is not saved over by a form that says it was made from “%s”",
    async (version) => {
      const { one, kept } = await setUp();
      const form = { deed: "save", title: "Netze", profile: "anders" };
      expect((await one.send({ ...form, version })).status).toBe(409);
      expect((await one.send(form)).status).toBe(409);
      expect(await kept()).toMatchObject({ profile: "erst" });
    },
  );

  test("is not saved over by the form of a new draft that bears its id", async () => {
    const { id, deputy, create, kept } = await setUp();
    expect((await create(deputy, { id, title: "Netze", profile: "anders" })).status).toBe(409);
    expect(await kept()).toMatchObject({ profile: "erst" });
    // The same form once more is no other.
    expect((await create(deputy, { id, title: "Netze", profile: "erst" })).status).toBe(302);
  });
});

describe("the columns of an uploaded table", () => {
  const table =
    "Wer;Nr.;Datum;Position;Zweck;Betrag;Netto\r\nNetzbau;1;01.06.2021;2.1;Netz;100,00;90,00";
  const mapping: Form = {
    ...{ headerRow: "1", supplier: "0", number: "1", invoicedOn: "2", position: "3" },
    ...{ description: "4", grossAmount: "5" },
  };

  async function setUp() {
    const office = await createOffice();
    const { grantId } = await createGrant(office);
    const body = new FormData();
    body.append("file", new File([table], "Liste.csv"));
    const { request, ...rest } = await get(office.clerk, "/", { grantId });
    const sent = new Request(request.url, { method: "POST", body, headers: request.headers });
    const { location } = await answer(async () => upload({ request: sent, ...rest }));
    const params = { grantId, draftId: location!.split("/").at(-1)! };
    const [one, other] = [office.clerk, office.deputy].map((user) =>
      at(user, tablePage, decide, params),
    );
    const map = { deed: "map", ...mapping };
    const version = async () => (await one!.open()).version!;
    return { one: one!, other: other!, map, version, clerk: office.clerk, grantId };
  }

  test("stay as the first mapped them, beside what the second chose", async () => {
    const { one, other, map, version } = await setUp();
    const seen = await version();
    expect((await other.send({ ...map, version: seen })).status).toBe(302);
    const { status, body } = await one.send({ ...map, grossAmount: "6", version: seen });
    const { newer, initialValue } = body as Beside;
    expect({ status, differences: newer.differences }).toEqual({
      status: 409,
      differences: [{ field: "grossAmount", label: expect.any(String), theirs: "F", mine: "G" }],
    });
    expect(initialValue).toMatchObject({ grossAmount: "6" });
    expect((await one.open()).mapping).toMatchObject({ grossAmount: 5 });
    const again = { ...map, grossAmount: "6", version: newer.version };
    expect((await one.send(again)).status).toBe(302);
    expect((await one.open()).mapping).toMatchObject({ grossAmount: 6 });
  });

  test.each(["book", "discard"])(
    "that were mapped anew meanwhile: the button to %s does nothing",
    async (deed) => {
      const { one, other, map, version, clerk, grantId } = await setUp();
      await one.send({ ...map, version: await version() });
      const seen = await version();
      await other.send({ ...map, grossAmount: "6", version: seen });
      for (const form of [{ deed, version: seen }, { deed, version: "" }, { deed }] as Form[]) {
        expect(await one.send(form)).toMatchObject({ status: 409, body: { isOvertaken: true } });
      }
      expect(await listInvoices(clerk, { grantId })).toEqual([]);
      expect((await one.open()).mapping).toMatchObject({ grossAmount: 6 });
      expect((await one.send({ deed, version: await version() })).status).toBe(302);
    },
  );
});

test("roles of a person: the second administrator sees both versions, and takes back nothing unseen", async () => {
  const { administrator, board } = await createOffice();
  const [one, other] = [1, 2].map(() =>
    at(administrator, rolesPage, saveRoles, { userId: board.id }),
  );
  const { version } = await one!.open();
  expect((await other!.send({ version: version!, roles: "treasurer" })).status).toBe(302);
  const { status, body } = await one!.send({ version: version!, roles: "verifier" });
  const { newer, initialValue } = body as Beside;
  expect({ status, differences: newer.differences }).toEqual({
    status: 409,
    differences: [{ field: "roles", label: "Rollen", theirs: "Kasse", mine: "Feststellung" }],
  });
  expect(initialValue).toMatchObject({ roles: "verifier" });
  expect((await one!.open()).roles).toEqual(["treasurer"]);
  expect((await one!.send({ version: "", roles: "verifier" })).status).toBe(422);
  expect((await one!.send({ version: newer.version, roles: "verifier" })).status).toBe(302);
  expect((await one!.open()).roles).toEqual(["verifier"]);
});

test("roles that need a second factor: the second sees both versions, and frees nobody unseen", async () => {
  const { administrator } = await createOffice();
  const { open, send } = at(administrator, demandPage, saveDemand);
  const { version } = await open();
  // The role of who saves is not among them: they go on without one.
  expect((await send({ version: version!, secondFactorRoles: "treasurer" })).status).toBe(302);
  const { status, body } = await send({ version: version!, secondFactorRoles: "board" });
  const { newer } = body as Beside;
  expect({ status, differences: newer.differences }).toMatchObject({
    status: 409,
    differences: [{ theirs: "Kasse", mine: "Schulausschuss" }],
  });
  expect((await open()).secondFactorRoles).toEqual(["treasurer"]);
  expect((await send({ version: "", secondFactorRoles: "board" })).status).toBe(422);
  expect((await send({ version: newer.version, secondFactorRoles: "board" })).status).toBe(302);
});

test("settings and schools are not saved over by a form whose version was emptied", async () => {
  const { administrator, clerk } = await createOffice();
  const settings = at(administrator, settingsPage, saveSettings);
  const { fields } = (await settings.open()) as never as { fields: Form };
  const kept = { ...fields, signatory: "Im Auftrag Fremde", version: "" };
  expect((await settings.send(kept)).status).toBe(422);

  const [school] = await createSchools(clerk);
  const page = at(clerk, schoolPage, saveSchool, { schoolId: school!.id });
  const form = (await page.open()) as never as { kept: { fields: Form } };
  expect((await page.send({ ...form.kept.fields, number: "99999", version: "" })).status).toBe(422);
});

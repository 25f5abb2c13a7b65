/**
 * Ids of another authority, school or invitation: every route with its loader and action is asked for them in its
 * address, after the question mark and in its form, by persons who have all permissions where they belong.
 */
import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import type { z } from "zod";
import { loadDemo } from "#app/demo/load-demo.server.ts";
import { mayUser, type Permission, type Role, type User } from "#app/domain/permission.ts";
import { listSchools } from "#app/records/authorities.server.ts";
import { recordInvitation } from "#app/records/audit-accesses.server.ts";
import { db } from "#db/client.ts";
import {
  ask,
  forgetSession,
  handlerOf,
  ofNobody,
  paramsOf,
  personOf,
  personOfExample,
} from "#tests/support/asking.ts";
import {
  createGrant,
  createPersons,
  createSchoolPerson,
  createStranger,
} from "#tests/support/factories.ts";
import { filled, readings, type watchReading } from "#tests/support/filled-form.ts";
import { addWhatTheExampleLacks, idsOf, rowsOf } from "#tests/support/rich-example.ts";
import {
  countsItself,
  openParams,
  openSearch,
  searchIds,
  unmadeParams,
  untold,
} from "#tests/support/route-ids.ts";
import { permissionsOf } from "#tests/support/route-permissions.ts";
import { fieldNames, routes, searchNames } from "#tests/support/routes.ts";

// Forms are read as ever; it is only seen by which schema.
vi.mock("@conform-to/zod/v4", async (importOriginal) => {
  const real = await importOriginal<{ parseWithZod: Parameters<typeof watchReading>[0] }>();
  const { watchReading } = await import("#tests/support/filled-form.ts");
  return { ...real, parseWithZod: watchReading(real.parseWithZod) };
});

let persons: Record<Role, User>;
/** The example's authority, rich in all that can be named; and a person of another who has every role. */
let owner: User;
let stranger: User;
let ids: Record<string, string>;
let ownIds: Record<string, string>;
/** All rows of the example's authority, before anybody of another sends anything. */
let rowsBefore: Record<string, string>;

beforeAll(async () => {
  persons = await createPersons();
  await loadDemo();
  owner = await personOfExample("finanzen");
  stranger = await createStranger();
  await addWhatTheExampleLacks(owner);
  ids = await idsOf(owner);
  await createGrant({ clerk: stranger });
  ownIds = await idsOf(stranger);
  rowsBefore = await rowsOf(owner);
}, 120_000);

test("every parameter has an id of the example, or a reason why it names nothing of an authority", () => {
  const params = [...new Set(routes.flatMap((route) => route.params))];
  const unknown = params.filter(
    (param) => !ids[param] && !openParams[param] && !unmadeParams[param],
  );
  expect(unknown).toEqual([]);
});

/** Whatever a field's name asks for an id: the one of the other authority that is given, or nobody's. */
function idIn(given: Record<string, string>) {
  return (name: string): string | undefined => {
    if (name === "id") return randomUUID();
    if (!/Ids?$/.test(name)) return undefined;
    return given[name] ?? given[name.replace(/s$/, "")] ?? ofNobody;
  };
}

/** Sends a form in a session of its own: what was sent before may have ended the last one. */
function send(
  route: (typeof routes)[number],
  user: User,
  asked: Omit<Parameters<typeof ask>[1], "user">,
) {
  forgetSession(user);
  return ask(route.module.action!, { ...asked, user });
}

const schemas = new Map<string, z.ZodObject | undefined>();

/** By what the action reads its form; undefined where it looks for what its address names before it reads any. */
async function schemaOf(route: (typeof routes)[number], user: User) {
  const { name, params } = route;
  if (!schemas.has(name)) {
    readings.length = 0;
    const body = Object.fromEntries(fieldNames.map((field) => [field, "Text"]));
    await send(route, user, { path: `/${name}`, params: paramsOf(params, ownIds), body });
    schemas.set(name, readings.at(-1)?.schema);
  }
  return schemas.get(name);
}

/** What a filled form would say: ids of the other authority, and in every other field what it accepts. */
async function bodyWith(
  route: (typeof routes)[number],
  user: User,
  given: Record<string, string>,
): Promise<Record<string, string>> {
  const schema = await schemaOf(route, user);
  if (schema) return filled(schema, idIn(given));
  return Object.fromEntries(fieldNames.map((name) => [name, idIn(given)(name) ?? "Text"]));
}

const withIds = routes.filter(({ params }) => params.some((param) => !openParams[param]));

/** A person of another authority who has the permission there: what is refused is refused for the id alone. */
function foreignerWith(permission: Permission | "all"): User {
  if (permission === "all" || mayUser(stranger, permission)) return stranger;
  return persons.school;
}

test.each(withIds)(
  "$name of another authority is not found, and what is sent to it is answered as for nobody's",
  async (route) => {
    const { name, module, params } = route;
    const { read, write } = permissionsOf[name]!;
    const foreign = paramsOf(params, ids);
    const path = `/${name}`;
    if (read && read !== "all") {
      const { status } = await ask(module.loader!, {
        user: foreignerWith(read),
        path,
        params: foreign,
      });
      expect(status).toBe(404);
    }
    if (!write) return;
    const user = foreignerWith(write);
    const to = async (given: Record<string, string>) => {
      const body = await bodyWith(route, user, given);
      return send(route, user, { path, params: paramsOf(params, given), body });
    };
    const [sent, ofNone] = [await to(ids), await to({})];
    // Not found, or a form that is refused before it is looked for.
    expect({ sent: sent.status, isRefused: [400, 404, 422].includes(sent.status) }).toEqual({
      sent: ofNone.status,
      isRefused: true,
    });
  },
);

/** What can't be sent twice to be compared. */
const onlyOnce: Record<string, string> = {
  logout: "it ends the session that all others are asked with",
  "documents.$kind.$id":
    "it reverses the own document of its address, and reads no id from its form",
};
/** Routes whose form was read without a problem of a field, and those that answered by anything but such a problem. */
const pastFields: string[] = [];
const pastProblems: string[] = [];
const sending = routes.filter(({ name, module }) => module.action && !onlyOnce[name]);

test.each(sending)(
  "$name takes a form with ids of another authority as one with nobody's",
  async (route) => {
    const { name, params } = route;
    const user = foreignerWith(permissionsOf[name]!.write!);
    const to = async (given: Record<string, string>) => {
      const path = `/${name}?${searchOf(Object.keys(searchIds), given)}`;
      const body = await bodyWith(route, user, given);
      return send(route, user, { path, params: paramsOf(params, ownIds), body });
    };
    const before = await to({});
    readings.length = 0;
    const sent = await to(ids);
    const isGood = readings.at(-1)?.isGood ?? false;
    if (isGood) pastFields.push(name);
    if (isGood || ![400, 422].includes(sent.status)) pastProblems.push(name);
    // What was done once may be refused the second time, whoever's ids it names.
    const after = await to({});
    expect([before.status, after.status]).toContain(sent.status);
    if (permissionsOf[name]!.write !== "all") expect(sent.location ?? "").not.toMatch(/^\/login/);
  },
);

// What was sent last may have ended the session.
afterEach(() => forgetSession(stranger));

test("most forms with foreign ids get past their fields, so that the ids are looked at", () => {
  const stopped = sending.map(({ name }) => name).filter((name) => !pastProblems.includes(name));
  const said = `${pastFields.length} forms without a problem, ${pastProblems.length} of ${sending.length} answers; stopped: ${stopped.join(" ")}`;
  expect({ said, isEnough: pastFields.length >= 64 && pastProblems.length >= 93 }).toEqual({
    said,
    isEnough: true,
  });
});

/** What stands after the question mark, with an id for each name. */
function searchOf(names: string[], given: Record<string, string>): string {
  const named = names.map((name) => [name, given[searchIds[name]!] ?? ofNobody]);
  return new URLSearchParams([["subject", "invoice"], ...named]).toString();
}

/** An answer without what differs from one time to the next: ids, and the bytes of a file. */
function plain({ status, location, body }: Awaited<ReturnType<typeof ask>>): string {
  const text = JSON.stringify([status, location, body instanceof Response ? null : body]);
  return text.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "id");
}

/** Answers to a page for ids after the question mark: all at once, and each alone that the page's file reads. */
async function answersTo(
  route: (typeof routes)[number],
  user: User,
  params: Record<string, string>,
) {
  const { name, module } = route;
  const alone = route.searchNames.filter((one) => searchIds[one]).map((one) => [one]);
  const found = [];
  for (const names of [Object.keys(searchIds), ...alone]) {
    const to = (given: Record<string, string>) =>
      ask(module.loader!, { user, path: `/${name}?${searchOf(names, given)}`, params });
    found.push({ names, real: plain(await to(ids)), ofNobody: plain(await to({})) });
  }
  return found;
}

const readable = routes.filter(({ module }) => module.loader);

/** What of an answer must be the same, whoever's ids were sent. */
const comparable = (name: string, said: string) =>
  countsItself.includes(name) ? said.slice(0, "[200".length) : said;

test.each(readable)(
  "$name says nothing more about ids of another authority after the question mark",
  async (route) => {
    const user = foreignerWith(permissionsOf[route.name]!.read!);
    for (const one of await answersTo(route, user, paramsOf(route.params, ownIds))) {
      expect(comparable(route.name, one.real)).toBe(comparable(route.name, one.ofNobody));
    }
  },
);

test("after all that was sent from outside, no row of the example's authority has changed", async () => {
  expect(await rowsOf(owner)).toEqual(rowsBefore);
});

test("what a page reads after the question mark is asked with an id, or names nothing of an authority", async () => {
  expect(searchNames.filter((one) => !searchIds[one] && !openSearch.includes(one))).toEqual([]);
  const telling = new Set<string>();
  for (const route of readable.filter(({ searchNames }) =>
    searchNames.some((one) => searchIds[one]),
  )) {
    for (const { names, real, ofNobody } of await answersTo(
      route,
      owner,
      paramsOf(route.params, ids),
    )) {
      if (names.length === 1 && real !== ofNobody) telling.add(names[0]!);
    }
  }
  const told = Object.keys(searchIds).filter((one) => !untold.includes(one));
  expect([...telling].sort()).toEqual(told.sort());
});

test("a school sees and moves nothing of another school of its authority", async () => {
  const [ownId] = persons.school.schoolIds;
  const schools = await listSchools(persons.clerk);
  const schoolId = schools.find(({ id }) => id !== ownId)!.id;
  const wish = { what: "Beamer", costKind: "investment", quantity: "1", reason: "fehlt" };
  const body = { ...wish, id: randomUUID(), schoolId, estimatedAmount: "100,00" };
  const action = handlerOf("own-school", "action");
  const asked = { user: persons.school, path: "/own-school", params: {} };
  expect((await ask(action, { ...asked, body })).status).toBe(404);
  const own = { ...body, id: randomUUID(), schoolId: ownId! };
  expect((await ask(action, { ...asked, body: own })).status).toBe(302);

  const other = await createSchoolPerson(persons.administrator, schoolId);
  const withdrawal = { path: "/", params: { wishId: own.id }, body: {} };
  const withdraw = handlerOf("own-school_.wishes.$wishId.withdrawal", "action");
  expect((await ask(withdraw, { ...withdrawal, user: other })).status).toBe(404);
  const { body: page } = await ask(handlerOf("own-school", "loader"), { ...asked, user: other });
  expect(page).toMatchObject({ schools: [{ id: schoolId }], wishes: [] });
  expect((await ask(withdraw, { ...withdrawal, user: persons.school })).status).toBe(302);
});

test("a granting authority reads what was submitted for the grants of its invitation, and no other", async () => {
  const proofs = await db.execute<{ id: string; grantId: string }>(
    sql`select id, grant_id as "grantId" from proofs_of_use where school_authority_id = ${owner.schoolAuthorityId}`,
  );
  const shown = proofs[0]!;
  const hidden = proofs.find(({ grantId }) => grantId !== shown.grantId)!;
  const invited = { role: "granting_authority" as const, name: "Behörde", email: "b@example.org" };
  const within = { until: "2027-06-30", grantIds: [shown.grantId], fiscalYears: [] };
  await recordInvitation(await personOfExample("verwaltung"), { ...invited, ...within });
  const outside = await personOf(invited.email);
  const paper = handlerOf("proofs.$proofId[.]pdf", "loader");
  const to = (proofId: string) => ask(paper, { user: outside, path: "/", params: { proofId } });
  expect((await to(shown.id)).status).toBe(200);
  expect((await to(hidden.id)).status).toBe(404);
  // Drafts are of the office, also for the grant that it sees.
  for (const { grantId } of [shown, hidden]) {
    const draft = handlerOf("grants.$grantId.proofs[.]pdf", "loader");
    const asked = { user: outside, path: "/", params: { grantId } };
    expect((await ask(draft, asked)).status).toBe(403);
  }
  const { body } = await ask(handlerOf("submitted", "loader"), {
    user: outside,
    path: "/",
    params: {},
  });
  expect(body).toMatchObject({ grants: [{ id: shown.grantId }] });
});

test("the ids are real: their owner finds each", async () => {
  // A file is there once its export is made. An import's draft has the name of another draft's parameter; marks are withdrawn by whoever made them.
  const others = [
    "grants.$grantId.imports.$draftId",
    "invoices.$invoiceId_.marks.new",
    "exports.$exportId_.file",
  ];
  for (const { name, module, params } of withIds) {
    const permission = permissionsOf[name]!.read;
    if (!permission || permission === "all" || !mayUser(owner, permission)) continue;
    if (others.includes(name) || params.some((param) => unmadeParams[param])) continue;
    const asked = { user: owner, path: `/${name}?kind=amendment`, params: paramsOf(params, ids) };
    const { status } = await ask(module.loader!, asked);
    expect({ name, isThere: status !== 404 }).toEqual({ name, isThere: true });
  }
}, 120_000);

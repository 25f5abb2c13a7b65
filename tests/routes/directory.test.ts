/** Signing in by the directory of a municipality: a real provider on this machine. */
import { eq } from "drizzle-orm";
import { TOTP } from "otpauth";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { User } from "#app/domain/permission.ts";
import { settings } from "#app/env.server.ts";
import { listChanges } from "#app/records/changes.server.ts";
import {
  beginSecondFactor,
  confirmSecondFactor,
  findSecondFactor,
} from "#app/records/second-factors.server.ts";
import { loader as accountPage } from "#app/routes/account.tsx";
import { action as passwordSignIn } from "#app/routes/login.tsx";
import { action as giveCode } from "#app/routes/login_.code.tsx";
import { loader as begin } from "#app/routes/login_.directory.ts";
import { loader as callback } from "#app/routes/login_.directory_.callback.ts";
import { action as choose, loader as choices } from "#app/routes/login_.directory_.choice.tsx";
import { loader as signedOut } from "#app/routes/login_.signed-out.tsx";
import { action as signOut } from "#app/routes/logout.ts";
import { action as demand } from "#app/routes/settings_.second-factor.tsx";
import { action as setAccess } from "#app/routes/users.$userId.access.ts";
import { foundWithUsers } from "#app/records/users.server.ts";
import { forAuthority } from "#db/authority.ts";
import { db } from "#db/client.ts";
import { directoryLinks } from "#db/schema/sign-in.ts";
import { createOffice, password } from "#tests/support/factories.ts";
import { type Person, startDirectory, walkThrough } from "#tests/support/directory.ts";
import { answer, post } from "#tests/support/request.ts";
import { createBrowser, demanded } from "#tests/support/sign-in.ts";

type Directory = Awaited<ReturnType<typeof startDirectory>>;
let directory: Directory;
let another: Directory;

beforeAll(async () => {
  const back = ["http://127.0.0.1:3000/login/directory/callback"];
  directory = await startDirectory(back);
  another = await startDirectory(back);
});

beforeEach(() => {
  useDirectory(directory);
  directory.forge(undefined);
});

afterAll(async () => {
  await directory.stop();
  await another.stop();
});

function useDirectory({ issuer }: Directory) {
  const clientSecret = "ein Geheimnis des Verzeichnisses";
  settings.directory = { issuer, clientId: "paktbuch", clientSecret, name: "Rathaus" };
}

let count = 0;
const someone = (email: string, given: Partial<Person> = {}): Person => {
  return { subject: `person-${(count += 1)}`, email, ...given };
};

/** To the directory and back, up to the address that it leads back to. */
async function leadBack(person: Person, browser = createBrowser()) {
  directory.seat(person);
  const { location } = await browser.get(begin, "/login/directory?then=%2Fgrants");
  const back = await walkThrough(location!);
  return { browser, query: back.search };
}

async function arrive(person: Person) {
  const { browser, query } = await leadBack(person);
  const { location } = await browser.get(callback, `/login/directory/callback${query}`);
  return { browser, location };
}

/** Arrives, and signs in with the password, as the first time asks for. */
async function arriveFirst(person: Person) {
  const { browser, location } = await arrive(person);
  expect(location).toBe("/login?done=link&then=%2Fgrants");
  const typed = { email: person.email, password };
  const signedIn = await browser.post(passwordSignIn, location!, typed);
  return { browser, location: signedIn.location };
}

/** Who the account is in directories, as the table says. */
async function linksOf(user: User) {
  return db.select().from(directoryLinks).where(eq(directoryLinks.userId, user.id));
}

test("who has an account with the verified address signs in by password once, and is known by the subject from then on", async () => {
  const { clerk, board, auditor } = await createOffice();
  const person = someone(clerk.email);
  expect((await arrive(person)).browser.cookies.has("session")).toBe(false);
  expect(await linksOf(clerk)).toEqual([]);
  const first = await arriveFirst(person);
  expect(first.location).toBe("/grants");
  // Of what the directory told nothing stays in the browser.
  expect([...first.browser.cookies.keys()]).toEqual(["session"]);
  const { body } = await first.browser.get(accountPage, "/account");
  expect(body).toMatchObject({ email: clerk.email });
  const { changes } = await listChanges(auditor, 1);
  expect(changes.map(({ deed }) => deed)).toEqual(
    expect.arrayContaining(["directory_linked", "signed_in"]),
  );
  expect((await arrive(person)).location).toBe("/grants");
  // The address of the person has changed to that of a colleague: it is still the same person.
  const moved = await arrive({ ...person, email: board.email, isVerified: false });
  expect((await moved.browser.get(accountPage, "/account")).body).toMatchObject({
    email: clerk.email,
  });
});

test("an account that is linked is not given to another person with its address", async () => {
  const { clerk } = await createOffice();
  await arriveFirst(someone(clerk.email));
  expect((await arrive(someone(clerk.email))).location).toBe("/login?done=unknown");
});

test("an account with a second factor is linked only once its code was given", async () => {
  const { clerk } = await createOffice();
  await forAuthority(clerk.schoolAuthorityId, () => beginSecondFactor(clerk));
  const pending = await forAuthority(clerk.schoolAuthorityId, () => findSecondFactor(clerk));
  const codeOf = (at: number) =>
    new TOTP({ secret: pending!.secret! }).generate({ timestamp: Date.now() + at });
  await forAuthority(clerk.schoolAuthorityId, () => confirmSecondFactor(clerk, codeOf(-30_000)));
  const { browser, location } = await arriveFirst(someone(clerk.email));
  expect(location).toBe("/login/code?then=%2Fgrants");
  expect(await linksOf(clerk)).toEqual([]);
  const wrong = { oneTimeCode: "000000" };
  expect((await browser.post(giveCode, location!, wrong)).status).toBe(422);
  expect(await linksOf(clerk)).toEqual([]);
  const given = await browser.post(giveCode, location!, { oneTimeCode: codeOf(0) });
  expect(given.location).toBe("/grants");
  expect(await linksOf(clerk)).toHaveLength(1);
});

test("nobody is linked who lacks the factor that is demanded, nor another account that signs in at the same browser", async () => {
  const { clerk, board, administrator } = await createOffice();
  const { browser, location } = await arrive(someone(board.email));
  await browser.post(passwordSignIn, location!, { email: clerk.email, password });
  expect([...(await linksOf(clerk)), ...(await linksOf(board))]).toEqual([]);
  await answer(async () =>
    demand(await post(administrator, "/settings/second-factor", demanded("board"))),
  );
  await arriveFirst(someone(board.email));
  expect(await linksOf(board)).toEqual([]);
});

test("no account is made, and none is given for an address that is not verified, or closed", async () => {
  const { clerk, board, administrator } = await createOffice();
  const unknown = someone(`niemand-${clerk.email}`);
  expect((await arrive(unknown)).location).toBe("/login?done=unknown");
  const unverified = someone(clerk.email, { isVerified: false });
  expect((await arrive(unverified)).location).toBe("/login?done=unknown");
  const linked = someone(board.email);
  expect((await arriveFirst(linked)).location).toBe("/grants");
  await answer(async () =>
    setAccess(await post(administrator, "/", { isActive: "no" }, { userId: board.id })),
  );
  expect((await arrive(linked)).location).toBe("/login?done=unknown");
});

test("a forged state, another browser's answer and a replayed code are refused", async () => {
  const { clerk } = await createOffice();
  const person = someone(clerk.email);
  await arriveFirst(person);
  const refused = "/login?done=refused";
  const path = "/login/directory/callback";

  const forged = await leadBack(person);
  const query = forged.query.replace(/state=[^&]+/, "state=made-up");
  expect((await forged.browser.get(callback, path + query)).location).toBe(refused);

  const right = await leadBack(person);
  expect((await createBrowser().get(callback, path + right.query)).location).toBe(refused);
  const other = await leadBack(person);
  expect((await other.browser.get(callback, path + right.query)).location).toBe(refused);

  const cookies = new Map(right.browser.cookies);
  expect((await right.browser.get(callback, path + right.query)).location).toBe("/grants");
  expect((await right.browser.get(callback, path + right.query)).location).toBe(refused);
  const replayed = createBrowser();
  for (const [name, value] of cookies) replayed.cookies.set(name, value);
  expect((await replayed.get(callback, path + right.query)).location).toBe(refused);
});

test("a forged nonce is refused: an ID token belongs to the sign-in that asked for it", async () => {
  const { clerk } = await createOffice();
  directory.seat(someone(clerk.email));
  const browser = createBrowser();
  const { location } = await browser.get(begin, "/login/directory");
  const address = new URL(location!);
  address.searchParams.set("nonce", "made-up");
  const { search } = await walkThrough(address.href);
  const arrived = await browser.get(callback, `/login/directory/callback${search}`);
  expect(arrived.location).toBe("/login?done=refused");
});

test("an ID token that another key signed is refused, whatever it says", async () => {
  const { clerk } = await createOffice();
  const person = someone(clerk.email);
  await arriveFirst(person);
  directory.forge({ isOwnKey: false });
  expect((await arrive(person)).location).toBe("/login?done=refused");
  // Signed anew by the directory itself it is taken: what was refused is the key.
  directory.forge({ isOwnKey: true });
  expect((await arrive(person)).location).toBe("/grants");
});

test("an ID token for another client is refused, though the directory signed it", async () => {
  const { clerk } = await createOffice();
  const person = someone(clerk.email);
  await arriveFirst(person);
  directory.forge({ isOwnKey: true, claims: { aud: "another-client" } });
  expect((await arrive(person)).location).toBe("/login?done=refused");
});

test("an answer of another directory is refused", async () => {
  const { clerk } = await createOffice();
  another.seat(someone(clerk.email));
  const browser = createBrowser();
  const { location } = await browser.get(begin, "/login/directory");
  const { search } = await walkThrough(location!.replace(directory.issuer, another.issuer));
  const arrived = await browser.get(callback, `/login/directory/callback${search}`);
  expect(arrived.location).toBe("/login?done=refused");
});

test("two factors of the directory count where a second is demanded; one does not", async () => {
  const { clerk, administrator } = await createOffice();
  const person = someone(clerk.email, { amr: ["pwd"] });
  await arriveFirst(person);
  await answer(async () =>
    demand(await post(administrator, "/settings/second-factor", demanded("clerk"))),
  );
  const one = await arrive(person);
  expect((await one.browser.get(accountPage, "/account")).location).toBe(
    "/account/second-factor?then=%2Faccount",
  );
  const two = await arrive({ ...person, amr: ["pwd", "otp"] });
  expect((await two.browser.get(accountPage, "/account")).status).toBe(200);
});

test("who has accounts at several authorities chooses one", async () => {
  const { clerk } = await createOffice();
  const draft = { name: "Dieselbe", email: clerk.email, roles: ["board" as const], password };
  const [elsewhere] = await foundWithUsers({ name: "Stadt Anderswo", isExample: false }, [draft]);
  const { browser, location } = await arrive(someone(clerk.email));
  expect(location).toBe("/login/directory/choice");
  const { body } = await browser.get(choices, "/login/directory/choice");
  expect((body as { authorities: object[] }).authorities).toHaveLength(2);
  const foreign = (await createOffice()).clerk.schoolAuthorityId;
  const pick = (schoolAuthorityId: string) =>
    browser.post(choose, "/login/directory/choice", { schoolAuthorityId });
  expect((await pick(foreign)).status).toBe(404);
  const again = await pick(elsewhere!.schoolAuthorityId);
  expect(again.location).toBe("/login?done=link&then=%2Fgrants");
  const typed = { email: clerk.email, password, schoolAuthorityId: elsewhere!.schoolAuthorityId };
  expect((await browser.post(passwordSignIn, again.location!, typed)).location).toBe("/grants");
  expect((await browser.get(accountPage, "/account")).body).toMatchObject({ roles: ["board"] });
});

test("who signs out is shown the way out of the directory", async () => {
  const { clerk } = await createOffice();
  const person = someone(clerk.email);
  await arriveFirst(person);
  const { browser } = await arrive(person);
  expect((await browser.post(signOut, "/logout", {})).location).toBe("/login/signed-out");
  const { body } = await browser.get(signedOut, "/login/signed-out");
  const { place } = body as { place: string };
  expect(place).toMatch(`${directory.issuer}/session/end`);
  expect((await fetch(place)).status).toBe(200);
});

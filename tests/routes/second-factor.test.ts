import { createHash } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { TOTP } from "otpauth";
import { afterEach, expect, test, vi } from "vitest";
import type { User } from "#app/domain/permission.ts";
import { listChanges } from "#app/records/changes.server.ts";
import { loader as codesPage } from "#app/routes/account_.recovery-codes.tsx";
import { action as change, loader as factorPage } from "#app/routes/account_.second-factor.tsx";
import { loader as accountPage } from "#app/routes/account.tsx";
import { action as forgotten } from "#app/routes/forgotten.tsx";
import { action as giveCode, loader as codePage } from "#app/routes/login_.code.tsx";
import { action as signIn } from "#app/routes/login.tsx";
import { action as setPassword } from "#app/routes/reset.$secret.tsx";
import { action as demand } from "#app/routes/settings_.second-factor.tsx";
import { action as reset } from "#app/routes/users.$userId.second-factor.ts";
import { db } from "#db/client.ts";
import { recoveryCodes, secondFactors } from "#db/schema/sign-in.ts";
import { createOffice, password } from "#tests/support/factories.ts";
import { answer, post } from "#tests/support/request.ts";
import { createBrowser, mailsTo, demanded } from "#tests/support/sign-in.ts";

afterEach(() => void vi.useRealTimers());

type Browser = ReturnType<typeof createBrowser>;

/** The begin of a step, and some seconds: a slow test stays in it. The database keeps the real time. */
const begun = Math.floor(Date.now() / 30_000) * 30_000 + 5_000;

/** Dates only: timers of the database driver go on. */
function goTo(seconds: number) {
  vi.useFakeTimers({ toFake: ["Date"], now: begun + seconds * 1000 });
}

const codeOf = (secret: string) => new TOTP({ secret }).generate({ timestamp: Date.now() });

async function begin(user: User) {
  const browser = createBrowser();
  const { location } = await browser.post(signIn, "/login?then=%2Fgrants", {
    email: user.email,
    password,
  });
  return { browser, location };
}

async function setUp(user: User, browser?: Browser) {
  const own = browser ?? (await begin(user)).browser;
  await own.post(change, "/", { step: "begin", currentPassword: password });
  const { body } = await own.get(factorPage, "/account/second-factor");
  const { secret } = (body as { pending: { secret: string } }).pending;
  const confirmed = await own.post(change, "/", { step: "confirm", oneTimeCode: codeOf(secret) });
  expect(confirmed.location).toBe("/account/recovery-codes");
  const shown = await own.get(codesPage, "/account/recovery-codes");
  return { browser: own, secret, codes: (shown.body as { codes: string[] }).codes };
}

const give = (browser: Browser, oneTimeCode: string) =>
  browser.post(giveCode, "/login/code?then=%2Fgrants", { oneTimeCode });

test("who set one up is asked for a code at sign-in, and can do nothing before it is right", async () => {
  goTo(0);
  const { clerk } = await createOffice();
  const { secret } = await setUp(clerk);
  goTo(60);
  const { browser, location } = await begin(clerk);
  expect(location).toBe("/login/code?then=%2Fgrants");
  const half = browser.cookies.get("session");
  expect((await browser.get(accountPage, "/account")).location).toMatch(/^\/login\/code/);
  expect((await give(browser, "000000")).status).toBe(422);
  expect((await browser.get(accountPage, "/account")).location).toMatch(/^\/login\/code/);
  expect((await give(browser, codeOf(secret))).location).toBe("/grants");
  expect(browser.cookies.get("session")).not.toBe(half);
  expect((await browser.get(accountPage, "/account")).status).toBe(200);
});

test("a code is used once, one step back is allowed, two are not, and none of the next step", async () => {
  goTo(0);
  const { clerk } = await createOffice();
  const { secret } = await setUp(clerk);
  goTo(90);
  const code = codeOf(secret);
  goTo(120); // One step later.
  const browsers = await Promise.all([1, 2, 3].map(() => begin(clerk)));
  const answers = await Promise.all(browsers.map(({ browser }) => give(browser, code)));
  expect(answers.map(({ status }) => status).sort()).toEqual([302, 422, 422]);
  goTo(300);
  const stale = codeOf(secret);
  goTo(360);
  const { browser } = await begin(clerk);
  expect((await give(browser, stale)).status).toBe(422);
  goTo(390);
  const early = codeOf(secret);
  goTo(360);
  expect((await give(browser, early)).status).toBe(422);
});

test("each recovery code signs in once, and ten are given, once", async () => {
  goTo(0);
  const { clerk, auditor } = await createOffice();
  const { browser: first, codes } = await setUp(clerk);
  expect(new Set(codes).size).toBe(10);
  expect((await first.get(codesPage, "/account/recovery-codes")).location).toBe(
    "/account/second-factor",
  );
  const browsers = await Promise.all([1, 2].map(() => begin(clerk)));
  const answers = await Promise.all(
    browsers.map(({ browser }) => give(browser, codes[3]!.toUpperCase())),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([302, 422]);
  const left = await db.select().from(recoveryCodes).where(eq(recoveryCodes.userId, clerk.id));
  expect(left).toHaveLength(9);
  expect(JSON.stringify(left)).not.toContain(codes[0]!.replaceAll("-", ""));
  const { changes } = await listChanges(auditor, 1);
  expect(changes.map(({ deed }) => deed)).toContain("recovery_code_used");
});

test("the secret stands in no table, and is of no use in another's row", async () => {
  goTo(0);
  const { clerk, board } = await createOffice();
  const { secret } = await setUp(clerk);
  await setUp(board);
  const [row] = await db.select().from(secondFactors).where(eq(secondFactors.userId, clerk.id));
  expect(row!.secret).not.toContain(secret);
  await db
    .update(secondFactors)
    .set({ secret: row!.secret })
    .where(eq(secondFactors.userId, board.id));
  goTo(60);
  const { browser } = await begin(board);
  expect((await give(browser, codeOf(secret))).status).toBe(422);
});

test("a recovery code has 120 random bits, and one of 80 that was given before still signs in", async () => {
  goTo(0);
  const { clerk } = await createOffice();
  const { codes } = await setUp(clerk);
  for (const code of codes) expect(code).toMatch(/^([a-z2-7]{4}-){5}[a-z2-7]{4}$/);
  const former = "abcdefghijklmn23";
  const codeHash = createHash("sha256").update(`${clerk.id} ${former}`).digest("hex");
  const { id: userId, schoolAuthorityId } = clerk;
  await db.insert(recoveryCodes).values({ userId, schoolAuthorityId, codeHash });
  for (const code of ["ABCD-efgh-ijkl-mn23", codes[0]!]) {
    const { browser } = await begin(clerk);
    expect((await give(browser, code)).location).toBe("/grants");
  }
});

test("after five wrong codes nobody is heard for a minute, not even with the right one", async () => {
  goTo(0);
  const { clerk } = await createOffice();
  const { secret } = await setUp(clerk);
  goTo(60);
  const { browser } = await begin(clerk);
  for (let time = 0; time < 5; time += 1) await give(browser, "000000");
  expect((await give(browser, codeOf(secret))).status).toBe(429);
  const again = await begin(clerk);
  expect((await give(again.browser, codeOf(secret))).status).toBe(429);
});

test("a session that waits for its code ends after ten minutes", async () => {
  goTo(0);
  const { clerk } = await createOffice();
  await setUp(clerk);
  const { browser } = await begin(clerk);
  expect((await browser.get(codePage, "/login/code")).status).toBe(200);
  await db.execute(
    sql`update sessions set created_at = created_at - '10 minutes 1 second'::interval where user_id = ${clerk.id} and awaits_code`,
  );
  vi.useRealTimers();
  expect((await browser.get(codePage, "/login/code")).location).toBe("/login");
});

test("setting one up ends all other sessions, and so does ending it, with password and code", async () => {
  goTo(0);
  const { clerk } = await createOffice();
  const other = (await begin(clerk)).browser;
  const { browser, secret } = await setUp(clerk);
  expect((await other.get(accountPage, "/account")).status).toBe(302);
  expect((await browser.get(accountPage, "/account")).status).toBe(200);
  goTo(60);
  const end = (form: object) => browser.post(change, "/", { step: "end", ...form });
  expect((await end({ oneTimeCode: codeOf(secret) })).status).toBe(422);
  expect((await end({ currentPassword: password, oneTimeCode: "000000" })).status).toBe(422);
  const wrong = "ein falsches Passwort";
  expect((await end({ currentPassword: wrong, oneTimeCode: codeOf(secret) })).status).toBe(422);
  expect((await end({ currentPassword: password, oneTimeCode: codeOf(secret) })).status).toBe(302);
  expect((await begin(clerk)).location).toBe("/grants");
  await expect.poll(async () => (await mailsTo(clerk.email)).length).toBe(2);
});

test("who sets a forgotten password anew is still asked for the code", async () => {
  goTo(0);
  const { clerk } = await createOffice();
  await setUp(clerk);
  await answer(async () => forgotten(await post(undefined, "/forgotten", { email: clerk.email })));
  let secret: string | undefined;
  await expect
    .poll(async () => {
      const mails = (await mailsTo(clerk.email)).join("");
      return (secret = /\/reset\/([\w-]{43})\s/.exec(mails)?.[1]);
    })
    .toBeDefined();
  const given = "grüne Bäume im Südwald";
  const form = { password: given, passwordAgain: given };
  const set = await post(undefined, "/", form, { secret: secret! });
  expect((await answer(() => setPassword(set))).status).toBe(302);
  const browser = createBrowser();
  const { location } = await browser.post(signIn, "/login", {
    email: clerk.email,
    password: given,
  });
  expect(location).toMatch(/^\/login\/code/);
  expect((await browser.get(accountPage, "/account")).location).toMatch(/^\/login\/code/);
});

test("to set one up asks for the password, and one that holds is not replaced", async () => {
  goTo(0);
  const { clerk } = await createOffice();
  const { browser } = await begin(clerk);
  expect((await browser.post(change, "/", { step: "begin" })).status).toBe(422);
  const { browser: own } = await setUp(clerk, browser);
  const before = await db.select().from(secondFactors).where(eq(secondFactors.userId, clerk.id));
  await own.post(change, "/", { step: "begin", currentPassword: password });
  const after = await db.select().from(secondFactors).where(eq(secondFactors.userId, clerk.id));
  expect(after).toEqual(before);
});

test("where the authority demands one, whoever has none is led to it and can do nothing else", async () => {
  goTo(0);
  const { clerk, board, administrator } = await createOffice();
  const open = (await begin(clerk)).browser;
  await answer(async () =>
    demand(await post(administrator, "/settings/second-factor", demanded("clerk"))),
  );
  expect((await open.get(accountPage, "/account")).location).toBe(
    "/account/second-factor?then=%2Faccount",
  );
  expect((await (await begin(board)).browser.get(accountPage, "/account")).status).toBe(200);
  const { browser } = await begin(clerk);
  const { body } = await browser.get(factorPage, "/account/second-factor");
  expect(body).toMatchObject({ isDemanded: true });
  // Afterwards it goes on to where they wanted to go, and nowhere outside.
  for (const [then, way] of [
    ["/grants", "?then=%2Fgrants"],
    ["https://example.org/", ""],
  ] as const) {
    const path = `/account/second-factor?${new URLSearchParams({ then })}`;
    const asked = await browser.get(factorPage, path);
    expect(asked.body).toMatchObject({ action: `/account/second-factor${way}` });
  }
  await setUp(clerk, browser);
  expect((await browser.get(accountPage, "/account")).status).toBe(200);
});

test("an administrator takes a lost one back: sessions end, a mail tells, and nobody does it from elsewhere or for themselves", async () => {
  goTo(0);
  const { clerk, administrator, auditor } = await createOffice();
  const stranger = await createOffice();
  const { browser } = await setUp(clerk);
  const take = async (by: User, from = clerk) =>
    answer(async () => reset(await post(by, "/", {}, { userId: from.id })));
  expect((await take(administrator, administrator)).status).toBe(403);
  expect((await take(stranger.administrator)).status).toBe(404);
  expect((await browser.get(accountPage, "/account")).status).toBe(200);
  expect((await take(administrator)).status).toBe(302);
  expect((await browser.get(accountPage, "/account")).status).toBe(302);
  expect((await begin(clerk)).location).toBe("/grants");
  await expect
    .poll(async () => (await mailsTo(clerk.email)).some((mail) => mail.includes("zurückgesetzt")))
    .toBe(true);
  const { changes } = await listChanges(auditor, 1);
  expect(changes.map(({ deed }) => deed)).toContain("second_factor_reset");
});

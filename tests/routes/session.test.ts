import { hash } from "@node-rs/argon2";
import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { endAllSessions, findSession, findUser } from "#app/session.server.ts";
import { action as changePassword } from "#app/routes/account.tsx";
import { action as endSessions, loader as sessionsPage } from "#app/routes/account_.sessions.tsx";
import { action as signIn } from "#app/routes/login.tsx";
import { action as signOut, loader as signOutByLink } from "#app/routes/logout.ts";
import { action as setAccess } from "#app/routes/users.$userId.access.ts";
import { action as endAll } from "#app/routes/users.$userId.sessions.ts";
import { listChanges } from "#app/records/changes.server.ts";
import { asRequest } from "#app/request.server.ts";
import { everyAuthority } from "#db/authority.ts";
import { db } from "#db/client.ts";
import { users } from "#db/schema/users.ts";
import { createOffice, password } from "#tests/support/factories.ts";
import { answer, asWebRequest, get, post } from "#tests/support/request.ts";

async function tryAs(email: string, given: string) {
  return answer(async () => signIn(await post(undefined, "/login", { email, password: given })));
}

test("who signs in gets a cookie whose secret is nowhere in the database", async () => {
  const { clerk } = await createOffice();
  const cookie = await signInAs(clerk.email);
  expect(cookie).toMatch(/HttpOnly/);
  expect(cookie).toMatch(/SameSite=Lax/);

  const secret = cookie.split(";")[0]!.split("=")[1]!;
  // Five bits a character.
  expect(secret).toMatch(/^[a-z2-7]{40}$/);
  const [found] = await db.execute<{ count: number }>(
    sql`select count(*)::int as count from sessions where id like ${`%${secret}%`}`,
  );
  expect(found!.count).toBe(0);
  expect(await userOf(cookie)).toMatchObject({ id: clerk.id, name: "Person clerk" });
});

test.each([
  { email: "niemand@example.org", password },
  { email: undefined, password: "ein falsches Passwort" },
])("an unknown account and a wrong password get the same answer", async ({ email, password }) => {
  const { clerk } = await createOffice();
  const form = { email: email ?? clerk.email, password };
  const { status, body } = await answer(async () => signIn(await post(undefined, "/login", form)));
  expect(status).toBe(422);
  expect(body).toMatchObject({
    error: { password: ["E-Mail-Adresse oder Passwort stimmen nicht."] },
  });
});

test("after five wrong passwords nobody is heard for a minute, not even with the right one", async () => {
  const { clerk } = await createOffice();
  const unknown = `niemand-${clerk.email}`;
  for (const email of [clerk.email, unknown]) {
    for (let time = 0; time < 5; time += 1) {
      expect((await tryAs(email, "ein falsches Passwort")).status).toBe(422);
    }
    const { status, body } = await tryAs(email, password);
    expect(status).toBe(429);
    expect(body).toMatchObject({
      error: { "": [expect.stringMatching(/^Zu viele falsche Versuche\. Bitte in \d+ Sek/)] },
    });
  }
});

test("twenty wrong passwords from one address, whatever the accounts, end its tries; others go on", async () => {
  const { clerk } = await createOffice();
  const from = (address: string, email: string, given: string) =>
    asRequest("a", () => tryAs(email, given), address);
  for (let time = 0; time < 20; time += 1) {
    expect((await from("192.0.2.7", `${time}-${clerk.email}`, "falsch geraten")).status).toBe(422);
  }
  expect((await from("192.0.2.7", clerk.email, password)).status).toBe(429);
  expect((await from("192.0.2.8", clerk.email, password)).status).toBe(302);
});

test("four wrong passwords and the right one from the own desk: the count begins anew there", async () => {
  const { clerk } = await createOffice();
  const fromDesk = (given: string) => asRequest("a", () => tryAs(clerk.email, given), "192.0.2.5");
  for (const given of ["falsch 1", "falsch 2", "falsch 3", "falsch 4", password, "falsch 5"]) {
    expect((await fromDesk(given)).status).toBe(given === password ? 302 : 422);
  }
  expect((await fromDesk(password)).status).toBe(302);
});

test("a wrong password stands in the change log, with the address that asked", async () => {
  const { clerk, auditor } = await createOffice();
  await asRequest("anfrage-7", () => tryAs(clerk.email, "ein falsches Passwort"), "192.0.2.9");
  await expect
    .poll(async () => (await listChanges(auditor, 1)).changes[0])
    .toMatchObject({
      deed: "sign_in_refused",
      text: `${clerk.email}, von 192.0.2.9`,
      requestId: "anfrage-7",
    });
});

// prettier-ignore
test.each([
  { column: "expires_at", by: "30 minutes 1 second", because: "half an hour without a request" },
  { column: "created_at", by: "12 hours 1 minute", because: "twelve hours after signing in" },
])("a session ends $because", async ({ column, by }) => {
  const { clerk } = await createOffice();
  const cookie = await signInAs(clerk.email);
  expect(await userOf(cookie)).toBeDefined();
  await db.execute(sql`update sessions set ${sql.identifier(column)} = ${sql.identifier(column)} - ${by}::interval`);
  expect(await userOf(cookie)).toBeUndefined();
});

test("signing out ends the session, for the next request too", async () => {
  const { clerk } = await createOffice();
  const cookie = await signInAs(clerk.email);
  const args = await post(undefined, "/logout", {});
  args.request.headers.set("Cookie", cookie.split(";")[0]!);
  await signOut(args);
  expect(await userOf(cookie)).toBeUndefined();
});

test("a link to the address of signing out does nothing: only its form does", async () => {
  const { clerk } = await createOffice();
  const cookie = await signInAs(clerk.email);
  const args = await get(undefined, "/logout");
  args.request.headers.set("Cookie", cookie.split(";")[0]!);
  expect(await answer(() => (signOutByLink as (given: object) => unknown)(args))).toMatchObject({
    status: 302,
    location: "/",
  });
  expect(await userOf(cookie)).toMatchObject({ id: clerk.id });
});

const twice = (form: { currentPassword: string; password: string }) => {
  return { ...form, passwordAgain: form.password };
};

test("a change of password ends all other sessions", async () => {
  const { clerk } = await createOffice();
  const cookie = await signInAs(clerk.email);
  const form = { currentPassword: password, password: "ein anderes langes Passwort" };
  const { status } = await answer(async () =>
    changePassword(await post(clerk, "/account", twice(form))),
  );
  expect(status).toBe(302);
  expect(await userOf(cookie)).toBeUndefined();
});

test("a closed account is out at once, and nobody closes another authority's", async () => {
  const { clerk, administrator } = await createOffice();
  const stranger = await createOffice();
  const cookie = await signInAs(clerk.email);
  const close = async (by: typeof administrator) =>
    answer(async () => setAccess(await post(by, "/", { isActive: "no" }, { userId: clerk.id })));
  expect((await close(stranger.administrator)).status).toBe(404);
  expect(await userOf(cookie)).toBeDefined();
  expect((await close(administrator)).status).toBe(302);
  expect(await userOf(cookie)).toBeUndefined();
});

test.each([
  "/\t/example.org",
  "//example.org",
  "/\\example.org",
  "https://example.org",
  "javascript:alert(1)",
])("after signing in nobody is sent to %s", async (then) => {
  const { clerk } = await createOffice();
  const path = `/login?${new URLSearchParams({ then })}`;
  const form = { email: clerk.email, password };
  const { location } = await answer(async () => signIn(await post(undefined, path, form)));
  expect(location).toBe("/");
});

test("each request moves the end of a session, once a minute at most, and never beyond half an hour", async () => {
  const { clerk } = await createOffice();
  const cookie = await signInAs(clerk.email);
  const left = async () => {
    const [row] = await db.execute<{ seconds: number }>(
      sql`select extract(epoch from expires_at - clock_timestamp())::int as seconds from sessions where user_id = ${clerk.id}`,
    );
    return row!.seconds;
  };
  const age = (by: string) =>
    db.execute(
      sql`update sessions set expires_at = expires_at - ${by}::interval, last_used_at = last_used_at - ${by}::interval where user_id = ${clerk.id}`,
    );
  await age("50 seconds");
  await userOf(cookie);
  expect(await left()).toBeLessThan(30 * 60 - 40);
  await age("10 minutes");
  await userOf(cookie);
  expect(await left()).toBeGreaterThan(30 * 60 - 30);
  expect(await left()).toBeLessThanOrEqual(30 * 60);
});

test("signing in again leaves the session that the browser had", async () => {
  const { clerk, board } = await createOffice();
  const cookie = await signInAs(clerk.email);
  const args = await post(undefined, "/login", { email: board.email, password });
  args.request.headers.set("Cookie", cookie.split(";")[0]!);
  const { body } = await answer(() => signIn(args));
  const next = (body as Response).headers.get("Set-Cookie")!;
  expect(next.split(";")[0]).not.toBe(cookie.split(";")[0]);
  expect(await userOf(cookie)).toBeUndefined();
  expect(await userOf(next)).toMatchObject({ id: board.id });
});

test("everybody sees where they are signed in, ends one or all others, and nobody else's", async () => {
  const office = await createOffice();
  const { clerk } = office;
  const [first, second, third] = await Promise.all([1, 2, 3].map(() => signInAs(clerk.email)));
  const strangers = await signInAs(office.board.email);
  const list = async (cookie: string) => {
    const args = await get(undefined, "/account/sessions");
    args.request.headers.set("Cookie", cookie.split(";")[0]!);
    return (await answer(() => sessionsPage(args))).body as {
      own: string;
      sessions: { id: string; browser: string; address: string | null }[];
    };
  };
  const end = async (cookie: string, session: string) => {
    const args = await post(undefined, "/account/sessions", { session });
    args.request.headers.set("Cookie", cookie.split(";")[0]!);
    return answer(() => endSessions(args));
  };
  const { own, sessions } = await list(first!);
  expect(sessions).toHaveLength(3);
  expect(sessions[0]).not.toHaveProperty("secretHash");
  const { own: ownOfSecond } = await list(second!);
  expect((await end(strangers, own)).status).toBe(404);
  expect((await end(first!, ownOfSecond)).status).toBe(302);
  expect(await userOf(second!)).toBeUndefined();
  expect(await userOf(third!)).toBeDefined();
  expect((await end(first!, "others")).status).toBe(302);
  expect(await userOf(third!)).toBeUndefined();
  expect(await userOf(first!)).toBeDefined();
  expect(await userOf(strangers)).toBeDefined();
});

test("an administrator ends all sessions of a person of the own authority only", async () => {
  const { clerk, administrator } = await createOffice();
  const stranger = await createOffice();
  const cookie = await signInAs(clerk.email);
  const end = async (by: typeof administrator) =>
    answer(async () => endAll(await post(by, "/", {}, { userId: clerk.id })));
  expect((await end(clerk)).status).toBe(403);
  expect((await end(stranger.administrator)).status).toBe(404);
  expect(await userOf(cookie)).toBeDefined();
  expect((await end(administrator)).status).toBe(302);
  expect(await userOf(cookie)).toBeUndefined();
});

test("a password hash of a lower cost is made anew at the next sign-in", async () => {
  const { clerk } = await createOffice();
  const weak = await hash(password, { memoryCost: 8192, timeCost: 1, parallelism: 1 });
  await db.update(users).set({ passwordHash: weak }).where(eq(users.id, clerk.id));
  await signInAs(clerk.email);
  const [row] = await db.select().from(users).where(eq(users.id, clerk.id));
  expect(row!.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  await signInAs(clerk.email);
});

test("a password is the same whichever keyboard wrote its letters", async () => {
  const { clerk } = await createOffice();
  const form = { currentPassword: password, password: "grüne Bäume im Südwald" };
  await answer(async () => changePassword(await post(clerk, "/account", twice(form))));
  expect((await tryAs(clerk.email, form.password.normalize("NFD"))).status).toBe(302);
});

test("a breached password and the own name are refused, and nothing has changed", async () => {
  const { clerk } = await createOffice();
  for (const given of ["passwordpassword", clerk.email, "Person clerk"]) {
    const form = { currentPassword: password, password: given };
    const { status } = await answer(async () =>
      changePassword(await post(clerk, "/account", twice(form))),
    );
    expect(status).toBe(422);
  }
  expect((await tryAs(clerk.email, password)).status).toBe(302);
});

test("a new password is typed twice alike, and is not the present one", async () => {
  const { clerk } = await createOffice();
  const given = "grüne Bäume im Südwald";
  const change = async (form: Record<string, string>) =>
    (await answer(async () => changePassword(await post(clerk, "/account", form)))).body as {
      error: Record<string, string[]>;
    };
  const once = { currentPassword: password, password: given, passwordAgain: `${given}!` };
  expect((await change(once)).error.passwordAgain).toEqual([
    "Die beiden Passwörter sind nicht gleich.",
  ]);
  const same = twice({ currentPassword: given, password: given });
  expect((await change(twice({ currentPassword: password, password: given }))).error).toBe(
    undefined,
  );
  expect((await change(same)).error.password![0]).toContain("das bisherige Passwort");
});

test("guessing the present password of an open session is counted like signing in", async () => {
  const { clerk } = await createOffice();
  const form = { currentPassword: "ein falsches Passwort", password: "grüne Bäume im Südwald" };
  const change = async () =>
    (await answer(async () => changePassword(await post(clerk, "/account", twice(form))))).body;
  for (let time = 0; time < 5; time += 1) await change();
  expect(await change()).toMatchObject({
    error: { "": [expect.stringMatching(/^Zu viele falsche Versuche/)] },
  });
});

async function signInAs(email: string): Promise<string> {
  const args = await post(undefined, "/login?then=%2Fgrants", { email, password });
  const { body, location } = await answer(() => signIn(args));
  expect(location).toBe("/grants");
  return (body as Response).headers.get("Set-Cookie")!;
}

async function userOf(cookie: string) {
  const { request } = await get(undefined, "/");
  request.headers.set("Cookie", cookie.split(";")[0]!);
  return findUser(request);
}

test("a request looks its session up once, however many ask; after a deed in it, and in the next one, again", async () => {
  const { clerk } = await createOffice();
  const { request } = await get(clerk, "/");
  await asWebRequest(async () => {
    const [one, other] = await Promise.all([findSession(request), findSession(request)]);
    expect(one).toBeDefined();
    expect(other).toBe(one);
    await endAllSessions(clerk.id);
    expect(await findSession(request)).toBeUndefined();
  });
  const again = await get(clerk, "/");
  const found = () => asWebRequest(() => findSession(again.request));
  expect(await found()).toBeDefined();
  await everyAuthority(() => endAllSessions(clerk.id));
  expect(await found()).toBeUndefined();
});

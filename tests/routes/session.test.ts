import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { findUser } from "#app/session.server.ts";
import { action as changePassword } from "#app/routes/account.tsx";
import { action as signIn } from "#app/routes/login.tsx";
import { action as signOut } from "#app/routes/logout.ts";
import { action as setAccess } from "#app/routes/users.$userId.access.ts";
import { db } from "#db/client.ts";
import { createOffice, password } from "#tests/support/factories.ts";
import { answer, get, post } from "#tests/support/request.ts";

test("who signs in gets a cookie whose secret is nowhere in the database", async () => {
  const { clerk } = await createOffice();
  const cookie = await signInAs(clerk.email);
  expect(cookie).toMatch(/HttpOnly/);
  expect(cookie).toMatch(/SameSite=Lax/);

  const secret = cookie.split(";")[0]!.split("=")[1]!;
  const [found] = await db.execute<{ count: number }>(
    sql`select count(*)::int as count from sessions where id like ${`%${secret}%`}`,
  );
  expect(found!.count).toBe(0);
  expect(await userOf(cookie)).toMatchObject({ id: clerk.id, role: "clerk" });
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

// prettier-ignore
test.each([
  { column: "expires_at", by: "1 hour 1 minute", because: "an hour without a request" },
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

test("a change of password ends all other sessions", async () => {
  const { clerk } = await createOffice();
  const cookie = await signInAs(clerk.email);
  const form = { currentPassword: password, password: "ein anderes langes Passwort" };
  const { status } = await answer(async () => changePassword(await post(clerk, "/account", form)));
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

import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterEach, expect, test, vi } from "vitest";
import type { InvitationDraft } from "#app/domain/audit-access.ts";
import type { User } from "#app/domain/permission.ts";
import {
  recordInvitation,
  listAuditAccesses,
  withdrawAuditAccess,
} from "#app/records/audit-accesses.server.ts";
import { listGrants } from "#app/records/grants.server.ts";
import { findLinked, setPasswordByLink } from "#app/records/password-links.server.ts";
import { findSigningIn } from "#app/records/users.server.ts";
import { action as signIn } from "#app/routes/login.tsx";
import { findUser } from "#app/session.server.ts";
import { db } from "#db/client.ts";
import { sessions } from "#db/schema/users.ts";
import { createGrant, createOffice, password } from "#tests/support/factories.ts";
import { answer, get, post } from "#tests/support/request.ts";

afterEach(() => void vi.useRealTimers());

/** Dates only: timers of the database driver go on. */
function goTo(day: string) {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date(`${day}T10:00:00Z`) });
}

function draft(given: Partial<InvitationDraft> = {}): InvitationDraft {
  const email = `pruefung-${randomUUID()}@example.org`;
  return {
    role: "auditor",
    name: "Frau Prüferin",
    email,
    until: "2026-12-31",
    grantIds: [],
    fiscalYears: [],
    ...given,
  };
}

async function invite(administrator: User, given: Partial<InvitationDraft> = {}) {
  const invited = await recordInvitation(administrator, draft(given));
  if ("violation" in invited) throw new Error(invited.violation.rule);
  return invited.secret;
}

async function signedIn(email: string, authority?: string) {
  const found = await findSigningIn(email, password, authority);
  return found && "user" in found ? found.user : found;
}

/** The user whom a session of the account shows that begins at this moment. */
async function inSession(user: User) {
  const { request } = await get(user, "/");
  await db.update(sessions).set({ createdAt: new Date() }).where(eq(sessions.userId, user.id));
  return findUser(request);
}

test("many invitations at once need no more connections than there are", async () => {
  const { administrator } = await createOffice();
  const secrets = await Promise.all(Array.from({ length: 24 }, () => invite(administrator)));
  expect(new Set(secrets).size).toBe(24);
});

test("who is invited sets a password by the link, once, and sees the chosen grant until the day", async () => {
  goTo("2026-11-27");
  const office = await createOffice();
  const { grantId } = await createGrant(office);
  const { email } = draft();
  const secret = await invite(office.administrator, { email, grantIds: [grantId] });
  expect(await findSigningIn(email, password)).toBeUndefined();
  expect(await findLinked(secret)).toMatchObject({ email, name: "Frau Prüferin" });
  expect(await setPasswordByLink(secret, "zu kurz")).toMatchObject({ rule: "password_too_short" });
  const answers = await Promise.all([1, 2, 3].map(() => setPasswordByLink(secret, password)));
  expect(answers.filter((one) => one === undefined)).toHaveLength(1);
  expect(await setPasswordByLink(secret, password)).toMatchObject({ rule: "link_used_up" });

  const user = (await signedIn(email)) as User;
  expect(user).toMatchObject({
    roles: ["auditor"],
    schoolAuthorityId: office.clerk.schoolAuthorityId,
  });
  const own = (await inSession(user))!;
  expect(own.limits).toEqual({ grantIds: [grantId], fiscalYears: [] });
  expect((await listGrants(own)).map(({ id }) => id)).toEqual([grantId]);
});

test("without a choice the access is for the whole authority; a fiscal year alone shows no grant", async () => {
  goTo("2026-11-27");
  const office = await createOffice();
  await createGrant(office);
  const [whole, year] = [draft().email, draft().email];
  for (const [email, fiscalYears] of [
    [whole, []],
    [year, [2026]],
  ] as const) {
    const given = { email, fiscalYears: [...fiscalYears] };
    await setPasswordByLink(await invite(office.administrator, given), password);
  }
  const seen = async (email: string) => (await inSession((await signedIn(email)) as User))!;
  expect((await seen(whole)).limits).toBeUndefined();
  expect(await listGrants(await seen(whole))).toHaveLength(1);
  expect(await listGrants(await seen(year))).toEqual([]);
});

test("after the last day the session ends and signing in says until when the access was", async () => {
  goTo("2026-11-27");
  const office = await createOffice();
  const { email } = draft();
  await setPasswordByLink(
    await invite(office.administrator, { email, until: "2026-11-28" }),
    password,
  );
  const user = (await signedIn(email)) as User;
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-11-28T22:59:30Z") });
  expect((await inSession(user))?.id).toBe(user.id);
  // Midnight in Berlin.
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-11-28T23:00:30Z") });
  expect(await inSession(user)).toBeUndefined();
  expect((await inSession(office.auditor))?.id).toBe(office.auditor.id);
  const { status, body } = await answer(async () =>
    signIn(await post(undefined, "/login", { email, password })),
  );
  expect(status).toBe(422);
  expect(JSON.stringify(body)).toContain("Ihr Zugang galt bis 28.11.2026.");
});

test("a withdrawn access ends the session at once and its link; a new invitation opens it again", async () => {
  goTo("2026-11-27");
  const office = await createOffice();
  const { email } = draft();
  await setPasswordByLink(await invite(office.administrator, { email }), password);
  const user = (await signedIn(email)) as User;
  const { request } = await get(user, "/");
  const secret = await invite(office.administrator, { email, fiscalYears: [2026] });
  expect(await findUser(request)).toBeUndefined();
  const [access, ...others] = await listAuditAccesses(office.administrator);
  expect(others).toEqual([]);
  expect(access).toMatchObject({ state: "open", fiscalYears: [2026] });

  await withdrawAuditAccess(office.administrator, access!.id);
  await withdrawAuditAccess(office.administrator, access!.id);
  expect(await findLinked(secret)).toBeUndefined();
  expect(await signedIn(email)).toMatchObject({ closed: { state: "withdrawn" } });
  expect(await inSession(user)).toBeUndefined();
  await setPasswordByLink(await invite(office.administrator, { email }), password);
  expect(await signedIn(email)).toMatchObject({ email });
});

test("a link ends after seven days", async () => {
  goTo("2026-11-27");
  const office = await createOffice();
  const secret = await invite(office.administrator);
  goTo("2026-12-03");
  expect(await findLinked(secret)).toBeDefined();
  goTo("2026-12-05");
  expect(await findLinked(secret)).toBeUndefined();
  expect(await setPasswordByLink(secret, password)).toMatchObject({ rule: "link_used_up" });
});

test("an auditor of two authorities has an account at each, and chooses where the password fits both", async () => {
  goTo("2026-11-27");
  const [one, two] = [await createOffice(), await createOffice()];
  const { email } = draft();
  for (const { administrator } of [one, two]) {
    await setPasswordByLink(await invite(administrator, { email }), password);
  }
  const found = await findSigningIn(email.toUpperCase(), password);
  expect(found).toHaveProperty("choices");
  const authority = two.clerk.schoolAuthorityId;
  expect(await signedIn(email, authority)).toMatchObject({ schoolAuthorityId: authority });
  const { status, body } = await answer(async () =>
    signIn(await post(undefined, "/login", { email, password })),
  );
  expect(status).toBe(422);
  expect(JSON.stringify(body)).toContain(authority);
  const form = { email, password, schoolAuthorityId: authority };
  const chosen = await answer(async () => signIn(await post(undefined, "/login", form)));
  expect([chosen.status, chosen.location]).toEqual([302, "/"]);
});

test("nobody but the administrator invites, into the own authority only, and no other account is taken over", async () => {
  goTo("2026-11-27");
  const [office, other] = [await createOffice(), await createOffice()];
  const { grantId } = await createGrant(other);
  for (const role of ["clerk", "auditor", "board"] as const) {
    expect(await answer(() => recordInvitation(office[role], draft()), office[role])).toMatchObject(
      {
        status: 403,
      },
    );
  }
  expect(
    await answer(
      () => recordInvitation(office.administrator, draft({ grantIds: [grantId] })),
      office.administrator,
    ),
  ).toMatchObject({ status: 404 });
  for (const { email } of [office.clerk, office.auditor]) {
    expect(await recordInvitation(office.administrator, draft({ email }))).toEqual({
      violation: { field: "email", rule: "email_of_another_account" },
    });
  }
  expect(
    await recordInvitation(office.administrator, draft({ until: "2026-11-26" })),
  ).toMatchObject({
    violation: { rule: "access_ends_in_the_past" },
  });
  expect(
    await recordInvitation(office.administrator, draft({ until: "2028-11-28" })),
  ).toMatchObject({
    violation: { rule: "access_runs_too_long", latest: "2028-11-27" },
  });
  await invite(other.administrator);
  const [access] = await listAuditAccesses(other.administrator);
  expect(
    await answer(() => withdrawAuditAccess(office.administrator, access!.id), office.administrator),
  ).toMatchObject({
    status: 404,
  });
  for (const change of [
    "update audit_accesses set until = '2099-01-01'",
    "delete from audit_access_withdrawals",
  ]) {
    await expect(db.execute(sql.raw(change))).rejects.toThrow();
    await withdrawAuditAccess(other.administrator, access!.id);
  }
});

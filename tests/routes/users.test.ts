/** What an administrator does with accounts: nothing by oversight, nothing over another's head, and told afterwards. */
import { expect, test } from "vitest";
import { loadAssignments } from "#app/audit-access.server.ts";
import { accountDeeds, type Deed } from "#app/domain/deed.ts";
import type { User } from "#app/domain/permission.ts";
import { explained } from "#app/german/refusal-words.ts";
import { listChanges } from "#app/records/changes.server.ts";
import {
  action as setDemanding,
  loader as demandingPage,
} from "#app/routes/settings_.second-factor.tsx";
import { action as setRoles, loader as rolesPage } from "#app/routes/users.$userId.roles.tsx";
import { action as setAccess } from "#app/routes/users.$userId.access.ts";
import { action as renew } from "#app/routes/users.$userId.link.tsx";
import { action as accept } from "#app/routes/invitation.$secret.tsx";
import { action as setByReset } from "#app/routes/reset.$secret.tsx";
import { action as withdraw } from "#app/routes/users.accesses.$accessId.withdrawal.ts";
import { loader as logPage } from "#app/routes/users.changes.tsx";
import { action as invite } from "#app/routes/users.invite.tsx";
import { loader as usersPage } from "#app/routes/users._index.tsx";
import { action as recordUser } from "#app/routes/users.new.tsx";
import { createPersons } from "#tests/support/factories.ts";
import { answer, get, post } from "#tests/support/request.ts";
import { mailsTo } from "#tests/support/sign-in.ts";

type Newer = {
  newer?: { version: string; differences: { theirs: string; mine: string }[] };
  error?: Record<string, string[]>;
};

const open = async (by: User, userId: string) =>
  (await answer(async () => rolesPage(await get(by, "/", { userId })))) as {
    status: number;
    body: { version: string };
  };

async function change(by: User, userId: string, form: Record<string, string>) {
  return answer(async () => setRoles(await post(by, "/", form, { userId })));
}

const rolesOf = async ({ id }: User) => (await loadAssignments(id)).map(({ role }) => role);

test("two tabs at somebody's roles: the second sees both versions, and nothing is lost unseen", async () => {
  const { administrator, board } = await createPersons();
  const { version } = (await open(administrator, board.id)).body;
  const first = await change(administrator, board.id, { version, roles: "verifier" });
  expect(first.location).toBe(`/users?done=roles&who=${board.id}`);
  const stale = await change(administrator, board.id, { version, roles: "treasurer" });
  expect(stale.status).toBe(409);
  const { newer } = stale.body as Newer;
  expect(newer!.differences).toMatchObject([{ theirs: "Feststellung", mine: "Kasse" }]);
  expect(await rolesOf(board)).toEqual(["verifier"]);
  const seen = { version: newer!.version, roles: "treasurer" };
  expect((await change(administrator, board.id, seen)).status).toBe(302);
  expect(await rolesOf(board)).toEqual(["treasurer"]);
});

test("two tabs at the roles with a second factor: the second sees both versions, and nothing is lost unseen", async () => {
  const { administrator } = await createPersons();
  const page = async () =>
    (await answer(async () => demandingPage(await get(administrator, "/")))).body as {
      version: string;
      secondFactorRoles: string[];
    };
  const save = async (version: string, secondFactorRoles: string) => {
    const form = { version, secondFactorRoles };
    return answer(async () => setDemanding(await post(administrator, "/", form)));
  };
  const { version } = await page();
  expect((await save(version, "treasurer")).location).toBe(
    "/settings/second-factor?done=second_factor_roles",
  );
  const stale = await save(version, "clerk");
  expect(stale.status).toBe(409);
  const { newer } = stale.body as Newer;
  expect(newer!.differences).toMatchObject([{ theirs: "Kasse", mine: "Sachbearbeitung" }]);
  expect((await page()).secondFactorRoles).toEqual(["treasurer"]);
  expect((await save(newer!.version, "clerk")).status).toBe(302);
  expect((await page()).secondFactorRoles).toEqual(["clerk"]);
});

test("administration beside a role that books is asked for once more, and given then", async () => {
  const { administrator, treasurer } = await createPersons();
  const { version } = (await open(administrator, treasurer.id)).body;
  const form = new URLSearchParams([
    ["version", version],
    ["roles", "treasurer"],
    ["roles", "administrator"],
  ]);
  const send = async () => {
    const args = await post(administrator, "/", {}, { userId: treasurer.id });
    const { url, headers } = args.request;
    args.request = new Request(url, { method: "POST", headers, body: new URLSearchParams(form) });
    return answer(() => setRoles(args));
  };
  const asked = await send();
  expect(asked.status).toBe(422);
  expect((asked.body as Newer).error!.acceptsMix![0]).toContain("bitte unten bestätigen");
  expect(await rolesOf(treasurer)).toEqual(["treasurer"]);
  form.append("acceptsMix", "on");
  expect((await send()).status).toBe(302);
  expect(await rolesOf(treasurer)).toEqual(["treasurer", "administrator"]);
});

test("whoever is refused reads why: nobody changes their own roles, and an invitation ends where it ends", async () => {
  const { administrator } = await createPersons();
  const own = await answer(async () =>
    rolesPage(await get(administrator, "/", { userId: administrator.id })),
  );
  expect(own.status).toBe(403);
  const said = await (own.body as Response).text();
  expect(explained(403, said, null).text).toContain("ändert niemand selbst");
  expect(explained(403, "Nicht erlaubt.", null).text).toContain("Ihre Rollen sehen");
  const outside = explained(403, "Nicht erlaubt.", "Zuwendung 2021-1").text;
  expect(outside).toContain("Ihr Zugang umfasst: Zuwendung 2021-1.");
  expect(outside).not.toContain("Ihre Rollen");
});

const newPassword = "grüne Bäume im Südwald";
const typed = { password: newPassword, passwordAgain: newPassword };

/** What both lists say of an address: the second only of whoever was invited. */
async function statesOf(administrator: User, email: string) {
  const { users, accesses } = await usersPage(await get(administrator, "/users"));
  const of = (all: { email: string; state: { kind: string } }[]) =>
    all.filter((one) => one.email === email).map(({ state }) => state.kind);
  return { above: of(users), below: of(accesses) };
}

async function invited(administrator: User, email: string) {
  const form = { name: "Paul Prüfer", email, role: "auditor", until: "31.12.2027", scope: "all" };
  const { body } = await answer(async () =>
    invite(await post(administrator, "/users/invite", form)),
  );
  return (body as { link: string }).link.split("/invitation/")[1]!;
}

async function idOf(administrator: User, email: string) {
  const { users, accesses } = await usersPage(await get(administrator, "/users"));
  const { id } = users.find((one) => one.email === email)!;
  return { id, accessId: accesses.find((one) => one.userId === id)?.id ?? "" };
}

test("both lists of accounts say the same: invited, active once a password was set, also when invited again, and withdrawn", async () => {
  const { administrator } = await createPersons();
  const email = `paul-${administrator.email}`;
  const both = (kind: string) => ({ above: [kind], below: [kind] });
  const secret = await invited(administrator, email);
  expect(await statesOf(administrator, email)).toEqual(both("invited"));
  await answer(async () => accept(await post(undefined, "/", typed, { secret })));
  expect(await statesOf(administrator, email)).toEqual(both("active"));
  await invited(administrator, email);
  expect(await statesOf(administrator, email)).toEqual(both("active"));
  const { id, accessId } = await idOf(administrator, email);
  const ended = await answer(async () =>
    withdraw(await post(administrator, "/", {}, { accessId })),
  );
  expect(ended.location).toBe(`/users/${id}?done=withdrawn`);
  expect(await statesOf(administrator, email)).toEqual(both("withdrawn"));

  const never = `nie-${administrator.email}`;
  await invited(administrator, never);
  const { accessId: unused } = await idOf(administrator, never);
  await answer(async () => withdraw(await post(administrator, "/", {}, { accessId: unused })));
  expect(await statesOf(administrator, never)).toEqual(both("withdrawn"));
});

test("a lost link is given anew: the old one ends, an invitation stays one, a password gets a reset, and the log says it", async () => {
  const persons = await createPersons();
  const { administrator, clerk } = persons;
  const email = `nora-${administrator.email}`;
  const form = { name: "Nora Neu", email, roles: "board" };
  const made = await answer(async () => recordUser(await post(administrator, "/", form)));
  const first = (made.body as { link: string }).link.split("/invitation/")[1]!;
  const { id: userId } = await idOf(administrator, email);
  const give = async (by: User, id: string) =>
    answer(async () => renew(await post(by, "/", {}, { userId: id })));
  expect((await give(clerk, userId)).status).toBe(403);
  const again = (await give(administrator, userId)).body as { link: string };
  const second = again.link.split("/invitation/")[1]!;
  expect((await mailsTo(email)).at(-1)).toContain(`/invitation/${second}`);
  const set = async (secret: string) =>
    (await answer(async () => accept(await post(undefined, "/", typed, { secret })))).status;
  expect(await set(first)).toBe(422);
  expect(await set(second)).toBe(302);

  const reset = (await give(administrator, clerk.id)).body as { link: string };
  const secret = reset.link.split("/reset/")[1]!;
  const done = await answer(async () => setByReset(await post(undefined, "/", typed, { secret })));
  expect(done.status).toBe(302);
  await answer(async () =>
    setAccess(await post(administrator, "/", { isActive: "no" }, { userId: clerk.id })),
  );
  expect((await give(administrator, clerk.id)).status).toBe(422);

  const log = await answer(async () => logPage(await get(administrator, "/users/changes")));
  const { changes } = log.body as { changes: { deed: string; text: string }[] };
  expect(changes.map(({ deed }) => deed)).toEqual(
    expect.arrayContaining(["link_renewed", "user_recorded", "user_deactivated"]),
  );
  expect(changes.find(({ deed }) => deed === "link_renewed")!.text).toContain(clerk.email);
  const stranger = (await createPersons()).administrator;
  expect((await give(stranger, userId)).status).toBe(404);
});

test("whoever manages accounts reads of accounts only, nothing of schools or money", async () => {
  const { administrator, clerk } = await createPersons();
  const log = await answer(async () => logPage(await get(administrator, "/users/changes")));
  const { changes } = log.body as { changes: { deed: Deed }[] };
  expect(changes.length).toBeGreaterThan(0);
  expect(changes.filter(({ deed }) => !accountDeeds.includes(deed))).toEqual([]);
  const all = (await listChanges(clerk, 1)).changes.map(({ deed }) => deed);
  expect(all.some((deed) => !accountDeeds.includes(deed))).toBe(true);
});

/** What an administrator does with accounts: nothing by oversight, nothing over another's head, and told afterwards. */
import { expect, test } from "vitest";
import { loadAssignments } from "#app/audit-access.server.ts";
import type { User } from "#app/domain/permission.ts";
import { explained } from "#app/german/refusal-words.ts";
import {
  action as setDemanding,
  loader as demandingPage,
} from "#app/routes/settings_.second-factor.tsx";
import { action as setRoles, loader as rolesPage } from "#app/routes/users.$userId.roles.tsx";
import { createPersons } from "#tests/support/factories.ts";
import { answer, get, post } from "#tests/support/request.ts";

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

/**
 * Who may open and send what: every route with its loader and action, as nobody and as each single role. The
 * routes come from the files, the answers from the table of roles and permissions.
 */
import { beforeAll, expect, test } from "vitest";
import { mayUser, type Role, roles, type User } from "#app/domain/permission.ts";
import { loadOwnSchools } from "#app/records/own-schools.server.ts";
import { loadSubmitted } from "#app/records/submitted.server.ts";
import { ask, paramsOf } from "#tests/support/asking.ts";
import { createPersons } from "#tests/support/factories.ts";
import { permissionsOf } from "#tests/support/route-permissions.ts";
import { routes } from "#tests/support/routes.ts";

let persons: Record<Role, User>;

beforeAll(async () => {
  persons = await createPersons();
});

test.each(routes)("$name lets in whom the table names, and nobody else", async (route) => {
  const { name, module, params } = route;
  const rule = permissionsOf[name];
  expect(rule, `a line of permissionsOf for ${name}`).toBeDefined();
  expect({ read: Boolean(module.loader), write: Boolean(module.action) }).toEqual({
    read: Boolean(rule!.read),
    write: Boolean(rule!.write),
  });
  // Where it makes a file, it finds the day unreadable first: the roles were asked before.
  const path = `/${name}?on=nie`;
  for (const [kind, permission] of Object.entries(rule!)) {
    const handler = (kind === "read" ? module.loader : module.action)!;
    const body = kind === "read" ? {} : { body: {} };
    const asked = { path, params: paramsOf(params), ...body };
    const unknown = await ask(handler, asked);
    const isSentToSignIn = unknown.status === 302 && unknown.location?.startsWith("/login");
    if (permission === "all") expect(unknown.status).not.toBe(403);
    else expect({ kind, isSentToSignIn }).toEqual({ kind, isSentToSignIn: true });
    for (const role of roles) {
      if (permission === "all" && name === "logout") continue;
      const { status } = await ask(handler, { ...asked, user: persons[role] });
      expect({ kind, role, forbidden: status === 403 }).toEqual({
        kind,
        role,
        forbidden: permission !== "all" && !mayUser({ roles: [role] }, permission),
      });
    }
  }
});

test("every line of the table is of a route", () => {
  expect(Object.keys(permissionsOf).sort()).toEqual(routes.map(({ name }) => name).sort());
});
test("what schools and granting authorities see is refused by the records themselves", async () => {
  await expect(async () => loadSubmitted(persons.board)).rejects.toMatchObject({ status: 403 });
  const ofSchool = async () => loadOwnSchools(persons.board, "2024-12-31");
  await expect(ofSchool).rejects.toMatchObject({ status: 403 });
});

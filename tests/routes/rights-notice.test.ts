/** Rights that move money or give roles: whoever answers for them is told of each change, and sees it. */
import { expect, test } from "vitest";
import { loadAssignments } from "#app/audit-access.server.ts";
import type { User } from "#app/domain/permission.ts";
import { versionOfRoles } from "#app/records/roles.server.ts";
import { loader as overview } from "#app/routes/_index/route.tsx";
import { action as setAccess } from "#app/routes/users.$userId.access.ts";
import { action as setRoles } from "#app/routes/users.$userId.roles.tsx";
import { loader as usersPage } from "#app/routes/users._index.tsx";
import { action as recordUser } from "#app/routes/users.new.tsx";
import { createOffice, createPersons } from "#tests/support/factories.ts";
import { answer, get, post } from "#tests/support/request.ts";
import { mailsTo } from "#tests/support/sign-in.ts";

type Persons = Awaited<ReturnType<typeof createPersons>>;

const rightsMails = async ({ email }: Pick<User, "email">) =>
  (await mailsTo(email)).filter((mail) => mail.includes("die Rechte von"));

async function change(by: User, person: User, role: string) {
  const version = versionOfRoles(await loadAssignments(person.id));
  const args = await post(by, "/", { roles: role, version }, { userId: person.id });
  return answer(() => setRoles(args));
}

async function close(by: User, person: User, isActive: "yes" | "no") {
  const args = await post(by, "/", { isActive }, { userId: person.id });
  return answer(() => setAccess(args));
}

/** So many mails have come to each of the persons. */
async function expectMails(persons: Persons, counts: Partial<Record<keyof Persons, number>>) {
  for (const [role, count] of Object.entries(counts)) {
    await expect
      .poll(async () => (await rightsMails(persons[role as keyof Persons])).length)
      .toBe(count);
  }
}

test("who gives the treasury to somebody is not the only one to know: mail goes to head of finance, administrators and the person", async () => {
  const persons = await createPersons();
  const { administrator, board } = persons;
  expect((await change(administrator, board, "treasurer")).status).toBe(302);
  const told = { administrator: 1, head_of_finance: 1, board: 1 };
  await expectMails(persons, told);
  const [mail] = await rightsMails(persons.head_of_finance);
  expect(mail).toContain("Person administrator die Rechte von Person board geändert");
  expect(mail).toContain("Neu: Kasse");
  await expectMails(persons, { treasurer: 0, clerk: 0, auditor: 0 });
});

test("who takes the role of the head of finance first, or closes the account, tells them by that", async () => {
  const persons = await createPersons();
  const { administrator, head_of_finance: head, board } = persons;
  await change(administrator, head, "board");
  await expectMails(persons, { head_of_finance: 1 });
  expect((await rightsMails(head))[0]).toContain("Nicht mehr: Kämmerei");
  await change(administrator, head, "head_of_finance");
  await close(administrator, head, "no");
  await expectMails(persons, { head_of_finance: 3 });
  await close(administrator, head, "yes");
  await expectMails(persons, { head_of_finance: 4, administrator: 4 });
  // Nothing of weight: nobody is written to.
  await change(administrator, board, "auditor");
  await expectMails(persons, { administrator: 4, board: 0 });
});

test("a new account that may pay, or give roles, is told of as well", async () => {
  const persons = await createPersons();
  for (const roles of ["treasurer", "administrator", "board"]) {
    const email = `${roles}-${persons.board.email.slice(-20)}`;
    const args = await post(persons.administrator, "/", { name: "Zweites Ich", email, roles });
    expect((await answer(() => recordUser(args))).status).toBe(200);
  }
  await expectMails(persons, { head_of_finance: 2 });
});

test("the change is shown for two weeks to whoever answers for it, and to nobody else", async () => {
  const { administrator, clerk, board } = await createOffice();
  const shown = async (user: User, loader: (args: never) => unknown) => {
    const args = await get(user, "/");
    const { body } = await answer(() => loader(args as never));
    return body as { rights?: object[]; recent?: object[]; isAlone?: boolean };
  };
  expect((await shown(administrator, usersPage)).recent).toEqual([]);
  await change(administrator, board, "treasurer");
  const line = {
    person: "Person board",
    role: "treasurer",
    isGranted: true,
    by: "Person administrator",
  };
  expect((await shown(administrator, usersPage)).recent).toMatchObject([line]);
  expect((await shown(clerk, overview)).rights).toMatchObject([line]);
  expect((await shown(board, overview)).rights).toEqual([]);
});

test("where nobody else would be told, the page says so", async () => {
  const { administrator, clerk, deputy } = await createOffice();
  const isAlone = async () => {
    const args = await get(administrator, "/users");
    return ((await answer(() => usersPage(args))).body as { isAlone: boolean }).isAlone;
  };
  expect(await isAlone()).toBe(false);
  for (const one of [clerk, deputy]) await change(administrator, one, "clerk");
  expect(await isAlone()).toBe(true);
});

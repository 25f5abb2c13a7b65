/** The page for data protection: the list is acted on as it was seen, and each person's file goes out to the right one. */
import { sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import type { User } from "#app/domain/permission.ts";
import { listChanges } from "#app/records/changes.server.ts";
import { changeRetentionPeriod, loadRetentionPeriod } from "#app/records/retention.server.ts";
import { findPerson, recordUser, setUserActive } from "#app/records/users.server.ts";
import { loader as ownFile } from "#app/routes/account_.data[.]json.ts";
import { loader as ownPage } from "#app/routes/account_.data.tsx";
import { loader as fileOf } from "#app/routes/data-protection.$userId[.]json.ts";
import { loader as pageOf } from "#app/routes/data-protection.$userId.tsx";
import { action as act, loader as page } from "#app/routes/data-protection._index.tsx";
import { action as layDown, loader as periodPage } from "#app/routes/data-protection.period.tsx";
import { createGrant, createOffice, createOrder, orderDraft } from "#tests/support/factories.ts";
import { behindTheProgram } from "#tests/support/owner.ts";
import { answer, get, post } from "#tests/support/request.ts";

let office: Awaited<ReturnType<typeof createOffice>>;

beforeEach(async () => {
  office = await createOffice();
});

async function closeAccount(name: string) {
  const { administrator } = office;
  const email = `${name.toLowerCase()}-${administrator.email.slice(-20)}`;
  await recordUser(administrator, { name: `${name} Vogel`, email, roles: ["board"] });
  const id = (await findPerson(administrator, email))!;
  await setUserActive(administrator, id, false);
  // As if all of it had been eleven years ago.
  const ago = sql`interval '11 years 1 month'`;
  await behindTheProgram(sql`update users set created_at = created_at - ${ago} where id = ${id}`);
  await behindTheProgram(
    sql`update changes set changed_at = changed_at - ${ago} where subject_id = ${id} or changed_by = ${id}`,
  );
  return id;
}

type Shown = { mark: string; persons: { id: string }[]; basis: string | null };

async function list(): Promise<Shown> {
  const args = await get(office.administrator, "/data-protection");
  return (await answer(() => page(args))).body as Shown;
}

async function send(form: Record<string, string>) {
  const args = await post(office.administrator, "/data-protection", form);
  return answer(() => act(args));
}

test("a list that changed meanwhile is refused with the new one, and nothing is replaced; the one that was seen is acted on", async () => {
  const first = await closeAccount("Eva");
  const { administrator } = office;
  const { version } = await loadRetentionPeriod(administrator);
  await changeRetentionPeriod(administrator, { years: 10, basis: "Dienstanweisung" }, version);
  const asked = await list();
  const second = await closeAccount("Adam");
  const refused = await send({ mark: asked.mark, isConfirmed: "on" });
  expect(refused.status).toBe(409);
  expect(JSON.stringify(refused.body)).toContain("Es wurde nichts ersetzt");
  const { persons, mark } = await list();
  expect(persons.map(({ id }) => id).sort()).toEqual([first, second].sort());
  // Without the tick nothing is done either.
  expect((await send({ mark })).status).toBe(422);
  expect((await list()).persons).toHaveLength(2);
  expect((await send({ mark, isConfirmed: "on" })).location).toBe("/data-protection?done=2");
  expect((await list()).persons).toEqual([]);
});

test("without a named basis of the period nothing is replaced, and the page says that it is open", async () => {
  await closeAccount("Eva");
  const { basis, mark } = await list();
  expect(basis).toBeNull();
  expect((await send({ mark, isConfirmed: "on" })).status).toBe(409);
  expect((await list()).persons).toHaveLength(1);
});

test("the period is laid down with its basis, ten years at least; who saves over another's sees both", async () => {
  const { administrator, auditor } = office;
  const { body } = await answer(async () => periodPage(await get(administrator, "/")));
  const { version } = body as { version: string };
  const lay = async (retentionYears: string, retentionBasis = "Bescheid") =>
    answer(async () =>
      layDown(await post(administrator, "/", { version, retentionYears, retentionBasis })),
    );
  expect((await lay("9")).status).toBe(422);
  expect((await lay("12", "")).status).toBe(422);
  expect((await lay("12")).location).toBe("/data-protection");
  expect((await lay("15", "Anderes")).status).toBe(409);
  expect(await list()).toMatchObject({ years: 12, basis: "Bescheid" });
  const { changes } = await listChanges(auditor, 1);
  expect(changes[0]).toMatchObject({
    deed: "settings_changed",
    after: { Jahre: "12", Grundlage: "Bescheid" },
  });
});

test("a person's file goes to themselves and to the administrator, as a page and as a file, each logged", async () => {
  const { administrator, clerk, board, auditor } = office;
  const own = await answer(async () => ownFile(await get(board, "/account/data.json")));
  const response = own.body as Response;
  expect(response.headers.get("Content-Disposition")).toMatch(
    /^attachment; filename="paktbuch-auskunft.json"/,
  );
  expect(response.headers.get("Cache-Control")).toBe("no-store");
  const file = JSON.parse(await response.text()) as {
    auskunft: object;
    teile: { tabelle: string }[];
  };
  expect(file.auskunft).toMatchObject({ email: board.email });
  expect(file.teile.map(({ tabelle }) => tabelle)).toContain("role_assignments");
  const shown = await answer(async () => ownPage(await get(board, "/account/data")));
  expect(shown.body).toMatchObject({ email: board.email });
  const params = { userId: clerk.id };
  expect(
    (await answer(async () => pageOf(await get(administrator, "/", params)))).body,
  ).toMatchObject({
    email: clerk.email,
  });
  expect((await answer(async () => fileOf(await get(administrator, "/", params)))).status).toBe(
    200,
  );
  expect((await answer(async () => fileOf(await get(clerk, "/", params)))).status).toBe(403);
  const { changes } = await listChanges(auditor, 1);
  const logged = changes.filter(({ deed }) => deed === "person_data_exported");
  expect(logged.map(({ text }) => text).sort()).toEqual(
    [
      "Person board, Datei (JSON)",
      "Person board, Seite",
      "Person clerk, Datei (JSON)",
      "Person clerk, Seite",
    ].sort(),
  );
});

test("only who manages accounts is told in which other texts a name stands; others learn of no row by it", async () => {
  const { administrator, clerk, board } = office;
  const { grantId, lineOf } = await createGrant(office);
  for (const { name } of [board, administrator]) {
    await createOrder(clerk, grantId, { ...orderDraft(lineOf("2.1")), supplier: `Firma ${name}` });
  }
  const seenBy = async (user: User) => {
    const shown = await answer(async () => ownPage(await get(user, "/account/data")));
    const file = await answer(async () => ownFile(await get(user, "/account/data.json")));
    const text = await (file.body as Response).text();
    return {
      page: (shown.body as { named?: { table: string }[] }).named?.map(({ table }) => table),
      file: (JSON.parse(text) as { name_in_anderen_texten?: object[] }).name_in_anderen_texten,
    };
  };
  expect(await seenBy(board)).toEqual({ page: undefined, file: undefined });
  const told = await seenBy(administrator);
  expect(told.page).toContain("suppliers");
  expect(told.file?.length).toBeGreaterThan(0);
});

/** What a person is told of what is on file about them. */
import { is, sql } from "drizzle-orm";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import { beforeEach, describe, expect, test } from "vitest";
import { personParts, unshown } from "#app/domain/person-file.ts";
import { namePattern, placesOf, searchedColumns } from "#app/domain/name-search.ts";
import type { User } from "#app/domain/permission.ts";
import { columnWords, partWords, searchedTableWords } from "#app/german/person-file-words.ts";
import { logSignIn } from "#app/records/access-log.server.ts";
import { listChanges, logChange } from "#app/records/changes.server.ts";
import { findName } from "#app/records/name-search.server.ts";
import { personOnFile } from "#app/records/person-file.server.ts";
import { beginSecondFactor } from "#app/records/second-factors.server.ts";
import { requestReset } from "#app/records/password-links.server.ts";
import { startSession } from "#app/session.server.ts";
import { forAuthority } from "#db/authority.ts";
import { db } from "#db/client.ts";
import { createGrant, createOffice, createOrder, orderDraft } from "#tests/support/factories.ts";
import { ownerDb } from "#tests/support/owner.ts";

const modules = import.meta.glob<Record<string, unknown>>("../../db/schema/*.ts", { eager: true });
const tables = Object.values(modules)
  .flatMap((one) => Object.values(one))
  .filter((one): one is PgTable => is(one, PgTable));
const inDatabase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

test("every column of the schema that names an account is asked for what it knows of a person", () => {
  const naming = tables.flatMap((table) => {
    const { name, foreignKeys } = getTableConfig(table);
    return foreignKeys.flatMap((key) => {
      const { columns, foreignColumns, foreignTable } = key.reference();
      if (getTableConfig(foreignTable).name !== "users") return [];
      return columns
        .filter((_, at) => foreignColumns[at]!.name === "id")
        .map((column) => `${name}.${inDatabase(column.name)}`);
    });
  });
  expect(naming.length).toBeGreaterThan(25);
  const asked = personParts.map(({ table, person }) => `${table}.${person}`);
  expect([...new Set(naming)].filter((column) => !asked.includes(column))).toEqual([]);
  expect(Object.keys(partWords).sort()).toEqual([...asked].sort());
});

test("no part hands out a secret, and each column that it shows has a German heading", () => {
  const shown = personParts.flatMap(({ table, shown }) =>
    shown.map((column) => `${table}.${column}`),
  );
  expect(shown.filter((column) => column in unshown)).toEqual([]);
  expect(shown.filter((column) => /hash|secret|content$/.test(column))).toEqual([]);
  expect(personParts.flatMap(({ shown }) => shown.filter((one) => !columnWords[one]))).toEqual([]);
  const headless = [...searchedColumns.keys()].filter((table) => !searchedTableWords[table]);
  expect(headless).toEqual([]);
});

describe("in an office", () => {
  let office: Awaited<ReturnType<typeof createOffice>>;

  beforeEach(async () => {
    office = await createOffice();
  });

  test("account, roles, sessions, log and documents of a person are handed out, and nothing that signs in as them", async () => {
    const { clerk, administrator, auditor } = office;
    const { grantId, lineOf } = await createGrant(office);
    await createOrder(clerk, grantId, orderDraft(lineOf("2.1")));
    await startSession(clerk.id);
    await logSignIn(clerk);
    await forAuthority(clerk.schoolAuthorityId, () => beginSecondFactor(clerk));
    const [link] = await requestReset(clerk.email);
    const file = await personOnFile(administrator, clerk.id, "Datei");
    const rows = (column: string) =>
      file.parts.find(({ table, person }) => `${table}.${person}` === column)!.rows;
    expect(rows("users.id")).toMatchObject([{ name: clerk.name, email: clerk.email }]);
    expect(rows("role_assignments.user_id").map(({ role }) => role)).toContain("treasurer");
    expect(rows("sessions.user_id").length).toBeGreaterThan(0);
    expect(rows("second_factors.user_id")).toHaveLength(1);
    expect(rows("password_links.user_id")).toMatchObject([{ purpose: "reset" }]);
    const deeds = rows("changes.changed_by").map(({ deed }) => deed);
    expect(deeds).toEqual(expect.arrayContaining(["signed_in", "grant_recorded"]));
    // A document is named once, however many entries it has.
    const documents = rows("entries.recorded_by").map((row) => JSON.stringify(row));
    expect(documents.length).toBeGreaterThan(1);
    expect(new Set(documents).size).toBe(documents.length);
    const text = JSON.stringify(file);
    expect(text).not.toContain(link!.secret);
    expect(await secretsOf(clerk)).not.toEqual([]);
    for (const secret of await secretsOf(clerk)) expect(text).not.toContain(secret);
    const { changes } = await listChanges(auditor, 1);
    expect(changes[0]).toMatchObject({
      deed: "person_data_exported",
      changedBy: administrator.name,
    });
  });

  test("everybody has their own, an administrator that of each person of the authority, and nobody else's is found", async () => {
    const { board, clerk, administrator } = office;
    expect((await personOnFile(board, board.id, "Seite")).email).toBe(board.email);
    await expect(personOnFile(board, clerk.id, "Seite")).rejects.toMatchObject({ status: 403 });
    const { clerk: stranger } = await createOffice();
    await expect(personOnFile(administrator, stranger.id, "Seite")).rejects.toMatchObject({
      status: 404,
    });
  });

  test("a name is found in words of others: whole, turned around, the last name alone; not within other words, nor at others", async () => {
    const { clerk, administrator } = office;
    const person = { name: "Eva Vogel-Öhr", email: "eva@example.org" };
    const other = await createOffice();
    for (const { clerk: by } of [office, other]) {
      for (const name of [
        "Vogel-Öhr, Eva",
        "Firma VOGEL-ÖHR GmbH",
        "Vogel-Öhringer KG",
        "Eva Adam",
      ]) {
        await insertSupplier(by, name);
      }
    }
    const logged = { text: "1", after: { Notiz: 'Zeile\nEva "Vogel-Öhr"', Ort: "x\tVogel-Öhrs" } };
    await forAuthority(clerk.schoolAuthorityId, () =>
      logChange(db, clerk, "settings_changed", logged),
    );
    const found = await findName(administrator, person);
    expect(found).toContainEqual({ table: "changes", columns: ["after"], count: 1, ids: [] });
    expect(found.filter(({ table }) => table !== "changes")).toEqual([
      { table: "suppliers", columns: ["name"], count: 2, ids: [] },
    ]);
    expect(await findName(clerk, { name: "Niemand Nirgends", email: "n@example.org" })).toEqual([]);
  });
});

test.each([...searchedColumns.keys()])(
  "%s can be searched, and what is found there be opened",
  async (table) => {
    const place = placesOf[table];
    const columns = searchedColumns.get(table)!;
    const named = [...columns, ...(place ? [place.column] : [])];
    const config = tables.map((one) => getTableConfig(one)).find(({ name }) => name === table)!;
    const known = config.columns.map(({ name }) => inDatabase(name));
    expect(named.filter((column) => !known.includes(column))).toEqual([]);
  },
);

test("what a pattern is made of means itself", () => {
  expect(namePattern({ name: "A. (x) B", email: "a+b@c.de" })).toMatch(
    /^\(\?<!.+\)\(\?:\(\?:A\\\.\[.+\]\+\\\(x\\\)\[.+\]\+B\|.+a\\\+b@c\\\.de/,
  );
});

async function insertSupplier({ schoolAuthorityId }: User, name: string) {
  await forAuthority(schoolAuthorityId, () =>
    db.execute(sql`insert into suppliers (school_authority_id, name, name_key)
      values (${schoolAuthorityId}, ${name}, ${name.length + name.slice(0, 1)})`),
  );
}

/** Whatever stands for the person at sign-in, as the owner of the tables sees it. */
async function secretsOf({ id }: User): Promise<string[]> {
  const rows = await ownerDb.execute<{ secret: string }>(sql`
    select password_hash as secret from users where id = ${id}
    union all select secret from second_factors where user_id = ${id}
    union all select secret_hash from password_links where user_id = ${id}
    union all select id from sessions where user_id = ${id}`);
  return rows.map(({ secret }) => secret);
}

import { sql } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, inject, test, vi } from "vitest";
import { databaseUrl } from "#app/env.server.ts";
import { prepareDatabase } from "#app/server/prepare-database.ts";
import { db } from "#db/client.ts";
import { findRights } from "#db/guard.ts";
import { appendOnly, sealedTables, tableRights } from "#db/table-rights.ts";
import { createOffice } from "#tests/support/factories.ts";
import { ownerDb } from "#tests/support/owner.ts";

const appUrl = databaseUrl()!;
const ownerUrl = Object.assign(new URL(inject("serverUrl")), {
  pathname: new URL(appUrl).pathname,
}).toString();
const role = sql.identifier(decodeURIComponent(new URL(appUrl).username));

test("every table has its line in the list, and every line its table", async () => {
  const rows = await ownerDb.execute<{ name: string }>(sql`
    select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by 1`);
  expect(rows.map(({ name }) => name)).toEqual(Object.keys(tableRights).sort());
});

test.each(appendOnly)("%s refuses changes and emptying by triggers of its own", async (table) => {
  const rows = await ownerDb.execute<{ name: string }>(sql`
    select tgname as name from pg_trigger join pg_proc p on p.oid = tgfoid
    where tgrelid = ${table}::regclass and proname = 'refuse_change' and tgenabled = 'O'`);
  expect(rows.map(({ name }) => name).sort()).toEqual([
    "rows_are_appended_only",
    "table_is_appended_only",
  ]);
});

test.each(sealedTables)("each row of $table gets a seal", async ({ table }) => {
  const rows = await ownerDb.execute<{ deferred: boolean }>(sql`
    select tgdeferrable and tginitdeferred as deferred from pg_trigger
    where tgrelid = ${table}::regclass and tgname = 'row_is_sealed' and tgenabled = 'O'`);
  expect([...rows]).toEqual([{ deferred: true }]);
});

describe("with every trigger disabled", () => {
  const all = sql.raw(appendOnly.map((one) => `alter table ${one} disable trigger user`).join(";"));
  const again = sql.raw(
    appendOnly.map((one) => `alter table ${one} enable trigger user`).join(";"),
  );
  beforeAll(() => ownerDb.execute(all));
  afterAll(() => ownerDb.execute(again));

  test.each(appendOnly)("the program may not change, delete or empty %s", async (table) => {
    const name = sql.identifier(table);
    const column = sql.identifier("school_authority_id");
    for (const statement of [
      sql`update ${name} set ${column} = ${column}`,
      sql`delete from ${name}`,
      sql`truncate ${name} cascade`,
    ]) {
      await expect(db.execute(statement)).rejects.toMatchObject({ cause: { code: "42501" } });
    }
  });
});

// prettier-ignore
test.each([
  { what: "change a user's role",           by: "update users set role = 'auditor'" },
  { what: "write a seal",                   by: "insert into seals select * from seals" },
  { what: "make a seal by its function",    by: "select append_seal(gen_random_uuid(), 'users', 'x', 'x')" },
  { what: "switch triggers off",            by: "alter table entries disable trigger user" },
  { what: "pass by the triggers",           by: "set session_replication_role = replica" },
  { what: "take the triggers away",         by: "drop trigger rows_are_appended_only on entries" },
  { what: "change what a trigger does",     by: "create or replace function refuse_change() returns trigger language plpgsql as 'begin return new; end'" },
  { what: "become the owner",               by: `set role "${decodeURIComponent(new URL(ownerUrl).username)}"` },
  { what: "make a table",                   by: "create table own (id int)" },
  { what: "say that a migration was made",  by: "insert into drizzle.__drizzle_migrations (hash, created_at) values ('x', 1)" },
])("the program may not $what", async ({ by }) => {
  await createOffice();
  // By itself a select may read only, whoever asks.
  const asked = db.transaction((tx) => tx.execute(sql.raw(by)));
  await expect(asked).rejects.toMatchObject({ cause: { code: "42501" } });
});

test("the program's role has what the list says, and nothing else", async () => {
  const connection = postgres(appUrl, { max: 1 });
  expect(await findRights(connection)).toEqual({ beyond: [], lacking: [] });
  await connection.end();
});

// prettier-ignore
test.each([
  { by: sql`grant delete on entries to ${role}`,               found: /entries \(DELETE\)/ },
  { by: sql`grant truncate on changes to ${role}`,             found: /changes \(TRUNCATE\)/ },
  { by: sql`grant update (text) on changes to ${role}`,        found: /changes \(UPDATE\)/ },
  { by: sql`grant update (role) on users to ${role}`,          found: /users \(UPDATE\)/ },
  { by: sql`grant insert on seals to ${role}`,                 found: /seals \(INSERT\)/ },
  { by: sql`create table hidden (id int); grant select, update on hidden to ${role}`, found: /hidden \(UPDATE\)/ },
])("a right too many is seen: $found", async ({ by, found }) => {
  const connection = postgres(appUrl, { max: 1, onnotice() {} });
  await ownerDb.execute(by);
  const { beyond } = await findRights(connection);
  expect(beyond.map(({ table, rights }) => `${table} (${rights.join(", ")})`).join()).toMatch(found);
  await ownerDb.execute(sql`drop table if exists hidden`);
  // The next start takes it away again.
  await prepareDatabase(appUrl, ownerUrl);
  expect(await findRights(connection)).toEqual({ beyond: [], lacking: [] });
  await connection.end();
});

test("a start with one role for all says what that role could do", async () => {
  const said = vi.spyOn(console, "error").mockImplementation(() => {});
  await prepareDatabase(ownerUrl);
  expect(said.mock.calls.join()).toMatch(/^Hinweis: Das Konto „.*“ darf .*DATABASE_OWNER_URL/);
  said.mockClear();
  await prepareDatabase(appUrl, ownerUrl);
  expect(said).not.toHaveBeenCalled();
  said.mockRestore();
});

test("a start with a second role that owns the tables too is refused", async () => {
  const url = new URL(ownerUrl);
  [url.username, url.password] = ["paktbuch_test_twin", "zwilling"];
  await ownerDb.execute(sql`drop role if exists paktbuch_test_twin`);
  await ownerDb.execute(
    sql.raw(`create role paktbuch_test_twin login superuser password 'zwilling'`),
  );
  await expect(prepareDatabase(url.toString(), ownerUrl)).rejects.toThrow(
    /darf in der Datenbank mehr, als Paktbuch braucht.*OWNER/,
  );
  await ownerDb.execute(sql`drop owned by paktbuch_test_twin`);
  await ownerDb.execute(sql`drop role paktbuch_test_twin`);
});

test("what stood in a table before it was sealed is sealed once, at the start", async () => {
  const { clerk } = await createOffice();
  const of = sql`school_authority_id = ${clerk.schoolAuthorityId} and sealed_table = 'users'`;
  const seals = async () => {
    const [row] = await ownerDb.execute<{ count: number }>(
      sql`select count(*)::int as count from seals where ${of}`,
    );
    return row!.count;
  };
  const before = await seals();
  await ownerDb.execute(sql`drop trigger row_is_sealed on users`);
  const { id, ...columns } = { id: sql`gen_random_uuid()`, email: "neu@example.org" };
  await ownerDb.execute(sql`
    insert into users (id, school_authority_id, email, name, role, password_hash)
    values (${id}, ${clerk.schoolAuthorityId}, ${columns.email}, 'Neu', 'clerk', '')`);
  expect(await seals()).toBe(before);
  await prepareDatabase(appUrl, ownerUrl);
  expect(await seals()).toBe(before + 1);
  await prepareDatabase(appUrl, ownerUrl);
  expect(await seals()).toBe(before + 1);
});

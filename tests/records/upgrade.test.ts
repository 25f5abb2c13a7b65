import { readFile } from "node:fs/promises";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadAssignments } from "#app/audit-access.server.ts";
import type { User } from "#app/domain/permission.ts";
import { useDatabase } from "#app/env.server.ts";
import { findSigningIn } from "#app/records/users.server.ts";
import { verifyJournal } from "#app/records/verification.server.ts";
import { loader as overview } from "#app/routes/_index/route.tsx";
import { knownMigrations, migrateBetween } from "#app/server/migrations.ts";
import { prepareDatabase } from "#app/server/prepare-database.ts";
import { forAuthority } from "#db/authority.ts";
import { useNewAddress } from "#db/client.ts";
import { createOfficeDatabase } from "#tests/support/office-server.ts";
import { answer, get } from "#tests/support/request.ts";

const { ownerUrl, url: appUrl, superuserUrl, drop } = await createOfficeDatabase();
const superuser = postgres(superuserUrl, { max: 1, onnotice() {} });
let before: Awaited<ReturnType<typeof readBooks>>;

/** The books of the first release, with the rows that its program wrote, started by this one. */
beforeAll(async () => {
  const owner = postgres(ownerUrl, { max: 1, onnotice() {} });
  const first = [...knownMigrations()].find(([, tag]) => tag === "0001_keep_history")![0];
  const rows = await readFile("tests/fixtures/first-release.sql", "utf8");
  await owner.begin((sql) => migrateBetween(sql, { after: 0, until: first }));
  await owner.end();
  // Only a superuser writes rows past the triggers.
  await superuser.begin(async (sql) => {
    await sql`set local session_replication_role = replica`;
    await sql.unsafe(rows);
  });
  before = await readBooks();
  await prepareDatabase(appUrl, ownerUrl);
  useDatabase(appUrl);
  useNewAddress();
}, 60_000);

afterAll(async () => {
  await superuser.end();
  await drop();
});

test("the migrated books verify, with seals for all that stood in them", async () => {
  const verdicts = await verifyJournal(before.authority);
  expect(verdicts.flatMap(({ findings }) => findings)).toEqual([]);
  expect(verdicts.map(({ checked }) => checked > 0)).toEqual([true, true, true, true, true]);
});

test("every entry, its number and its hash are those of the first release", async () => {
  expect(await readBooks()).toEqual(before);
  expect(before.sums).toMatchObject({ drawn: "153017.16", paid: "216347.21" });
});

test("the overview shows each grant's figures to the cent as the first release booked them", async () => {
  const { body } = await answer(async () => overview(await get(clerk(), "/")));
  const { grants } = body as { grants: Record<string, string>[] };
  const shown = grants.map(({ id, committed, invoiced, paid }) => {
    return { id, committed, invoiced, paid };
  });
  expect(shown.sort(byId)).toEqual([...before.grants].sort(byId));
  expect(shown).toHaveLength(2);
});

test("who could sign in still can", async () => {
  const found = await findSigningIn("finanzen@beispiel.de", "paktbuch-beispiel");
  expect(found).toMatchObject({ user: { id: clerk().id } });
});

test("each person keeps what their one role allowed: a clerk has five", async () => {
  const people = await superuser<{ id: string; role: string }[]>`
    select id, role::text from users order by role::text`;
  const held = await forAuthority(before.authority, () =>
    Promise.all(people.map(async ({ id }) => (await loadAssignments(id)).map(({ role }) => role))),
  );
  expect(Object.fromEntries(people.map(({ role }, at) => [role, held[at]]))).toEqual({
    administrator: ["administrator"],
    auditor: ["auditor"],
    board: ["board"],
    clerk: ["clerk", "verifier", "treasurer", "head_of_finance", "coordinator"],
  });
});

function clerk(): User {
  return before.clerk as User;
}

const byId = (one: { id?: string }, other: { id?: string }) => one.id!.localeCompare(other.id!);

async function readBooks() {
  const [user] = await superuser`
    select id, school_authority_id as "schoolAuthorityId", name, email, role from users
    where email = 'finanzen@beispiel.de'`;
  const entries =
    await superuser`select number, figure, amount, text, hash from entries order by number`;
  const sums =
    await superuser`select figure::text, sum(amount)::text as sum from entries group by 1`;
  const grants = await superuser<{ id: string }[]>`
    select a.grant_id as id, trim_scale(sum(committed))::text as committed,
      trim_scale(sum(invoiced))::text as invoiced, trim_scale(sum(paid))::text as paid
    from balances b join accounts a on a.id = b.account_id where a.kind = 'budget_line' group by 1`;
  return {
    clerk: user,
    authority: user!.schoolAuthorityId as string,
    entries: [...entries],
    sums: Object.fromEntries(sums.map(({ figure, sum }) => [figure, sum])),
    grants: [...grants],
  };
}

import path from "node:path";
import { eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { User } from "#app/domain/permission.ts";
import { retainedUntil } from "#app/domain/retention.ts";
import { settings } from "#app/env.server.ts";
import { log } from "#app/log.server.ts";
import { listChanges } from "#app/records/changes.server.ts";
import { personOnFile } from "#app/records/person-file.server.ts";
import {
  changeRetentionPeriod,
  forgetSentForms,
  listRetention,
  loadRetentionPeriod,
  pseudonymiseDue,
} from "#app/records/retention.server.ts";
import {
  findPerson,
  findSigningIn,
  listUsers,
  recordUser,
  setUserActive,
} from "#app/records/users.server.ts";
import { verifyJournal } from "#app/records/verification.server.ts";
import { logSignIn } from "#app/records/access-log.server.ts";
import { setPasswordByLink } from "#app/records/password-links.server.ts";
import { doDaily } from "#app/server/daily-heads.ts";
import { startSession } from "#app/session.server.ts";
import { everyAuthority, forAuthority } from "#db/authority.ts";
import { db } from "#db/client.ts";
import { sentForms } from "#db/schema/changes.ts";
import { createOffice, createSchools } from "#tests/support/factories.ts";
import { behindTheProgram, ownerDb } from "#tests/support/owner.ts";

const canary = { name: 'Kanarina "Kiki" Vogelsang', email: "Kanarina.Vogelsang@Beispiel.de" };
const password = "ein langes Kennwort";
let office: Awaited<ReturnType<typeof createOffice>>;
let personId: string;

/** Somebody who recorded a school, left, and whose name stands in the log in several ways. */
beforeEach(async () => {
  office = await createOffice();
  const { administrator } = office;
  const recorded = await recordUser(administrator, { ...canary, roles: ["clerk"] });
  await setPasswordByLink((recorded as { secret: string }).secret, password);
  personId = (await findPerson(administrator, canary.email))!;
  const { user } = (await findSigningIn(canary.email, password)) as { user: User };
  await logSignIn(user);
  await createSchools(user);
  await startSession(personId);
  await setUserActive(administrator, personId, false);
  await layDown(administrator);
});

/** How long names are kept, and by what rule: without it nobody is given a pseudonym. */
async function layDown(administrator: User) {
  const { version } = await loadRetentionPeriod(administrator);
  await changeRetentionPeriod(administrator, { years: 10, basis: "Dienstanweisung 3" }, version);
}

/** The clock of the program eleven years on, past the retention of whatever was done today. */
async function yearsLater<Result>(years: number, run: () => Promise<Result>): Promise<Result> {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date(Date.now() + years * 366 * 86_400_000) });
  return run().finally(() => vi.useRealTimers());
}

test("ten years are counted from the first of January after the last deed", () => {
  expect(retainedUntil("2015-01-01")).toBe("2026-01-01");
  expect(retainedUntil("2015-12-31")).toBe("2026-01-01");
});

test("nobody is due before, and nobody whose account is open ever", async () => {
  expect((await listRetention(office.administrator)).persons).toEqual([]);
  expect((await yearsLater(9, () => listRetention(office.administrator))).persons).toEqual([]);
  const { persons } = await yearsLater(12, () => listRetention(office.administrator));
  expect(persons.map(({ id }) => id)).toEqual([personId]);
});

test.each(["clerk", "board", "auditor"] as const)("the %s sees no such list", async (role) => {
  await expect(listRetention(office[role])).rejects.toMatchObject({ status: 403 });
  await expect(personOnFile(office[role], personId, "Seite")).rejects.toMatchObject({
    status: 403,
  });
});

test("without the mark of the list nothing is changed", async () => {
  const before = await rowsWithName();
  expect(before).not.toEqual([]);
  const done = await yearsLater(12, () =>
    pseudonymiseDue(office.administrator, "0123456789abcdef"),
  );
  expect(done).toEqual({ rule: "another_list" });
  expect(await rowsWithName()).toEqual(before);
});

test("another authority gives no pseudonym, nor does a role that was granted nothing", async () => {
  const { administrator: other } = await createOffice();
  const given = sql`select pseudonymise(${personId}::uuid, ${office.administrator.id}::uuid, 'x')`;
  const asOther = forAuthority(other.schoolAuthorityId, () => db.execute(given));
  await expect(asOther).rejects.toThrow();
  expect(await rowsWithName()).not.toEqual([]);
  const [right] = await ownerDb.execute(sql`
    select has_function_privilege('public', 'pseudonymise(uuid, uuid, text)', 'execute') as anybody`);
  expect(right).toEqual({ anybody: false });
});

describe("after the run", () => {
  beforeEach(() => yearsLater(12, run));

  test("name and address stand nowhere in the database", async () => {
    expect(await rowsWithName()).toEqual([]);
  });

  test("all five proofs of the books hold", async () => {
    expect(await findings()).toEqual([]);
  });

  test("the log still says who did what, by a pseudonym", async () => {
    const { changes } = await listChanges({ ...office.clerk }, 1);
    const school = changes.find(({ deed }) => deed === "school_recorded");
    expect(school?.changedBy).toBe(`Person ${personId.slice(0, 8)}`);
    expect(changes.some(({ deed }) => deed === "person_pseudonymised")).toBe(true);
  });

  test("nobody else was touched", async () => {
    const others = (await listUsers(office.administrator)).filter(({ id }) => id !== personId);
    expect(
      others.some(
        ({ name, email }) =>
          email.endsWith("@pseudonym.invalid") || name === `Person ${personId.slice(0, 8)}`,
      ),
    ).toBe(false);
    expect(others.length).toBeGreaterThan(3);
  });

  test("nobody signs in with it, and its sessions are gone", async () => {
    expect(await findSigningIn(canary.email, password)).toBeUndefined();
    const rows = await ownerDb.execute(sql`select 1 from sessions where user_id = ${personId}`);
    expect([...rows]).toEqual([]);
  });

  test("it is not listed again", async () => {
    const { persons } = await yearsLater(12, () => listRetention(office.administrator));
    expect(persons).toEqual([]);
  });

  test.each([
    { what: "the account", change: sql`update users set name = 'Jemand anders'` },
    { what: "a line of the log", change: sql`update changes set text = 'Etwas anderes'` },
    {
      what: "the note of the run",
      change: sql`update pseudonymisations set reason = 'Ohne Grund'`,
    },
  ])("a later change of $what is found all the same", async ({ change, what }) => {
    const column =
      what === "the account"
        ? sql`id`
        : what === "a line of the log"
          ? sql`changed_by`
          : sql`user_id`;
    await behindTheProgram(sql`${change} where ${column} = ${personId}`);
    expect((await findings()).join()).toMatch(/weicht von Siegel/);
  });
});

// prettier-ignore
test.each([
  { what: "an open account",                     by: () => sql`select pseudonymise(${office.clerk.id}::uuid, ${office.administrator.id}::uuid, '')` },
  { what: "an account of another authority",     by: async () => sql`select pseudonymise(${personId}::uuid, ${(await createOffice()).administrator.id}::uuid, '')` },
  { what: "a line of the log by its own words",  by: () => sql`update changes set text = ''` },
  { what: "a line of the log under the function's setting", by: () => sql`with s as (select set_config('paktbuch.pseudonymising', 'on', true)) update changes set text = '' from s` },
  { what: "the notes of runs",                   by: () => sql`insert into pseudonymisations select * from pseudonymisations` },
])("the program may not change $what", async ({ by }) => {
  const change = await by();
  // By itself a select may read only, whoever asks.
  await expect(db.transaction((tx) => tx.execute(change))).rejects.toMatchObject({
    cause: { code: expect.stringMatching(/^(42501|23001)$/) },
  });
});

test("nobody is given a pseudonym before the authority has said how long names are kept, and by what rule", async () => {
  const { administrator } = office;
  await db.execute(
    sql`update school_authorities set retention_basis = null where id = ${administrator.schoolAuthorityId}`,
  );
  const done = await yearsLater(12, async () =>
    pseudonymiseDue(administrator, (await listRetention(administrator)).mark),
  );
  expect(done).toEqual({ rule: "no_basis" });
  expect(await rowsWithName()).not.toEqual([]);
});

test("who lays down a longer period keeps names longer; who saves over another's is told", async () => {
  const { administrator } = office;
  const { version } = await loadRetentionPeriod(administrator);
  await changeRetentionPeriod(administrator, { years: 15, basis: "Bescheid" }, version);
  expect((await yearsLater(12, () => listRetention(administrator))).persons).toEqual([]);
  expect((await yearsLater(17, () => listRetention(administrator))).persons).toHaveLength(1);
  const late = await changeRetentionPeriod(administrator, { years: 11, basis: "Andere" }, version);
  expect(late).toEqual({ rule: "made_from_old" });
  expect(await loadRetentionPeriod(administrator)).toMatchObject({ years: 15, basis: "Bescheid" });
});

test("to be told what is on file keeps nobody's name longer", async () => {
  await yearsLater(8, () => personOnFile(office.administrator, personId, "Seite"));
  const { persons } = await yearsLater(12, () => listRetention(office.administrator));
  expect(persons.map(({ id }) => id)).toEqual([personId]);
});

test("keys of forms that were sent are forgotten after thirty days, and not before", async () => {
  await sendForms();
  await everyAuthority(forgetSentForms);
  expect(await sentOnFile()).toEqual(["young"]);
});

test("of what is done daily neither waits for the other, and the program goes on when one fails", async () => {
  const { headsFolder } = settings;
  const headsToday = async () => {
    const own = sql`school_authority_id = ${office.clerk.schoolAuthorityId}`;
    return (await ownerDb.execute(sql`select from recorded_heads where ${own}`)).length;
  };
  const told = vi.spyOn(console, "error").mockImplementation(() => {});
  const logged = vi.spyOn(log, "error").mockImplementation(() => {});
  await sendForms();
  // A folder within a file: nothing can be written there.
  settings.headsFolder = path.join(import.meta.filename, "heads");
  try {
    await doDaily();
  } finally {
    settings.headsFolder = headsFolder;
  }
  expect(told.mock.calls.join()).toContain("PAKTBUCH_HEADS");
  expect([await headsToday(), await sentOnFile()]).toEqual([0, ["young"]]);

  const [role] = await db.execute<{ name: string }>(sql`select current_user::text as name`);
  const app = sql.identifier(role!.name);
  await ownerDb.execute(sql`revoke delete on sent_forms from ${app}`);
  try {
    await doDaily();
  } finally {
    await ownerDb.execute(sql`grant delete on sent_forms to ${app}`);
  }
  expect(logged).toHaveBeenCalledTimes(1);
  expect(await headsToday()).toBe(1);
});

async function sendForms() {
  const { id: sentBy, schoolAuthorityId } = office.clerk;
  const day = 86_400_000;
  const ages = { young: 29.9 * day, old: 30.1 * day };
  const sent = Object.entries(ages).map(([name, age]) => {
    const id = `${name} ${schoolAuthorityId}`;
    const form = { contentHash: "x", requestId: "x", sentAt: new Date(Date.now() - age) };
    return { id, schoolAuthorityId, sentBy, ...form };
  });
  await db.insert(sentForms).values(sent);
}

async function sentOnFile() {
  const left = await db.select().from(sentForms).where(eq(sentForms.sentBy, office.clerk.id));
  return left.map(({ id }) => id.split(" ")[0]);
}

async function run() {
  const { mark } = await listRetention(office.administrator);
  expect(await pseudonymiseDue(office.administrator, mark)).toMatchObject({
    persons: [{ id: personId }],
  });
}

async function findings() {
  const verdicts = await verifyJournal(office.administrator.schoolAuthorityId);
  return verdicts.flatMap((verdict) => verdict.findings);
}

/** Tables of the whole database in which the name or the address is found, in whatever column. */
async function rowsWithName(): Promise<string[]> {
  const tables = await ownerDb.execute<{ name: string }>(sql`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`);
  const found: string[] = [];
  for (const { name } of tables) {
    const [row] = await ownerDb.execute<{ count: number }>(sql`
      select count(*)::int as count from ${sql.identifier(name)} t
      where t::text ilike '%vogelsang%' and t::text like ${`%${office.clerk.schoolAuthorityId}%`}`);
    if (row!.count > 0) found.push(`${name}: ${row!.count}`);
  }
  return found;
}

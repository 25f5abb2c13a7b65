/** The wall between authorities as PostgreSQL keeps it: what the program forgot to ask is kept back all the same. */
import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import postgres from "postgres";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { loadDemo } from "#app/demo/load-demo.server.ts";
import type { User } from "#app/domain/permission.ts";
import { databaseUrl } from "#app/env.server.ts";
import { listGrants } from "#app/records/grants.server.ts";
import { readKnown } from "#app/records/known.server.ts";
import { prepareDatabase } from "#app/server/prepare-database.ts";
import { asRequestOfOne, askFor, everyAuthority, forAuthority } from "#db/authority.ts";
import { db } from "#db/client.ts";
import { knownTables } from "#db/known-views.ts";
import { tableRights } from "#db/table-rights.ts";
import { findGaps, findWaysPast } from "#db/walls.ts";
import { createGrant, createOffice } from "#tests/support/factories.ts";
import { ownerDb } from "#tests/support/owner.ts";

const tables = Object.keys(tableRights).sort();
const appUrl = databaseUrl()!;
const ownerUrl = Object.assign(new URL(inject("serverUrl")), {
  pathname: new URL(appUrl).pathname,
}).toString();

/** An authority whose books have rows in most tables, and one that is nobody to it. */
let full: User;
let other: Awaited<ReturnType<typeof createOffice>>;
const counts = new Map<string, number>();

beforeAll(async () => {
  await loadDemo();
  const { rows } = {
    rows: await ownerDb.execute<User & { school_authority_id: string }>(sql`
    select * from users where email = 'finanzen@beispiel.de'`),
  };
  full = { ...rows[0]!, schoolAuthorityId: rows[0]!.school_authority_id };
  await ownerDb.execute(sql`
    insert into sessions (id, user_id, expires_at) values ('a', ${full.id}, now())`);
  for (const table of tables) counts.set(table, await countAsOwner(table));
  other = await createOffice();
}, 240_000);

async function countAsOwner(table: string): Promise<number> {
  const [row] = await ownerDb.execute<{ count: number }>(
    sql`select count(*)::int as count from ${sql.identifier(table)}`,
  );
  return row!.count;
}

async function count(table: string, condition = sql`true`): Promise<number> {
  const [row] = await db.execute<{ count: number }>(
    sql`select count(*)::int as count from ${sql.raw(table)} where ${condition}`,
  );
  return row!.count;
}

/** The rows that the authority of the example has, found by the column that names it. */
function ofExample(table: string) {
  const { wall = "school_authority_id" } = tableRights[table]!;
  const column = sql.identifier(typeof wall === "string" ? wall : wall.column);
  return sql`${column} = ${typeof wall === "string" ? full.schoolAuthorityId : full.id}`;
}

const asOther = <Result>(work: () => Promise<Result>) =>
  forAuthority(other.clerk.schoolAuthorityId, work);
const asNobody = <Result>(work: () => Promise<Result>) => asRequestOfOne(async () => work());
const refused = { cause: { code: "42501" } };

test("the example has rows in most tables, so that what follows says something", () => {
  const empty = tables.filter((table) => counts.get(table) === 0);
  expect(empty.length).toBeLessThan(tables.length / 2);
});

test("the program's role owns nothing and passes no wall by, and every table has its own", async () => {
  const sql = postgres(appUrl, { max: 1 });
  const owned = await sql`
    select relname from pg_class where pg_has_role(relowner, 'member') and relnamespace in
      ('public'::regnamespace, 'known'::regnamespace)`;
  expect([...owned]).toEqual([]);
  expect(await findWaysPast(sql)).toEqual([]);
  expect(await findGaps(sql)).toEqual([]);
  const behind = await sql<{ name: string }[]>`
    select relname as name from pg_class where relrowsecurity and relforcerowsecurity
      and relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by 1`;
  expect(behind.map(({ name }) => name)).toEqual(tables);
  await sql.end();
});

describe.each(tables)("%s", (table) => {
  test("shows nobody's rows to nobody", async () => {
    expect(await asNobody(() => count(table))).toBe(0);
  });

  test("shows its own rows, and to another none of them, whatever it asks", async () => {
    const own = forAuthority(full.schoolAuthorityId, () => count(table));
    expect(await own).toBe(counts.get(table));
    expect(await asOther(() => count(table, ofExample(table)))).toBe(0);
  });

  test("takes no row for another", async () => {
    const { wall = "school_authority_id" } = tableRights[table]!;
    const column = sql.identifier(typeof wall === "string" ? wall : wall.column);
    const value = typeof wall === "string" ? full.schoolAuthorityId : full.id;
    const insert = sql`insert into ${sql.identifier(table)} (${column}) values (${value})`;
    // Who may not insert at all is told so first.
    const why = tableRights[table]!.insert ? /row-level security/ : /permission denied/;
    for (const asWhom of [asNobody, asOther]) {
      await expect(asWhom(async () => db.execute(insert))).rejects.toMatchObject({
        cause: { code: "42501", message: expect.stringMatching(why) },
      });
    }
  });

  test("lets no row of another be changed or taken away", async () => {
    const { update, delete: deletes, wall = "school_authority_id" } = tableRights[table]!;
    const name = sql.identifier(table);
    const column = typeof wall === "string" ? wall : wall.column;
    const touched = sql.identifier(Array.isArray(update) ? update[0]! : column);
    const where = ofExample(table);
    if (update) {
      const change = sql`update ${name} set ${touched} = ${touched} where ${where}`;
      expect((await asOther(async () => db.execute(change))).count).toBe(0);
    }
    if (deletes) {
      const removal = sql`delete from ${name} where ${where}`;
      expect((await asOther(async () => db.execute(removal))).count).toBe(0);
    }
    expect(await countAsOwner(table)).toBeGreaterThanOrEqual(counts.get(table)!);
  });
});

test("a list whose own filter is gone shows the own grants only", async () => {
  await createGrant(other);
  const rows = await asOther(async () => db.execute<{ id: string }>(sql`select * from grants`));
  const own = await listGrants(other.clerk, "all");
  expect(own.length).toBe(1);
  expect(rows.map(({ id }) => id)).toEqual(own.map(({ id }) => id));
});

test("no own row can be given away to another authority", async () => {
  const away = sql`update schools set school_authority_id = ${full.schoolAuthorityId}`;
  await expect(asOther(async () => db.execute(away))).rejects.toMatchObject(refused);
});

const views = Object.keys(knownTables).filter(
  (table) => !("asToday" in Object(knownTables[table])),
);

test.each(views)("known.%s stands behind the wall too", async (table) => {
  const past = sql`select known.read_as(${full.schoolAuthorityId}, now())`;
  const seen = (asked: string) =>
    db.transaction(async (tx) => {
      await tx.execute(past);
      await tx.execute(sql`select set_config('paktbuch.authority', ${asked}, true)`);
      // The view's own filter goes by the same setting; what it reads is asked for without it.
      const [row] = await tx.execute<{ count: number }>(
        sql`select count(*)::int as count from ${sql.raw(`known.${table}`)}`,
      );
      return row!.count;
    });
  const [view] = await ownerDb.execute<{ options: string[] }>(
    sql`select reloptions as options from pg_class where oid = ${`known.${table}`}::regclass`,
  );
  expect(view!.options).toContain("security_invoker=true");
  if ((counts.get(table) ?? 0) === 0) return;
  expect(await seen(full.schoolAuthorityId)).toBeGreaterThan(0);
  expect(await seen(randomUUID())).toBe(0);
});

test("a reading of the past shows the own past", async () => {
  const before = await asOther(() =>
    readKnown(other.clerk, new Date(0), () => listGrants(other.clerk, "all")),
  );
  expect(before).toEqual([]);
});

test("of ten thousand interleaved requests of fifty authorities none sees a foreign row", async () => {
  const ids = [other.clerk.schoolAuthorityId, full.schoolAuthorityId];
  await ownerDb.execute(sql`
    insert into school_authorities (name) select 'Stadt ' || n from generate_series(1, 48) n`);
  const made = await ownerDb.execute<{ id: string }>(
    sql`select id from school_authorities where name ~ '^Stadt \\d+$'`,
  );
  ids.push(...made.map(({ id }) => id));
  expect(ids.length).toBe(50);

  const seen: { own: number; foreign: number; failed: number } = { own: 0, foreign: 0, failed: 0 };
  const request = (at: number) =>
    asRequestOfOne(async () => {
      const id = ids[at % ids.length]!;
      askFor(id);
      const look = async (reader: Pick<typeof db, "execute">) => {
        const rows = await reader.execute<{ id: string }>(sql`select id from school_authorities`);
        if (rows.length === 1 && rows[0]!.id === id) seen.own += 1;
        else seen.foreign += 1;
      };
      const failing = (work: () => Promise<unknown>) =>
        work().catch(() => {
          seen.failed += 1;
        });
      if (at % 10 === 0) await failing(async () => db.execute(sql`select 1 / 0`));
      if (at % 10 === 1) await failing(() => db.transaction(leaving(look)));
      if (at % 100 === 2) await failing(() => db.transaction(endedFromOutside("cancel")));
      if (at % 500 === 3) await failing(() => db.transaction(endedFromOutside("terminate")));
      if (at % 4 === 0) await db.transaction(async (tx) => Promise.all([look(tx), look(tx)]));
      await look(db);
    });
  await Promise.all(Array.from({ length: 10_000 }, (_, at) => request(at)));
  // One reading each, two more in every fourth, one in each that leaves its transaction.
  expect(seen).toEqual({ own: 10_000 + 2 * 2_500 + 1_000, foreign: 0, failed: 2_000 + 100 + 20 });
}, 120_000);

type Tx = Parameters<Parameters<typeof db.transaction>[0]>[0];

/** Has read, and then the program fails. */
function leaving(look: (tx: Tx) => Promise<void>) {
  return async (tx: Tx) => {
    await look(tx);
    throw new Error("of the program");
  };
}

/** What is asked is cancelled, or its connection ended, while it is under way. */
function endedFromOutside(how: "cancel" | "terminate") {
  return async (tx: Tx) => {
    const [own] = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
    const waiting = Promise.resolve(tx.execute(sql`select pg_sleep(20)`));
    const end = async () => {
      const done = sql.raw(`select pg_${how}_backend(${own!.pid}) from pg_stat_activity
        where pid = ${own!.pid} and query ~ 'pg_sleep'`);
      while (isAsked && (await ownerDb.execute(done)).length === 0);
    };
    let isAsked = true;
    await Promise.all([waiting.finally(() => (isAsked = false)), end()]);
  };
}

test("what fails in the middle leaves nothing to whoever gets the connection next", async () => {
  const failing = Array.from({ length: 60 }, (_, at) =>
    forAuthority(full.schoolAuthorityId, async () => {
      if (at % 3 === 0) await db.execute(sql`select 1 / 0`);
      await db.transaction(async (tx) => {
        const [own] = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
        if (at % 3 === 1) throw new Error("of the program");
        await ownerDb.execute(sql`select pg_terminate_backend(${own!.pid})`);
        await tx.execute(sql`select 1`);
      });
    }),
  );
  const ended = await Promise.allSettled(failing);
  expect(ended.every(({ status }) => status === "rejected")).toBe(true);
  const look = () =>
    asNobody(async () =>
      db.execute<{ asked: string | null; count: number }>(sql`
        select current_setting('paktbuch.authority', true) as asked, (select count(*)::int from users) as count`),
    );
  // Who gets a connection that has just been ended asks again.
  const settings = await Promise.all(
    Array.from({ length: 60 }, () => look().catch(() => look().catch(look))),
  );
  expect(settings.every(([row]) => !row!.asked && row!.count === 0)).toBe(true);
});

test("a request never changes sides, and outside of a request nobody is let in", async () => {
  const turned = asRequestOfOne(async () => {
    askFor(full.schoolAuthorityId);
    askFor(other.clerk.schoolAuthorityId);
  });
  await expect(turned).rejects.toThrow("asks for another");
  const within = asNobody(async () => {
    await everyAuthority(async () => count("users"));
    return count("users");
  });
  expect(await within).toBe(0);
  expect(() => forAuthority("x' or true", async () => 0)).toThrow("UUID");
});

test.each([
  { by: "no force row level security", gap: "alter table grants no force row level security" },
  { by: "a policy more", gap: "create policy more on grants for select using (true)" },
  { by: "another policy", gap: "alter policy rows_are_of_who_asks on grants using (true)" },
  { by: "no policy", gap: "drop policy rows_are_of_who_asks on grants" },
])("a wall with a gap ($by) is seen, and closed at the next start", async ({ gap }) => {
  const app = postgres(appUrl, { max: 1, onnotice() {} });
  await ownerDb.execute(sql.raw(gap));
  expect(await findGaps(app)).toEqual(["grants"]);
  await prepareDatabase(appUrl, ownerUrl);
  expect(await findGaps(app)).toEqual([]);
  await app.end();
});

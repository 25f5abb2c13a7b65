/** How the program asks its database: in one go, on one connection, and for nobody else. */
import { sql } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { databaseUrl } from "#app/env.server.ts";
import { asRequestOfOne, askFor } from "#db/authority.ts";
import { db, outsideOfReading } from "#db/client.ts";
import { Lanes } from "#db/lanes.ts";
import { createOffice } from "#tests/support/factories.ts";
import { ownerDb } from "#tests/support/owner.ts";

const { clerk } = await createOffice();
const asClerk = <Result>(work: () => Promise<Result>) =>
  asRequestOfOne(() => {
    askFor(clerk.schoolAuthorityId);
    return work();
  });

test("a reading by itself is held to reading", async () => {
  await asClerk(async () => {
    const advised = sql`select pg_advisory_xact_lock(1)`;
    expect(await db.execute(advised)).toHaveLength(1);
    await expect(async () =>
      db.execute(sql`select pseudonymise(${clerk.id}::uuid, ${clerk.id}::uuid, '')`),
    ).rejects.toMatchObject({ cause: { code: "25006" } });
  });
});

test("while a transaction is open, nothing is asked beside it: that would need a second connection", async () => {
  const beside = sql`select 1`;
  await expect(db.transaction(async () => db.execute(beside))).rejects.toMatchObject({
    cause: { message: expect.stringContaining("while a transaction is open") },
  });
  await expect(
    db.transaction(() => db.transaction(async (tx) => tx.execute(beside))),
  ).rejects.toThrow("while a transaction is open");
  // A savepoint is no second connection, what is said to go beside may, and afterwards all may.
  await db.transaction((tx) => tx.transaction(async (inner) => inner.execute(beside)));
  await db.transaction(() => outsideOfReading(async () => db.execute(beside)));
  const later = await db.transaction(async () => () => db.execute(beside));
  expect(await later()).toHaveLength(1);
});

test("a value that can't be sent fails by itself, and the connection serves on", async () => {
  const unsendable = [undefined, new Date(), { a: 1 }];
  for (const value of unsendable) {
    const asked = asClerk(async () =>
      db.$client.unsafe("select $1::text", [value as unknown as string]),
    );
    await expect(asked).rejects.toThrow("can't be sent");
  }
  const served = Array.from({ length: 40 }, () => asClerk(async () => db.execute(sql`select 1`)));
  expect(await Promise.all(served)).toHaveLength(40);
});

test("what is asked often is prepared, and gives the same as before", async () => {
  const ask = (value: string | null) =>
    asClerk(async () =>
      db.execute<{ said: string | null; known: boolean }>(sql`
        select ${value}::text as said, 'often asked' as mark, exists (
          select 1 from pg_prepared_statements where statement like '%often asked%') as known`),
    );
  const answers = [];
  for (const value of ["a", "b", null, "d", "e", "f", "g"]) answers.push((await ask(value))[0]!);
  expect(answers.map(({ said }) => said)).toEqual(["a", "b", null, "d", "e", "f", "g"]);
  expect(answers[0]!.known).toBe(false);
  expect(answers.at(-1)!.known).toBe(true);
});

test("as many readings as there are connections may each write something down beside themselves", async () => {
  const one = () =>
    db.transaction(async (tx) => {
      await tx.execute(sql`select pg_sleep(0.2)`);
      return outsideOfReading(async () => db.execute(sql`select 1`));
    });
  expect(await Promise.all(Array.from({ length: 30 }, one))).toHaveLength(30);
});

test("who waits too long for a connection is told so", async () => {
  const lanes = new Lanes(databaseUrl()!, { count: 1 }, {});
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  let giveBack = () => {};
  const busy = lanes.lend(() => new Promise<void>((resolve) => (giveBack = resolve)));
  const late = lanes.lend(async () => "too late");
  const served = expect(late).rejects.toMatchObject({ code: "57014" });
  await vi.advanceTimersByTimeAsync(30_000);
  await served;
  vi.useRealTimers();
  giveBack();
  await busy;
  expect(await lanes.lend(async () => "served")).toBe("served");
});

test("a loss of another connection fails the transaction that waited for it, and its locks are free", async () => {
  const lost = Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });
  const held = sql`select pg_advisory_xact_lock(77)`;
  const failing = db.transaction(async (tx) => {
    await tx.execute(held);
    throw lost;
  });
  await expect(failing).rejects.toThrow("ECONNRESET");
  const [row] = await db.transaction((tx) =>
    tx.execute<{ free: boolean }>(sql`select pg_try_advisory_xact_lock(77) as free`),
  );
  expect(row).toEqual({ free: true });
});

test("what was prepared before a table changed is asked again, and never answered for nobody", async () => {
  const own = sql`select *, 'prepared before' as mark from users where id = ${clerk.id}`;
  const ask = () => asClerk(async () => db.execute(own));
  for (let time = 0; time < 5; time += 1) expect(await ask()).toHaveLength(1);
  await ownerDb.execute(sql`alter table users add column added_meanwhile text`);
  for (let time = 0; time < 12; time += 1) expect(await ask()).toHaveLength(1);
});

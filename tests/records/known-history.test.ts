/** The whole example is told while somebody looks: what was seen then is seen again at its end. */
import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { loadDemo } from "#app/demo/load-demo.server.ts";
import { eq } from "drizzle-orm";
import { withinAccess } from "#app/audit-access.server.ts";
import type { User } from "#app/domain/permission.ts";
import { readKnown } from "#app/records/known.server.ts";
import { db } from "#db/client.ts";
import { users } from "#db/schema/users.ts";
import { lookAtAll, lookWhileHeld } from "#tests/support/known.ts";

test("every report of any moment of the example is made again at its end, to the letter", async () => {
  let isTold = false;
  const telling = loadDemo().finally(() => (isTold = true));
  const looks: Awaited<ReturnType<typeof lookWhileHeld>>[] = [];
  let user: User | undefined;
  while (!isTold) {
    user ??= await auditorOfExample();
    if (user) looks.push(await lookWhileHeld(user));
    await wait(300);
  }
  await telling;
  looks.push(await lookWhileHeld(user!));
  expect(new Set(looks.map(({ seen }) => seen)).size).toBeGreaterThan(8);
  for (const { moment, seen } of looks) {
    const again = await readKnown(user!, moment, () => lookAtAll(user!));
    expect(again?.split("\n")).toEqual(seen.split("\n"));
  }
}, 300_000);

async function auditorOfExample(): Promise<User | undefined> {
  const [account] = await db.select().from(users).where(eq(users.email, "pruefung@beispiel.de"));
  return account && withinAccess(account);
}

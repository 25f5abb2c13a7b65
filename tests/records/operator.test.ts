/** What whoever runs the program does at the machine: founding authorities, and letting in who is locked out. */
import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { promisify } from "node:util";
import { sql } from "drizzle-orm";
import { expect, inject, test } from "vitest";
import { databaseUrl } from "#app/env.server.ts";
import { listChanges } from "#app/records/changes.server.ts";
import { authoritiesNamed, resetAccess } from "#app/records/operator.server.ts";
import { setPasswordByLink } from "#app/records/password-links.server.ts";
import { beginSecondFactor, findSecondFactor } from "#app/records/second-factors.server.ts";
import { foundWithUsers } from "#app/records/users.server.ts";
import { startSession } from "#app/session.server.ts";
import { db } from "#db/client.ts";
import { createOffice, password } from "#tests/support/factories.ts";

async function run(command: string, ...given: string[]) {
  const ownerUrl = new URL(inject("serverUrl"));
  ownerUrl.pathname = new URL(databaseUrl()!).pathname;
  const { VITEST: _test, NODE_ENV: _mode, ...inherited } = process.env;
  const env = {
    ...inherited,
    DATABASE_URL: databaseUrl()!,
    DATABASE_OWNER_URL: ownerUrl.toString(),
  };
  const args = ["--import", "tsx", `app/commands/${command}.ts`, ...given];
  const options = { env: env as unknown as NodeJS.ProcessEnv };
  return promisify(execFile)(process.execPath, args, options).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  );
}

test("an authority is founded once: the second time says who is there, and founds one only when asked for", async () => {
  const name = `Samtgemeinde ${randomUUID().slice(0, 8)}`;
  const found = (...more: string[]) =>
    run("create-administrator", name, "Viktor", "verwaltung@example.org", ...more);
  expect(await found()).toMatchObject({ code: 0 });
  const again = await found();
  expect(again).toMatchObject({ code: 1, stdout: "" });
  expect(again.stderr).toContain("ist schon eingerichtet und hat einen Zugang der Verwaltung.");
  expect(again.stderr).not.toContain("@example.org");
  expect(await authoritiesNamed(name.toUpperCase())).toEqual([{ administrators: 1 }]);
  expect(await found("--second")).toMatchObject({ code: 0 });
  expect(await authoritiesNamed(name)).toHaveLength(2);
}, 120_000);

test("who has lost telephone and codes gets a link at the machine: no second factor, no session is left, and the log says so", async () => {
  const { administrator, auditor } = await createOffice();
  await beginSecondFactor(administrator);
  await db.execute(
    sql`update second_factors set confirmed_at = now() where user_id = ${administrator.id}`,
  );
  await startSession(administrator.id);

  const done = await resetAccess(administrator.email.toUpperCase());
  if (!("secret" in done)) throw new Error("no link");
  expect(done.hadFactor).toBe(true);
  expect(await findSecondFactor(administrator)).toBeUndefined();
  const [sessions] = await db.execute<{ count: number }>(
    sql`select count(*)::int as count from sessions where user_id = ${administrator.id}`,
  );
  expect(sessions!.count).toBe(0);
  const { changes } = await listChanges(auditor, 1);
  expect(
    changes
      .slice(0, 2)
      .map(({ deed }) => deed)
      .sort(),
  ).toEqual(["reset_requested", "second_factor_reset"]);
  for (const { text } of changes.slice(0, 2)) expect(text).toContain("vom Betrieb am Rechner");

  expect(await setPasswordByLink(done.secret, "ein ganz anderes Kennwort 7")).toBeUndefined();
  expect(await setPasswordByLink(done.secret, "noch ein anderes Kennwort 8")).toMatchObject({
    rule: "link_used_up",
  });
});

test("an address with accounts at several authorities asks which; an unknown one changes nothing", async () => {
  const email = `${randomUUID()}@example.org`;
  const names = [`Stadt ${randomUUID()}`, `Stadt ${randomUUID()}`].sort();
  for (const name of names) {
    const person = { name: "Person", email, roles: ["administrator" as const], password };
    await foundWithUsers({ name, isExample: false }, [person]);
  }
  expect(await resetAccess(email)).toEqual({ authorities: names });
  expect(await resetAccess(email, names[1])).toMatchObject({ authority: names[1] });
  expect(await resetAccess("niemand@example.org")).toEqual({ authorities: [] });
});

test("asking for a person of whom nothing is on file is answered by a sentence, and an exit code of 1", async () => {
  const { administrator } = await createOffice();
  const asked = await run("retention", administrator.email, "--person", "unbekannt@example.org");
  expect(asked).toMatchObject({ code: 1, stdout: "" });
  expect(asked.stderr).toContain("Zu unbekannt@example.org ist bei diesem Schulträger nichts");
}, 120_000);

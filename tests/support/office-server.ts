/** A database on the test server as an office has it: its owner is no superuser, so that the walls hold for it too. */
import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { inject } from "vitest";

/** An empty database with an owner and a role for the program, both of its own, until `drop` is called. */
export async function createOfficeDatabase() {
  const admin = postgres(inject("serverUrl"), { max: 1, onnotice() {} });
  const [name, password] = [`paktbuch_own_${randomUUID().slice(0, 8)}`, randomUUID()];
  const of = (role?: string) => {
    const url = Object.assign(new URL(inject("serverUrl")), { pathname: `/${name}` });
    if (role) [url.username, url.password] = [role, password];
    return url.toString();
  };
  const [owner, app] = [`${name}_owner`, `${name}_app`];
  for (const role of [owner, app]) {
    await admin.unsafe(`create role ${role} login password '${password}'`);
  }
  await admin.unsafe(`create database ${name} owner ${owner}`);
  return {
    ...{ admin, app, ownerUrl: of(owner), url: of(app), superuserUrl: of() },
    async drop() {
      await admin.unsafe(`drop database ${name} with (force)`);
      for (const role of [owner, app]) await admin.unsafe(`drop role ${role}`);
      await admin.end();
    },
  };
}

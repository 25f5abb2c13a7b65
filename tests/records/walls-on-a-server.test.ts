/**
 * A server as an office has it: the owner of the tables is no superuser, so that the walls hold for it too, and
 * for every function that runs with its rights.
 */
import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { percent } from "#app/domain/money.ts";
import { databaseUrl, useDatabase } from "#app/env.server.ts";
import { listGrants } from "#app/records/grants.server.ts";
import { readKnown } from "#app/records/known.server.ts";
import { changeSettings } from "#app/records/authorities.server.ts";
import { now } from "#app/clock.server.ts";
import { verifyJournal } from "#app/records/verification.server.ts";
import { prepareDatabase } from "#app/server/prepare-database.ts";
import { asRequestOfOne, askFor } from "#db/authority.ts";
import { useNewAddress } from "#db/client.ts";
import { accepted, createGrant, createOffice, spend } from "#tests/support/factories.ts";

const admin = postgres(inject("serverUrl"), { max: 1, onnotice() {} });
const [name, password] = [`paktbuch_own_${randomUUID().slice(0, 8)}`, randomUUID()];
const urlOf = (role: string) => {
  const url = new URL(inject("serverUrl"));
  [url.username, url.password, url.pathname] = [role, password, `/${name}`];
  return url.toString();
};
const [ownerUrl, appUrl, formerUrl] = [
  urlOf(`${name}_owner`),
  urlOf(`${name}_app`),
  databaseUrl()!,
];

beforeAll(async () => {
  for (const role of ["owner", "app"]) {
    await admin.unsafe(`create role ${name}_${role} login password '${password}'`);
  }
  await admin.unsafe(`create database ${name} owner ${name}_owner`);
  await prepareDatabase(appUrl, ownerUrl);
  useDatabase(appUrl);
  useNewAddress();
}, 120_000);

afterAll(async () => {
  useDatabase(formerUrl);
  useNewAddress();
  await admin.unsafe(`drop database ${name} with (force)`);
  for (const role of ["owner", "app"]) await admin.unsafe(`drop role ${name}_${role}`);
  await admin.end();
});

test("deeds, their seals and the past are kept behind walls that hold for the owner too", async () => {
  const office = await createOffice();
  const neighbour = await createOffice();
  const { clerk, administrator } = office;
  const asClerk = <Result>(work: () => Promise<Result>) =>
    asRequestOfOne(() => {
      askFor(clerk.schoolAuthorityId);
      return work();
    });
  await asClerk(async () => {
    const { grantId, lineOf } = await createGrant(office);
    await spend(clerk, grantId, lineOf("2.1"), "100");
    // Writes what stood there before, by a trigger.
    accepted(await changeSettings(administrator, { fourEyes: false, inputTaxRate: percent("0") }));
    const grants = () => listGrants(clerk, "all");
    expect(await readKnown(clerk, now(), grants)).toHaveLength(1);
    const verdicts = await verifyJournal(clerk.schoolAuthorityId);
    expect(verdicts.flatMap(({ findings }) => findings)).toEqual([]);
    expect(verdicts.every(({ checked }) => checked > 0)).toBe(true);
    expect(await listGrants(neighbour.clerk, "all")).toEqual([]);
  });

  const owner = postgres(ownerUrl, { max: 1, onnotice() {} });
  const seen = () => owner`select id from grants`;
  expect(await seen()).toHaveLength(0);
  await owner`select set_config('paktbuch.authority', '*', false)`;
  expect(await seen()).toHaveLength(1);
  await owner.end();
}, 120_000);

test("a second start finds all in order, and one role for all says that it could do more", async () => {
  await prepareDatabase(appUrl, ownerUrl);
  const owner = postgres(ownerUrl, { max: 1, onnotice() {} });
  await owner`alter table grants no force row level security`;
  await prepareDatabase(appUrl, ownerUrl);
  const [grants] =
    await owner`select relforcerowsecurity as forced from pg_class where oid = 'grants'::regclass`;
  expect(grants!.forced).toBe(true);
  await owner.end();
});

test("a role that passes the walls by is refused in one sentence", async () => {
  await admin.unsafe(`alter role ${name}_app bypassrls`);
  await expect(prepareDatabase(appUrl, ownerUrl)).rejects.toThrow(/darf .* mehr, als .*BYPASSRLS/);
  await admin.unsafe(`alter role ${name}_app nobypassrls`);
  await prepareDatabase(appUrl, ownerUrl);
});

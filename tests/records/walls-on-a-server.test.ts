/**
 * A server as an office has it: the owner of the tables is no superuser, so that the walls hold for it too, and
 * for every function that runs with its rights.
 */
import { sql } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { percent } from "#app/domain/money.ts";
import { databaseUrl, useDatabase } from "#app/env.server.ts";
import { listGrants } from "#app/records/grants.server.ts";
import { answerOffer } from "#app/records/joint-link-answers.server.ts";
import { loadSeenYear } from "#app/records/joint-seen.server.ts";
import { readKnown } from "#app/records/known.server.ts";
import { changeSettings } from "#app/records/authorities.server.ts";
import { now } from "#app/clock.server.ts";
import {
  changeRetentionPeriod,
  listRetention,
  loadRetentionPeriod,
  pseudonymiseDue,
} from "#app/records/retention.server.ts";
import { findPerson, recordUser, setUserActive } from "#app/records/users.server.ts";
import { verifyJournal } from "#app/records/verification.server.ts";
import { prepareDatabase } from "#app/server/prepare-database.ts";
import { asRequestOfOne, askFor, forAuthority } from "#db/authority.ts";
import { db, useNewAddress } from "#db/client.ts";
import { accepted, createGrant, createOffice, spend } from "#tests/support/factories.ts";
import { offer } from "#tests/support/joint-link.ts";
import { settledYear } from "#tests/support/joint-year.ts";
import { createOfficeDatabase } from "#tests/support/office-server.ts";

const { admin, app, ownerUrl, url: appUrl, drop } = await createOfficeDatabase();
const formerUrl = databaseUrl()!;

beforeAll(async () => {
  await prepareDatabase(appUrl, ownerUrl);
  useDatabase(appUrl);
  useNewAddress();
}, 120_000);

afterAll(async () => {
  useDatabase(formerUrl);
  useNewAddress();
  await drop();
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

test("a pseudonym is given behind the walls, to the own authority's people only", async () => {
  const { administrator } = await createOffice();
  const neighbour = await createOffice();
  const asAdministrator = <Result>(work: () => Promise<Result>) =>
    forAuthority(administrator.schoolAuthorityId, work);
  const email = "kanarina@example.org";
  const draft = { name: "Kanarina Vogelsang", email, roles: ["clerk" as const] };
  await asAdministrator(() => recordUser(administrator, draft));
  const personId = (await asAdministrator(() => findPerson(administrator, email)))!;
  await asAdministrator(() => setUserActive(administrator, personId, false));
  await asAdministrator(async () => {
    const { version } = await loadRetentionPeriod(administrator);
    const period = { years: 10, basis: "Dienstanweisung" };
    await changeRetentionPeriod(administrator, period, version);
  });

  const given = sql`select pseudonymise(${personId}::uuid, ${neighbour.administrator.id}::uuid, '')`;
  const { schoolAuthorityId } = neighbour.administrator;
  await expect(
    forAuthority(schoolAuthorityId, () => db.transaction(async (tx) => tx.execute(given))),
  ).rejects.toMatchObject({ cause: { code: "23001" } });

  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 12 * 366 * 86_400_000 });
  const done = await asAdministrator(async () => {
    const { mark } = await listRetention(administrator);
    return pseudonymiseDue(administrator, mark);
  }).finally(() => vi.useRealTimers());
  expect(done).toMatchObject({ persons: [{ id: personId }] });
  await asAdministrator(async () => {
    const [{ changes } = {}] = await db.execute<{ changes: number }>(sql`
      select count(*)::int as changes from changes where strpos(text, 'Vogelsang') > 0`);
    expect(changes).toBe(0);
    const verdicts = await verifyJournal(administrator.schoolAuthorityId);
    expect(verdicts.flatMap(({ findings }) => findings)).toEqual([]);
  });
}, 120_000);

test("a member of a joint service sees it through functions that run with the owner's rights", async () => {
  const [keeper, member] = [(await createOffice()).clerk, (await createOffice()).clerk];
  const { schoolAuthorityId } = member;
  const { service, members } = await forAuthority(keeper.schoolAuthorityId, () =>
    settledYear(keeper, "A"),
  );
  const code = await forAuthority(keeper.schoolAuthorityId, () =>
    offer(keeper, service, members[1]!.id),
  );
  const year = await forAuthority(schoolAuthorityId, async () => {
    const { linkId } = (await answerOffer(member, code, true)) as { linkId: string };
    return loadSeenYear(member, linkId, 2024);
  });
  expect(year.members.map(({ settled }) => settled?.toFixed(2))).toEqual([
    "9227.09",
    "11691.47",
    "10316.01",
  ]);
  expect([year.actual.toFixed(2), year.own?.payments.length]).toEqual(["31234.57", 2]);
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
  await admin.unsafe(`alter role ${app} bypassrls`);
  await expect(prepareDatabase(appUrl, ownerUrl)).rejects.toThrow(/darf .* mehr, als .*BYPASSRLS/);
  await admin.unsafe(`alter role ${app} nobypassrls`);
  await prepareDatabase(appUrl, ownerUrl);
});

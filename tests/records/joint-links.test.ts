/** Who of the members of a joint service sees it, by which code, from when to when, and what not. */
import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, inject, test } from "vitest";
import type { User } from "#app/domain/permission.ts";
import { euro } from "#app/domain/money.ts";
import { databaseUrl } from "#app/env.server.ts";
import { letterText } from "#app/german/joint-letter-text.ts";
import { listChanges } from "#app/records/changes.server.ts";
import { requireAgreement } from "#app/records/joint-agreements.server.ts";
import { requireJointLetter } from "#app/records/joint-letters.server.ts";
import { answerOffer, endLink, findOffered } from "#app/records/joint-link-answers.server.ts";
import { endOffer, offerLink, requireOffers } from "#app/records/joint-links.server.ts";
import { recordMembership } from "#app/records/joint-memberships.server.ts";
import { listUnsettled } from "#app/records/joint-planned.server.ts";
import {
  listEndedLinks,
  listSeenServices,
  loadSeenYear,
  requireSeenAgreement,
  requireSeenLetter,
} from "#app/records/joint-seen.server.ts";
import { listJointServices } from "#app/records/joint-services.server.ts";
import { recordJointCost } from "#app/records/joint-payments.server.ts";
import { recordPlan, recordSettlement } from "#app/records/joint-year-recording.server.ts";
import { loadJointYear } from "#app/records/joint-years.server.ts";
import { readKnown } from "#app/records/known.server.ts";
import { reverseDocument } from "#app/records/reversals.server.ts";
import { verifyJournal } from "#app/records/verification.server.ts";
import { prepareDatabase } from "#app/server/prepare-database.ts";
import { forAuthority } from "#db/authority.ts";
import { db } from "#db/client.ts";
import { tableRights } from "#db/table-rights.ts";
import { loadAuditBook } from "#tests/support/audit-book.ts";
import { ask, handlerOf } from "#tests/support/asking.ts";
import { accepted, createOffice } from "#tests/support/factories.ts";
import { link, offer } from "#tests/support/joint-link.ts";
import {
  createAgreement,
  createAppropriation,
  createPlannedYear,
  giveKey,
  settledYear,
} from "#tests/support/joint-year.ts";
import { ownerDb } from "#tests/support/owner.ts";

const ownerUrl = Object.assign(new URL(inject("serverUrl")), {
  pathname: new URL(databaseUrl()!).pathname,
}).toString();
const shared = Object.keys(tableRights).filter((table) => tableRights[table]!.shown);
const ofKeeper = shared.filter((table) => table !== "joint_links");

/** Two offices that share a service, B of its members being the other, and one that has nothing to do with it. */
async function createOffices() {
  const [keeper, member, third] = [
    await createOffice(),
    await createOffice(),
    await createOffice(),
  ];
  return { keeper: keeper.clerk, member: member.clerk, third: third.clerk };
}

/** Behind the wall of PostgreSQL, as a request of the user is. */
const as = <Result>(user: User, work: () => PromiseLike<Result>) =>
  forAuthority(user.schoolAuthorityId, work);

async function countAs(user: User, table: string, where = sql`true`): Promise<number> {
  const [row] = await as(user, () =>
    db.execute<{ count: number }>(
      sql`select count(*)::int as count from ${sql.identifier(table)} where ${where}`,
    ),
  );
  return row!.count;
}

async function foreignRows(user: User): Promise<string[]> {
  const found = [];
  for (const table of ofKeeper) {
    const foreign = sql`school_authority_id <> ${user.schoolAuthorityId}`;
    if ((await countAs(user, table, foreign)) > 0) found.push(table);
  }
  return found;
}

const rule = (answer: object) =>
  "violation" in answer ? (answer.violation as { rule: string }).rule : "none";
const notFound = { status: 404 };

test("a code is accepted once, and the agreement is seen from then on until either side ends it", async () => {
  const { keeper, member, third } = await createOffices();
  const { service, members } = await settledYear(keeper, "A");
  const b = members[1]!;
  expect(rule(await as(keeper, () => offerLink(keeper, service, members[0]!.id)))).toBe(
    "own_member_is_not_offered",
  );
  const code = await as(keeper, () => offer(keeper, service, b.id));
  expect(code).toMatch(/^([a-z2-7]{4}-){7}[a-z2-7]{4}$/);
  const [row] = await ownerDb.execute<{ text: string }>(
    sql`select to_jsonb(l)::text as text from joint_links l where joint_service_id = ${service}`,
  );
  expect(row!.text).not.toContain(code.slice(0, 9));

  // Before it is accepted.
  expect(await as(member, () => listSeenServices(member))).toEqual([]);
  expect(await foreignRows(member)).toEqual([]);
  expect(rule(await as(keeper, () => findOffered(keeper, code)))).toBe("own_offer");
  expect(rule(await as(keeper, () => answerOffer(keeper, code, true)))).toBe("own_offer");
  const wrong = code.replace(/^./, (sign) => (sign === "a" ? "b" : "a"));
  expect(rule(await as(member, () => answerOffer(member, wrong, true)))).toBe("link_code_unknown");
  const looked = await as(member, () => findOffered(member, code.toUpperCase()));
  expect(looked).toMatchObject({ offered: { agreement: "IKZ Schul-IT", member: "B" } });
  expect(await foreignRows(member)).toEqual([]);

  const answered = await as(member, () => answerOffer(member, code, true));
  const { linkId } = answered as { linkId: string };
  for (const who of [member, third]) {
    expect(rule(await as(who, () => answerOffer(who, code, true)))).toBe("link_code_unknown");
  }
  expect(await as(member, () => listSeenServices(member))).toMatchObject([
    { id: linkId, name: "IKZ Schul-IT", member: "B" },
  ]);
  const side = await as(keeper, () => requireOffers(keeper, service));
  expect(side.members.map(({ offer }) => offer?.state)).toEqual(["in_force", undefined]);
  expect(side.offers[0]!.authorityName).toMatch(/^Stadt /);
  expect(JSON.stringify(side.offers)).not.toContain(member.name);
  expect(rule(await as(keeper, () => offerLink(keeper, service, b.id)))).toBe("member_is_linked");
  // Each deed stands in the log of who did it, and what the other side does in that of the keeper, who wrote none of it.
  const deedsOf = async (user: User) => {
    const { changes } = await as(user, () => listChanges(user, 1));
    return changes.map(({ deed }) => deed).filter((deed) => deed.startsWith("joint_link"));
  };
  expect(await deedsOf(keeper)).toEqual(["joint_link_accepted", "joint_link_offered"]);
  expect(await deedsOf(member)).toEqual(["joint_link_accepted"]);

  // Nobody else sees anything.
  expect(await as(third, () => listSeenServices(third))).toEqual([]);
  expect(await foreignRows(third)).toEqual([]);
  expect(await countAs(third, "joint_links")).toBe(0);
  await expect(as(third, () => requireSeenAgreement(third, linkId))).rejects.toMatchObject(
    notFound,
  );
  await expect(as(third, () => endLink(third, linkId, "x"))).rejects.toMatchObject(notFound);
  await expect(as(third, () => endOffer(third, linkId, "x"))).rejects.toMatchObject(notFound);
  await expect(as(member, () => endOffer(member, linkId, "x"))).rejects.toMatchObject(notFound);

  await as(keeper, () => endOffer(keeper, linkId, "anderer Ansprechpartner"));
  for (const read of [
    requireSeenAgreement,
    (user: User, id: string) => loadSeenYear(user, id, 2024),
  ]) {
    await expect(as<unknown>(member, () => read(member, linkId))).rejects.toMatchObject(notFound);
    await expect(read(member, linkId)).rejects.toMatchObject(notFound);
  }
  expect(await foreignRows(member)).toEqual([]);
  expect(await as(member, () => listEndedLinks(member))).toMatchObject([
    { endedBy: "keeper", endReason: "anderer Ansprechpartner" },
  ]);
  // The other way round: linked again, ended by the member.
  const again = await link(keeper, service, b.id, member);
  const unmoved = ofKeeper.filter((table) => table !== "joint_memberships");
  expect(await foreignRows(member)).toEqual(unmoved);
  await as(member, () => endLink(member, again, "Austritt"));
  expect(await foreignRows(member)).toEqual([]);
  const { offers } = await as(keeper, () => requireOffers(keeper, service));
  expect(offers[0]).toMatchObject({ state: "ended", endedBy: "member", endReason: "Austritt" });
});

test("the keeper's log says which authority accepted, declined or ended, in that of the member who it was", async () => {
  const { keeper, member } = await createOffices();
  const service = await createAgreement(keeper, "A");
  const { members } = await requireAgreement(keeper, service);
  const b = members[1]!;
  const declined = await offer(keeper, service, b.id);
  await as(member, () => answerOffer(member, declined, false));
  const linkId = await link(keeper, service, b.id, member);
  await as(member, () => endLink(member, linkId, "Austritt"));
  const { offers } = await requireOffers(keeper, service);
  const { authorityName } = offers[0]!;

  const { body } = await ask(handlerOf("changes", "loader"), {
    ...{ user: keeper, path: "/changes", params: {} },
  });
  const { changes } = body as { changes: { deed: string; text: string; changedBy: string }[] };
  const lines = changes.filter(({ deed }) => deed.startsWith("joint_link"));
  const by = { changedBy: keeper.name, requestId: null };
  expect(lines).toMatchObject([
    {
      ...{ ...by, deed: "joint_link_ended", after: { Grund: "Austritt" } },
      text: `IKZ Schul-IT: B, beendet durch ${authorityName}`,
    },
    {
      ...by,
      deed: "joint_link_accepted",
      text: `IKZ Schul-IT: B, angenommen durch ${authorityName}`,
    },
    { ...by, deed: "joint_link_offered", text: "IKZ Schul-IT: B" },
    {
      ...by,
      deed: "joint_link_declined",
      text: `IKZ Schul-IT: B, abgelehnt durch ${authorityName}`,
    },
    { ...by, deed: "joint_link_offered", text: "IKZ Schul-IT: B" },
  ]);
  for (const user of [keeper, member]) {
    const verdicts = await as(user, () => verifyJournal(user.schoolAuthorityId));
    expect(verdicts.flatMap(({ findings }) => findings)).toEqual([]);
  }
});

test("an offer is over after fourteen days, when taken back, renewed or declined", async () => {
  const { keeper, member, third } = await createOffices();
  const service = await createAgreement(keeper, "A");
  const { members } = await requireAgreement(keeper, service);
  const [, b, c] = members;
  const stateOf = async (memberId: string) => {
    const { members } = await requireOffers(keeper, service);
    return members.find(({ id }) => id === memberId)!.offer!;
  };

  const first = await offer(keeper, service, b!.id);
  const { expiresAt, createdAt } = await stateOf(b!.id);
  expect(Math.round((+expiresAt - +createdAt) / 86_400_000)).toBe(14);
  await ownerDb.execute(
    sql`update joint_links set expires_at = now() where joint_service_id = ${service}`,
  );
  expect(rule(await answerOffer(member, first, true))).toBe("link_code_unknown");
  expect((await stateOf(b!.id)).state).toBe("expired");
  const renewed = await offer(keeper, service, b!.id);
  expect(rule(await answerOffer(member, first, true))).toBe("link_code_unknown");
  const { id } = await stateOf(b!.id);
  await endOffer(keeper, id, "falsches Mitglied");
  expect((await stateOf(b!.id)).state).toBe("withdrawn");
  expect(rule(await answerOffer(member, renewed, true))).toBe("link_code_unknown");

  const declined = await offer(keeper, service, b!.id);
  await as(member, () => answerOffer(member, declined, false));
  expect((await stateOf(b!.id)).state).toBe("declined");
  expect(await as(member, () => listSeenServices(member))).toEqual([]);
  expect(await foreignRows(member)).toEqual([]);
  expect(rule(await answerOffer(member, declined, true))).toBe("link_code_unknown");

  // One authority is one member, and one member one authority, also where two come at once.
  await link(keeper, service, b!.id, member);
  const ofC = await offer(keeper, service, c!.id);
  expect(await answerOffer(member, ofC, true)).toMatchObject({
    violation: { rule: "linked_as_another_member", member: "B" },
  });
  const fourth = (await createOffice()).clerk;
  const both = await Promise.all(
    [third, fourth].map((user) => as(user, () => answerOffer(user, ofC, true))),
  );
  expect(both.map(rule).sort()).toEqual(["link_code_unknown", "none"]);
});

describe("of a settled year", () => {
  let keeper: User, member: User, third: User, service: string, linkId: string;
  let memberIds: string[];

  beforeAll(async () => {
    ({ keeper, member, third } = await createOffices());
    const year = await settledYear(keeper, "A");
    service = year.service;
    memberIds = year.members.map(({ id }) => id);
    linkId = await link(keeper, service, memberIds[1]!, member);
    await link(keeper, service, memberIds[2]!, third);
    const joining = { kind: "joined" as const, memberId: undefined, resolution: "V/9" };
    const who = { name: "D", address: "Rathaus", changedOn: "2026-01-01", reason: "Antrag" };
    accepted(await recordMembership(keeper, randomUUID(), service, { ...joining, ...who }));
  });

  test("the member's page, the keeper's and the letter say the same to the cent", async () => {
    const theirs = await as(keeper, () => loadJointYear(keeper, service, 2024));
    const ours = await as(member, () => loadSeenYear(member, linkId, 2024));
    const shares = (rows: { name: string; days: number; planned: unknown; settled: unknown }[]) =>
      JSON.stringify(
        rows.map(({ name, days, planned, settled }) => [name, days, planned, settled]),
      );
    expect(shares(ours.members)).toBe(shares(theirs.members));
    expect(ours.members.map(({ settled }) => settled!.toFixed(2))).toEqual([
      "9227.09",
      "11691.47",
      "10316.01",
    ]);
    expect(JSON.stringify(ours.planned)).toBe(JSON.stringify(theirs.planned.components));
    expect(JSON.stringify(ours.settled)).toBe(JSON.stringify(theirs.settled.components));
    expect(ours.actual.toFixed(2)).toBe(theirs.actual.toFixed(2));
    expect(ours.settlement!.total.toFixed(2)).toBe("31234.57");
    const row = theirs.members.find(({ id }) => id === memberIds[1])!;
    const { result, open, instalmentsPaid } = ours.own!;
    expect([result, open, instalmentsPaid].map(String)).toEqual(
      [row.result, row.open, row.instalmentsPaid].map(String),
    );
    expect(result!.toFixed(2)).toBe("462.11");

    for (const kind of ["plan", "settlement"] as const) {
      const address = { jointServiceId: service, fiscalYear: 2024, memberId: memberIds[1]!, kind };
      const sent = await as(keeper, () => requireJointLetter(keeper, address));
      const got = await as(member, () => requireSeenLetter(member, linkId, 2024, kind));
      expect(letterText(got.letter, got.isExample)).toEqual(
        letterText(sent.letter, sent.isExample),
      );
      expect(got.letter.share.amount.toFixed(2)).toBe(
        (kind === "plan" ? row.planned : row.settled!).toFixed(2),
      );
    }
    const agreement = await as(member, () => requireSeenAgreement(member, linkId));
    expect(agreement.members.map(({ name, isSelf }) => [name, isSelf])).toEqual([
      ["A", false],
      ["B", true],
      ["C", false],
      ["D", false],
    ]);
    expect(
      agreement.years.map(({ fiscalYear, ownSettled }) => [fiscalYear, String(ownSettled)]),
    ).toEqual([[2024, "11691.47"]]);
  });

  test.each(["behind the wall", "by the loaders alone"])(
    "of others' payments nothing is seen, %s",
    async (how) => {
      const read = <Result>(work: () => PromiseLike<Result>) =>
        how === "behind the wall" ? as(member, work) : work();
      const year = await read(() => loadSeenYear(member, linkId, 2024));
      const agreement = await read(() => requireSeenAgreement(member, linkId));
      const { letter } = await read(() => requireSeenLetter(member, linkId, 2024, "settlement"));
      const said = JSON.stringify([year, agreement, letter]);
      const theirs = await loadJointYear(keeper, service, 2024);
      expect(year.own!.payments).toHaveLength(2);
      const others = theirs.payments.filter(({ memberId }) => memberId !== memberIds[1]);
      expect(others).toHaveLength(2);
      for (const { id, amount } of others) {
        expect(said).not.toContain(id);
        expect(said).not.toContain(`"${amount.toFixed(2)}"`);
      }
      // What C paid together, and what is open of it.
      const c = theirs.members[2]!;
      for (const amount of [c.result!, c.open!])
        expect(said).not.toContain(`"${amount.toString()}"`);
      // Nor the papers of the costs, notes, accounts and persons.
      for (const hidden of ["Koordination", "R 1", "accountId", "note", keeper.name, keeper.id]) {
        expect(said).not.toContain(hidden);
      }
    },
  );

  test("PostgreSQL shows the member the rows that it needs, of the mixed tables its own only", async () => {
    const all = async (table: string) => countAs(keeper, table);
    const own = sql`member_id = ${memberIds[1]!}`;
    for (const table of ["joint_payments", "joint_settlement_parts", "joint_instalments"]) {
      expect(await countAs(member, table)).toBe(await countAs(keeper, table, own));
      expect(await countAs(member, table)).toBeLessThan(await all(table));
    }
    for (const table of [
      "joint_services",
      "joint_plan_parts",
      "joint_key_figures",
      "joint_plans",
    ]) {
      expect([table, await countAs(member, table)]).toEqual([table, await all(table)]);
    }
    // Nothing of any other table of the keeper.
    for (const table of Object.keys(tableRights).filter((one) => !shared.includes(one))) {
      const { wall = "school_authority_id" } = tableRights[table]!;
      if (typeof wall !== "string") continue;
      const ofKeeper = sql`${sql.identifier(wall)} = ${keeper.schoolAuthorityId}`;
      expect([table, await countAs(member, table, ofKeeper)]).toEqual([table, 0]);
    }
    // Functions that leave columns out do so for whoever asks, and tell strangers nothing.
    const stranger = (await createOffice()).clerk;
    const [settlement] = await ownerDb.execute<{ id: string; plan: string }>(sql`
      select s.id, s.plan_id as plan from joint_settlements s where school_authority_id = ${keeper.schoolAuthorityId}`);
    const asked = (user: User) =>
      as(user, () =>
        db.transaction(async (tx) => [
          ...(await tx.execute<{ paid: string }>(
            sql`select paid from joint_settled_shares(${settlement!.id}) where paid is not null`,
          )),
          ...(await tx.execute(sql`select * from joint_costs_by_kind(${settlement!.plan})`)),
          ...(await tx.execute(sql`select iban from joint_payee(${service})`)),
          ...(await tx.execute(sql`select current_setting('paktbuch.authority') as asker`)),
        ]),
      );
    expect(await asked(member)).toHaveLength(4);
    expect(await asked(stranger)).toEqual([{ asker: stranger.schoolAuthorityId }]);
  });

  test("the member writes nothing of it", async () => {
    for (const table of shared) {
      const name = sql.identifier(table);
      const { update, delete: deletes, insert } = tableRights[table]!;
      const column = sql.identifier(Array.isArray(update) ? update[0]! : "school_authority_id");
      const ofKeeper = sql`school_authority_id = ${keeper.schoolAuthorityId}`;
      const change = async () =>
        db.execute(sql`update ${name} set ${column} = ${column} where ${ofKeeper}`);
      if (update) expect((await as(member, change)).count).toBe(0);
      else await expect(as(member, change)).rejects.toMatchObject({ cause: { code: "42501" } });
      expect([deletes, insert]).toEqual([false, true]);
      const added = async () =>
        db.execute(
          sql`insert into ${name} (school_authority_id) values (${keeper.schoolAuthorityId})`,
        );
      await expect(as(member, added)).rejects.toMatchObject({
        cause: { code: "42501", message: expect.stringMatching(/row-level security/) },
      });
    }
  });

  test("no list, book or proof of the member's own books shows a row of the keeper's", async () => {
    expect(await as(member, () => listJointServices(member))).toEqual([]);
    for (const read of [
      () => requireAgreement(member, service),
      () => loadJointYear(member, service, 2024),
      () => requireOffers(member, service),
    ]) {
      await expect(as<unknown>(member, read)).rejects.toMatchObject(notFound);
    }
    expect(await as(member, () => listUnsettled(member, 2024))).toEqual([]);
    const book = await as(member, () => loadAuditBook(member, { asOf: "2025-12-31" }, "test"));
    expect(book.jointParts).toEqual([]);
    const verdicts = await as(member, () => verifyJournal(member.schoolAuthorityId));
    expect(verdicts.flatMap(({ findings }) => findings)).toEqual([]);
    const before = await as(member, () =>
      readKnown(member, new Date(), async () => [
        ...(await listSeenServices({ ...member, readsOnly: true })),
        ...(await listJointServices(member)),
        ...(await db.execute(sql`select id from joint_plans`)),
      ]),
    );
    expect(before).toEqual([]);
  });

  test.each(ofKeeper)(
    "without its policy for members %s shows them nothing, and the start says so",
    async (table) => {
      const foreign = sql`school_authority_id = ${keeper.schoolAuthorityId}`;
      expect(await countAs(member, table, foreign)).toBeGreaterThan(0);
      await ownerDb.execute(sql.raw(`drop policy members_see_it on ${table}`));
      expect(await countAs(member, table, foreign)).toBe(0);
      await prepareDatabase(databaseUrl()!, ownerUrl);
      expect(await countAs(member, table, foreign)).toBeGreaterThan(0);
    },
  );
});

test("who has left sees the years that it shared, and nothing of those after", async () => {
  const { keeper, member, third } = await createOffices();
  const service = await createAgreement(keeper, "A");
  const { members } = await requireAgreement(keeper, service);
  const [, b, c] = members;
  const linkId = await link(keeper, service, b!.id, member);
  const ofC = await link(keeper, service, c!.id, third);
  const change = (draft: object) =>
    recordMembership(keeper, randomUUID(), service, {
      ...{ name: "", address: "", resolution: "V/9", reason: "Beschluss", memberId: undefined },
      ...(draft as { kind: "joined" | "left"; changedOn: string }),
    });
  const plan = async (fiscalYear: number) => {
    accepted(await giveKey(keeper, service, fiscalYear, { equal_parts: [] }));
    accepted(
      await recordPlan(keeper, randomUUID(), service, {
        ...{ fiscalYear, reading: "joint_total", number: `P-${fiscalYear}` },
        ...{ plannedOn: `${fiscalYear}-01-15`, amount: euro("30000") },
        ...{ appropriationAccountId: undefined, dueDays: [`${fiscalYear}-03-15`] },
      }),
    );
  };
  await plan(2023);
  accepted(await change({ kind: "left", memberId: b!.id, changedOn: "2023-12-31" }));
  accepted(
    await change({ kind: "joined", name: "D", address: "Rathaus D", changedOn: "2025-01-01" }),
  );
  await plan(2025);
  const cost = {
    kind: "other" as const,
    incurredOn: "2025-11-30",
    reference: "R 5",
    hours: undefined,
  };
  const paper = { description: "Lizenz", invoiceId: undefined, rate: undefined };
  const costs = { ...cost, ...paper, amount: euro("28000") };
  accepted(await recordJointCost(keeper, randomUUID(), service, 2025, costs));
  const end = { settledOn: "2026-02-03", number: "A-2025", dueOn: "2026-03-03" };
  accepted(await recordSettlement(keeper, randomUUID(), service, 2025, end));

  for (const how of [as, (_: User, work: () => PromiseLike<unknown>) => work()] as (typeof as)[]) {
    const agreement = await how(member, () => requireSeenAgreement(member, linkId));
    expect(agreement.years.map(({ fiscalYear }) => fiscalYear)).toEqual([2023]);
    expect(agreement.members.map(({ name }) => name)).toEqual(["A", "B", "C"]);
    const year = await how(member, () => loadSeenYear(member, linkId, 2023));
    expect(year.members.map(({ planned }) => planned.toFixed(2))).toEqual(
      Array(3).fill("10000.00"),
    );
    for (const read of [loadSeenYear, requireSeenLetter] as (typeof loadSeenYear)[]) {
      const later = () => how(member, () => read(member, linkId, 2025));
      await expect(later()).rejects.toMatchObject(notFound);
    }
    const others = await how(third, () => requireSeenAgreement(third, ofC));
    expect(others.years.map(({ fiscalYear }) => fiscalYear)).toEqual([2025, 2023]);
    expect(others.members.map(({ name }) => name)).toEqual(["A", "B", "C", "D"]);
  }

  // What PostgreSQL itself shows, whoever asks for it.
  const ofService = sql`joint_service_id = ${service}`;
  const seen = async (user: User) => ({
    plans: await countAs(user, "joint_plans", ofService),
    parts: await countAs(user, "joint_plan_parts"),
    keys: await countAs(user, "joint_keys", ofService),
    components: await countAs(user, "joint_key_components"),
    members: await countAs(user, "joint_service_members", ofService),
    memberTerms: await countAs(user, "joint_member_terms", ofService),
    changes: await countAs(user, "joint_memberships", ofService),
    settlements: await countAs(user, "joint_settlements"),
  });
  expect(await seen(member)).toEqual({
    ...{ plans: 1, parts: 3, keys: 1, components: 1, members: 3 },
    ...{ memberTerms: 3, changes: 1, settlements: 0 },
  });
  expect(await seen(third)).toEqual({
    ...{ plans: 2, parts: 6, keys: 2, components: 2, members: 4 },
    ...{ memberTerms: 4, changes: 2, settlements: 1 },
  });
  const { plan: later, settlement } = await loadJointYear(keeper, service, 2025);
  const functions = (user: User) =>
    as(user, () =>
      db.transaction(async (tx) => [
        (await tx.execute(sql`select * from joint_settled_shares(${settlement!.id})`)).length,
        (await tx.execute(sql`select * from joint_costs_by_kind(${later!.id})`)).length,
      ]),
    );
  expect(await functions(member)).toEqual([0, 0]);
  expect(await functions(third)).toEqual([3, 1]);
});

test("what is reversed is gone for the member, and a plan of the keeper's own share was never there", async () => {
  const { keeper, member } = await createOffices();
  const service = await createPlannedYear(keeper, 2024);
  const { members, plan } = await loadJointYear(keeper, service, 2024);
  const linkId = await link(keeper, service, members[1]!.id, member);
  const planned = async () => (await as(member, () => loadSeenYear(member, linkId, 2024))).plan;
  expect((await planned())!.amount.toFixed(2)).toBe("30000.00");
  const reversal = { reversedOn: "2024-02-01", reason: "Zahl vertauscht" };
  accepted(await reverseDocument(keeper, { kind: "joint_plan", id: plan!.id }, reversal));
  expect(await planned()).toBeNull();
  expect(await countAs(member, "joint_plans")).toBe(0);
  expect(await countAs(member, "reversals")).toBe(0);

  const other = await createAgreement(keeper, "B");
  accepted(await giveKey(keeper, other, 2024, { equal_parts: [] }));
  const account = await createAppropriation(keeper, 2024, "20000.00");
  accepted(
    await recordPlan(keeper, randomUUID(), other, {
      fiscalYear: 2024,
      reading: "own_share",
      number: "P-2",
      plannedOn: "2024-01-15",
      amount: euro("9000"),
      appropriationAccountId: account,
      dueDays: ["2024-03-15"],
    }),
  );
  const { members: others } = await requireAgreement(keeper, other);
  const second = await link(keeper, other, others[1]!.id, member);
  for (const how of [as<object>, (_: User, work: () => PromiseLike<object>) => work()]) {
    expect(await how(member, () => loadSeenYear(member, second, 2024))).toMatchObject({
      plan: null,
      own: null,
    });
  }
  expect(await countAs(member, "joint_plans")).toBe(0);
});

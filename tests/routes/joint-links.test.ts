/** The pages by which one authority shows a joint service to another: offered, accepted, read, ended. */
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import type { User } from "#app/domain/permission.ts";
import { listJointServices } from "#app/records/joint-services.server.ts";
import { action as answerIt } from "#app/routes/joint-services.seen.answer.tsx";
import { action as lookAt } from "#app/routes/joint-services.seen.new.tsx";
import { loader as seenAgreement } from "#app/routes/joint-services.seen.$linkId.tsx";
import { action as endSeen } from "#app/routes/joint-services.seen.$linkId_.end.tsx";
import { loader as seenYear } from "#app/routes/joint-services.seen.$linkId_.years.$year/route.tsx";
import { loader as seenLetter } from "#app/routes/joint-services.seen.$linkId_.years.$year_.letter.tsx";
import { loader as seenFile } from "#app/routes/joint-services.seen.$linkId_.years.$year_.letter[.]pdf.ts";
import { loader as overview } from "#app/routes/joint-services._index/route.tsx";
import { loader as offers } from "#app/routes/joint-services.$jointServiceId_.links._index.tsx";
import { action as offerIt } from "#app/routes/joint-services.$jointServiceId_.links.new.tsx";
import { action as takeBack } from "#app/routes/joint-services.$jointServiceId_.links.$offerId.end.tsx";
import { loader as ownFile } from "#app/routes/joint-services.$jointServiceId_.years.$year_.letters.$memberId[.]pdf.ts";
import { loader as resetPage } from "#app/routes/reset.$secret.tsx";
import { longestWait, mostTries } from "#app/sign-in-limits.server.ts";
import { createOffice } from "#tests/support/factories.ts";
import { link } from "#tests/support/joint-link.ts";
import { settledYear } from "#tests/support/joint-year.ts";
import { ownerDb } from "#tests/support/owner.ts";
import { answer, get, post } from "#tests/support/request.ts";
import { fieldNames, routes } from "#tests/support/routes.ts";

type Handler = (args: never) => unknown;

async function read(loader: Handler, user: User, params: object = {}, search = "") {
  const args = (await get(user, `/x${search}`, params as Record<string, string>)) as never;
  return answer(() => loader(args));
}

async function send(
  action: Handler,
  user: User,
  form: Record<string, string>,
  params: object = {},
) {
  const args = (await post(user, "/x", form, params as Record<string, string>)) as never;
  return answer(() => action(args));
}

async function offered(keeper: User, jointServiceId: string, seeingId: string) {
  const { body } = await send(offerIt, keeper, { seeingId }, { jointServiceId });
  return (body as { code: string }).code;
}

test("offered on one side, accepted on the other, read there with the own letter, and ended", async () => {
  const [keeper, member] = [(await createOffice()).clerk, (await createOffice()).clerk];
  const { service, members } = await settledYear(keeper, "A");
  const b = members[1]!.id;
  const jointServiceId = service;
  const own = await send(offerIt, keeper, { seeingId: members[0]!.id }, { jointServiceId });
  expect(own).toMatchObject({ status: 422, body: { error: { seeingId: [expect.any(String)] } } });

  const linkCode = await offered(keeper, service, b);
  const looked = await send(lookAt, member, { linkCode });
  expect(looked).toMatchObject({
    status: 200,
    body: { code: linkCode, offered: { agreement: "IKZ Schul-IT", member: "B" } },
  });
  expect((await send(answerIt, keeper, { linkCode, linkAnswer: "accept" })).status).toBe(422);
  const accepted = await send(answerIt, member, { linkCode, linkAnswer: "accept" });
  expect(accepted.status).toBe(302);
  const linkId = accepted.location!.replace("/joint-services/seen/", "");
  const again = await send(answerIt, member, { linkCode, linkAnswer: "accept" });
  expect(again).toMatchObject({
    status: 422,
    body: { error: { linkCode: [expect.stringMatching(/gilt nicht/)] } },
  });

  const list = await read(overview, member);
  expect(list.body).toMatchObject({ services: [], seen: [{ id: linkId, member: "B" }] });
  const past = await read(overview, member, {}, `?stand=${new Date().toISOString()}`);
  expect(past.body).toMatchObject({ services: [], seen: [], isPast: true });
  expect((await read(seenAgreement, member, { linkId })).status).toBe(200);
  const year = { linkId, year: "2024" };
  const { body } = await read(seenYear, member, year);
  expect(body).toMatchObject({
    settlement: { total: "31234.57" },
    own: { result: "462.11", open: "462.11", payments: [{}, {}] },
  });
  const page = await read(offers, keeper, { jointServiceId });
  expect(page.body).toMatchObject({ members: [{ offer: { state: "in_force" } }, { offer: null }] });

  const end = await send(endSeen, member, { reason: "Austritt" }, { linkId });
  expect(end.location).toBe("/joint-services");
  for (const loader of [seenAgreement, seenYear, seenLetter, seenFile]) {
    expect((await read(loader, member, year)).status).toBe(404);
  }
  const renewed = await offered(keeper, service, b);
  const declined = await send(answerIt, member, { linkCode: renewed, linkAnswer: "decline" });
  expect(declined.location).toBe("/joint-services");
  const { body: after } = await read(offers, keeper, { jointServiceId });
  const [first] = (after as { members: { offer: { id: string; state: string } }[] }).members;
  expect(first!.offer.state).toBe("declined");
  const open = await offered(keeper, service, b);
  const [row] = await ownerDb.execute<{ id: string }>(
    sql`select id from joint_links where member_id = ${b} and ended_at is null`,
  );
  const params = { jointServiceId, offerId: row!.id };
  expect((await send(takeBack, member, { reason: "x" }, params)).status).toBe(404);
  expect((await send(takeBack, keeper, { reason: "Irrtum" }, params)).status).toBe(302);
  expect((await send(lookAt, member, { linkCode: open })).status).toBe(422);
});

test("the member reads and takes its own letter, byte by byte what the keeper sends", async () => {
  const [keeper, member] = [(await createOffice()).clerk, (await createOffice()).clerk];
  const { service: jointServiceId, members } = await settledYear(keeper, "A");
  const b = members[1]!.id;
  const linkId = await link(keeper, jointServiceId, b, member);
  const year = { linkId, year: "2024" };
  for (const kind of ["plan", "settlement"]) {
    const letter = await read(seenLetter, member, year, `?kind=${kind}`);
    expect(letter.body).toMatchObject({ kind, text: { recipient: { name: "B" } } });
    const [got, sent] = [
      await read(seenFile, member, year, `?kind=${kind}`),
      await read(ownFile, keeper, { jointServiceId, year: "2024", memberId: b }, `?kind=${kind}`),
    ];
    const bytes = async ({ body }: { body: unknown }) =>
      Buffer.from(await (body as Response).arrayBuffer());
    expect((await bytes(got)).equals(await bytes(sent))).toBe(true);
  }
});

test("whoever may not coordinate neither offers nor accepts, and reads all the same", async () => {
  const [keeper, office] = [(await createOffice()).clerk, await createOffice()];
  const { service, members } = await settledYear(keeper, "A");
  const linkCode = await offered(keeper, service, members[1]!.id);
  const form = { linkCode, linkAnswer: "accept" };
  for (const action of [lookAt, answerIt]) {
    expect((await send(action, office.auditor, form)).status).toBe(403);
  }
  const { location } = await send(answerIt, office.clerk, form);
  const linkId = location!.replace("/joint-services/seen/", "");
  expect((await read(seenYear, office.auditor, { linkId, year: "2024" })).status).toBe(200);
  expect((await read(seenYear, office.board, { linkId, year: "2024" })).status).toBe(403);
  expect((await send(endSeen, office.auditor, { reason: "x" }, { linkId })).status).toBe(403);
});

test("codes are guessed five times a minute, then whoever guesses waits, also for the right one, and nobody keeps others from it", async () => {
  const [keeper, office] = [(await createOffice()).clerk, await createOffice()];
  const { clerk: member, deputy: colleague } = office;
  const { service, members } = await settledYear(keeper, "A");
  const linkCode = await offered(keeper, service, members[1]!.id);
  const guess = linkCode.replaceAll(/[a-z2-7]/g, "a");
  for (let tries = 0; tries < mostTries.account; tries++) {
    expect((await send(lookAt, member, { linkCode: guess })).status).toBe(422);
  }
  for (const action of [lookAt, answerIt]) {
    const waiting = await send(action, member, { linkCode, linkAnswer: "accept" });
    expect(waiting.status).toBe(429);
  }
  expect(longestWait).toBeGreaterThan(60);
  // A colleague is heard: not the authority was counted.
  expect((await send(lookAt, colleague, { linkCode })).status).toBe(200);
  // Nor does a stranger's link that is written like an id count for anybody's codes.
  const secrets = [colleague.id, colleague.schoolAuthorityId];
  for (const secret of secrets.flatMap((one) => Array<string>(mostTries.account).fill(one))) {
    await answer(async () => resetPage(await get(undefined, "/", { secret })));
  }
  expect((await send(lookAt, colleague, { linkCode })).status).toBe(200);
});

const ofKeeper = routes.filter(({ name }) => name.startsWith("joint-services.$jointServiceId"));

test("every page and form of the keeper is not found for a member, whatever it sees", async () => {
  const [keeper, member] = [(await createOffice()).clerk, (await createOffice()).clerk];
  const { service, members } = await settledYear(keeper, "A");
  const linkCode = await offered(keeper, service, members[1]!.id);
  await send(answerIt, member, { linkCode, linkAnswer: "accept" });
  const found = await ownerDb.execute<{ id: string }>(
    sql`select id from joint_links where joint_service_id = ${service}`,
  );
  const params = {
    jointServiceId: service,
    year: "2024",
    memberId: members[1]!.id,
    offerId: found[0]!.id,
  };
  const filled = Object.fromEntries(fieldNames.map((name) => [name, "01.06.2024"]));
  expect(ofKeeper.length).toBeGreaterThan(12);
  for (const { name, module } of ofKeeper) {
    if (module.loader) {
      expect([name, (await read(module.loader, member, params)).status]).toEqual([name, 404]);
    }
    if (module.action) {
      const { status } = await send(module.action, member, { ...filled, reason: "x" }, params);
      // Not found, or a form that is refused before it is looked for.
      expect([name, [404, 422, 400].includes(status)]).toEqual([name, true]);
    }
  }
  // Nor any paper of it.
  const papers = await ownerDb.execute<{ kind: string; id: string }>(sql`
    select 'joint_plan' as kind, id from joint_plans where joint_service_id = ${service}
    union all select 'joint_settlement', s.id from joint_settlements s join joint_plans p on p.id = s.plan_id where p.joint_service_id = ${service}
    union all select 'joint_payment', s.id from joint_payments s join joint_plans p on p.id = s.plan_id where p.joint_service_id = ${service}
    union all select 'joint_cost', s.id from joint_costs s join joint_plans p on p.id = s.plan_id where p.joint_service_id = ${service}`);
  expect(papers).toHaveLength(7);
  const paper = routes.find(({ name }) => name === "documents.$kind.$id")!.module;
  for (const one of papers) {
    expect([one.kind, (await read(paper.loader!, member, one)).status]).toEqual([one.kind, 404]);
    const undo = { reversedOn: "01.06.2025", reason: "x" };
    expect((await send(paper.action!, member, undo, one)).status).toBe(404);
  }
  expect(await listJointServices(keeper)).toHaveLength(1);
});

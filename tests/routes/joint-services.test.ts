/** The whole way of a year as a clerk goes it: from the agreement's form to the settlement's. */
import { randomUUID } from "node:crypto";
import { type ComponentProps, createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { CostShareReading } from "#app/components/cost-share-reading.tsx";
import { euro } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { requireAgreement } from "#app/records/joint-agreements.server.ts";
import { recordCostShare } from "#app/records/joint-services.server.ts";
import { loadJointYear } from "#app/records/joint-years.server.ts";
import { loader as readShare } from "#app/routes/cost-shares.$costShareId.tsx";
import { loader as readAgreement } from "#app/routes/joint-services.$jointServiceId.tsx";
import { action as setUp, loader as newAgreement } from "#app/routes/joint-services.new.tsx";
import {
  action as giveKey,
  loader as keyForm,
} from "#app/routes/joint-services.$jointServiceId_.keys.$year.tsx";
import { action as change } from "#app/routes/joint-services.$jointServiceId_.membership.tsx";
import { loader as readYear } from "#app/routes/joint-services.$jointServiceId_.years.$year/route.tsx";
import { action as cost } from "#app/routes/joint-services.$jointServiceId_.years.$year_.costs.new.tsx";
import { action as pay } from "#app/routes/joint-services.$jointServiceId_.years.$year_.payments.new.tsx";
import {
  action as plan,
  loader as planForm,
} from "#app/routes/joint-services.$jointServiceId_.years.$year_.plan.tsx";
import { action as settle } from "#app/routes/joint-services.$jointServiceId_.years.$year_.settlement.tsx";
import { accepted, createOffice } from "#tests/support/factories.ts";
import {
  createAgreement,
  createAppropriation,
  createPlannedYear,
} from "#tests/support/joint-year.ts";
import { answer, get, post } from "#tests/support/request.ts";

test("a clerk sets up an agreement, gives a key, plans, books and settles, each by its form", async () => {
  const { clerk } = await createOffice();
  const jointServiceId = randomUUID();
  const agreement = {
    id: jointServiceId,
    name: "IKZ",
    legalForm: "special_purpose_agreement",
    startedOn: "01.01.2024",
    "members[0].name": "A",
    "members[0].isOwn": "on",
    "members[1].name": "B",
    "services[0].title": "Support",
  };
  expect(await problems(setUp, clerk, agreement)).toEqual({
    members: ["Bitte genau ein Mitglied als durchführend kennzeichnen."],
  });
  await booked(setUp, clerk, { ...agreement, "members[0].isPerforming": "on" });
  const year = { jointServiceId, year: "2024" };
  const joining = { id: randomUUID(), kind: "joined", changedOn: "01.07.2024", name: "C" };
  expect(Object.keys(await problems(change, clerk, joining, year))).toEqual(["reason"]);
  await booked(change, clerk, { ...joining, reason: "Beschluss" }, year);

  const { members } = await requireAgreement(clerk, jointServiceId);
  const figures = Object.fromEntries(
    members.flatMap(({ id }, index) => [
      [`figures[${index}].memberId`, id],
      [`figures[${index}].pupils`, String(100 * (index + 1))],
      [`figures[${index}].fixedSum`, index === 1 ? "1.000,00" : "0"],
    ]),
  );
  const key = {
    id: randomUUID(),
    ...figures,
    "bases[0].source": "Vereinbarung",
    "bases[2].percent": "60",
    "bases[2].countedOn": "01.09.2023",
    "bases[2].source": "Statistik",
  };
  expect(await problems(giveKey, clerk, key, year)).toEqual({
    bases: ["Die Anteile ergeben zusammen 60 %; es müssen 100 % sein."],
  });
  await booked(giveKey, clerk, { ...key, "bases[1].percent": "40" }, year);

  const draft = {
    id: randomUUID(),
    reading: "joint_total",
    amount: "10.000,00",
    number: "P-1",
    plannedOn: "15.01.2024",
  };
  const due = { "dueDays[0].dueOn": "15.05.2024", "dueDays[1].dueOn": "15.02.2024" };
  expect(await problems(plan, clerk, { ...draft, ...due }, year)).toEqual({
    "dueDays[1].dueOn": ["Bitte die Fälligkeiten der Reihe nach eintragen."],
  });
  await booked(plan, clerk, { ...draft, ...due, "dueDays[1].dueOn": "15.08.2024" }, year);

  const paying = { id: randomUUID(), paidOn: "15.05.2024", amount: "1.000,00" };
  // We perform: our own share is no payment.
  expect(
    Object.keys(await problems(pay, clerk, { ...paying, payingId: members[0]!.id }, year)),
  ).toEqual(["payingId"]);
  await booked(pay, clerk, { ...paying, payingId: members[1]!.id }, year);
  const hours = {
    id: randomUUID(),
    kind: "staff_hours",
    incurredOn: "31.12.2024",
    description: "Support",
  };
  expect(Object.keys(await problems(cost, clerk, hours, year))).toEqual(["hours"]);
  await booked(cost, clerk, { ...hours, hours: "180,5", rate: "50,00" }, year);
  const settlement = { id: randomUUID(), number: "JA-1", dueOn: "01.03.2025" };
  expect(await problems(settle, clerk, { ...settlement, settledOn: "01.12.2024" }, year)).toEqual({
    settledOn: [
      "Abgerechnet wird frühestens am 31.12.2024, wenn alle Tage der Mitgliedschaft feststehen.",
    ],
  });
  await booked(settle, clerk, { ...settlement, settledOn: "31.01.2025" }, year);

  const { settlement: settled, members: parts } = await loadJointYear(clerk, jointServiceId, 2024);
  expect(settled!.total.toFixed(2)).toBe("9025.00");
  // 1,000 for B first; of 8,025.00 then 40 % by days and 60 % by pupils times days.
  expect(parts.map((part) => part.settled!.toFixed(2))).toEqual(["2350.65", "4418.71", "2255.64"]);
  const page = await answer(async () => readYear((await get(clerk, "/", year)) as never));
  expect(page).toMatchObject({
    status: 200,
    body: {
      settlement: { number: "JA-1" },
      settled: { components: [{ basis: "fixed_sum" }, {}, {}] },
    },
  });
});

test("an agreement starts without services, and takes over those of the proposal that are ticked", async () => {
  const { clerk } = await createOffice();
  const { body } = await answer(async () => newAgreement(await get(clerk, "/joint-services/new")));
  const { defaults } = body as Awaited<ReturnType<typeof newAgreement>>;
  expect(defaults.services).toEqual([]);
  expect(defaults.proposals.map(({ isChosen }) => isChosen)).toEqual(["", "", "", ""]);
  const id = randomUUID();
  await booked(setUp, clerk, {
    ...twoMembers(id),
    ...Object.fromEntries(
      defaults.proposals.map(({ title }, n) => [`proposals[${n}].title`, title]),
    ),
    "proposals[1].isChosen": "on",
    "services[0].title": "Support",
  });
  const { services } = await requireAgreement(clerk, id);
  expect(services.map(({ title }) => title)).toEqual([
    "Unterstützung bei Dialoggesprächen mit den Schulen",
    "Support",
  ]);
});

test("the plan form proposes what can be meant, and leads to the appropriation that is missing", async () => {
  const { clerk } = await createOffice();
  const [ours, theirs] = [randomUUID(), randomUUID()];
  await booked(setUp, clerk, twoMembers(ours));
  await booked(setUp, clerk, { ...twoMembers(theirs, 1), name: "Kreis" });
  const proposed = async (jointServiceId: string) => {
    const params = { jointServiceId, year: "2024" };
    return (await answer(async () => planForm(await get(clerk, "/", params)))).body;
  };
  expect(await proposed(ours)).toMatchObject({ reading: "joint_total", isOwnPerforming: true });
  expect(await proposed(theirs)).toMatchObject({ reading: "own_share", appropriations: [] });
});

test("a year that is planned, or booked as a fixed sum, opens no form to plan it again", async () => {
  const { clerk } = await createOffice();
  const planned = { jointServiceId: await createPlannedYear(clerk, 2024), year: "2024" };
  const fixed = { jointServiceId: await createAgreement(clerk, "B"), year: "2024" };
  const ask = async (loader: typeof planForm | typeof keyForm, params: typeof planned) => {
    const args = await get(clerk, "/", params);
    const { status, location } = await answer(() => (loader as (args: unknown) => unknown)(args));
    return status === 302 ? location : status;
  };
  const pageOf = ({ jointServiceId }: typeof planned) =>
    `/joint-services/${jointServiceId}/years/2024`;
  expect(await ask(planForm, planned)).toBe(pageOf(planned));
  // The key of a planned year stays open: for the figures of members who come.
  expect(await ask(keyForm, planned)).toBe(200);
  expect(await ask(planForm, fixed)).toBe(200);

  const shareId = randomUUID();
  accepted(
    await recordCostShare(clerk, shareId, fixed.jointServiceId, {
      fiscalYear: 2024,
      appropriationAccountId: await createAppropriation(clerk, 2024, "20000"),
      demandedOn: "2024-03-01",
      number: "F-1",
      allocationKey: "equal_parts",
      amount: euro("30000.01"),
      weights: [],
    }),
  );
  expect(await ask(planForm, fixed)).toBe(pageOf(fixed));
  expect(await ask(keyForm, fixed)).toBe(pageOf(fixed));
  const year = await answer(async () => readYear((await get(clerk, "/", fixed)) as never));
  expect(year.body).toMatchObject({ fixedId: shareId, plan: null });
  const all = await answer(async () => readAgreement((await get(clerk, "/", fixed)) as never));
  const { years } = all.body as { years: { fiscalYear: number; isDemanded: boolean }[] };
  expect(years.filter(({ isDemanded }) => isDemanded).map((one) => one.fiscalYear)).toEqual([2024]);

  // Its page says how it is meant, and what the others bear.
  const params = { costShareId: shareId };
  const paper = await answer(async () => readShare((await get(clerk, "/", params)) as never));
  const { share } = paper.body as ComponentProps<typeof CostShareReading>;
  const page = renderToStaticMarkup(createElement(CostShareReading, { share }));
  expect(page.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ")).toMatch(
    /Betrag ist die Summe aller, gleiche Teile .*30\.000,01 €.* A 1 10\.000,01 € B 1 10\.000,00 € C 1 10\.000,00 €/,
  );
});

function twoMembers(id: string, performing = 0) {
  return {
    id,
    name: "IKZ",
    legalForm: "special_purpose_agreement",
    startedOn: "01.01.2024",
    "members[0].name": "A",
    "members[0].isOwn": "on",
    "members[1].name": "B",
    [`members[${performing}].isPerforming`]: "on",
  };
}

type Action = (args: never) => unknown;

async function send(action: Action, user: User, form: Record<string, string>, params = {}) {
  const args = (await post(user, "/", form, params)) as never;
  return answer(() => action(args));
}

/** What the form says beside its fields. */
async function problems(action: Action, user: User, form: Record<string, string>, params = {}) {
  const { status, body } = await send(action, user, form, params);
  expect(status).toBe(422);
  return (body as { error: Record<string, string[]> }).error;
}

async function booked(action: Action, user: User, form: Record<string, string>, params = {}) {
  const { status, body } = await send(action, user, form, params);
  expect({ status, body: status === 302 ? undefined : body }).toEqual({
    status: 302,
    body: undefined,
  });
}

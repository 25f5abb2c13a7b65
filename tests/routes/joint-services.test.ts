/** The whole way of a year as a clerk goes it: from the agreement's form to the settlement's. */
import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { User } from "#app/domain/permission.ts";
import { requireAgreement } from "#app/records/joint-agreements.server.ts";
import { loadJointYear } from "#app/records/joint-years.server.ts";
import { action as setUp } from "#app/routes/joint-services.new.tsx";
import { action as giveKey } from "#app/routes/joint-services.$jointServiceId_.keys.$year.tsx";
import { action as change } from "#app/routes/joint-services.$jointServiceId_.membership.tsx";
import { loader as readYear } from "#app/routes/joint-services.$jointServiceId_.years.$year/route.tsx";
import { action as cost } from "#app/routes/joint-services.$jointServiceId_.years.$year_.costs.new.tsx";
import { action as pay } from "#app/routes/joint-services.$jointServiceId_.years.$year_.payments.new.tsx";
import { action as plan } from "#app/routes/joint-services.$jointServiceId_.years.$year_.plan.tsx";
import { action as settle } from "#app/routes/joint-services.$jointServiceId_.years.$year_.settlement.tsx";
import { createOffice } from "#tests/support/factories.ts";
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

import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { euro, sum } from "#app/domain/money.ts";
import type { JointCostDraft } from "#app/domain/joint-cost.ts";
import type { PlanDraft } from "#app/domain/joint-year.ts";
import type { User } from "#app/domain/permission.ts";
import { listAccounts } from "#app/records/accounts.server.ts";
import { changeSettings, requireAuthority } from "#app/records/authorities.server.ts";
import { recordInvoice } from "#app/records/invoice-recording.server.ts";
import { requireAgreement } from "#app/records/joint-agreements.server.ts";
import { recordMembership } from "#app/records/joint-memberships.server.ts";
import { recordJointCost, recordJointPayment } from "#app/records/joint-payments.server.ts";
import { recordCostShare } from "#app/records/joint-services.server.ts";
import { listOverBudgetReasons } from "#app/records/municipal-papers.server.ts";
import { recordPlan, recordSettlement } from "#app/records/joint-year-recording.server.ts";
import { loadJointYear } from "#app/records/joint-years.server.ts";
import { reverseDocument } from "#app/records/reversals.server.ts";
import { verifyJournal } from "#app/records/verification.server.ts";
import {
  accepted,
  createGrant,
  createOffice,
  invoiceDraft,
  invoiceLine,
  spend,
} from "#tests/support/factories.ts";
import { createBudgetAccount } from "#tests/support/municipal-budget.ts";
import { createAgreement, createAppropriation, giveKey } from "#tests/support/joint-year.ts";

test("three years of an agreement: one joins in mid-year, the key changes, the cost is never as planned", async () => {
  const { clerk } = await createOffice();
  const service = await createAgreement(clerk, "A");
  accepted(await giveKey(clerk, service, 2023, { pupils: ["483", "612", "540"] }));
  await plan(clerk, service, { fiscalYear: 2023, amount: euro("30000") });
  await payInstalments(clerk, service, 2023);
  await cost(clerk, service, 2023, { amount: euro("31234.57") });
  await settle(clerk, service, 2023);
  const first = await loadJointYear(clerk, service, 2023);
  expect(texts(first.members.map(({ settled }) => settled!))).toBe("9227.09 11691.47 10316.01");
  // Ours is no payment: we bear it by our own invoices.
  expect(texts(first.members.map(({ result }) => result))).toBe("– 462.11 407.75");
  expect(texts(first.members.map(({ open }) => open))).toBe("– 462.11 407.75");

  accepted(await giveKey(clerk, service, 2024, { pupils: ["483", "612", "540"] }));
  await plan(clerk, service, { fiscalYear: 2024, amount: euro("40000.01") });
  await payInstalments(clerk, service, 2024);
  accepted(await join(clerk, service, "D", "2024-07-01"));
  // The plan keeps its parts; the settlement needs the figure of who came.
  expect(await settleAnswer(clerk, service, 2024)).toMatchObject({ rule: "no_actual_costs" });
  await cost(clerk, service, 2024, { amount: euro("38000.03") });
  expect(await settleAnswer(clerk, service, 2024)).toMatchObject({ rule: "key_lacks_member" });
  expect(await giveKey(clerk, service, 2024, { pupils: ["1", "612", "540", "366"] })).toMatchObject(
    {
      rule: "key_is_frozen",
    },
  );
  accepted(await giveKey(clerk, service, 2024, { pupils: ["483", "612", "540", "366"] }));
  await settle(clerk, service, 2024);
  const second = await loadJointYear(clerk, service, 2024);
  expect(second.members.map(({ days }) => days)).toEqual([366, 366, 366, 184]);
  // 483, 612, 540 for 366 days and 366 for 184 days: 665,754 in all.
  expect(texts(second.members.map(({ settled }) => settled!))).toBe(
    "10090.17 12785.06 11280.93 3843.87",
  );
  expect(second.settled.components[0]!.totalWeight.toFixed()).toBe("665754");
  const refund = second.members[1]!.open!;
  expect(refund.lessThan(0)).toBe(true);
  const [, b] = second.members;
  const back = { memberId: b!.id, paidOn: "2025-03-01", note: "", amount: refund.abs() };
  accepted(await recordJointPayment(clerk, randomUUID(), service, 2024, back));
  expect((await loadJointYear(clerk, service, 2024)).members[1]!.open!.isZero()).toBe(true);
  expect(await recordJointPayment(clerk, randomUUID(), service, 2024, back)).toMatchObject({
    rule: "balance_exceeded",
  });

  const mixed = { equal_parts: [], devices: ["70", "110", "61", "40"] };
  accepted(await giveKey(clerk, service, 2025, mixed));
  await plan(clerk, service, { fiscalYear: 2025, amount: euro("45000") });
  await payInstalments(clerk, service, 2025);
  await cost(clerk, service, 2025, { kind: "staff_hours", ...hours("871.5", "54.05") });
  await settle(clerk, service, 2025);
  const third = await loadJointYear(clerk, service, 2025);
  expect(third.actual.toFixed(2)).toBe("47104.58");
  expect(sum(third.members.map(({ settled }) => settled!)).toFixed(2)).toBe("47104.58");
  await holds(clerk);
});

test("where another authority performs, the own share moves the appropriation and no more than it has", async () => {
  const { clerk } = await createOffice();
  const service = await createAgreement(clerk, "B");
  const account = await createAppropriation(clerk, 2024, "10000");
  const of2024 = {
    fiscalYear: 2024,
    appropriationAccountId: account,
    reading: "own_share",
  } as const;
  expect(await planAnswer(clerk, service, { ...of2024, amount: euro("10000.01") })).toMatchObject({
    rule: "over_budget",
  });
  await plan(clerk, service, { ...of2024, amount: euro("9000") });
  expect(await balance(clerk, account)).toBe("9000.00 0.00 0.00");
  await payInstalments(clerk, service, 2024);
  expect(await balance(clerk, account)).toBe("0.00 9000.00 9000.00");

  await cost(clerk, service, 2024, { amount: euro("10000.01") });
  expect(await settleAnswer(clerk, service, 2024)).toMatchObject({ rule: "over_budget" });
  await cost(clerk, service, 2024, { amount: euro("-500.01") });
  const settlement = await settle(clerk, service, 2024);
  expect(await balance(clerk, account)).toBe("0.00 9500.00 9000.00");
  const { members } = await loadJointYear(clerk, service, 2024);
  const own = { memberId: members[0]!.id, note: "" };
  const rest = { ...own, paidOn: "2025-02-20", amount: euro("500") };
  const payment = randomUUID();
  accepted(await recordJointPayment(clerk, payment, service, 2024, rest));
  expect(await balance(clerk, account)).toBe("0.00 9500.00 9500.00");

  // What stands on the settlement goes first; then it can be made anew, and the account follows.
  const undo = { reversedOn: "2025-03-02", reason: "verrechnet" };
  const settled = { kind: "joint_settlement", id: settlement } as const;
  expect(await reverseDocument(clerk, settled, undo)).toMatchObject({
    rule: "reverse_dependents_first",
  });
  accepted(await reverseDocument(clerk, { kind: "joint_payment", id: payment }, undo));
  accepted(await reverseDocument(clerk, settled, undo));
  expect(await balance(clerk, account)).toBe("0.00 9000.00 9000.00");
  await cost(clerk, service, 2024, { amount: euro("-1000") });
  expect(await settleAnswer(clerk, service, 2024)).toMatchObject({
    rule: "settled_before_last_deed",
  });
  await settle(clerk, service, 2024, "2025-03-03");
  const refund = { ...own, paidOn: "2025-04-01", amount: euro("500") };
  expect(await balance(clerk, account)).toBe("0.00 9000.00 9000.00");
  accepted(await recordJointPayment(clerk, randomUUID(), service, 2024, refund));
  expect(await balance(clerk, account)).toBe("0.00 8500.00 8500.00");
  await holds(clerk);
});

test("a plan that is undone frees its key and its money, and its year can be planned again", async () => {
  const { clerk } = await createOffice();
  const service = await createAgreement(clerk, "B");
  const account = await createAppropriation(clerk, 2024, "20000");
  accepted(await giveKey(clerk, service, 2024, { pupils: ["1", "1", "2"] }));
  const draft = { fiscalYear: 2024, appropriationAccountId: account, amount: euro("40000") };
  const id = await plan(clerk, service, draft);
  expect(await balance(clerk, account)).toBe("10000.00 0.00 0.00");
  expect(await planAnswer(clerk, service, draft)).toMatchObject({ rule: "year_recorded_before" });
  expect(await giveKey(clerk, service, 2024, { pupils: ["1", "1", "3"] })).toMatchObject({
    rule: "key_is_frozen",
  });
  // A year is planned and settled, or demanded as a fixed sum: never both.
  const demand = {
    fiscalYear: 2024, appropriationAccountId: account, demandedOn: "2024-03-01", number: "1",
    allocationKey: "own_share", amount: euro("100"), weights: [],
  } as const; // prettier-ignore
  expect(
    await recordCostShare(clerk, randomUUID(), service, { ...demand, weights: [] }),
  ).toBeDefined();

  const undo = { reversedOn: "2024-02-01", reason: "falscher Schlüssel" };
  accepted(await reverseDocument(clerk, { kind: "joint_plan", id }, undo));
  expect(await balance(clerk, account)).toBe("0.00 0.00 0.00");
  accepted(await giveKey(clerk, service, 2024, { pupils: ["2", "1", "1"] }));
  await plan(clerk, service, { ...draft, plannedOn: "2024-02-01" });
  expect(await balance(clerk, account)).toBe("20000.00 0.00 0.00");
  await holds(clerk);
});

test("a member who came or went can't be undone under a plan that reckons with it", async () => {
  const { clerk } = await createOffice();
  const service = await createAgreement(clerk, "A");
  const joining = randomUUID();
  accepted(await join(clerk, service, "D", "2024-07-01", joining));
  const undo = { reversedOn: "2024-07-02", reason: "doch nicht" };
  accepted(await giveKey(clerk, service, 2024, { equal_parts: [] }));
  await plan(clerk, service, { fiscalYear: 2024, amount: euro("1000"), plannedOn: "2024-01-10" });
  const document = { kind: "joint_membership", id: joining } as const;
  expect(await reverseDocument(clerk, document, undo)).toMatchObject({
    rule: "reverse_dependents_first",
  });
  const { members } = await requireAgreement(clerk, service);
  const leave = (memberId: string, changedOn: string) =>
    recordMembership(clerk, randomUUID(), service, {
      kind: "left", changedOn, reason: "Kündigung", resolution: "", memberId, name: "", address: "",
    }); // prettier-ignore
  expect(await leave(members[0]!.id, "2024-12-31")).toMatchObject({
    rule: "performing_member_stays",
  });
  accepted(await leave(members[2]!.id, "2024-09-30"));
  const year = await loadJointYear(clerk, service, 2024);
  expect(year.members.map(({ days }) => days)).toEqual([366, 366, 274, 184]);
  await holds(clerk);
});

test("what a grant pays is not asked of the members again, and nobody else's invoice counts", async () => {
  const office = await createOffice();
  const { clerk } = office;
  const service = await createAgreement(clerk, "A");
  accepted(await giveKey(clerk, service, 2024, { equal_parts: [] }));
  await plan(clerk, service, { fiscalYear: 2024, amount: euro("1000") });
  const { grantId, lineOf } = await createGrant(office);
  const { invoiceId } = await spend(clerk, grantId, lineOf("2.1"), "500");
  const answer = (user: User, id: string) =>
    recordJointCost(user, randomUUID(), service, 2024, {
      ...plainCost, kind: "invoice", invoiceId: id, amount: euro("1"),
    }); // prettier-ignore
  expect(await answer(clerk, invoiceId)).toMatchObject({ rule: "invoice_paid_by_grant" });
  expect(await answer(clerk, randomUUID())).toMatchObject({ rule: "cost_needs_invoice" });

  // What the municipal budget pays may be shared, once.
  const account = await createBudgetAccount(clerk, { fiscalYear: 2024 });
  const municipalId = randomUUID();
  const line = invoiceLine(account, "500", { costKind: "running" });
  const paper = invoiceDraft([line], { invoicedOn: "2024-06-01", number: "R-9" });
  accepted(await recordInvoice(clerk, municipalId, { fiscalYear: 2024 }, paper));
  await cost(clerk, service, 2024, {
    kind: "invoice",
    invoiceId: municipalId,
    amount: euro("499.50"),
  });
  expect(await answer(clerk, municipalId)).toMatchObject({
    rule: "invoice_counted_before",
    left: euro("0.50"),
  });
  const stranger = await createOffice();
  await expect(answer(stranger.clerk, invoiceId)).rejects.toMatchObject({ status: 404 });
  await expect(loadJointYear(stranger.clerk, service, 2024)).rejects.toMatchObject({ status: 404 });
  await expect(
    recordPlan(office.board, randomUUID(), service, { ...plainPlan, fiscalYear: 2025 }),
  ).rejects.toMatchObject({ status: 403 });
});

const plainPlan: Omit<PlanDraft, "fiscalYear"> = {
  reading: "joint_total",
  number: "1",
  plannedOn: "",
  amount: euro("1000"),
  appropriationAccountId: undefined,
  dueDays: [],
};
const plainCost: JointCostDraft = {
  kind: "other",
  incurredOn: "2024-12-31",
  description: "Koordination",
  reference: "K-1",
  invoiceId: undefined,
  hours: undefined,
  rate: undefined,
  amount: undefined,
};

function hours(count: string, rate: string) {
  return { hours: euro(count), rate: euro(rate), amount: undefined };
}

type Given = Partial<PlanDraft> & { fiscalYear: number };

function planAnswer(clerk: User, service: string, given: Given, id = randomUUID()) {
  const year = given.fiscalYear;
  const dueDays = [`${year}-03-15`, `${year}-09-15`];
  const draft = { ...plainPlan, plannedOn: `${year}-01-15`, dueDays, ...given };
  return recordPlan(clerk, id, service, draft);
}

async function plan(clerk: User, service: string, given: Given) {
  const id = randomUUID();
  accepted(await planAnswer(clerk, service, given, id));
  return id;
}

async function payInstalments(clerk: User, service: string, year: number) {
  const { members, instalments } = await loadJointYear(clerk, service, year);
  const paying = members.filter((member) => member.paysHere).map(({ id }) => id);
  for (const { memberId, dueOn, amount } of instalments) {
    if (!paying.includes(memberId)) continue;
    const draft = { memberId, paidOn: dueOn, amount, note: "" };
    accepted(await recordJointPayment(clerk, randomUUID(), service, year, draft));
  }
}

async function cost(clerk: User, service: string, year: number, given: Partial<JointCostDraft>) {
  const draft = { ...plainCost, incurredOn: `${year}-12-31`, ...given };
  accepted(await recordJointCost(clerk, randomUUID(), service, year, draft));
}

type GivenSettlement = { settledOn?: string; overBudgetReason?: string };

function settleAnswer(
  clerk: User,
  service: string,
  year: number,
  given: GivenSettlement = {},
  id = randomUUID(),
) {
  const [settledOn, dueOn] = [`${year + 1}-02-01`, `${year + 1}-04-01`];
  return recordSettlement(clerk, id, service, year, { settledOn, dueOn, number: "JA", ...given });
}

async function settle(clerk: User, service: string, year: number, on?: string) {
  const id = randomUUID();
  accepted(await settleAnswer(clerk, service, year, on ? { settledOn: on } : {}, id));
  return id;
}

function join(clerk: User, service: string, name: string, changedOn: string, id = randomUUID()) {
  return recordMembership(clerk, id, service, {
    kind: "joined", changedOn, reason: "Beitritt", resolution: "V/9", memberId: undefined,
    name, address: "Rathaus",
  }); // prettier-ignore
}

async function balance(clerk: User, accountId: string) {
  const accounts = await listAccounts(clerk, { kind: "appropriation" });
  const { committed, invoiced, paid } = accounts.find(({ id }) => id === accountId)!;
  return texts([committed, invoiced, paid]);
}

function texts(amounts: (ReturnType<typeof euro> | null)[]) {
  return amounts.map((amount) => amount?.toFixed(2) ?? "–").join(" ");
}

async function holds(clerk: User) {
  const proofs = await verifyJournal(clerk.schoolAuthorityId);
  expect(proofs.filter(({ findings }) => findings.length > 0)).toEqual([]);
}

test("a demand may take what its budget covers, and more where recurring costs are allowed to", async () => {
  const { clerk, administrator } = await createOffice();
  const service = await createAgreement(clerk, "B");
  const account = await createBudgetAccount(clerk, { fiscalYear: 2024, budget: "IT" });
  const other = { ledgerAccount: "443100", name: "Leitungen", budget: "IT" };
  await createBudgetAccount(clerk, { fiscalYear: 2024, ...other });
  const demand = (amount: string) =>
    recordCostShare(clerk, randomUUID(), service, {
      fiscalYear: 2024,
      appropriationAccountId: account,
      demandedOn: "2024-03-01",
      number: "1",
      allocationKey: "own_share",
      amount: euro(amount),
      weights: [],
    });
  expect(await demand("2000.01")).toMatchObject({
    rule: "over_budget",
    available: euro("2000"),
  });
  const settings = await requireAuthority(clerk);
  accepted(await changeSettings(administrator, { ...settings, overBudgetRecurring: "allow" }));
  accepted(await demand("2000.01"));
});

test("where a reason is asked, plan, settlement and demand over the budget keep the one that is given", async () => {
  const { clerk, administrator } = await createOffice();
  const settings = await requireAuthority(clerk);
  accepted(await changeSettings(administrator, { ...settings, overBudgetRecurring: "warn" }));
  const service = await createAgreement(clerk, "B");
  const account = await createAppropriation(clerk, 2024, "10000");
  const of2024 = {
    fiscalYear: 2024,
    appropriationAccountId: account,
    reading: "own_share",
    amount: euro("10000.01"),
  } as const;
  const asked = { field: "overBudgetReason", rule: "over_budget_needs_reason" };
  expect(await planAnswer(clerk, service, of2024)).toMatchObject(asked);
  accepted(await planAnswer(clerk, service, { ...of2024, overBudgetReason: "Beitritt C" }));
  await payInstalments(clerk, service, 2024);
  await cost(clerk, service, 2024, { amount: euro("10000.02") });
  expect(await settleAnswer(clerk, service, 2024)).toMatchObject(asked);
  accepted(await settleAnswer(clerk, service, 2024, { overBudgetReason: "Tariferhöhung" }));
  expect((await listOverBudgetReasons(clerk)).map(({ reason }) => reason).sort()).toEqual([
    "Beitritt C",
    "Tariferhöhung",
  ]);
  await holds(clerk);
});

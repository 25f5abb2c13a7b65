/** What joint services (IKZ) owe to invoices, closed years, members and terms that change later. */
import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { euro } from "#app/domain/money.ts";
import type { JointCostDraft } from "#app/domain/joint-cost.ts";
import type { PlanDraft } from "#app/domain/joint-year.ts";
import type { User } from "#app/domain/permission.ts";
import { closeYear, loadYearState } from "#app/records/fiscal-years.server.ts";
import { recordInvoice } from "#app/records/invoice-recording.server.ts";
import { recordAgreement, requireAgreement } from "#app/records/joint-agreements.server.ts";
import { recordMembership } from "#app/records/joint-memberships.server.ts";
import { recordJointCost, recordJointPayment } from "#app/records/joint-payments.server.ts";
import { recordPlan, recordSettlement } from "#app/records/joint-year-recording.server.ts";
import { loadJointYear } from "#app/records/joint-years.server.ts";
import { reverseDocument } from "#app/records/reversals.server.ts";
import { verifyJournal } from "#app/records/verification.server.ts";
import { db } from "#db/client.ts";
import {
  accepted,
  createGrant,
  createOffice,
  invoiceDraft,
  invoiceLine,
  spend,
} from "#tests/support/factories.ts";
import {
  agreementDraft,
  createAgreement,
  createAppropriation,
  giveKey,
} from "#tests/support/joint-year.ts";
import { createBudgetAccount } from "#tests/support/municipal-budget.ts";

const undo = { reversedOn: "2025-06-01", reason: "falsch" };

test("an invoice that members are charged for is reversed only after its cost", async () => {
  const { clerk, invoiceId, costId } = await countedInvoice();
  expect(await reverseDocument(clerk, { kind: "invoice", id: invoiceId }, undo)).toMatchObject({
    rule: "reverse_dependents_first",
    dependents: ["Istkosten (IKZ) vom 31.12.2024"],
  });
  accepted(await reverseDocument(clerk, { kind: "joint_cost", id: costId }, undo));
  accepted(await reverseDocument(clerk, { kind: "invoice", id: invoiceId }, undo));
});

test("what a credit note takes back of a counted invoice is given to the members before a year is settled", async () => {
  const { clerk, service, invoiceId, credit } = await countedInvoice();
  accepted(await credit("400"));
  expect(await settle(clerk, service, 2024)).toMatchObject({
    rule: "invoice_counted_too_high",
    invoice: "R-9",
    over: euro("400"),
  });
  const give = (amount: string) =>
    cost(clerk, service, 2024, { kind: "invoice", invoiceId, amount: euro(amount) });
  for (const amount of ["-400.01", "1"]) {
    expect(await give(amount)).toMatchObject({ rule: "invoice_counted_too_high" });
  }
  accepted(await give("-400"));
  expect(await give("-1")).toMatchObject({ rule: "cost_needs_amount" });
  accepted(await settle(clerk, service, 2024));
  expect((await loadJointYear(clerk, service, 2024)).settlement!.total.toFixed(2)).toBe("500.00");
  expect((await verifyJournal(clerk.schoolAuthorityId)).flatMap((one) => one.findings)).toEqual([]);
});

test("a credit note after the settlement is taken, and the next year gives it to the members", async () => {
  const { clerk, service, invoiceId, credit } = await countedInvoice();
  accepted(await settle(clerk, service, 2024));
  accepted(await credit("400"));
  accepted(await giveKey(clerk, service, 2025, { equal_parts: [] }));
  accepted(await plan(clerk, service, 2025, { amount: euro("900") }));
  accepted(await cost(clerk, service, 2025, { amount: euro("900") }));
  expect(await settle(clerk, service, 2025)).toMatchObject({ rule: "invoice_counted_too_high" });
  const back = { kind: "invoice", invoiceId, amount: euro("-400") } as const;
  accepted(await cost(clerk, service, 2025, back));
  accepted(await settle(clerk, service, 2025));
});

test("a year of fixed sums is settled at whatever it cost, and its page shows how", async () => {
  const { clerk } = await createOffice();
  const service = await createAgreement(clerk, "A");
  accepted(await giveKey(clerk, service, 2024, { fixed_sum: ["3000", "3000", "3000"] }));
  expect(await plan(clerk, service, 2024, { amount: euro("8999.99") })).toMatchObject({
    rule: "fixed_sums_exceed_total",
  });
  accepted(await plan(clerk, service, 2024, { amount: euro("9000") }));
  const costId = randomUUID();
  accepted(await cost(clerk, service, 2024, { amount: euro("9500") }, costId));
  const settled = async () => {
    const id = randomUUID();
    accepted(await settle(clerk, service, 2024, id, "2025-06-01"));
    const { members, settled } = await loadJointYear(clerk, service, 2024);
    const parts = members.map((member) => member.settled!.toFixed(2)).join(" ");
    const bases = settled.components.map(({ basis, loweredFrom }) => `${basis} ${loweredFrom?.toFixed(0) ?? "fits"}`); // prettier-ignore
    accepted(await reverseDocument(clerk, { kind: "joint_settlement", id }, undo));
    return [parts, ...bases];
  };
  expect(await settled()).toEqual(["3500.00 3000.00 3000.00", "fixed_sum fits", "borne_rest fits"]);
  accepted(await cost(clerk, service, 2024, { amount: euro("-800") }));
  expect(await settled()).toEqual(["2900.00 2900.00 2900.00", "fixed_sum 9000"]);
});

test("a fiscal year closes after the settlement of the joint year that it pays for, and its balance", async () => {
  const { clerk } = await createOffice();
  const service = await createAgreement(clerk, "B");
  const account = await createAppropriation(clerk, 2024, "20000");
  const own = { reading: "own_share", appropriationAccountId: account } as const;
  accepted(await plan(clerk, service, 2024, { ...own, amount: euro("10000") }));
  const { members } = await requireAgreement(clerk, service);
  const pay = (paidOn: string, amount: string) =>
    recordJointPayment(clerk, randomUUID(), service, 2024, {
      memberId: members[0]!.id, paidOn, amount: euro(amount), note: "",
    }); // prettier-ignore
  accepted(await pay("2024-03-15", "10000"));
  const close = () => closeYear(clerk, randomUUID(), 2024, { closedOn: "2025-05-15", note: "" });
  expect(await close()).toMatchObject({
    rule: "joint_years_unsettled",
    jointServices: ["IKZ Schul-IT"],
  });
  accepted(await cost(clerk, service, 2024, { amount: euro("9500") }));
  accepted(await settle(clerk, service, 2024));
  // The refund comes back to the account of the year.
  expect((await loadYearState(clerk, 2024)).unsettled).toMatchObject([{ isSettled: true }]);
  expect(await close()).toMatchObject({ rule: "joint_years_unsettled" });
  accepted(await pay("2025-04-15", "500"));
  accepted(await close());
});

test("who left and joined again is there once, though the leaving is undone", async () => {
  const { clerk } = await createOffice();
  const service = await createAgreement(clerk, "B");
  const { members } = await requireAgreement(clerk, service);
  const leaving = randomUUID();
  const plain = { reason: "K", resolution: "", name: "", address: "", memberId: undefined };
  const left = { ...plain, kind: "left", changedOn: "2024-12-31" } as const;
  accepted(await recordMembership(clerk, leaving, service, { ...left, memberId: members[2]!.id }));
  const joining = randomUUID();
  const again = { ...plain, kind: "joined", changedOn: "2025-01-01", name: "C" } as const;
  accepted(await recordMembership(clerk, joining, service, again));
  const reverse = (id: string) => reverseDocument(clerk, { kind: "joint_membership", id }, undo);
  // Both memberships are on file: new terms name whoever is there, twice where it was there twice.
  const terms = (names: string[], performing = 1) => {
    const draft = agreementDraft(names, "");
    draft.members[performing]!.isPerforming = true;
    return recordAgreement(clerk, randomUUID(), draft, service);
  };
  accepted(await terms(["A", "B", "C", "C"]));
  // Who left performs no more; who came back can.
  expect(await terms(["A", "B", "C", "C"], 2)).toEqual({
    field: "members[2].isPerforming",
    rule: "member_left_before",
  });
  expect(await terms(["A", "B", "C"])).toMatchObject({ rule: "agreement_changed_members" });
  expect(await recordAgreement(clerk, randomUUID(), agreementDraft(["A", "B", "B"], "A"))).toMatchObject({ field: "members[2].name", rule: "member_twice" }); // prettier-ignore
  expect(await reverse(leaving)).toMatchObject({
    rule: "reverse_dependents_first",
    dependents: ["Beitritt vom 01.01.2025"],
  });
  accepted(await reverse(joining));
  accepted(await reverse(leaving));
  const now = await requireAgreement(clerk, service);
  expect(now.members.map(({ name, leftOn }) => `${name} ${leftOn}`)).toEqual(["A null", "B null", "C null"]); // prettier-ignore
});

test("the joining of who performs is not undone before other terms name another", async () => {
  const { clerk } = await createOffice();
  const service = await createAgreement(clerk, "B");
  const id = randomUUID();
  accepted(
    await recordMembership(clerk, id, service, {
      kind: "joined", changedOn: "2025-01-01", reason: "K", resolution: "",
      memberId: undefined, name: "D", address: "",
    }), // prettier-ignore
  );
  const terms = (performing: string) =>
    recordAgreement(clerk, randomUUID(), agreementDraft(["A", "B", "C", "D"], performing), service);
  const reverse = () => reverseDocument(clerk, { kind: "joint_membership", id }, undo);
  accepted(await terms("D"));
  expect(await reverse()).toMatchObject({ rule: "reverse_dependents_first" });
  accepted(await terms("B"));
  accepted(await reverse());
});

test("new terms can't end an agreement before a year that is settled", async () => {
  const { clerk, service } = await countedInvoice();
  accepted(await settle(clerk, service, 2024));
  const ending = { ...agreementDraft(["A", "B", "C"], "A"), endsOn: "2023-12-31" };
  expect(await recordAgreement(clerk, randomUUID(), ending, service)).toMatchObject({
    rule: "year_settled_before",
    fiscalYear: 2024,
  });
});

test("an own share can't be settled for a year in which we were no member", async () => {
  const { clerk } = await createOffice();
  const service = await createAgreement(clerk, "B");
  const account = await createAppropriation(clerk, 2024, "20000");
  const own = { reading: "own_share", appropriationAccountId: account } as const;
  accepted(await plan(clerk, service, 2024, { ...own, amount: euro("10000") }));
  const { members } = await requireAgreement(clerk, service);
  accepted(
    await recordMembership(clerk, randomUUID(), service, {
      kind: "left", changedOn: "2023-12-31", reason: "K", resolution: "",
      memberId: members[0]!.id, name: "", address: "",
    }), // prettier-ignore
  );
  accepted(await cost(clerk, service, 2024, { amount: euro("10500") }));
  expect(await settle(clerk, service, 2024)).toMatchObject({ rule: "year_without_own_membership" });
});

test("the database itself counts only own invoices of the municipal budget", async () => {
  const office = await createOffice();
  const { service } = await countedInvoice(office);
  const { invoiceId: foreign } = await countedInvoice();
  const { grantId, lineOf } = await createGrant(office);
  const { invoiceId: granted } = await spend(office.clerk, grantId, lineOf("2.1"), "500");
  const insert = (invoiceId: string) =>
    db.execute(sql`
      insert into joint_costs (school_authority_id, plan_id, kind, incurred_on, description, reference, invoice_id, amount)
      select school_authority_id, plan_id, kind, incurred_on, description, reference, ${invoiceId}, 1
      from joint_costs where plan_id in (select id from joint_plans where joint_service_id = ${service})`);
  const refused = (invoiceId: string) =>
    insert(invoiceId).then(() => "", (error: Error) => String(error.cause)); // prettier-ignore
  expect(await refused(foreign)).toContain("joint_cost_counts_an_own_invoice");
  expect(await refused(granted)).toContain("joint cost counts an invoice that a grant pays");
});

/** We perform; an invoice of 900 from the municipal budget is the cost of 2024. */
async function countedInvoice(office?: Awaited<ReturnType<typeof createOffice>>) {
  const { clerk } = office ?? (await createOffice());
  const service = await createAgreement(clerk, "A");
  accepted(await giveKey(clerk, service, 2024, { equal_parts: [] }));
  accepted(await plan(clerk, service, 2024, { amount: euro("900") }));
  const account = await createBudgetAccount(clerk, { fiscalYear: 2024 });
  const [invoiceId, costId] = [randomUUID(), randomUUID()];
  const record = (id: string, amount: string, more: object) =>
    recordInvoice(
      clerk,
      id,
      { fiscalYear: 2024 },
      invoiceDraft([invoiceLine(account, amount, { costKind: "running" })], more),
    );
  accepted(await record(invoiceId, "900", { invoicedOn: "2024-06-01", number: "R-9" }));
  const given = { kind: "invoice", invoiceId, amount: euro("900") } as const;
  accepted(await cost(clerk, service, 2024, given, costId));
  const credit = (amount: string) =>
    record(randomUUID(), amount, {
      ...{ invoicedOn: "2024-07-01", number: "G-9" },
      ...{ kind: "credit_note", creditedId: invoiceId },
    });
  return { clerk, service, invoiceId, costId, credit };
}

function plan(clerk: User, service: string, fiscalYear: number, more: Partial<PlanDraft>) {
  return recordPlan(clerk, randomUUID(), service, {
    fiscalYear,
    reading: "joint_total",
    number: "1",
    plannedOn: `${fiscalYear}-01-15`,
    amount: euro("1000"),
    appropriationAccountId: undefined,
    dueDays: [`${fiscalYear}-03-15`],
    ...more,
  });
}

function cost(
  clerk: User,
  service: string,
  year: number,
  more: Partial<JointCostDraft>,
  id = randomUUID(),
) {
  return recordJointCost(clerk, id, service, year, {
    kind: "other",
    incurredOn: `${year}-12-31`,
    description: "Koordination",
    reference: "K-1",
    invoiceId: undefined,
    hours: undefined,
    rate: undefined,
    amount: undefined,
    ...more,
  });
}

function settle(clerk: User, service: string, year: number, id = randomUUID(), on?: string) {
  const settledOn = on ?? `${year + 1}-02-01`;
  return recordSettlement(clerk, id, service, year, {
    settledOn,
    dueOn: `${year + 1}-07-01`,
    number: "JA",
  });
}

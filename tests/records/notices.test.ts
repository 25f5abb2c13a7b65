import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { euro, percent } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { termsOn } from "#app/domain/terms.ts";
import { listAccounts, loadBudget } from "#app/records/accounts.server.ts";
import { listChanges } from "#app/records/changes.server.ts";
import { requireGrant } from "#app/records/grants.server.ts";
import { recordAllotment } from "#app/records/allotments.server.ts";
import { recordInvoice } from "#app/records/invoice-recording.server.ts";
import { type NoticeGiven, recordNotice } from "#app/records/notices.server.ts";
import { recordOrder } from "#app/records/orders.server.ts";
import { reverseDocument } from "#app/records/reversals.server.ts";
import { verifyJournal } from "#app/records/verification.server.ts";
import {
  accepted,
  createGrant,
  createOffice,
  createOrder,
  invoiceDraft,
  invoiceLine,
  orderDraft,
  spend,
} from "#tests/support/factories.ts";

test("an amendment raises a line from a day on, in budget, pots and income alike", async () => {
  const { clerk, grantId, schools } = await setUp();
  const [north, south] = schools;
  const lines = [line(north!.id, "2.1", "12000"), line(south!.id, "2.4", "10000")];
  accepted(await amend(clerk, grantId, { lines, grantAmount: euro("22000") }));
  expect(await figures(clerk, grantId)).toBe("2.1 12000  2.4 10000  granted 22000");
  expect(await potsOf(clerk)).toBe("granted 22000");
  const grant = await requireGrant(clerk, grantId);
  expect(termsOn(grant.versions, "2022-02-28").grantAmount.toFixed()).toBe("20000");
  expect(termsOn(grant.versions, "2022-03-01").grantAmount.toFixed()).toBe("22000");
  await expectProofs(clerk);
});

test("a longer period lets an invoice in that was too late before, and a reversal shuts it out", async () => {
  const { clerk, grantId, lineOf } = await setUp({ spendUntil: "2022-12-31" });
  const late = invoiceDraft([invoiceLine(lineOf("2.1"), "100")], { invoicedOn: "2023-02-01" });
  expect((await recordInvoice(clerk, randomUUID(), { grantId }, late))?.rule).toBe(
    "outside_approval_period",
  );
  const id = randomUUID();
  accepted(await amend(clerk, grantId, { spendUntil: "2023-12-31" }, id));
  const invoiceId = randomUUID();
  accepted(await recordInvoice(clerk, invoiceId, { grantId }, late));
  await expectProofs(clerk);

  const reversal = { reversedOn: "2023-02-01", reason: "falscher Bescheid" };
  accepted(await reverseDocument(clerk, { kind: "invoice", id: invoiceId }, reversal));
  accepted(await reverseDocument(clerk, { kind: "notice", id }, reversal));
  const again = { ...late, number: "R-2" };
  expect((await recordInvoice(clerk, randomUUID(), { grantId }, again))?.rule).toBe(
    "outside_approval_period",
  );
  await expectProofs(clerk);
});

test("the change log says of a notice which terms it found and which it left", async () => {
  const { clerk, grantId } = await setUp({ spendUntil: "2022-12-31" });
  accepted(await amend(clerk, grantId, { spendUntil: "2023-12-31" }));
  const [newest] = (await listChanges(clerk, 1)).changes;
  expect(newest).toMatchObject({
    deed: "notice_recorded",
    before: { "Bewilligungszeitraum bis": "31.12.2022" },
    after: { "Bewilligungszeitraum bis": "31.12.2023" },
  });
});

test("money ordered on a line stays there when the plan is changed", async () => {
  const { clerk, grantId, schools, lineOf } = await setUp();
  await createOrder(clerk, grantId, orderDraft(lineOf("2.1")));
  const [north, south] = schools;
  const lines = [line(north!.id, "2.1", "3999.99"), line(south!.id, "2.4", "16000.01")];
  expect((await reallocate(clerk, grantId, lines))?.rule).toBe("line_below_spent");
  expect(await figures(clerk, grantId)).toBe("2.1 10000  2.4 10000  granted 20000");
});

test("a reallocation moves costs, and each school pays its part from its own base amount", async () => {
  const { clerk, grantId, schools, lineOf } = await setUp();
  const [north, south] = schools;
  const away = [line(north!.id, "2.1", "8000"), line(south!.id, "2.4", "12000")];
  // Both lines are paid of their schools' base amounts; the free pot has no part in them.
  expect(await reallocate(clerk, grantId, away)).toBeUndefined();
  expect(await potsOf(clerk)).toBe("granted 20000");
  const within = [
    line(north!.id, "2.1", "5000"),
    line(north!.id, "2.2", "3000"),
    line(south!.id, "2.4", "12000"),
  ];
  accepted(await reallocate(clerk, grantId, within));
  expect(await figures(clerk, grantId)).toBe("2.1 5000  2.2 3000  2.4 12000  granted 20000");
  await spend(clerk, grantId, lineOf("2.4"), "12000");
  await expectProofs(clerk);
});

test("after the final notice nothing is spent, and what is left is free", async () => {
  const { clerk, grantId, lineOf } = await setUp();
  await spend(clerk, grantId, lineOf("2.1"), "9000");
  const id = randomUUID();
  accepted(await close(clerk, grantId, "final", "8500", id));
  expect(await figures(clerk, grantId)).toBe("2.1 9000  2.4 0  granted 8500");
  expect(await potsOf(clerk)).toBe("granted 8500");
  const order = orderDraft(lineOf("2.4"), { orderedOn: "2021-07-01" });
  expect((await recordOrder(clerk, randomUUID(), { grantId }, order))?.rule).toBe(
    "grant_is_closed",
  );
  expect((await amend(clerk, grantId, { reason: "zu spät" }))?.rule).toBe("grant_is_closed");
  await expectProofs(clerk);

  const reversal = { reversedOn: "2023-05-01", reason: "Widerspruch" };
  accepted(await reverseDocument(clerk, { kind: "notice", id }, reversal));
  expect(await figures(clerk, grantId)).toBe("2.1 10000  2.4 10000  granted 20000");
  accepted(await recordOrder(clerk, randomUUID(), { grantId }, order));
  await expectProofs(clerk);
});

test("notices are reversed from the last to the first", async () => {
  const { clerk, grantId } = await setUp();
  const [first, second] = [randomUUID(), randomUUID()];
  accepted(await amend(clerk, grantId, { lineTolerance: percent("20") }, first));
  accepted(await amend(clerk, grantId, { spendUntil: "2023-12-31" }, second));
  const reverse = (id: string) =>
    reverseDocument(clerk, { kind: "notice", id }, { reversedOn: "2022-03-01", reason: "Irrtum" });
  expect((await reverse(first))?.rule).toBe("reverse_dependents_first");
  accepted(await reverse(second));
  accepted(await reverse(first));
  expect((await requireGrant(clerk, grantId)).lineTolerance.toFixed()).toBe("0");
});

test("a notice is not reversed while a line or a day of a document needs it, and nothing else is held up", async () => {
  const { clerk, grantId, lineOf } = await setUp({ spendUntil: "2022-12-31" });
  const id = randomUUID();
  const longer = { lineTolerance: percent("20"), spendUntil: "2023-12-31" };
  accepted(await amend(clerk, grantId, longer, id));
  const order = orderDraft(lineOf("2.1"), { orderedOn: "2022-04-01" });
  const lines = [{ ...order.lines[0]!, grossAmount: euro("12000") }];
  const orderId = randomUUID();
  accepted(await recordOrder(clerk, orderId, { grantId }, { ...order, lines }));
  const { paymentId } = await spend(clerk, grantId, lineOf("2.4"), "100");
  const reverse = (kind: "notice" | "order" | "payment", key: string) =>
    reverseDocument(clerk, { kind, id: key }, { reversedOn: "2023-01-31", reason: "Irrtum" });
  expect((await reverse("notice", id))?.rule).toBe("reversal_overspends");
  accepted(await reverse("payment", paymentId));
  accepted(await reverse("order", orderId));

  const late = orderDraft(lineOf("2.1"), { number: "A-9", orderedOn: "2023-01-15" });
  const lateId = randomUUID();
  accepted(await recordOrder(clerk, lateId, { grantId }, late));
  expect(await reverse("notice", id)).toMatchObject({
    rule: "reverse_dependents_first",
    dependents: ["Auftrag A-9"],
  });
  accepted(await reverse("order", lateId));
  accepted(await reverse("notice", id));
  await expectProofs(clerk);
});

test("a revocation is booked while an order is open, and leaves it its money", async () => {
  const { clerk, grantId, lineOf } = await setUp();
  await createOrder(clerk, grantId, orderDraft(lineOf("2.1")));
  accepted(await close(clerk, grantId, "revocation", "0", randomUUID()));
  expect(await figures(clerk, grantId)).toBe("2.1 4000  2.4 0  granted 0");
  await expectProofs(clerk);
});

test("money that a notice freed and a decision allotted to another school does not come back", async () => {
  const { clerk } = await createOffice();
  const lines: [string, string, string][] = [["GS Nord", "2.1", "74545.50"]];
  const { grantId, envelopeId, schools } = await createGrant({ clerk }, { lines });
  const [north, south] = schools;
  const id = randomUUID();
  const less = { lines: [line(north!.id, "2.1", "30000")], grantAmount: euro("30000") };
  accepted(await amend(clerk, grantId, less, id));
  accepted(
    await recordAllotment(clerk, randomUUID(), envelopeId, {
      decidedOn: "2022-03-02",
      resolutionId: null,
      reason: "Beschluss",
      schools: [{ schoolId: south!.id, amount: euro("44545.50") }],
    }),
  );
  const reversal = { reversedOn: "2022-03-03", reason: "Irrtum" };
  const violation = await reverseDocument(clerk, { kind: "notice", id }, reversal);
  expect(violation?.rule).toBe("reversal_overspends");
  await expectProofs(clerk);
});

test("a line's tolerance is that of the notice in force on the day of the order", async () => {
  const { clerk, grantId, lineOf } = await setUp();
  const order = (orderedOn: string) =>
    recordOrder(
      clerk,
      randomUUID(),
      { grantId },
      {
        ...orderDraft(lineOf("2.1"), { orderedOn }),
        lines: [{ ...orderDraft(lineOf("2.1")).lines[0]!, grossAmount: euro("12000") }],
      },
    );
  accepted(await amend(clerk, grantId, { lineTolerance: percent("20") }));
  expect((await order("2022-02-28"))?.rule).toBe("exceeds_line");
  // Taken back again, it does not help an order that is dated into its time.
  const later = { noticeOn: "2022-06-01", validFrom: "2022-06-01" };
  accepted(await amend(clerk, grantId, { ...later, lineTolerance: percent("0") }));
  expect((await order("2022-03-01"))?.rule).toBe("exceeds_line");
  accepted(await amend(clerk, grantId, { ...later, lineTolerance: percent("20") }));
  accepted(await order("2022-03-01"));
});

test("a notice sent twice is recorded once, of two clerks at once one is told", async () => {
  const { clerk, grantId, schools } = await setUp();
  const id = randomUUID();
  const longer = { spendUntil: "2023-12-31" };
  accepted(await amend(clerk, grantId, longer, id));
  accepted(await amend(clerk, grantId, longer, id));
  expect((await requireGrant(clerk, grantId)).versions).toHaveLength(2);

  const [north, south] = schools;
  const raised = {
    lines: [line(north!.id, "2.1", "40000"), line(south!.id, "2.4", "60000")],
    grantAmount: euro("100000"),
  };
  const both = await Promise.all([
    amend(clerk, grantId, raised),
    amend(clerk, grantId, { ...raised, reason: "nochmals" }),
  ]);
  expect(both).toEqual([undefined, undefined]);
  expect(await potsOf(clerk)).toBe("granted 100000");
  await expectProofs(clerk);
});

async function setUp(terms: { spendUntil?: string } = {}) {
  const { clerk } = await createOffice();
  return { clerk, ...(await createGrant({ clerk }, { terms })) };
}

function line(schoolId: string, code: string, approved: string) {
  return { schoolId, code, approved: euro(approved) };
}

const head = {
  noticeOn: "2022-03-01",
  validFrom: "2022-03-01",
  reference: "Ä 1",
  reason: "Anlass",
};

async function amend(
  clerk: User,
  grantId: string,
  given: Partial<NoticeGiven>,
  id: string = randomUUID(),
) {
  const plan = await loadBudget(clerk, grantId);
  const lines = plan.map(({ schoolId, code, approved }) => ({ schoolId, code, approved }));
  return recordNotice(clerk, id, grantId, { ...head, lines, ...given, kind: "amendment" });
}

function reallocate(clerk: User, grantId: string, lines: ReturnType<typeof line>[]) {
  return recordNotice(clerk, randomUUID(), grantId, { ...head, lines, kind: "reallocation" });
}

function close(
  clerk: User,
  grantId: string,
  kind: "final" | "revocation",
  amount: string,
  id: string,
) {
  const days = { noticeOn: "2023-05-01", validFrom: "2023-05-01" };
  return recordNotice(clerk, id, grantId, {
    ...head,
    ...days,
    kind,
    grantAmount: euro(amount),
  });
}

async function figures(clerk: User, grantId: string) {
  const accounts = await listAccounts(clerk, { grantId });
  const lines = accounts.filter(({ kind }) => kind === "budget_line");
  const income = accounts.find(({ kind }) => kind === "income")!;
  return [
    ...lines
      .sort((a, b) => a.code!.localeCompare(b.code!))
      .map(({ code, approved }) => `${code} ${approved.toFixed()}`),
    `granted ${income.granted.toFixed()}`,
  ].join("  ");
}

async function potsOf(clerk: User) {
  const pots = await listAccounts(clerk, { kind: "pot" });
  const granted = pots.reduce((sum, pot) => sum.plus(pot.granted), euro("0"));
  return `granted ${granted.toFixed()}`;
}

async function expectProofs({ schoolAuthorityId }: User) {
  const verdicts = await verifyJournal(schoolAuthorityId);
  expect(verdicts.flatMap(({ findings }) => findings)).toEqual([]);
}

import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { euro } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { requireBudgetAccount } from "#app/records/budget-changes.server.ts";
import { listRests, recordCarryovers } from "#app/records/carryovers.server.ts";
import { closeYear, listYearAccounts } from "#app/records/fiscal-years.server.ts";
import { moveOrders } from "#app/records/order-moves.server.ts";
import { listOrderLines, recordOrder } from "#app/records/orders.server.ts";
import { recordAppropriation } from "#app/records/municipal-budget.server.ts";
import { listUnposted } from "#app/records/recurring-posting.server.ts";
import { reverseDocument } from "#app/records/reversals.server.ts";
import { createContract } from "#tests/support/contracts.ts";
import { accepted, createOffice, orderDraft, orderLine } from "#tests/support/factories.ts";
import { appropriationDraft, createBudgetAccount } from "#tests/support/municipal-budget.ts";

function carry(clerk: User, accountId: string, amount: string, year: number) {
  const row = { decidedOn: `${year + 1}-02-01`, resolutionId: undefined, decision: "Kämmerer" };
  return recordCarryovers(clerk, [
    {
      ...row,
      id: randomUUID(),
      accountId,
      amount: euro(amount),
      reason: "Lieferung",
      ground: "budget",
      isBegun: false,
      position: 0,
    },
  ]);
}

const accountOf = async (clerk: User, year: number) => (await listYearAccounts(clerk, year))[0]!;

test("money of a budget goes on for one year, then it lapses", async () => {
  const { clerk } = await createOffice();
  const first = await createBudgetAccount(clerk, { budget: "IT" });
  accepted(await carry(clerk, first, "1000", 2020));
  const next = await accountOf(clerk, 2021);
  expect(await listRests(clerk, 2021)).toMatchObject([
    { accountId: next.id, left: euro("0"), lapsing: euro("1000") },
  ]);
  expect(await carry(clerk, next.id, "1000", 2021)).toMatchObject({
    field: "rows[0].amount",
    rule: "carried_money_lapses",
    available: euro("0"),
    lapsing: euro("1000"),
  });
  expect(await listYearAccounts(clerk, 2022)).toEqual([]);
});

test("what is carried over arrives on the account in use, not on one that was given up", async () => {
  const { clerk } = await createOffice();
  const from = await createBudgetAccount(clerk, { budget: "IT" });
  const given = { ...appropriationDraft, fiscalYear: 2021, decidedOn: "2020-12-11" };
  const id = randomUUID();
  accepted(await recordAppropriation(clerk, id, { ...given, budget: "Alt" }));
  const reversal = { reversedOn: "2020-12-11", reason: "Irrtum" };
  accepted(await reverseDocument(clerk, { kind: "appropriation", id }, reversal));
  accepted(await recordAppropriation(clerk, randomUUID(), { ...given, budget: "Neu" }));
  accepted(await carry(clerk, from, "400", 2020));
  const carried = (await listYearAccounts(clerk, 2021)).map((one) => [one.budget, one.carried.toFixed()]); // prettier-ignore
  expect(carried.sort()).toEqual([["Alt", "0"], ["Neu", "400"]]); // prettier-ignore
});

test("a moved order is open once on every day", async () => {
  const { clerk } = await createOffice();
  const accountId = await createBudgetAccount(clerk);
  const orderId = await order(clerk, accountId, "800");
  accepted(await move(clerk, [orderId], "2021-03-01"));
  const openOn = async (asOf: string) => {
    const [old, now] = await Promise.all(
      [2020, 2021].map((fiscalYear) => listOrderLines(clerk, { fiscalYear, asOf })),
    );
    return [old, now].map((lines) => lines!.map(({ open }) => open.toFixed()));
  };
  expect(await openOn("2021-02-15")).toEqual([["800"], []]);
  expect(await openOn("2021-03-01")).toEqual([["0"], ["800"]]);
});

test("the money of a moved order is for the order, not for a contract that waits for money", async () => {
  const { clerk } = await createOffice();
  const accountId = await createBudgetAccount(clerk);
  await createBudgetAccount(clerk, { fiscalYear: 2021, amount: euro("100"), decidedOn: "2020-12-11" }); // prettier-ignore
  const orders = [await order(clerk, accountId, "400"), await order(clerk, accountId, "300", "2")];
  // 450 € a year: 100 € are there.
  await createContract(clerk, {
    ledgerAccount: "427100",
    product: "24301",
    costCentre: "",
    startedOn: "2021-01-01",
    amount: euro("450"),
    rhythm: "year",
  });
  expect(await waiting(clerk)).toHaveLength(1);
  accepted(await move(clerk, orders, "2021-01-01"));
  const [moved] = await listYearAccounts(clerk, 2021);
  expect(moved).toMatchObject({ carried: euro("700"), committed: euro("700") });
  expect(await waiting(clerk)).toHaveLength(1);
  expect(await requireBudgetAccount(clerk, accountId)).toMatchObject({ committed: euro("0") });
  const closing = { closedOn: "2021-03-02", note: "" };
  accepted(await closeYear(clerk, randomUUID(), 2020, closing));
});

test("years are closed in their order, the oldest first", async () => {
  const { clerk } = await createOffice();
  await createBudgetAccount(clerk);
  await createBudgetAccount(clerk, { fiscalYear: 2021, decidedOn: "2020-12-11" });
  const close = (year: number) =>
    closeYear(clerk, randomUUID(), year, { closedOn: "2022-03-02", note: "" });
  expect(await close(2021)).toMatchObject({ rule: "earlier_year_open", fiscalYear: 2020 });
  accepted(await close(2020));
  accepted(await close(2021));
});

async function waiting(clerk: User) {
  return (await listUnposted(clerk, 2021)).filter(({ fiscalYear }) => fiscalYear === 2021);
}

async function order(clerk: User, accountId: string, amount: string, number = "1") {
  const id = randomUUID();
  const lines = [{ ...orderLine(accountId, amount), costKind: "running" as const }];
  const draft = orderDraft(accountId, { number, orderedOn: "2020-12-01", lines });
  accepted(await recordOrder(clerk, id, { fiscalYear: 2020 }, draft));
  return id;
}

function move(clerk: User, orderIds: string[], movedOn: string) {
  return moveOrders(clerk, randomUUID(), 2020, { movedOn, decision: "Kämmerer", orderIds });
}

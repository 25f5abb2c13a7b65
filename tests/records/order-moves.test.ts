import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { euro } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { recordSupplement, requireBudgetAccount } from "#app/records/budget-changes.server.ts";
import { listContractFigures } from "#app/records/contract-figures.server.ts";
import { closeYear, listYearAccounts } from "#app/records/fiscal-years.server.ts";
import { recordInvoice } from "#app/records/invoice-recording.server.ts";
import { listOpenOrders, moveOrders } from "#app/records/order-moves.server.ts";
import { listOrderLines, recordOrder, requireOrder } from "#app/records/orders.server.ts";
import { listUnposted, postAllRecurring } from "#app/records/recurring-posting.server.ts";
import { reverseDocument } from "#app/records/reversals.server.ts";
import { verifyJournal } from "#app/records/verification.server.ts";
import { createContract } from "#tests/support/contracts.ts";
import {
  accepted,
  createGrant,
  createOffice,
  invoiceDraft,
  invoiceLine,
  orderDraft,
  orderLine,
} from "#tests/support/factories.ts";
import { createBudgetAccount } from "#tests/support/municipal-budget.ts";
import { answer } from "#tests/support/request.ts";

const lastYear = { fiscalYear: 2020 };
const nextYear = { fiscalYear: 2021 };
const move = { movedOn: "2021-01-01", decision: "Kämmerer" };
const closing = { closedOn: "2021-03-02", note: "" };

test("an open order moves with its money, the old year closes, and the new year's invoice releases it", async () => {
  const { clerk, accountId, orderId } = await officeWithOpenOrder();
  expect(await closeYear(clerk, randomUUID(), 2020, closing)).toMatchObject({ rule: "orders_open" }); // prettier-ignore
  expect(await listOpenOrders(clerk, 2020)).toMatchObject([{ id: orderId, open: euro("400") }]);
  const id = randomUUID();
  const draft = { ...move, orderIds: [orderId] };
  accepted(await moveOrders(clerk, id, 2020, draft));
  accepted(await moveOrders(clerk, id, 2020, draft)); // Sent twice.

  expect(await requireBudgetAccount(clerk, accountId)).toMatchObject({
    carried: euro("-400"),
    committed: euro("0"),
  });
  const [account] = await listYearAccounts(clerk, 2021);
  expect(account).toMatchObject({ carried: euro("400"), committed: euro("400") });
  accepted(await closeYear(clerk, randomUUID(), 2020, closing));
  expect(await record(clerk, lastYear, accountId)).toMatchObject({ rule: "fiscal_year_closed" });
  const late = invoiceDraft([invoiceLine(accountId, "10")], { invoicedOn: "2021-02-01" });
  expect(await recordInvoice(clerk, randomUUID(), lastYear, late)).toMatchObject({
    rule: "fiscal_year_closed",
  });

  const [line] = await listOrderLines(clerk, nextYear);
  const invoice = invoiceDraft(
    [invoiceLine(account!.id, "400", { orderLineId: line!.id, costKind: "running" })],
    { invoicedOn: "2021-01-15" },
  );
  accepted(await recordInvoice(clerk, randomUUID(), nextYear, invoice));
  expect(await requireBudgetAccount(clerk, account!.id)).toMatchObject({
    committed: euro("0"),
    invoiced: euro("400"),
  });
  await expectProofs(clerk);
});

test("a moved order was awarded before: the threshold does not ask it again", async () => {
  const office = await createOffice();
  const { clerk } = office;
  const accountId = await createBudgetAccount(clerk);
  const id = randomUUID();
  const line = { ...orderLine(accountId, "800"), costKind: "running" as const };
  const draft = orderDraft(accountId, { orderedOn: "2020-06-01", awardReason: "", lines: [line] });
  accepted(await recordOrder(clerk, id, lastYear, draft)); // No grant yet: no threshold is known.
  await createGrant(office);
  accepted(await moveOrders(clerk, randomUUID(), 2020, { ...move, orderIds: [id] }));
  expect(await listOrderLines(clerk, nextYear)).toMatchObject([{ open: euro("800") }]);
});

test("what is moved is undone from the new year to the old one, and moves again", async () => {
  const { clerk, orderId } = await officeWithOpenOrder();
  const draft = { ...move, orderIds: [orderId] };
  accepted(await moveOrders(clerk, randomUUID(), 2020, draft));
  const [moved] = await listOrderLines(clerk, nextYear);
  const { closure } = await requireOrder(clerk, orderId);
  const undo = (kind: "order" | "order_closure", id: string) =>
    reverseDocument(clerk, { kind, id }, { reversedOn: "2021-06-02", reason: "Irrtum" });
  expect(await undo("order_closure", closure!.id)).toMatchObject({ rule: "reverse_dependents_first" }); // prettier-ignore
  accepted(await undo("order", moved!.orderId));
  accepted(await undo("order_closure", closure!.id));
  const again = { ...draft, movedOn: "2021-06-03" };
  accepted(await moveOrders(clerk, randomUUID(), 2020, again));
  expect((await listOrderLines(clerk, nextYear)).filter(({ stands }) => stands)).toHaveLength(1);
  await expectProofs(clerk);
});

test("orders move all or none, after the year, and only the own ones of that year", async () => {
  const { clerk, orderId } = await officeWithOpenOrder();
  const stranger = await officeWithOpenOrder();
  const ask = (given: object, user = clerk) =>
    moveOrders(user, randomUUID(), 2020, { ...move, orderIds: [orderId], ...given });
  expect(await ask({ orderIds: [] })).toMatchObject({ field: "orders", rule: "no_order_to_move" });
  expect(await ask({ movedOn: "2020-12-31" })).toMatchObject({
    field: "movedOn",
    rule: "carryover_before_year_end",
  });
  expect(await answer(() => ask({ orderIds: [orderId, stranger.orderId] }), clerk)).toMatchObject({
    status: 404,
  });
  expect(await listYearAccounts(clerk, 2021)).toEqual([]);
  expect(await listOpenOrders(clerk, 2020)).toHaveLength(1);
});

/** 1 000 € on an account of 2020, of which an order of December binds 400 €. */
async function officeWithOpenOrder() {
  const { clerk } = await createOffice();
  const accountId = await createBudgetAccount(clerk);
  const orderId = randomUUID();
  accepted(await record(clerk, lastYear, accountId, orderId));
  return { clerk, accountId, orderId };
}

function record(clerk: User, funding: { fiscalYear: number }, account: string, id?: string) {
  const lines = [{ ...orderLine(account, "400"), costKind: "running" as const }];
  const draft = orderDraft(account, { orderedOn: "2020-12-01", lines });
  return recordOrder(clerk, id ?? randomUUID(), funding, draft);
}

async function expectProofs(user: User) {
  const verdicts = await verifyJournal(user.schoolAuthorityId);
  expect(verdicts.flatMap(({ findings }) => findings)).toEqual([]);
}

test("what is open of a contract moves with its tie, and is posted once in either year", async () => {
  const { clerk } = await createOffice();
  await createBudgetAccount(clerk, { ...lastYear, ledgerAccount: "442900", amount: euro("1200") });
  const contractId = await createContract(clerk, { startedOn: "2020-01-01", signedOn: "2019-12-01" }); // prettier-ignore
  const [own] = await listContractFigures(clerk, { contractId });
  const figures = async () =>
    (await listContractFigures(clerk, { contractId })).map((one) =>
      [one.fiscalYear, one.costYear, one.isCarried, one.committed.toFixed(2)].join(" "),
    );
  // The new year has nothing but what comes with the order: the contract's own cost must not take it.
  accepted(await moveOrders(clerk, randomUUID(), 2020, { ...move, orderIds: [own!.orderId] }));
  const moved = ["2020 2020 false 0.00", "2021 2020 true 1200.00"];
  expect(await figures()).toEqual(moved);
  expect(await listUnposted(clerk, 2021)).toMatchObject([
    { fiscalYear: 2021, obstacle: { rule: "exceeds_account", missing: euro("1200") } },
  ]);
  const account = (await listYearAccounts(clerk, 2021))[0]!;
  const more = { amount: euro("1200"), decidedOn: "2021-03-02", decision: "Rat", reason: "WLAN" };
  accepted(
    await recordSupplement(clerk, randomUUID(), account.id, { ...more, resolutionId: undefined }),
  );
  await postAllRecurring(clerk);
  expect(await figures()).toEqual([...moved, "2021 2021 false 1200.00"]);

  const undone = { reversedOn: "2021-06-02", reason: "Irrtum" };
  expect(await reverseDocument(clerk, { kind: "contract", id: contractId }, undone)).toMatchObject({
    rule: "reverse_dependents_first",
    dependents: ["Auftrag V-1 im Haushalt 2021"],
  });
  await expectProofs(clerk);
});

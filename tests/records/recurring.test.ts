import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { euro, factor, percent } from "#app/domain/money.ts";
import type { OverBudgetPolicy } from "#app/domain/municipal-budget.ts";
import type { User } from "#app/domain/permission.ts";
import { listYearAccounts, closeYear } from "#app/records/fiscal-years.server.ts";
import { changeSettings } from "#app/records/authorities.server.ts";
import { recordSupplement } from "#app/records/budget-changes.server.ts";
import { changeContract } from "#app/records/contract-changes.server.ts";
import { listContractFigures } from "#app/records/contract-figures.server.ts";
import { loadForecast } from "#app/records/follow-up-costs.server.ts";
import { recordIndexValue } from "#app/records/index-values.server.ts";
import { recordInvoice } from "#app/records/invoice-recording.server.ts";
import { recordAppropriation } from "#app/records/municipal-budget.server.ts";
import { listOverBudgetReasons } from "#app/records/municipal-papers.server.ts";
import { closeOrder, listOrderChanges } from "#app/records/order-changes.server.ts";
import { recordOrderWithin, requireOrder } from "#app/records/orders.server.ts";
import { listUnposted, postAllRecurring } from "#app/records/recurring-posting.server.ts";
import { listRecurring } from "#app/records/recurring.server.ts";
import { reverseDocument } from "#app/records/reversals.server.ts";
import { verifyJournal } from "#app/records/verification.server.ts";
import { db } from "#db/client.ts";
import { createContract } from "#tests/support/contracts.ts";
import {
  accepted,
  certifyAndPay,
  createGrant,
  createOffice,
  invoiceDraft,
  invoiceLine,
  orderDraft,
  orderLine,
} from "#tests/support/factories.ts";

async function appropriate(clerk: User, fiscalYear: number, amount: string, costCentre = "") {
  accepted(
    await recordAppropriation(clerk, randomUUID(), {
      fiscalYear,
      product: "24301",
      ledgerAccount: "442900",
      costCentre,
      name: "Betreuung",
      amount: euro(amount),
      decidedOn: `${fiscalYear - 1}-12-01`,
      resolutionId: undefined,
    }),
  );
  return (await listYearAccounts(clerk, fiscalYear)).find(
    (account) => (account.costCentre ?? "") === costCentre,
  )!.id;
}

/** What the journal has of the year's accounts. */
async function committed(clerk: User, fiscalYear: number) {
  const accounts = await listYearAccounts(clerk, fiscalYear);
  return accounts.map((account) => account.committed.toFixed(2));
}

async function figures(clerk: User, contractId: string) {
  return (await listContractFigures(clerk, { contractId })).map((one) =>
    [one.fiscalYear, one.committed.toFixed(2), one.invoiced.toFixed(2), one.paid.toFixed(2)].join(
      " ",
    ),
  );
}

async function obstacles(clerk: User, fiscalYear: number) {
  return (await listUnposted(clerk, fiscalYear)).map(({ obstacle }) => obstacle);
}

async function findings(clerk: User) {
  return (await verifyJournal(clerk.schoolAuthorityId)).flatMap((proof) => proof.findings);
}

const price = {
  kind: "price" as const,
  changedOn: "2023-05-01",
  validFrom: "2023-07-01",
  amount: euro("120"),
  indexBase: null,
  reason: "Schreiben vom 1. Mai",
};
const termination = {
  ...price,
  kind: "termination" as const,
  validFrom: "2023-12-31",
  amount: null,
  reason: "nicht mehr gebraucht",
};
const undone = { reversedOn: "2024-06-01", reason: "irrtümlich" };

test("what a contract costs is committed by itself, and only once", async () => {
  const { clerk } = await createOffice();
  await appropriate(clerk, 2023, "5000");
  const id = await createContract(clerk);
  expect(await committed(clerk, 2023)).toEqual(["1200.00"]);
  const [order] = await listContractFigures(clerk, { contractId: id });
  expect(await requireOrder(clerk, order!.orderId)).toMatchObject({
    number: "V-1",
    supplier: "Netzbau GmbH",
    fiscalYear: 2023,
    orderedOn: "2023-01-01",
    lines: [{ costKind: "running", description: "WLAN, 2023" }],
  });
  await postAllRecurring(clerk);
  await postAllRecurring(clerk);
  expect(await figures(clerk, id)).toEqual(["2023 1200.00 0.00 0.00"]);
  expect(await obstacles(clerk, 2023)).toEqual([]);
  expect(await findings(clerk)).toEqual([]);
});

test("the budget of a year brings its commitments, at the price of that year", async () => {
  const { clerk } = await createOffice();
  const step = { adjustment: "yearly_step", stepRate: percent("10") } as const;
  const id = await createContract(clerk, step);
  expect(await figures(clerk, id)).toEqual([]);
  await appropriate(clerk, 2022, "5000");
  await appropriate(clerk, 2023, "5000");
  await appropriate(clerk, 2024, "5000");
  expect(await figures(clerk, id)).toEqual(["2023 1200.00 0.00 0.00", "2024 1320.00 0.00 0.00"]);
});

test("a contract was awarded once: no threshold keeps its years from being posted", async () => {
  const office = await createOffice();
  await createGrant(office); // With it the thresholds of its Land are known.
  await appropriate(office.clerk, 2023, "15000");
  await createContract(office.clerk, { amount: euro("1200") });
  expect(await committed(office.clerk, 2023)).toEqual(["14400.00"]);
});

test("a new price raises the order, a termination lowers it, and reversals bring it back", async () => {
  const { clerk } = await createOffice();
  const id = await createContract(clerk);
  await appropriate(clerk, 2023, "5000");
  await appropriate(clerk, 2024, "5000");
  const [raised, ended] = [randomUUID(), randomUUID()];
  accepted(await changeContract(clerk, raised, id, price));
  expect([await committed(clerk, 2023), await committed(clerk, 2024)]).toEqual([
    ["1320.00"],
    ["1440.00"],
  ]);
  accepted(await changeContract(clerk, ended, id, termination));
  expect([await committed(clerk, 2023), await committed(clerk, 2024)]).toEqual([
    ["1320.00"],
    ["0.00"],
  ]);
  accepted(await reverseDocument(clerk, { kind: "contract_change", id: ended }, undone));
  accepted(await reverseDocument(clerk, { kind: "contract_change", id: raised }, undone));
  expect([await committed(clerk, 2023), await committed(clerk, 2024)]).toEqual([
    ["1200.00"],
    ["1200.00"],
  ]);
  expect(await findings(clerk)).toEqual([]);
});

test("a value of its price index moves what is committed", async () => {
  const { clerk } = await createOffice();
  await appropriate(clerk, 2024, "5000");
  const index = { adjustment: "index", indexName: "VPI", indexBase: factor("110") } as const;
  await createContract(clerk, { ...index, expectedRate: percent("2") });
  expect(await committed(clerk, 2024)).toEqual(["1224.00"]);
  const value = { indexName: "VPI", month: "2023-11", value: factor("115.5"), source: "Destatis" };
  await recordIndexValue(clerk, randomUUID(), value);
  expect(await committed(clerk, 2024)).toEqual(["1260.00"]);
});

async function invoiceOf(clerk: User, contractId: string, amount: string, number = "R-1") {
  const [own] = await listContractFigures(clerk, { contractId });
  const order = await requireOrder(clerk, own!.orderId);
  const [line] = order.lines;
  const id = randomUUID();
  const draft = invoiceDraft(
    [invoiceLine(line!.budgetLineId, amount, { costKind: "running", orderLineId: line!.id })],
    { number, invoicedOn: "2023-06-01" },
  );
  accepted(await recordInvoice(clerk, id, { fiscalYear: 2023 }, draft));
  return { id, orderId: order.id };
}

test("the invoice replaces the commitment, and what was invoiced is not lowered any more", async () => {
  const { clerk } = await createOffice();
  await appropriate(clerk, 2023, "5000");
  const id = await createContract(clerk);
  const invoice = await invoiceOf(clerk, id, "900");
  expect(await figures(clerk, id)).toEqual(["2023 300.00 900.00 0.00"]);
  const payment = { paidOn: "2023-06-15", cashDiscount: euro("0"), paidAmount: euro("900") };
  accepted(await certifyAndPay(clerk, randomUUID(), invoice.id, payment));
  expect(await figures(clerk, id)).toEqual(["2023 300.00 900.00 900.00"]);
  await postAllRecurring(clerk);
  expect(await figures(clerk, id)).toEqual(["2023 300.00 900.00 900.00"]);
  const forecast = await loadForecast(clerk, 2023, "2023-07-01");
  expect(forecast.bound.amounts[0]!.toFixed(2)).toBe("1200.00");

  expect(await reverseDocument(clerk, { kind: "contract", id }, undone)).toMatchObject({
    rule: "reverse_dependents_first",
    dependents: ["Rechnung R-1"],
  });
  const early = { ...termination, validFrom: "2023-06-30" };
  accepted(await changeContract(clerk, randomUUID(), id, early));
  expect(await figures(clerk, id)).toEqual(["2023 0.00 900.00 900.00"]);
  expect(await obstacles(clerk, 2023)).toMatchObject([
    { rule: "invoiced_above_plan", excess: euro("300") },
  ]);
  expect(await findings(clerk)).toEqual([]);
});

test("an order that somebody closed stays closed", async () => {
  const { clerk } = await createOffice();
  await appropriate(clerk, 2023, "5000");
  const id = await createContract(clerk);
  const { orderId } = await invoiceOf(clerk, id, "900");
  accepted(await closeOrder(clerk, orderId, { closedOn: "2024-01-15", reason: "Minderverbrauch" }));
  accepted(await changeContract(clerk, randomUUID(), id, price));
  expect(await figures(clerk, id)).toEqual(["2023 0.00 900.00 0.00"]);
  expect(await obstacles(clerk, 2023)).toEqual([]);
});

test("a contract without invoices is reversed, and frees its money; a new one commits again", async () => {
  const { clerk } = await createOffice();
  await appropriate(clerk, 2023, "1500");
  const id = await createContract(clerk);
  accepted(await reverseDocument(clerk, { kind: "contract", id }, undone));
  expect(await committed(clerk, 2023)).toEqual(["0.00"]);
  await createContract(clerk, { amount: euro("90") });
  expect(await committed(clerk, 2023)).toEqual(["1080.00"]);
  expect(await findings(clerk)).toEqual([]);
});

test("an order reversed by hand is replaced by the next posting", async () => {
  const { clerk } = await createOffice();
  await appropriate(clerk, 2023, "5000");
  const id = await createContract(clerk);
  const [own] = await listContractFigures(clerk, { contractId: id });
  accepted(await reverseDocument(clerk, { kind: "order", id: own!.orderId }, undone));
  expect(await committed(clerk, 2023)).toEqual(["0.00"]);
  await postAllRecurring(clerk);
  expect(await figures(clerk, id)).toEqual(["2023 1200.00 0.00 0.00"]);
});

test("where the budget is short the contract is recorded, and listed with what is missing", async () => {
  const { clerk } = await createOffice();
  const accountId = await appropriate(clerk, 2023, "1000");
  const id = await createContract(clerk);
  expect(await committed(clerk, 2023)).toEqual(["0.00"]);
  expect(await obstacles(clerk, 2023)).toMatchObject([
    { rule: "exceeds_account", missing: euro("200") },
  ]);
  const supplement = { amount: euro("200"), decidedOn: "2023-06-01", decision: "Rat" };
  accepted(
    await recordSupplement(clerk, randomUUID(), accountId, {
      ...supplement,
      resolutionId: undefined,
      reason: "WLAN",
    }),
  );
  expect(await figures(clerk, id)).toEqual(["2023 1200.00 0.00 0.00"]);
  expect(await obstacles(clerk, 2023)).toEqual([]);
});

async function settle(administrator: User, overBudgetRecurring: OverBudgetPolicy) {
  const settings = { fourEyes: true, inputTaxRate: percent("0") };
  accepted(await changeSettings(administrator, { ...settings, overBudgetRecurring }));
}

test("where recurring costs are allowed to, they go over the budget by themselves", async () => {
  const { clerk, administrator } = await createOffice();
  await settle(administrator, "allow");
  await appropriate(clerk, 2023, "1000");
  const id = await createContract(clerk);
  expect(await committed(clerk, 2023)).toEqual(["1200.00"]);
  const [own] = await listContractFigures(clerk, { contractId: id });
  expect((await requireOrder(clerk, own!.orderId)).overBudgetReason).toBeNull();
  accepted(await changeContract(clerk, randomUUID(), id, price));
  expect(await committed(clerk, 2023)).toEqual(["1320.00"]);
  expect(await findings(clerk)).toEqual([]);
});

test("where a reason is asked, nothing goes over the budget before somebody gives it", async () => {
  const { clerk, administrator } = await createOffice();
  await settle(administrator, "warn");
  await appropriate(clerk, 2023, "1000");
  const id = await createContract(clerk);
  expect(await committed(clerk, 2023)).toEqual(["0.00"]);
  const needsReason = [{ rule: "needs_reason", missing: euro("200") }];
  expect(await obstacles(clerk, 2023)).toMatchObject(needsReason);
  await postAllRecurring(clerk);
  expect(await obstacles(clerk, 2023)).toMatchObject(needsReason);

  const of2023 = { contractId: id, fiscalYear: 2023 };
  expect(await postAllRecurring(clerk, [{ ...of2023, reason: " " }])).toEqual({
    field: "reasons[0].reason",
    rule: "recurring_reason_missing",
  });
  expect(await committed(clerk, 2023)).toEqual(["0.00"]);
  accepted(await postAllRecurring(clerk, [{ ...of2023, reason: "Betreuung ist unverzichtbar" }]));
  expect(await committed(clerk, 2023)).toEqual(["1200.00"]);
  const [own] = await listContractFigures(clerk, { contractId: id });
  const order = await requireOrder(clerk, own!.orderId);
  expect(order.overBudgetReason).toBe("Betreuung ist unverzichtbar");

  // What was said of the first amount is not said of a higher one.
  accepted(await changeContract(clerk, randomUUID(), id, price));
  expect(await committed(clerk, 2023)).toEqual(["1200.00"]);
  expect(await obstacles(clerk, 2023)).toMatchObject([{ rule: "needs_reason" }]);
  accepted(await postAllRecurring(clerk, [{ ...of2023, reason: "Tarif stieg" }]));
  expect(await committed(clerk, 2023)).toEqual(["1320.00"]);
  expect(await listOrderChanges(clerk, order.id)).toMatchObject([
    { reason: "Kosten 2023 aus Vertrag V-1", overBudgetReason: "Tarif stieg" },
  ]);
  expect((await listOverBudgetReasons(clerk)).map(({ reason }) => reason).sort()).toEqual([
    "Betreuung ist unverzichtbar",
    "Tarif stieg",
  ]);
  expect(await findings(clerk)).toEqual([]);
});

test("a reason posts its own contract and year, and no other", async () => {
  const { clerk, administrator } = await createOffice();
  await settle(administrator, "warn");
  await appropriate(clerk, 2023, "1000");
  await appropriate(clerk, 2024, "1000");
  const first = await createContract(clerk);
  const second = await createContract(clerk, { number: "V-2", name: "Drucker" });
  const said = { contractId: second, fiscalYear: 2024, reason: "unverzichtbar" };
  accepted(await postAllRecurring(clerk, [{ ...said, contractId: first, reason: "" }, said]));
  expect(await figures(clerk, first)).toEqual([]);
  expect(await figures(clerk, second)).toEqual(["2024 1200.00 0.00 0.00"]);
  expect(await listUnposted(clerk, 2024, db, first)).toHaveLength(2);
  expect(await listUnposted(clerk, 2024, db, second)).toHaveLength(1);
});

test("a reversal that gives money back posts the contracts that waited for it", async () => {
  const { clerk } = await createOffice();
  const accountId = await appropriate(clerk, 2023, "1200");
  const id = randomUUID();
  accepted(
    await recordSupplement(clerk, id, accountId, {
      amount: euro("-200"),
      decidedOn: "2023-06-01",
      decision: "Rat",
      resolutionId: undefined,
      reason: "Kürzung",
    }),
  );
  await createContract(clerk);
  expect(await committed(clerk, 2023)).toEqual(["0.00"]);
  accepted(await reverseDocument(clerk, { kind: "supplement", id }, undone));
  expect(await committed(clerk, 2023)).toEqual(["1200.00"]);
});

test("without the account of its cost centre nothing is posted, and the account is named", async () => {
  const { clerk } = await createOffice();
  await appropriate(clerk, 2023, "5000");
  await createContract(clerk, { costCentre: "4711" });
  expect(await committed(clerk, 2023)).toEqual(["0.00"]);
  expect(await obstacles(clerk, 2023)).toMatchObject([
    { rule: "account_missing", costCentre: "4711" },
  ]);
  const accountId = await appropriate(clerk, 2023, "2000", "4711");
  const own = (await listYearAccounts(clerk, 2023)).find(({ id }) => id === accountId);
  expect(own!.committed.toFixed(2)).toBe("1200.00");
});

test("a closed year is left as it is", async () => {
  const { clerk } = await createOffice();
  await appropriate(clerk, 2023, "5000");
  accepted(await closeYear(clerk, randomUUID(), 2023, { closedOn: "2024-02-01", note: "" }));
  await createContract(clerk);
  expect(await committed(clerk, 2023)).toEqual(["0.00"]);
  expect(await listRecurring(clerk, 2023)).toEqual([]);
});

test("a staff share without a supplier is ordered from the authority itself", async () => {
  const { clerk } = await createOffice();
  await appropriate(clerk, 2023, "5000");
  const id = await createContract(clerk, { kind: "staff", supplier: "" });
  const [own] = await listContractFigures(clerk, { contractId: id });
  expect((await requireOrder(clerk, own!.orderId)).supplier).toMatch(/^Stadt /);
});

test("the order of a contract never names a grant's budget line, by records or by SQL", async () => {
  const { clerk } = await createOffice();
  const { grantId, lineOf } = await createGrant({ clerk });
  await appropriate(clerk, 2023, "5000");
  const contractId = await createContract(clerk);
  const [own] = await listContractFigures(clerk, { contractId });
  const lines = [orderLine(lineOf("2.1"), "100")];
  const order = (funding: { grantId: string } | { fiscalYear: number }) =>
    db.transaction((tx) =>
      recordOrderWithin(
        tx,
        clerk,
        randomUUID(),
        funding,
        orderDraft(lineOf("2.1"), { orderedOn: "2023-03-01", lines }),
        { isRecurring: true, contractId, supersedesId: own!.orderId },
      ),
    );
  expect(await order({ grantId })).toMatchObject({ rule: "running_cost_on_grant" });
  expect(await order({ fiscalYear: 2023 })).toMatchObject({ rule: "account_not_on_file" });

  const columns = sql`school_authority_id, supplier_id, number, ordered_on, award_kind, award_reference`;
  const insertOrder = (funding: ReturnType<typeof sql>) =>
    db.execute(sql`
      insert into orders (${columns}, grant_id, fiscal_year, contract_id)
      select ${columns}, ${funding}, contract_id from orders where id = ${own!.orderId}`);
  await expect(insertOrder(sql`${grantId}::uuid, null::integer`)).rejects.toMatchObject({
    cause: { constraint_name: "contract_is_ordered_on_the_municipal_budget" },
  });
  await expect(insertOrder(sql`null::uuid, 2023`)).rejects.toMatchObject({
    cause: { constraint_name: "contract_is_ordered_once_a_year" },
  });
  await expect(
    db.execute(sql`
      insert into order_lines (school_authority_id, order_id, fiscal_year, position, budget_line_id,
        cost_kind, description, gross_amount)
      values (${clerk.schoolAuthorityId}, ${own!.orderId}, 2023, 9, ${lineOf("2.1")},
        'running', 'Netz', 100)`),
  ).rejects.toMatchObject({ cause: { constraint_name: "ordered_account_is_of_its_year" } });
});

test("contracts of another authority are never posted", async () => {
  const [{ clerk }, other] = [await createOffice(), await createOffice()];
  const id = await createContract(clerk);
  await appropriate(other.clerk, 2023, "5000");
  await postAllRecurring(other.clerk);
  expect(await figures(clerk, id)).toEqual([]);
  expect(await committed(other.clerk, 2023)).toEqual(["0.00"]);
});

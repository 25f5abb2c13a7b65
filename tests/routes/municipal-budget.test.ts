import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { controlsOf } from "#app/exports/controls.ts";
import { paperRows } from "#app/exports/municipal-sheets.ts";
import { journalLayout } from "#app/exports/journal-sheet.ts";
import { tablesOf } from "#app/exports/tables.ts";
import { tallyOf } from "#app/domain/journal-tally.ts";
import { euro } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { loadAuditBook } from "#tests/support/audit-book.ts";
import { requireBudgetAccount } from "#app/records/budget-changes.server.ts";
import { findYearClosing, listYearAccounts } from "#app/records/fiscal-years.server.ts";
import { recordInvoice } from "#app/records/invoice-recording.server.ts";
import { recordOrder } from "#app/records/orders.server.ts";
import { action as carry } from "#app/routes/municipal-budget.$year.carryovers.tsx";
import { action as close, loader as closing } from "#app/routes/municipal-budget.$year.closing.tsx";
import { action as move } from "#app/routes/municipal-budget.$year.moves.tsx";
import { action as start } from "#app/routes/municipal-budget.$year.start.tsx";
import { loader as yearPage } from "#app/routes/municipal-budget._index.tsx";
import { loader as accountPage } from "#app/routes/municipal-budget.accounts.$accountId.tsx";
import { action as change } from "#app/routes/municipal-budget.accounts.$accountId_.changes.new.tsx";
import { action as settings, loader as settingsPage } from "#app/routes/settings.tsx";
import {
  accepted,
  createOffice,
  invoiceDraft,
  invoiceLine,
  orderDraft,
  orderLine,
} from "#tests/support/factories.ts";
import { createBudgetAccount } from "#tests/support/municipal-budget.ts";
import { answer, get, post } from "#tests/support/request.ts";

const year2020 = { fiscalYear: 2020 };
const params = { year: "2020" };

test("page, workbook and refusal say the same cents", async () => {
  const { clerk } = await createOffice();
  const accountId = await createBudgetAccount(clerk);
  await order(clerk, accountId, "400.10");
  const lines = [invoiceLine(accountId, "99.87", { costKind: "running" })];
  const invoice = invoiceDraft(lines, { invoicedOn: "2020-12-05" });
  accepted(await recordInvoice(clerk, randomUUID(), year2020, invoice));

  const left = "500.03";
  const page = await yearPage(await get(clerk, "/municipal-budget?year=2020"));
  expect(page.parts[0]!.products[0]!.accounts[0]!.sums.available).toBe(left);
  const book = await loadAuditBook(clerk, { asOf: "2026-01-01" }, "test");
  const tally = await tallyOf(book.entries);
  const journal = [{ ...journalLayout(book), rows: { length: tally.count } }];
  const controls = controlsOf(book, tablesOf(book, tally, journal), tally);
  for (const control of controls) {
    if ("holds" in control) expect([control.what, control.holds]).toEqual([control.what, true]);
    else expect([control.what, control.here.amount]).toEqual([control.what, control.against.amount]); // prettier-ignore
  }
  const available = controls.find(({ what }) => what.startsWith("Haushalt: verfügbar"));
  expect(available).toMatchObject({ here: { amount: euro(left) } });
  expect(paperRows(book, tally.spending).map(({ paper }) => paper)).toMatchObject([
    { number: "A-1", supplier: "Netzbau GmbH", gross: euro("400.1"), net: euro("336.22") },
    { number: "R-1", supplier: "Netzbau GmbH", gross: euro("99.87") },
  ]);
  const more = orderDraft(accountId, { orderedOn: "2020-12-06", lines: [running(accountId, "500.04")] }); // prettier-ignore
  expect(await recordOrder(clerk, randomUUID(), year2020, more)).toMatchObject({
    rule: "over_budget",
    available: euro(left),
  });
});

test("the year ends through its forms: invoices listed, orders moved, rests carried, year closed", async () => {
  const { clerk } = await createOffice();
  const accountId = await createBudgetAccount(clerk, { budget: "IT" });
  const orderId = await order(clerk, accountId, "400");
  const page = await closing(await get(clerk, "/municipal-budget/2020/closing", params));
  expect(page).toMatchObject({ unpaid: [], orders: [{ id: orderId, open: "400" }] });

  const moves = {
    id: randomUUID(),
    movedOn: "01.03.2021",
    decision: "Kämmerer",
    "orders[0].id": orderId,
  };
  const path = "/municipal-budget/2020/moves";
  const none = await answer(async () => move(await post(clerk, path, moves, params)));
  expect(none).toMatchObject({ status: 422 });
  expect(JSON.stringify(none.body)).toContain("Bitte mindestens einen Auftrag auswählen.");
  const chosen = { ...moves, "orders[0].isMoved": "on" };
  expect(await answer(async () => move(await post(clerk, path, chosen, params)))).toMatchObject({
    location: "/municipal-budget/2020/closing",
  });

  const rests = {
    decidedOn: "01.03.2021",
    decision: "Kämmerer",
    "rows[0].id": randomUUID(),
    "rows[0].accountId": accountId,
    "rows[0].amount": "600,01",
    "rows[0].ground": "budget",
    "rows[0].reason": "Lieferung im Mai",
  };
  const sendRests = (form: Record<string, string>) =>
    answer(async () => carry(await post(clerk, "/municipal-budget/2020/carryovers", form, params)));
  const tooMuch = await sendRests(rests);
  expect(tooMuch.status).toBe(422);
  expect(JSON.stringify(tooMuch.body)).toContain("600,00");
  expect(await sendRests({ ...rests, "rows[0].amount": "600,00" })).toMatchObject({
    location: "/municipal-budget?year=2021",
  });
  expect(await listYearAccounts(clerk, 2021)).toMatchObject([{ carried: euro("1000") }]);

  const [next] = await listYearAccounts(clerk, 2021);
  const nextPage = await accountPage(await get(clerk, "/", { accountId: next!.id }));
  expect(nextPage.carried).toMatchObject([
    { amount: "400", reason: "Offener Auftrag A-1, Netzbau GmbH", validUntil: "2021-12-31" },
    { amount: "600", reason: "Lieferung im Mai", validUntil: "2021-12-31" },
  ]);

  const send = (closedOn: string) =>
    answer(async () =>
      close(await post(clerk, "/", { id: randomUUID(), closedOn, note: "" }, params)),
    );
  expect(await send("31.12.2020")).toMatchObject({ status: 422 });
  expect(await send("02.03.2021")).toMatchObject({ location: "/municipal-budget?year=2020" });
  expect(await findYearClosing(clerk, 2020)).toMatchObject({ closedOn: "2021-03-02" });
});

test("a change and the start of a year are booked through their forms", async () => {
  const { clerk } = await createOffice();
  const accountId = await createBudgetAccount(clerk);
  const form = { id: randomUUID(), kind: "supplement", amount: "-100,00", decidedOn: "01.06.2020" };
  const path = `/municipal-budget/accounts/${accountId}/changes/new`;
  const send = (given: Record<string, string>) =>
    answer(async () => change(await post(clerk, path, { ...form, ...given }, { accountId })));
  expect(await send({ reason: "Preise" })).toMatchObject({ status: 422 });
  expect(await send({ reason: "Preise", decision: "Rat" })).toMatchObject({
    location: `/municipal-budget/accounts/${accountId}`,
  });
  expect(await requireBudgetAccount(clerk, accountId)).toMatchObject({
    supplemented: euro("-100"),
  });

  const rows = {
    id: randomUUID(),
    decidedOn: "10.12.2020",
    "rows[0].accountId": accountId,
    "rows[0].amount": "1.250,00",
  };
  const started = await answer(async () => start(await post(clerk, "/", rows, { year: "2021" })));
  expect(started).toMatchObject({ location: "/municipal-budget?year=2021" });
  expect(await listYearAccounts(clerk, 2021)).toMatchObject([{ appropriated: euro("1250") }]);
});

test("the administrator settles what happens beyond the budget, and an order asks for its reason", async () => {
  const { clerk, administrator } = await createOffice();
  const accountId = await createBudgetAccount(clerk);
  const { version } = (await settingsPage(await get(administrator, "/settings"))) as {
    version: string;
  };
  const form = {
    version,
    fourEyes: "on",
    inputTaxRate: "0",
    overBudgetOrders: "warn",
    overBudgetInvoices: "stop",
    overBudgetRecurring: "stop",
  };
  const send = (given: object) =>
    answer(async () => settings(await post(administrator, "/settings", { ...form, ...given })));
  expect(await send({ overBudgetOrders: "vielleicht" })).toMatchObject({ status: 422 });
  expect((await send({})).status).toBeLessThan(400);
  const draft = orderDraft(accountId, { orderedOn: "2020-12-01", lines: [running(accountId, "1000.01")] }); // prettier-ignore
  expect(await recordOrder(clerk, randomUUID(), year2020, draft)).toMatchObject({
    field: "overBudgetReason",
    rule: "over_budget_needs_reason",
  });
  const reasoned = { ...draft, overBudgetReason: "Ausfall der Leitung" };
  accepted(await recordOrder(clerk, randomUUID(), year2020, reasoned));
});

function running(accountId: string, amount: string) {
  return { ...orderLine(accountId, amount), costKind: "running" as const };
}

async function order(clerk: User, accountId: string, amount: string) {
  const id = randomUUID();
  const draft = orderDraft(accountId, { orderedOn: "2020-12-01", lines: [running(accountId, amount)] }); // prettier-ignore
  accepted(await recordOrder(clerk, id, year2020, draft));
  return id;
}

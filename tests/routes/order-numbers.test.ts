/** An order is booked once: a number that the supplier's books have already is asked about. */
import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { listChanges } from "#app/records/changes.server.ts";
import { listOrderLines } from "#app/records/orders.server.ts";
import { reverseDocument } from "#app/records/reversals.server.ts";
import { action as bookOnGrant } from "#app/routes/grants.$grantId.orders.new.tsx";
import { action as bookOnBudget } from "#app/routes/municipal-budget.$year.orders.new.tsx";
import { accepted, createGrant, createOffice } from "#tests/support/factories.ts";
import { createBudgetAccount } from "#tests/support/municipal-budget.ts";
import { answer, post } from "#tests/support/request.ts";

async function desk() {
  const office = await createOffice();
  const grant = await createGrant(office);
  const fields = (given: Record<string, string>) => ({
    id: randomUUID(),
    supplier: "Netzbau GmbH",
    number: "B-2021/7",
    orderedOn: "01.03.2021",
    awardKind: "direct",
    awardReason: "drei Angebote eingeholt",
    "lines[0].budgetLineId": grant.lineOf("2.1"),
    "lines[0].costKind": "investment",
    "lines[0].description": "Netz",
    "lines[0].grossAmount": "1.000,00",
    ...given,
  });
  const book = (given: Record<string, string> = {}) =>
    answer(async () =>
      bookOnGrant(await post(office.clerk, "/", fields(given), { grantId: grant.grantId })),
    );
  const booked = async () =>
    (
      (await answer(() => listOrderLines(office.clerk, { grantId: grant.grantId }), office.clerk))
        .body as { orderId: string }[]
    ).map(({ orderId }) => orderId);
  return { office, grant, fields, book, booked };
}

test("the same number of the same supplier is asked about, however it is written, and booked only when confirmed", async () => {
  const { office, book, booked } = await desk();
  expect((await book()).status).toBe(302);
  const asked = await book({ supplier: "NETZBAU GmbH.", number: "b 2021/7" });
  expect(asked.status).toBe(422);
  expect(JSON.stringify(asked.body)).toMatch(
    /"isAgain":\["Ein Auftrag mit dieser Nummer ist bei diesem Lieferanten am 01\.03\.2021 über 1\.000,00\s€ schon gebucht/,
  );
  expect(await booked()).toHaveLength(1);

  expect((await book({ isAgain: "on" })).status).toBe(302);
  expect(await booked()).toHaveLength(2);
  const { changes } = await listChanges(office.auditor, 1);
  expect(changes[0]).toMatchObject({ text: "B-2021/7, Netzbau GmbH, Nummer bewusst noch einmal" });
});

test("another supplier, another number, or the number of an order that was undone is not asked about", async () => {
  const { office, book, booked } = await desk();
  await book();
  expect((await book({ supplier: "Kabel OHG" })).status).toBe(302);
  expect((await book({ number: "B-2021/8" })).status).toBe(302);
  for (const id of await booked()) {
    const reversal = { reversedOn: "2021-03-01", reason: "Irrtum" };
    accepted(await reverseDocument(office.clerk, { kind: "order", id }, reversal));
  }
  expect((await book()).status).toBe(302);
});

test("the question is asked across grants and the municipal budget", async () => {
  const { office, fields, book } = await desk();
  await book();
  const budgetLineId = await createBudgetAccount(office.clerk, { fiscalYear: 2021 });
  const form = fields({ "lines[0].budgetLineId": budgetLineId, "lines[0].costKind": "running" });
  const asked = await answer(async () =>
    bookOnBudget(await post(office.clerk, "/", form, { year: "2021" })),
  );
  expect(asked.status).toBe(422);
  expect(JSON.stringify(asked.body)).toContain("schon gebucht");
});

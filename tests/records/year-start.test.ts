import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { euro } from "#app/domain/money.ts";
import { listYearAccounts } from "#app/records/fiscal-years.server.ts";
import { listAccountsToCopy, startYear } from "#app/records/year-start.server.ts";
import { accepted, createOffice } from "#tests/support/factories.ts";
import { createBudgetAccount } from "#tests/support/municipal-budget.ts";
import { answer } from "#tests/support/request.ts";

const decided = { decidedOn: "2020-12-10", resolutionId: undefined };

test("a new year starts with the accounts of the old one and new amounts, all or none", async () => {
  const [{ clerk }, stranger] = [await createOffice(), await createOffice()];
  const licences = await createBudgetAccount(clerk, { budget: "IT", costCentre: "4010" });
  const lines = await createBudgetAccount(clerk, { ledgerAccount: "443100", name: "Leitungen" });
  expect(await listAccountsToCopy(clerk, 2021)).toHaveLength(2);
  const row = (accountId: string, amount: string, position: number) => {
    return { accountId, amount: euro(amount), position };
  };
  const start = (rows: ReturnType<typeof row>[], id: string = randomUUID(), user = clerk) =>
    startYear(user, id, 2021, { ...decided, rows });

  expect(await start([row(licences, "1200", 0), row(lines, "-1", 3)])).toMatchObject({
    field: "rows[3].amount",
    rule: "amount_not_positive",
  });
  expect(await start([])).toMatchObject({ field: "rows", rule: "amount_not_positive" });
  expect(
    await answer(() => start([row(lines, "1", 0)], undefined, stranger.clerk), stranger.clerk),
  ).toMatchObject({
    status: 404,
  });
  expect(await listYearAccounts(clerk, 2021)).toEqual([]);

  const id = randomUUID();
  accepted(await start([row(licences, "1200.50", 0)], id));
  accepted(await start([row(licences, "1200.50", 0)], id)); // Sent twice.
  expect(await listYearAccounts(clerk, 2021)).toMatchObject([
    { appropriated: euro("1200.5"), budget: "IT", costCentre: "4010", name: "Lizenzen" },
  ]);
  expect(await listAccountsToCopy(clerk, 2021)).toMatchObject([{ id: lines }]);
  expect(await start([row(licences, "1", 0)])).toMatchObject({ rule: "appropriated_before" });
});

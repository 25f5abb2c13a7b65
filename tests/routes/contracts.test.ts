import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { today } from "#app/clock.server.ts";
import { yearOf } from "#app/domain/calendar.ts";
import { euro } from "#app/domain/money.ts";
import { listContracts } from "#app/records/contracts.server.ts";
import { recordAppropriation } from "#app/records/municipal-budget.server.ts";
import { reverseDocument } from "#app/records/reversals.server.ts";
import { action as bookPlan, loader as list } from "#app/routes/contracts._index.tsx";
import { loader as page } from "#app/routes/contracts.$contractId/route.tsx";
import { action as change } from "#app/routes/contracts.$contractId_.changes.new.tsx";
import { action as record } from "#app/routes/contracts.new.tsx";
import { loader as forecast } from "#app/routes/follow-up-costs/route.tsx";
import { action as enterValue } from "#app/routes/price-indexes.tsx";
import { createContract } from "#tests/support/contracts.ts";
import { accepted, createOffice } from "#tests/support/factories.ts";
import { answer, get, post } from "#tests/support/request.ts";

const form = {
  number: "V-9",
  name: "Glasfaser",
  kind: "line",
  supplier: "Heidenetz GmbH",
  signedOn: "1.12.2022",
  startedOn: "15.02.2023",
  amount: "100,00",
  vatRate: "19",
  rhythm: "month",
  adjustment: "none",
  stepOn: "new_year",
  product: "24301",
  ledgerAccount: "443100",
};

test("a contract is recorded from its form, and its page tells each year line by line", async () => {
  const { clerk } = await createOffice();
  const id = randomUUID();
  const args = await post(clerk, "/contracts/new", { id, ...form });
  const sent = await answer(() => record(args));
  expect(sent).toMatchObject({ status: 302, location: `/contracts/${id}` });

  const shown = await page(await get(clerk, `/contracts/${id}`, { contractId: id }));
  const year = shown.years.find(({ year }) => year === 2023)!;
  expect(year.total).toBe("1054.84");
  expect(year.pieces).toHaveLength(11);
  expect(year.pieces.at(-1)).toMatchObject({ days: 17, daysOfPeriod: 31, amount: "54.84" });
});

test("what the form gets wrong comes back beside its field, with all that was typed", async () => {
  const { clerk } = await createOffice();
  const wrong = { id: randomUUID(), ...form, adjustment: "yearly_step", stepRate: "drei" };
  const args = await post(clerk, "/contracts/new", wrong);
  const refused = await answer(() => record(args));
  expect(refused).toMatchObject({
    status: 422,
    body: { initialValue: { stepRate: "drei", number: "V-9" }, error: { stepRate: [/Anteil/] } },
  });
  const args2 = await post(clerk, "/contracts/new", { ...wrong, stepRate: "" });
  const body = (await answer(() => record(args2))).body as { error: Record<string, string[]> };
  expect(body.error.stepRate![0]).toContain("jedes Jahr steigt");
  expect(await listContracts(clerk)).toEqual([]);
});

test("a termination is recorded from its form, with German days", async () => {
  const { clerk } = await createOffice();
  const id = await createContract(clerk);
  const args = await post(
    clerk,
    "/",
    {
      id: randomUUID(),
      kind: "termination",
      changedOn: "1.5.2023",
      validFrom: "31.12.2023",
      reason: "nicht mehr gebraucht",
    },
    { contractId: id },
  );
  expect(await answer(() => change(args))).toMatchObject({ status: 302 });
  const shown = await page(await get(clerk, "/", { contractId: id }));
  expect(shown).toMatchObject({ terminatedTo: "2023-12-31", notice: null });
  expect(shown.years.map(({ year, total }) => [year, total])).toEqual([[2023, "1200"]]);
});

test("the list is chosen by school and kind, and the forecast by its first year", async () => {
  const { clerk, auditor } = await createOffice();
  await createContract(clerk);
  const numbers = async (query: string) =>
    (await list(await get(auditor, `/contracts${query}`))).rows.map(({ number }) => number);
  expect(await numbers("")).toEqual(["V-1"]);
  expect(await numbers("?kind=support")).toEqual(["V-1"]);
  expect(await numbers("?kind=line")).toEqual([]);
  expect(await numbers("?school=")).toEqual(["V-1"]);
  expect(await numbers("?school=GS+Nord")).toEqual([]);
  const told = await forecast(await get(auditor, "/follow-up-costs?from=2022"));
  expect(told.forecast.totals.amounts).toEqual(["0", "1200", "1200", "1200", "1200"]);
});

test("an index value is entered with its month and source", async () => {
  const { clerk } = await createOffice();
  const value = { id: randomUUID(), indexName: "VPI", value: "118,6", source: "Destatis" };
  const good = await post(clerk, "/price-indexes", { ...value, month: "7.2025" });
  expect(await answer(() => enterValue(good))).toMatchObject({ status: 302 });
  const bad = await post(clerk, "/price-indexes", { ...value, month: "13.2025" });
  expect(await answer(() => enterValue(bad))).toMatchObject({ status: 422 });
});

test("the list names what is not posted and why, and its button posts what has become possible", async () => {
  const { clerk } = await createOffice();
  const id = await createContract(clerk, { startedOn: "2026-01-01", signedOn: "2025-12-01" });
  const open = async () =>
    (await list(await get(clerk, "/contracts"))).open.map((row) => [row.fiscalYear, row.missing]);
  const year = yearOf(today());
  expect(await open()).toContainEqual([
    year,
    `Konto fehlt: Der Haushalt ${year} hat kein Konto 24301 / 442900.`,
  ]);
  const account = { fiscalYear: year, product: "24301", ledgerAccount: "442900", name: "WLAN" };
  const given = { decidedOn: today(), resolutionId: undefined, amount: euro("1200") };
  accepted(await recordAppropriation(clerk, randomUUID(), { ...account, ...given }));
  expect(await open()).toEqual([]);

  const before = await page(await get(clerk, `/contracts/${id}`, { contractId: id }));
  const [own] = before.posted;
  expect(own).toMatchObject({ fiscalYear: year, planned: "1200", committed: "1200" });
  const key = { kind: "order", id: own!.orderId } as const;
  accepted(await reverseDocument(clerk, key, { reversedOn: today(), reason: "falsch" }));
  expect(await open()).toEqual([[year, expect.stringContaining("Die Bestellung wurde storniert")]]);
  const args = await post(clerk, "/contracts", {});
  expect(await answer(() => bookPlan(args))).toMatchObject({ status: 302 });
  expect(await open()).toEqual([]);
});

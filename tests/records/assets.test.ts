import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { changeSettings } from "#app/records/authorities.server.ts";
import { euro, factor, percent, sum } from "#app/domain/money.ts";
import { sharesOf } from "#app/exports/receipt-shares.ts";
import { disposeOfAsset, recordAssets } from "#app/records/asset-recording.server.ts";
import {
  listReplacements,
  loadInventory,
  requireAsset,
  uninventoried,
} from "#app/records/assets.server.ts";
import { loadAuditBook } from "#tests/support/audit-book.ts";
import { requireAuthority } from "#app/records/authorities.server.ts";
import { recordInvoice } from "#app/records/invoice-recording.server.ts";
import { assetDraft, inventory, lineOf } from "#tests/support/asset-case.ts";
import {
  accepted,
  certifyAndPay,
  createOffice,
  invoiceDraft,
  invoiceLine,
} from "#tests/support/factories.ts";
import { createBudgetAccount } from "#tests/support/municipal-budget.ts";
import { plainLine } from "#tests/support/spending.ts";
import {
  credits,
  disagreements,
  findings,
  invoice,
  openCase,
  pay,
  reverse,
} from "#tests/support/spending-case.ts";
import { ownerDb } from "#tests/support/owner.ts";

const at90 = { terms: { financingKind: "share" as const, fundingRate: percent("90") } };

/** "number cost grant" of each asset. */
async function costs({ clerk }: { clerk: Parameters<typeof loadInventory>[0] }, asOf?: string) {
  const { assets } = await loadInventory(clerk, { asOf });
  return assets.map(
    ({ inventoryNumber, cost, grantShare }) => `${inventoryNumber} ${cost} ${grantShare}`,
  );
}

test("an investment waits to be inventoried, then it is an asset with the grant's ninety per cent", async () => {
  const of = await openCase(at90);
  const id = await invoice(of, [invoiceLine(of.lineOf("2.4"), "3570.05")]);
  await invoice(of, [invoiceLine(of.lineOf("2.4"), "100")]);
  const waiting = uninventoried(await loadInventory(of.clerk));
  expect(waiting.map(({ cost, left }) => `${cost} ${left}`)).toEqual(["3570.05 1"]);

  await inventory(of, id);
  expect(uninventoried(await loadInventory(of.clerk))).toEqual([]);
  expect(await costs(of)).toEqual(["TAB-001 3570.05 3213.05"]);
  expect(await findings(of)).toEqual([]);
});

test("a device that the municipal budget paid is inventoried too, at its price less discount, without special item", async () => {
  const of = await openCase(at90);
  const { clerk } = of;
  const account = await createBudgetAccount(clerk, {
    ...{ fiscalYear: 2021, budgetPart: "financial", ledgerAccount: "783110", amount: euro("9000") },
  });
  const id = randomUUID();
  const draft = invoiceDraft([invoiceLine(account, "2380")], { number: "H-1" });
  accepted(await recordInvoice(clerk, id, { fiscalYear: 2021 }, draft));
  accepted(
    await certifyAndPay(clerk, randomUUID(), id, {
      ...{ paidOn: "2021-06-20", cashDiscount: euro("23.80"), paidAmount: euro("2356.20") },
    }),
  );
  expect(uninventoried(await loadInventory(clerk))).toHaveLength(1);
  await inventory(of, id);
  expect(await costs(of)).toEqual(["TAB-001 2356.2 0"]);
  expect(await findings(of)).toEqual([]);
});

test("running cost is never an asset, nor a part of one; advice may be a part only", async () => {
  const of = await openCase(at90);
  const { clerk } = of;
  const account = await createBudgetAccount(clerk, { fiscalYear: 2021, amount: euro("9000") });
  const [care, device] = [randomUUID(), randomUUID()];
  const bill = (id: string, costKind: "running" | "investment", number: string) =>
    recordInvoice(
      clerk,
      id,
      { fiscalYear: 2021 },
      invoiceDraft([invoiceLine(account, "3000", { costKind })], { number }),
    );
  accepted(await bill(care, "running", "H-1"));
  accepted(await bill(device, "investment", "H-2"));
  const advice = await invoice(of, [
    invoiceLine(of.lineOf("2.4"), "2000", {
      ...{ costKind: "accompanying", accompaniesId: of.lineOf("2.4") },
      accompanyingReason: "Planung",
    }),
  ]);
  const book = await loadInventory(clerk);
  expect(uninventoried(book).map(({ number }) => number)).toEqual(["H-2"]);
  for (const id of [care, advice]) {
    expect(
      await recordAssets(clerk, randomUUID(), await lineOf(of, id), assetDraft(of)),
    ).toMatchObject({ rule: "asset_line_is_no_purchase" });
  }
  const part = assetDraft(of, { furtherLineIds: [await lineOf(of, care)] });
  expect(await recordAssets(clerk, randomUUID(), await lineOf(of, device), part)).toMatchObject({
    rule: "further_line_is_no_cost",
  });
});

test("thirty devices of one line share it to the cent, numbered up, and a part of it may wait", async () => {
  const of = await openCase(at90);
  const line = invoiceLine(of.lineOf("2.4"), "9999.97", { quantity: factor("7") });
  const id = await invoice(of, [line]);
  await inventory(of, id, { count: 3 });
  await inventory(of, id, { count: 3, inventoryNumber: "TAB-004" });
  const [waiting] = uninventoried(await loadInventory(of.clerk));
  expect(waiting!.left.toFixed()).toBe("1");
  await inventory(of, id, { inventoryNumber: "TAB-007" });
  const { assets } = await loadInventory(of.clerk);
  expect(assets.map((one) => one.inventoryNumber).at(-1)).toBe("TAB-007");
  expect(sum(assets.map(({ cost }) => cost)).toFixed()).toBe("9999.97");
  expect(sum(assets.map(({ grantShare }) => grantShare)).toFixed()).toBe("8999.97");

  const lineId = await lineOf(of, id);
  const more = assetDraft(of, { inventoryNumber: "TAB-008" });
  expect(await recordAssets(of.clerk, randomUUID(), lineId, more)).toMatchObject({
    rule: "asset_quantity_taken",
  });
});

test("a cash discount lowers cost and special item, freight is part of the cost", async () => {
  const of = await openCase(at90);
  const id = await invoice(of, [
    invoiceLine(of.lineOf("2.4"), "2000"),
    invoiceLine(of.lineOf("2.4"), "100", { description: "Fracht" }),
  ]);
  await inventory(of, id, { furtherLineIds: [await lineOf(of, id, 1)] });
  expect(await costs(of)).toEqual(["TAB-001 2100 1890"]);
  accepted(await pay(of, id, "2058", { discount: "42" }));
  expect(await costs(of)).toEqual(["TAB-001 2058 1852.2"]);
  expect(await costs(of, "2021-06-09")).toEqual([]);

  const freight = await lineOf(of, id, 1);
  const own = assetDraft(of, { inventoryNumber: "W-1" });
  expect(await recordAssets(of.clerk, randomUUID(), freight, own)).toMatchObject({
    rule: "asset_line_is_expense",
  });
});

test("a credit note after the inventory lowers cost, depreciation and special item", async () => {
  const of = await openCase(at90);
  const id = await invoice(of, [invoiceLine(of.lineOf("2.4"), "3600")]);
  accepted(await pay(of, id, "3600"));
  const assetId = await inventory(of, id);
  const before = await requireAsset(of.clerk, assetId);
  await invoice(of, [invoiceLine(of.lineOf("2.4"), "360")], credits(id));
  const after = await requireAsset(of.clerk, assetId);
  expect([before.cost, before.grantShare, after.cost, after.grantShare].map(String)).toEqual([
    ..."3600 3240 3240 2916".split(" "),
  ]);
  expect((await loadInventory(of.clerk, { asOf: "2021-06-30" })).assets[0]!.cost).toEqual(
    euro("3600"),
  );
});

test("VAT that the authority deducts is no cost", async () => {
  const of = await openCase(at90);
  const { fourEyes } = await requireAuthority(of.clerk);
  accepted(await changeSettings(of.administrator, { fourEyes, inputTaxRate: percent("100") }));
  const id = await invoice(of, [invoiceLine(of.lineOf("2.4"), "2380")]);
  await inventory(of, id);
  expect(await costs(of)).toEqual(["TAB-001 2000 1800"]);
});

test("a discount on the paper lowers the items, a prepayment waits for its final invoice", async () => {
  const of = await openCase();
  const less = { ...plainLine, ...amounts("-238"), kind: "discount" as const };
  const id = await invoice(of, [
    invoiceLine(of.lineOf("2.4"), "4760"),
    { ...less, budgetLineId: of.lineOf("2.4"), description: "Nachlass" },
  ]);
  await invoice(of, [invoiceLine(of.lineOf("2.1"), "2000")], { kind: "prepayment" });
  const waiting = uninventoried(await loadInventory(of.clerk));
  expect(waiting.map(({ cost }) => cost.toFixed())).toEqual(["4522"]);
  await inventory(of, id);
  expect(await costs(of)).toEqual(["TAB-001 4522 4522"]);
});

function amounts(gross: string) {
  const netAmount = euro(percent(gross).div("1.19").toFixed(2));
  return { netAmount, grossAmount: euro(gross) };
}

test("what the assets of a grant took is what its list of receipts says", async () => {
  const of = await openCase(at90);
  for (const [index, amount] of ["1500.01", "2333.33", "1234.56"].entries()) {
    const id = await invoice(of, [invoiceLine(of.lineOf("2.4"), amount)]);
    if (index < 2) accepted(await pay(of, id, amount));
    await inventory(of, id, { inventoryNumber: `N-${index}` });
  }
  const book = await loadAuditBook(of.clerk, { asOf: "2021-12-31" }, "test");
  const listed = sum([...sharesOf(book.receipts).values()].map(({ grant }) => grant));
  expect(sum(book.assets.map(({ grantShare }) => grantShare))).toEqual(listed);
  expect(book.receipts.map(({ inventoryNumbers }) => inventoryNumbers.join()).sort()).toEqual([
    ..."N-0 N-1 N-2".split(" "),
  ]);
  expect(await disagreements(of.clerk, "2021-12-31")).toEqual([]);
});

test("an invoice with assets is not reversed before them, nor an asset before its disposal", async () => {
  const of = await openCase();
  const id = await invoice(of, [invoiceLine(of.lineOf("2.4"), "2000")]);
  const assetId = await inventory(of, id);
  expect(await reverse(of, "invoice", id)).toMatchObject({
    rule: "reverse_dependents_first",
    dependents: ["Anlage TAB-001"],
  });
  const disposalId = randomUUID();
  const gone = { disposedOn: "2021-07-20", reason: "gestohlen" };
  accepted(await disposeOfAsset(of.clerk, disposalId, assetId, gone));
  expect(await reverse(of, "asset", assetId)).toMatchObject({
    dependents: ["Abgang vom 20.07.2021"],
  });
  expect(await disposeOfAsset(of.clerk, randomUUID(), assetId, gone)).toMatchObject({
    rule: "disposed_already",
  });
  const { months, bookValue } = await requireAsset(of.clerk, assetId);
  expect([months, bookValue.toFixed()]).toEqual([1, "0"]);

  accepted(await reverse(of, "asset_disposal", disposalId));
  accepted(await disposeOfAsset(of.clerk, randomUUID(), assetId, gone));
  const [again] = (await loadInventory(of.clerk)).assets;
  accepted(await reverse(of, "asset_disposal", again!.disposalId!));
  accepted(await reverse(of, "asset", assetId));
  expect((await requireAsset(of.clerk, assetId)).stands).toBe(false);
  // The number is free again.
  await inventory(of, id);
  accepted(await reverse(of, "asset", (await loadInventory(of.clerk)).assets[0]!.id));
  accepted(await reverse(of, "invoice", id));
  expect(await findings(of)).toEqual([]);
});

test("a form that is sent twice is recorded once, a number is given once", async () => {
  const of = await openCase();
  const lineId = await lineOf(
    of,
    await invoice(of, [invoiceLine(of.lineOf("2.4"), "8000", { quantity: factor("4") })]),
  );
  const id = randomUUID();
  accepted(await recordAssets(of.clerk, id, lineId, assetDraft(of)));
  accepted(await recordAssets(of.clerk, id, lineId, assetDraft(of)));
  expect((await loadInventory(of.clerk)).assets).toHaveLength(1);
  const again = assetDraft(of, { inventoryNumber: "tab- 001" });
  expect(await recordAssets(of.clerk, randomUUID(), lineId, again)).toMatchObject({
    rule: "inventory_number_taken",
  });
  const others = await Promise.all(
    Array.from({ length: 6 }, (_, index) => {
      const draft = assetDraft(of, { inventoryNumber: `X-${index}` });
      return recordAssets(of.clerk, randomUUID(), lineId, draft);
    }),
  );
  expect(others.filter((violation) => violation === undefined)).toHaveLength(3);
});

test("another authority's line, school and asset are not found, an auditor records nothing", async () => {
  const of = await openCase();
  const lineId = await lineOf(of, await invoice(of, [invoiceLine(of.lineOf("2.4"), "2000")]));
  const stranger = await openCase();
  const record = (user: typeof of.clerk, schools = of.schools) =>
    recordAssets(user, randomUUID(), lineId, assetDraft({ ...of, schools }));
  await expect(record(stranger.clerk)).rejects.toMatchObject({ status: 404 });
  await expect(record(of.auditor)).rejects.toMatchObject({ status: 403 });
  expect(await record(of.clerk, stranger.schools)).toMatchObject({ rule: "asset_school_missing" });
  const id = randomUUID();
  accepted(await recordAssets(of.clerk, id, lineId, assetDraft(of)));
  await expect(requireAsset(stranger.clerk, id)).rejects.toMatchObject({ status: 404 });
  const gone = { disposedOn: "2021-07-01", reason: "weg" };
  await expect(disposeOfAsset(stranger.clerk, randomUUID(), id, gone)).rejects.toMatchObject({
    status: 404,
  });
  expect((await loadInventory((await createOffice()).clerk)).assets).toEqual([]);
});

test("the database refuses changed assets, and more of them than their line has", async () => {
  const of = await openCase();
  const id = await inventory(of, await invoice(of, [invoiceLine(of.lineOf("2.4"), "2000")]));
  const refused = (statement: ReturnType<typeof sql>) =>
    ownerDb.execute(statement).then(
      () => "done",
      (error: { cause?: { message: string } }) => error.cause?.message,
    );
  const appended = expect.stringContaining("appended only");
  expect(await refused(sql`update assets set useful_life_months = 1 where id = ${id}`)).toEqual(
    appended,
  );
  expect(await refused(sql`delete from assets where id = ${id}`)).toEqual(appended);
  expect(await refused(sql`truncate asset_disposals`)).toEqual(appended);
  const copy = (columns: ReturnType<typeof sql>) => sql`
    insert into assets (school_authority_id, invoice_line_id, inventory_number, number_key, kind, description,
      school_id, place, quantity, in_service_on, useful_life_months, life_reason, is_replaced, price_change_rate, priced_on)
    select ${columns}, kind, description, school_id, place, quantity, in_service_on, useful_life_months,
      life_reason, is_replaced, price_change_rate, priced_on from assets where id = ${id}`;
  expect(await refused(copy(sql`school_authority_id, invoice_line_id, 'X', 'x'`))).toContain(
    "more assets than the invoice line has",
  );
  expect(await refused(copy(sql`school_authority_id, invoice_line_id, 'X', number_key`))).toContain(
    "inventory_number_is_given_once",
  );
  const { clerk: stranger } = await createOffice();
  expect(
    await refused(copy(sql`${stranger.schoolAuthorityId}::uuid, invoice_line_id, 'X', 'x'`)),
  ).toContain("asset_was_bought_by_its_authority");
});

test("the forecast names what is replaced, where and for how much", async () => {
  const of = await openCase();
  const id = await invoice(of, [invoiceLine(of.lineOf("2.4"), "2000")]);
  const assetId = await inventory(of, id, { isReplaced: true, replacementPrice: euro("2100") });
  const rows = await listReplacements(of.clerk, { untilYear: 2300 });
  const [first, second] = rows;
  expect(first).toMatchObject({ description: "TAB-001 Tablet", schoolName: "GS Nord", assetId });
  expect([first!.amount.toFixed(), second!.year - first!.year]).toEqual(["2100", 3]);
  expect(rows.at(-1)!.year).toBeLessThanOrEqual(2300);
  const { clerk: stranger } = await createOffice();
  expect(await listReplacements(stranger, { untilYear: 2300 })).toEqual([]);

  accepted(await reverse(of, "asset", assetId));
  expect(await listReplacements(of.clerk, { untilYear: 2300 })).toEqual([]);
  // A forecast as of an earlier day stays what it was; before the device came there was none.
  const known = (asOf: string) => listReplacements(of.clerk, { untilYear: 2300, asOf });
  expect((await known("2021-06-15"))[0]).toMatchObject({ assetId });
  expect(await known("2021-06-14")).toEqual([]);
  await expect(requireAsset(stranger, assetId)).rejects.toMatchObject({ status: 404 });
});

import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { kindsWithReceipt } from "#app/domain/attachment.ts";
import { euro } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { attachFile, listAttachments, withdrawFile } from "#app/records/attachments.server.ts";
import { recordPayout, requestDrawdown } from "#app/records/drawdowns.server.ts";
import { recordInvoice } from "#app/records/invoice-recording.server.ts";
import { listMissingReceipts } from "#app/records/missing-receipts.server.ts";
import { reverseDocument } from "#app/records/reversals.server.ts";
import { loader as page } from "#app/routes/receipts.tsx";
import { loader as invoicesPage } from "#app/routes/grants.$grantId.invoices._index.tsx";
import {
  accepted,
  createGrant,
  createOffice,
  invoiceDraft,
  invoiceLine,
  spend,
} from "#tests/support/factories.ts";
import { answer, get } from "#tests/support/request.ts";

test("what came from outside lacks its receipt until a file is there, the oldest first", async () => {
  const { clerk, grantId, invoiceId } = await setUp();
  expect(await missing(clerk)).toEqual([
    ["grant", "2020-05-01", "20000.00"],
    ["invoice", "2021-06-01", "1000.00"],
    ["payout", "2021-07-15", "1000.00"],
  ]);
  await attach(clerk, "invoice", invoiceId);
  await attach(clerk, "grant", grantId);
  expect(await missing(clerk)).toEqual([["payout", "2021-07-15", "1000.00"]]);
});

test("a withdrawn file is no receipt", async () => {
  const { clerk, invoiceId } = await setUp();
  await attach(clerk, "invoice", invoiceId);
  const [file] = await listAttachments(clerk, { subject: "invoice", subjectId: invoiceId });
  accepted(await withdrawFile(clerk, file!.id, "gehört zu einer anderen Rechnung"));
  expect((await missing(clerk)).map(([kind]) => kind)).toContain("invoice");
});

test("what was reversed needs no receipt any more", async () => {
  const { clerk, grantId, lineOf } = await setUp();
  const id = randomUUID();
  const draft = invoiceDraft([invoiceLine(lineOf("2.4"), "12.34")], { number: "R-77" });
  accepted(await recordInvoice(clerk, id, { grantId }, draft));
  const numbers = async () => (await listMissingReceipts(clerk)).map(({ number }) => number);
  expect(await numbers()).toContain("R-77");
  const reversal = { reversedOn: "2021-06-02", reason: "doppelt" };
  accepted(await reverseDocument(clerk, { kind: "invoice", id }, reversal));
  expect(await numbers()).not.toContain("R-77");
});

test("the list is of one authority, and can be of one grant", async () => {
  const { clerk } = await setUp();
  const stranger = await setUp();
  expect(await listMissingReceipts(clerk)).toHaveLength(3);
  expect(await listMissingReceipts(clerk, { grantId: stranger.grantId })).toEqual([]);
  const own = await listMissingReceipts(stranger.clerk, { grantId: stranger.grantId });
  expect(own.map(({ grantId }) => grantId)).toEqual(Array(3).fill(stranger.grantId));
});

test("the page groups by kind with a sum, and the invoices of the grant say which lack theirs", async () => {
  const { auditor, clerk, grantId, invoiceId, lineOf } = await setUp();
  await spend(clerk, grantId, lineOf("2.4"), "0.50");
  const groups = await groupsFor(auditor, "/receipts");
  expect(groups.map(({ kind, rows, total }) => [kind, rows.length, total])).toEqual([
    ["grant", 1, "20000"],
    ["invoice", 2, "1000.5"],
    ["payout", 1, "1000"],
  ]);
  expect(kindsWithReceipt).toEqual(expect.arrayContaining(groups.map(({ kind }) => kind)));
  expect(await groupsFor(auditor, `/receipts?grant=${randomUUID()}`)).toEqual([]);

  await attach(clerk, "invoice", invoiceId);
  const args = await get(auditor, "/", { grantId });
  const { invoices } = await invoicesPage(args as Parameters<typeof invoicesPage>[0]);
  expect(invoices.filter(({ hasFile }) => hasFile).map(({ id }) => id)).toEqual([invoiceId]);
});

test("an address that names no grant is not found", async () => {
  const { clerk } = await createOffice();
  const args = await get(clerk, "/receipts?grant=alle");
  expect((await answer(async () => page(args))).status).toBe(404);
});

async function groupsFor(user: User, address: string) {
  return (await page(await get(user, address))).groups;
}

async function missing(user: User) {
  const rows = await listMissingReceipts(user);
  return rows.map(({ kind, datedOn, amount }) => [kind, datedOn, amount?.toFixed(2)]);
}

async function attach(user: User, subject: "invoice" | "grant", subjectId: string) {
  const file = { name: "Scan.pdf", content: Buffer.from("%PDF-1.4\n") };
  accepted(await attachFile(user, { subject, subjectId }, file));
}

/** A grant, a paid invoice and its money: three papers. */
async function setUp() {
  const office = await createOffice();
  const { clerk } = office;
  const { grantId, lineOf } = await createGrant(office);
  const { invoiceId } = await spend(clerk, grantId, lineOf("2.1"), "1000");
  const drawdownId = randomUUID();
  accepted(
    await requestDrawdown(clerk, drawdownId, grantId, {
      requestedOn: "2021-07-01",
      kind: "refund",
      amount: euro("1000"),
      purpose: "Netz",
    }),
  );
  const payout = { receivedOn: "2021-07-15", amount: euro("1000") };
  accepted(await recordPayout(clerk, randomUUID(), drawdownId, payout));
  return { ...office, grantId, lineOf, invoiceId };
}

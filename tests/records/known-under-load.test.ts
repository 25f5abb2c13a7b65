/** Bar of the audit: what is exported while others book is exported again later with the same figures. */
import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { euro } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { listAccounts } from "#app/records/accounts.server.ts";
import { attachFile, loadFileNames } from "#app/records/attachments.server.ts";
import { loadAuditBook } from "#tests/support/audit-book.ts";
import { changeSchool, listSchools } from "#app/records/authorities.server.ts";
import { loadEntries } from "#app/records/entries.server.ts";
import { recordInvoice } from "#app/records/invoice-recording.server.ts";
import { listInvoiceLines } from "#app/records/invoices.server.ts";
import { lockBooks } from "#app/records/journal.server.ts";
import { momentOfBooks, readKnown } from "#app/records/known.server.ts";
import { closeOrder } from "#app/records/order-changes.server.ts";
import { listOrderLines, recordOrder, recordOrderWithin } from "#app/records/orders.server.ts";
import { loadOverview } from "#app/records/overview.server.ts";
import { reverseDocument } from "#app/records/reversals.server.ts";
import { verifyJournal } from "#app/records/verification.server.ts";
import { db } from "#db/client.ts";
import {
  accepted,
  certifyAndPay,
  createGrant,
  createOffice,
  invoiceDraft,
  invoiceLine,
  orderDraft,
} from "#tests/support/factories.ts";
import { pdf } from "#tests/support/uploads.ts";

const asOf = "2026-01-31";

/** What a workbook is made of; every tenth time the whole of it, which proves each document too. */
async function exported(user: User, moment: Date, index: number) {
  const knownOn = moment.toISOString();
  const read = await readKnown(user, moment, async (reader) => ({
    overview: await loadOverview(user),
    accounts: (await listAccounts(user)).sort((a, b) => a.id.localeCompare(b.id)),
    entries: await loadEntries(user, {}, reader),
    orders: await listOrderLines(user),
    invoices: await listInvoiceLines(user),
    files: [...(await loadFileNames(reader, user, "invoice"))],
    schools: await listSchools(user),
    book: index % 10 === 0 && (await loadAuditBook(user, { asOf, knownOn }, "1")),
  }));
  return JSON.stringify(read);
}

test("50 exports during a load of bookings, made again at the end: 50 have the same figures", async () => {
  const office = await createOffice();
  const { clerk, auditor } = office;
  const grant = await createGrant(office, {
    lines: [
      ["GS Nord", "2.1", "40000"],
      ["GS Süd", "2.4", "40000"],
    ],
  });
  let isOver = false;
  const until = async (deed: () => Promise<void>) => {
    while (!isOver) {
      await deed();
      await wait(Math.random() * 500);
    }
  };
  const writers = [
    until(() => spendAndReverse(clerk, grant)),
    until(() => spendAndReverse(office.deputy, grant)),
    until(() => orderAndClose(clerk, grant)),
    until(() => renameSchool(clerk)),
  ];
  const made: { moment: Date; figures: string }[] = [];
  const begin = Date.now();
  while (made.length < 50) {
    const moment = await momentOfBooks(auditor);
    made.push({ moment, figures: await exported(auditor, moment, made.length) });
  }
  const end = Date.now();
  isOver = true;
  await Promise.all(writers);

  expect(new Set(made.map(({ figures }) => figures)).size).toBeGreaterThan(15);
  const again = [];
  for (const [index, { moment }] of made.entries()) {
    again.push(await exported(auditor, moment, index));
  }
  expect(again.filter((figures, index) => figures === made[index]!.figures)).toHaveLength(50);

  // Any moment between, whatever was being written then, shows whole deeds only.
  for (let step = 0; step <= 5; step += 1) {
    const moment = new Date(begin + Math.floor(((end - begin) * step) / 5));
    const proofs = await readKnown(auditor, moment, () => verifyJournal(auditor.schoolAuthorityId));
    expect(proofs!.flatMap(({ findings }) => findings)).toEqual([]);
  }
}, 300_000);

type Grant = Awaited<ReturnType<typeof createGrant>>;

async function spendAndReverse(clerk: User, { grantId, lineOf }: Grant) {
  const [id, paymentId] = [randomUUID(), randomUUID()];
  const draft = invoiceDraft([invoiceLine(lineOf("2.1"), "100")], { number: id });
  accepted(await recordInvoice(clerk, id, { grantId }, draft));
  accepted(await attachFile(clerk, { subject: "invoice", subjectId: id }, receipt(id)));
  const payment = { paidOn: "2021-06-10", cashDiscount: euro("0"), paidAmount: euro("100") };
  if (clerk.name === "Person clerk") {
    accepted(await certifyAndPay(clerk, paymentId, id, payment));
    const undone = { reversedOn: "2021-08-01", reason: "Irrtum" };
    accepted(await reverseDocument(clerk, { kind: "payment", id: paymentId }, undone));
  }
  const undone = { reversedOn: "2021-08-01", reason: "Irrtum" };
  accepted(await reverseDocument(clerk, { kind: "invoice", id }, undone));
}

function receipt(id: string) {
  return { name: "beleg.pdf", content: Buffer.concat([pdf, Buffer.from(`%${id}`)]) };
}

async function orderAndClose(clerk: User, { grantId, lineOf }: Grant) {
  const id = randomUUID();
  const draft = orderDraft(lineOf("2.4"), { number: id });
  accepted(await recordOrder(clerk, id, { grantId }, draft));
  accepted(await closeOrder(clerk, id, { closedOn: "2021-08-01", reason: "fertig" }));
}

async function renameSchool(clerk: User) {
  const [school] = await listSchools(clerk);
  const { id, schoolAuthorityId: _, createdAt: __, ...draft } = school!;
  const number = randomUUID().slice(0, 8);
  accepted(await changeSchool(clerk, id, { ...draft, number, mediaConceptState: undefined }));
}

test("a deed that has begun and is not on file yet is waited for", async () => {
  const office = await createOffice();
  const { clerk } = office;
  const { grantId, lineOf } = await createGrant(office);
  let hasBegun = (_moment: Date) => {};
  const begun = new Promise<Date>((resolve) => (hasBegun = resolve));
  const writing = db.transaction(async (tx) => {
    await lockBooks(tx, clerk, "record");
    await wait(5);
    hasBegun(new Date());
    await wait(300);
    accepted(
      await recordOrderWithin(tx, clerk, randomUUID(), { grantId }, orderDraft(lineOf("2.1"))),
    );
  });
  const during = await begun;
  const orders = await readKnown(clerk, during, () => listOrderLines(clerk));
  expect(orders).toHaveLength(1);
  await writing;
});

test("a moment before the first entry has books without one, and a coming moment none at all", async () => {
  const office = await createOffice();
  const { clerk } = office;
  await createGrant(office);
  const long = await readKnown(clerk, new Date("2019-01-01T12:00:00Z"), async () => ({
    overview: await loadOverview(clerk),
    book: await loadAuditBook(clerk, { asOf: "2018-12-31" }, "1"),
  }));
  expect(long!.overview).toEqual({ envelopes: [], grants: [], schools: [], appropriations: [] });
  expect(long!.book).toMatchObject({ entries: [[]], receipts: [], accounts: [] });
  expect(long!.book.proofs.flatMap(({ findings }) => findings)).toEqual([]);
  const coming = new Date(Date.now() + 60_000);
  expect(await readKnown(clerk, coming, () => loadOverview(clerk))).toBeUndefined();
});

test("nobody reads another authority's books through a past moment", async () => {
  const [one, other] = [await createOffice(), await createOffice()];
  await createGrant(one);
  const moment = await momentOfBooks(one.clerk);
  const rows = await readKnown(other.clerk, moment, () => listOrderLines(one.clerk));
  expect(rows).toEqual([]);
  const overview = await readKnown(other.clerk, moment, () => loadOverview(one.clerk));
  expect(overview!.grants).toEqual([]);
});

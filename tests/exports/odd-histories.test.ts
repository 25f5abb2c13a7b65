/** Histories in which a workbook once disagreed with itself: corrections, replacements, dates at will. */
import { randomUUID } from "node:crypto";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import exceljs from "exceljs";
import { expect, test } from "vitest";
import { euro, percent } from "#app/domain/money.ts";
import { termsAsKept } from "#app/domain/terms.ts";
import type { User } from "#app/domain/permission.ts";
import { writeAuditBook } from "#app/exports/audit-book.server.ts";
import { loadAuditBook } from "#tests/support/audit-book.ts";
import { recordGrant, requireGrant } from "#app/records/grants.server.ts";
import { recordInvoice } from "#app/records/invoice-recording.server.ts";
import { closeOrder } from "#app/records/order-changes.server.ts";
import { listOpenOrderLines, recordOrder, requireOrder } from "#app/records/orders.server.ts";
import { reverseDocument } from "#app/records/reversals.server.ts";
import {
  accepted,
  createGrant,
  createOffice,
  createOrder,
  invoiceDraft,
  invoiceLine,
  orderDraft,
  orderLine,
  certifyAndPay,
} from "#tests/support/factories.ts";

const today = "2026-11-24";

test("a grant that was reversed and recorded again is counted once", async () => {
  const { clerk, grantId, applicationId, schools } = await setUp();
  const grant = await requireGrant(clerk, grantId);
  accepted(await reverse(clerk, "grant", grantId, grant.noticeOn));
  const lines = [
    { schoolId: schools[0]!.id, code: "2.1", approved: euro("10000") },
    { schoolId: schools[1]!.id, code: "2.4", approved: euro("10000") },
  ];
  const draft = {
    fileNumber: grant.fileNumber,
    grantingAuthority: grant.grantingAuthority,
    noticeOn: grant.noticeOn,
    ...termsAsKept(grant),
    lines,
  };
  accepted(await recordGrant(clerk, randomUUID(), applicationId, draft));
  expect(await disagreements(clerk, today)).toEqual([]);
});

test("a corrected payment counts from its own day, and not beside the one it replaces", async () => {
  const { clerk, grantId, lineOf } = await setUp();
  const invoiceId = await invoice(clerk, grantId, lineOf("2.1"), "1000", "2021-06-01");
  const paymentId = randomUUID();
  const pay = (id: string, paidOn: string) =>
    certifyAndPay(clerk, id, invoiceId, {
      paidOn,
      cashDiscount: euro("20"),
      paidAmount: euro("980"),
    });
  expect((await pay(randomUUID(), "2021-05-31"))?.rule).toBe("paid_before_demand");
  accepted(await pay(paymentId, "2021-06-10"));
  accepted(await reverse(clerk, "payment", paymentId, "2021-06-11"));
  expect((await pay(randomUUID(), "2021-06-10"))?.rule).toBe("before_reversal_of_replaced");
  accepted(await pay(randomUUID(), "2021-06-12"));
  for (const asOf of ["2021-06-09", "2021-06-10", "2021-06-11", "2021-06-12", today]) {
    expect(await disagreements(clerk, asOf)).toEqual([]);
  }
});

test("a document does not end before what stood on it", async () => {
  const { clerk, grantId, lineOf } = await setUp();
  const invoiceId = await invoice(clerk, grantId, lineOf("2.1"), "1000", "2021-06-01");
  const paymentId = randomUUID();
  const draft = { paidOn: "2021-06-10", cashDiscount: euro("0"), paidAmount: euro("1000") };
  accepted(await certifyAndPay(clerk, paymentId, invoiceId, draft));
  accepted(await reverse(clerk, "payment", paymentId, "2021-08-01"));
  expect((await reverse(clerk, "invoice", invoiceId, "2021-06-05"))?.rule).toBe(
    "reversed_before_dependents",
  );
  accepted(await reverse(clerk, "invoice", invoiceId, "2021-08-01"));
  expect(await disagreements(clerk, "2021-07-01")).toEqual([]);
});

test("an order is not closed before the reversal of an invoice on it", async () => {
  const { clerk, grantId, lineOf } = await setUp();
  const orderId = await createOrder(clerk, grantId, orderDraft(lineOf("2.1")));
  const [open] = await listOpenOrderLines(clerk, { grantId });
  const id = randomUUID();
  const lines = [invoiceLine(lineOf("2.1"), "4000", { orderLineId: open!.id })];
  accepted(await recordInvoice(clerk, id, { grantId }, invoiceDraft(lines)));
  accepted(await reverse(clerk, "invoice", id, "2021-08-01"));
  const close = (closedOn: string) => closeOrder(clerk, orderId, { closedOn, reason: "fertig" });
  expect((await close("2021-07-31"))?.rule).toBe("closed_before_last_deed");
  accepted(await close("2021-08-01"));
  expect(await disagreements(clerk, "2021-07-01")).toEqual([]);
});

test("a closure can't be reversed when its line's money is spent, and no line stays overrun", async () => {
  const { clerk, grantId, lineOf } = await setUp();
  const orderId = await createOrder(clerk, grantId, orderDraft(lineOf("2.1")));
  accepted(await closeOrder(clerk, orderId, { closedOn: "2021-03-02", reason: "Absage" }));
  await invoice(clerk, grantId, lineOf("2.1"), "10000", "2021-06-01");
  const { closure } = await requireOrder(clerk, orderId);
  expect((await reverse(clerk, "order_closure", closure!.id, "2021-07-01"))?.rule).toBe(
    "reversal_overspends",
  );
});

test("while one clerk records, each workbook agrees with itself", async () => {
  const { clerk, grantId, lineOf } = await setUp();
  let isDone = false;
  const recording = (async () => {
    for (let number = 0; number < 25; number += 1) {
      await recordOrder(
        clerk,
        randomUUID(),
        { grantId },
        orderDraft(lineOf("2.1"), {
          number: `A-${number}`,
          lines: [orderLine(lineOf("2.1"), "10")],
        }),
      );
    }
    isDone = true;
  })();
  const found: unknown[] = [];
  while (!isDone) found.push(...(await disagreements(clerk, today)));
  await recording;
  expect(found).toEqual([]);
});

async function setUp() {
  const office = await createOffice();
  return { ...office, ...(await createGrant(office)) };
}

async function invoice(clerk: User, grantId: string, line: string, amount: string, on: string) {
  const id = randomUUID();
  const draft = invoiceDraft([invoiceLine(line, amount)], { invoicedOn: on });
  accepted(await recordInvoice(clerk, id, { grantId }, draft));
  return id;
}

function reverse(
  clerk: User,
  kind: "grant" | "payment" | "invoice" | "order_closure",
  id: string,
  reversedOn: string,
) {
  return reverseDocument(clerk, { kind, id }, { reversedOn, reason: "Irrtum" });
}

/** The rows of the sheet of controls that say NEIN. */
async function disagreements(clerk: User, asOf: string) {
  const book = await loadAuditBook(clerk, { asOf }, "test");
  const file = path.join(await mkdtemp(path.join(tmpdir(), "paktbuch-")), "book.xlsx");
  await writeAuditBook(book, file);
  const workbook = new exceljs.Workbook();
  await workbook.xlsx.readFile(file);
  const found: string[] = [];
  workbook.getWorksheet("Kontrolle")!.eachRow((row) => {
    const cells: unknown[] = [];
    row.eachCell((cell) => cells.push(cell.result ?? cell.value));
    if (cells.includes("NEIN")) found.push(cells.join(" | "));
  });
  return found;
}

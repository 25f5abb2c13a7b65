import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { comparable } from "#app/domain/invoice.ts";
import { euro } from "#app/domain/money.ts";
import { loadBudget } from "#app/records/accounts.server.ts";
import { listEntries } from "#app/records/entries.server.ts";
import { recordInvoice } from "#app/records/invoice-recording.server.ts";
import { listInvoices } from "#app/records/invoices.server.ts";
import { closeOrder } from "#app/records/order-changes.server.ts";
import { listOpenOrderLines, recordOrder } from "#app/records/orders.server.ts";
import { reverseDocument } from "#app/records/reversals.server.ts";
import { verifyJournal } from "#app/records/verification.server.ts";
import {
  accepted,
  createGrant,
  createOffice,
  createOrder,
  invoiceDraft,
  invoiceLine,
  orderDraft,
  certifyAndPay,
} from "#tests/support/factories.ts";

test("an order commits money, its invoice releases it, the payment's discount frees the rest", async () => {
  const { clerk, grantId, lineOf } = await setUp();
  await createOrder(clerk, grantId, orderDraft(lineOf("2.1")));
  expect(await figures(clerk, grantId)).toBe("2.1 4000/0/0  2.4 0/0/0");

  const [open] = await listOpenOrderLines(clerk, { grantId });
  const invoiceId = randomUUID();
  const line = invoiceLine(lineOf("2.1"), "3000", { orderLineId: open!.id });
  accepted(await recordInvoice(clerk, invoiceId, { grantId }, invoiceDraft([line])));
  expect(await figures(clerk, grantId)).toBe("2.1 1000/3000/0  2.4 0/0/0");

  const payment = { paidOn: "2021-06-10", cashDiscount: euro("60"), paidAmount: euro("2940") };
  accepted(await certifyAndPay(clerk, randomUUID(), invoiceId, payment));
  expect(await figures(clerk, grantId)).toBe("2.1 1000/2940/2940  2.4 0/0/0");

  const closure = { closedOn: "2021-07-01", reason: "fertig" };
  accepted(await closeOrder(clerk, open!.orderId, closure));
  expect(await figures(clerk, grantId)).toBe("2.1 0/2940/2940  2.4 0/0/0");
  await expectProofs(clerk.schoolAuthorityId);
});

test("an invoice on several budget lines, part against an order, charges each line its part", async () => {
  const { clerk, grantId, lineOf } = await setUp();
  await createOrder(clerk, grantId, orderDraft(lineOf("2.1")));
  const [open] = await listOpenOrderLines(clerk, { grantId });
  accepted(
    await recordInvoice(
      clerk,
      randomUUID(),
      { grantId },
      invoiceDraft(
        [
          invoiceLine(lineOf("2.1"), "4500", { orderLineId: open!.id }),
          invoiceLine(lineOf("2.4"), "119.00", {
            ineligibleAmount: euro("19.00"),
            ineligibleReason: "vat",
          }),
        ],
        { overOrderReason: "Preis gestiegen" },
      ),
    ),
  );
  expect(await figures(clerk, grantId)).toBe("2.1 0/4500/0  2.4 0/100/0");
});

test("more than is available is refused with what is available, and leaves no trace", async () => {
  const { clerk, grantId, lineOf } = await setUp();
  await createOrder(clerk, grantId, orderDraft(lineOf("2.1")));
  const draft = invoiceDraft([invoiceLine(lineOf("2.1"), "6000.01")]);

  expect(await recordInvoice(clerk, randomUUID(), { grantId }, draft)).toEqual({
    field: "lines[0].grossAmount",
    rule: "exceeds_line",
    available: euro("6000"),
  });
  expect(await listInvoices(clerk, { grantId })).toEqual([]);
  expect(await figures(clerk, grantId)).toBe("2.1 4000/0/0  2.4 0/0/0");
});

test("ten officers recording at once can't overspend a cent", async () => {
  const { clerk, grantId, lineOf } = await setUp();
  const tenInvoices = Array.from({ length: 10 }, (_, i) =>
    recordInvoice(
      clerk,
      randomUUID(),
      { grantId },
      invoiceDraft([invoiceLine(lineOf("2.1"), "3000")], { number: `R-${i}` }),
    ),
  );
  const verdicts = await Promise.all(tenInvoices);

  expect(verdicts.filter((violation) => violation === undefined)).toHaveLength(3);
  expect(verdicts.filter((violation) => violation?.rule === "exceeds_line")).toHaveLength(7);
  expect(await figures(clerk, grantId)).toBe("2.1 0/9000/0  2.4 0/0/0");
  await expectProofs(clerk.schoolAuthorityId);
});

test.each(["R-1", "r 1", "R–1 "])(
  "the same invoice of the same supplier is recorded once, written %s too",
  async (number) => {
    const { clerk, grantId, lineOf } = await setUp();
    const lines = [invoiceLine(lineOf("2.1"), "100")];
    accepted(await recordInvoice(clerk, randomUUID(), { grantId }, invoiceDraft(lines)));

    const again = invoiceDraft(lines, { number, supplier: "netzbau  gmbh" });
    expect(await recordInvoice(clerk, randomUUID(), { grantId }, again)).toEqual({
      field: "number",
      rule: "invoice_recorded_before",
    });
    expect(comparable(number)).toBe("r1");
  },
);

test("a form sent twice books once", async () => {
  const { clerk, grantId, lineOf } = await setUp();
  const id = randomUUID();
  const draft = invoiceDraft([invoiceLine(lineOf("2.1"), "100")]);
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => recordInvoice(clerk, id, { grantId }, draft)),
  );
  expect(answers).toEqual([undefined, undefined, undefined, undefined, undefined]);
  const order = randomUUID();
  accepted(await recordOrder(clerk, order, { grantId }, orderDraft(lineOf("2.1"))));
  accepted(await recordOrder(clerk, order, { grantId }, orderDraft(lineOf("2.1"))));
  expect(await figures(clerk, grantId)).toBe("2.1 4000/100/0  2.4 0/0/0");
});

test("a form that was sent and comes again with other content is refused", async () => {
  const { clerk, grantId, lineOf } = await setUp();
  const stranger = await createOffice();
  const theirs = await createGrant(stranger);
  const id = randomUUID();
  accepted(await recordOrder(clerk, id, { grantId }, orderDraft(lineOf("2.1"))));
  const other = orderDraft(lineOf("2.1"), { number: "A-2" });
  await expect(recordOrder(clerk, id, { grantId }, other)).rejects.toMatchObject({
    status: 409,
  });
  const payment = { paidOn: "2021-06-10", cashDiscount: euro("0"), paidAmount: euro("100") };
  const paymentId = randomUUID();
  const invoiceIds = [randomUUID(), randomUUID()];
  for (const [index, invoiceId] of invoiceIds.entries()) {
    const lines = [invoiceLine(lineOf("2.4"), "100")];
    const draft = invoiceDraft(lines, { number: `R-${index}` });
    accepted(await recordInvoice(clerk, invoiceId, { grantId }, draft));
  }
  accepted(await certifyAndPay(clerk, paymentId, invoiceIds[0]!, payment));
  accepted(await certifyAndPay(clerk, paymentId, invoiceIds[0]!, payment));
  await expect(certifyAndPay(clerk, paymentId, invoiceIds[1]!, payment)).rejects.toMatchObject({
    status: 409,
  });
  const foreign = orderDraft(theirs.lineOf("2.1"));
  await expect(
    recordOrder(stranger.clerk, id, { grantId: theirs.grantId }, foreign),
  ).rejects.toMatchObject({
    status: 409,
  });
});

test("a reason without an ineligible amount is no reason to fail", async () => {
  const { clerk, grantId, lineOf } = await setUp();
  const line = invoiceLine(lineOf("2.1"), "100", { ineligibleReason: "vat" });
  accepted(await recordInvoice(clerk, randomUUID(), { grantId }, invoiceDraft([line])));
});

test.each([
  ["1/12", "11/2"],
  ["2020-1", "20201"],
])("invoices %s and %s are two", async (first, second) => {
  const { clerk, grantId, lineOf } = await setUp();
  for (const number of [first, second]) {
    const draft = invoiceDraft([invoiceLine(lineOf("2.1"), "100")], { number });
    accepted(await recordInvoice(clerk, randomUUID(), { grantId }, draft));
  }
});

test("a reversed invoice gives its money and its order back, and may be recorded again", async () => {
  const { clerk, grantId, lineOf } = await setUp();
  await createOrder(clerk, grantId, orderDraft(lineOf("2.1")));
  const [open] = await listOpenOrderLines(clerk, { grantId });
  const lines = [invoiceLine(lineOf("2.1"), "4000", { orderLineId: open!.id })];
  const id = randomUUID();
  accepted(await recordInvoice(clerk, id, { grantId }, invoiceDraft(lines)));

  const reversal = { reversedOn: "2021-06-02", reason: "falsche Schule" };
  accepted(await reverseDocument(clerk, { kind: "invoice", id }, reversal));
  expect(await figures(clerk, grantId)).toBe("2.1 4000/0/0  2.4 0/0/0");
  expect(await reverseDocument(clerk, { kind: "invoice", id }, reversal)).toMatchObject({
    rule: "reversed_already",
  });

  const corrected = randomUUID();
  accepted(await recordInvoice(clerk, corrected, { grantId }, invoiceDraft(lines)));
  const { entries } = await listEntries(clerk, { documentId: corrected }, 1);
  expect(entries.map(({ figure, amount }) => `${figure} ${amount.toFixed(2)}`)).toEqual([
    "committed -4000.00",
    "invoiced 4000.00",
  ]);
  await expectProofs(clerk.schoolAuthorityId);
});

test("what other documents stand on is reversed last", async () => {
  const { clerk, grantId, lineOf } = await setUp();
  const orderId = await createOrder(clerk, grantId, orderDraft(lineOf("2.1")));
  const [open] = await listOpenOrderLines(clerk, { grantId });
  const id = randomUUID();
  const lines = [invoiceLine(lineOf("2.1"), "4000", { orderLineId: open!.id })];
  accepted(await recordInvoice(clerk, id, { grantId }, invoiceDraft(lines)));
  const reversal = { reversedOn: "2022-06-02", reason: "Irrtum" };

  expect(await reverseDocument(clerk, { kind: "order", id: orderId }, reversal)).toEqual({
    field: "reason",
    rule: "reverse_dependents_first",
    dependents: ["Rechnung R-1"],
  });
  expect(await reverseDocument(clerk, { kind: "grant", id: grantId }, reversal)).toMatchObject({
    dependents: ["Auftrag A-1", "Rechnung R-1"],
  });
});

test("a discount that was spent again can't be taken back", async () => {
  const { clerk, grantId, lineOf } = await setUp();
  const id = randomUUID();
  const paymentId = randomUUID();
  accepted(
    await recordInvoice(
      clerk,
      id,
      { grantId },
      invoiceDraft([invoiceLine(lineOf("2.1"), "10000")]),
    ),
  );
  const payment = { paidOn: "2021-06-10", cashDiscount: euro("200"), paidAmount: euro("9800") };
  accepted(await certifyAndPay(clerk, paymentId, id, payment));
  const lines = [invoiceLine(lineOf("2.1"), "200"), invoiceLine(lineOf("2.4"), "10000")];
  accepted(
    await recordInvoice(clerk, randomUUID(), { grantId }, invoiceDraft(lines, { number: "R-2" })),
  );

  expect(
    await reverseDocument(
      clerk,
      { kind: "payment", id: paymentId },
      { reversedOn: "2021-07-01", reason: "Rücklastschrift" },
    ),
  ).toEqual({ field: "reason", rule: "reversal_overspends" });
});

test("another authority's grant is not found, nor may a board member record", async () => {
  const { grantId, lineOf, board } = await setUp();
  const { clerk: stranger } = await createOffice();
  const draft = invoiceDraft([invoiceLine(lineOf("2.1"), "100")]);
  await expect(recordInvoice(stranger, randomUUID(), { grantId }, draft)).rejects.toMatchObject({
    status: 404,
  });
  await expect(recordInvoice(board, randomUUID(), { grantId }, draft)).rejects.toMatchObject({
    status: 403,
  });
});

test("a line's tolerance is used up only as far as others save", async () => {
  const office = await createOffice();
  const { grantId, lineOf } = await createGrant(office, { lineTolerance: "20" });
  const record = (code: string, amount: string, number: string) =>
    recordInvoice(
      office.clerk,
      randomUUID(),
      { grantId },
      invoiceDraft([invoiceLine(lineOf(code), amount)], { number }),
    );
  expect(await record("2.1", "12000.01", "R-1")).toMatchObject({ rule: "exceeds_line" });
  accepted(await record("2.1", "12000", "R-2"));
  expect(await record("2.4", "8000.01", "R-3")).toEqual({
    field: "lines[0].grossAmount",
    rule: "exceeds_approved_total",
    available: euro("8000"),
  });
});

test("a line overrun within its tolerance does not stand in the way of a reversal", async () => {
  const office = await createOffice();
  const { grantId, lineOf } = await createGrant(office, { lineTolerance: "20" });
  const [invoiceId, paymentId] = [randomUUID(), randomUUID()];
  const lines = [invoiceLine(lineOf("2.1"), "12000")];
  accepted(await recordInvoice(office.clerk, invoiceId, { grantId }, invoiceDraft(lines)));
  const payment = { paidOn: "2021-06-10", cashDiscount: euro("0"), paidAmount: euro("12000") };
  accepted(await certifyAndPay(office.clerk, paymentId, invoiceId, payment));
  const reversal = { reversedOn: "2021-06-10", reason: "Rücklastschrift" };
  accepted(await reverseDocument(office.clerk, { kind: "payment", id: paymentId }, reversal));
});

async function setUp() {
  const office = await createOffice();
  return { ...office, ...(await createGrant(office)) };
}

/** "code committed/invoiced/paid" of each line. */
async function figures(user: Parameters<typeof loadBudget>[0], grantId: string) {
  const lines = await loadBudget(user, grantId);
  return lines
    .map(({ code, committed, invoiced, paid }) => `${code} ${committed}/${invoiced}/${paid}`)
    .join("  ");
}

async function expectProofs(schoolAuthorityId: string) {
  const verdicts = await verifyJournal(schoolAuthorityId);
  expect(verdicts.flatMap(({ findings }) => findings)).toEqual([]);
}

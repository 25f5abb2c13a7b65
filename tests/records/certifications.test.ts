import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { euro, percent } from "#app/domain/money.ts";
import { changeSettings } from "#app/records/authorities.server.ts";
import {
  certifyInvoice,
  certifyInvoices,
  listUncertified,
} from "#app/records/certifications.server.ts";
import { requireInvoice } from "#app/records/invoices.server.ts";
import { listOpenOrderLines } from "#app/records/orders.server.ts";
import { recordPayment } from "#app/records/payments.server.ts";
import {
  accepted,
  createOrder,
  invoiceLine,
  orderDraft,
  orderLine,
} from "#tests/support/factories.ts";
import { behindTheProgram } from "#tests/support/owner.ts";
import * as spending from "#tests/support/spending-case.ts";
import { invoice, openCase, reverse } from "#tests/support/spending-case.ts";

const draft = { certifiedOn: "2021-06-02", note: "geprüft" };
const payment = { paidOn: "2021-06-10", cashDiscount: euro("0"), paidAmount: euro("100") };

test("who recorded an invoice does not certify it; a second person does, and then it is paid", async () => {
  const { of, id } = await openInvoice();
  expect(await certifyInvoice(of.clerk, id, draft)).toEqual({
    field: "certifiedOn",
    rule: "certified_by_recorder",
  });
  expect(await recordPayment(of.clerk, randomUUID(), id, payment)).toMatchObject({
    rule: "not_certified",
  });
  accepted(await certifyInvoice(of.deputy, id, draft));
  const { state, certification } = await requireInvoice(of.clerk, id);
  expect([state, certification?.certifier]).toEqual(["certified", "Person deputy"]);
  expect(await certifyInvoice(of.deputy, id, draft)).toMatchObject({ rule: "certified_before" });
  accepted(await recordPayment(of.clerk, randomUUID(), id, payment));
});

test("without four eyes the recorder certifies too, and that still counts when they are on again", async () => {
  const { of, id } = await openInvoice();
  await fourEyes(of, false);
  expect(await listUncertified(of.clerk)).toMatchObject([{ id, isOwn: false }]);
  accepted(await certifyInvoice(of.clerk, id, draft));
  await fourEyes(of, true);
  accepted(await recordPayment(of.clerk, randomUUID(), id, payment));
});

test("an invoice above its order has a reason that a second person confirms, whatever the setting", async () => {
  const of = await openCase();
  const lines = [orderLine(of.lineOf("2.1"), "1000")];
  await createOrder(of.clerk, of.grantId, orderDraft(of.lineOf("2.1"), { lines }));
  const [ordered] = await listOpenOrderLines(of.clerk, { grantId: of.grantId });
  const against = (amount: string, ineligible = "0") => [
    invoiceLine(of.lineOf("2.1"), amount, {
      orderLineId: ordered!.id,
      ineligibleAmount: euro(ineligible),
      ineligibleReason: "other",
    }),
  ];
  const open = euro("1000");
  expect(await spending.tryInvoice(of, against("1000.01"))).toEqual({
    field: "overOrderReason",
    rule: "exceeds_order_needs_reason",
    open,
  });
  const id = await invoice(of, against("1000.01"), { overOrderReason: "Preis gestiegen" });
  await fourEyes(of, false);
  expect(await certifyInvoice(of.clerk, id, draft)).toMatchObject({
    rule: "certified_by_recorder",
  });
  accepted(await certifyInvoice(of.deputy, id, draft));
});

test("without a second person an invoice above its order is refused, be it by what is not eligible", async () => {
  const of = await openCase();
  const lines = [orderLine(of.lineOf("2.1"), "1000")];
  await createOrder(of.clerk, of.grantId, orderDraft(of.lineOf("2.1"), { lines }));
  const [ordered] = await listOpenOrderLines(of.clerk, { grantId: of.grantId });
  await fourEyes(of, false);
  const mostly = {
    orderLineId: ordered!.id,
    ineligibleAmount: euro("4000"),
    ineligibleReason: "other" as const,
  };
  const above = [invoiceLine(of.lineOf("2.1"), "5000", mostly)];
  const reason = { overOrderReason: "Preis gestiegen" };
  expect(await spending.tryInvoice(of, above, reason)).toMatchObject({ rule: "exceeds_order" });
});

test("several invoices are certified all or none, and the refusal names the one", async () => {
  const of = await openCase();
  const line = [invoiceLine(of.lineOf("2.1"), "100")];
  const first = await invoice(of, line);
  const second = await invoice(of, line, { number: "R 2", invoicedOn: "2021-06-03" });
  expect(await certifyInvoices(of.deputy, [first, second], draft)).toEqual({
    number: "R 2",
    violation: { field: "certifiedOn", rule: "certified_before_invoice", invoicedOn: "2021-06-03" },
  });
  expect((await listUncertified(of.deputy)).map(({ id }) => id)).toEqual([first, second]);
  expect(
    await certifyInvoices(of.deputy, [first, second], { ...draft, certifiedOn: "2021-06-03" }),
  ).toBeUndefined();
  expect(await listUncertified(of.deputy)).toEqual([]);
  await expect(certifyInvoices(of.deputy, [randomUUID()], draft)).rejects.toMatchObject({
    status: 404,
  });
});

test("the list of what is to be certified says whose each is, and leaves out what is reversed or paid", async () => {
  const { of, id } = await openInvoice();
  const [own] = await listUncertified(of.clerk);
  expect(own).toMatchObject({
    id,
    isOwn: true,
    recordedBy: "Person clerk",
    grossAmount: euro("100"),
  });
  expect(await listUncertified(of.deputy)).toMatchObject([{ id, isOwn: false }]);
  expect(await listUncertified((await openCase()).clerk)).toEqual([]);
  accepted(await reverse(of, "invoice", id));
  expect(await listUncertified(of.deputy)).toEqual([]);
  await expect(certifyInvoice(of.deputy, id, draft)).rejects.toMatchObject({ status: 404 });
});

test("an invoice that was paid before certifications were kept waits for none", async () => {
  const { of, id } = await openInvoice();
  accepted(await certifyInvoice(of.deputy, id, draft));
  accepted(await recordPayment(of.clerk, randomUUID(), id, payment));
  await behindTheProgram(sql`delete from certifications where invoice_id = ${id}`);
  expect(await listUncertified(of.deputy)).toEqual([]);
});

test("a certification is undone while nothing is paid, and made again", async () => {
  const { of, id } = await openInvoice();
  accepted(await certifyInvoice(of.deputy, id, draft));
  const undo = async () =>
    reverse(of, "certification", (await requireInvoice(of.clerk, id)).certification!.id);
  accepted(await undo());
  expect((await requireInvoice(of.clerk, id)).state).toBe("recorded");
  expect(await recordPayment(of.clerk, randomUUID(), id, payment)).toMatchObject({
    rule: "not_certified",
  });
  accepted(await certifyInvoice(of.deputy, id, draft));
  const part = { ...payment, paidAmount: euro("40"), isPartial: true };
  accepted(await recordPayment(of.clerk, randomUUID(), id, part));
  expect(await undo()).toMatchObject({ dependents: ["Zahlung vom 10.06.2021"] });
  expect(await spending.findings(of)).toEqual([]);
});

test("one of three who certify at once does; strangers and who only reads do not", async () => {
  const { of, id } = await openInvoice();
  const strange = await openCase();
  await expect(certifyInvoice(strange.deputy, id, draft)).rejects.toMatchObject({ status: 404 });
  await expect(certifyInvoice(of.board, id, draft)).rejects.toMatchObject({ status: 403 });
  const verdicts = await Promise.all([1, 2, 3].map(() => certifyInvoice(of.deputy, id, draft)));
  expect(verdicts.map((violation) => violation?.rule ?? "certified").sort()).toEqual([
    "certified",
    "certified_before",
    "certified_before",
  ]);
});

// A certification moves no money, so no entry of the chain seals it; it has a seal of its own.
test.each([
  ["altered", sql`update certifications set certified_on = '2020-01-01'`],
  ["removed", sql`delete from certifications`],
])("a certification can't be %s behind the program unnoticed", async (_, change) => {
  const { of, id } = await openInvoice();
  accepted(await certifyInvoice(of.deputy, id, draft));
  await behindTheProgram(sql`${change} where invoice_id = ${id}`);
  expect(await spending.findings(of)).not.toEqual([]);
});

/** An invoice of 100 € that the clerk recorded. */
async function openInvoice() {
  const of = await openCase();
  return { of, id: await invoice(of, [invoiceLine(of.lineOf("2.1"), "100")]) };
}

async function fourEyes({ administrator }: Awaited<ReturnType<typeof openCase>>, isOn: boolean) {
  accepted(await changeSettings(administrator, { fourEyes: isOn, inputTaxRate: percent("0") }));
}

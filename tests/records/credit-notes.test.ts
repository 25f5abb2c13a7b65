import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { euro, percent } from "#app/domain/money.ts";
import { changeSettings } from "#app/records/authorities.server.ts";
import { requireGrant } from "#app/records/grants.server.ts";
import { listInvoices, requireInvoice } from "#app/records/invoices.server.ts";
import { loadProofFigures, recordAnswer, submitProof } from "#app/records/proofs.server.ts";
import { accepted, createOffice, createGrant, invoiceLine } from "#tests/support/factories.ts";
import { behindTheProgram } from "#tests/support/owner.ts";
import * as spending from "#tests/support/spending-case.ts";
import {
  credits,
  figures,
  invoice,
  openCase,
  openOf,
  pay,
  reverse,
} from "#tests/support/spending-case.ts";

test("a credit note of an unpaid invoice lowers what is to be paid", async () => {
  const of = await openCase();
  const id = await invoice(of, [invoiceLine(of.lineOf("2.1"), "100")]);
  const note = await invoice(of, [invoiceLine(of.lineOf("2.1"), "30")], credits(id));
  expect(await figures(of)).toBe("2.1 0/70/0  2.4 0/0/0");
  expect([await openOf(of, id), await openOf(of, note)]).toEqual(["70", "0"]);
  expect((await requireInvoice(of.clerk, note)).state).toBe("settled");
  accepted(await pay(of, id, "70", { paidOn: "2021-07-02" }));
  expect(await figures(of)).toBe("2.1 0/70/70  2.4 0/0/0");
});

test("what was paid beyond the lowered invoice the supplier owes, and is off the paid costs at once", async () => {
  const of = await openCase();
  const id = await invoice(of, [invoiceLine(of.lineOf("2.1"), "100")]);
  accepted(await pay(of, id, "98", { discount: "2" }));
  const note = await invoice(of, [invoiceLine(of.lineOf("2.1"), "40")], credits(id));
  expect([await figures(of), await openOf(of, note)]).toEqual(["2.1 0/58/58  2.4 0/0/0", "40"]);

  accepted(await pay(of, note, "15", { paidOn: "2021-07-05", isPartial: true }));
  const onPage = await requireInvoice(of.clerk, note);
  const inList = (await listInvoices(of.clerk, { grantId: of.grantId })).find(
    (one) => one.id === note,
  )!;
  expect([inList.state, inList.open.toFixed()]).toEqual(["part_paid", "25"]);
  expect([onPage.state, onPage.open.toFixed()]).toEqual(["part_paid", "25"]);

  accepted(await pay(of, note, "25", { paidOn: "2021-07-09" }));
  expect((await requireInvoice(of.clerk, note)).state).toBe("paid");
  expect(await figures(of)).toBe("2.1 0/58/58  2.4 0/0/0");
  expect(await spending.findings(of)).toEqual([]);
});

test("no more is credited than is left after the discount that was taken", async () => {
  const of = await openCase();
  const id = await invoice(of, [invoiceLine(of.lineOf("2.1"), "100")]);
  accepted(await pay(of, id, "98", { discount: "2" }));
  const lines = (amount: string) => [invoiceLine(of.lineOf("2.1"), amount)];
  expect(await spending.tryInvoice(of, lines("98.01"), credits(id))).toEqual({
    field: "lines[0].grossAmount",
    rule: "credit_exceeds_invoice",
    left: euro("98"),
  });
  const note = await invoice(of, lines("98"), credits(id));
  expect([await figures(of), await openOf(of, note)]).toEqual(["2.1 0/0/0  2.4 0/0/0", "98"]);
});

test("a credit note of two lines, one wholly not eligible, takes the invoice's own proportion", async () => {
  const of = await openCase();
  const whole = { ineligibleAmount: euro("100"), ineligibleReason: "other" } as const;
  const line = invoiceLine(of.lineOf("2.1"), "100");
  const id = await invoice(of, [line, invoiceLine(of.lineOf("2.1"), "100", whole)]);
  accepted(await pay(of, id, "200"));
  await invoice(of, [invoiceLine(of.lineOf("2.1"), "100", whole)], credits(id));
  expect(await figures(of)).toBe("2.1 0/50/50  2.4 0/0/0");
});

// prettier-ignore
test.each([
  { then: "0",   now: "100", invoiced: "119", left: "59.5", vat: "0" },
  { then: "100", now: "0",   invoiced: "100", left: "50",   vat: "-9.5" },
])("input tax deducted to $then % when invoiced is taken back so, though it is $now % by now", async ({ then, now, invoiced, left, vat }) => {
  const of = await openCase();
  const deduct = (rate: string) =>
    changeSettings(of.administrator, { fourEyes: true, inputTaxRate: percent(rate) });
  accepted(await deduct(then));
  const id = await invoice(of, [invoiceLine(of.lineOf("2.1"), "119")]);
  accepted(await pay(of, id, "119"));
  expect(await figures(of)).toBe(`2.1 0/${invoiced}/${invoiced}  2.4 0/0/0`);
  accepted(await deduct(now));
  const half = [invoiceLine(of.lineOf("2.1"), "59.50")];
  const note = await invoice(of, half, credits(id));
  expect((await requireInvoice(of.clerk, note)).lines[0]!.deductibleVat?.toFixed()).toBe(vat);
  expect(await figures(of)).toBe(`2.1 0/${left}/${left}  2.4 0/0/0`);
  await invoice(of, half, credits(id));
  expect(await figures(of)).toBe("2.1 0/0/0  2.4 0/0/0");
});

test("refunds of two credit notes are one sum that the supplier owes", async () => {
  const of = await openCase();
  const id = await invoice(of, [invoiceLine(of.lineOf("2.1"), "100")]);
  accepted(await pay(of, id, "100"));
  const first = await invoice(of, [invoiceLine(of.lineOf("2.1"), "50")], credits(id));
  const second = await invoice(of, [invoiceLine(of.lineOf("2.1"), "30")], credits(id));
  expect([await openOf(of, first), await openOf(of, second)]).toEqual(["80", "80"]);
  const refund = randomUUID();
  accepted(await pay(of, first, "80", { paidOn: "2021-07-10", id: refund }));
  expect([await openOf(of, first), await openOf(of, second)]).toEqual(["0", "0"]);
  // The refund was reckoned on both.
  expect(await reverse(of, "invoice", second)).toMatchObject({ rule: "reverse_dependents_first" });
  accepted(await reverse(of, "payment", refund));
  expect(await pay(of, second, "80", { paidOn: "2021-07-31" })).toMatchObject({
    rule: "before_reversal_of_replaced",
  });
});

test("what came after a credit note is reversed before it: payments, other credit notes", async () => {
  const of = await openCase();
  const id = await invoice(of, [invoiceLine(of.lineOf("2.1"), "100")]);
  const first = await invoice(of, [invoiceLine(of.lineOf("2.1"), "50")], credits(id));
  const payment = randomUUID();
  accepted(await pay(of, id, "50", { paidOn: "2021-07-02", id: payment }));
  const later = { ...credits(id), invoicedOn: "2021-07-03", number: "G 2" };
  const second = await invoice(of, [invoiceLine(of.lineOf("2.1"), "20")], later);
  expect(await reverse(of, "invoice", first)).toMatchObject({
    dependents: ["Gutschrift G 2", "Zahlung vom 02.07.2021"],
  });
  expect(await reverse(of, "payment", payment)).toMatchObject({ dependents: ["Gutschrift G 2"] });
  accepted(await reverse(of, "invoice", second));
  accepted(await reverse(of, "payment", payment));
  accepted(await reverse(of, "invoice", first));
  expect([await figures(of), await openOf(of, id)]).toEqual(["2.1 0/100/0  2.4 0/0/0", "100"]);
  expect(await spending.findings(of)).toEqual([]);
});

test("a credit note is no older than what was booked on its invoice, nor paid before it was reversed", async () => {
  const of = await openCase();
  const id = await invoice(of, [invoiceLine(of.lineOf("2.1"), "100")]);
  const on = (invoicedOn: string) => ({ ...credits(id), invoicedOn });
  const line = [invoiceLine(of.lineOf("2.1"), "30")];
  const note = await invoice(of, line, on("2021-06-10"));
  accepted(await reverse(of, "invoice", note, "2021-06-20"));
  expect(await spending.tryInvoice(of, line, on("2021-06-19"))).toMatchObject({
    rule: "credited_before_last_deed",
    notBefore: "2021-06-20",
  });
  expect(await pay(of, id, "100", { paidOn: "2021-06-19" })).toMatchObject({
    rule: "before_reversal_of_replaced",
    reversedOn: "2021-06-20",
  });
  accepted(await pay(of, id, "100", { paidOn: "2021-06-20" }));
  expect(await spending.tryInvoice(of, line, on("2021-06-19"))).toBeDefined();
  await invoice(of, line, on("2021-06-20"));
});

test("a credit note comes whenever it comes, after the approval period too", async () => {
  const of = await openCase({ terms: { spendUntil: "2021-06-30" } });
  const id = await invoice(of, [invoiceLine(of.lineOf("2.1"), "100")]);
  accepted(await pay(of, id, "100"));
  await invoice(of, [invoiceLine(of.lineOf("2.1"), "50")], credits(id));
  expect(await figures(of)).toBe("2.1 0/50/50  2.4 0/0/0");
});

test("an invoice that was cut, or that is a credit note or another authority's, is not credited", async () => {
  const of = await openCase();
  const id = await invoice(of, [invoiceLine(of.lineOf("2.1"), "500")]);
  accepted(await pay(of, id, "500"));
  const note = await invoice(of, [invoiceLine(of.lineOf("2.1"), "50")], credits(id));
  const line = [invoiceLine(of.lineOf("2.1"), "1")];
  expect(await spending.tryInvoice(of, line, credits(note))).toMatchObject({
    rule: "credited_missing",
  });
  const strange = await openCase();
  const theirs = [invoiceLine(strange.lineOf("2.1"), "1")];
  expect(await spending.tryInvoice(strange, theirs, credits(id))).toMatchObject({
    rule: "credited_missing",
  });

  const proofId = randomUUID();
  const proof = {
    kind: "interim" as const,
    asOf: "2022-12-31",
    submittedOn: "2023-04-01",
    report: "gut",
  };
  accepted(await submitProof(of.clerk, proofId, of.grantId, proof));
  const { receipts } = await loadProofFigures(
    of.clerk,
    await requireGrant(of.clerk, of.grantId),
    "2022-12-31",
  );
  const { invoiceLineId } = receipts.find(({ eligible }) => eligible.eq("500"))!;
  const cuts = [{ invoiceLineId, amount: euro("119"), reason: "Drucker" }];
  const answer = { answeredOn: "2023-05-02", reference: "VN 1", note: "", cuts };
  accepted(await recordAnswer(of.clerk, randomUUID(), proofId, answer));
  expect(
    await spending.tryInvoice(of, line, { ...credits(id), invoicedOn: "2023-06-01" }),
  ).toMatchObject({
    rule: "credited_is_cut",
  });
});

test("a school's limit is not stretched by a line that a credit note turns round", async () => {
  const office = await createOffice();
  const of = {
    ...office,
    ...(await createGrant(office, { lines: [["GS Nord", "2.6", "25000"]] })),
  };
  const id = await invoice(of, [invoiceLine(of.lineOf("2.6"), "10000")]);
  const turned = [invoiceLine(of.lineOf("2.6"), "-12000", { kind: "surcharge" })];
  expect(await spending.tryInvoice(of, turned, credits(id))).toMatchObject({
    rule: "credit_exceeds_invoice",
  });
});

// The refund moves no money, so no entry of the chain seals it; it has a seal of its own.
test("a refund can't be altered behind the program unnoticed", async () => {
  const of = await openCase();
  const id = await invoice(of, [invoiceLine(of.lineOf("2.1"), "100")]);
  accepted(await pay(of, id, "100"));
  const note = await invoice(of, [invoiceLine(of.lineOf("2.1"), "50")], credits(id));
  accepted(await pay(of, note, "50", { paidOn: "2021-07-10" }));
  await behindTheProgram(sql`update payments set paid_amount = 1 where invoice_id = ${note}`);
  expect(await spending.findings(of)).not.toEqual([]);
});

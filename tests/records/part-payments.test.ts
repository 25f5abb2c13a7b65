import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { euro, percent } from "#app/domain/money.ts";
import { certifyInvoice } from "#app/records/certifications.server.ts";
import { requireGrant } from "#app/records/grants.server.ts";
import { requireInvoice } from "#app/records/invoices.server.ts";
import { recordPayment } from "#app/records/payments.server.ts";
import { changeProgramme } from "#app/records/programme-changes.server.ts";
import { requireProgramme } from "#app/records/programmes.server.ts";
import { loadProofFigures, recordAnswer, submitProof } from "#app/records/proofs.server.ts";
import { accepted, createGrant, createOffice, invoiceLine } from "#tests/support/factories.ts";
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

test("parts are paid over all lines of the invoice, and its state follows", async () => {
  const of = await openCase();
  const id = await invoice(of, [
    invoiceLine(of.lineOf("2.1"), "100"),
    invoiceLine(of.lineOf("2.4"), "300"),
  ]);
  accepted(await pay(of, id, "100", { isPartial: true }));
  expect(await figures(of)).toBe("2.1 0/100/25  2.4 0/300/75");
  expect((await requireInvoice(of.clerk, id)).state).toBe("part_paid");
  accepted(await pay(of, id, "292", { paidOn: "2021-06-12", discount: "8" }));
  expect(await figures(of)).toBe("2.1 0/98/98  2.4 0/294/294");
  expect((await requireInvoice(of.clerk, id)).state).toBe("paid");
  expect(await pay(of, id, "1")).toMatchObject({ rule: "paid_before" });
});

test("what was paid before a credit note is divided anew over the lowered lines", async () => {
  const of = await openCase();
  const id = await invoice(of, [
    invoiceLine(of.lineOf("2.1"), "100"),
    invoiceLine(of.lineOf("2.4"), "100"),
  ]);
  accepted(await pay(of, id, "100", { isPartial: true }));
  expect(await figures(of)).toBe("2.1 0/100/50  2.4 0/100/50");
  const note = await invoice(of, [invoiceLine(of.lineOf("2.1"), "80")], credits(id));
  // 100 are paid of 120: five sixths of each line, and the supplier owes nothing.
  expect(await figures(of)).toBe("2.1 0/20/16.67  2.4 0/100/83.33");
  expect([await openOf(of, id), await openOf(of, note)]).toEqual(["20", "0"]);
  accepted(await pay(of, id, "20", { paidOn: "2021-07-05" }));
  expect(await figures(of)).toBe("2.1 0/20/20  2.4 0/100/100");
  expect(await spending.disagreements(of.clerk, "2021-07-01")).toEqual([]);
  expect(await spending.disagreements(of.clerk, "2026-11-24")).toEqual([]);
});

test("more than the lowered invoice was paid in parts: the supplier owes the rest", async () => {
  const of = await openCase();
  const id = await invoice(of, [invoiceLine(of.lineOf("2.1"), "100")]);
  accepted(await pay(of, id, "60", { isPartial: true }));
  const note = await invoice(of, [invoiceLine(of.lineOf("2.1"), "50")], credits(id));
  expect(await figures(of)).toBe("2.1 0/50/50  2.4 0/0/0");
  expect([await openOf(of, id), await openOf(of, note)]).toEqual(["0", "10"]);
  const grant = await requireGrant(of.clerk, of.grantId);
  const { spent, receipts } = await loadProofFigures(of.clerk, grant, "2026-11-24");
  expect(receipts.reduce((all, one) => all.plus(one.eligible), euro("0")).toFixed()).toBe("50");
  expect(spent.toFixed()).toBe("50");
});

test("a payment that replaces a reversed one is no older than the reversal", async () => {
  const of = await openCase();
  const id = await invoice(of, [invoiceLine(of.lineOf("2.1"), "100")]);
  const first = randomUUID();
  accepted(await pay(of, id, "50", { isPartial: true, id: first }));
  accepted(await pay(of, id, "50", { paidOn: "2021-06-12" }));
  accepted(await reverse(of, "payment", first));
  expect([await figures(of), await openOf(of, id)]).toEqual(["2.1 0/100/50  2.4 0/0/0", "50"]);
  expect(await pay(of, id, "50", { paidOn: "2021-07-31" })).toMatchObject({
    rule: "before_reversal_of_replaced",
    reversedOn: "2021-08-01",
  });
  accepted(await pay(of, id, "50", { paidOn: "2021-08-01" }));
  const grant = await requireGrant(of.clerk, of.grantId);
  expect((await loadProofFigures(of.clerk, grant, "2021-07-31")).spent.toFixed()).toBe("100");
  expect((await loadProofFigures(of.clerk, grant, "2021-08-01")).spent.toFixed()).toBe("100");
});

test("lines of a few cents are paid cent by cent, and each cent can be taken back", async () => {
  const of = await openCase();
  const amounts = ["0.01", "0.15", "0.11", "0.17"];
  const id = await invoice(
    of,
    amounts.map((amount, index) => {
      const none = { netAmount: euro(amount), vatRate: percent("0") };
      return invoiceLine(of.lineOf(index === 0 ? "2.4" : "2.1"), amount, none);
    }),
  );
  const payments = Array.from({ length: 44 }, () => randomUUID());
  for (const [index, payment] of payments.entries()) {
    accepted(await pay(of, id, "0.01", { isPartial: index < 43, id: payment }));
  }
  expect(await figures(of)).toBe("2.1 0/0.43/0.43  2.4 0/0.01/0.01");
  for (const payment of payments.slice(0, 4)) accepted(await reverse(of, "payment", payment));
  expect(await openOf(of, id)).toBe("0.04");
  expect(await spending.findings(of)).toEqual([]);
});

test("three clerks at once pay what is open once", async () => {
  const of = await openCase();
  const id = await invoice(of, [invoiceLine(of.lineOf("2.1"), "100")]);
  accepted(await certifyInvoice(of.deputy, id, { certifiedOn: "2021-06-01", note: "" }));
  const draft = {
    paidOn: "2021-06-10",
    cashDiscount: euro("0"),
    paidAmount: euro("60"),
    isPartial: true,
  };
  const verdicts = await Promise.all(
    [1, 2, 3].map(() => recordPayment(of.clerk, randomUUID(), id, draft)),
  );
  expect(verdicts.filter((violation) => violation === undefined)).toHaveLength(1);
  expect(verdicts.filter((violation) => violation?.rule === "payment_exceeds_open")).toHaveLength(
    2,
  );
});

test("a discount that would take back what lines of a few cents were paid is refused", async () => {
  const of = await openCase();
  const lines = [
    ["0.01", "0.01"],
    ["0.23", "0"],
    ["0.01", "0"],
    ["0.03", "0.03"],
    ["0.01", "0"],
    ["0.40", "0.04"],
    ["0.10", "0.01"],
    ["0.01", "0"],
  ].map(([amount, ineligible]) =>
    invoiceLine(of.lineOf("2.1"), amount!, {
      netAmount: euro(amount!),
      vatRate: percent("0"),
      ineligibleAmount: euro(ineligible!),
      ineligibleReason: "other",
    }),
  );
  const id = await invoice(of, lines);
  accepted(await pay(of, id, "0.18", { discount: "0.02", isPartial: true }));
  accepted(await pay(of, id, "0.12", { isPartial: true }));
  const part = { discount: "0.25", isPartial: true };
  expect(await pay(of, id, "0.02", part)).toMatchObject({ rule: "discount_too_high" });
  accepted(await pay(of, id, "0.48"));
});

test("another authority's invoice is not found, nor is a reversed one paid", async () => {
  const [of, strange] = [await openCase(), await openCase()];
  const id = await invoice(of, [invoiceLine(of.lineOf("2.1"), "100")]);
  await expect(pay(strange, id, "100")).rejects.toMatchObject({ status: 404 });
  accepted(await reverse(of, "invoice", id));
  await expect(pay(of, id, "100")).rejects.toMatchObject({ status: 404 });
});

test("a cut goes over the rows of a line that was paid in parts, and the rest is paid with discount", async () => {
  const of = await openCase();
  const id = await invoice(of, [invoiceLine(of.lineOf("2.1"), "100")]);
  accepted(await pay(of, id, "60", { isPartial: true }));
  accepted(await pay(of, id, "20", { paidOn: "2021-06-12", isPartial: true }));
  const proofId = randomUUID();
  const proof = {
    kind: "interim" as const,
    asOf: "2022-12-31",
    submittedOn: "2023-04-01",
    report: "gut",
  };
  accepted(await submitProof(of.clerk, proofId, of.grantId, proof));
  const grant = await requireGrant(of.clerk, of.grantId);
  const { receipts } = await loadProofFigures(of.clerk, grant, "2022-12-31");
  expect(receipts.map((one) => one.eligible.toFixed())).toEqual(["60", "20"]);
  const { invoiceLineId } = receipts[0]!;
  const answer = (amount: string, times = 1) => ({
    answeredOn: "2023-05-02",
    reference: "VN 1",
    note: "",
    cuts: Array.from({ length: times }, () => ({
      invoiceLineId,
      amount: euro(amount),
      reason: "D",
    })),
  });
  const send = (draft: ReturnType<typeof answer>) =>
    recordAnswer(of.clerk, randomUUID(), proofId, draft);
  expect(await send(answer("80.01"))).toMatchObject({ rule: "cut_beyond_receipt" });
  expect(await send(answer("5", 2))).toMatchObject({ rule: "receipt_cut_twice" });
  accepted(await send(answer("70")));
  const cut = await loadProofFigures(of.clerk, grant, "2023-05-02");
  expect(cut.receipts.map((one) => one.eligible.toFixed())).toEqual(["0", "10"]);
  accepted(await pay(of, id, "18", { paidOn: "2023-06-01", discount: "2" }));
  expect(await figures(of)).toBe("2.1 0/28/28  2.4 0/0/0");
  expect(await spending.disagreements(of.clerk, "2026-11-24")).toEqual([]);
});

// T14 of the rules: 11.900,00 with 2 % offered and not taken; 11.662,00 count.
test("where the programme deducts it, an offered discount that was not taken is no cost", async () => {
  const of = await openStrictCase();
  const offer = { discountRate: percent("2"), discountUntil: "2021-06-05" };
  const id = await invoice(of, [invoiceLine(of.lineOf("2.1"), "11900")], offer);
  accepted(await pay(of, id, "5950", { isPartial: true }));
  expect(await figures(of)).toBe("2.1 0/11781/5831");
  accepted(await pay(of, id, "5950", { paidOn: "2021-06-11" }));
  expect(await figures(of)).toBe("2.1 0/11662/11662");
  expect(await spending.disagreements(of.clerk, "2021-06-10")).toEqual([]);
  expect(await spending.disagreements(of.clerk, "2021-06-11")).toEqual([]);
  // Credited whole, nothing is left of the missed discount either.
  const note = await invoice(of, [invoiceLine(of.lineOf("2.1"), "11900")], credits(id));
  expect([await figures(of), await openOf(of, note)]).toEqual(["2.1 0/0/0", "11900"]);
  expect(await spending.disagreements(of.clerk, "2026-11-24")).toEqual([]);
});

/** A grant of 20 000 under a programme that deducts discounts that were not taken. */
async function openStrictCase() {
  const office = await createOffice();
  const key = "ni-digitalpakt-2019";
  const { content, version } = await requireProgramme(office.clerk, key);
  const rule = "Skonto:\n  - nicht gezogenes abziehen: ja\n    ab: 01.01.2019\n    Quelle: [S1]\n";
  const change = {
    content: content.replace("Wertgrenzen:", `${rule}Wertgrenzen:`),
    reason: "Erlass",
  };
  await changeProgramme(office.clerk, randomUUID(), key, { ...change, basedOn: version });
  return { ...office, ...(await createGrant(office, { lines: [["GS Nord", "2.1", "20000"]] })) };
}

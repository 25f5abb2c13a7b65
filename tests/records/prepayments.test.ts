import { expect, test } from "vitest";
import type { InvoiceDraft } from "#app/domain/invoice.ts";
import type { InvoiceLineDraft } from "#app/domain/invoice-line.ts";
import { euro, percent } from "#app/domain/money.ts";
import { changeSettings } from "#app/records/authorities.server.ts";
import { requireInvoice } from "#app/records/invoices.server.ts";
import { listOpenOrderLines, requireOrder } from "#app/records/orders.server.ts";
import {
  accepted,
  createOrder,
  invoiceLine,
  orderDraft,
  orderLine,
} from "#tests/support/factories.ts";
import * as spending from "#tests/support/spending-case.ts";
import { credits, figures, invoice, openCase, pay, reverse } from "#tests/support/spending-case.ts";

const prepayment = { kind: "prepayment" as const };
const final: Partial<InvoiceDraft> = { kind: "final", invoicedOn: "2021-06-20" };

test("a final invoice takes off what was prepaid, and both together are the costs", async () => {
  const of = await openCase();
  const prepaid = await invoice(of, [invoiceLine(of.lineOf("2.1"), "1000")], prepayment);
  accepted(await pay(of, prepaid, "1000"));
  const lines = [
    invoiceLine(of.lineOf("2.1"), "5000"),
    takesOff(of.lineOf("2.1"), "1000", prepaid),
  ];
  const last = await invoice(of, lines, final);
  expect(await figures(of)).toBe("2.1 0/5000/1000  2.4 0/0/0");
  accepted(await pay(of, last, "3920", { paidOn: "2021-06-25", discount: "80" }));
  expect(await figures(of)).toBe("2.1 0/4920/4920  2.4 0/0/0");
  expect(await spending.findings(of)).toEqual([]);
});

test("a final invoice that prepayments cover whole is settled without a payment", async () => {
  const of = await openCase();
  const prepaid = await invoice(of, [invoiceLine(of.lineOf("2.1"), "1000")], prepayment);
  accepted(await pay(of, prepaid, "1000"));
  const lines = [
    invoiceLine(of.lineOf("2.1"), "1000"),
    takesOff(of.lineOf("2.1"), "1000", prepaid),
  ];
  const last = await invoice(of, [...lines, invoiceLine(of.lineOf("2.4"), "1")], final);
  expect((await requireInvoice(of.clerk, last)).open.toFixed()).toBe("1");
  accepted(await pay(of, last, "1", { paidOn: "2021-06-25" }));
  const covered = await invoice(of, [invoiceLine(of.lineOf("2.1"), "10")], prepayment);
  accepted(await pay(of, covered, "10"));
  const whole = [invoiceLine(of.lineOf("2.1"), "10"), takesOff(of.lineOf("2.1"), "10", covered)];
  const settled = await invoice(of, whole, final);
  expect((await requireInvoice(of.clerk, settled)).state).toBe("settled");
  expect(await figures(of)).toBe("2.1 0/1010/1010  2.4 0/1/1");
  expect(await spending.disagreements(of.clerk, "2026-11-24")).toEqual([]);
});

test("two prepayments on two budget lines, discounts everywhere: each day's books agree", async () => {
  const of = await openCase();
  const one = await invoice(of, [invoiceLine(of.lineOf("2.1"), "1000")], prepayment);
  const two = await invoice(of, [invoiceLine(of.lineOf("2.4"), "500")], prepayment);
  accepted(await pay(of, one, "1000"));
  accepted(await pay(of, two, "490", { discount: "10" }));
  const items = [invoiceLine(of.lineOf("2.1"), "3000"), invoiceLine(of.lineOf("2.4"), "2000")];
  const off = [takesOff(of.lineOf("2.1"), "1000", one), takesOff(of.lineOf("2.4"), "500", two)];
  const last = await invoice(of, [...items, ...off], final);
  accepted(
    await pay(of, last, "1000.01", { paidOn: "2021-06-21", discount: "0.01", isPartial: true }),
  );
  accepted(await pay(of, last, "2449.97", { paidOn: "2021-06-22", discount: "50.01" }));
  // 50,02 off the final invoice, divided over its four lines; 10,00 off the second prepayment.
  expect(await figures(of)).toBe("2.1 0/2971.41/2971.41  2.4 0/1968.57/1968.57");
  for (const day of ["2021-06-20", "2021-06-21", "2021-06-22", "2026-11-24"]) {
    expect(await spending.disagreements(of.clerk, day), day).toEqual([]);
  }
});

test("no euro of a prepayment is taken off twice, and a reversed final invoice gives it back", async () => {
  const of = await openCase();
  const prepaid = await invoice(of, [invoiceLine(of.lineOf("2.1"), "1000")], prepayment);
  const lines = (off: string) => [
    invoiceLine(of.lineOf("2.1"), "2000"),
    takesOff(of.lineOf("2.1"), off, prepaid),
  ];
  const first = await invoice(of, lines("600"), final);
  const refusal = { field: "lines[1].grossAmount", rule: "prepayment_exceeded", left: euro("400") };
  expect(await spending.tryInvoice(of, lines("400.01"), final)).toEqual(refusal);
  expect(await reverse(of, "invoice", prepaid)).toMatchObject({ rule: "reverse_dependents_first" });
  accepted(await reverse(of, "invoice", first));
  const again = await invoice(of, lines("1000"), final);
  accepted(await reverse(of, "invoice", again));
  await invoice(of, [invoiceLine(of.lineOf("2.1"), "1000")], credits(prepaid));
});

test("what was credited of a prepayment is not taken off, what was taken off is not credited", async () => {
  const of = await openCase();
  const prepaid = await invoice(of, [invoiceLine(of.lineOf("2.1"), "1000")], prepayment);
  await invoice(of, [invoiceLine(of.lineOf("2.1"), "400")], credits(prepaid));
  const lines = (off: string) => [
    invoiceLine(of.lineOf("2.1"), "2000"),
    takesOff(of.lineOf("2.1"), off, prepaid),
  ];
  const later = { ...final, invoicedOn: "2021-07-02" };
  expect(await spending.tryInvoice(of, lines("600.01"), later)).toMatchObject({
    left: euro("600"),
  });
  await invoice(of, lines("500"), later);
  const credit = [invoiceLine(of.lineOf("2.1"), "100.01")];
  expect(await spending.tryInvoice(of, credit, credits(prepaid))).toMatchObject({
    rule: "credit_exceeds_invoice",
    left: euro("100"),
  });
  await invoice(of, [invoiceLine(of.lineOf("2.1"), "100")], credits(prepaid));
});

test("a prepayment is taken off as it was booked, though input tax is deducted otherwise by now", async () => {
  const of = await openCase();
  const deduct = async (rate: string) =>
    accepted(
      await changeSettings(of.administrator, { fourEyes: true, inputTaxRate: percent(rate) }),
    );
  await deduct("100");
  const prepaid = await invoice(of, [invoiceLine(of.lineOf("2.1"), "1190")], prepayment);
  expect(await figures(of)).toBe("2.1 0/1000/0  2.4 0/0/0");
  await deduct("0");
  const delivered = invoiceLine(of.lineOf("2.1"), "5950", {
    ineligibleAmount: euro("190"),
    ineligibleReason: "other",
  });
  await invoice(of, [delivered, takesOff(of.lineOf("2.1"), "1190", prepaid)], final);
  expect(await figures(of)).toBe("2.1 0/5760/0  2.4 0/0/0");
});

test("a reversed prepayment, or another office's or grant's, is none", async () => {
  const [of, strange] = [await openCase(), await openCase()];
  const prepaid = await invoice(of, [invoiceLine(of.lineOf("2.1"), "100")], prepayment);
  const plain = await invoice(of, [invoiceLine(of.lineOf("2.1"), "100")]);
  const none = { field: "lines[1].prepaidId", rule: "prepayment_missing" };
  const ruleOf = (office: typeof of, id: string) => {
    const line = office.lineOf("2.1");
    return spending.tryInvoice(office, [invoiceLine(line, "200"), takesOff(line, "10", id)], final);
  };
  expect(await ruleOf(strange, prepaid)).toEqual(none);
  expect(await ruleOf(of, plain)).toEqual(none);
  accepted(await reverse(of, "invoice", prepaid, "2021-06-02"));
  expect(await ruleOf(of, prepaid)).toEqual(none);
});

test("a prepayment releases its order, the final invoice the rest of it", async () => {
  const of = await openCase();
  const lines = [orderLine(of.lineOf("2.1"), "5000")];
  const orderId = await createOrder(of.clerk, of.grantId, orderDraft(of.lineOf("2.1"), { lines }));
  const [ordered] = await listOpenOrderLines(of.clerk, { grantId: of.grantId });
  const against = { orderLineId: ordered!.id };
  const prepaid = await invoice(of, [invoiceLine(of.lineOf("2.1"), "1000", against)], prepayment);
  expect(await figures(of)).toBe("2.1 4000/1000/0  2.4 0/0/0");
  const delivered = invoiceLine(of.lineOf("2.1"), "5000", against);
  const off = takesOff(of.lineOf("2.1"), "1000", prepaid);
  // Without the order the deduction does not lower what is invoiced of it.
  expect(await spending.tryInvoice(of, [delivered, off], final)).toMatchObject({
    rule: "exceeds_order_needs_reason",
    open: euro("4000"),
  });
  await invoice(of, [delivered, { ...off, ...against }], final);
  expect(await figures(of)).toBe("2.1 0/5000/0  2.4 0/0/0");
  expect((await requireOrder(of.clerk, orderId)).open.toFixed()).toBe("0");
});

function takesOff(budgetLineId: string, amount: string, prepaidId: string): InvoiceLineDraft {
  const line = invoiceLine(budgetLineId, amount);
  const [netAmount, grossAmount] = [line.netAmount.negated(), line.grossAmount.negated()];
  return { ...line, kind: "prepayment", prepaidId, netAmount, grossAmount };
}

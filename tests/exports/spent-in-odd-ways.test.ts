/**
 * One history with all that is odd about spending: an order raised and lowered, a prepayment and its
 * final invoice, paid in parts, a credit note and its refund, input tax that is deducted in part. Page,
 * journal, workbook, proof of use and what may be drawn say the same on every day.
 */
import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { drawable } from "#app/domain/drawdown.ts";
import { euro, percent, sum } from "#app/domain/money.ts";
import { loadAuditBook } from "#tests/support/audit-book.ts";
import { changeSettings } from "#app/records/authorities.server.ts";
import { loadGrantBooks } from "#app/records/drawing.server.ts";
import { requireGrant } from "#app/records/grants.server.ts";
import { changeOrder, closeOrder } from "#app/records/order-changes.server.ts";
import { listOpenOrderLines } from "#app/records/orders.server.ts";
import { loadProofFigures } from "#app/records/proofs.server.ts";
import { loader as budgetPage } from "#app/routes/grants.$grantId._index.tsx";
import {
  accepted,
  createOrder,
  invoiceLine,
  orderDraft,
  orderLine,
} from "#tests/support/factories.ts";
import { get } from "#tests/support/request.ts";
import {
  credits,
  disagreements,
  figures,
  findings,
  invoice,
  openCase,
  openOf,
  pay,
  reverse,
} from "#tests/support/spending-case.ts";

const today = "2026-11-24";

// Committed, invoiced and paid of the grant on the evening of each day; the sums of the list of receipts,
// gross and paid, what is not eligible included. All in euro.
// prettier-ignore
const days = [
  { on: "2021-03-01", booked: "5950/0/0",              receipts: "0/0",          because: "an order of 5.950,00" },
  { on: "2021-03-15", booked: "7140/0/0",              receipts: "0/0",          because: "raised by 1.190,00" },
  { on: "2021-04-01", booked: "4760/2237.5/0",         receipts: "2380/0",       because: "2.380,00 prepaid, 37,5 % of 380,00 VAT are deducted" },
  { on: "2021-04-10", booked: "4760/2237.5/2237.5",    receipts: "2380/2380",    because: "and paid" },
  { on: "2021-04-20", booked: "4165/2237.5/2237.5",    receipts: "2380/2380",    because: "lowered by 595,00" },
  { on: "2021-05-01", booked: "1190/5974.5/2237.5",    receipts: "6545/2380",    because: "the final invoice less the prepayment, with another item" },
  { on: "2021-05-10", booked: "1190/5974.5/3134.74",   receipts: "6545/3380",    because: "1.000,00 of 4.165,00 paid" },
  { on: "2021-05-20", booked: "1190/5917.7/5917.7",    receipts: "6545/6481.7",  because: "and the rest, with 63,30 discount" },
  { on: "2021-06-01", booked: "1190/5446.52/5446.52",  receipts: "5950/5886.7",  because: "half of the item on 2.4 is credited" },
  { on: "2021-06-10", booked: "1190/5446.52/5446.52",  receipts: "5950/5886.7",  because: "the refund was booked with the credit note" },
  { on: "2021-06-21", booked: "1190/5446.52/5446.52",  receipts: "5950/5886.7",  because: "a refund reversed, and booked again" },
  { on: "2021-06-25", booked: "0/5446.52/5446.52",     receipts: "5950/5886.7",  because: "the order is closed" },
  { on: today,        booked: "0/5446.52/5446.52",     receipts: "5950/5886.7",  because: "and today" },
];

test("on every day page, journal, workbook, proof of use and drawable amount say the same", async () => {
  const { of, final, note } = await liveThrough();
  expect([await openOf(of, final), await openOf(of, note)]).toEqual(["0", "0"]);
  expect(await findings(of)).toEqual([]);

  const grant = await requireGrant(of.clerk, of.grantId);
  const books = await loadGrantBooks(of.clerk, grant);
  for (const { on, booked, receipts, because } of days) {
    const book = await loadAuditBook(of.clerk, { asOf: on }, "test");
    const lines = book.accounts.filter(({ kind }) => kind === "budget_line");
    const total = (figure: "committed" | "invoiced" | "paid") =>
      sum(lines.map((line) => line.figures[figure])).toFixed();
    const day = `${on}: ${because}`;
    expect(`${total("committed")}/${total("invoiced")}/${total("paid")}`, day).toBe(booked);
    expect(await disagreements(of.clerk, on), day).toEqual([]);

    const printed = [
      sum(book.receipts.map(({ grossAmount }) => grossAmount)),
      sum(book.receipts.map(({ paidAmount }) => paidAmount)),
    ];
    expect(printed.map((one) => one.toFixed()).join("/"), day).toBe(receipts);

    const proof = await loadProofFigures(of.clerk, grant, on);
    const proved = sum(proof.receipts.map(({ eligible }) => eligible));
    const may = drawable(books, on, on);
    const paid = [proof.spent, proved, may.paid, may.refund].map((one) => one.toFixed());
    expect(paid, day).toEqual(Array.from({ length: 4 }, () => total("paid")));
  }

  type Page = { lines: Record<"code" | "committed" | "invoiced" | "paid", string>[] };
  const page = await budgetPage(await get(of.clerk, "/", { grantId: of.grantId }));
  const shown = (page as unknown as Page).lines.map(
    ({ code, committed, invoiced, paid }) => `${code} ${committed}/${invoiced}/${paid}`,
  );
  expect(shown).toEqual(["2.1 0/4984.78/4984.78", "2.4 0/461.74/461.74"]);
  expect(await figures(of)).toBe(shown.join("  "));
}, 120_000);

async function liveThrough() {
  const of = await openCase();
  const [net, panels] = [of.lineOf("2.1"), of.lineOf("2.4")];
  const settings = { fourEyes: true, inputTaxRate: percent("37.5") };
  accepted(await changeSettings(of.administrator, settings));
  const lines = [orderLine(net, "5950")];
  const order = await createOrder(of.clerk, of.grantId, orderDraft(net, { lines }));
  const orderLineId = (await listOpenOrderLines(of.clerk, { grantId: of.grantId }))[0]!.id;
  const change = async (changedOn: string, by: string) => {
    const draft = { changedOn, reason: "Mengen", awardReason: "drei Angebote" };
    const lines = [{ orderLineId, change: euro(by) }];
    accepted(await changeOrder(of.clerk, randomUUID(), order, { ...draft, lines }));
  };

  await change("2021-03-15", "1190");
  const prepayment = { kind: "prepayment", invoicedOn: "2021-04-01" } as const;
  const prepaid = await invoice(of, [invoiceLine(net, "2380", { orderLineId })], prepayment);
  accepted(await pay(of, prepaid, "2380", { paidOn: "2021-04-10" }));
  await change("2021-04-20", "-595");

  const item = invoiceLine(net, "2380");
  const off = {
    ...item,
    kind: "prepayment" as const,
    prepaidId: prepaid,
    orderLineId,
    netAmount: item.netAmount.negated(),
    grossAmount: item.grossAmount.negated(),
  };
  const partly = { ineligibleAmount: euro("190"), ineligibleReason: "other" } as const;
  const final = await invoice(
    of,
    [invoiceLine(net, "5355", { orderLineId }), off, invoiceLine(panels, "1190", partly)],
    { kind: "final", invoicedOn: "2021-05-01" },
  );
  accepted(await pay(of, final, "1000", { paidOn: "2021-05-10", isPartial: true }));
  accepted(await pay(of, final, "3101.70", { paidOn: "2021-05-20", discount: "63.30" }));

  const half = [invoiceLine(panels, "595")];
  const note = await invoice(of, half, { ...credits(final), invoicedOn: "2021-06-01" });
  accepted(await pay(of, note, "200", { paidOn: "2021-06-10", isPartial: true }));
  const wrong = randomUUID();
  const left = await openOf(of, note);
  accepted(await pay(of, note, left, { paidOn: "2021-06-20", id: wrong }));
  accepted(await reverse(of, "payment", wrong, "2021-06-21"));
  accepted(await pay(of, note, left, { paidOn: "2021-06-21" }));
  accepted(await closeOrder(of.clerk, order, { closedOn: "2021-06-25", reason: "fertig" }));
  return { of, final, note };
}

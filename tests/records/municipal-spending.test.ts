import { randomUUID } from "node:crypto";
import { desc, eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { Funding } from "#app/domain/funding.ts";
import type { InvoiceLineDraft } from "#app/domain/invoice-line.ts";
import type { Figure } from "#app/domain/journal.ts";
import { euro } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { changeSettings, requireAuthority } from "#app/records/authorities.server.ts";
import { listAccounts } from "#app/records/accounts.server.ts";
import { closeYear } from "#app/records/fiscal-years.server.ts";
import { recordInvoice } from "#app/records/invoice-recording.server.ts";
import { listInvoices, requireInvoice } from "#app/records/invoices.server.ts";
import { listMissingReceipts } from "#app/records/missing-receipts.server.ts";
import { loadOpenInvoices } from "#app/records/open-invoices.server.ts";
import { closeOrder } from "#app/records/order-changes.server.ts";
import { listOpenOrderLines, recordOrder } from "#app/records/orders.server.ts";
import { recordPayment } from "#app/records/payments.server.ts";
import { reverseDocument } from "#app/records/reversals.server.ts";
import { verifyJournal } from "#app/records/verification.server.ts";
import { db } from "#db/client.ts";
import { entries } from "#db/schema/journal.ts";
import {
  accepted,
  certifyAndPay,
  createGrant,
  createOffice,
  invoiceDraft,
  invoiceLine,
  orderDraft,
  orderLine,
} from "#tests/support/factories.ts";
import { createBudgetAccount } from "#tests/support/municipal-budget.ts";
import { ownerDb } from "#tests/support/owner.ts";

const funding = { fiscalYear: 2020 };

test("an order binds the budget, its invoice replaces it, its payment follows", async () => {
  const { clerk, account } = await setUp();
  await order(clerk, account, "600");
  expect(await figures(clerk)).toEqual({ committed: "600", invoiced: "0", paid: "0" });

  const invoiceId = await invoice(clerk, account, "500", await openLine(clerk));
  expect(await figures(clerk)).toEqual({ committed: "100", invoiced: "500", paid: "0" });
  expect(await listInvoices(clerk, funding)).toMatchObject([
    { places: ["Haushalt 2020 24301 / 427100"] },
  ]);

  const payment = { paidOn: "2020-07-01", cashDiscount: euro("10"), paidAmount: euro("490") };
  accepted(await certifyAndPay(clerk, randomUUID(), invoiceId, payment));
  expect(await figures(clerk)).toEqual({ committed: "100", invoiced: "490", paid: "490" });
  await expectProofs(clerk);
});

test("a credit note lowers a municipal invoice, and a reversal undoes it", async () => {
  const { clerk, account } = await setUp();
  const creditedId = await invoice(clerk, account, "500");
  const credit = invoiceDraft([municipalLine(account, "100")], {
    number: "G-1",
    kind: "credit_note",
    creditedId,
    invoicedOn: "2020-06-10",
  });
  const creditId = randomUUID();
  accepted(await recordInvoice(clerk, creditId, funding, credit));
  expect(await figures(clerk)).toMatchObject({ invoiced: "400" });
  const document = { kind: "invoice", id: creditId } as const;
  accepted(await reverseDocument(clerk, document, { reversedOn: "2020-07-01", reason: "falsch" }));
  expect(await figures(clerk)).toMatchObject({ invoiced: "500" });
  await expectProofs(clerk);
});

test("a credit note is of the kind of cost that it lowers, whatever its form says", async () => {
  const { clerk, office, account } = await setUp();
  const creditedId = await invoice(clerk, account, "500");
  const { grantId, lineOf } = await createGrant(office);
  const paidByGrant = randomUUID();
  const granted = invoiceDraft([invoiceLine(lineOf("2.1"), "500")], { number: "R-2" });
  accepted(await recordInvoice(clerk, paidByGrant, { grantId }, granted));
  const credit = (lowers: string, on: Funding, line: InvoiceLineDraft) =>
    recordInvoice(
      clerk,
      randomUUID(),
      on,
      invoiceDraft([line], {
        ...{ number: `G ${lowers}`, kind: "credit_note", creditedId: lowers },
        invoicedOn: "2021-06-10",
      }),
    );
  accepted(
    await credit(creditedId, funding, invoiceLine(account, "1", { costKind: "accompanying" })),
  );
  accepted(
    await credit(
      paidByGrant,
      { grantId },
      invoiceLine(lineOf("2.1"), "1", { costKind: "running" }),
    ),
  );
});

test("what the budget has not is refused to the cent, and closing an order frees its rest", async () => {
  const { clerk, account } = await setUp();
  await order(clerk, account, "600");
  const over = invoiceDraft([municipalLine(account, "400.01")], { invoicedOn: "2020-06-01" });
  expect(await recordInvoice(clerk, randomUUID(), funding, over)).toMatchObject({
    field: "lines[0].grossAmount",
    rule: "over_budget",
    available: euro("400"),
  });
  const { orderId } = (await listOpenOrderLines(clerk, funding))[0]!;
  accepted(await closeOrder(clerk, orderId, { closedOn: "2020-06-01", reason: "fertig" }));
  accepted(await recordInvoice(clerk, randomUUID(), funding, over));
});

test("where the authority wants to be warned, a reason is asked and kept; orders may still be stopped", async () => {
  const { clerk, administrator, account } = await setUp();
  const settings = await requireAuthority(clerk);
  accepted(await changeSettings(administrator, { ...settings, overBudgetInvoices: "warn" }));
  const lines = [municipalLine(account, "1000.01")];
  const draft = invoiceDraft(lines, { invoicedOn: "2020-06-01" });
  const id = randomUUID();
  expect(await recordInvoice(clerk, id, funding, draft)).toMatchObject({
    field: "overBudgetReason",
    rule: "over_budget_needs_reason",
  });
  const overBudgetReason = "Preiserhöhung, Nachtrag folgt";
  accepted(await recordInvoice(clerk, id, funding, { ...draft, overBudgetReason }));
  expect(await requireInvoice(clerk, id)).toMatchObject({ overBudgetReason });
  expect((await recordOrder(clerk, randomUUID(), funding, orderOf(account, "1")))?.rule).toBe(
    "over_budget",
  );
  await expectProofs(clerk);
});

test("the Land's threshold, known from its programme, asks an order on the budget for its reason", async () => {
  const { clerk, office, account } = await setUp();
  await createGrant(office);
  const bare = (gross: string) => ({ ...orderOf(account, gross), awardReason: "" });
  expect(await recordOrder(clerk, randomUUID(), funding, bare("595.01"))).toMatchObject({
    field: "awardReason",
    rule: "award_above_threshold",
    limit: euro("500"),
  });
  accepted(await recordOrder(clerk, randomUUID(), funding, bare("595")));
});

test("a municipal invoice waits for its receipt and for the bank like any other", async () => {
  const { clerk, account } = await setUp();
  const id = await invoice(clerk, account, "500");
  expect((await listMissingReceipts(clerk)).map((one) => one.id)).toEqual([id]);
  expect(await loadOpenInvoices(clerk)).toEqual([]);
});

test("the papers of a year come from the quarter before it to the half year after", async () => {
  const { clerk, account } = await setUp();
  for (const [invoicedOn, rule] of [
    ["2019-09-30", "outside_fiscal_year"],
    ["2019-10-01", undefined],
    ["2021-06-30", undefined],
    ["2021-07-01", "outside_fiscal_year"],
  ] as const) {
    const draft = invoiceDraft([municipalLine(account, "1")], { invoicedOn, number: invoicedOn });
    expect((await recordInvoice(clerk, randomUUID(), funding, draft))?.rule).toBe(rule);
  }
});

describe("the wall between the two streams of money", () => {
  test("no order and no invoice of one can name an account of the other", async () => {
    const { office, clerk, account } = await setUp();
    const { grantId, lineOf } = await createGrant(office);
    const onGrant = orderDraft(account);
    expect((await recordOrder(clerk, randomUUID(), { grantId }, onGrant))?.rule).toBe(
      "line_not_in_grant",
    );
    const onBudget = orderOf(lineOf("2.1"), "10");
    expect((await recordOrder(clerk, randomUUID(), funding, onBudget))?.rule).toBe(
      "account_not_on_file",
    );
    const mixed = invoiceDraft([municipalLine(account, "1"), municipalLine(lineOf("2.1"), "1")]);
    const draft = { ...mixed, invoicedOn: "2020-06-01" };
    expect((await recordInvoice(clerk, randomUUID(), funding, draft))?.rule).toBe(
      "account_not_on_file",
    );
  });

  test("outside advice is a grant's only with its investment and reason, and never the budget's", async () => {
    const { office, clerk, account } = await setUp();
    const { grantId, lineOf } = await createGrant(office);
    const advice = { ...orderLine(lineOf("2.1"), "100"), costKind: "accompanying" as const };
    const accompaniesId = lineOf("2.1");
    const place = (line: object) =>
      recordOrder(
        clerk,
        randomUUID(),
        { grantId },
        orderDraft("", { lines: [{ ...advice, ...line }] }),
      );
    expect((await place({}))?.rule).toBe("accompanying_needs_investment");
    expect((await place({ accompaniesId: account }))?.rule).toBe("accompanying_needs_investment");
    expect((await place({ accompaniesId }))?.rule).toBe("accompanying_needs_reason");
    expect((await place({ accompaniesId, accompanyingReason: " " }))?.rule).toBe(
      "accompanying_needs_reason",
    );
    accepted(await place({ accompaniesId, accompanyingReason: "Planung der Netze" }));
    const [ordered] = await listOpenOrderLines(clerk, { grantId });
    const bill = invoiceDraft([invoiceLine(lineOf("2.1"), "100", { orderLineId: ordered!.id })]);
    expect((await recordInvoice(clerk, randomUUID(), { grantId }, bill))?.rule).toBe(
      "ordered_as_accompanying",
    );

    const municipal = orderOf(account, "1");
    municipal.lines[0]!.costKind = "accompanying" as never;
    expect((await recordOrder(clerk, randomUUID(), funding, municipal))?.rule).toBe(
      "accompanying_without_grant",
    );
  });

  // Behind the program's back too: the database refuses the same.
  // prettier-ignore
  test.each([
    { what: "an order of both",                      by: "update orders set grant_id = (GRANT)", keeps: "order_has_one_funding" },
    { what: "an order's line on a grant's line",     by: "update order_lines set budget_line_id = (LINE)", keeps: "ordered_account_is_of_its_year" },
    { what: "a municipal order's line on a grant",   by: "update order_lines set fiscal_year = null, cost_kind = 'investment', grant_id = (GRANT)", keeps: "line_belongs_to_its_order" },
    { what: "a running cost on a grant",             by: "update order_lines set fiscal_year = null, grant_id = (GRANT)", keeps: "running_costs_are_not_ordered_on_a_grant" },
    { what: "a cost share on a grant's account",     by: "update entries set document_kind = 'cost_share' where account_kind = 'budget_line'", keeps: "running_costs_are_booked_on_appropriations_only" },
    { what: "a notice on the municipal budget",      by: "update entries set document_kind = 'notice' where account_kind = 'appropriation'", keeps: "running_costs_are_booked_on_appropriations_only" },
    { what: "a reversal that moves a cost to a grant", by: "update entries set account_id = (LINE), account_kind = 'budget_line' where document_kind = 'reversal'", keeps: "reversal_turns_an_entry_of_its_account" },
    { what: "a reversal that turns itself",          by: "update entries set reverses_number = number where document_kind = 'reversal'", keeps: "reversal_comes_after_what_it_turns" },
    { what: "advice without its investment",         by: "update order_lines set fiscal_year = null, cost_kind = 'accompanying', grant_id = (GRANT)", keeps: "advice_has_its_investment_and_reason" },
  ])("$what is refused by the database", async ({ by, keeps }) => {
const { office, clerk, account } = await setUp();
    await createGrant(office);
    const orderId = await order(clerk, account, "10");
    const draft = { reversedOn: "2020-07-01", reason: "falsch" };
    accepted(await reverseDocument(clerk, { kind: "order", id: orderId }, draft));
    const own = `school_authority_id = '${clerk.schoolAuthorityId}'`;
    const change = by
      .replace("GRANT", `select id from grants where ${own}`)
      .replace("LINE", `select id from accounts where kind = 'budget_line' and ${own} limit 1`);
    await expect(
      ownerDb.transaction(async (tx) => {
        await tx.execute(sql`alter table orders disable trigger user`);
        await tx.execute(sql`alter table order_lines disable trigger user`);
        await tx.execute(sql`alter table entries disable trigger user`);
        await tx.execute(sql.raw(`${change} ${by.includes("where") ? "and" : "where"} ${own}`));
        await tx.execute(sql`set constraints all immediate`);
      }),
    ).rejects.toMatchObject({ cause: { constraint_name: keeps } });
  });
});

test("the database takes no entry that says to turn another, and books something else", async () => {
  const { clerk, account } = await setUp();
  await order(clerk, account, "10");
  const [entry] = await db
    .select()
    .from(entries)
    .where(eq(entries.schoolAuthorityId, clerk.schoolAuthorityId))
    .orderBy(desc(entries.number))
    .limit(1);
  const turn = (figure: Figure, amount: string) =>
    db.insert(entries).values({
      ...entry!,
      ...{ number: entry!.number + 1, figure, amount: euro(amount), hash: randomUUID() },
      ...{ documentKind: "reversal", documentId: randomUUID(), reversesNumber: entry!.number },
    });
  for (const [figure, amount] of [
    ["committed", "-9"],
    ["committed", "10"],
    ["invoiced", "-10"],
  ] as const) {
    await expect(turn(figure, amount)).rejects.toMatchObject({
      cause: { constraint_name: "reversal_turns_its_entry" },
    });
  }
});

test("a closed year takes reversals only: no order, invoice or payment, no demand", async () => {
  const { clerk, account } = await setUp();
  const id = await invoice(clerk, account, "100");
  const paymentId = randomUUID();
  const payment = { paidOn: "2020-07-01", cashDiscount: euro("0"), paidAmount: euro("100") };
  accepted(await certifyAndPay(clerk, paymentId, id, payment));
  const closing = { closedOn: "2021-03-31", note: "" };
  accepted(await closeYear(clerk, randomUUID(), 2020, closing));
  const refused = { rule: "fiscal_year_closed", fiscalYear: 2020 };
  expect(await recordOrder(clerk, randomUUID(), funding, orderOf(account, "1"))).toMatchObject(
    refused,
  );
  const more = invoiceDraft([municipalLine(account, "1")], { invoicedOn: "2020-06-01" });
  expect(await recordInvoice(clerk, randomUUID(), funding, more)).toMatchObject(refused);
  const credit = { kind: "credit_note", creditedId: id, invoicedOn: "2021-04-01" } as const;
  const less = invoiceDraft([municipalLine(account, "1")], credit);
  expect(await recordInvoice(clerk, randomUUID(), funding, less)).toMatchObject(refused);

  const draft = { reversedOn: "2021-04-01", reason: "falsch" };
  accepted(await reverseDocument(clerk, { kind: "payment", id: paymentId }, draft));
  const again = { ...payment, paidOn: "2021-04-02" };
  expect(await recordPayment(clerk, randomUUID(), id, again)).toMatchObject(refused);
  await expectProofs(clerk);
});

test("accounts of another authority can't be charged, nor its years read", async () => {
  const { account } = await setUp();
  const stranger = await createOffice();
  await createBudgetAccount(stranger.clerk);
  const draft = invoiceDraft([municipalLine(account, "1")], { invoicedOn: "2020-06-01" });
  expect((await recordInvoice(stranger.clerk, randomUUID(), funding, draft))?.rule).toBe(
    "account_not_on_file",
  );
  await expect(
    recordInvoice(stranger.clerk, randomUUID(), { fiscalYear: 2022 }, draft),
  ).rejects.toMatchObject({ status: 404 });
});

async function setUp() {
  const office = await createOffice();
  return { ...office, office, account: await createBudgetAccount(office.clerk) };
}

function orderOf(account: string, amount: string) {
  const line = { ...orderLine(account, amount), costKind: "running" as const };
  return orderDraft(account, { orderedOn: "2020-03-01", lines: [line] });
}

async function order(clerk: User, account: string, amount: string) {
  const id = randomUUID();
  accepted(await recordOrder(clerk, id, funding, orderOf(account, amount)));
  return id;
}

async function openLine(clerk: User) {
  return (await listOpenOrderLines(clerk, funding))[0]!.id;
}

function municipalLine(account: string, amount: string) {
  return invoiceLine(account, amount, { costKind: "running" });
}

async function invoice(clerk: User, account: string, amount: string, orderLineId?: string) {
  const id = randomUUID();
  const line = { ...municipalLine(account, amount), orderLineId };
  const draft = invoiceDraft([line], { invoicedOn: "2020-06-01", number: id.slice(0, 8) });
  accepted(await recordInvoice(clerk, id, funding, draft));
  return id;
}

async function figures(clerk: User) {
  const [account] = await listAccounts(clerk, { kind: "appropriation" });
  const { committed, invoiced, paid } = account!;
  return { committed: committed.toFixed(), invoiced: invoiced.toFixed(), paid: paid.toFixed() };
}

async function expectProofs(clerk: User) {
  const verdicts = await verifyJournal(clerk.schoolAuthorityId);
  expect(verdicts.flatMap(({ findings }) => findings)).toEqual([]);
}

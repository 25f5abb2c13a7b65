import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { euro } from "#app/domain/money.ts";
import { requestDrawdown } from "#app/records/drawdowns.server.ts";
import { recordInvoice } from "#app/records/invoice-recording.server.ts";
import { verifyJournal } from "#app/records/verification.server.ts";
import { db } from "#db/client.ts";
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

test.each([
  "entries",
  "invoices",
  "invoice_lines",
  "payments",
  "orders",
  "order_lines",
  "grants",
  "grant_lines",
  "envelopes",
  "envelope_pots",
  "applications",
  "measures",
  "drawdowns",
  "accounts",
  "changes",
  "resolutions",
  "suppliers",
  "submissions",
])("nothing in %s is edited, deleted or emptied", async (table) => {
  await setUp();
  const name = sql.identifier(table);
  const column = sql.identifier("school_authority_id");
  for (const statement of [
    sql`update ${name} set ${column} = ${column}`,
    sql`delete from ${name}`,
    sql`truncate ${name} cascade`,
  ]) {
    await expect(db.execute(statement)).rejects.toMatchObject({
      cause: { message: expect.stringContaining("appended only") },
    });
  }
});

/** One row changed or removed behind the program's back, with the triggers out of the way. */
// prettier-ignore
test.each([
  { what: "an amount of the journal",      by: "update entries set amount = amount + 0.01 where number = 3",              proof: "balances_equal_entries" },
  { what: "a text of the journal",         by: "update entries set text = 'anders' where number = 3",                     proof: "chain_closes" },
  { what: "a day of the journal",          by: "update entries set booked_on = booked_on + 1 where number = 3",           proof: "entries_follow_from_documents" },
  { what: "the person who recorded",       by: "update entries set recorded_by = (select id from users u where u.school_authority_id = entries.school_authority_id and role = 'board') where number = 3", proof: "chain_closes" },
  { what: "a row of the journal",          by: "delete from entries where number = 3",                                    proof: "numbers_without_gap" },
  { what: "the last row of the journal",   by: "delete from entries e where number = (select max(number) from entries)",  proof: "chain_closes" },
  { what: "a balance",                     by: "update balances set paid = paid - 1 where paid > 0",                      proof: "balances_equal_entries" },
  { what: "a removed balance",             by: "delete from balances where paid > 0",                                     proof: "balances_equal_entries" },
  { what: "an invoice's line",             by: "update invoice_lines set gross_amount = gross_amount + 1",                proof: "entries_follow_from_documents" },
  { what: "an invoice's number",           by: "update invoices set number = 'R-2'",                                      proof: "entries_follow_from_documents" },
  { what: "an invoice's supplier",         by: "update suppliers set name = 'Andere GmbH'",                               proof: "entries_follow_from_documents" },
  { what: "a removed payment",             by: "delete from payments",                                                    proof: "entries_follow_from_documents" },
  { what: "a payment's day",               by: "update payments set paid_on = paid_on - 1",                               proof: "entries_follow_from_documents" },
  { what: "a grant's period",              by: "update grants set spend_until = '2024-11-30'",                            proof: "entries_follow_from_documents" },
  { what: "a drawdown's purpose",          by: "update drawdowns set purpose = 'anders'",                                 proof: "entries_follow_from_documents" },
  { what: "the number of a budget line",   by: "update accounts set code = '2.5' where code = '2.4'",                      proof: "entries_follow_from_documents" },
  { what: "the school of a budget line",   by: "update accounts a set school_id = (select s.id from schools s where s.school_authority_id = a.school_authority_id and s.id <> a.school_id limit 1) where code = '2.4'", proof: "entries_follow_from_documents" },
  { what: "the title of the resolution",   by: "update resolutions set title = 'anders'",                                 proof: "entries_follow_from_documents" },
  { what: "the head of the journal",       by: "update journal_heads set number = number + 1",                            proof: "chain_closes" },
])("$what is found by the proofs", async ({ by, proof }) => {
  const { clerk } = await setUp();
  const { schoolAuthorityId } = clerk;
  expect(await broken(schoolAuthorityId)).toEqual([]);

  // Undone at the end of the test, so that the others find the database whole.
  await expect(
    db.transaction(async (tx) => {
      await tx.execute(sql`set local session_replication_role = replica`);
      await tx.execute(sql.raw(by));
      throw new Found(await broken(schoolAuthorityId, tx));
    }),
  ).rejects.toMatchObject({ proofs: expect.arrayContaining([proof]) });
});

class Found extends Error {
  constructor(public proofs: string[]) {
    super("rolled back");
  }
}

test("what must never be is refused by the database too", async () => {
  const { clerk, lineOf } = await setUp();
  const balance = (change: string) =>
    db.execute(sql`update balances set ${sql.raw(change)} where account_id = ${lineOf("2.1")}`);
  await expect(balance("committed = -1")).rejects.toMatchObject({
    cause: { constraint_name: "balance_is_not_negative" },
  });
  await expect(balance("paid = invoiced + 1")).rejects.toMatchObject({
    cause: { constraint_name: "no_more_is_paid_than_invoiced" },
  });
  await expect(balance("invoiced = 20000.01")).rejects.toMatchObject({
    cause: { constraint_name: "group_is_not_overspent" },
  });
  expect(await broken(clerk.schoolAuthorityId)).toEqual([]);
});

test("a running cost can't be booked on a budget line, whatever the program does", async () => {
  const { clerk, lineOf } = await setUp();
  await expect(
    db.execute(sql`
      insert into entries select school_authority_id, 9999, account_id, account_kind, figure, 1, booked_on,
        recorded_at, recorded_by, 'cost_share', document_id, document_hash, text, null, previous_hash, hash
      from entries where school_authority_id = ${clerk.schoolAuthorityId}
        and account_id = ${lineOf("2.1")} limit 1`),
  ).rejects.toMatchObject({
    cause: { constraint_name: "running_costs_are_booked_on_appropriations_only" },
  });
});

async function setUp() {
  const office = await createOffice();
  const { clerk } = office;
  const grant = await createGrant(office);
  const { grantId, lineOf } = grant;
  await createOrder(clerk, grantId, orderDraft(lineOf("2.1")));
  const invoiceId = randomUUID();
  const lines = [invoiceLine(lineOf("2.4"), "500")];
  accepted(await recordInvoice(clerk, invoiceId, { grantId }, invoiceDraft(lines)));
  const payment = { paidOn: "2021-07-01", cashDiscount: euro("10"), paidAmount: euro("490") };
  accepted(await certifyAndPay(clerk, randomUUID(), invoiceId, payment));
  const drawdown = {
    requestedOn: "2021-08-01",
    kind: "refund" as const,
    amount: euro("490"),
    purpose: "bezahlt",
  };
  accepted(await requestDrawdown(clerk, randomUUID(), grantId, drawdown));
  return { ...office, ...grant };
}

async function broken(schoolAuthorityId: string, reader?: Parameters<typeof verifyJournal>[1]) {
  const verdicts = await verifyJournal(schoolAuthorityId, reader);
  return verdicts.filter(({ findings }) => findings.length > 0).map(({ proof }) => proof);
}

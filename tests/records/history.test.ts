import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Verdict } from "#app/domain/journal.ts";
import { euro } from "#app/domain/money.ts";
import { attachFile } from "#app/records/attachments.server.ts";
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
import { ownerDb } from "#tests/support/owner.ts";

test.each([
  "entries",
  "invoices",
  "invoice_lines",
  "payments",
  "certifications",
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
  "seals",
  "resolutions",
  "suppliers",
  "submissions",
])("nothing in %s is edited, deleted or emptied, even by the tables' owner", async (table) => {
  await setUp();
  const name = sql.identifier(table);
  const column = sql.identifier("school_authority_id");
  for (const statement of [
    sql`update ${name} set ${column} = ${column}`,
    sql`delete from ${name}`,
    sql`truncate ${name} cascade`,
  ]) {
    await expect(ownerDb.execute(statement)).rejects.toMatchObject({
      cause: { message: expect.stringContaining("appended only") },
    });
  }
});

/** One row changed, added or removed behind the program's back, with the triggers out of the way. */
// prettier-ignore
test.each([
  { what: "an amount of the journal",      by: "update entries set amount = amount + 0.01 where number = 3",              proof: "balances_equal_entries", place: "Buchung 3: Siegel passt nicht" },
  { what: "a text of the journal",         by: "update entries set text = 'anders' where number = 3",                     proof: "chain_closes", place: "Buchung 3: Siegel passt nicht" },
  { what: "a day of the journal",          by: "update entries set booked_on = booked_on + 1 where number = 3",           proof: "entries_follow_from_documents", place: "Buchung 3 folgt nicht aus dem Beleg" },
  { what: "a moment of the journal",       by: "update entries set recorded_at = recorded_at - interval '1 ms' where number = 3", proof: "chain_closes", place: "Buchung 3: Siegel passt nicht" },
  { what: "the person who recorded",       by: "update entries set recorded_by = (select id from users u where u.school_authority_id = entries.school_authority_id and name = 'Person board') where number = 3", proof: "chain_closes", place: "Buchung 3" },
  { what: "a row of the journal",          by: "delete from entries where number = 3",                                    proof: "numbers_without_gap", place: "Nummer 3 fehlt vor Buchung 4" },
  { what: "the last row of the journal",   by: "delete from entries e where number = (select max(number) from entries where school_authority_id = e.school_authority_id)",  proof: "chain_closes", place: "Ende des Journals: Kopf nennt Buchung" },
  { what: "a balance",                     by: "update balances set paid = paid - 1 where paid > 0",                      proof: "balances_equal_entries", place: "Konto " },
  { what: "a removed balance",             by: "delete from balances where paid > 0",                                     proof: "balances_equal_entries", place: "Saldo fehlt" },
  { what: "an invoice's line",             by: "update invoice_lines set gross_amount = gross_amount + 1",                proof: "entries_follow_from_documents", place: "Beleg invoice" },
  { what: "an invoice's number",           by: "update invoices set number = 'R-2'",                                      proof: "entries_follow_from_documents", place: "Beleg invoice" },
  { what: "an invoice's supplier",         by: "update suppliers set name = 'Andere GmbH'",                               proof: "rows_keep_their_seals", place: "Tabelle suppliers, Zeile" },
  { what: "an order's line",               by: "update order_lines set description = 'anders'",                           proof: "rows_keep_their_seals", place: "Tabelle order_lines, Zeile" },
  { what: "a removed payment",             by: "delete from payments",                                                    proof: "entries_follow_from_documents", place: "Beleg payment" },
  { what: "a payment's day",               by: "update payments set paid_on = paid_on - 1",                               proof: "entries_follow_from_documents", place: "folgt nicht aus dem Beleg" },
  { what: "what a payment paid of a line", by: "update payment_lines set ineligible = ineligible + 1, paid = paid + 1",   proof: "rows_keep_their_seals", place: "Tabelle payment_lines, Zeile" },
  { what: "a certification's day",         by: "update certifications set certified_on = '2020-01-01'",                   proof: "rows_keep_their_seals", place: "Tabelle certifications, Zeile" },
  { what: "who certified",                 by: "update certifications c set certified_by = (select id from users u where u.school_authority_id = c.school_authority_id and name = 'Person auditor')", proof: "rows_keep_their_seals", place: "Tabelle certifications, Zeile" },
  { what: "a removed certification",       by: "delete from certifications",                                              proof: "rows_keep_their_seals", place: "fehlt (Siegel" },
  { what: "a forged certification",        by: "insert into certifications (school_authority_id, invoice_id, certified_on, certified_by, note, supersedes_id) select school_authority_id, invoice_id, certified_on, certified_by, 'falsch', id from certifications", proof: "rows_keep_their_seals", place: "hat kein Siegel" },
  { what: "the role of who certified",     by: "update users set role = 'board' where id in (select certified_by from certifications)", proof: "rows_keep_their_seals", place: "Tabelle users, Zeile" },
  { what: "the name of a user",            by: "update users set name = 'Wer anders' where name = 'Person clerk'",               proof: "rows_keep_their_seals", place: "Tabelle users, Zeile" },
  { what: "a text of the change log",      by: "update changes set text = 'anders' where deed = 'invoice_recorded'",      proof: "rows_keep_their_seals", place: "Tabelle changes, Zeile" },
  { what: "a removed row of the change log", by: "delete from changes where deed = 'payment_recorded'",                   proof: "rows_keep_their_seals", place: "Tabelle changes, Zeile" },
  { what: "a seal",                        by: "update seals set row_hash = 'x' where number = 5",                        proof: "rows_keep_their_seals", place: "Siegel 5: passt nicht" },
  { what: "a removed seal",                by: "delete from seals where number = 5",                                      proof: "rows_keep_their_seals", place: "Nummer 5 fehlt vor Siegel 6" },
  { what: "the last seal",                 by: "delete from seals s where number = (select max(number) from seals where school_authority_id = s.school_authority_id)", proof: "rows_keep_their_seals", place: "hat kein Siegel" },
  { what: "a grant's period",              by: "update grants set spend_until = '2024-11-30'",                            proof: "entries_follow_from_documents", place: "Beleg grant" },
  { what: "a drawdown's purpose",          by: "update drawdowns set purpose = 'anders'",                                 proof: "entries_follow_from_documents", place: "Beleg drawdown" },
  { what: "the number of a budget line",   by: "update accounts set code = '2.5' where code = '2.4'",                      proof: "entries_follow_from_documents", place: "Beleg grant" },
  { what: "the school of a budget line",   by: "update accounts a set school_id = (select s.id from schools s where s.school_authority_id = a.school_authority_id and s.id <> a.school_id limit 1) where code = '2.4'", proof: "entries_follow_from_documents", place: "Beleg grant" },
  { what: "the title of the resolution",   by: "update resolutions set title = 'anders'",                                 proof: "entries_follow_from_documents", place: "Beleg application" },
  { what: "the bytes of a file",           by: "update attachments set content = overlay(content placing '\\x00'::bytea from 1)", proof: "entries_follow_from_documents", place: "Anlage" },
  { what: "a file with a new hash",        by: "update attachments set content = overlay(content placing '\\x00'::bytea from 1), hash = encode(sha256(overlay(content placing '\\x00'::bytea from 1)), 'hex')", proof: "rows_keep_their_seals", place: "Tabelle attachments, Zeile" },
  { what: "the name of a file",            by: "update attachments set file_name = 'anders.pdf'",                         proof: "rows_keep_their_seals", place: "Tabelle attachments, Zeile" },
  { what: "a column that came in secretly", by: "alter table certifications add column approved text default 'ja'",       proof: "rows_keep_their_seals", place: "Tabelle certifications, Zeile" },
  { what: "the head of the journal",       by: "update journal_heads set number = number + 1",                            proof: "chain_closes", place: "Ende des Journals" },
])("$what is found by the proofs, with its place", async ({ by, proof, place }) => {
  const { schoolAuthorityId } = (await untouched()).clerk;
  expect(await broken(schoolAuthorityId)).toEqual([]);

  // Undone at the end of the test, so that the others find the database whole.
  const found = await ownerDb
    .transaction(async (tx) => {
      await tx.execute(sql`set local session_replication_role = replica`);
      await tx.execute(sql.raw(by));
      throw new Found(await broken(schoolAuthorityId, tx));
    })
    .catch((error: Found) => error);
  expect(found).toMatchObject({ proofs: expect.arrayContaining([proof]) });
  expect((found as Found).places.join("\n")).toContain(place);
});

let shared: ReturnType<typeof setUp> | undefined;
const untouched = () => (shared ??= setUp());

class Found extends Error {
  proofs: string[];
  places: string[];
  constructor(verdicts: Verdict[]) {
    super("rolled back");
    this.proofs = verdicts.map(({ proof }) => proof);
    this.places = verdicts.flatMap(({ findings }) => findings);
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
  const place = { subject: "invoice" as const, subjectId: invoiceId };
  accepted(await attachFile(clerk, place, { name: "Rechnung.txt", content: Buffer.from("R-1") }));
  return { ...office, ...grant };
}

async function broken(schoolAuthorityId: string, reader?: Parameters<typeof verifyJournal>[1]) {
  const verdicts = await verifyJournal(schoolAuthorityId, reader);
  return verdicts.filter(({ findings }) => findings.length > 0);
}

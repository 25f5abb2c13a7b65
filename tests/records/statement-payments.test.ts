import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { euro, percent } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { findProof, requireBankStatement } from "#app/records/bank-transactions.server.ts";
import { setAside } from "#app/records/foreign-transactions.server.ts";
import { recordInvoice } from "#app/records/invoice-recording.server.ts";
import { requireInvoice } from "#app/records/invoices.server.ts";
import { reverseDocument } from "#app/records/reversals.server.ts";
import { bookChoices, loadProposals } from "#app/records/statement-payments.server.ts";
import { verifyJournal } from "#app/records/verification.server.ts";
import { createPayableOffice, recordStatement, statesOf, transfer } from "#tests/support/bank.ts";
import { accepted, createOffice, invoiceDraft, invoiceLine } from "#tests/support/factories.ts";

test("a transfer that names an invoice and its amount pays it on its value day", async () => {
  const { clerk, invoiceOf } = await createPayableOffice();
  const invoiceId = await invoiceOf("RE 2021/17", "1190");
  const entry = transfer("1190.00", "RE2021-17", { valued: "<Dt>2021-07-02</Dt>" });
  const statementId = await recordStatement(clerk, { entries: [entry] });
  expect(await readings(clerk, statementId)).toEqual([["number_and_amount chosen"]]);
  expect(await book(clerk, statementId)).toEqual([]);

  const { payments, state } = await requireInvoice(clerk, invoiceId);
  expect(state).toBe("paid");
  expect(payments).toMatchObject([{ paidOn: "2021-07-02" }]);
  expect(await statesOf(clerk, statementId)).toEqual(["matched"]);
  expect(await findProof(clerk, payments[0]!.id)).toMatchObject({ statementId, position: 0 });
  for (const { findings } of await verifyJournal(clerk.schoolAuthorityId))
    expect(findings).toEqual([]);
});

test("a payment that is reversed makes its transaction wait again", async () => {
  const { clerk, invoiceOf } = await createPayableOffice();
  const invoiceId = await invoiceOf("RE 2021/17", "1190");
  const statementId = await recordStatement(clerk, {
    entries: [transfer("1190.00", "RE 2021/17")],
  });
  await book(clerk, statementId);
  const [payment] = (await requireInvoice(clerk, invoiceId)).payments;
  const key = { kind: "payment", id: payment!.id } as const;
  accepted(await reverseDocument(clerk, key, { reversedOn: "2021-07-05", reason: "zurück" }));
  expect(await statesOf(clerk, statementId)).toEqual(["open"]);
  expect(await readings(clerk, statementId)).toEqual([["number_and_amount chosen"]]);
});

test("less its discount in time, a part, two at once, and money that came back for a credit note", async () => {
  const { clerk, invoiceOf } = await createPayableOffice();
  const discount = { discountRate: percent("2"), discountUntil: "2021-07-02" };
  const discounted = await invoiceOf("R-1000", "1000", discount);
  const parted = await invoiceOf("R-2000", "2000");
  const [one, two] = [await invoiceOf("R-3001", "300"), await invoiceOf("R-3002", "400")];
  const credited = await invoiceOf("R-4000", "500");
  const first = await recordStatement(clerk, {
    entries: [
      transfer("980.00", "R-1000"),
      transfer("1500.00", "Abschlag auf R-2000"),
      transfer("700.00", "R-3001 R-3002"),
      transfer("500.00", "R-4000"),
    ],
  });
  expect(await readings(clerk, first)).toEqual([
    ["number_and_discounted_amount chosen"],
    ["number_and_part"],
    ["numbers_and_sum chosen"],
    ["number_and_amount chosen"],
  ]);
  expect(await book(clerk, first)).toEqual([]);
  const paid = await Promise.all(
    [discounted, parted, one, two].map((id) => requireInvoice(clerk, id)),
  );
  expect(paid.map(({ state }) => state)).toEqual(["paid", "part_paid", "paid", "paid"]);
  expect(paid[0]!.payments[0]!.cashDiscount.toFixed()).toBe("20");
  expect(paid[1]!.open.toFixed()).toBe("500");

  const lowers = { kind: "credit_note", creditedId: credited, invoicedOn: "2021-07-05" } as const;
  await invoiceOf("G-4001", "100", lowers);
  const second = await recordStatement(clerk, {
    id: "2",
    entries: [
      transfer("500.00", "Rest R-2000"),
      transfer("100.00", "G-4001", { direction: "CRDT", bookedOn: "2021-07-06" }),
    ],
  });
  expect(await book(clerk, second)).toEqual([]);
  expect((await requireInvoice(clerk, parted)).state).toBe("paid");
  expect(await statesOf(clerk, second)).toEqual(["matched", "matched"]);
  for (const { findings } of await verifyJournal(clerk.schoolAuthorityId))
    expect(findings).toEqual([]);
});

test("what nobody has certified is not proposed", async () => {
  const { clerk, lineOf, grantId } = await createPayableOffice();
  const draft = invoiceDraft([invoiceLine(lineOf("2.1"), "100")], { number: "R-5000" });
  accepted(await recordInvoice(clerk, randomUUID(), { grantId }, draft));
  const statementId = await recordStatement(clerk, { entries: [transfer("100.00", "R-5000")] });
  expect(await readings(clerk, statementId)).toEqual([[]]);
});

test("one that cannot be booked holds back all that were chosen with it", async () => {
  const { clerk, invoiceOf } = await createPayableOffice();
  const [good, twice] = [await invoiceOf("R-6001", "100"), await invoiceOf("R-6002", "200")];
  const statementId = await recordStatement(clerk, {
    entries: [
      transfer("100.00", "R-6001"),
      transfer("200.00", "R-6002"),
      transfer("200.00", "R-6002 nochmals"),
      transfer("5.00", "Porto"),
    ],
  });
  const ids = (await requireBankStatement(clerk, statementId)).transactions.map(({ id }) => id);
  expect(await readings(clerk, statementId)).toEqual([
    ["number_and_amount chosen"],
    ["number_and_amount chosen"],
    ["number_and_amount"],
    [],
  ]);
  expect(await book(clerk, statementId)).toMatchObject([
    { transactionId: ids[2], violation: { rule: "paid_before" } },
    { transactionId: ids[3], violation: { rule: "no_proposal_chosen" } },
  ]);
  for (const id of [good, twice]) expect((await requireInvoice(clerk, id)).payments).toEqual([]);
  expect(await statesOf(clerk, statementId)).toEqual(["open", "open", "open", "open"]);
});

test("a transaction is booked once: not twice in a form, not a form twice, not when it is set aside", async () => {
  const { clerk, invoiceOf } = await createPayableOffice();
  const parted = await invoiceOf("R-7000", "1000");
  const statementId = await recordStatement(clerk, { entries: [transfer("300.00", "R-7000")] });
  const [choice] = await choices(clerk, statementId);
  const refused = [{ violation: { rule: "transaction_not_open" } }];
  expect(await bookChoices(clerk, randomUUID(), statementId, [choice!, choice!])).toMatchObject([
    ...refused,
    ...refused,
  ]);
  const id = randomUUID();
  expect(await bookChoices(clerk, id, statementId, [choice!])).toEqual([]);
  expect(await bookChoices(clerk, id, statementId, [choice!])).toEqual([]);
  expect(await bookChoices(clerk, randomUUID(), statementId, [choice!])).toMatchObject(refused);
  expect((await requireInvoice(clerk, parted)).open.toFixed()).toBe("700");

  const other = await recordStatement(clerk, { id: "2", entries: [transfer("400.00", "R-7000")] });
  const [later] = await choices(clerk, other);
  await setAside(clerk, other, [later!.transactionId]);
  expect(await bookChoices(clerk, randomUUID(), other, [later!])).toMatchObject(refused);
});

test("a reading that no longer holds is refused", async () => {
  const { clerk, invoiceOf } = await createPayableOffice();
  await invoiceOf("R-8000", "300");
  const statementId = await recordStatement(clerk, {
    entries: [transfer("300.00", "R-8000"), transfer("300.00", "R-8000")],
  });
  const [first, second] = await choices(clerk, statementId);
  await bookChoices(clerk, randomUUID(), statementId, [first!]);
  expect(await bookChoices(clerk, randomUUID(), statementId, [second!])).toMatchObject([
    { violation: { rule: "proposal_outdated" } },
  ]);
});

test("only who records books, and only in the own authority", async () => {
  const { clerk, auditor, invoiceOf } = await createPayableOffice();
  await invoiceOf("R-9000", "300");
  const statementId = await recordStatement(clerk, { entries: [transfer("300.00", "R-9000")] });
  const picked = await choices(clerk, statementId);
  const stranger = await createOffice();
  for (const [user, status] of [
    [auditor, 403],
    [stranger.clerk, 404],
  ] as const) {
    await expect(bookChoices(user, randomUUID(), statementId, picked)).rejects.toMatchObject({
      status,
    });
  }
});

/** The first reading of each transaction; a key that fits nothing where there is none. */
async function choices(user: User, statementId: string) {
  const { transactions } = await requireBankStatement(user, statementId);
  const proposals = await loadProposals(user, transactions);
  return transactions.map(({ id }, at) => {
    return { transactionId: id, key: proposals[at]![0]?.key ?? "" };
  });
}

async function book(user: User, statementId: string) {
  return bookChoices(user, randomUUID(), statementId, await choices(user, statementId));
}

async function readings(user: User, statementId: string) {
  const { transactions } = await requireBankStatement(user, statementId);
  const proposals = await loadProposals(user, transactions);
  return proposals.map((found) =>
    found.map(({ reason, isChosen }) => `${reason}${isChosen ? " chosen" : ""}`),
  );
}

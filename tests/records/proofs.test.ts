import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { inOrderOfPayment } from "#app/domain/audit-book.ts";
import { euro, percent } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { sharesOf } from "#app/exports/receipt-shares.ts";
import { loadBudget } from "#app/records/accounts.server.ts";
import { loadAuditBook } from "#tests/support/audit-book.ts";
import { requireGrant } from "#app/records/grants.server.ts";
import { recordInvoice } from "#app/records/invoice-recording.server.ts";
import { recordNotice } from "#app/records/notices.server.ts";
import {
  loadProofFigures,
  listProofs,
  recordAnswer,
  requireProof,
  submitProof,
} from "#app/records/proofs.server.ts";
import { reverseDocument } from "#app/records/reversals.server.ts";
import { verifyJournal } from "#app/records/verification.server.ts";
import {
  accepted,
  certifyAndPay,
  createGrant,
  createOffice,
  createOrder,
  invoiceDraft,
  invoiceLine,
  orderDraft,
  spend,
} from "#tests/support/factories.ts";
import { behindTheProgram } from "#tests/support/owner.ts";

const asOf = "2022-12-31";

test("NRW pays 90 % of what was spent; what was drawn beyond is to be repaid (T11)", async () => {
  const { clerk, grantId, lineOf } = await northRhine();
  await spend(clerk, grantId, lineOf("1"), "60000.00");
  await spend(clerk, grantId, lineOf("2"), "32000.00");
  const figures = await figuresOf(clerk, grantId);
  expect(spoken(figures)).toEqual({
    planned: "100000",
    spent: "92000",
    saved: "8000",
    grantDue: "82800",
    grantSaved: "7200",
    own: "9200",
    stillToDraw: "82800",
    repayment: "0",
  });
});

test("Lower Saxony pays all that was spent, and the saving is its own (T11)", async () => {
  const { clerk } = await createOffice();
  const { grantId, lineOf } = await createGrant(
    { clerk },
    {
      lines: [
        ["GS Nord", "2.1", "60000"],
        ["GS Süd", "2.4", "40000"],
      ],
    },
  );
  await spend(clerk, grantId, lineOf("2.1"), "60000.00");
  await spend(clerk, grantId, lineOf("2.4"), "32000.00");
  const figures = await figuresOf(clerk, grantId);
  expect(spoken(figures)).toMatchObject({ grantDue: "92000", own: "0", saved: "8000" });
});

test("proof, list of receipts and journal name the same cents, receipt by receipt", async () => {
  const { clerk, grantId, lineOf } = await northRhine();
  for (const [index, amount] of ["0.05", "0.05", "0.05", "1234.55", "99.99"].entries()) {
    await spend(clerk, grantId, lineOf("1"), amount, `2021-06-0${index + 1}`);
  }
  const figures = await figuresOf(clerk, grantId);
  const total = (of: "grant" | "own" | "eligible") =>
    figures.receipts.reduce((sum, receipt) => sum.plus(receipt[of]), euro("0"));
  expect(total("eligible").toFixed()).toBe(figures.spent.toFixed());
  expect(total("grant").toFixed()).toBe(figures.grantDue.toFixed());
  expect(total("own").toFixed()).toBe(figures.own.toFixed());

  const book = await loadAuditBook(clerk, { grantId, asOf }, "test");
  expect(book.receipts.map(({ eligible }) => eligible.toFixed())).toEqual(
    figures.receipts.map(({ eligible }) => eligible.toFixed()),
  );
});

test("a submitted proof stays as it was, whatever is recorded after it", async () => {
  const { clerk, grantId, lineOf } = await northRhine();
  await spend(clerk, grantId, lineOf("1"), "500.00");
  const id = await submit(clerk, grantId);
  await spend(clerk, grantId, lineOf("1"), "250.00");
  const [proof] = await listProofs(clerk, grantId);
  expect(proof!.id).toBe(id);
  expect(proof!.figures.spent).toBe("500");
  expect((await figuresOf(clerk, grantId)).spent.toFixed()).toBe("750");
});

test("a payment that was undone is no receipt of the proof; the list of receipts shows it with what undid it", async () => {
  const { clerk, grantId, lineOf } = await northRhine();
  const { invoiceId, paymentId } = await spend(clerk, grantId, lineOf("1"), "500.00");
  const reversal = { reversedOn: "2021-06-10", reason: "doppelt" };
  accepted(await reverseDocument(clerk, { kind: "payment", id: paymentId }, reversal));
  expect((await figuresOf(clerk, grantId)).receipts).toEqual([]);
  const draft = { paidOn: "2021-06-11", cashDiscount: euro("0"), paidAmount: euro("500") };
  accepted(await certifyAndPay(clerk, randomUUID(), invoiceId, draft));
  const { receipts } = await figuresOf(clerk, grantId);
  expect(receipts.map(({ paidOn }) => paidOn)).toEqual(["2021-06-11"]);

  const book = await loadAuditBook(clerk, { grantId, asOf }, "test");
  const shown = book.receipts.map(
    ({ standing, paidOn, paidAmount }) => `${standing} ${paidOn} ${paidAmount.toFixed()}`,
  );
  expect(shown).toEqual([
    "reversed 2021-06-01 500",
    "reversal 2021-06-10 -500",
    "standing 2021-06-11 500",
  ]);
  expect(book.receipts[0]!.pairKey).toBe(book.receipts[1]!.pairKey);
});

test("a proof submitted by mistake is taken back, after its answer, and before its grant", async () => {
  const { clerk, grantId, lineOf } = await northRhine();
  await spend(clerk, grantId, lineOf("1"), "500.00");
  const proofId = await submit(clerk, grantId);
  const answerId = randomUUID();
  const answer = { answeredOn: "2023-05-02", reference: "VN 1", note: "", cuts: [] };
  accepted(await recordAnswer(clerk, answerId, proofId, answer));
  const reverse = (kind: "proof_of_use" | "proof_answer" | "grant", id: string) =>
    reverseDocument(clerk, { kind, id }, { reversedOn: "2023-06-01", reason: "Irrtum" });
  expect((await reverse("proof_of_use", proofId))?.rule).toBe("reverse_dependents_first");
  accepted(await reverse("proof_answer", answerId));
  accepted(await reverse("proof_of_use", proofId));
  expect((await listProofs(clerk, grantId)).map(({ stands }) => stands)).toEqual([false]);
  await expect(recordAnswer(clerk, randomUUID(), proofId, answer)).rejects.toMatchObject({
    status: 404,
  });
  const verdicts = await verifyJournal(clerk.schoolAuthorityId);
  expect(verdicts.flatMap(({ findings }) => findings)).toEqual([]);
});

test("a figure of a submitted proof that is altered behind the program is found", async () => {
  const { clerk, grantId, lineOf } = await northRhine();
  await spend(clerk, grantId, lineOf("1"), "500.00");
  const id = await submit(clerk, grantId);
  await behindTheProgram(
    sql`update proofs_of_use set figures = replace(figures, '500', '600') where id = ${id}`,
  );
  const verdicts = await verifyJournal(clerk.schoolAuthorityId);
  expect(verdicts.flatMap(({ findings }) => findings)).toEqual([
    `Verwendungsnachweis ${id}: Inhalt weicht von der Prüfsumme ab`,
    expect.stringMatching(`^Tabelle proofs_of_use, Zeile ${id}: weicht von Siegel \\d+ ab$`),
  ]);
});

test("an invoice that was reversed and came again bears its own share, and the first none", async () => {
  const { clerk, grantId, lineOf } = await northRhine();
  const line = invoiceLine(lineOf("1"), "60000");
  const first = invoiceDraft([line], { number: "R-1", invoicedOn: "2021-06-01" });
  const [wrong, right] = [randomUUID(), randomUUID()];
  accepted(await recordInvoice(clerk, wrong, { grantId }, first));
  const reversal = { reversedOn: "2021-06-05", reason: "falsch" };
  accepted(await reverseDocument(clerk, { kind: "invoice", id: wrong }, reversal));
  accepted(await recordInvoice(clerk, right, { grantId }, first));
  const book = await loadAuditBook(clerk, { grantId, asOf }, "test");
  const shares = sharesOf(inOrderOfPayment(book.receipts));
  expect([...shares.values()].map(({ grant }) => grant.toFixed())).toEqual([
    "54000",
    "-54000",
    "54000",
  ]);
});

test("figures of a past day are by the terms of that day, also where a notice was reversed since", async () => {
  const { clerk, grantId, lineOf } = await northRhine();
  await spend(clerk, grantId, lineOf("1"), "50000.00");
  const id = randomUUID();
  const plan = (await loadBudget(clerk, grantId)).map(({ schoolId, code, approved }) => {
    return { schoolId, code, approved };
  });
  const cheaper = { fundingRate: percent("80"), grantAmount: euro("80000"), lines: plan };
  const notice = { kind: "amendment" as const, reference: "Ä", reason: "weniger" };
  const days = { noticeOn: "2022-03-01", validFrom: "2022-03-01" };
  accepted(await recordNotice(clerk, id, grantId, { ...notice, ...days, ...cheaper }));
  const reversal = { reversedOn: "2022-06-01", reason: "Widerspruch" };
  accepted(await reverseDocument(clerk, { kind: "notice", id }, reversal));
  const due = async (on: string) => (await figuresOf(clerk, grantId, on)).grantDue.toFixed();
  expect(await due("2022-02-28")).toBe("45000");
  expect(await due("2022-05-31")).toBe("40000");
  expect(await due("2022-06-01")).toBe("45000");
});

// prettier-ignore
test.each([
  { given: { submittedOn: "2999-01-01" }, verdict: "in_the_future" },
  { given: { asOf: "2020-04-30" },        verdict: "proof_before_notice" },
  { given: { submittedOn: "2022-12-30" }, verdict: "proof_before_its_day" },
  { given: { asOf: "2021-05-31" },        verdict: "nothing_spent" },
])("a final proof with $given is refused: $verdict", async ({ given, verdict }) => {
  const { clerk, grantId, lineOf } = await northRhine();
  await spend(clerk, grantId, lineOf("1"), "500.00");
  const violation = await submitProof(clerk, randomUUID(), grantId, { ...draft, ...given });
  expect(violation?.rule).toBe(verdict);
});

test("a final proof waits until no order is open; an interim one does not", async () => {
  const { clerk, grantId, lineOf } = await northRhine();
  await spend(clerk, grantId, lineOf("1"), "500.00");
  await createOrder(clerk, grantId, orderDraft(lineOf("1")));
  expect((await submitProof(clerk, randomUUID(), grantId, draft))?.rule).toBe("orders_still_open");
  accepted(await submitProof(clerk, randomUUID(), grantId, { ...draft, kind: "interim" }));
});

test("what the authority cuts is not eligible any more, in proof, sheet and journal", async () => {
  const { clerk, grantId, lineOf } = await northRhine();
  const { invoiceId, paymentId } = await spend(clerk, grantId, lineOf("1"), "500.00");
  const proofId = await submit(clerk, grantId);
  const { figures } = await requireProof(clerk, proofId);
  const { invoiceLineId } = figures.receipts[0]!;
  const cut = { invoiceLineId, amount: euro("119.00"), reason: "Drucker" };
  const answerDraft = { answeredOn: "2023-05-02", reference: "VN 1", note: "", cuts: [cut] };
  const answer = (id: string, given: Partial<typeof answerDraft>) =>
    recordAnswer(clerk, id, proofId, { ...answerDraft, ...given });

  // prettier-ignore
  const refused: [Partial<typeof answerDraft>, string][] = [
    [{ answeredOn: "2022-12-31" }, "answer_before_proof"],
    [{ answeredOn: "2999-01-01" }, "in_the_future"],
    [{ cuts: [{ ...cut, amount: euro("500.01") }] }, "cut_beyond_receipt"],
    [{ cuts: [{ ...cut, reason: "" }] }, "cut_needs_reason"],
    [{ cuts: [{ ...cut, invoiceLineId: randomUUID() }] }, "receipt_not_in_proof"],
    [{ cuts: [cut, cut] }, "receipt_cut_twice"],
  ];
  for (const [given, rule] of refused) {
    expect((await answer(randomUUID(), given))?.rule).toBe(rule);
  }

  const answerId = randomUUID();
  accepted(await answer(answerId, {}));
  accepted(await answer(answerId, {}));
  expect((await answer(randomUUID(), {}))?.rule).toBe("proof_answered_before");
  const after = await figuresOf(clerk, grantId, "2023-12-31");
  expect(spoken(after)).toMatchObject({ spent: "381", grantDue: "342.9", own: "38.1" });
  const book = await loadAuditBook(clerk, { grantId, asOf: "2023-12-31" }, "test");
  expect(book.receipts.map(({ cut, eligible }) => [cut.toFixed(), eligible.toFixed()])).toEqual([
    ["119", "381"],
  ]);
  // As of the day before, nothing was cut.
  expect((await figuresOf(clerk, grantId, "2023-05-01")).spent.toFixed()).toBe("500");

  const reversal = { reversedOn: "2023-06-01", reason: "Irrtum" };
  for (const key of [
    { kind: "payment", id: paymentId },
    { kind: "invoice", id: invoiceId },
  ] as const) {
    expect((await reverseDocument(clerk, key, reversal))?.rule).toBe("reverse_dependents_first");
  }
  accepted(await reverseDocument(clerk, { kind: "proof_answer", id: answerId }, reversal));
  expect((await figuresOf(clerk, grantId, "2023-12-31")).spent.toFixed()).toBe("500");
  accepted(await answer(randomUUID(), { answeredOn: "2023-06-02", cuts: [] }));
  const verdicts = await verifyJournal(clerk.schoolAuthorityId);
  expect(verdicts.flatMap(({ findings }) => findings)).toEqual([]);
});

const draft = { kind: "final" as const, asOf, submittedOn: "2023-01-15", report: "Alles läuft." };

async function northRhine() {
  const { clerk } = await createOffice();
  const grant = await createGrant(
    { clerk },
    {
      programme: "nw-digitalpakt-2019",
      lines: [
        ["GS Nord", "1", "60000"],
        ["GS Süd", "2", "40000"],
      ],
      terms: { financingKind: "share", fundingRate: percent("90") },
    },
  );
  return { clerk, ...grant };
}

async function submit(clerk: User, grantId: string): Promise<string> {
  const id = randomUUID();
  accepted(await submitProof(clerk, id, grantId, draft));
  return id;
}

async function figuresOf(clerk: User, grantId: string, on = asOf) {
  return loadProofFigures(clerk, await requireGrant(clerk, grantId), on);
}

function spoken(figures: Awaited<ReturnType<typeof figuresOf>>) {
  const { planned, spent, saved, grantDue, grantSaved, own, stillToDraw, repayment } = figures;
  const amounts = { planned, spent, saved, grantDue, grantSaved, own, stillToDraw, repayment };
  return Object.fromEntries(Object.entries(amounts).map(([key, one]) => [key, one.toFixed()]));
}

import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditStateOf, cutNoted } from "#app/domain/audit-mark.ts";
import { euro } from "#app/domain/money.ts";
import {
  answerAuditQuestion,
  listAuditMarks,
  recordAuditMark,
  requireOwnMark,
  withdrawAuditMark,
} from "#app/records/audit-marks.server.ts";
import { listSamples, recordSample, requireSample } from "#app/records/audit-samples.server.ts";
import { loadAuditedReceipts } from "#app/records/audited-receipts.server.ts";
import { listChanges } from "#app/records/changes.server.ts";
import { db } from "#db/client.ts";
import { accepted, createOffice, invoiceLine, spend } from "#tests/support/factories.ts";
import { credits, figures, invoice, openCase, pay, reverse } from "#tests/support/spending-case.ts";

const everything = { grantId: null, fromYear: null, untilYear: null };

test("an auditor's cut is a note: it goes up to what is eligible, and moves no money", async () => {
  const { of, id } = await openReceipt();
  const before = await figures(of);
  const cut = (amount: string) => ({ kind: "cut", amount: euro(amount), text: "privat" }) as const;
  expect(await recordAuditMark(of.auditor, randomUUID(), id, cut("900.01"))).toEqual({
    field: "amount",
    rule: "cut_above_eligible",
    eligible: euro("900"),
  });
  accepted(await recordAuditMark(of.auditor, randomUUID(), id, cut("900.00")));
  const marks = await listAuditMarks(of.clerk, { invoiceId: id });
  expect([auditStateOf(marks), cutNoted(marks).toFixed()]).toEqual(["cut", "900"]);
  expect(await figures(of)).toBe(before);
});

test("a credit note leaves less that can be cut", async () => {
  const { of, id } = await openReceipt();
  const lines = [invoiceLine(of.lineOf("2.1"), "400")];
  await invoice(of, lines, credits(id));
  const draft = { kind: "cut", amount: euro("540.01"), text: "privat" } as const;
  expect(await recordAuditMark(of.auditor, randomUUID(), id, draft)).toMatchObject({
    eligible: euro("540"),
  });
});

test("a cash discount that was taken can't be cut", async () => {
  const of = await openCase();
  const id = await invoice(of, [invoiceLine(of.lineOf("2.1"), "1000")]);
  accepted(await pay(of, id, "970", { discount: "30" }));
  const cut = (amount: string) => ({ kind: "cut", amount: euro(amount), text: "privat" }) as const;
  expect(await recordAuditMark(of.auditor, randomUUID(), id, cut("970.01"))).toMatchObject({
    eligible: euro("970"),
  });
  accepted(await recordAuditMark(of.auditor, randomUUID(), id, cut("970")));
});

test("the officer answers a question; a mark is taken back by its author only, and stays on file", async () => {
  const { of, id } = await openReceipt();
  const [question, answer, back] = [randomUUID(), randomUUID(), randomUUID()];
  const draft = { kind: "question", amount: null, text: "Wo steht die Tafel?" } as const;
  accepted(await recordAuditMark(of.auditor, question, id, draft));
  const state = async () => auditStateOf(await listAuditMarks(of.clerk, { invoiceId: id }));
  expect(await state()).toBe("asked");
  accepted(await answerAuditQuestion(of.clerk, answer, question, "In Raum 7."));
  expect(await state()).toBe("answered");

  await expect(requireOwnMark(of.auditor, answer)).rejects.toMatchObject({ status: 404 });
  const colleague = { ...of.deputy, roles: ["auditor" as const] };
  await expect(withdrawAuditMark(colleague, back, question, "x")).rejects.toMatchObject({
    status: 404,
  });
  accepted(await withdrawAuditMark(of.auditor, back, question, "erledigt"));
  expect(await state()).toBe("none");
  expect(await withdrawAuditMark(of.auditor, randomUUID(), question, "noch einmal")).toMatchObject({
    rule: "mark_taken_back_before",
  });
  expect(await answerAuditQuestion(of.clerk, randomUUID(), question, "Nachtrag")).toMatchObject({
    rule: "question_taken_back",
  });
  const marks = await listAuditMarks(of.clerk, { invoiceId: id });
  expect(marks.map(({ kind, markedBy, text }) => `${kind} ${markedBy}: ${text}`)).toEqual([
    "question Person auditor: Wo steht die Tafel?",
    "answer Person clerk: In Raum 7.",
    "withdrawal Person auditor: erledigt",
  ]);
  const { changes } = await listChanges(of.auditor, 1);
  expect(changes.slice(0, 3).map(({ deed }) => deed)).toEqual([
    "audit_mark_withdrawn",
    "audit_question_answered",
    "receipt_marked",
  ]);
});

test("only auditors mark, only officers answer, and nobody of another authority", async () => {
  const { of, id } = await openReceipt();
  const draft = { kind: "question", amount: null, text: "Wo?" } as const;
  const question = randomUUID();
  accepted(await recordAuditMark(of.auditor, question, id, draft));
  for (const user of [of.clerk, of.board, of.administrator]) {
    await expect(recordAuditMark(user, randomUUID(), id, draft)).rejects.toMatchObject({
      status: 403,
    });
  }
  for (const user of [of.auditor, of.board, of.administrator]) {
    await expect(answerAuditQuestion(user, randomUUID(), question, "da")).rejects.toMatchObject({
      status: 403,
    });
  }
  const stranger = await createOffice();
  await expect(recordAuditMark(stranger.auditor, randomUUID(), id, draft)).rejects.toMatchObject({
    status: 404,
  });
  await expect(
    answerAuditQuestion(stranger.clerk, randomUUID(), question, "da"),
  ).rejects.toMatchObject({ status: 404 });
  expect(await listAuditMarks(stranger.clerk)).toEqual([]);
});

test("a form sent twice marks once, sent with other content it is refused, and ten at once judge once", async () => {
  const { of, id } = await openReceipt();
  const key = randomUUID();
  const draft = { kind: "question", amount: null, text: "Wo?" } as const;
  accepted(await recordAuditMark(of.auditor, key, id, draft));
  accepted(await recordAuditMark(of.auditor, key, id, draft));
  await expect(
    recordAuditMark(of.auditor, key, id, { ...draft, text: "Wer?" }),
  ).rejects.toMatchObject({ status: 409 });
  expect(await listAuditMarks(of.clerk)).toHaveLength(1);

  const judge = { kind: "accepted", amount: null, text: "" } as const;
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => recordAuditMark(of.auditor, randomUUID(), id, judge)),
  );
  expect(answers.filter((violation) => violation === undefined)).toHaveLength(1);
});

test("the database neither changes nor forgets a mark", async () => {
  const { of, id } = await openReceipt();
  const draft = { kind: "cut", amount: euro("1"), text: "privat" } as const;
  accepted(await recordAuditMark(of.auditor, randomUUID(), id, draft));
  for (const change of ["update audit_marks set amount = 2", "delete from audit_marks"]) {
    await expect(db.execute(sql.raw(change))).rejects.toThrow();
  }
  expect(await listAuditMarks(of.clerk)).toHaveLength(1);
});

test("a sample keeps its seed and population, draws the same again, and marks what it drew", async () => {
  const of = await openCase();
  for (const amount of ["100", "200.50", "300", "400"]) {
    await spend(of.clerk, of.grantId, of.lineOf("2.1"), amount);
  }
  const undone = await spend(of.clerk, of.grantId, of.lineOf("2.4"), "500");
  accepted(await reverse(of, "payment", undone.paymentId));
  accepted(await reverse(of, "invoice", undone.invoiceId));
  const id = randomUUID();
  const draft = { method: "random", size: 2, seed: 4711 } as const;
  expect(await recordSample(of.auditor, id, everything, { ...draft, size: 5 })).toMatchObject({
    rule: "sample_too_large",
    most: 4,
  });
  accepted(await recordSample(of.auditor, id, everything, draft));
  accepted(await recordSample(of.auditor, id, everything, draft));
  const drawn = (await requireSample(of.clerk, id)).chosen.map(({ id }) => id);
  expect(drawn).toHaveLength(2);

  // What is booked later does not change it.
  await spend(of.clerk, of.grantId, of.lineOf("2.1"), "600");
  const sample = await requireSample(of.clerk, id);
  expect({ ...sample, chosen: sample.chosen.map((one) => one.id) }).toMatchObject({
    ...{ seed: 4711, method: "random", count: 4, drawn: 2, isSame: true },
    chosen: drawn,
  });
  const marks = await listAuditMarks(of.clerk);
  expect(new Set(marks.map(({ kind, seed }) => `${kind} ${seed}`))).toEqual(
    new Set(["sampled 4711"]),
  );
  expect(marks.map(({ invoiceId }) => invoiceId).sort()).toEqual(drawn.toSorted());
  expect(await listSamples(of.clerk)).toHaveLength(1);
  await expect(recordSample(of.clerk, randomUUID(), everything, draft)).rejects.toMatchObject({
    status: 403,
  });
  const stranger = await createOffice();
  await expect(requireSample(stranger.auditor, id)).rejects.toMatchObject({ status: 404 });
});

test("hints come from what is booked: no file, no payment, no order above the programme's limit", async () => {
  const of = await openCase();
  const id = await invoice(of, [invoiceLine(of.lineOf("2.1"), "9000")]);
  await spend(of.clerk, of.grantId, of.lineOf("2.4"), "100.17", "2022-02-01");
  const [first, second] = await loadAuditedReceipts(of.auditor, everything);
  expect(first!.id).toBe(id);
  expect(first!.hints.map(({ rule }) => rule)).toEqual([
    "round_thousands",
    "award_above_limit",
    "not_paid",
    "missing_receipt",
  ]);
  expect(second!.hints.map(({ rule }) => rule)).toEqual(["missing_receipt"]);
  const later = await loadAuditedReceipts(of.auditor, { ...everything, fromYear: 2022 });
  expect(later.map((one) => one.id)).toEqual([second!.id]);
  const until = await loadAuditedReceipts(of.auditor, { ...everything, untilYear: 2021 });
  expect(until.map((one) => one.id)).toEqual([id]);
});

/** A receipt of 1 000 €, of which 900 are eligible. */
async function openReceipt() {
  const of = await openCase();
  const line = invoiceLine(of.lineOf("2.1"), "1000", {
    ineligibleAmount: euro("100"),
    ineligibleReason: "other",
    ineligibleNote: "Wartung",
  });
  return { of, id: await invoice(of, [line]) };
}

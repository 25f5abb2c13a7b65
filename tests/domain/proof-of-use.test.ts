import { expect, test } from "vitest";
import { euro, percent } from "#app/domain/money.ts";
import {
  type AnswerDraft,
  checkAnswer,
  checkProof,
  postingsOfProofAnswer,
  proveUse,
} from "#app/domain/proof-of-use.ts";
import { fullTerms } from "#tests/support/programme.ts";

const today = "2024-01-31";

// prettier-ignore
test.each([
  { given: {}, verdict: undefined },
  { given: { submittedOn: "2024-02-01" },                      verdict: "in_the_future" },
  { given: { asOf: "2020-04-30" },                             verdict: "proof_before_notice" },
  { given: { submittedOn: "2022-12-30" },                      verdict: "proof_before_its_day" },
  { given: {}, spent: "0",                                     verdict: "nothing_spent" },
  { given: {}, committed: "0.01",                              verdict: "orders_still_open" },
  { given: {}, withoutConcept: ["GS Nord"],                    verdict: "media_concept_missing" },
  { given: { kind: "interim" as const }, spent: "0", committed: "1", withoutConcept: ["GS Nord"], verdict: undefined },
])("a proof with $given, spent $spent, open $committed, without concept $withoutConcept: $verdict", (one) => {
  const { given, spent = "1", committed = "0", withoutConcept = [], verdict } = one;
  const draft = { kind: "final" as const, asOf: "2022-12-31", submittedOn: "2023-01-15", report: "gut", ...given };
  const context = { noticeOn: "2020-05-01", spent: euro(spent), committed: euro(committed), withoutConcept, today };
  expect(checkProof(draft, context)?.rule).toBe(verdict);
});

const cut = { invoiceLineId: "a", amount: euro("100"), reason: "Drucker" };

// prettier-ignore
test.each([
  { given: { cuts: [] }, verdict: undefined },
  { given: { cuts: [cut] }, verdict: undefined },
  { given: { answeredOn: "2023-01-14" },                         verdict: "answer_before_proof" },
  { given: { answeredOn: "2024-02-01" },                         verdict: "in_the_future" },
  { given: { cuts: [{ ...cut, amount: euro("100.01") }] },       verdict: "cut_beyond_receipt" },
  { given: { cuts: [{ ...cut, amount: euro("0") }] },            verdict: "amount_not_positive" },
  { given: { cuts: [{ ...cut, reason: "" }] },                   verdict: "cut_needs_reason" },
  { given: { cuts: [{ ...cut, invoiceLineId: "b" }] },           verdict: "receipt_not_in_proof" },
  { given: { cuts: [cut, cut] },                                 verdict: "receipt_cut_twice" },
] as { given: Partial<AnswerDraft>; verdict: string | undefined }[])(
  "an answer with $given: $verdict",
  ({ given, verdict }) => {
    const draft = { answeredOn: "2023-05-02", reference: "VN", note: "", cuts: [], ...given };
    const receipts = [{ invoiceLineId: "a", eligible: euro("100") }];
    const proof = { submittedOn: "2023-01-15", isAnswered: false, receipts };
    expect(checkAnswer(draft, proof, today)?.rule).toBe(verdict);
    expect(checkAnswer(draft, { ...proof, isAnswered: true }, today)?.rule).toBe(
      "proof_answered_before",
    );
  },
);

test("what is cut is taken off paid and invoiced alike", () => {
  const cuts = [{ budgetLineId: "2.1", amount: euro("119.00") }];
  const postings = postingsOfProofAnswer({ title: "VN", answeredOn: "2023-05-02", cuts });
  expect(postings.map(({ figure, amount }) => `${figure} ${amount}`)).toEqual([
    "paid -119",
    "invoiced -119",
  ]);
});

// 90 % of 100.000 planned: what was received beyond what is due is paid back, what is missing is drawn.
// prettier-ignore
test.each([
  { paid: "92000",  received: "90000", repaid: "0",    repayment: "7200", stillToDraw: "0" },
  { paid: "92000",  received: "90000", repaid: "7200", repayment: "0",    stillToDraw: "0" },
  { paid: "92000",  received: "50000", repaid: "0",    repayment: "0",    stillToDraw: "32800" },
  { paid: "100000", received: "90000", repaid: "0",    repayment: "0",    stillToDraw: "0" },
  { paid: "112000", received: "90000", repaid: "0",    repayment: "0",    stillToDraw: "0" },
])("$paid spent, $received received: $repayment back, $stillToDraw still to draw", ({ paid, received, repaid, repayment, stillToDraw }) => {
  const figures = proveUse({
    asOf: "2022-12-31",
    terms: { ...fullTerms, financingKind: "share", fundingRate: percent("90"), grantAmount: euro("90000"), lineTolerance: percent("20") },
    lines: [{ budgetLineId: "1", school: "GS A", code: "1", category: "Netz", approved: euro("100000"), paid: euro(paid) }],
    receipts: [],
    income: { drawn: euro(received), received: euro(received), repaid: euro(repaid) },
    notPaid: euro("0"),
  });
  expect(figures.repayment.toFixed()).toBe(repayment);
  expect(figures.stillToDraw.toFixed()).toBe(stillToDraw);
  expect(figures.lines[0]!.isBeyondTolerance).toBe(false);
});

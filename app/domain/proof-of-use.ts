/**
 * The proof of use (Verwendungsnachweis): what became of the grant. Its figures (zahlenmäßiger
 * Nachweis) are those of the journal by line, and the receipts behind them; a report in words
 * (Sachbericht) goes with them (Nr. 6 ANBest-P).
 */
import { inOrderOfPayment } from "./audit-book.ts";
import type { Day } from "./calendar.ts";
import type { Posting } from "./journal.ts";
import { larger, type Money, negated, shareOf, sum, zero } from "./money.ts";
import { cumulativeShares, grantDue, type GrantTerms } from "./terms.ts";

/** Interim (Zwischennachweis) or final. */
export const proofKinds = ["interim", "final"] as const;
export type ProofKind = (typeof proofKinds)[number];

/** A receipt that is paid, as the list of receipts has it. */
export type PaidReceipt = {
  invoiceLineId: string;
  budgetLineId: string;
  school: string;
  code: string;
  category: string;
  supplier: string;
  invoiceNumber: string;
  invoicedOn: Day;
  paidOn: Day;
  description: string;
  grossAmount: Money;
  paidAmount: Money;
  eligible: Money;
};

export type ProofReceipt = PaidReceipt & { grant: Money; own: Money };

/** One line of the cost plan: planned, paid, and the difference; negative where it was overrun. */
export type ProofLine = {
  budgetLineId: string;
  school: string;
  code: string;
  category: string;
  approved: Money;
  paid: Money;
  difference: Money;
  /** True where more was paid than the line and its tolerance allow (20 % under ANBest-P 1.2). */
  isBeyondTolerance: boolean;
};

export type ProofFigures<Paid extends PaidReceipt = PaidReceipt> = {
  asOf: Day;
  terms: Pick<
    GrantTerms,
    "financingKind" | "fundingRate" | "grantAmount" | "thirdPartyAmount" | "lineTolerance"
  >;
  lines: ProofLine[];
  receipts: (Paid & Pick<ProofReceipt, "grant" | "own">)[];
  planned: Money;
  /** Paid and eligible. */
  spent: Money;
  saved: Money;
  grantDue: Money;
  /** What of the grant is not needed: the saving, or the state's part of it. */
  grantSaved: Money;
  own: Money;
  drawn: Money;
  received: Money;
  repaid: Money;
  /** Received beyond what is due, and not repaid yet. */
  repayment: Money;
  /** Due and not drawn yet. */
  stillToDraw: Money;
  /** Ordered or invoiced and not paid: not in this proof. */
  notPaid: Money;
};

export function proveUse<Paid extends PaidReceipt>(context: {
  asOf: Day;
  terms: GrantTerms;
  lines: Omit<ProofLine, "difference" | "isBeyondTolerance">[];
  receipts: Paid[];
  income: { drawn: Money; received: Money; repaid: Money };
  notPaid: Money;
}): ProofFigures<Paid> {
  const { asOf, terms, income, notPaid } = context;
  const planned = sum(context.lines.map(({ approved }) => approved));
  const spent = sum(context.lines.map(({ paid }) => paid));
  const due = grantDue(terms, spent, planned);
  const receipts = inOrderOfPayment(context.receipts);
  const shares = cumulativeShares(
    terms,
    receipts.map(({ eligible }) => eligible),
    planned,
  );
  const { financingKind, fundingRate, grantAmount, thirdPartyAmount, lineTolerance } = terms;
  return {
    asOf,
    terms: { financingKind, fundingRate, grantAmount, thirdPartyAmount, lineTolerance },
    lines: context.lines.map((line) => ({
      ...line,
      difference: line.approved.minus(line.paid),
      isBeyondTolerance: line.paid.greaterThan(
        line.approved.plus(shareOf(line.approved, lineTolerance)),
      ),
    })),
    receipts: receipts.map((receipt, index) => ({ ...receipt, ...shares[index]! })),
    planned,
    spent,
    saved: larger(planned.minus(spent), zero),
    grantDue: due,
    grantSaved: grantAmount.minus(due),
    own: larger(spent.minus(due).minus(thirdPartyAmount), zero),
    ...income,
    repayment: larger(income.received.minus(income.repaid).minus(due), zero),
    stillToDraw: larger(due.minus(income.drawn.minus(income.repaid)), zero),
    notPaid,
  };
}

export type ProofDraft = { kind: ProofKind; asOf: Day; submittedOn: Day; report: string };

export type ProofViolation = { field: string } & (
  | { rule: "in_the_future" }
  | { rule: "proof_before_notice"; noticeOn: Day }
  | { rule: "proof_before_its_day"; asOf: Day }
  | { rule: "nothing_spent" }
  | { rule: "media_concept_missing"; school: string }
  | { rule: "orders_still_open"; committed: Money }
);

export function checkProof(
  draft: ProofDraft,
  context: {
    noticeOn: Day;
    spent: Money;
    committed: Money;
    /** Schools without concept where the programme wants it with the proof. */
    withoutConcept: string[];
    today: Day;
  },
): ProofViolation | undefined {
  if (draft.submittedOn > context.today) return { field: "submittedOn", rule: "in_the_future" };
  if (draft.asOf < context.noticeOn) {
    return { field: "asOf", rule: "proof_before_notice", noticeOn: context.noticeOn };
  }
  if (draft.submittedOn < draft.asOf) {
    return { field: "submittedOn", rule: "proof_before_its_day", asOf: draft.asOf };
  }
  if (draft.kind === "interim") return undefined;
  if (!context.spent.greaterThan(0)) return { field: "asOf", rule: "nothing_spent" };
  if (context.committed.greaterThan(0)) {
    return { field: "asOf", rule: "orders_still_open", committed: context.committed };
  }
  const [school] = context.withoutConcept;
  if (school) return { field: "asOf", rule: "media_concept_missing", school };
}

export type CutDraft = { invoiceLineId: string; amount: Money; reason: string };
export type AnswerDraft = { answeredOn: Day; reference: string; note: string; cuts: CutDraft[] };

export type AnswerViolation = { field: string } & (
  | { rule: "in_the_future" }
  | { rule: "answer_before_proof"; submittedOn: Day }
  | { rule: "proof_answered_before" }
  | { rule: "receipt_not_in_proof" }
  | { rule: "receipt_cut_twice" }
  | { rule: "amount_not_positive" }
  | { rule: "cut_beyond_receipt"; eligible: Money }
  | { rule: "cut_needs_reason" }
);

/** The authority's answer: accepted as it is, or receipts cut, each with its reason. */
export function checkAnswer(
  draft: AnswerDraft,
  proof: {
    submittedOn: Day;
    isAnswered: boolean;
    /** What of each receipt of the proof still counts, earlier cuts taken off. */
    receipts: { invoiceLineId: string; eligible: Money }[];
  },
  today: Day,
): AnswerViolation | undefined {
  if (proof.isAnswered) return { field: "answeredOn", rule: "proof_answered_before" };
  if (draft.answeredOn > today) return { field: "answeredOn", rule: "in_the_future" };
  if (draft.answeredOn < proof.submittedOn) {
    const { submittedOn } = proof;
    return { field: "answeredOn", rule: "answer_before_proof", submittedOn };
  }
  for (const [index, { invoiceLineId, amount, reason }] of draft.cuts.entries()) {
    const field = (name: string) => `cuts[${index}].${name}`;
    // A line that was paid in parts has several rows.
    const rows = proof.receipts.filter((one) => one.invoiceLineId === invoiceLineId);
    const eligible = sum(rows.map((row) => row.eligible));
    if (rows.length === 0) return { field: field("invoiceLineId"), rule: "receipt_not_in_proof" };
    if (draft.cuts.findIndex((cut) => cut.invoiceLineId === invoiceLineId) < index) {
      return { field: field("invoiceLineId"), rule: "receipt_cut_twice" };
    }
    if (!amount.greaterThan(0)) return { field: field("amount"), rule: "amount_not_positive" };
    if (amount.greaterThan(eligible)) {
      return { field: field("amount"), rule: "cut_beyond_receipt", eligible };
    }
    if (reason === "") return { field: field("reason"), rule: "cut_needs_reason" };
  }
}

export type ProofAnswerDocument = {
  title: string;
  answeredOn: Day;
  cuts: { budgetLineId: string; amount: Money }[];
};

/** What is cut is not eligible any more: it is neither invoiced nor paid on its budget line. */
export function postingsOfProofAnswer(answer: ProofAnswerDocument): Posting[] {
  const { answeredOn: bookedOn, title: text } = answer;
  return answer.cuts.flatMap(({ budgetLineId: accountId, amount }): Posting[] => [
    { accountId, figure: "paid", amount: negated(amount), bookedOn, text },
    { accountId, figure: "invoiced", amount: negated(amount), bookedOn, text },
  ]);
}

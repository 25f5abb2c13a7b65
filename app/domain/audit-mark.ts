/**
 * Marks of an audit (Prüfvermerke) on a receipt: notes of the auditor, which move no money. The books are cut
 * by the answer of the granting authority to the proof of use (`proof-of-use.ts`), never by a mark.
 */
import type { Day } from "./calendar.ts";
import { type Money, sum, zero } from "./money.ts";
import type { SampleMethod } from "./sampling.ts";

/** Drawn into a sample; accepted; cut; a question; the office's answer; a mark that takes back another. */
export const auditMarkKinds = [
  "sampled",
  "accepted",
  "cut",
  "question",
  "answer",
  "withdrawal",
] as const;
export type AuditMarkKind = (typeof auditMarkKinds)[number];

/** What an auditor enters; the others come from a sample, an answer or a withdrawal. */
export const enteredMarkKinds = ["accepted", "cut", "question"] as const;
export type EnteredMarkKind = (typeof enteredMarkKinds)[number];

export type AuditMarkDraft = {
  kind: EnteredMarkKind;
  /** What is not accepted of the receipt, in euro gross; null for other marks. */
  amount: Money | null;
  text: string;
};

export type AuditMarkViolation =
  | { field: "kind"; rule: "receipt_judged_before" }
  | { field: "kind"; rule: "reversed_receipt_is_not_judged" }
  | { field: "amount"; rule: "cut_needs_amount" }
  | { field: "amount"; rule: "cut_above_eligible"; eligible: Money }
  | { field: "amount"; rule: "amount_only_of_a_cut" }
  | { field: "text"; rule: "cut_needs_reason" }
  | { field: "text"; rule: "question_needs_text" };

export type AnsweringViolation = { field: "text"; rule: "question_taken_back" };
export type MarkWithdrawalViolation = { field: "text"; rule: "mark_taken_back_before" };

/** A mark as far as rules ask for it. */
export type AuditMark = {
  id: string;
  kind: AuditMarkKind;
  amount: Money | null;
  /** The question that an answer answers, the mark that a withdrawal takes back. */
  refersToId: string | null;
};

/** Marks of one receipt that no later one has taken back, in their order, without the withdrawals. */
export function standingMarks<Mark extends AuditMark>(marks: Mark[]): Mark[] {
  const taken = new Set(
    marks.filter(({ kind }) => kind === "withdrawal").map(({ refersToId }) => refersToId),
  );
  return marks.filter(
    ({ id, kind, refersToId }) =>
      kind !== "withdrawal" && !taken.has(id) && !(kind === "answer" && taken.has(refersToId)),
  );
}

/** How far the audit of a receipt is: an open question goes before everything else. */
export const auditStates = ["asked", "cut", "sampled", "accepted", "answered", "none"] as const;
export type AuditState = (typeof auditStates)[number];

/** The state of a receipt by its marks, all of them or those that stand. */
export function auditStateOf(marks: AuditMark[]): AuditState {
  const standing = standingMarks(marks);
  const has = (kind: AuditMarkKind) => standing.some((mark) => mark.kind === kind);
  if (openQuestions(standing).length > 0) return "asked";
  if (has("cut")) return "cut";
  if (has("accepted")) return "accepted";
  if (has("sampled")) return "sampled";
  return has("question") ? "answered" : "none";
}

/** Questions that stand and that nobody has answered. */
export function openQuestions<Mark extends AuditMark>(marks: Mark[]): Mark[] {
  const standing = standingMarks(marks);
  const answered = new Set(
    standing.filter(({ kind }) => kind === "answer").map(({ refersToId }) => refersToId),
  );
  return standing.filter(({ id, kind }) => kind === "question" && !answered.has(id));
}

/** What the auditor cut of a receipt, in euro gross: a note, no booking. */
export function cutNoted(marks: AuditMark[]): Money {
  const cuts = standingMarks(marks).filter(({ kind }) => kind === "cut");
  return sum(cuts.map(({ amount }) => amount ?? zero));
}

/**
 * The refusal of a mark. `eligible` is what the receipt has to be eligible for, in euro gross, after credit
 * notes. A receipt is accepted or cut once; the mark is taken back before another judges it.
 */
export function checkAuditMark(
  draft: AuditMarkDraft,
  receipt: { stands: boolean; eligible: Money; marks: AuditMark[] },
): AuditMarkViolation | undefined {
  const { kind, amount, text } = draft;
  if (kind === "question") {
    if (amount) return { field: "amount", rule: "amount_only_of_a_cut" };
    return text === "" ? { field: "text", rule: "question_needs_text" } : undefined;
  }
  if (!receipt.stands) return { field: "kind", rule: "reversed_receipt_is_not_judged" };
  const judged = standingMarks(receipt.marks).some(
    (one) => one.kind === "accepted" || one.kind === "cut",
  );
  if (judged) return { field: "kind", rule: "receipt_judged_before" };
  if (kind === "accepted") {
    return amount ? { field: "amount", rule: "amount_only_of_a_cut" } : undefined;
  }
  if (!amount?.greaterThan(0)) return { field: "amount", rule: "cut_needs_amount" };
  if (amount.greaterThan(receipt.eligible)) {
    return { field: "amount", rule: "cut_above_eligible", eligible: receipt.eligible };
  }
  if (text === "") return { field: "text", rule: "cut_needs_reason" };
}

/** A mark or an answer as the audit workbook shows it. */
export type AuditMarkRow = {
  place: string;
  number: string;
  supplier: string;
  invoicedOn: Day;
  grossAmount: Money;
  kind: AuditMarkKind;
  /** What the auditor would cut: a note, no booking. */
  amount: Money | null;
  text: string;
  /** False once a later mark took it back. */
  isStanding: boolean;
  markedBy: string;
  /** ISO 8601 in UTC. */
  markedAt: string;
  /** Of the sample that drew the receipt. */
  method: SampleMethod | null;
  seed: number | null;
};

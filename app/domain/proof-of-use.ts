/** The proof of use (Verwendungsnachweis): what became of the grant, line by line, receipt by receipt. */
import type { Day } from "./calendar.ts";
import type { Posting } from "./journal.ts";
import { type Money, negated } from "./money.ts";

/** Interim (Zwischennachweis) or final. */
export const proofKinds = ["interim", "final"] as const;
export type ProofKind = (typeof proofKinds)[number];

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

/** Sentences for refusals of proofs of use and of the answers to them. */
import { formatDay, formatEuro } from "./notation.ts";
import type { Sentences } from "./violations.ts";

export const proofSentences = {
  proof_before_notice: ({ noticeOn }) =>
    `Der Stand des Nachweises kann nicht vor dem Bescheid vom ${formatDay(noticeOn)} liegen.`,
  proof_before_its_day: ({ asOf }) =>
    `Ein Nachweis mit Stand ${formatDay(asOf)} kann nicht früher eingereicht sein.`,
  nothing_spent: () => "Bis zu diesem Tag ist nichts bezahlt; es gibt nichts nachzuweisen.",
  answer_before_proof: ({ submittedOn }) =>
    `Der Prüfvermerk kann nicht vor der Einreichung am ${formatDay(submittedOn)} liegen.`,
  proof_answered_before: () =>
    "Zu diesem Nachweis ist schon ein Prüfvermerk gebucht. Bitte zuerst diesen stornieren.",
  receipt_not_in_proof: () => "Dieser Beleg steht nicht in diesem Nachweis.",
  receipt_cut_twice: () => "Dieser Beleg steht schon in der Liste. Bitte zusammenfassen.",
  cut_beyond_receipt: ({ eligible }) =>
    `Von diesem Beleg zählen nur ${formatEuro(eligible)}; mehr kann nicht gekürzt werden.`,
  cut_needs_reason: () => "Bitte den Grund der Kürzung angeben.",
} satisfies Partial<Sentences>;

/** What granting authorities cut of receipts in their answers to proofs of use. */
import { and, asc, eq, lte } from "drizzle-orm";
import type { Day } from "#app/domain/calendar.ts";
import { type Money, zero } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import type { Reader } from "#db/client.ts";
import { proofAnswers, proofCuts } from "#db/schema/proofs.ts";
import { stands } from "./standing.server.ts";

export type ReceiptCut = { amount: Money; reasons: string[]; answerIds: string[] };

/** The cuts of answers that stand on a day, by the line of the invoice that they cut. */
export async function loadCuts(
  reader: Reader,
  user: User,
  asOf: Day,
): Promise<Map<string, ReceiptCut>> {
  const rows = await reader
    .select({
      invoiceLineId: proofCuts.invoiceLineId,
      answerId: proofCuts.answerId,
      amount: proofCuts.amount,
      reason: proofCuts.reason,
    })
    .from(proofCuts)
    .innerJoin(proofAnswers, eq(proofAnswers.id, proofCuts.answerId))
    .where(
      and(
        eq(proofCuts.schoolAuthorityId, user.schoolAuthorityId),
        stands(proofAnswers, asOf),
        lte(proofAnswers.answeredOn, asOf),
      ),
    )
    .orderBy(asc(proofAnswers.answeredOn), asc(proofCuts.position));
  const cuts = new Map<string, ReceiptCut>();
  for (const { invoiceLineId, answerId, amount, reason } of rows) {
    const before = cuts.get(invoiceLineId) ?? { amount: zero, reasons: [], answerIds: [] };
    cuts.set(invoiceLineId, {
      amount: before.amount.plus(amount),
      reasons: [...before.reasons, reason],
      answerIds: [...before.answerIds, answerId],
    });
  }
  return cuts;
}

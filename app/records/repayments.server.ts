/** Repayments (Rückzahlungen) of a grant to its granting authority. */
import { and, asc, eq } from "drizzle-orm";
import { today } from "#app/clock.server.ts";
import type { User } from "#app/domain/permission.ts";
import {
  checkRepayment,
  type RepaymentDraft,
  type RepaymentViolation,
} from "#app/domain/repayment.ts";
import { db, type Reader } from "#db/client.ts";
import { repayments } from "#db/schema/drawdowns.ts";
import { logChange } from "./changes.server.ts";
import { listPayouts, loadGrantBooks } from "./drawing.server.ts";
import { requireStandingGrant } from "./grants.server.ts";
import { lockBooks, post } from "./journal.server.ts";
import { stands } from "./standing.server.ts";
import { rememberSent, wasSent } from "./submissions.server.ts";

/** Repayments of a grant by their days; reversed ones are marked. */
export function listRepayments(user: User, grantId: string, reader: Reader = db) {
  return reader
    .select({
      id: repayments.id,
      repaidOn: repayments.repaidOn,
      amount: repayments.amount,
      interestAmount: repayments.interestAmount,
      reason: repayments.reason,
      stands: stands(repayments),
    })
    .from(repayments)
    .where(
      and(
        eq(repayments.schoolAuthorityId, user.schoolAuthorityId),
        eq(repayments.grantId, grantId),
      ),
    )
    .orderBy(asc(repayments.repaidOn), asc(repayments.createdAt));
}

export function recordRepayment(
  user: User,
  id: string,
  grantId: string,
  draft: RepaymentDraft,
): Promise<RepaymentViolation | undefined> {
  const { schoolAuthorityId } = user;
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "pay");
    const grant = await requireStandingGrant(user, grantId, tx);
    if (await wasSent(tx, user, id, { grantId, ...draft })) return undefined;
    const [first] = await listPayouts(tx, user, grantId);
    const { movements } = await loadGrantBooks(user, grant, tx);
    const context = { movements, firstPayoutOn: first?.receivedOn ?? null };
    const violation = checkRepayment(draft, context, today());
    if (violation) return violation;

    await tx.insert(repayments).values({ id, schoolAuthorityId, grantId, ...draft });
    const moved = await post(tx, user, { kind: "repayment", id });
    await rememberSent(tx, user, id, { grantId, ...draft });
    await logChange(tx, user, "repayment_recorded", { id, text: grant.fileNumber, moved });
  });
}

/** Drawdowns (Mittelabrufe) of a grant and their payouts (Zahlungseingänge). */
import { and, asc, eq } from "drizzle-orm";
import { today } from "#app/clock.server.ts";
import { checkDrawdown, type DrawdownDraft, type DrawdownViolation } from "#app/domain/drawdown.ts";
import { sum, zero } from "#app/domain/money.ts";
import {
  checkPayout,
  type PayoutDraft,
  type PayoutViolation,
  spendByOf,
} from "#app/domain/payout.ts";
import type { User } from "#app/domain/permission.ts";
import { termsOn } from "#app/domain/terms.ts";
import { notFound } from "#app/http.ts";
import { db, type Reader } from "#db/client.ts";
import { drawdowns, payouts } from "#db/schema/drawdowns.ts";
import { logChange } from "./changes.server.ts";
import { loadGrantBooks } from "./drawing.server.ts";
import { requireGrant, requireStandingGrant } from "./grants.server.ts";
import { lockBooks, post } from "./journal.server.ts";
import { stands } from "./standing.server.ts";
import { rememberSent, wasSent } from "./submissions.server.ts";
import { grantSeenBy } from "./seen.server.ts";

/** Drawdowns of a grant in their order, each with its payouts; reversed ones are marked. */
export async function listDrawdowns(user: User, grantId: string, reader: Reader = db) {
  const own = eq(drawdowns.schoolAuthorityId, user.schoolAuthorityId);
  const asked = await reader
    .select({
      id: drawdowns.id,
      grantId: drawdowns.grantId,
      number: drawdowns.number,
      requestedOn: drawdowns.requestedOn,
      kind: drawdowns.kind,
      amount: drawdowns.amount,
      purpose: drawdowns.purpose,
      stands: stands(drawdowns),
    })
    .from(drawdowns)
    .where(and(own, eq(drawdowns.grantId, grantId)))
    .orderBy(asc(drawdowns.number));
  const came = await reader
    .select({
      id: payouts.id,
      drawdownId: payouts.drawdownId,
      receivedOn: payouts.receivedOn,
      spendBy: payouts.spendBy,
      amount: payouts.amount,
      stands: stands(payouts),
    })
    .from(payouts)
    .innerJoin(drawdowns, eq(drawdowns.id, payouts.drawdownId))
    .where(and(own, eq(drawdowns.grantId, grantId)))
    .orderBy(asc(payouts.receivedOn), asc(payouts.createdAt));
  return asked.map((drawdown) => {
    const own = came.filter(({ drawdownId }) => drawdownId === drawdown.id);
    const standing = own.filter((payout) => payout.stands);
    const received = sum(standing.map(({ amount }) => amount));
    return {
      ...drawdown,
      // What was recorded before it was asked was for what is paid.
      kind: drawdown.kind ?? ("refund" as const),
      payouts: own,
      received,
      open: drawdown.stands ? drawdown.amount.minus(received) : zero,
    };
  });
}

export function requestDrawdown(
  user: User,
  id: string,
  grantId: string,
  draft: DrawdownDraft,
): Promise<DrawdownViolation | undefined> {
  const { schoolAuthorityId } = user;
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "record");
    const grant = await requireStandingGrant(user, grantId, tx);
    const earlier = await listDrawdowns(user, grantId, tx);
    if (await wasSent(tx, user, id, { grantId, ...draft })) return undefined;
    const violation = checkDrawdown(draft, await loadGrantBooks(user, grant, tx), today());
    if (violation) return violation;

    const number = earlier.length + 1;
    await tx.insert(drawdowns).values({ id, schoolAuthorityId, grantId, number, ...draft });
    const moved = await post(tx, user, { kind: "drawdown", id });
    const text = `Nr. ${number}, ${grant.fileNumber}`;
    await rememberSent(tx, user, id, { grantId, ...draft });
    await logChange(tx, user, "drawdown_requested", { id, text, moved });
  });
}

export function recordPayout(
  user: User,
  id: string,
  drawdownId: string,
  draft: PayoutDraft,
): Promise<PayoutViolation | undefined> {
  const { schoolAuthorityId } = user;
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "pay");
    const drawdown = await requireDrawdown(user, drawdownId, tx);
    if (await wasSent(tx, user, id, { drawdownId, ...draft })) return undefined;
    if (!drawdown.stands) notFound();
    const violation = checkPayout(draft, drawdown, today());
    if (violation) return violation;

    const { versions } = await requireGrant(user, drawdown.grantId, tx);
    const terms = termsOn(versions, draft.receivedOn);
    const spendBy = spendByOf(drawdown.kind, draft.receivedOn, terms);
    await tx.insert(payouts).values({ id, schoolAuthorityId, drawdownId, spendBy, ...draft });
    const moved = await post(tx, user, { kind: "payout", id });
    const text = `Mittelabruf Nr. ${drawdown.number}`;
    await rememberSent(tx, user, id, { drawdownId, ...draft });
    await logChange(tx, user, "payout_recorded", { id, text, moved });
  });
}

export async function requireDrawdown(user: User, drawdownId: string, reader: Reader = db) {
  const [found] = await reader
    .select({ grantId: drawdowns.grantId })
    .from(drawdowns)
    .where(
      and(
        eq(drawdowns.id, drawdownId),
        eq(drawdowns.schoolAuthorityId, user.schoolAuthorityId),
        grantSeenBy(user, drawdowns.grantId),
      ),
    );
  if (!found) notFound();
  const all = await listDrawdowns(user, found.grantId, reader);
  return all.find(({ id }) => id === drawdownId)!;
}

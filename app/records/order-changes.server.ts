/** Orders after they were placed: raised, lowered, closed. */
import { and, asc, eq, sum } from "drizzle-orm";
import { today } from "#app/clock.server.ts";
import {
  checkOrderClosure,
  type OrderClosureDraft,
  type OrderClosureViolation,
} from "#app/domain/order.ts";
import {
  checkOrderChange,
  type OrderChangeDraft,
  type OrderChangeViolation,
} from "#app/domain/order-change.ts";
import type { ClosedYearViolation } from "#app/domain/fiscal-year.ts";
import type { User } from "#app/domain/permission.ts";
import { notFound } from "#app/http.ts";
import { db, type Reader, type Transaction } from "#db/client.ts";
import {
  orderChangeLines,
  orderChanges,
  orderClosureLines,
  orderClosures,
} from "#db/schema/order-changes.ts";
import { logChange } from "./changes.server.ts";
import { refusedByYear } from "./fiscal-years.server.ts";
import { loadMeans } from "./funding.server.ts";
import { holdHead, lockBooks, post } from "./journal.server.ts";
import { lastDeedOfOrder } from "./last-deeds.server.ts";
import { requireOrder } from "./orders.server.ts";
import { stands } from "./standing.server.ts";
import { rememberSent, wasSent } from "./submissions.server.ts";
import { zero } from "#app/domain/money.ts";

/** How an order was raised and lowered, oldest first, in euro gross. */
export function listOrderChanges(user: User, orderId: string) {
  return db
    .select({
      id: orderChanges.id,
      changedOn: orderChanges.changedOn,
      reason: orderChanges.reason,
      awardReason: orderChanges.awardReason,
      overBudgetReason: orderChanges.overBudgetReason,
      stands: stands(orderChanges),
      amount: sum(orderChangeLines.change).mapWith(orderChangeLines.change),
    })
    .from(orderChanges)
    .innerJoin(orderChangeLines, eq(orderChangeLines.changeId, orderChanges.id))
    .where(
      and(
        eq(orderChanges.orderId, orderId),
        eq(orderChanges.schoolAuthorityId, user.schoolAuthorityId),
      ),
    )
    .groupBy(orderChanges.id)
    .orderBy(asc(orderChanges.changedOn), asc(orderChanges.createdAt));
}

/** Raises or lowers the lines of an order, or says which rule stands against it. */
export function changeOrder(
  user: User,
  id: string,
  orderId: string,
  draft: OrderChangeDraft,
): Promise<OrderChangeViolation | undefined> {
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "record");
    return changeOrderWithin(tx, user, id, orderId, draft);
  });
}

/** The same as part of another deed: what a contract costs has changed. */
export async function changeOrderWithin(
  tx: Transaction,
  user: User,
  id: string,
  orderId: string,
  draft: OrderChangeDraft,
  { isRecurring }: { isRecurring?: boolean } = {},
): Promise<OrderChangeViolation | undefined> {
  const { schoolAuthorityId } = user;
  await holdHead(tx, schoolAuthorityId);
  const order = await requireOrder(user, orderId, tx);
  if (await wasSent(tx, user, id, { orderId, ...draft })) return undefined;
  if (!order.stands || order.closure) notFound();
  const own = draft.lines.filter((line) => order.lines.some(({ id }) => id === line.orderLineId));
  const isEachOnce = new Set(own.map((line) => line.orderLineId)).size === draft.lines.length;
  if (!isEachOnce) notFound();
  const kind = isRecurring ? "recurring" : "order";
  const violation = checkOrderChange(
    draft,
    await changeableOrder(tx, order),
    await loadMeans(tx, user, order.funding, draft.changedOn, kind),
  );
  if (violation) return violation;

  const { lines, ...change } = draft;
  await tx.insert(orderChanges).values({ id, schoolAuthorityId, orderId, ...change });
  await tx
    .insert(orderChangeLines)
    .values(
      lines
        .filter((line) => !line.change.isZero())
        .map((line, position) => ({ ...line, schoolAuthorityId, changeId: id, position })),
    );
  const moved = await post(tx, user, { kind: "order_change", id });
  await rememberSent(tx, user, id, { orderId, ...draft });
  await logChange(tx, user, "order_changed", { id: orderId, text: order.number, moved });
}

/** The order as a change finds it. */
export async function changeableOrder(
  reader: Reader,
  order: Awaited<ReturnType<typeof requireOrder>>,
) {
  return {
    ...order,
    lastDeedOn: await lastDeedOfOrder(reader, order),
    lines: order.lines.map((line) => ({ ...line, vatRate: line.vatRate ?? zero })),
  };
}

/** Closes the order: what is still open of it is free again. */
export function closeOrder(
  user: User,
  orderId: string,
  draft: OrderClosureDraft,
): Promise<OrderClosureViolation | ClosedYearViolation | undefined> {
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "record");
    return closeOrderWithin(tx, user, orderId, draft);
  });
}

/** The same as part of another deed, such as the move into the next fiscal year. */
export async function closeOrderWithin(
  tx: Transaction,
  user: User,
  orderId: string,
  draft: OrderClosureDraft,
): Promise<OrderClosureViolation | ClosedYearViolation | undefined> {
  const { schoolAuthorityId } = user;
  await holdHead(tx, schoolAuthorityId);
  const order = await requireOrder(user, orderId, tx);
  if (!order.stands) notFound();
  const closed = await refusedByYear(tx, user, order.fiscalYear, "closedOn");
  if (closed) return closed;
  const lastDeedOn = await lastDeedOfOrder(tx, order);
  const violation = checkOrderClosure(draft, { lastDeedOn, open: order.open }, today());
  if (violation) return violation;

  const [closure] = await tx
    .insert(orderClosures)
    .values({ schoolAuthorityId, orderId, ...draft })
    .returning();
  const { id } = closure!;
  const open = order.lines.filter((line) => line.open.greaterThan(0));
  await tx.insert(orderClosureLines).values(
    open.map((line, position) => ({
      schoolAuthorityId,
      closureId: id,
      position,
      orderLineId: line.id,
      freedAmount: line.open,
    })),
  );
  const moved = await post(tx, user, { kind: "order_closure", id });
  await logChange(tx, user, "order_closed", { id: orderId, text: order.number, moved });
}

/** Documents by which money is committed, as the journal sees them. */
import { asc, eq, getTableColumns } from "drizzle-orm";
import { postingsOfOrder, postingsOfOrderClosure } from "#app/domain/order.ts";
import { postingsOfOrderChange } from "#app/domain/order-change.ts";
import type { Reader } from "#db/client.ts";
import {
  orderChangeLines,
  orderChanges,
  orderClosureLines,
  orderClosures,
} from "#db/schema/order-changes.ts";
import { orderLines, orders, suppliers } from "#db/schema/orders.ts";
import type { Loaded, Within } from "./documents.server.ts";

export async function loadOrderDocument(reader: Reader, within: Within, id: string): Loaded {
  const [order] = await reader
    .select({ ...getTableColumns(orders), supplier: suppliers.name })
    .from(orders)
    .innerJoin(suppliers, eq(suppliers.id, orders.supplierId))
    .where(within(orders, orders.id, id));
  if (!order) return undefined;
  const lines = await reader
    .select()
    .from(orderLines)
    .where(within(orderLines, orderLines.orderId, id))
    .orderBy(asc(orderLines.position));
  return {
    postings: postingsOfOrder({ ...order, lines }),
    content: [order, lines],
    bookedOn: order.orderedOn,
    title: `Auftrag ${order.number}, ${order.supplier}`,
  };
}

export async function loadOrderChangeDocument(reader: Reader, within: Within, id: string): Loaded {
  const [change] = await reader
    .select({ ...getTableColumns(orderChanges), number: orders.number })
    .from(orderChanges)
    .innerJoin(orders, eq(orders.id, orderChanges.orderId))
    .where(within(orderChanges, orderChanges.id, id));
  if (!change) return undefined;
  const lines = await reader
    .select({ ...getTableColumns(orderChangeLines), budgetLineId: orderLines.budgetLineId })
    .from(orderChangeLines)
    .innerJoin(orderLines, eq(orderLines.id, orderChangeLines.orderLineId))
    .where(within(orderChangeLines, orderChangeLines.changeId, id))
    .orderBy(asc(orderChangeLines.position));
  return {
    postings: postingsOfOrderChange({ ...change, lines }),
    content: [change, lines],
    bookedOn: change.changedOn,
    title: `Änderung des Auftrags ${change.number}`,
  };
}

export async function loadOrderClosureDocument(reader: Reader, within: Within, id: string): Loaded {
  const [closure] = await reader
    .select({ ...getTableColumns(orderClosures), number: orders.number })
    .from(orderClosures)
    .innerJoin(orders, eq(orders.id, orderClosures.orderId))
    .where(within(orderClosures, orderClosures.id, id));
  if (!closure) return undefined;
  const lines = await reader
    .select({
      ...getTableColumns(orderClosureLines),
      budgetLineId: orderLines.budgetLineId,
    })
    .from(orderClosureLines)
    .innerJoin(orderLines, eq(orderLines.id, orderClosureLines.orderLineId))
    .where(within(orderClosureLines, orderClosureLines.closureId, id))
    .orderBy(asc(orderClosureLines.position));
  return {
    postings: postingsOfOrderClosure({ ...closure, lines }),
    content: [closure, lines],
    bookedOn: closure.closedOn,
    title: `Schließung des Auftrags ${closure.number}`,
  };
}

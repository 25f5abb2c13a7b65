/** Documents by which money is committed, as the journal sees them. */
import { asc, eq, getTableColumns } from "drizzle-orm";
import { grouped } from "#app/domain/groups.ts";
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
import { byId } from "./bulk.server.ts";
import type { LoadedDocuments, Within } from "./documents.server.ts";

export async function loadOrderDocuments(
  reader: Reader,
  within: Within,
  ids: string[],
): LoadedDocuments {
  const found = await reader
    .select({ ...getTableColumns(orders), supplier: suppliers.name })
    .from(orders)
    .innerJoin(suppliers, eq(suppliers.id, orders.supplierId))
    .where(within(orders, orders.id, ids));
  const all = await reader
    .select()
    .from(orderLines)
    .where(within(orderLines, orderLines.orderId, ids))
    .orderBy(asc(orderLines.position));
  const linesOf = grouped(all, ({ orderId }) => orderId);
  return byId(found, (order) => {
    const lines = linesOf.get(order.id) ?? [];
    return {
      postings: postingsOfOrder({ ...order, lines }),
      content: [order, lines],
      bookedOn: order.orderedOn,
      title: `Auftrag ${order.number}, ${order.supplier}`,
    };
  });
}

export async function loadOrderChangeDocuments(
  reader: Reader,
  within: Within,
  ids: string[],
): LoadedDocuments {
  const found = await reader
    .select({ ...getTableColumns(orderChanges), number: orders.number })
    .from(orderChanges)
    .innerJoin(orders, eq(orders.id, orderChanges.orderId))
    .where(within(orderChanges, orderChanges.id, ids));
  const all = await reader
    .select({ ...getTableColumns(orderChangeLines), budgetLineId: orderLines.budgetLineId })
    .from(orderChangeLines)
    .innerJoin(orderLines, eq(orderLines.id, orderChangeLines.orderLineId))
    .where(within(orderChangeLines, orderChangeLines.changeId, ids))
    .orderBy(asc(orderChangeLines.position));
  const linesOf = grouped(all, ({ changeId }) => changeId);
  return byId(found, (change) => {
    const lines = linesOf.get(change.id) ?? [];
    return {
      postings: postingsOfOrderChange({ ...change, lines }),
      content: [change, lines],
      bookedOn: change.changedOn,
      title: `Änderung des Auftrags ${change.number}`,
    };
  });
}

export async function loadOrderClosureDocuments(
  reader: Reader,
  within: Within,
  ids: string[],
): LoadedDocuments {
  const found = await reader
    .select({ ...getTableColumns(orderClosures), number: orders.number })
    .from(orderClosures)
    .innerJoin(orders, eq(orders.id, orderClosures.orderId))
    .where(within(orderClosures, orderClosures.id, ids));
  const all = await reader
    .select({
      ...getTableColumns(orderClosureLines),
      budgetLineId: orderLines.budgetLineId,
    })
    .from(orderClosureLines)
    .innerJoin(orderLines, eq(orderLines.id, orderClosureLines.orderLineId))
    .where(within(orderClosureLines, orderClosureLines.closureId, ids))
    .orderBy(asc(orderClosureLines.position));
  const linesOf = grouped(all, ({ closureId }) => closureId);
  return byId(found, (closure) => {
    const lines = linesOf.get(closure.id) ?? [];
    return {
      postings: postingsOfOrderClosure({ ...closure, lines }),
      content: [closure, lines],
      bookedOn: closure.closedOn,
      title: `Schließung des Auftrags ${closure.number}`,
    };
  });
}

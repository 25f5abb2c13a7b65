/** Whether a number of an order (Auftragsnummer) is booked already: typed twice it is mostly one order. */
import { and, desc, eq } from "drizzle-orm";
import { comparable } from "#app/domain/invoice.ts";
import { sum } from "#app/domain/money.ts";
import type { EarlierOrder } from "#app/domain/order.ts";
import type { User } from "#app/domain/permission.ts";
import type { Reader } from "#db/client.ts";
import { orderLines, orders } from "#db/schema/orders.ts";
import { stands } from "./standing.server.ts";
import { findSupplier } from "./suppliers.server.ts";

/** The latest order of that number that stands, of the same supplier, on whatever grant or year; gross amounts. */
export async function findOrderOfNumber(
  reader: Reader,
  user: User,
  supplierName: string,
  number: string,
): Promise<EarlierOrder | undefined> {
  const supplier = await findSupplier(user, supplierName, reader);
  if (!supplier) return undefined;
  const rows = await reader
    .select({
      id: orders.id,
      number: orders.number,
      orderedOn: orders.orderedOn,
      amount: orderLines.grossAmount,
    })
    .from(orders)
    .innerJoin(orderLines, eq(orderLines.orderId, orders.id))
    .where(
      and(
        eq(orders.schoolAuthorityId, user.schoolAuthorityId),
        eq(orders.supplierId, supplier.id),
        stands(orders),
      ),
    )
    .orderBy(desc(orders.createdAt));
  const first = rows.find((one) => comparable(one.number) === comparable(number));
  if (!first) return undefined;
  const amounts = rows.filter(({ id }) => id === first.id).map(({ amount }) => amount);
  return { number: first.number, orderedOn: first.orderedOn, amount: sum(amounts) };
}

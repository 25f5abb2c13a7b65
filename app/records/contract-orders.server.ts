/** The orders that commit what contracts cost, and those that go on with them in later fiscal years. */
import { and, asc, eq, isNotNull, or } from "drizzle-orm";
import type { Day } from "#app/domain/calendar.ts";
import type { User } from "#app/domain/permission.ts";
import { db, type Reader } from "#db/client.ts";
import { orders } from "#db/schema/orders.ts";
import { stands } from "./standing.server.ts";

export type ContractOrder = {
  id: string;
  contractId: string;
  /** The year that pays it. */
  fiscalYear: number;
  /** The year whose cost it is: another one where the order was carried over. */
  costYear: number;
  isCarried: boolean;
  stands: boolean;
};

/**
 * The orders of contracts, oldest first, reversed ones too. An order that was carried into the next year is
 * still the contract's, by the order that it goes on with; it is no part of what the contract costs in that
 * next year.
 */
export async function listContractOrders(
  user: User,
  reader: Reader = db,
  asOf?: Day,
): Promise<ContractOrder[]> {
  const { id, contractId, fiscalYear, carriedFromId } = orders;
  const rows = await reader
    .select({ id, contractId, fiscalYear, carriedFromId, stands: stands(orders, asOf) })
    .from(orders)
    .where(
      and(
        eq(orders.schoolAuthorityId, user.schoolAuthorityId),
        or(isNotNull(contractId), isNotNull(carriedFromId)),
      ),
    )
    .orderBy(asc(orders.createdAt));
  const known = new Map(rows.map((row) => [row.id, row]));
  type Row = (typeof rows)[number];
  const first = (row: Row | undefined): Row | undefined =>
    row?.carriedFromId ? first(known.get(row.carriedFromId)) : row;
  return rows.flatMap((row) => {
    const origin = first(row);
    if (!origin?.contractId) return [];
    const { contractId, fiscalYear: costYear } = origin;
    const own = { id: row.id, fiscalYear: row.fiscalYear!, stands: row.stands };
    return { ...own, contractId, costYear: costYear!, isCarried: origin.id !== row.id };
  });
}

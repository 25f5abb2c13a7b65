/** Contracts (Verträge) with what became of them, and the values of price indexes. */
import { and, asc, desc, eq, getTableColumns, lte } from "drizzle-orm";
import type { Day } from "#app/domain/calendar.ts";
import { changeOf } from "#app/domain/contract-change.ts";
import type { User } from "#app/domain/permission.ts";
import { notFound } from "#app/http.ts";
import { db, type Reader } from "#db/client.ts";
import { schools } from "#db/schema/authorities.ts";
import { contractChanges, contracts } from "#db/schema/contracts.ts";
import { suppliers } from "#db/schema/orders.ts";
import { listIndexValues } from "./index-values.server.ts";
import { stands } from "./standing.server.ts";
import { onlyUnlimited } from "./seen.server.ts";

/**
 * The contracts of an authority, reversed ones too, each with its changes in the order of recording and
 * with what reckoning needs of it; as of a day or now.
 */
export async function listContracts(user: User, asOf?: Day, reader: Reader = db) {
  const rows = await reader
    .select({
      ...getTableColumns(contracts),
      supplier: suppliers.name,
      schoolName: schools.name,
      stands: stands(contracts, asOf),
    })
    .from(contracts)
    .leftJoin(suppliers, eq(suppliers.id, contracts.supplierId))
    .leftJoin(schools, eq(schools.id, contracts.schoolId))
    .where(
      and(
        eq(contracts.schoolAuthorityId, user.schoolAuthorityId),
        onlyUnlimited(user),
        asOf ? lte(contracts.signedOn, asOf) : undefined,
      ),
    )
    .orderBy(asc(contracts.number), desc(contracts.createdAt));
  const changes = await listContractChanges(user, asOf, reader);
  const values = await listIndexValues(user, reader);
  return rows.map((row) => {
    const own = changes.filter(({ contractId }) => contractId === row.id);
    return {
      ...row,
      documents: own,
      changes: own.filter((change) => change.stands).map(changeOf),
      indexValues: values.filter(({ indexName }) => indexName === row.indexName),
    };
  });
}

export type Contract = Awaited<ReturnType<typeof listContracts>>[number];

function listContractChanges(user: User, asOf: Day | undefined, reader: Reader) {
  return reader
    .select({ ...getTableColumns(contractChanges), stands: stands(contractChanges, asOf) })
    .from(contractChanges)
    .where(
      and(
        eq(contractChanges.schoolAuthorityId, user.schoolAuthorityId),
        asOf ? lte(contractChanges.changedOn, asOf) : undefined,
      ),
    )
    .orderBy(asc(contractChanges.createdAt));
}

export async function requireContract(user: User, contractId: string, reader: Reader = db) {
  const all = await listContracts(user, undefined, reader);
  return all.find(({ id }) => id === contractId) ?? notFound();
}

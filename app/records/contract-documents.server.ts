/** Contracts and their changes as documents: they move no money themselves, their orders do. */
import { eq, getTableColumns } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { contractChanges, contracts } from "#db/schema/contracts.ts";
import { suppliers } from "#db/schema/orders.ts";
import type { Loaded, Within } from "./documents.server.ts";

export async function loadContractDocument(reader: Reader, within: Within, id: string): Loaded {
  const [contract] = await reader
    .select({ ...getTableColumns(contracts), supplier: suppliers.name })
    .from(contracts)
    .leftJoin(suppliers, eq(suppliers.id, contracts.supplierId))
    .where(within(contracts, contracts.id, id));
  if (!contract) return undefined;
  return {
    postings: [],
    content: [contract],
    bookedOn: contract.signedOn,
    title: `Vertrag ${contract.number}, ${contract.name}`,
  };
}

export async function loadContractChangeDocument(
  reader: Reader,
  within: Within,
  id: string,
): Loaded {
  const [change] = await reader
    .select({ ...getTableColumns(contractChanges), number: contracts.number })
    .from(contractChanges)
    .innerJoin(contracts, eq(contracts.id, contractChanges.contractId))
    .where(within(contractChanges, contractChanges.id, id));
  if (!change) return undefined;
  return {
    postings: [],
    content: [change],
    bookedOn: change.changedOn,
    title: `Änderung des Vertrags ${change.number}`,
  };
}

/** Contracts (Verträge) with what became of them, and the values of price indexes. */
import { and, asc, desc, eq, getTableColumns, lte } from "drizzle-orm";
import { today } from "#app/clock.server.ts";
import type { Day } from "#app/domain/calendar.ts";
import { checkContract, type ContractDraft, type ContractViolation } from "#app/domain/contract.ts";
import { changeOf } from "#app/domain/contract-change.ts";
import type { User } from "#app/domain/permission.ts";
import { notFound } from "#app/http.ts";
import { db, type Reader, type Transaction } from "#db/client.ts";
import { schools } from "#db/schema/authorities.ts";
import { contractChanges, contracts } from "#db/schema/contracts.ts";
import { suppliers } from "#db/schema/orders.ts";
import { listAccounts } from "./accounts.server.ts";
import { listSchools } from "./authorities.server.ts";
import { logChange } from "./changes.server.ts";
import { listIndexValues } from "./index-values.server.ts";
import { lockBooks, post } from "./journal.server.ts";
import { stands } from "./standing.server.ts";
import { rememberSent, wasSent } from "./submissions.server.ts";
import { knowSupplier } from "./suppliers.server.ts";

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

/** Records the contract, or says which rule it breaks. */
export function recordContract(
  user: User,
  id: string,
  draft: ContractDraft,
): Promise<ContractViolation | undefined> {
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "record");
    if (await wasSent(tx, user, id, draft)) return undefined;
    const sameNumber = (await listContracts(user, undefined, tx)).filter(
      ({ number }) => number === draft.number,
    );
    const violation =
      checkContract(draft, today()) ??
      (await checkPlaces(tx, user, draft)) ??
      (sameNumber.some((one) => one.stands)
        ? { field: "number" as const, rule: "contract_number_taken" as const }
        : undefined);
    if (violation) return violation;

    const { supplier, ...terms } = draft;
    const supplierId = supplier === "" ? null : await knowSupplier(tx, user, supplier);
    await tx.insert(contracts).values({
      id,
      schoolAuthorityId: user.schoolAuthorityId,
      supplierId,
      // Newest first: the chain of those that replaced each other stays without a fork.
      supersedesId: sameNumber[0]?.id ?? null,
      ...terms,
    });
    await post(tx, user, { kind: "contract", id });
    await rememberSent(tx, user, id, draft);
    await logChange(tx, user, "contract_recorded", { id, text: `${draft.number} ${draft.name}` });
  });
}

/** What it names must be of the same authority: the school, and the budget line it serves. */
async function checkPlaces(
  tx: Transaction,
  user: User,
  { schoolId, servedLineId }: ContractDraft,
): Promise<ContractViolation | undefined> {
  if (schoolId !== null && !(await listSchools(user, tx)).some(({ id }) => id === schoolId)) {
    return { field: "schoolId", rule: "school_not_on_file" };
  }
  const lines = await listAccounts(user, { kind: "budget_line" }, tx);
  if (servedLineId !== null && !lines.some(({ id }) => id === servedLineId)) {
    return { field: "servedLineId", rule: "investment_not_on_file" };
  }
}

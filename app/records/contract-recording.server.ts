/** Recording of contracts (Verträge): what they cost is committed with them. */
import { today } from "#app/clock.server.ts";
import { checkContract, type ContractDraft, type ContractViolation } from "#app/domain/contract.ts";
import type { User } from "#app/domain/permission.ts";
import { db, type Transaction } from "#db/client.ts";
import { contracts } from "#db/schema/contracts.ts";
import { listAccounts } from "./accounts.server.ts";
import { listSchools } from "./authorities.server.ts";
import { logChange } from "./changes.server.ts";
import { listContracts } from "./contracts.server.ts";
import { lockBooks, post } from "./journal.server.ts";
import { postRecurring } from "./recurring-posting.server.ts";
import { rememberSent, wasSent } from "./submissions.server.ts";
import { knowSupplier } from "./suppliers.server.ts";

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
    const moved = await post(tx, user, { kind: "contract", id });
    await rememberSent(tx, user, id, draft);
    await logChange(tx, user, "contract_recorded", {
      id,
      text: `${draft.number} ${draft.name}`,
      moved,
    });
    await postRecurring(tx, user, { contractId: id });
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

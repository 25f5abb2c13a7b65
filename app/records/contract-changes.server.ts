/** Changes of contracts (Vertragsänderungen): price, end, termination. */
import { today } from "#app/clock.server.ts";
import {
  checkContractChange,
  type ContractChangeDraft,
  type ContractChangeViolation,
} from "#app/domain/contract-change.ts";
import type { User } from "#app/domain/permission.ts";
import { notFound } from "#app/http.ts";
import { db } from "#db/client.ts";
import { contractChanges } from "#db/schema/contracts.ts";
import { logChange } from "./changes.server.ts";
import { requireContract } from "./contracts.server.ts";
import { lockBooks, post } from "./journal.server.ts";
import { postRecurring } from "./recurring-posting.server.ts";
import { rememberSent, wasSent } from "./submissions.server.ts";

/** Records the change, or says which rule it breaks. A reversed contract is not found. */
export function changeContract(
  user: User,
  id: string,
  contractId: string,
  draft: ContractChangeDraft,
): Promise<ContractChangeViolation | undefined> {
  const { schoolAuthorityId } = user;
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "record");
    const contract = await requireContract(user, contractId, tx);
    if (await wasSent(tx, user, id, { contractId, ...draft })) return undefined;
    if (!contract.stands) notFound();
    const violation = checkContractChange(draft, contract, today());
    if (violation) return violation;

    // What another kind of change does not use is not kept: it would say something that does not count.
    const isPrice = draft.kind === "price";
    const usesIndex = isPrice && contract.adjustment === "index";
    await tx.insert(contractChanges).values({
      id,
      schoolAuthorityId,
      contractId,
      ...draft,
      amount: isPrice ? draft.amount : null,
      indexBase: usesIndex ? draft.indexBase : null,
    });
    const moved = await post(tx, user, { kind: "contract_change", id });
    await rememberSent(tx, user, id, { contractId, ...draft });
    const text = `${contract.number} ${contract.name}: ${draft.reason}`;
    await logChange(tx, user, "contract_changed", { id, text, moved });
    await postRecurring(tx, user, { contractId });
  });
}

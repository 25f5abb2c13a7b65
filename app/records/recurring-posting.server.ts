/**
 * Posts what contracts cost: the plan becomes commitment of its fiscal year by itself, as far as the budget
 * has it. Beyond it the authority's setting decides; a reason that it wants is given by a person.
 */
import { randomUUID } from "node:crypto";
import type { User } from "#app/domain/permission.ts";
import { checkReasons, type GivenReason, type ReasonViolation } from "#app/domain/recurring.ts";
import { db, type Reader, type Transaction } from "#db/client.ts";
import { listAccounts } from "./accounts.server.ts";
import { listContracts } from "./contracts.server.ts";
import { isYearClosed } from "./fiscal-years.server.ts";
import { lockBooks } from "./journal.server.ts";
import { changeOrderWithin } from "./order-changes.server.ts";
import { recordOrderWithin } from "./orders.server.ts";
import { listRecurring, planRecurring, type RecurringCost, yearsFrom } from "./recurring.server.ts";

/** The fiscal years that have accounts and are not closed, in their order. */
export async function listOpenYears(user: User, reader: Reader): Promise<number[]> {
  const accounts = await listAccounts(user, { kind: "appropriation" }, reader);
  const years = [...new Set(accounts.map(({ fiscalYear }) => fiscalYear!))].sort((a, b) => a - b);
  const open: number[] = [];
  for (const year of years) if (!(await isYearClosed(reader, user, year))) open.push(year);
  return open;
}

/**
 * Brings the orders of contracts to what they cost: of one contract in all open years, of all contracts in
 * one year, or of all in all. Done twice it changes nothing. What can't be posted is left, and is listed with its
 * reason by `listRecurring`: the deed that called for it is not refused for it. Answers how many were posted.
 */
export async function postRecurring(
  tx: Transaction,
  user: User,
  only: { fiscalYear?: number; contractId?: string | undefined } = {},
  reasons: GivenReason[] = [],
): Promise<number> {
  let posted = 0;
  const open = await listOpenYears(user, tx);
  const years = open.filter((year) => only.fiscalYear === undefined || year === only.fiscalYear);
  if (years.length === 0) return posted;
  const contracts = (await listContracts(user, undefined, tx)).filter(
    ({ id }) => only.contractId === undefined || id === only.contractId,
  );
  for (const contract of contracts) {
    for (const fiscalYear of yearsFrom(contract, years)) {
      const { id: contractId } = contract;
      const given = reasons.find(
        (one) => one.contractId === contractId && one.fiscalYear === fiscalYear,
      );
      const planned = await planRecurring(user, contract, fiscalYear, tx, given?.reason);
      const { deed, obstacle } = planned ?? {};
      if (!deed || obstacle) continue;
      posted++;
      if (deed.kind === "order") {
        const { draft, supersedesId } = deed;
        const origin = { isRecurring: true, contractId, supersedesId };
        await recordOrderWithin(tx, user, randomUUID(), { fiscalYear }, draft, origin);
      } else {
        const { orderId, draft } = deed;
        await changeOrderWithin(tx, user, randomUUID(), orderId, draft, { isRecurring: true });
      }
    }
  }
  return posted;
}

/**
 * The button for it, for all contracts or one: whatever was in the way may be settled since, and a reason
 * given where the budget is overrun.
 */
export function postAllRecurring(
  user: User,
  reasons: GivenReason[] = [],
  contractId?: string,
): Promise<ReasonViolation | undefined> {
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "record");
    return checkReasons(reasons, await postRecurring(tx, user, { contractId }, reasons));
  });
}

/**
 * What is not posted as it should be, in open years with accounts and in the year given. That an account is
 * missing counts from that year on: years before it were kept elsewhere.
 */
export async function listUnposted(
  user: User,
  thisYear: number,
  reader: Reader = db,
  contractId?: string,
) {
  const years = new Set([...(await listOpenYears(user, reader)), thisYear]);
  const unposted: RecurringCost[] = [];
  for (const year of [...years].sort((a, b) => a - b)) {
    const costs = await listRecurring(user, year, reader, contractId);
    unposted.push(
      ...costs.filter(
        ({ difference, obstacle }) =>
          !difference.isZero() && (obstacle?.rule !== "account_missing" || year >= thisYear),
      ),
    );
  }
  return unposted;
}

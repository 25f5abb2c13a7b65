/**
 * Rows of a joint service (IKZ) that mix what its members see with what they don't: asked by functions of the
 * database, which leave columns out and look first whether whoever asks is linked (`db/joint-shown.ts`).
 */
import { sql } from "drizzle-orm";
import type { PaymentDetails } from "#app/domain/authority.ts";
import type { JointCostKind } from "#app/domain/joint-cost.ts";
import { euro, type Money, zero } from "#app/domain/money.ts";
import type { Reader } from "#db/client.ts";

/** A part of a settlement; the keeper's account of it is not shown to members. */
export type SettledPart = {
  id: string;
  settlementId: string;
  memberId: string;
  accountId: string | null;
  position: number;
  days: number;
  amount: Money;
  planned: Money;
  paid: Money;
};

type ShareRow = Pick<SettledPart, "id" | "memberId" | "position" | "days"> &
  Record<"amount" | "planned", string> & { paid: string | null };

/** The share of every member in a settlement; what was paid of the one who looks only, of all others zero. */
export async function listSettledShares(
  reader: Reader,
  settlementId: string,
  seenBy: string,
): Promise<SettledPart[]> {
  const rows = await reader.execute<ShareRow>(sql`
    select id, member_id as "memberId", position, days, amount::text, planned::text, paid::text
    from joint_settled_shares(${settlementId})`);
  return [...rows].map(({ amount, planned, paid, ...row }) => ({
    ...row,
    settlementId,
    accountId: null,
    amount: euro(amount),
    planned: euro(planned),
    paid: row.memberId === seenBy && paid !== null ? euro(paid) : zero,
  }));
}

/** The actual costs of a plan so far, a sum for each kind. */
export async function listCostsByKind(reader: Reader, planId: string) {
  const rows = await reader.execute<{ kind: JointCostKind; amount: string }>(
    sql`select kind, amount::text from joint_costs_by_kind(${planId})`,
  );
  return [...rows].map(({ kind, amount }) => ({ kind, amount: euro(amount) }));
}

/** Where a member of the joint service pays to, and who signs its letters. */
export async function findPayee(reader: Reader, jointServiceId: string) {
  const [payee] = await reader.execute<PaymentDetails & { isExample: boolean }>(sql`
    select iban, bank_name as "bankName", signatory, is_example as "isExample"
    from joint_payee(${jointServiceId})`);
  return payee;
}

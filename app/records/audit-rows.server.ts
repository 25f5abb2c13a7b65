/** Rows of the audit workbook for the joint services. */
import { and, asc, eq, lte, sql } from "drizzle-orm";
import type { CostShareRow } from "#app/domain/audit-rows.ts";
import type { Day } from "#app/domain/calendar.ts";
import { zero } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import type { Reader } from "#db/client.ts";
import { accounts } from "#db/schema/journal.ts";
import { costSharePayments, costShares, jointServices } from "#db/schema/joint-services.ts";
import { listAccounts } from "./accounts.server.ts";
import { stands } from "./standing.server.ts";
import { listCostShares } from "./joint-services.server.ts";

/** Each member's part in each year's cost; reversed years are shown with nothing booked. */
export async function loadCostShareRows(
  reader: Reader,
  user: User,
  asOf: Day,
): Promise<CostShareRow[]> {
  const services = new Map(
    (
      await reader
        .select({ id: jointServices.id, name: jointServices.name })
        .from(jointServices)
        .where(eq(jointServices.schoolAuthorityId, user.schoolAuthorityId))
    ).map(({ id, name }) => [id, name]),
  );
  const labels = new Map(
    (await listAccounts(user, {}, reader)).map(({ id, label }) => [id, label]),
  );
  const state = await stateOn(reader, user, asOf);
  const shares = await listCostShares(user, undefined, reader);

  return shares.flatMap((share): CostShareRow[] => {
    const known = state.get(share.id);
    if (!known) return [];
    return share.parts.map((part) => ({
      standing: known.stands ? "standing" : "reversed",
      jointService: services.get(share.jointServiceId)!,
      fiscalYear: share.fiscalYear,
      number: share.number,
      demandedOn: share.demandedOn,
      allocationKey: share.allocationKey,
      total: share.amount,
      member: part.member,
      isOwn: part.isOwn,
      weight: part.weight,
      amount: part.amount,
      booked: part.isOwn && known.stands ? part.amount : zero,
      paid: part.isOwn && known.paidOn ? part.amount : zero,
      paidOn: part.isOwn ? known.paidOn : null,
      appropriation: labels.get(share.appropriationAccountId)!,
    }));
  });
}

/** Which cost shares were there on the day, which of them stood, and when each was paid. */
async function stateOn(reader: Reader, user: User, asOf: Day) {
  const rows = await reader
    .select({
      id: costShares.id,
      stands: stands(costShares, asOf),
      paidOn: costSharePayments.paidOn,
    })
    .from(costShares)
    .innerJoin(accounts, eq(accounts.id, costShares.appropriationAccountId))
    .leftJoin(
      costSharePayments,
      and(
        eq(costSharePayments.costShareId, costShares.id),
        stands(costSharePayments, asOf),
        lte(costSharePayments.paidOn, asOf),
      ),
    )
    .where(
      and(
        eq(costShares.schoolAuthorityId, user.schoolAuthorityId),
        lte(costShares.demandedOn, asOf),
      ),
    )
    .orderBy(asc(costShares.fiscalYear), sql`${costShares.createdAt}`);
  return new Map(rows.map((row) => [row.id, row]));
}

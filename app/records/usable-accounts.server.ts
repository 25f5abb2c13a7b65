/** Accounts of the municipal budget as a document of a day may charge them: without what has lapsed by then. */
import { and, eq, isNotNull, sql } from "drizzle-orm";
import type { Day } from "#app/domain/calendar.ts";
import { usableOn } from "#app/domain/carried-money.ts";
import type { Appropriated } from "#app/domain/joint-year.ts";
import type { User } from "#app/domain/permission.ts";
import { db, type Reader } from "#db/client.ts";
import { carryovers } from "#db/schema/municipal-budget.ts";
import { listAccounts } from "./accounts.server.ts";
import { requireAuthority } from "./authorities.server.ts";
import { listYearAccounts } from "./fiscal-years.server.ts";
import { stands } from "./standing.server.ts";

/** What was carried over with a last day and stands, and what its account had spent by that day. */
export async function listLimitedMoney(user: User, reader: Reader = db) {
  const rows = await reader
    .select({
      id: carryovers.id,
      accountId: carryovers.toAccountId,
      amount: carryovers.amount,
      decidedOn: carryovers.decidedOn,
      validUntil: carryovers.validUntil,
      spentByThen: sql`coalesce((
        select sum(e.amount) from entries e
        where e.account_id = ${carryovers.toAccountId} and e.figure in ('committed', 'invoiced')
          and e.booked_on <= ${carryovers.validUntil}), 0)`.mapWith(carryovers.amount),
    })
    .from(carryovers)
    .where(
      and(
        eq(carryovers.schoolAuthorityId, user.schoolAuthorityId),
        isNotNull(carryovers.validUntil),
        stands(carryovers),
      ),
    );
  return rows.map((row) => ({ ...row, validUntil: row.validUntil! }));
}

/** The accounts of a year without what had lapsed before the day of the document. */
export async function listUsableAccounts(
  user: User,
  fiscalYear: number,
  day: Day,
  reader: Reader = db,
) {
  const accounts = await listYearAccounts(user, fiscalYear, reader);
  return usableOn(accounts, await listLimitedMoney(user, reader), day);
}

/**
 * What decides whether an own share may be charged to an account on a day: the accounts of its year, and what the
 * authority has settled for recurring costs that go beyond them. Undefined where there is no such account.
 */
export async function appropriationFor(
  reader: Reader,
  user: User,
  accountId: string | undefined,
  day: Day,
): Promise<Appropriated> {
  if (!accountId) return undefined;
  const all = await listAccounts(user, { kind: "appropriation" }, reader);
  const account = all.find(({ id }) => id === accountId);
  if (!account) return undefined;
  const { overBudgetRecurring: policy } = await requireAuthority(user, reader);
  const accounts = await listUsableAccounts(user, account.fiscalYear!, day, reader);
  return { accountId, accounts, policy };
}

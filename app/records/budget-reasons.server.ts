/** Why the money of an account changed: who decided it, on which ground, and what covers it. */
import { and, eq, lte, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { BudgetReason } from "#app/domain/budget-reason.ts";
import type { Day } from "#app/domain/calendar.ts";
import type { User } from "#app/domain/permission.ts";
import { db, type Reader } from "#db/client.ts";
import { resolutions } from "#db/schema/authorities.ts";
import {
  appropriations,
  carryovers,
  extraApprovals,
  supplements,
} from "#db/schema/municipal-budget.ts";
import { listAccounts } from "./accounts.server.ts";
import { stands } from "./standing.server.ts";

type Scope = {
  /** The document of this id only. */
  documentId?: string;
  /** Documents that moved money of this account, as the one that gets it or the one that gives it. */
  accountId?: string;
  /** What was decided by this day, and whether it stood then. */
  asOf?: Day;
};

/** Every decision about money of the municipal budget, in the order of its days; reversed ones say so. */
export async function listBudgetReasons(
  user: User,
  { documentId, accountId, asOf }: Scope = {},
  reader: Reader = db,
): Promise<BudgetReason[]> {
  const accounts = await listAccounts(user, { kind: "appropriation" }, reader);
  const label = (id: string | null) => accounts.find((one) => one.id === id)?.label ?? null;
  const rows = await loadDecisions(reader, user, documentId, asOf);
  return rows
    .filter((row) => !accountId || [row.accountId, row.otherId].includes(accountId))
    .map(({ accountId, otherId, ...row }) => ({
      ...row,
      account: label(accountId)!,
      otherAccount: label(otherId),
    }))
    .sort((a, b) => (a.decidedOn < b.decidedOn ? -1 : a.decidedOn > b.decidedOn ? 1 : 0));
}

async function loadDecisions(reader: Reader, user: User, documentId?: string, asOf?: Day) {
  const resolution = alias(resolutions, "rested_on");
  const named = sql<string | null>`${resolution.number} || ' ' || ${resolution.title}`;
  const none = sql<null>`null`;
  const load = async <Kind extends BudgetReason["kind"]>(
    kind: Kind,
    table: typeof supplements | typeof extraApprovals | typeof carryovers | typeof appropriations,
    accountId: SQL,
    more: { otherId?: SQL; decision?: SQL; reason?: SQL; income?: SQL; ground?: SQL; until?: SQL },
  ) => {
    const rows = await reader
      .select({
        documentId: table.id,
        accountId: sql<string>`${accountId}`,
        otherId: sql<string | null>`${more.otherId ?? none}`,
        amount: table.amount,
        decidedOn: table.decidedOn,
        resolution: named,
        decision: sql<string>`${more.decision ?? sql`''`}`,
        reason: sql<string>`${more.reason ?? sql`''`}`,
        additionalIncome: sql<string>`${more.income ?? sql`''`}`,
        ground: sql<BudgetReason["ground"]>`${more.ground ?? none}`,
        validUntil: sql<Day | null>`${more.until ?? none}`,
        stands: stands(table, asOf),
      })
      .from(table)
      .leftJoin(resolution, eq(resolution.id, table.resolutionId))
      .where(
        and(
          eq(table.schoolAuthorityId, user.schoolAuthorityId),
          documentId ? eq(table.id, documentId) : undefined,
          asOf ? lte(table.decidedOn, asOf) : undefined,
        ),
      )
      .orderBy(table.createdAt);
    return rows.map((row) => ({ kind, ...row }));
  };
  const words = (table: typeof supplements | typeof extraApprovals | typeof carryovers) => {
    return { decision: sql`${table.decision}`, reason: sql`${table.reason}` };
  };
  return [
    ...(await load("appropriation", appropriations, sql`${appropriations.accountId}`, {})),
    ...(await load("supplement", supplements, sql`${supplements.accountId}`, words(supplements))),
    ...(await load("extra_approval", extraApprovals, sql`${extraApprovals.accountId}`, {
      ...words(extraApprovals),
      otherId: sql`${extraApprovals.coveringAccountId}`,
      income: sql`${extraApprovals.additionalIncome}`,
    })),
    ...(await load("carryover", carryovers, sql`${carryovers.fromAccountId}`, {
      ...words(carryovers),
      otherId: sql`${carryovers.toAccountId}`,
      ground: sql`${carryovers.ground}::text`,
      until: sql`${carryovers.validUntil}::text`,
    })),
  ];
}

/** What pays a document: the grant or the fiscal year, with its rules of a day and what it has left. */
import { and, eq, type SQL } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { today } from "#app/clock.server.ts";
import type { BudgetLine } from "#app/domain/budget.ts";
import type { Day } from "#app/domain/calendar.ts";
import type { Funding } from "#app/domain/funding.ts";
import { authorized } from "#app/domain/journal.ts";
import { municipalTerms, type OrderContext } from "#app/domain/order.ts";
import type { User } from "#app/domain/permission.ts";
import type { ProcurementRule } from "#app/domain/programme.ts";
import { notFound } from "#app/http.ts";
import type { Reader } from "#db/client.ts";
import { loadBudget } from "./accounts.server.ts";
import { requireAuthority } from "./authorities.server.ts";
import { isYearClosed, type listYearAccounts } from "./fiscal-years.server.ts";
import { listGrants, requireStandingGrant, spendingTerms } from "./grants.server.ts";
import { seenBy } from "./seen.server.ts";
import { listUsableAccounts } from "./usable-accounts.server.ts";

/** Rows of one funding, or of all where neither is named. */
export type OfFunding = { grantId?: string | undefined; fiscalYear?: number | undefined };

/** True for rows of that funding, as far as the user sees them. */
export function fundedBy(
  user: User,
  table: { grantId: AnyPgColumn; fiscalYear: AnyPgColumn },
  { grantId, fiscalYear }: OfFunding,
): SQL | undefined {
  return and(
    seenBy(user, table),
    grantId === undefined ? undefined : eq(table.grantId, grantId),
    fiscalYear === undefined ? undefined : eq(table.fiscalYear, fiscalYear),
  );
}

/** Everything that decides whether money may be spent on a day; read after the lock. */
export async function loadMeans(
  reader: Reader,
  user: User,
  funding: Funding,
  day: Day,
  kind: "order" | "invoice" | "recurring",
): Promise<OrderContext> {
  if (funding.fiscalYear !== undefined) {
    const { fiscalYear } = funding;
    const accounts = await listUsableAccounts(user, fiscalYear, day, reader);
    if (accounts.length === 0) notFound();
    const policy = await policyFor(reader, user, kind);
    const isClosed = await isYearClosed(reader, user, fiscalYear);
    return {
      terms: municipalTerms(fiscalYear, isClosed, { accounts, policy }),
      budget: accounts.map(asBudgetLine),
      // A contract was awarded once, for all its years.
      procurement: kind === "recurring" ? [] : await ownThresholds(reader, user),
      today: today(),
    };
  }
  const grant = await requireStandingGrant(user, funding.grantId, reader);
  return {
    terms: spendingTerms(grant, day),
    budget: await loadBudget(user, grant.id, reader),
    procurement: grant.programme.procurement,
    today: today(),
  };
}

/**
 * Thresholds (Wertgrenzen) are the Land's and hold for all purchases of the authority. They are on file
 * with the programmes of the Land: the newest grant that states some gives them, none where no grant does.
 */
export async function ownThresholds(reader: Reader, user: User): Promise<ProcurementRule[]> {
  const known = await listGrants(user, "standing", reader);
  const stated = known.map(({ programme }) => programme.procurement);
  return stated.findLast((rules) => rules.length > 0) ?? [];
}

/** What the authority has settled for documents that go beyond the municipal budget. */
async function policyFor(reader: Reader, user: User, kind: "order" | "invoice" | "recurring") {
  const authority = await requireAuthority(user, reader);
  return {
    order: authority.overBudgetOrders,
    invoice: authority.overBudgetInvoices,
    recurring: authority.overBudgetRecurring,
  }[kind];
}

type YearAccount = Awaited<ReturnType<typeof listYearAccounts>>[number];

/** An account of the municipal budget as what may be charged. */
function asBudgetLine(account: YearAccount): BudgetLine {
  const { id, committed, invoiced, paid } = account;
  const approved = authorized(account);
  return { id, schoolId: "", school: "", code: account.label, approved, committed, invoiced, paid };
}

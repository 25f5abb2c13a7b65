/** What pays a document: the grant or the fiscal year, with its rules of a day and what it has left. */
import { eq, type SQL } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { today } from "#app/clock.server.ts";
import { authorized } from "#app/domain/appropriation.ts";
import type { BudgetLine } from "#app/domain/budget.ts";
import type { Day } from "#app/domain/calendar.ts";
import type { Funding } from "#app/domain/funding.ts";
import { municipalTerms, type OrderContext } from "#app/domain/order.ts";
import type { User } from "#app/domain/permission.ts";
import { notFound } from "#app/http.ts";
import type { Reader } from "#db/client.ts";
import { listAccounts, loadBudget } from "./accounts.server.ts";
import { requireStandingGrant, spendingTerms } from "./grants.server.ts";

/** Rows of one funding, or of all where neither is named. */
export type OfFunding = { grantId?: string | undefined; fiscalYear?: number | undefined };

export function fundedBy(
  table: { grantId: AnyPgColumn; fiscalYear: AnyPgColumn },
  { grantId, fiscalYear }: OfFunding,
): SQL | undefined {
  if (grantId !== undefined) return eq(table.grantId, grantId);
  return fiscalYear === undefined ? undefined : eq(table.fiscalYear, fiscalYear);
}

/** Everything that decides whether money may be spent on a day; read after the lock. */
export async function loadMeans(
  reader: Reader,
  user: User,
  funding: Funding,
  day: Day,
  _kind: "order" | "invoice",
): Promise<OrderContext> {
  if (funding.fiscalYear !== undefined) {
    const budget = await loadYear(reader, user, funding.fiscalYear);
    if (budget.length === 0) notFound();
    const terms = municipalTerms(funding.fiscalYear, false, "stop");
    return { terms, budget, procurement: [], today: today() };
  }
  const grant = await requireStandingGrant(user, funding.grantId, reader);
  return {
    terms: spendingTerms(grant, day),
    budget: await loadBudget(user, grant.id, reader),
    procurement: grant.programme.procurement,
    today: today(),
  };
}

/** The accounts of the municipal budget of a fiscal year, as what may be charged. */
export async function loadYear(
  reader: Reader,
  user: User,
  fiscalYear: number,
): Promise<(BudgetLine & { name: string })[]> {
  const accounts = await listAccounts(user, { kind: "appropriation" }, reader);
  return accounts
    .filter((account) => account.fiscalYear === fiscalYear)
    .map((account) => ({
      id: account.id,
      schoolId: "",
      school: `Haushalt ${fiscalYear}`,
      code: `${account.product} / ${account.ledgerAccount}`,
      name: account.name,
      approved: authorized(account),
      committed: account.committed,
      invoiced: account.invoiced,
      paid: account.paid,
      cover: null,
    }));
}

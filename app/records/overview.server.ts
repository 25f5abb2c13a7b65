/** The overview (Übersicht): what the journal's balances say of an authority, in one reading. */
import { and, eq, sql } from "drizzle-orm";
import { appropriationLeft } from "#app/domain/appropriation.ts";
import { authorized } from "#app/domain/journal.ts";
import type { Day } from "#app/domain/calendar.ts";
import { leftBySchool, overviewFigures, underEnvelope } from "#app/domain/overview.ts";
import { sum } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { db } from "#db/client.ts";
import { entries } from "#db/schema/journal.ts";
import { listAccounts } from "./accounts.server.ts";
import { listSchools } from "./authorities.server.ts";
import { listEnvelopes } from "./envelopes.server.ts";
import { listGrants } from "./grants.server.ts";

export async function loadOverview(user: User) {
  const [accounts, envelopes, grants, schools] = await Promise.all([
    listAccounts(user),
    listEnvelopes(user),
    listGrants(user),
    listSchools(user),
  ]);
  const applied = await appliedByDocument(user);

  return {
    envelopes: envelopes.map((envelope) => {
      const grantIds = grants
        .filter(({ envelopeId }) => envelopeId === envelope.id)
        .map(({ id }) => id);
      return {
        id: envelope.id,
        name: envelope.programme.name,
        computedAmount: envelope.computedAmount,
        givenAmount: envelope.givenAmount,
        ...overviewFigures(underEnvelope(accounts, envelope.id, grantIds), "pot"),
      };
    }),
    grants: grants.map((grant) => ({
      id: grant.id,
      fileNumber: grant.fileNumber,
      applicationId: grant.applicationId,
      spendUntil: grant.spendUntil,
      ...overviewFigures(
        accounts.filter(({ grantId }) => grantId === grant.id),
        "income",
      ),
      applied: applied.get(grant.applicationId) ?? null,
    })),
    schools: schools.map(({ id, name }) => ({
      id,
      name,
      ...overviewFigures(
        accounts.filter(({ schoolId }) => schoolId === id),
        "pot",
      ),
    })),
    appropriations: accounts
      .filter(({ kind }) => kind === "appropriation")
      .map(({ id, fiscalYear, product, ledgerAccount, name, ...account }) => ({
        id,
        fiscalYear: fiscalYear!,
        product: product!,
        ledgerAccount: ledgerAccount!,
        name,
        appropriated: account.appropriated,
        authorized: authorized(account),
        committed: account.committed,
        invoiced: account.invoiced,
        paid: account.paid,
        available: appropriationLeft(account),
      })),
  };
}

/** Accounts of no grant, and of grants that stand: where what is left for a school is counted. */
export async function listStandingAccounts(user: User) {
  const [accounts, grants] = await Promise.all([listAccounts(user), listGrants(user)]);
  return accounts.filter(
    ({ grantId }) => grantId === null || grants.some(({ id }) => id === grantId),
  );
}

/** What is left for each school, and for all: the school board's page. */
export async function loadRemaining(user: User, today: Day) {
  const [standing, schools, envelopes] = await Promise.all([
    listStandingAccounts(user),
    listSchools(user),
    listEnvelopes(user),
  ]);
  const bySchool = leftBySchool(standing, schools, today);
  return {
    schools: bySchool,
    usable: sum(bySchool.map(({ usable }) => usable)),
    lapsed: sum(bySchool.map(({ lapsed }) => lapsed)),
    notGranted: overviewFigures(standing, "pot").notGranted,
    /** The last day of the programmes; null while there is none. */
    programmesEndOn:
      envelopes
        .map(({ programme }) => programme.term.completedBy)
        .sort()
        .at(-1) ?? null,
  };
}

/** What each application asked for, from its entries. */
async function appliedByDocument(user: User) {
  const rows = await db
    .select({
      documentId: entries.documentId,
      amount: sql`sum(${entries.amount})`.mapWith(entries.amount),
    })
    .from(entries)
    .where(
      and(eq(entries.schoolAuthorityId, user.schoolAuthorityId), eq(entries.figure, "applied")),
    )
    .groupBy(entries.documentId);
  return new Map(rows.map(({ documentId, amount }) => [documentId, amount]));
}

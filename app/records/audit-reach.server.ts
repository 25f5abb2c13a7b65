/** Which documents an audit workbook reaches: all of the authority, or those of its grants, year and limits. */
import { and, eq, type SQL, sql } from "drizzle-orm";
import { type BookScope, isWhole } from "#app/domain/audit-scope.ts";
import type { User } from "#app/domain/permission.ts";
import type { Reader } from "#db/client.ts";
import { grants } from "#db/schema/grants.ts";
import { accounts, entries } from "#db/schema/journal.ts";
import { proofsOfUse } from "#db/schema/proofs.ts";
import { isOneOf } from "./bulk.server.ts";
import type { LoadedDocument } from "./documents.server.ts";
import { grantSeenBy, seenBy } from "./seen.server.ts";

export type Reach = {
  /** True where nothing is left out. */
  isAll: boolean;
  /** Whether what an id names is in the book: a document, a grant, an account. */
  has: (id: string | null) => boolean;
  /** Whether a document is: itself, or one of which it speaks. */
  covers: (id: string, document: LoadedDocument | undefined) => boolean;
};

/** Accounts of the scope that the user sees, as a condition. */
export function inScope(user: User, { grantId, grantIds, fiscalYear }: BookScope): SQL | undefined {
  return and(
    eq(accounts.schoolAuthorityId, user.schoolAuthorityId),
    seenBy(user, accounts),
    grantId ? eq(accounts.grantId, grantId) : undefined,
    grantIds ? isOneOf(accounts.grantId, grantIds) : undefined,
    fiscalYear ? eq(accounts.fiscalYear, fiscalYear) : undefined,
  );
}

export async function loadReach(reader: Reader, user: User, scope: BookScope): Promise<Reach> {
  if (isWhole(scope) && !user.limits) {
    return { isAll: true, has: () => true, covers: () => true };
  }
  const ids = new Set([
    ...(await loadBooked(reader, user, scope)),
    ...(scope.fiscalYear ? [] : await loadGranted(reader, user, scope)),
  ]);
  const has = (id: string | null) => id !== null && ids.has(id);
  return {
    isAll: false,
    has,
    // A certification names its invoice, an answer its proof: whatever names what is here is here.
    covers: (id, document) =>
      has(id) || (JSON.stringify(document?.content ?? "").match(uuid) ?? []).some(has),
  };
}

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** Documents with an entry on an account of the scope, and the accounts. */
async function loadBooked(reader: Reader, user: User, scope: BookScope): Promise<string[]> {
  const documents = await reader
    .selectDistinct({ id: entries.documentId })
    .from(entries)
    .innerJoin(accounts, eq(accounts.id, entries.accountId))
    .where(inScope(user, scope));
  const own = await reader.select({ id: accounts.id }).from(accounts).where(inScope(user, scope));
  return [...documents, ...own].map(({ id }) => id);
}

/** Grants of the scope with their proofs, which need not move money. */
async function loadGranted(reader: Reader, user: User, { grantId, grantIds }: BookScope) {
  const own = await reader
    .select({ id: grants.id, proofId: proofsOfUse.id })
    .from(grants)
    .leftJoin(proofsOfUse, eq(proofsOfUse.grantId, sql`${grants.id}`))
    .where(
      and(
        eq(grants.schoolAuthorityId, user.schoolAuthorityId),
        grantSeenBy(user, grants.id),
        grantId ? eq(grants.id, grantId) : undefined,
        grantIds ? isOneOf(grants.id, grantIds) : undefined,
      ),
    );
  return own.flatMap(({ id, proofId }) => (proofId ? [id, proofId] : [id]));
}

/** Reversals (Stornos) in the audit workbook: what was undone, by what, and what took its place. */
import { and, asc, eq, lte, sql } from "drizzle-orm";
import type { BookedNumbers, ReversalRow } from "#app/domain/audit-sheets.ts";
import type { BookScope } from "#app/domain/audit-scope.ts";
import type { Day } from "#app/domain/calendar.ts";
import { grouped } from "#app/domain/groups.ts";
import type { DocumentKind } from "#app/domain/journal.ts";
import { sum } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import type { Reader } from "#db/client.ts";
import { changes } from "#db/schema/changes.ts";
import { accounts, entries, reversals } from "#db/schema/journal.ts";
import { users } from "#db/schema/users.ts";
import { inScope, type Reach } from "./audit-reach.server.ts";
import { isOneOf } from "./bulk.server.ts";
import { findDocuments, type LoadedDocument } from "./documents.server.ts";

/** In the order of their days; numbers and sums of the entries that the book has, up to its day. */
export async function loadReversalRows(
  reader: Reader,
  user: User,
  scope: BookScope,
  reach: Reach,
): Promise<ReversalRow[]> {
  const { schoolAuthorityId } = user;
  const all = await reader
    .select()
    .from(reversals)
    .where(
      and(
        eq(reversals.schoolAuthorityId, schoolAuthorityId),
        lte(reversals.reversedOn, scope.asOf),
      ),
    )
    .orderBy(asc(reversals.reversedOn), asc(reversals.recordedAt), asc(reversals.id));
  const keys = all.map(({ documentKind, documentId }) => ({ kind: documentKind, id: documentId }));
  const documents = await loadByKind(reader, schoolAuthorityId, keys);
  const own = all.filter(({ id, documentId }) => {
    return reach.has(id) || reach.covers(documentId, documents.get(documentId));
  });
  const booked = await loadBooked(reader, user, scope, own);
  const doers = await loadDoers(reader, user, own);
  const successors = await loadSuccessors(reader, user, own, scope.asOf);
  return own.map(({ id, documentId, ...reversal }): ReversalRow => {
    const document = documents.get(documentId)!;
    return {
      ...reversal,
      title: document.title,
      bookedOn: document.bookedOn,
      original: booked(documentId),
      reversal: booked(id),
      recordedAt: reversal.recordedAt?.toISOString() ?? null,
      recordedBy: doers.get(id) ?? doers.get(documentId) ?? "",
      replacedBy: successors.get(documentId) ?? null,
    };
  });
}

/** The entries of reversals that are in the book, of which its sheet must have each. */
export async function countReversalEntries(reader: Reader, user: User, scope: BookScope) {
  const [total] = await reader
    .select({
      count: sql<number>`count(*)::int`,
      amount: sql`coalesce(sum(${entries.amount}), 0)`.mapWith(entries.amount),
    })
    .from(entries)
    .innerJoin(accounts, eq(accounts.id, entries.accountId))
    .where(
      and(
        inScope(user, scope),
        eq(entries.documentKind, "reversal"),
        lte(entries.bookedOn, scope.asOf),
      ),
    );
  return total!;
}

type Undoing = { id: string; documentKind: DocumentKind; documentId: string };

async function loadByKind(
  reader: Reader,
  schoolAuthorityId: string,
  keys: { kind: DocumentKind; id: string }[],
): Promise<Map<string, LoadedDocument>> {
  const found = new Map<string, LoadedDocument>();
  for (const [kind, some] of grouped(keys, (key) => key.kind)) {
    const ids = some.map(({ id }) => id);
    for (const [id, document] of await findDocuments(reader, schoolAuthorityId, kind, ids)) {
      found.set(id, document);
    }
  }
  return found;
}

async function loadBooked(reader: Reader, user: User, scope: BookScope, own: Undoing[]) {
  const ids = own.flatMap(({ id, documentId }) => [id, documentId]);
  const rows = await reader
    .select({
      number: entries.number,
      documentId: entries.documentId,
      amount: entries.amount,
    })
    .from(entries)
    .innerJoin(accounts, eq(accounts.id, entries.accountId))
    .where(
      and(
        inScope(user, scope),
        isOneOf(entries.documentId, ids),
        lte(entries.bookedOn, scope.asOf),
      ),
    )
    .orderBy(asc(entries.number));
  const of = grouped(rows, ({ documentId }) => documentId);
  return (id: string): BookedNumbers => {
    const some = of.get(id) ?? [];
    return {
      numbers: some.map(({ number }) => number),
      amount: sum(some.map(({ amount }) => amount)),
      moved: sum(some.map(({ amount }) => amount.abs())),
    };
  };
}

/** Who reversed: of the entries, or of the change log where the document moved no money. */
async function loadDoers(reader: Reader, { schoolAuthorityId }: User, own: Undoing[]) {
  const ids = own.flatMap(({ id, documentId }) => [id, documentId]);
  const logged = await reader
    .select({ id: sql<string>`${changes.subjectId}`, name: users.name })
    .from(changes)
    .innerJoin(users, eq(users.id, changes.changedBy))
    .where(
      and(
        eq(changes.schoolAuthorityId, schoolAuthorityId),
        eq(changes.deed, "document_reversed"),
        isOneOf(changes.subjectId, ids),
      ),
    );
  const reversing = own.map(({ id }) => id);
  const recorded = await reader
    .selectDistinct({ id: entries.documentId, name: users.name })
    .from(entries)
    .innerJoin(users, eq(users.id, entries.recordedBy))
    .where(
      and(eq(entries.schoolAuthorityId, schoolAuthorityId), isOneOf(entries.documentId, reversing)),
    );
  return new Map([...logged, ...recorded].map(({ id, name }) => [id, name]));
}

/** Kinds of documents that may name what they replace, each with its table. */
const replacingTables: Partial<Record<DocumentKind, string>> = {
  envelope: "envelopes",
  application: "applications",
  grant: "grants",
  order: "orders",
  invoice: "invoices",
  certification: "certifications",
  payment: "payments",
  cost_share: "cost_shares",
  cost_share_payment: "cost_share_payments",
  contract: "contracts",
  asset: "assets",
  asset_disposal: "asset_disposals",
  joint_plan: "joint_plans",
  joint_settlement: "joint_settlements",
  year_closing: "year_closings",
};

/** Titles of the documents that name a reversed one as what they replace. */
async function loadSuccessors(reader: Reader, user: User, own: Undoing[], asOf: Day) {
  const { schoolAuthorityId } = user;
  const titles = new Map<string, string>();
  for (const [kind, some] of grouped(own, ({ documentKind }) => documentKind)) {
    const table = replacingTables[kind];
    if (!table) continue;
    const undone = `{${some.map(({ documentId }) => documentId).join(",")}}`;
    const rows = await reader.execute<{ id: string; replaced: string }>(sql`
      select id, supersedes_id as replaced from ${sql.identifier(table)}
      where school_authority_id = ${schoolAuthorityId}
        and supersedes_id = any(${undone}::uuid[])`);
    const ids = rows.map(({ id }) => id);
    const documents = await findDocuments(reader, schoolAuthorityId, kind, ids);
    for (const { id, replaced } of rows) {
      const successor = documents.get(id);
      if (successor && successor.bookedOn <= asOf) titles.set(replaced, successor.title);
    }
  }
  return titles;
}

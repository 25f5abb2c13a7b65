/** Imports on file, and their undoing: the reversal of all their invoices in one transaction. */
import { randomUUID } from "node:crypto";
import { and, asc, desc, eq, getTableColumns, type SQL, sql } from "drizzle-orm";
import { today } from "#app/clock.server.ts";
import { reversed } from "#app/domain/journal.ts";
import type { User } from "#app/domain/permission.ts";
import {
  accountsTouched,
  checkReversal,
  type ReversalDraft,
  type ReversalViolation,
} from "#app/domain/reversal.ts";
import { notFound } from "#app/http.ts";
import { db, type Reader, type Transaction } from "#db/client.ts";
import { imports } from "#db/schema/imports.ts";
import { invoices } from "#db/schema/invoices.ts";
import { reversals } from "#db/schema/journal.ts";
import { users } from "#db/schema/users.ts";
import { loadBalances } from "./accounts.server.ts";
import { insertAll } from "./bulk.server.ts";
import { logChange } from "./changes.server.ts";
import { loadDocuments } from "./documents.server.ts";
import { importStands } from "./imports.server.ts";
import { lockBooks, postMany } from "./journal.server.ts";
import { dependentsOfInvoices } from "./dependents.server.ts";
import { findDependents } from "./reversing.server.ts";
import { standing } from "./standing.server.ts";

/** Imports of a grant, newest first. */
export function listImports(user: User, grantId: string) {
  return selectImports(user, eq(imports.grantId, grantId), db).orderBy(desc(imports.createdAt));
}

export async function requireImport(user: User, id: string, reader: Reader = db) {
  const [found] = await selectImports(user, eq(imports.id, id), reader);
  return found ?? notFound();
}

function selectImports(user: User, which: SQL, reader: Reader) {
  return reader
    .select({
      ...getTableColumns(imports),
      recorder: users.name,
      stands: importStands,
      /** Invoices of it that stand. */
      standing: sql<number>`(select count(*) from invoices i
        where i.import_id = imports.id and ${standing(sql`i.id`)})`.mapWith(Number),
    })
    .from(imports)
    .innerJoin(users, eq(users.id, imports.recordedBy))
    .where(and(eq(imports.schoolAuthorityId, user.schoolAuthorityId), which))
    .$dynamic();
}

/** Reverses every invoice of the import that stands, or says why that cannot be. */
export function undoImport(
  user: User,
  id: string,
  draft: ReversalDraft,
): Promise<ReversalViolation | undefined> {
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "record");
    const { fileName } = await requireImport(user, id, tx);
    const ids = await listStanding(tx, user, id);
    const keys = ids.map((invoiceId) => ({ kind: "invoice" as const, id: invoiceId }));
    const documents = await loadDocuments(tx, user.schoolAuthorityId, keys);
    const reversing = documents.flatMap(({ postings }) => reversed(postings, draft.reversedOn, ""));
    const within = sql`in (select id from invoices where import_id = ${id})`;
    const violation = checkReversal(
      draft,
      {
        bookedOn:
          documents
            .map(({ bookedOn }) => bookedOn)
            .sort()
            .at(-1) ?? draft.reversedOn,
        isReversed: ids.length === 0,
        ...(await findDependents(tx, user, dependentsOfInvoices(within))),
      },
      reversing,
      accountsTouched(await loadBalances(tx, user), reversing),
      today(),
    );
    if (violation) return violation;
    await reverseAll(tx, user, ids, draft);
    await logChange(tx, user, "import_undone", { id, text: `${fileName}: ${draft.reason}` });
  });
}

async function listStanding(tx: Transaction, user: User, importId: string): Promise<string[]> {
  const rows = await tx
    .select({ id: invoices.id })
    .from(invoices)
    .where(
      and(
        eq(invoices.importId, importId),
        eq(invoices.schoolAuthorityId, user.schoolAuthorityId),
        standing(sql`invoices.id`),
      ),
    )
    .orderBy(asc(invoices.createdAt), asc(invoices.id));
  return rows.map(({ id }) => id);
}

async function reverseAll(tx: Transaction, user: User, ids: string[], draft: ReversalDraft) {
  const rows = ids.map((documentId) => ({
    id: randomUUID() as string,
    schoolAuthorityId: user.schoolAuthorityId,
    documentKind: "invoice" as const,
    documentId,
    ...draft,
  }));
  await insertAll(tx, reversals, rows);
  await postMany(
    tx,
    user,
    rows.map(({ id }) => ({ kind: "reversal", id })),
  );
}

/** How a document is reversed (storniert): what stands on it, the check, the entries turned round. */
import { and, eq, type SQL, sql } from "drizzle-orm";
import { today } from "#app/clock.server.ts";
import { type DocumentKind, documentKinds, reversed } from "#app/domain/journal.ts";
import { recordedWith, type User } from "#app/domain/permission.ts";
import {
  accountsTouched,
  checkReversal,
  type ReversalDraft,
  type ReversalViolation,
} from "#app/domain/reversal.ts";
import { notFound } from "#app/http.ts";
import { db, type Reader, type Transaction } from "#db/client.ts";
import { reversals } from "#db/schema/journal.ts";
import { loadBalances } from "./accounts.server.ts";
import { mayUndo } from "./allotments.server.ts";
import { logChange } from "./changes.server.ts";
import { dependentsOf } from "./dependents.server.ts";
import { type DocumentKey, findDocument } from "./documents.server.ts";
import { balancesWithoutNotice, listStranded } from "./notice-reversals.server.ts";
import { lockBooks, post } from "./journal.server.ts";
import { isSeen } from "./seen.server.ts";

/** The document that an address names, if it can be reversed at all. */
export async function requireDocument(
  user: User,
  kind: string | undefined,
  id: string,
  reader: Reader = db,
) {
  if (!isReversible(kind)) notFound();
  const key: DocumentKey = { kind, id };
  const document = (await findDocument(reader, user.schoolAuthorityId, key)) ?? notFound();
  if (!(await isSeen(reader, user, document))) notFound();
  const [reversal] = await reader
    .select({ id: reversals.id, reversedOn: reversals.reversedOn, reason: reversals.reason })
    .from(reversals)
    .where(
      and(eq(reversals.documentId, id), eq(reversals.schoolAuthorityId, user.schoolAuthorityId)),
    );
  return {
    ...key,
    ...document,
    reversal: reversal ?? null,
    ...(await listDependents(reader, user, key)),
  };
}

/** Reverses a document as part of another deed: a new version of an application reverses the old one. */
export async function reverseWithin(
  tx: Transaction,
  user: User,
  { kind, id }: DocumentKey,
  draft: ReversalDraft,
): Promise<ReversalViolation | undefined> {
  await lockBooks(tx, user, recordedWith[kind]);
  const document = await requireDocument(user, kind, id, tx);
  if (kind === "notice") document.dependents.push(...(await listStranded(tx, user, id)));
  const reversing = reversed(document.postings, draft.reversedOn, "");
  const violation = checkReversal(
    draft,
    { ...document, isReversed: document.reversal !== null },
    reversing,
    accountsTouched(
      kind === "notice" ? await balancesWithoutNotice(tx, user, id) : await loadBalances(tx, user),
      reversing,
    ),
    today(),
  );
  if (violation) return violation;
  if (kind === "allotment" && !(await mayUndo(tx, user, id))) {
    return { field: "reason", rule: "reversal_overspends" };
  }

  const { schoolAuthorityId } = user;
  const [reversal] = await tx
    .insert(reversals)
    .values({ schoolAuthorityId, documentKind: kind, documentId: id, ...draft })
    .returning();
  // A return for information moved no money: there is nothing to turn round.
  const moved =
    reversing.length > 0 ? await post(tx, user, { kind: "reversal", id: reversal!.id }) : [];
  const text = `${document.title}: ${draft.reason}`;
  await logChange(tx, user, "document_reversed", {
    id,
    text,
    before: { [document.title]: "gilt" },
    after: { [document.title]: "storniert" },
    moved,
  });
}

function isReversible(kind: string | undefined): kind is Exclude<DocumentKind, "reversal"> {
  return documentKinds.some((one) => one === kind) && kind !== "reversal";
}

type Dependents = { dependents: string[]; dependentsUntil: string | null };

/** Documents that stand on this one; they are reversed first, so that nothing hangs in the air. */
async function listDependents(
  reader: Reader,
  user: User,
  { kind, id }: DocumentKey,
): Promise<Dependents> {
  const query = dependentsOf[kind]?.(id);
  return query ? findDependents(reader, user, query) : { dependents: [], dependentsUntil: null };
}

/** Which of the documents that a query finds still stand, and until when the others counted. */
export async function findDependents(reader: Reader, user: User, query: SQL): Promise<Dependents> {
  const rows = await reader.execute<{ title: string; until: string | null }>(sql`
    select title, r.reversed_on::text as until
    from (${query}) as dependents left join reversals r on r.document_id = dependents.id
    where dependents.school_authority_id = ${user.schoolAuthorityId}
    order by title`);
  return {
    dependents: rows.filter(({ until }) => until === null).map(({ title }) => title),
    dependentsUntil:
      rows
        .map(({ until }) => until ?? "")
        .sort()
        .at(-1) || null,
  };
}

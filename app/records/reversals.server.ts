/** Reversals (Stornos): one way to undo, for every kind of document, and what follows from it. */
import { and, eq } from "drizzle-orm";
import { type DocumentKind, documentKinds } from "#app/domain/journal.ts";
import type { User } from "#app/domain/permission.ts";
import type { ReversalDraft, ReversalViolation } from "#app/domain/reversal.ts";
import { notFound } from "#app/http.ts";
import { db } from "#db/client.ts";
import { reversals } from "#db/schema/journal.ts";
import { type DocumentKey, findDocument } from "./documents.server.ts";
import { postRecurring } from "./recurring-posting.server.ts";
import { reverseWithin } from "./reversing.server.ts";
import { isSeen } from "./seen.server.ts";

/** Any document that an address names, a reversal too, to be read. */
export async function readDocument(user: User, kind: string | undefined, id: string) {
  const known = documentKinds.find((one) => one === kind) ?? notFound();
  const document =
    (await findDocument(db, user.schoolAuthorityId, { kind: known, id })) ?? notFound();
  return (await isSeen(db, user, document)) ? { kind: known, id, ...document } : notFound();
}

/** The reversal of a document, by the document's id; undefined while it stands. */
export async function findReversal(user: User, documentId: string) {
  const [reversal] = await db
    .select({ id: reversals.id, reversedOn: reversals.reversedOn, reason: reversals.reason })
    .from(reversals)
    .where(
      and(
        eq(reversals.documentId, documentId),
        eq(reversals.schoolAuthorityId, user.schoolAuthorityId),
      ),
    );
  return reversal;
}

/**
 * What contracts stand on: the contracts, and what gives their accounts money, takes it, or keeps their year
 * closed. Without it more or less can be committed than before.
 */
const groundsOfContracts: DocumentKind[] = [
  "contract",
  "contract_change",
  "appropriation",
  "supplement",
  "extra_approval",
  "carryover",
  "year_closing",
];

/** Reverses a document; what contracts cost is committed anew as far as the budget now has it. */
export function reverseDocument(
  user: User,
  document: DocumentKey,
  draft: ReversalDraft,
): Promise<ReversalViolation | undefined> {
  return db.transaction(async (tx) => {
    const violation = await reverseWithin(tx, user, document, draft);
    if (violation) return violation;
    if (groundsOfContracts.includes(document.kind)) await postRecurring(tx, user);
  });
}

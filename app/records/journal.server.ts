/** The journal (Journal): the one door through which money moves, and the way back to its entries. */
import { createHash } from "node:crypto";
import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { now } from "#app/clock.server.ts";
import { type Figure, figures, idleKinds, type Posting } from "#app/domain/journal.ts";
import { type Money, sum } from "#app/domain/money.ts";
import { mayUser, type Permission, type User } from "#app/domain/permission.ts";
import { forbidden } from "#app/http.ts";
import type { Transaction } from "#db/client.ts";
import { balances } from "#db/schema/balances.ts";
import { accounts, entries, journalHeads, reversals } from "#db/schema/journal.ts";
import { insertAll, isOneOf } from "./bulk.server.ts";
import { type DocumentKey, documentHash, loadDocuments } from "./documents.server.ts";

/**
 * Holds the books of the user's authority until the transaction ends, so that two clerks can't spend
 * the same euro. It is the head of the journal that is locked: whoever writes needs it anyway, and
 * with one lock for all writes nobody waits for each other in a circle.
 */
export async function lockBooks(tx: Transaction, user: User, permission: Permission) {
  if (!mayUser(user, permission)) forbidden();
  return holdHead(tx, user.schoolAuthorityId);
}

/** What a posting did to a figure of an account, in euro. */
export type Movement = { accountId: string; figure: Figure; before: Money; after: Money };

/**
 * Enters what the document did to the money: appends its entries, seals them, moves the balances.
 * The postings are read from the stored document, so that entries always follow from it.
 */
export function post(tx: Transaction, user: User, document: DocumentKey): Promise<Movement[]> {
  return postMany(tx, user, [document]);
}

/** The same for many documents in one breath, in their order. Gives what they moved together. */
export async function postMany(
  tx: Transaction,
  user: User,
  documents: DocumentKey[],
): Promise<Movement[]> {
  const { schoolAuthorityId } = user;
  const head = await holdHead(tx, schoolAuthorityId);
  const loaded = await loadDocuments(tx, schoolAuthorityId, documents);
  const moved = loaded.flatMap(({ postings }) => postings);
  const kinds = await kindsOf(tx, schoolAuthorityId, moved);
  const undone = await entriesUndoneBy(tx, documents);

  const recordedAt = now();
  let { number, hash } = head;
  const appended: (typeof entries.$inferInsert)[] = [];
  for (const [place, document] of documents.entries()) {
    const { postings, content } = loaded[place]!;
    if (postings.length === 0 && !idleKinds.includes(document.kind)) {
      throw new Error(`a ${document.kind} without entries`);
    }
    const contentHash = documentHash(content);
    for (const [index, posting] of postings.entries()) {
      const entry = {
        schoolAuthorityId,
        number: ++number,
        accountId: posting.accountId,
        accountKind: kinds.get(posting.accountId)!,
        figure: posting.figure,
        amount: posting.amount,
        bookedOn: posting.bookedOn,
        recordedAt,
        recordedBy: user.id,
        documentKind: document.kind,
        documentId: document.id,
        documentHash: contentHash,
        text: posting.text,
        reversesNumber: undone.get(document.id)?.[index] ?? null,
        previousHash: hash,
      };
      hash = entryHash(entry);
      appended.push({ ...entry, hash });
    }
  }
  if (appended.length === 0) return [];

  await insertAll(tx, entries, appended);
  await tx
    .update(journalHeads)
    .set({ number, hash })
    .where(eq(journalHeads.schoolAuthorityId, schoolAuthorityId));
  return moveBalances(tx, moved);
}

type SealedEntry = Omit<typeof entries.$inferSelect, "hash">;

/** The seal of an entry: SHA-256 over all its fields and the seal of the entry before it. */
export function entryHash(entry: SealedEntry): string {
  const fields = [
    entry.schoolAuthorityId,
    entry.number,
    entry.accountId,
    entry.accountKind,
    entry.figure,
    entry.amount.toFixed(2),
    entry.bookedOn,
    entry.recordedAt.toISOString(),
    entry.recordedBy,
    entry.documentKind,
    entry.documentId,
    entry.documentHash,
    entry.text,
    entry.reversesNumber,
    entry.previousHash,
  ];
  return createHash("sha256").update(JSON.stringify(fields)).digest("hex");
}

type NewAccount = Omit<typeof accounts.$inferInsert, "id">;

/** Opens an account with empty balances, or finds it where it is open already. */
export async function openAccount(tx: Transaction, account: NewAccount): Promise<string> {
  const [opened] = await tx
    .insert(accounts)
    .values(account)
    .onConflictDoNothing()
    .returning({ id: accounts.id });
  if (opened) {
    const { schoolAuthorityId } = account;
    await tx.insert(balances).values({ accountId: opened.id, schoolAuthorityId });
    return opened.id;
  }
  const [found] = await tx
    .select({ id: accounts.id })
    .from(accounts)
    .where(
      and(
        ...Object.entries({ ...noName, ...account }).map(([column, value]) =>
          column === "name" || column === "budgetPart"
            ? undefined
            : sql`${accounts[column as keyof NewAccount]} is not distinct from ${value}`,
        ),
      ),
    );
  return found!.id;
}

/** What an account may be named by: absent means null, as the unique constraint counts it. */
const noName = {
  envelopeId: null,
  potKind: null,
  grantId: null,
  schoolId: null,
  code: null,
  fiscalYear: null,
  product: null,
  ledgerAccount: null,
  costCentre: null,
  budget: null,
  memberId: null,
};

/** Takes the head until the transaction ends and, once in it, notes the moment (`book_moments`). */
export async function holdHead(tx: Transaction, schoolAuthorityId: string) {
  const [head] = await tx.execute<{ number: string; hash: string }>(
    sql`select number, hash from hold_books(${schoolAuthorityId}) where number is not null`,
  );
  if (!head) throw new Error("an authority without journal");
  return { number: Number(head.number), hash: head.hash };
}

async function kindsOf(tx: Transaction, schoolAuthorityId: string, postings: Posting[]) {
  const ids = [...new Set(postings.map(({ accountId }) => accountId))];
  const found = await tx
    .select({ id: accounts.id, kind: accounts.kind })
    .from(accounts)
    .where(and(eq(accounts.schoolAuthorityId, schoolAuthorityId), inArray(accounts.id, ids)));
  if (found.length < ids.length) throw new Error("a posting on an account of nobody");
  return new Map(found.map(({ id, kind }) => [id, kind]));
}

/** The entries that each reversal undoes, in the order in which it undoes them. */
async function entriesUndoneBy(tx: Transaction, documents: DocumentKey[]) {
  const ids = documents.filter(({ kind }) => kind === "reversal").map(({ id }) => id);
  if (ids.length === 0) return new Map<string, number[]>();
  const rows = await tx
    .select({ reversalId: reversals.id, number: entries.number })
    .from(entries)
    .innerJoin(reversals, eq(reversals.documentId, entries.documentId))
    .where(isOneOf(reversals.id, ids))
    .orderBy(asc(entries.number));
  const numbers = new Map<string, number[]>();
  for (const { reversalId, number } of rows) {
    numbers.set(reversalId, [...(numbers.get(reversalId) ?? []), number]);
  }
  return numbers;
}

/** One statement for each account: figures that belong together never stand apart for a moment. */
async function moveBalances(tx: Transaction, postings: Posting[]): Promise<Movement[]> {
  const movements: Movement[] = [];
  for (const accountId of new Set(postings.map((one) => one.accountId))) {
    const moved = postings.filter((one) => one.accountId === accountId);
    const changes = figures.flatMap((figure) => {
      const amounts = moved.filter((one) => one.figure === figure).map((one) => one.amount);
      return amounts.length === 0 ? [] : [[figure, sum(amounts)] as const];
    });
    const [balance] = await tx
      .update(balances)
      .set(Object.fromEntries(changes.map(([figure, by]) => [figure, plus(figure, by)])))
      .where(eq(balances.accountId, accountId))
      .returning();
    for (const [figure, by] of changes) {
      const after = balance![figure];
      movements.push({ accountId, figure, before: after.minus(by), after });
    }
  }
  return movements;
}

function plus(figure: (typeof figures)[number], amount: Money) {
  return sql`${balances[figure]} + ${amount.toFixed(2)}::numeric`;
}

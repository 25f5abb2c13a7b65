/** The journal (Journal): the one door through which money moves, and the way back to its entries. */
import { createHash } from "node:crypto";
import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { now } from "#app/clock.server.ts";
import { figures, idleKinds, type Posting } from "#app/domain/journal.ts";
import { type Money, sum } from "#app/domain/money.ts";
import { may, type Permission, type User } from "#app/domain/permission.ts";
import { forbidden } from "#app/http.ts";
import type { Transaction } from "#db/client.ts";
import { accounts, balances, entries, journalHeads } from "#db/schema/journal.ts";
import { type DocumentKey, documentHash, loadDocument } from "./documents.server.ts";

/**
 * Holds the books of the user's authority until the transaction ends, so that two clerks can't spend
 * the same euro. It is the head of the journal that is locked: whoever writes needs it anyway, and
 * with one lock for all writes nobody waits for each other in a circle.
 */
export async function lockBooks(tx: Transaction, user: User, permission: Permission) {
  if (!may(user.role, permission)) forbidden();
  return holdHead(tx, user.schoolAuthorityId);
}

/**
 * Enters what the document did to the money: appends its entries, seals them, moves the balances.
 * The postings are read from the stored document, so that entries always follow from it.
 */
export async function post(tx: Transaction, user: User, document: DocumentKey) {
  const { schoolAuthorityId } = user;
  const head = await holdHead(tx, schoolAuthorityId);
  const { postings, content } = await loadDocument(tx, schoolAuthorityId, document);
  const kinds = await kindsOf(tx, schoolAuthorityId, postings);
  const undone = document.kind === "reversal" ? await entriesUndoneBy(tx, document.id) : [];

  const recordedAt = now();
  let { number, hash } = head;
  const appended = postings.map((posting, index) => {
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
      documentHash: documentHash(content),
      text: posting.text,
      reversesNumber: undone[index]?.number ?? null,
      previousHash: hash,
    };
    hash = entryHash(entry);
    return { ...entry, hash };
  });
  if (appended.length === 0) {
    if (idleKinds.includes(document.kind)) return;
    throw new Error(`a ${document.kind} without entries`);
  }

  await tx.insert(entries).values(appended);
  await tx
    .update(journalHeads)
    .set({ number, hash })
    .where(eq(journalHeads.schoolAuthorityId, schoolAuthorityId));
  await moveBalances(tx, postings);
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
          column === "name"
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
};

async function holdHead(tx: Transaction, schoolAuthorityId: string) {
  const [head] = await tx
    .select()
    .from(journalHeads)
    .where(eq(journalHeads.schoolAuthorityId, schoolAuthorityId))
    .for("update");
  if (!head) throw new Error("an authority without journal");
  return head;
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

/** The entries that a reversal undoes, in the order in which it undoes them. */
async function entriesUndoneBy(tx: Transaction, reversalId: string) {
  return tx
    .select({ number: entries.number })
    .from(entries)
    .where(
      sql`${entries.documentId} = (select document_id from reversals where id = ${reversalId})`,
    )
    .orderBy(asc(entries.number));
}

/** One statement for each account: figures that belong together never stand apart for a moment. */
async function moveBalances(tx: Transaction, postings: Posting[]) {
  for (const accountId of new Set(postings.map((one) => one.accountId))) {
    const moved = postings.filter((one) => one.accountId === accountId);
    const changes = figures.flatMap((figure) => {
      const amounts = moved.filter((one) => one.figure === figure).map((one) => one.amount);
      return amounts.length === 0 ? [] : [[figure, plus(figure, sum(amounts))] as const];
    });
    await tx
      .update(balances)
      .set(Object.fromEntries(changes))
      .where(eq(balances.accountId, accountId));
  }
}

function plus(figure: (typeof figures)[number], amount: Money) {
  return sql`${balances[figure]} + ${amount.toFixed(2)}::numeric`;
}

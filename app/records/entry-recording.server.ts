/** Records the invoices of a table: all of them in one transaction, or none. */
import { randomUUID } from "node:crypto";
import { setImmediate as breathe } from "node:timers/promises";
import type { Entry, EntryProblem } from "#app/domain/entry.ts";
import { type BooksBefore, inTurn, recordedKey } from "#app/domain/entry-check.ts";
import { type BookedLine, comparable } from "#app/domain/invoice.ts";
import type { Money } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { db, type Transaction } from "#db/client.ts";
import { invoiceLines, invoices } from "#db/schema/invoices.ts";
import { suppliers } from "#db/schema/orders.ts";
import { insertAll } from "./bulk.server.ts";
import { logChange } from "./changes.server.ts";
import { loadBooksBefore } from "./entry-books.server.ts";
import { requireStandingGrant } from "./grants.server.ts";
import { headOf, lineRows } from "./invoice-recording.server.ts";
import { lockBooks, postMany } from "./journal.server.ts";
import { rememberSent, wasSent } from "./submissions.server.ts";

type Accepted = { entry: Entry; lines: BookedLine[] };

/** Tells how far a long recording is, as a share from 0 to 1. */
export type OnProgress = (share: number) => void;

/** What is wrong with the invoices as the books are now, and what each row leaves of its line. */
export async function checkEntries(user: User, grantId: string, entries: Entry[]) {
  const grant = await requireStandingGrant(user, grantId, db);
  return checkInTurn(entries, await loadBooksBefore(user, grant, entries, db));
}

/** Records what was typed or pasted; the problems where there are any, and then nothing is recorded. */
export function recordEntries(
  user: User,
  id: string,
  grantId: string,
  entries: Entry[],
): Promise<EntryProblem[]> {
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "record");
    if (await wasSent(tx, user, id, { grantId, entries })) return [];
    const problems = await recordEntriesWithin(tx, user, grantId, entries);
    if (problems.length > 0) return problems;
    await rememberSent(tx, user, id, { grantId, entries });
    const text = entries.length === 1 ? "1 Rechnung" : `${entries.length} Rechnungen`;
    await logChange(tx, user, "invoices_entered", { id: grantId, text });
    return [];
  });
}

/** The same as part of an import, whose id the invoices then bear. */
export async function recordEntriesWithin(
  tx: Transaction,
  user: User,
  grantId: string,
  entries: Entry[],
  {
    importId = null,
    onProgress = () => {},
  }: { importId?: string | null; onProgress?: OnProgress } = {},
): Promise<EntryProblem[]> {
  const grant = await requireStandingGrant(user, grantId, tx);
  const books = await loadBooksBefore(user, grant, entries, tx);
  const { accepted, problems } = await checkInTurn(entries, books, (share) => {
    onProgress(share * 0.4);
  });
  if (problems.length > 0) return problems;

  const supplierIds = await knowSuppliers(tx, user, books.supplierIds, entries);
  // Some at a time: what was written is let go before the next are built.
  for (let from = 0; from < accepted.length; from += writtenAtOnce) {
    const some = accepted.slice(from, from + writtenAtOnce);
    await write(tx, user, some, { grantId, importId, supplierIds, reversed: books.reversed });
    onProgress(0.4 + (0.6 * (from + some.length)) / accepted.length);
  }
  return [];
}

const writtenAtOnce = 1_000;

/** Invoices, their lines and their entries in the journal. */
async function write(
  tx: Transaction,
  user: User,
  accepted: Accepted[],
  place: {
    grantId: string;
    importId: string | null;
    supplierIds: Map<string, string>;
    reversed: Map<string, string>;
  },
) {
  const { schoolAuthorityId } = user;
  const { grantId, importId } = place;
  const rows = accepted.map(({ entry: { draft } }) => {
    const supplierId = place.supplierIds.get(comparable(draft.supplier))!;
    const numberKey = comparable(draft.number);
    return {
      ...headOf(draft),
      id: randomUUID() as string,
      schoolAuthorityId,
      grantId,
      supplierId,
      numberKey,
      supersedesId: place.reversed.get(recordedKey(supplierId, numberKey)) ?? null,
      importId,
    };
  });
  await insertAll(tx, invoices, rows);
  const lines = accepted.flatMap(({ lines }, index) => {
    return lineRows(lines, { schoolAuthorityId, grantId, invoiceId: rows[index]!.id });
  });
  await insertAll(tx, invoiceLines, lines);
  await postMany(
    tx,
    user,
    rows.map(({ id }) => ({ kind: "invoice", id })),
  );
}

async function checkInTurn(
  entries: Entry[],
  books: BooksBefore,
  onProgress: OnProgress = () => {},
) {
  const turn = inTurn(books);
  const accepted: Accepted[] = [];
  const problems: EntryProblem[] = [];
  const left = new Map<number, Money>();
  for (const [index, entry] of entries.entries()) {
    // The service answers others meanwhile.
    if (index % entriesAtOnce === entriesAtOnce - 1) {
      onProgress(index / entries.length);
      await breathe();
    }
    const checked = turn.check(entry);
    if ("problem" in checked) problems.push(checked.problem);
    else accepted.push({ entry, lines: checked.lines });
    for (const [place, row] of entry.rows.entries()) {
      const amount = turn.left(entry.draft.lines[place]!.budgetLineId);
      if (amount) left.set(row, amount);
    }
  }
  return { accepted, problems, left };
}

const entriesAtOnce = 100;

/** Suppliers by their comparable names; new ones are put on file. */
async function knowSuppliers(
  tx: Transaction,
  { schoolAuthorityId }: User,
  known: Map<string, string>,
  entries: Entry[],
): Promise<Map<string, string>> {
  const added = new Map<string, typeof suppliers.$inferInsert & { id: string }>();
  for (const { draft } of entries) {
    const nameKey = comparable(draft.supplier);
    if (known.has(nameKey) || added.has(nameKey)) continue;
    added.set(nameKey, { id: randomUUID(), schoolAuthorityId, name: draft.supplier, nameKey });
  }
  await insertAll(tx, suppliers, [...added.values()]);
  return new Map([...known, ...[...added].map(([key, { id }]) => [key, id] as const)]);
}

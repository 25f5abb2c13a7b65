/**
 * Whether a transaction is open in the work that is under way. Whoever asks the pool meanwhile needs a second
 * connection before it gives its first one back: ten at once who do so wait for each other forever.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { isInUse } from "#app/env.server.ts";

type Open = { isOpen: boolean; isBeside?: boolean };

/** Kept on `globalThis`: this file is loaded more than once, and all copies shall know it. */
const shared = globalThis as { paktbuchTransactions?: AsyncLocalStorage<Open | undefined> };
const transactions = (shared.paktbuchTransactions ??= new AsyncLocalStorage());

/** Runs what is done in a transaction; what it leaves running afterwards may ask the pool again. */
export async function asOpen<Result>(work: () => PromiseLike<Result>): Promise<Result> {
  const open: Open = { isOpen: true };
  try {
    return await transactions.run(open, work);
  } finally {
    open.isOpen = false;
  }
}

/**
 * Work that is meant to stay when the transaction is rolled back, or must not wait for it. It takes a second
 * connection, from a few that are there for nothing else: which files may, and why, is a list in
 * `tests/architecture.test.ts`. What goes beside never goes beside once more.
 */
export function besideTransaction<Result>(work: () => Result): Result {
  const isBeside = transactions.getStore()?.isOpen ?? false;
  return transactions.run({ isOpen: false, isBeside }, work);
}

/** Whether a transaction waits for what is asked here. */
export function isAwaited(): boolean {
  return transactions.getStore()?.isBeside ?? false;
}

/** @throws in tests and in development where a transaction is open: it is to be asked then, not the pool */
export function refuseWhileOpen(what: string): void {
  if (isInUse() || !transactions.getStore()?.isOpen) return;
  throw new Error(`the pool is asked while a transaction is open: ${what.slice(0, 200)}`);
}

/** The pool of connections to PostgreSQL, and the types of what can be asked. */
import { AsyncLocalStorage } from "node:async_hooks";
import { drizzle } from "drizzle-orm/postgres-js";
import { databaseUrl, statementLimit } from "#app/env.server.ts";
import { OperatorError } from "#app/operator-error.ts";
import { withinWalls } from "./asking-client.ts";
import { Lanes } from "./lanes.ts";
import { besideTransaction } from "./open-transaction.ts";

/** How many there are at most, and how many more for what open transactions wait for. */
const connections = { count: 10, beside: 2 };

/**
 * Kept on `globalThis`: this file is loaded more than once (by the start script, inside the built
 * program, again after each change in development) and all copies shall share one pool and close
 * the same one.
 */
const shared = globalThis as { paktbuchPool?: { url: string; lanes: Lanes } };

let pool = asked(sharedPool());

/** Raw timestamps come as strings: drizzle sets its own parsers on the connections. */
export function asked(lanes: Lanes) {
  return drizzle(withinWalls(lanes), { casing: "snake_case" });
}

/**
 * For a program whose database has another address by now: at the very first start the example is filled
 * into one that is renamed afterwards. Whoever imported `db` has the new one at once.
 */
export function useNewAddress(): void {
  pool = asked(sharedPool());
}

export type Transaction = Parameters<Parameters<typeof pool.transaction>[0]>[0];

/** The transaction in which everything is read, where a reading of the past goes on. */
const reading = new AsyncLocalStorage<Transaction>();

/**
 * The pool, or within `readingFrom` its transaction: whoever reads there answers for the same past moment,
 * whether a reader was handed on or not.
 */
export const db = new Proxy(pool, {
  get(_, key) {
    const source: object = reading.getStore() ?? pool;
    const value: unknown = Reflect.get(source, key, source);
    // The client is a function with parts of its own: bound, it would lose them.
    if (key === "$client") return value;
    return typeof value === "function" ? value.bind(source) : value;
  },
});

/** Runs a reading whose every query goes to the transaction. */
export function readingFrom<Result>(tx: Transaction, read: () => Promise<Result>): Promise<Result> {
  return reading.run(tx, read);
}

/**
 * Leaves a reading of the past, or another transaction: what is written down of it belongs to the present and
 * stays when it is rolled back. On a connection of its own: see `besideTransaction`.
 */
export function outsideOfReading<Result>(write: () => Promise<Result>): Promise<Result> {
  return besideTransaction(() => reading.exit(write));
}

/** Whatever can be read from: the pool or a transaction. */
export type Reader = typeof db | Transaction;

/** Closes the pool; what is still running gets a few seconds. */
export async function closeDatabase(): Promise<void> {
  const pool = shared.paktbuchPool;
  delete shared.paktbuchPool;
  await pool?.lanes.end({ timeout: 3 });
}

function sharedPool(): Lanes {
  const url = databaseUrl();
  if (!url) throw new OperatorError("Die Einstellung DATABASE_URL fehlt.");
  if (shared.paktbuchPool?.url !== url) {
    const lanes = connectionsTo(url);
    shared.paktbuchPool = { url, lanes };
  }
  return shared.paktbuchPool.lanes;
}

/** Opened one by one as they are needed. */
export function connectionsTo(url: string): Lanes {
  return new Lanes(url, connections, {
    connect_timeout: 10,
    onnotice: () => {},
    connection: {
      statement_timeout: statementLimit(),
      // What is prepared is planned for its values all the same; see `reading.ts`.
      plan_cache_mode: "force_custom_plan",
    },
  });
}

/** The pool of connections to PostgreSQL, and the types of what can be asked. */
import { AsyncLocalStorage } from "node:async_hooks";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { databaseUrl, statementLimit } from "#app/env.server.ts";
import { OperatorError } from "#app/operator-error.ts";
import { withinWalls } from "./asking-client.ts";

/**
 * Kept on `globalThis`: this file is loaded more than once (by the start script, inside the built
 * program, again after each change in development) and all copies shall share one pool and close
 * the same one.
 */
const shared = globalThis as { paktbuchPool?: { url: string; sql: postgres.Sql } };

/** Raw timestamps come as strings from this pool: drizzle sets its own parsers on it. */
let pool = drizzle(withinWalls(sharedPool()), { casing: "snake_case" });

/**
 * For a program whose database has another address by now: at the very first start the example is filled
 * into one that is renamed afterwards. Whoever imported `db` has the new one at once.
 */
export function useNewAddress(): void {
  pool = drizzle(withinWalls(sharedPool()), { casing: "snake_case" });
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

/** Leaves a reading of the past: what is written down of it belongs to the present. */
export function outsideOfReading<Result>(write: () => Promise<Result>): Promise<Result> {
  return reading.exit(write);
}

/** Whatever can be read from: the pool or a transaction. */
export type Reader = typeof db | Transaction;

/** Closes the pool; what is still running gets a few seconds. */
export async function closeDatabase(): Promise<void> {
  const pool = shared.paktbuchPool;
  delete shared.paktbuchPool;
  await pool?.sql.end({ timeout: 3 });
}

function sharedPool(): postgres.Sql {
  const url = databaseUrl();
  if (!url) throw new OperatorError("Die Einstellung DATABASE_URL fehlt.");
  if (shared.paktbuchPool?.url !== url) {
    const sql = postgres(url, {
      max: 10,
      connect_timeout: 10,
      onnotice: () => {},
      connection: { statement_timeout: statementLimit() },
    });
    shared.paktbuchPool = { url, sql };
  }
  return shared.paktbuchPool.sql;
}

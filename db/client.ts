/** The pool of connections, and what a query may be sent through. */
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";

const client = postgres(process.env.DATABASE_URL ?? "", { max: 10, onnotice() {} });

export const db = drizzle(client, { casing: "snake_case" });

export type Transaction = Parameters<Parameters<typeof db.transaction>[0]>[0];
/** Reads may go through a transaction or beside one. */
export type Reader = typeof db | Transaction;

export function closeDatabase() {
  return client.end({ timeout: 5 });
}

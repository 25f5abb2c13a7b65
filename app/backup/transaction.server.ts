/** One transaction for COPY, which postgres.js speaks, and for the proofs, which are written with drizzle. */
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import type { Reader } from "#db/client.ts";

export type Books = { sql: postgres.TransactionSql; reader: Reader };

/**
 * Runs the work in one transaction of a connection of its own, with moments written in UTC and, where rows are
 * walled off by authority, all of them in sight. Whatever is thrown undoes it.
 */
export async function withinTransaction<Result>(
  url: string,
  how: "read only" | "read write",
  work: (books: Books) => Promise<Result>,
): Promise<Result> {
  const client = postgres(url, {
    max: 1,
    max_lifetime: null,
    connect_timeout: 10,
    onnotice: () => {},
  });
  let failure: unknown;
  try {
    const result = await client.begin(`isolation level repeatable read ${how}`, async (sql) => {
      try {
        await sql`select set_config('timezone', 'UTC', true), set_config('paktbuch.authority', '*', true)`;
        // drizzle asks its client for the options, which the handle of a transaction lacks.
        const handle = Object.assign(sql, { options: client.options }) as unknown as postgres.Sql;
        return await work({ sql, reader: drizzle(handle, { casing: "snake_case" }) });
      } catch (error) {
        failure = error;
        // The end of the session undoes it too, where a COPY that broke off would hold up a ROLLBACK.
        await client.end({ timeout: 0 });
        throw error;
      }
    });
    return result as Result;
  } catch (error) {
    throw failure ?? error;
  } finally {
    await client.end({ timeout: 5 });
  }
}

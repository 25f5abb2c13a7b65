/**
 * The test file's own database as its owner sees it, who may do everything: what somebody does who has the
 * server. The program itself, and `db`, may not.
 */
import { drizzle } from "drizzle-orm/postgres-js";
import { type SQL, sql } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, inject } from "vitest";
import { databaseUrl } from "#app/env.server.ts";

const url = new URL(inject("serverUrl"));
url.pathname = new URL(databaseUrl()!).pathname;
const connection = postgres(url.toString(), { max: 2, onnotice() {} });

export const ownerDb = drizzle(connection, { casing: "snake_case" });

afterAll(() => connection.end());

/** A change that the database's own guards would refuse: triggers are out of the way, and no seal is made. */
export function behindTheProgram(change: SQL): Promise<void> {
  return ownerDb.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`);
    await tx.execute(change);
  });
}

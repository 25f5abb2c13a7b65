/** The migrations that came with the program, and those that a database has had. */
import fs from "node:fs";
import path from "node:path";
import { readMigrationFiles } from "drizzle-orm/migrator";
import type postgres from "postgres";

export const migrationsFolder = path.resolve("db/migrations");

type Sql = postgres.Sql | postgres.TransactionSql;

/** Moment and name of each migration that came with the program. */
export function knownMigrations(): Map<number, string> {
  const journal = fs.readFileSync(path.join(migrationsFolder, "meta/_journal.json"), "utf8");
  const { entries } = JSON.parse(journal) as { entries: { when: number; tag: string }[] };
  return new Map(entries.map(({ when, tag }) => [when, tag]));
}

export async function appliedMigrations(sql: Sql): Promise<number[]> {
  const [table] = await sql`select to_regclass('drizzle.__drizzle_migrations') as found`;
  if (!table?.found) return [];
  const rows = await sql`select created_at from drizzle.__drizzle_migrations`;
  return rows.map((row) => Number(row.created_at));
}

/**
 * Runs those migrations that come after the first moment and not after the second, in the caller's
 * transaction, and notes them as drizzle's own migrator does (which knows neither limit).
 */
export async function migrateBetween(
  sql: Sql,
  { after, until }: { after: number; until: number },
): Promise<void> {
  await sql`create schema if not exists drizzle`;
  await sql`create table if not exists drizzle.__drizzle_migrations (
    id serial primary key, hash text not null, created_at bigint)`;
  for (const migration of readMigrationFiles({ migrationsFolder })) {
    if (migration.folderMillis <= after || migration.folderMillis > until) continue;
    for (const statement of migration.sql) await sql.unsafe(statement);
    await sql`insert into drizzle.__drizzle_migrations (hash, created_at)
      values (${migration.hash}, ${migration.folderMillis})`;
  }
}

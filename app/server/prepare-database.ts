/** Brings the schema of a database up to what this program needs, or refuses to use it. */
import { createHash } from "node:crypto";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { OperatorError } from "#app/operator-error.ts";
import { findRights, grantRights, makeSeals } from "#db/guard.ts";
import { knownSchema } from "#db/known-schema.ts";
import { findGaps, findWaysPast, makeWalls, ownersSession } from "#db/walls.ts";
import { explained } from "./database-errors.ts";
import { appliedMigrations, knownMigrations, migrationsFolder } from "./migrations.ts";

const oldestPostgres = 15;
const preparation = 7_262_002;

/**
 * As the owner of the tables: migrates, makes the seals and the walls between authorities, grants the program's
 * role its rights. Then, as that role, checks from the catalogue that it may do what it needs and nothing beyond.
 */
export async function prepareDatabase(url: string, ownerUrl = url): Promise<void> {
  await migrateAs(ownerUrl, roleIn(url));
  await checkRights(url, roleIn(url) !== roleIn(ownerUrl));
}

/**
 * For whoever only reads, with any role that may: the schema must be the one of this program already.
 * @throws OperatorError when it is not.
 */
export async function requirePrepared(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, connect_timeout: 10, onnotice: () => {} });
  try {
    await refuseOldServer(sql);
    await refuseForeignSchema(sql);
    const [latest] = [...knownMigrations().keys()].sort((a, b) => b - a);
    if ((await appliedMigrations(sql)).includes(latest!)) return;
    throw new OperatorError(
      "Die Datenbank ist noch nicht auf dem Stand dieses Programms; bitte zuerst „npm start“ ausführen.",
    );
  } catch (error) {
    throw explained(error, url);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function migrateAs(url: string, programRole: string): Promise<void> {
  // One connection: the advisory lock belongs to the session that took it.
  const sql = postgres(url, {
    max: 1,
    max_lifetime: null,
    connect_timeout: 10,
    connection: ownersSession,
    onnotice: () => {},
  });
  try {
    await refuseOldServer(sql);
    await waitForOthers(sql);
    await refuseForeignSchema(sql);
    await migrateWithViews(sql);
    const role = programRole === roleIn(url) ? undefined : programRole;
    await sql.begin((tx) => keepRules(tx, role));
  } catch (error) {
    throw explained(error, url);
  } finally {
    // The end of the session frees the lock.
    await sql.end({ timeout: 5 });
  }
}

/** What is made from `db/table-rights.ts` after each migration; the role is the program's, where it has its own. */
export async function keepRules(tx: postgres.TransactionSql, role: string | undefined) {
  await makeSeals(tx);
  await makeWalls(tx);
  if (role !== undefined) await grantRights(tx, role);
}

/** drizzle's migrator takes no lock; two that change a schema at once would collide. Until the session ends. */
export async function waitForOthers(sql: postgres.Sql | postgres.TransactionSql): Promise<void> {
  await sql`set lock_timeout = '70s'`;
  await sql`select pg_advisory_lock(${preparation})`;
  await sql`set lock_timeout = 0`;
}

/** No migration can change a table while a view reads it: the views go before it and are made anew after it. */
async function migrateWithViews(sql: postgres.Sql): Promise<void> {
  const latest = Math.max(...knownMigrations().keys());
  const [made] = await sql`
    select obj_description(oid, 'pg_namespace') as mark from pg_namespace where nspname = 'known'`;
  const isPending = !(await appliedMigrations(sql)).includes(latest);
  if (made?.mark === markOfViews() && !isPending) return;

  if (isPending) {
    await sql`drop schema if exists known cascade`;
    await migrate(drizzle(sql, { casing: "snake_case" }), { migrationsFolder });
  }
  await sql.begin(makeViews);
}

/** In the caller's transaction, once the tables are those of this program. */
export async function makeViews(tx: postgres.TransactionSql): Promise<void> {
  await tx`drop schema if exists known cascade`;
  await tx.unsafe(knownSchema());
  await tx.unsafe(`comment on schema known is '${markOfViews()}'`);
}

function markOfViews(): string {
  const latest = Math.max(...knownMigrations().keys());
  return createHash("sha256").update(`${latest} ${knownSchema()}`).digest("hex");
}

/**
 * A role of its own must be held to the list. Where one role does all (`DATABASE_URL` alone) the program
 * can't take rights from its own owner; it says so each time.
 */
async function checkRights(url: string, hasOwner: boolean): Promise<void> {
  const sql = postgres(url, { max: 1, connect_timeout: 10, onnotice: () => {} });
  try {
    const { beyond, lacking } = await findRights(sql);
    if (lacking.length > 0) {
      throw new OperatorError(
        `Dem Konto „${roleIn(url)}“ fehlen Rechte an ${some(lacking)}; ` +
          "mit DATABASE_OWNER_URL gibt Paktbuch sie ihm beim Start.",
      );
    }
    const gaps = await findGaps(sql);
    if (gaps.length > 0) {
      throw new OperatorError(
        `Die Datenbank trennt die Schulträger nicht in ${some(gaps)}; ` +
          "mit DATABASE_OWNER_URL holt Paktbuch das beim Start nach.",
      );
    }
    const waysPast = await findWaysPast(sql);
    if (beyond.length === 0 && waysPast.length === 0) return;
    const tables = beyond.map(({ table, rights }) => `${table} (${rights.join(", ")})`);
    const more = [...waysPast, ...(tables.length > 0 ? [some(tables)] : [])].join(", ");
    const sentence = `Das Konto „${roleIn(url)}“ darf in der Datenbank mehr, als Paktbuch braucht: ${more}.`;
    if (hasOwner) {
      throw new OperatorError(
        `${sentence} DATABASE_URL muss ein Konto nennen, dem die Tabellen nicht gehören und das an der ` +
          "Trennung der Schulträger nicht vorbeikommt.",
      );
    }
    console.error(
      `Hinweis: ${sentence} Journal, Protokoll und die Trennung der Schulträger schützt nur, was es selbst ` +
        "abschalten könnte; mit einem zweiten Konto in DATABASE_OWNER_URL schützt sie auch die Datenbank.",
    );
  } catch (error) {
    throw explained(error, url);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

function some(names: string[]): string {
  const rest = names.length - 3;
  return names.slice(0, 3).join(", ") + (rest > 0 ? ` und ${rest} weiteren Tabellen` : "");
}

export function roleIn(url: string): string {
  return decodeURIComponent(new URL(url).username);
}

export async function refuseOldServer(sql: postgres.Sql | postgres.TransactionSql): Promise<void> {
  const [row] = await sql`select current_setting('server_version_num')::int / 10000 as major`;
  if (row?.major >= oldestPostgres) return;
  throw new OperatorError(
    `Die Datenbank ist PostgreSQL ${row?.major}; ` +
      `Paktbuch braucht PostgreSQL ${oldestPostgres} oder neuer.`,
  );
}

/** drizzle itself looks only at the latest migration, and passes over what it finds odd. */
async function refuseForeignSchema(sql: postgres.Sql): Promise<void> {
  const known = knownMigrations();
  const applied = await appliedMigrations(sql);
  const latest = Math.max(...applied);

  if (applied.some((when) => !known.has(when))) {
    throw new OperatorError(
      "Die Datenbank ist auf einem neueren Stand als dieses Programm; " +
        "bitte die neuere Fassung von Paktbuch starten.",
    );
  }
  const skipped = [...known].find(([when]) => when < latest && !applied.includes(when));
  if (skipped) {
    throw new OperatorError(
      `Der Datenbank fehlt die Änderung „${skipped[1]}“, obwohl spätere schon ausgeführt sind; ` +
        "so kann Paktbuch sie nicht benutzen.",
    );
  }
}

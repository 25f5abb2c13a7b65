/** The embedded database of the running program: owned by it, filled at the very first start. */
import type { Role } from "#app/domain/permission.ts";
import postgres from "postgres";
import { settings, useDatabase } from "#app/env.server.ts";
import { OperatorError } from "#app/operator-error.ts";
import { everyAuthority } from "#db/authority.ts";
import { type Embedded, startEmbedded } from "#db/embedded/embedded.ts";
import { whenLeaving } from "./life.ts";
import { prepareDatabase } from "./prepare-database.ts";

const finished = "paktbuch";
const unfinished = "paktbuch_setup";

export type Login = { email: string; password: string; roles: Role[] };

/** Starts the database for a program that serves pages; there is one such program per folder. */
export async function ownEmbedded(): Promise<Embedded> {
  const starting = startEmbedded({ dataDir: settings.dataDir });
  let isOwner = false;
  whenLeaving(async () => {
    const embedded = await starting.catch(() => undefined);
    // The owner ends everything, also a server that its killed predecessor left behind.
    await embedded?.stop({ evenIfJoined: isOwner });
  });

  const embedded = await starting;
  isOwner = await embedded.claim();
  if (isOwner) return embedded;
  throw new OperatorError(`Paktbuch läuft schon mit dem Datenordner ${settings.dataDir}.`);
}

/**
 * Gives the address of the prepared database. The first start fills a database of another name and
 * renames it at the end: whatever ends the program before, no half demo is ever taken for real.
 */
export async function prepareEmbedded(embedded: Embedded) {
  const url = embedded.appUrl(finished);
  if (await databaseExists(embedded)) {
    await prepareDatabase(url, embedded.url(finished));
    return { url, logins: [] };
  }
  console.log("Erster Start: Die Datenbank wird angelegt und mit einem Beispiel gefüllt …");
  return { url, logins: await makeEmbedded(embedded, fill) };
}

/** Makes the database by filling an empty one, which gets its name at the end. */
export async function makeEmbedded<Result>(
  embedded: Embedded,
  fill: (url: string, ownerUrl: string) => Promise<Result>,
): Promise<Result> {
  await administer(embedded, `drop database if exists ${unfinished} with (force)`);
  await administer(embedded, `create database ${unfinished}`);
  const result = await fill(embedded.appUrl(unfinished), embedded.url(unfinished));
  await administer(embedded, `alter database ${unfinished} rename to ${finished}`);
  return result;
}

export async function databaseExists(embedded: Embedded): Promise<boolean> {
  const found = await administer(
    embedded,
    `select 1 from pg_database where datname = '${finished}'`,
  );
  return found.length > 0;
}

/** Addresses of the program's own role and of the owner of the tables. */
export function embeddedUrls(embedded: Embedded): { url: string; ownerUrl: string } {
  return { url: embedded.appUrl(finished), ownerUrl: embedded.url(finished) };
}

async function fill(url: string, ownerUrl: string): Promise<Login[]> {
  await prepareDatabase(url, ownerUrl);
  useDatabase(url);
  // Loaded only now: the pool takes its address when it is loaded.
  const { closeDatabase } = await import("#db/client.ts");
  try {
    const { loadDemo } = await import("#app/demo/load-demo.server.ts");
    const { logins } = await everyAuthority(() => loadDemo());
    return logins;
  } finally {
    await closeDatabase();
  }
}

async function administer(embedded: Embedded, statement: string) {
  const sql = postgres(embedded.url("postgres"), { max: 1, onnotice: () => {} });
  try {
    return await sql.unsafe(statement);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

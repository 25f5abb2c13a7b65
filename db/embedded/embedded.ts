/**
 * The database that comes along (eingebettete Datenbank): a real PostgreSQL from npm, private to
 * one data folder. Several programs of this project may use it at once; the last one to leave
 * stops it, so that no server stays behind.
 */
import { createHash, createHmac } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { OperatorError } from "#app/operator-error.ts";
import { nativeFolder } from "./binaries.ts";
import {
  type Cluster,
  createCluster,
  findRunning,
  startServer,
  stopServer,
  superuser,
} from "./cluster.ts";
import { withLock } from "./lock.ts";
import { type Account, canReach, unprivilegedAccount } from "./process.ts";

export type Embedded = {
  /** As the owner of everything, who migrates. */
  url(databaseName: string): string;
  /** As the role that serves pages, with the rights of `db/table-rights.ts` only. */
  appUrl(databaseName: string): string;
  /** Whether the server ran already, for another program or left behind by a killed one. */
  joined: boolean;
  /** Makes this process the owner of the data folder; false when another process is. */
  claim(): Promise<boolean>;
  /** Leaves the server, and stops it unless another program still uses it. */
  stop(options?: { evenIfJoined?: boolean }): Promise<void>;
};

export async function startEmbedded(options: {
  dataDir: string;
  /** More settings of PostgreSQL, for a server that is started now. */
  settings?: Record<string, string>;
}): Promise<Embedded> {
  const { baseDir, account } = homeFor(options.dataDir);
  const lockFile = path.join(baseDir, "postgres.lock");

  return withLock(lockFile, async () => {
    const cluster = clusterIn(baseDir, account);
    await createCluster(cluster);
    const password = readPassword(cluster);
    const found = await findRunning(cluster);
    const port = found?.port ?? (await startServer(cluster, options.settings ?? {}));
    const urlAs = (role: string, secret: string) => (name: string) =>
      `postgres://${role}:${secret}@127.0.0.1:${port}/${name}`;
    const url = urlAs(superuser, password);
    const appPassword = passwordOfApp(password);

    const session = await enter(url("postgres"), appPassword).catch(async (error) => {
      if (!found) await stopServer(cluster);
      throw error;
    });
    return {
      url,
      appUrl: urlAs(appRole, appPassword),
      joined: found !== undefined,
      claim: () => claimWith(session),
      stop: ({ evenIfJoined = false } = {}) =>
        withLock(lockFile, async () => {
          const others = evenIfJoined ? 0 : await countOthers(session);
          await session.end({ timeout: 1 });
          if (others === 0) await stopServer(cluster);
        }),
    };
  });
}

/**
 * Normally the data folder itself. As root, the unprivileged account may not reach it (a checkout
 * in a private home folder); then a folder below /var/lib that belongs to this data folder alone.
 */
function homeFor(dataDir: string): { baseDir: string; account: Account | undefined } {
  fs.mkdirSync(dataDir, { recursive: true });
  // The server is recognised by its path, so that must not depend on links.
  const wanted = fs.realpathSync(dataDir);
  const account = unprivilegedAccount(path.join(wanted, "postgres"));
  if (process.getuid?.() === 0 && !account) {
    throw new OperatorError(
      "PostgreSQL darf nicht als root laufen, und weder das Konto postgres noch nobody ist " +
        "vorhanden; bitte Paktbuch mit einem gewöhnlichen Konto starten.",
    );
  }
  if (!account || canReach(wanted, account)) return { baseDir: wanted, account };

  const mark = createHash("sha256").update(wanted).digest("hex").slice(0, 12);
  const baseDir = `/var/lib/paktbuch-${mark}`;
  fs.mkdirSync(baseDir, { recursive: true });
  console.error(
    `Hinweis: Das Konto ${account.name} erreicht den Ordner ${wanted} nicht; ` +
      `die Datenbank liegt deshalb in ${baseDir}.`,
  );
  return { baseDir, account };
}

function clusterIn(baseDir: string, account: Account | undefined): Cluster {
  const dir = path.join(baseDir, "postgres");
  return {
    dir,
    passwordFile: `${dir}.password`,
    logFile: `${dir}.log`,
    native: nativeFolder(baseDir, account),
    account,
  };
}

function readPassword(cluster: Cluster): string {
  if (!fs.existsSync(cluster.passwordFile)) {
    throw new OperatorError(
      `Die Datei ${cluster.passwordFile} mit dem Passwort der Datenbank fehlt.`,
    );
  }
  return fs.readFileSync(cluster.passwordFile, "utf8");
}

const presence = "paktbuch presence";

/** One session for as long as the program runs: by it others see that the server is in use. */
async function enter(url: string, appPassword: string): Promise<postgres.Sql> {
  const session = postgres(url, {
    max: 1,
    // The default would renew the session after about half an hour and lose its lock.
    max_lifetime: null,
    connect_timeout: 10,
    connection: { application_name: presence },
    onnotice: () => {},
  });
  await makeAppRole(session, appPassword);
  return session;
}

export const appRole = "paktbuch_app";

/** Follows from the owner's password, so that every program on this folder knows it; not the other way. */
function passwordOfApp(ownerPassword: string): string {
  return createHmac("sha256", ownerPassword).update(appRole).digest("base64url");
}

/** The role that serves pages; which tables it may use is granted with each migration. */
async function makeAppRole(session: postgres.Sql, password: string): Promise<void> {
  const [found] = await session`select from pg_roles where rolname = ${appRole}`;
  const verb = found ? "alter" : "create";
  await session.unsafe(
    `${verb} role ${appRole} login nosuperuser nobypassrls nocreatedb nocreaterole password '${password}'`,
  );
}

const ownership = 7_262_001;

/** PostgreSQL frees this lock by itself when the owner dies, be it by kill -9. */
async function claimWith(session: postgres.Sql): Promise<boolean> {
  // A session whose process was just killed may take a moment to end.
  for (let attempt = 1; attempt <= 10; attempt++) {
    const [answer] = await session`select pg_try_advisory_lock(${ownership}) as claimed`;
    if (answer?.claimed) return true;
    await sleep(100);
  }
  return false;
}

/** A server that no longer answers is of no use to anybody. */
async function countOthers(session: postgres.Sql): Promise<number> {
  const rows = await session`
    select pid from pg_stat_activity
    where application_name = ${presence} and pid <> pg_backend_pid()`.catch(() => []);
  return rows.length;
}

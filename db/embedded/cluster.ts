/** One PostgreSQL cluster on disk: created, started, found running, stopped. */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Account, commandLine, identity, isAlive, plainEnvironment, run } from "./process.ts";

export type Cluster = {
  /** Where PostgreSQL keeps its files. */
  dir: string;
  passwordFile: string;
  logFile: string;
  /** The folder of the programs. */
  native: string;
  account: Account | undefined;
};

export type RunningServer = { pid: number; port: number; isReady: boolean };

export const superuser = "paktbuch";

/**
 * Works in a sibling folder and renames it at the end: a killed initdb leaves no half cluster. The
 * folder is a new one each time, since an initdb can go on for a while after its caller was killed.
 */
export async function createCluster(cluster: Cluster): Promise<void> {
  removeLeftovers(cluster);
  if (fs.existsSync(path.join(cluster.dir, "PG_VERSION"))) return;
  const password = randomBytes(24).toString("base64url");
  const half = `${cluster.dir}.half-${randomBytes(4).toString("hex")}`;
  const handover = `${half}.password`;
  fs.mkdirSync(half, { mode: 0o700 });
  fs.writeFileSync(handover, `${password}\n`, { mode: 0o600 });
  if (cluster.account) {
    for (const made of [half, handover])
      fs.chownSync(made, cluster.account.uid, cluster.account.gid);
  }

  const { status, output } = await run(
    path.join(cluster.native, "bin/initdb"),
    // prettier-ignore
    [
      "-D", half, "-U", superuser, "--auth=scram-sha-256", `--pwfile=${handover}`,
      "-E", "UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C",
      "-c", "shared_buffers=64MB", "-c", "max_connections=60",
    ],
    cluster.account,
  );
  fs.rmSync(handover, { force: true });
  if (status !== 0) {
    fs.rmSync(half, { recursive: true, force: true });
    throw new Error(`initdb: ${output.trim()}`);
  }
  fs.rmSync(cluster.passwordFile, { force: true });
  fs.writeFileSync(cluster.passwordFile, password, { mode: 0o600 });
  fs.renameSync(half, cluster.dir);
}

function removeLeftovers(cluster: Cluster): void {
  const folder = path.dirname(cluster.dir);
  const start = `${path.basename(cluster.dir)}.half-`;
  for (const name of fs.readdirSync(folder).filter((name) => name.startsWith(start))) {
    try {
      fs.rmSync(path.join(folder, name), { recursive: true, force: true });
    } catch {
      // Still being written; a later start removes it.
    }
  }
}

/** The server of this cluster, if one runs; one that is coming up or going down is waited for. */
export async function findRunning(cluster: Cluster): Promise<RunningServer | undefined> {
  for (let waited = 0; waited < 60_000; waited += 50) {
    const server = readPidFile(cluster);
    if (!server) return undefined;
    if (!isServerOf(cluster, server.pid)) {
      // A stranger got the number of a dead server; PostgreSQL itself would refuse to start.
      fs.rmSync(pidFile(cluster), { force: true });
      return undefined;
    }
    if (server.isReady) return server;
    await sleep(50);
  }
  throw new Error("PostgreSQL wird seit einer Minute nicht bereit");
}

export async function startServer(cluster: Cluster, settings: Record<string, string>) {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const failure = await tryStart(cluster, port, settings);
    if (failure === undefined) return port;
    // Between finding a free port and using it, another program may have taken it.
    if (attempt === 3 || !failure.includes("could not bind")) {
      throw new Error(`PostgreSQL startet nicht: ${failure.trim()}`);
    }
  }
}

/** SIGINT asks for the fast shutdown: sessions end, everything is written, then it exits. */
export async function stopServer(cluster: Cluster): Promise<void> {
  const server = readPidFile(cluster);
  if (!server || !isServerOf(cluster, server.pid)) return;
  for (const signal of ["SIGINT", "SIGQUIT"] as const) {
    sendSignal(server.pid, signal);
    for (let waited = 0; waited < 30_000; waited += 25) {
      if (!isServerOf(cluster, server.pid)) return;
      await sleep(25);
    }
  }
}

async function tryStart(cluster: Cluster, port: number, settings: Record<string, string>) {
  fs.rmSync(cluster.logFile, { force: true });
  const log = fs.openSync(cluster.logFile, "w", 0o600);
  const child = spawn(
    path.join(cluster.native, "bin/postgres"),
    ["-D", cluster.dir, "-p", String(port), ...asFlags({ ...ownSettings, ...settings })],
    {
      ...identity(cluster.account),
      cwd: "/",
      env: plainEnvironment,
      // A file, not a pipe: the server may outlive this process.
      stdio: ["ignore", log, log],
      // A process group of its own: Ctrl-C in the terminal must not reach it before we do.
      detached: true,
    },
  );
  fs.closeSync(log);
  let ended: string | undefined;
  child.on("error", (error) => (ended = error.message));
  child.on("exit", () => (ended ??= ""));

  for (let waited = 0; waited < 60_000; waited += 25) {
    const server = readPidFile(cluster);
    if (server?.pid === child.pid && server?.isReady) {
      child.unref();
      return undefined;
    }
    if (ended !== undefined) return ended || logOf(cluster) || "ohne Meldung beendet";
    await sleep(25);
  }
  child.kill("SIGQUIT");
  return "nach einer Minute nicht bereit";
}

/** Asked only while the server starts: once it has served, its folder may be gone before it is. */
function logOf({ logFile }: Cluster): string {
  return fs.readFileSync(logFile, "utf8").slice(-2_000);
}

/** Reachable from this machine only, and by password only. */
const ownSettings = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  log_checkpoints: "off",
};

function asFlags(settings: Record<string, string>): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

function pidFile(cluster: Cluster): string {
  return path.join(cluster.dir, "postmaster.pid");
}

/** Its lines: process, folder, start, port, socket folder, address, shared memory, state. */
function readPidFile(cluster: Cluster): RunningServer | undefined {
  if (!fs.existsSync(pidFile(cluster))) return undefined;
  const lines = fs.readFileSync(pidFile(cluster), "utf8").split("\n");
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  if (!pid) return undefined;
  return { pid, port, isReady: lines[7]?.trim() === "ready" };
}

function isServerOf(cluster: Cluster, pid: number): boolean {
  return isAlive(pid) && commandLine(pid).includes(` -D ${cluster.dir} `);
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer().on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as net.AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

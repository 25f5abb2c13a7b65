/** Questions about processes of this machine, and the start of one that is waited for. */
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";

export type Account = { name: string; uid: number; gid: number };

/**
 * PostgreSQL gets nothing of the caller's environment; `PG…` variables would mislead it. (The cast:
 * types of other packages claim that every environment has a NODE_ENV.)
 */
export const plainEnvironment = {
  PATH: "/usr/bin:/bin",
  LC_ALL: "C",
  TZ: "UTC",
} as Partial<NodeJS.ProcessEnv> as NodeJS.ProcessEnv;

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/**
 * The words a process was started with; empty for one that has ended, even if nobody collected it
 * yet, as happens in containers. A stale number may by now belong to some other program.
 */
export function commandLine(pid: number): string {
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    if (process.platform === "linux") return "";
    return spawnSync("ps", ["-o", "args=", "-p", String(pid)], { encoding: "utf8" }).stdout ?? "";
  }
}

/**
 * PostgreSQL refuses to run as root. Then an account that exists already is taken: the one that
 * owns the cluster, else `postgres`, else `nobody`. For an ordinary user there is nothing to do.
 */
export function unprivilegedAccount(clusterDir: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const owned = fs.statSync(clusterDir, { throwIfNoEntry: false });
  if (owned && owned.uid !== 0) return { name: `uid ${owned.uid}`, uid: owned.uid, gid: owned.gid };
  for (const name of ["postgres", "nobody"]) {
    const [uid, gid] = [idOf("-u", name), idOf("-g", name)];
    if (uid !== undefined && gid !== undefined) return { name, uid, gid };
  }
  return undefined;
}

/** Whether the account may pass through every folder on the way, and enter or run the last. */
export function canReach(target: string, account: Account): boolean {
  const { uid, gid } = account;
  return (
    spawnSync("/bin/sh", ["-c", 'test -x "$1"', "sh", target], { uid, gid, cwd: "/" }).status === 0
  );
}

/** Runs a program to its end, without blocking this process as `spawnSync` would. */
export function run(program: string, words: string[], account: Account | undefined) {
  return new Promise<{ status: number | null; output: string }>((resolve) => {
    const child = spawn(program, words, {
      ...identity(account),
      cwd: "/",
      env: plainEnvironment,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    child.stdout.on("data", (text) => (output += text));
    child.stderr.on("data", (text) => (output += text));
    child.on("error", (error) => resolve({ status: null, output: error.message }));
    child.on("close", (status) => resolve({ status, output }));
  });
}

export function identity(account: Account | undefined): { uid?: number; gid?: number } {
  return account ? { uid: account.uid, gid: account.gid } : {};
}

function idOf(which: "-u" | "-g", name: string): number | undefined {
  const answer = spawnSync("id", [which, name], { encoding: "utf8" });
  return answer.status === 0 ? Number(answer.stdout) : undefined;
}

/** Paktbuch as its users start it: a process of its own, on a data folder of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { commandLine } from "#db/embedded/process.ts";

/** A program that a failed test forgot ends by itself. */
const patience = 600_000;
const started: ChildProcess[] = [];
const folders: string[] = [];

export type Program = {
  child: ChildProcess;
  /** Everything it said on stdout and on stderr so far. */
  said: () => { out: string; err: string };
  ended: Promise<{ exitCode: number | null; out: string; err: string }>;
};

export function newDataFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "paktbuch-walk-"));
  // The account that runs the database under root has to pass through.
  fs.chmodSync(folder, 0o755);
  folders.push(folder);
  return folder;
}

/** Port 0 lets the system choose a free one; the program prints which. */
export function startProgram(env: Record<string, string>): Program {
  const { VITEST: _test, NODE_ENV: _mode, DATABASE_URL: _url, ...inherited } = process.env;
  const own = { ...inherited, PORT: "0", HOST: "127.0.0.1", APP_ORIGIN: "", ...env };
  const child = spawn(process.execPath, ["--import", "tsx", "app/server/start.ts"], {
    env: own as Partial<NodeJS.ProcessEnv> as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "pipe"],
  });
  started.push(child);
  let [out, err] = ["", ""];
  child.stdout.on("data", (text) => (out += text));
  child.stderr.on("data", (text) => (err += text));
  const overdue = setTimeout(() => child.kill("SIGTERM"), patience);
  const ended = new Promise<{ exitCode: number | null; out: string; err: string }>((resolve) =>
    child.on("close", (exitCode) => {
      clearTimeout(overdue);
      resolve({ exitCode, out, err });
    }),
  );
  return { child, said: () => ({ out, err }), ended };
}

/** The address from the line that the program prints when it is ready. */
export async function addressOf(program: Program): Promise<string> {
  let hasEnded = false;
  void program.ended.then(() => (hasEnded = true));
  while (!hasEnded) {
    const address = /^Paktbuch läuft: (http:\S+)$/m.exec(program.said().out)?.[1];
    if (address) return address;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`ended without an address: ${JSON.stringify(program.said())}`);
}

export async function healthAt(address: string): Promise<number> {
  const answer = await fetch(`${address}/health`, { signal: AbortSignal.timeout(10_000) });
  // Read to the end, else the connection stays busy and holds up the end of the program.
  await answer.text();
  return answer.status;
}

export function postgresPid(dataDir: string): number {
  const file = path.join(dataDir, "postgres/postmaster.pid");
  return Number(fs.readFileSync(file, "utf8").split("\n")[0]);
}

/** A number alone says little: an orphan that nobody collects keeps it after its end. */
export function isPostgres(pid: number): boolean {
  return commandLine(pid).includes("postgres");
}

/** Ends what a failed test left behind, and only that. */
export async function cleanUp(): Promise<void> {
  for (const child of started) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const gone = new Promise((resolve) => child.once("close", resolve));
    child.kill("SIGTERM");
    await gone;
  }
  for (const folder of folders) {
    const hasServer = fs.existsSync(path.join(folder, "postgres/postmaster.pid"));
    const pid = hasServer ? postgresPid(folder) : 0;
    if (pid && isPostgres(pid)) process.kill(pid, "SIGQUIT");
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

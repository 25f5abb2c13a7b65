/**
 * The queue of exports: at most two are made at a time, each in a process of its own, so that pages are
 * answered meanwhile. The queue stands in the database; this program starts what waits, ends what is cancelled,
 * and ends everything when it ends itself.
 */
import { type ChildProcess, fork } from "node:child_process";
import os from "node:os";
import path from "node:path";
import type { User } from "#app/domain/permission.ts";
import { exporterEnvironment } from "#app/env.server.ts";
import { exportProblems } from "#app/german/export-words.ts";
import {
  cancelExport,
  claimExport,
  connectionName,
  endQueriesOf,
  failExport,
  forgetExport,
  isFinished,
  listExpired,
  listRunning,
  requireExport,
} from "#app/records/exports.server.ts";
import { everyAuthority, forAuthority } from "#db/authority.ts";
import { openFolder, removeDrafts, removeFiles } from "./place.server.ts";
import { logError } from "#app/log.server.ts";

const mostAtOnce = 2;
/** Pages come first: the operating system gives an export what they leave. */
const niceness = 10;

type Work = { child: ChildProcess; ended: Promise<void> };
type Queue = { works: Map<string, Work>; claiming: number; isOver: boolean };

/** Kept on `globalThis`: the start script and the built program each have a copy of this file. */
const shared = globalThis as { paktbuchExports?: Queue };
const state = (shared.paktbuchExports ??= { works: new Map(), claiming: 0, isOver: false });

/** At the start of the program: what an earlier one left half done is told and removed, then the queue goes on. */
export async function resumeQueue(): Promise<void> {
  await openFolder();
  await everyAuthority(async () => {
    for (const id of await listRunning()) {
      await endQueriesOf(id);
      await removeFiles(id);
      await failExport(id, exportProblems.restarted);
    }
  });
  await removeDrafts(() => true);
  await removeExpired();
  await startWaiting();
}

/** Starts what waits, as far as there is room. */
export async function startWaiting(): Promise<void> {
  while (!state.isOver && state.works.size + state.claiming < mostAtOnce) {
    // The place is taken before the database is asked: two calls at once would both find it free.
    state.claiming += 1;
    try {
      const claimed = await everyAuthority(claimExport);
      if (!claimed) return;
      state.works.set(claimed.id, start(claimed));
    } finally {
      state.claiming -= 1;
    }
  }
}

/** The process is told whose books it is of, and sees no others. */
function start({ id, authority }: { id: string; authority: string }): Work {
  const child = fork(path.resolve("app/exporting/process.ts"), [id, authority], {
    // What it streams is garbage at once: a small nursery for it keeps the process small.
    execArgv: ["--max-semi-space-size=1", "--import", "tsx"],
    env: exporterEnvironment(connectionName(id)),
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  try {
    if (child.pid) os.setPriority(child.pid, niceness);
  } catch {
    // It ended already, or the system knows no such thing: then it is not nice.
  }
  const gone = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  const ended = gone
    .then(() => forAuthority(authority, () => clearUp(id)))
    .catch((error: unknown) => logError(error))
    .finally(() => state.works.delete(id))
    // A database that does not answer just now must not end the program: `tendQueue` asks again.
    .then(() => startWaiting())
    .catch((error: unknown) => logError(error));
  return { child, ended };
}

/** After its process: an export that neither finished nor said why was killed. */
async function clearUp(id: string): Promise<void> {
  if (state.isOver) return;
  await endQueriesOf(id);
  await failExport(id, exportProblems.ended);
  if (await isFinished(id)) await removeDrafts((name) => name.startsWith(id));
  else await removeFiles(id);
}

/** Waits for an export that is soon done; a long one goes on, and its page tells how far it is. */
export async function waitForExport(id: string, milliseconds = 3_000): Promise<void> {
  const work = state.works.get(id);
  if (!work) return;
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds)));
  await Promise.race([work.ended, patience]);
  clearTimeout(timer);
}

/** Ends an export of the user's own, its process and its query with it. @throws Response 404 for any other */
export async function stopExport(user: User, id: string): Promise<void> {
  await cancelExport(user, id);
  const work = state.works.get(id);
  if (!work) return;
  work.child.kill("SIGKILL");
  await endQueriesOf(id);
  await work.ended;
}

/** Takes an export of the user's own out of the list, and its file away. @throws Response 404 for any other */
export async function discardExport(user: User, id: string): Promise<void> {
  await requireExport(user, id);
  await stopExport(user, id);
  await removeFiles(id);
  await forgetExport(id);
}

/** Removes exports whose last day is over, the file first: a row without a file says so, a file without a row nothing. */
export function removeExpired(): Promise<void> {
  return everyAuthority(async () => {
    for (const id of await listExpired()) {
      await removeFiles(id);
      await forgetExport(id);
    }
  });
}

/** Now and then: tells what ended and goes on with what waits, should the database not have answered at its time. */
export async function tendQueue(): Promise<void> {
  await removeExpired();
  await everyAuthority(async () => {
    for (const id of await listRunning()) {
      // What is being claimed has no process yet.
      if (state.claiming === 0 && !state.works.has(id)) await clearUp(id);
    }
  });
  await startWaiting();
}

/** At the end of the program. What was running is told at the next start. */
export async function endQueue(): Promise<void> {
  state.isOver = true;
  const works = [...state.works.values()];
  for (const { child } of works) child.kill("SIGKILL");
  await Promise.all(works.map(({ ended }) => ended));
}

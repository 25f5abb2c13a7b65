/**
 * The life of a program that starts things: whatever it started is ended in reverse order, once,
 * whether it finishes, fails or is told to go.
 */
import { settings } from "#app/env.server.ts";
import { sentenceFor } from "#app/operator-error.ts";

type Closer = () => unknown;

const closers: Closer[] = [];
let leaving: Promise<never> | undefined;

/** Registers what ends something. Register before it is up: a signal may come in between. */
export function whenLeaving(closer: Closer): void {
  if (leaving) void attempt(closer);
  else closers.push(closer);
}

export function leave(exitCode: number): Promise<never> {
  leaving ??= endAll(exitCode);
  return leaving;
}

/** Runs the program's work; a failure is one sentence on stderr and exit code 1. */
export async function live(work: () => Promise<void>, signalExitCode = 0): Promise<void> {
  // Under npm the signal may come twice, from the terminal and from npm: `leave` knows only one.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => void leave(signalExitCode));
  }
  process.on("uncaughtException", (error) => void fail(error));
  if (settings.isUnderNpm) leaveWithParent(signalExitCode);
  try {
    await work();
  } catch (error) {
    await fail(error);
  }
}

/**
 * npm hands SIGTERM to the shell between it and us, and the shell ends without a word; a killed npm
 * says nothing at all. So under npm the end of the parent counts as a signal.
 */
function leaveWithParent(exitCode: number): void {
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && void leave(exitCode), 250).unref();
}

async function fail(error: unknown): Promise<void> {
  // What breaks because everything is being ended already is no news.
  if (!leaving) console.error(sentenceFor(error));
  await leave(1);
}

async function endAll(exitCode: number): Promise<never> {
  for (const closer of closers.reverse()) await attempt(closer);
  process.exit(exitCode);
}

/** One thing that will not end must not keep the others from ending. */
async function attempt(closer: Closer): Promise<void> {
  try {
    await closer();
  } catch (error) {
    console.error(sentenceFor(error));
  }
}

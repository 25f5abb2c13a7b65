/**
 * The log of the running program: one JSON object a line on stdout, by pino. It names requests, routes and
 * users by their ids only; no name, address, amount or content of a form is ever in it (ASVS 5.0, 16.2.5).
 */
import pino from "pino";
import { settings } from "./env.server.ts";
import { requestId } from "./request.server.ts";

/** Kept on `globalThis`: the start script and the built program each have a copy of this file. */
const shared = globalThis as { paktbuchLog?: pino.Logger };

export const log = (shared.paktbuchLog ??= pino(
  {
    level: settings.logLevel,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (level) => ({ level }) },
    mixin: () => ({ requestId: requestId() }),
  },
  // Written at once: the last line before an end is the one that is asked for.
  pino.destination({ dest: 1, sync: true }),
));

/** What went wrong and where, for whoever mends it. */
export function logError(error: unknown): void {
  log.error({ error: traceOf(error) }, "unexpected error");
}

/** Their messages are of the program itself; those of others may quote what somebody typed. */
const ownMessages = new Set(["TypeError", "ReferenceError", "AssertionError"]);

/**
 * An error without what it may quote: PostgreSQL, drizzle and readers put values into their messages. The
 * name, the code and the places in the program remain.
 */
export function traceOf(error: unknown): object {
  if (!(error instanceof Error)) return { name: typeof error };
  const { name, stack, cause } = error;
  const { code, constraint_name, table_name } = error as Error & Record<string, unknown>;
  return {
    name,
    ...(ownMessages.has(name) && { message: error.message }),
    code,
    constraint: constraint_name,
    table: table_name,
    at: (stack ?? "").split("\n").flatMap((line) => /^\s+at (.*)$/.exec(line)?.[1] ?? []),
    ...(cause !== undefined && { cause: traceOf(cause) }),
  };
}

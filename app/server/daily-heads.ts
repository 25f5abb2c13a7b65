/**
 * What is done at the start and then once a day: the heads of the journals are written outside the database, and keys of
 * forms that were sent long ago are forgotten.
 */
import { logError } from "#app/log.server.ts";
import { OperatorError } from "#app/operator-error.ts";
import { everyAuthority } from "#db/authority.ts";
import { whenLeaving } from "./life.ts";

const often = 15 * 60_000;

/** Looks every quarter of an hour whether the day's heads are there. @throws OperatorError when they can't be written. */
export async function keepHeads(): Promise<void> {
  // Loaded only now: the pool takes its address when it is loaded.
  const { openHeadsFile } = await import("#app/records/heads.server.ts");
  await openHeadsFile();
  await doDaily();
  const timer = setInterval(() => void doDaily(), often);
  whenLeaving(() => clearInterval(timer));
}

/**
 * Does what is due, each thing by itself: what keeps the one from being done is logged and keeps neither the other nor the
 * program. What a full disk hinders now is done when there is room again.
 */
export async function doDaily(): Promise<void> {
  const { recordDailyHeads } = await import("#app/records/heads.server.ts");
  const { forgetSentForms } = await import("#app/records/retention.server.ts");
  await everyAuthority(recordDailyHeads).catch(logFailure);
  await everyAuthority(forgetSentForms).catch(logFailure);
}

function logFailure(error: unknown): void {
  if (error instanceof OperatorError) console.error(error.message);
  else logError(error);
}

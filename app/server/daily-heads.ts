/** Writes the heads of the journals outside the database, at the start and then once a day. */
import { sentenceFor } from "#app/operator-error.ts";
import { everyAuthority } from "#db/authority.ts";
import { whenLeaving } from "./life.ts";

const often = 15 * 60_000;

/** Looks every quarter of an hour whether the day's heads are there. @throws OperatorError when they can't be written. */
export async function keepHeads(): Promise<void> {
  // Loaded only now: the pool takes its address when it is loaded.
  const { openHeadsFile, recordDailyHeads } = await import("#app/records/heads.server.ts");
  await openHeadsFile();
  await everyAuthority(recordDailyHeads);
  const timer = setInterval(() => {
    // The program goes on: what a full disk hides now is written when there is room again.
    everyAuthority(recordDailyHeads).catch((error: unknown) => console.error(sentenceFor(error)));
  }, often);
  whenLeaving(() => clearInterval(timer));
}

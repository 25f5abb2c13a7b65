/**
 * What is done at the start and then once a day: the heads of the journals are written outside the database, and keys of
 * forms that were sent long ago are forgotten.
 */
import { sentenceFor } from "#app/operator-error.ts";
import { everyAuthority } from "#db/authority.ts";
import { whenLeaving } from "./life.ts";

const often = 15 * 60_000;

/** Looks every quarter of an hour whether the day's heads are there. @throws OperatorError when they can't be written. */
export async function keepHeads(): Promise<void> {
  // Loaded only now: the pool takes its address when it is loaded.
  const { openHeadsFile, recordDailyHeads } = await import("#app/records/heads.server.ts");
  await openHeadsFile();
  const { forgetSentForms } = await import("#app/records/retention.server.ts");
  await everyAuthority(recordDailyHeads);
  await everyAuthority(forgetSentForms);
  const timer = setInterval(() => {
    // The program goes on: what a full disk hides now is written when there is room again.
    everyAuthority(async () => {
      await recordDailyHeads();
      await forgetSentForms();
    }).catch((error: unknown) => console.error(sentenceFor(error)));
  }, often);
  whenLeaving(() => clearInterval(timer));
}

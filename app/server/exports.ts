/** The queue of exports while the program runs: goes on where it stopped, and looks for files whose day is over. */
import { sentenceFor } from "#app/operator-error.ts";
import { whenLeaving } from "./life.ts";

const often = 5 * 60_000;

export async function keepExports(): Promise<void> {
  // Loaded only now: the pool takes its address when it is loaded.
  const { endQueue, resumeQueue, tendQueue } = await import("#app/exporting/queue.server.ts");
  whenLeaving(endQueue);
  await resumeQueue();
  const timer = setInterval(() => {
    tendQueue().catch((error: unknown) => console.error(sentenceFor(error)));
  }, often);
  whenLeaving(() => clearInterval(timer));
}

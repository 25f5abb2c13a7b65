/** Imports that are being booked by this process, and how far each is. */
import { logError } from "./log.server.ts";

/** From 0 to 1; or why nothing was booked. */
type Progress = { share: number } | { refused: string };

const known = new Map<string, Progress>();

export function progressOf(id: string): Progress | undefined {
  return known.get(id);
}

/** Starts the work once; while it runs a second call does nothing. The work says why it booked nothing. */
export async function runWithProgress(
  id: string,
  work: (onProgress: (share: number) => void) => Promise<string | undefined>,
): Promise<void> {
  if (isRunning(id)) return;
  known.set(id, { share: 0 });
  try {
    const refused = await work((share) => known.set(id, { share }));
    if (refused) known.set(id, { refused });
    else known.delete(id);
  } catch (error) {
    logError(error);
    known.set(id, { refused: "Das Buchen ist abgebrochen; es wurde nichts gebucht." });
  }
}

export function isRunning(id: string): boolean {
  const progress = known.get(id);
  return progress !== undefined && "share" in progress;
}

/** Waits for work that is soon done; long work goes on, and its page tells how far it is. */
export async function waitAMoment(work: Promise<void>, milliseconds = 1_500): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds)));
  await Promise.race([work, patience]);
  clearTimeout(timer);
}

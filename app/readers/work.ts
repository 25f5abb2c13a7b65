/** The other thread's side of `apart.server.ts`: answers one job after another. */
import { parentPort } from "node:worker_threads";

export type Job = { id: number; name: string; bytes: Uint8Array };
export type Answer = { id: number; result: unknown } | { id: number; failed: true };

type Reader = (bytes: Uint8Array) => unknown;

/** Whatever a reader throws means that it cannot make sense of the file. */
export function work(readers: Record<string, Reader>): void {
  parentPort!.on("message", async ({ id, name, bytes }: Job) => {
    const answer = await Promise.resolve(bytes)
      .then(readers[name])
      .then((result): Answer => ({ id, result }))
      .catch((): Answer => ({ id, failed: true }));
    parentPort!.postMessage(answer);
  });
}

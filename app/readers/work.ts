/** The other thread's side of `apart.server.ts`: answers one job after another. */
import { parentPort } from "node:worker_threads";

export type Job = { id: number; name: string; bytes: Uint8Array };
/** How long it took, in milliseconds, without the start of the thread. */
type Took = { id: number; milliseconds: number };
export type Answer = Took & ({ result: unknown } | { failed: true });

type Reader = (bytes: Uint8Array) => unknown;

/** Whatever a reader throws means that it cannot make sense of the file. */
export function work(readers: Record<string, Reader>): void {
  parentPort!.on("message", async ({ id, name, bytes }: Job) => {
    const begun = performance.now();
    const outcome = await Promise.resolve(bytes)
      .then(readers[name])
      .then((result) => ({ result }))
      .catch(() => ({ failed: true as const }));
    const answer: Answer = { id, milliseconds: performance.now() - begun, ...outcome };
    parentPort!.postMessage(answer);
  });
}

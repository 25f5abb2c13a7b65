/** Ends what a transaction is asking the database, once nobody waits for the answer any more. */
import { sql } from "drizzle-orm";
import { db, outsideOfReading, type Reader } from "#db/client.ts";

/**
 * Runs a reading until the signal ends it: the query that is under way is cancelled in the database, and nothing
 * more is asked.
 * @throws the signal's reason
 */
export async function cancelledBy<Result>(
  signal: AbortSignal | undefined,
  tx: Reader,
  read: () => Promise<Result>,
): Promise<Result> {
  if (!signal) return read();
  signal.throwIfAborted();
  const [session] = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
  let cancelling: Promise<unknown> | undefined;
  const cancel = () => {
    // Each role may cancel what it asks itself.
    cancelling = outsideOfReading(async () =>
      db.execute(sql`select pg_cancel_backend(${session!.pid})`),
    ).catch(() => {});
  };
  signal.addEventListener("abort", cancel, { once: true });
  try {
    const result = await read();
    signal.throwIfAborted();
    return result;
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener("abort", cancel);
    // The session is handed on afterwards: the next one's query must not be the one that is cancelled.
    await cancelling;
  }
}

/**
 * The connections to PostgreSQL, each lent to one at a time: whoever holds one may send what belongs together
 * without waiting for each answer, and nothing of anybody else comes in between. postgres.js looks after each
 * connection as a pool of one; its own pool of ten waits for the answer to every `begin`.
 */
import postgres from "postgres";
import { isAwaited } from "./open-transaction.ts";

/** In milliseconds; a page that nobody waits for any more should not be made. */
const longestLine = 30_000;

/** Answered like a statement that took too long. */
class TooLong extends Error {
  readonly code = "57014";
}

export class Lanes {
  private readonly all: postgres.Sql[];
  private readonly free: postgres.Sql[];
  private readonly waiting: ((lane: postgres.Sql) => void)[] = [];
  /** For what an open transaction waits for: its like could hold all others, and wait for one more forever. */
  private readonly beside: Lanes | undefined;

  constructor(
    url: string,
    { count, beside = 0 }: { count: number; beside?: number },
    options: postgres.Options<Record<string, never>>,
  ) {
    const first = postgres(url, { ...options, max: 1 });
    // Made from the same options object, so that all read and write values by the rules that drizzle sets there.
    const others = Array.from({ length: count - 1 }, () => postgres(first.options as object));
    this.all = [first, ...others];
    this.free = this.all.toReversed();
    this.beside =
      beside > 0 ? new Lanes(url, { count: beside }, first.options as object) : undefined;
  }

  get options(): postgres.Sql["options"] {
    return this.all[0]!.options;
  }

  /**
   * Lends a connection for as long as the work goes on; who comes when all are lent waits in line.
   * @throws where the line is too slow, with the code that says the database takes too long
   */
  async lend<Result>(work: (lane: postgres.Sql) => PromiseLike<Result>): Promise<Result> {
    if (this.beside && isAwaited()) return this.beside.lend(work);
    // The one that came back last: what is not needed is never opened.
    let lane = this.free.pop() ?? (await this.inLine());
    try {
      return await work(lane);
    } catch (error) {
      if (isLoss(error)) lane = this.replace(lane);
      throw error;
    } finally {
      const next = this.waiting.shift();
      if (next) next(lane);
      else this.free.push(lane);
    }
  }

  private inLine(): Promise<postgres.Sql> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.waiting.splice(this.waiting.indexOf(go), 1);
        reject(new TooLong("statement timeout: no connection to the database came free"));
      };
      const late = setTimeout(leave, longestLine);
      const go = (lane: postgres.Sql) => {
        clearTimeout(late);
        resolve(lane);
      };
      this.waiting.push(go);
    });
  }

  /**
   * A connection that was lost in the middle: postgres.js would answer the first that is asked on the next one with
   * the error of the old (postgres 3.4.9, `errorResponse` outlives `closed`).
   */
  private replace(lost: postgres.Sql): postgres.Sql {
    const lane = postgres(lost.options as object);
    this.all[this.all.indexOf(lost)] = lane;
    lost.end({ timeout: 0 }).catch(() => {});
    return lane;
  }

  /** What is still running gets so many seconds. */
  async end({ timeout }: { timeout: number }): Promise<void> {
    await Promise.all([this.beside, ...this.all].map((one) => one?.end({ timeout })));
  }
}

const losses = ["CONNECTION_CLOSED", "CONNECTION_DESTROYED", "ECONNRESET", "EPIPE"];

/** Whether it says that the connection is gone; drizzle wraps what PostgreSQL or the socket said. */
export function isLoss(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const {
    code,
    severity_local,
    severity = severity_local,
  } = error as Partial<postgres.PostgresError>;
  return severity === "FATAL" || losses.includes(code ?? "") || isLoss(error.cause);
}

/**
 * The client that drizzle is given: whatever it asks, PostgreSQL is first told for whom (`authority.ts`). That
 * is said within a transaction and ends with it, so that no connection carries it to the next who gets it.
 */
import type postgres from "postgres";
import { askingStatement } from "./authority.ts";
import { isLoss, type Lanes } from "./lanes.ts";
import { asOpen, refuseWhileOpen } from "./open-transaction.ts";
import {
  checkValues,
  type How,
  isReading,
  preparedIfOften,
  readTold,
  type StatementParts,
} from "./reading.ts";

type Work = (tx: postgres.TransactionSql) => unknown;

/** A statement that nothing was done with yet: rows as objects when it is awaited, as arrays by `values()`. */
class Statement {
  constructor(private readonly ask: (how: How) => Promise<unknown>) {}

  values() {
    return this.ask((asked) => asked.values());
  }

  then(resolve: (rows: unknown) => unknown, reject: (error: unknown) => unknown) {
    return this.ask((asked) => asked).then(resolve, reject);
  }
}

/** What drizzle calls of a client, and nothing else of it. */
export function withinWalls(lanes: Lanes): postgres.Sql {
  const client = {
    options: lanes.options,
    unsafe: (...statement: StatementParts) =>
      new Statement(async (how) => {
        refuseWhileOpen(statement[0]);
        checkValues(statement);
        const telling = askingStatement();
        return lanes.lend((lane) => askOne(lane, telling, statement, how));
      }),
    begin: async (work: Work) => {
      refuseWhileOpen("begin");
      const telling = askingStatement();
      return lanes.lend((lane) =>
        beginOn(lane, (tx) => {
          // Goes ahead of whatever is asked; should it fail, the transaction fails with it.
          if (telling) void tx.unsafe(telling).execute();
          return asOpen(async () => work(tx));
        }),
      );
    },
  };
  return client as unknown as postgres.Sql;
}

/** A statement by itself, for nobody where there is nothing to tell. */
function askOne(
  lane: postgres.Sql,
  telling: string | undefined,
  statement: StatementParts,
  how: How,
): PromiseLike<unknown> {
  if (!telling) return how(lane.unsafe(...preparedIfOften(statement)));
  if (isReading(statement)) return readTold(lane, telling, statement, how);
  // Both are under way at once.
  return beginOn(lane, async (tx) => {
    const [, rows] = await Promise.all([tx.unsafe(telling), how(tx.unsafe(...statement))]);
    return rows;
  });
}

/**
 * Once its connection is gone, a transaction is over and `begin` says so. It is not told that the work failed:
 * it would send a rollback to where nobody listens, which ends the program (postgres 3.4.9, `nextWrite`). A loss
 * may also be that of another connection, which the work waited for: then `begin` goes on, and is told.
 */
async function beginOn<Result>(
  lane: postgres.Sql,
  work: (tx: postgres.TransactionSql) => Promise<Result>,
): Promise<Result> {
  let isOver = false;
  const begun = (tx: postgres.TransactionSql) =>
    work(tx).catch(async (error: unknown) => {
      if (isLoss(error)) {
        await new Promise((resolve) => setTimeout(resolve, untilSaid));
        if (isOver) return new Promise<never>(() => {});
      }
      throw error;
    });
  try {
    return (await lane.begin(begun)) as Result;
  } finally {
    isOver = true;
  }
}

/** In milliseconds: a connection that ended with an error is closed right after it. */
const untilSaid = 1_000;

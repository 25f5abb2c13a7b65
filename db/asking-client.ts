/**
 * The client that drizzle is given: whatever it asks, PostgreSQL is first told for whom (`authority.ts`). That
 * is said within a transaction and ends with it, so that no connection carries it to the next who gets it.
 */
import type postgres from "postgres";
import { askingStatement } from "./authority.ts";

type Asked = ReturnType<postgres.TransactionSql["unsafe"]>;
type Work = (tx: postgres.TransactionSql) => unknown;

/** A statement that nothing was done with yet: rows as objects when it is awaited, as arrays by `values()`. */
class Statement {
  constructor(
    private readonly ask: (how: (asked: Asked) => PromiseLike<unknown>) => Promise<unknown>,
  ) {}

  values() {
    return this.ask((asked) => asked.values());
  }

  then(resolve: (rows: unknown) => unknown, reject: (error: unknown) => unknown) {
    return this.ask((asked) => asked).then(resolve, reject);
  }
}

/** All but what drizzle calls goes to the pool as it is, for nobody: there no row is seen. */
export function withinWalls(sql: postgres.Sql): postgres.Sql {
  return Object.assign(Object.create(sql) as postgres.Sql, {
    unsafe: (...statement: Parameters<postgres.Sql["unsafe"]>) =>
      new Statement((how) => {
        const telling = askingStatement();
        if (!telling) return Promise.resolve(how(sql.unsafe(...statement)));
        // Both are under way at once.
        const both = (tx: postgres.TransactionSql) =>
          leftWhereLost(Promise.all([tx.unsafe(telling), how(tx.unsafe(...statement))]));
        return sql.begin(both).then(([, rows]) => rows);
      }),
    begin: (work: Work) => {
      const telling = askingStatement();
      return sql.begin((tx) => {
        // Goes ahead of whatever is asked; should it fail, the transaction fails with it.
        if (telling) void tx.unsafe(telling).execute();
        return leftWhereLost(Promise.resolve(work(tx)));
      });
    },
  });
}

/**
 * Once its connection is gone, a transaction is over and `begin` says so. It is not told that the work failed:
 * it would send a rollback to where nobody listens, which ends the program (postgres 3.4.9, `nextWrite`).
 */
function leftWhereLost<Result>(work: Promise<Result>): Promise<Result> {
  return work.catch((error: unknown) => {
    if (isLoss(error)) return new Promise<never>(() => {});
    throw error;
  });
}

const losses = ["CONNECTION_CLOSED", "CONNECTION_DESTROYED", "ECONNRESET", "EPIPE"];

/** Of the connection; drizzle wraps what PostgreSQL or the socket said. */
function isLoss(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const {
    code,
    severity_local,
    severity = severity_local,
  } = error as Partial<postgres.PostgresError>;
  return severity === "FATAL" || losses.includes(code ?? "") || isLoss(error.cause);
}

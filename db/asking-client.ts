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
        const both = (tx: postgres.TransactionSql) => [
          tx.unsafe(telling),
          how(tx.unsafe(...statement)),
        ];
        return sql.begin(both).then(([, rows]) => rows);
      }),
    begin: (work: Work) => {
      const telling = askingStatement();
      if (!telling) return sql.begin(work);
      return sql.begin((tx) => {
        // Goes ahead of whatever is asked; should it fail, the transaction fails with it.
        void tx.unsafe(telling).execute();
        return work(tx);
      });
    },
  });
}

/**
 * Takes the first wall down: each statement that is asked for one authority loses its own filter on the column of
 * that authority before PostgreSQL gets it. What keeps others' rows back then is PostgreSQL alone.
 */
import type postgres from "postgres";
import { afterAll, expect } from "vitest";
import { askingStatement } from "#db/authority.ts";
import { Lanes } from "#db/lanes.ts";

/** A filter by a value; where two rows are compared, the column stays: it is part of a key. */
const filter = /(?:"?\w+"?\.)?"?\bschool_authority_id\b"? = (\$\d+)(?:::uuid)?/g;

let taken = 0;

/** How many statements have lost their filter in this test file. */
export const takenFilters = () => taken;

/** As true as the filter for every row; the value stays, since the statement counts them. */
function withoutFilter(text: string): string {
  const telling = askingStatement();
  if (!telling || telling.includes("'*'")) return text;
  const left = text.replace(filter, "($1::uuid is not null)");
  if (left !== text) taken += 1;
  return left;
}

type Sql = postgres.Sql | postgres.TransactionSql;

function unfiltered<Client extends Sql>(client: Client): Client {
  return new Proxy(client, {
    get(target, key) {
      const part: unknown = Reflect.get(target, key, target);
      if (typeof part !== "function" || key === "options") return part;
      if (key === "unsafe") {
        return (text: string, ...rest: unknown[]) =>
          (part as (...given: unknown[]) => unknown).call(target, withoutFilter(text), ...rest);
      }
      if (key === "begin" || key === "savepoint") {
        return (...given: unknown[]) => {
          const work = given.pop() as (tx: postgres.TransactionSql) => unknown;
          const within = (tx: postgres.TransactionSql) => work(unfiltered(tx));
          return (part as (...given: unknown[]) => unknown).call(target, ...given, within);
        };
      }
      return (part as (...given: unknown[]) => unknown).bind(target);
    },
  });
}

const { lend } = Lanes.prototype;
Lanes.prototype.lend = function <Result>(
  this: Lanes,
  work: (lane: postgres.Sql) => PromiseLike<Result>,
): Promise<Result> {
  return lend.call(this, (lane) => work(unfiltered(lane))) as Promise<Result>;
};

afterAll(() => {
  expect(taken, "statements that lost their filter").toBeGreaterThan(10);
});

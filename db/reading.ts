/** A single reading behind the walls, told and asked in one go instead of four. */
import type postgres from "postgres";

export type StatementParts = Parameters<postgres.Sql["unsafe"]>;
type Asked = ReturnType<postgres.Sql["unsafe"]>;
/** In which form the rows are wanted. */
export type How = (asked: Asked) => PromiseLike<unknown>;

/** Statements that are worth to be prepared in each connection, and texts that were seen before they are. */
const most = { prepared: 300, seen: 1_000, length: 10_000 };
const worthFrom = 3;
const seen = new Map<string, number>();
const prepared = new Set<string>();

/** Whether it may go the short way: it says itself that it reads, and PostgreSQL is told to hold it to that. */
export function isReading([text]: StatementParts): boolean {
  return /^\s*select\b/i.test(text);
}

/**
 * Sends at once what a reading needs: the begin of a transaction that may only read and for whom it is, the
 * reading, and the end. If it fails, the end is its rollback. A lost connection may leave the later ones to
 * another, which shows nobody's rows; it fails all the same, since the begin was lost. What writes must not go
 * this way: of a commit on another connection nobody would know that it came too late.
 * @param lane lent to this reading alone
 */
export async function readTold(
  lane: postgres.Sql,
  telling: string,
  statement: StatementParts,
  how: How,
): Promise<unknown> {
  const told = await readOnce(lane, telling, preparedIfOften(statement), how);
  if (told.isTold) return told.rows;
  const again = await readOnce(lane, telling, statement, how);
  if (again.isTold) return again.rows;
  throw new Error("a reading was not told for whom it is");
}

async function readOnce(lane: postgres.Sql, telling: string, statement: StatementParts, how: How) {
  const asked = lane.unsafe(...statement);
  const [begun, read, ended] = await Promise.allSettled([
    lane.unsafe(`begin read only; ${telling}`).execute(),
    // In this order: by itself a statement is sent a moment later, when somebody waits for it.
    (how(asked), asked.execute()),
    lane.unsafe("commit").execute(),
  ]);
  if (read.status === "rejected") throw read.reason;
  for (const step of [begun, ended]) if (step.status === "rejected") throw step.reason;
  // What was prepared for tables that have changed meanwhile fails, and postgres.js asks it again by itself: after
  // the end, for nobody. The end says so: it was a rollback.
  const { command } = (ended as PromiseFulfilledResult<postgres.RowList<never[]>>).value;
  return { rows: read.value, isTold: command === "COMMIT" };
}

/**
 * Asked often enough, it is parsed once in each connection, and need not be described each time. It is planned
 * anew for its values each time (`plan_cache_mode`): authorities differ in size by the thousand.
 */
export function preparedIfOften([text, values, options]: StatementParts): StatementParts {
  return [text, values, { ...options, prepare: isOften(text) }];
}

function isOften(text: string): boolean {
  if (prepared.has(text)) return true;
  if (prepared.size >= most.prepared || text.length > most.length) return false;
  const times = (seen.get(text) ?? 0) + 1;
  // Texts that never come again, such as those with long lists of values, must not pile up.
  if (seen.size >= most.seen) seen.clear();
  seen.set(text, times);
  if (times < worthFrom) return false;
  seen.delete(text);
  prepared.add(text);
  return true;
}

/**
 * A value that can't be written down breaks postgres.js while it sends: it blames whatever was asked before, and
 * waits forever for an answer to this (postgres 3.4.9, `execute`).
 * @throws TypeError before anything is sent
 */
export function checkValues([text, values = []]: StatementParts): void {
  const given = values as readonly unknown[];
  if (given.length >= 65_534) throw new TypeError("a statement has too many values");
  const at = given.findIndex((value) => !isSendable(value));
  if (at >= 0) throw new TypeError(`value $${at + 1} can't be sent to the database: ${text}`);
}

function isSendable(value: unknown): boolean {
  if (value === null || Array.isArray(value) || value instanceof Uint8Array) return true;
  return ["string", "number", "boolean", "bigint"].includes(typeof value);
}

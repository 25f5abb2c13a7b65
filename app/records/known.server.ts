/** As known on (Kenntnisstand): any reading of the books as they were known at a past moment. */
import { sql } from "drizzle-orm";
import { livingIn } from "#app/clock.server.ts";
import type { User } from "#app/domain/permission.ts";
import { db, readingFrom, type Reader } from "#db/client.ts";

/**
 * This moment, to the millisecond, for a reading that can be made again: whoever holds the books is waited
 * for, so that every deed begun up to it is on file, and every later one begins after it.
 */
export function momentOfBooks(user: User): Promise<Date> {
  return db.transaction(async (tx) => {
    await waitForBooks(tx, user);
    const [clock] = await tx.execute<{ milliseconds: string }>(
      sql`select floor(extract(epoch from clock_timestamp()) * 1000)::text as milliseconds`,
    );
    return new Date(Number(clock!.milliseconds));
  });
}

/**
 * Reads the books of the user's authority as they were known at a moment: on one snapshot, and with that
 * day as today. All records answer for it, whether they take a reader or not.
 * @returns undefined for a moment that is still to come by the database's clock
 */
export async function readKnown<Result>(
  user: User,
  moment: Date,
  read: (reader: Reader) => Promise<Result>,
): Promise<Result | undefined> {
  if (!(await isOver(user, moment))) return undefined;
  const asKnown = sql`select known.read_as(${user.schoolAuthorityId}, ${moment.toISOString()})`;
  return db.transaction(
    async (tx) => {
      await tx.execute(asKnown);
      return readingFrom(tx, () => livingIn(moment, () => read(tx)));
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
}

/** False for the future. Waits for a deed that may have begun up to the moment and is not on file yet. */
function isOver(user: User, moment: Date): Promise<boolean> {
  const at = sql`${moment.toISOString()}::timestamptz`;
  return db.transaction(async (tx) => {
    const [found] = await tx.execute<{ over: boolean; followed: boolean }>(
      sql`select ${at} <= clock_timestamp() as over, exists (
        select 1 from book_moments
        where school_authority_id = ${user.schoolAuthorityId} and begun_at > ${at}) as followed`,
    );
    // Deeds follow one another: where one began later, those before it are done.
    if (found!.over && !found!.followed) await waitForBooks(tx, user);
    return found!.over;
  });
}

async function waitForBooks(reader: Reader, user: User) {
  await reader.execute(
    sql`select 1 from journal_heads where school_authority_id = ${user.schoolAuthorityId} for share`,
  );
}

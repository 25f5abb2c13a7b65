/**
 * Calendars of deadlines: each user has one secret address at most. Only the SHA-256 of the secret is
 * kept; who reads the table can't read a calendar with it.
 */
import { createHash, randomBytes } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import { withinAccess } from "#app/audit-access.server.ts";
import { mayUser, type User } from "#app/domain/permission.ts";
import { askFor, everyAuthority } from "#db/authority.ts";
import { db } from "#db/client.ts";
import { calendarFeeds, users } from "#db/schema/users.ts";
import { logChange } from "./changes.server.ts";

/** Since when the user has an address; undefined without one. */
export async function findCalendar(user: User): Promise<{ createdAt: Date } | undefined> {
  const [feed] = await db
    .select({ createdAt: calendarFeeds.createdAt })
    .from(calendarFeeds)
    .where(ownFeed(user));
  return feed;
}

/** Gives the user an address with a fresh secret, in place of the one before. The secret is told once. */
export function createCalendar(user: User): Promise<string> {
  const { id: userId, schoolAuthorityId } = user;
  const secret = randomBytes(32).toString("base64url");
  const secretHash = hashOf(secret);
  return db.transaction(async (tx) => {
    await tx
      .insert(calendarFeeds)
      .values({ schoolAuthorityId, userId, secretHash })
      .onConflictDoUpdate({
        target: calendarFeeds.userId,
        set: { secretHash, createdAt: sql`clock_timestamp()` },
      });
    await logChange(tx, user, "calendar_created", { id: userId, text: user.email });
    return secret;
  });
}

/** From now on nobody reads the calendar. */
export function withdrawCalendar(user: User): Promise<void> {
  return db.transaction(async (tx) => {
    const withdrawn = await tx.delete(calendarFeeds).where(ownFeed(user)).returning();
    if (withdrawn.length === 0) return;
    await logChange(tx, user, "calendar_withdrawn", { id: user.id, text: user.email });
  });
}

/**
 * Whose calendar a secret opens: an active user who may read it. All that can be told from the
 * time it takes is whether a hash is there, and nobody can choose the hash of a secret.
 */
export async function findCalendarReader(secret: string | undefined): Promise<User | undefined> {
  if (!secret || !/^[\w-]{43}$/.test(secret)) return undefined;
  const [account] = await everyAuthority(() =>
    db
      .select({
        id: users.id,
        schoolAuthorityId: users.schoolAuthorityId,
        name: users.name,
        email: users.email,
      })
      .from(calendarFeeds)
      .innerJoin(users, and(eq(users.id, calendarFeeds.userId), eq(users.isActive, true)))
      .where(eq(calendarFeeds.secretHash, hashOf(secret))),
  );
  if (!account) return undefined;
  askFor(account.schoolAuthorityId);
  const user = await withinAccess(account);
  return user && mayUser(user, "read_remaining") ? user : undefined;
}

function ownFeed({ id, schoolAuthorityId }: User) {
  return and(eq(calendarFeeds.userId, id), eq(calendarFeeds.schoolAuthorityId, schoolAuthorityId));
}

function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

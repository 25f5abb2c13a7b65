/** Where somebody is signed in, to look at and to end. */
import { and, desc, eq, gt, ne } from "drizzle-orm";
import { now } from "#app/clock.server.ts";
import { mayUser, type User } from "#app/domain/permission.ts";
import { sessionMinutes } from "#app/domain/session.ts";
import { forbidden, notFound } from "#app/http.ts";
import { endAllSessions } from "#app/session.server.ts";
import { db } from "#db/client.ts";
import { sessions, users } from "#db/schema/users.ts";
import { logChange } from "./changes.server.ts";

/** The user's own sessions that hold, the last used first. */
export function listSessions(user: User) {
  const { publicId: id, createdAt, lastUsedAt, browser, address, begunBy } = sessions;
  const begunAfter = new Date(now().getTime() - sessionMinutes.absolute * 60_000);
  return db
    .select({ id, createdAt, lastUsedAt, browser, address, begunBy })
    .from(sessions)
    .where(
      and(
        eq(sessions.userId, user.id),
        gt(sessions.expiresAt, now()),
        gt(sessions.createdAt, begunAfter),
        eq(sessions.awaitsCode, false),
      ),
    )
    .orderBy(desc(lastUsedAt));
}

/** Ends one of the user's own sessions. */
export async function endSessionById(user: User, id: string): Promise<void> {
  const ended = await db
    .delete(sessions)
    .where(and(eq(sessions.publicId, id), eq(sessions.userId, user.id)))
    .returning();
  if (ended.length === 0) notFound();
  await logChange(db, user, "sessions_ended", { id: user.id, text: user.email });
}

/** Ends all of the user's own sessions but the one of the request. */
export async function endOtherSessions(user: User, ownId: string): Promise<void> {
  await db.delete(sessions).where(and(eq(sessions.userId, user.id), ne(sessions.publicId, ownId)));
  await logChange(db, user, "sessions_ended", { id: user.id, text: user.email });
}

/** Ends all sessions of a person of the authority: for a lost device, or a suspicion. */
export async function endSessionsOf(user: User, userId: string): Promise<void> {
  if (!mayUser(user, "manage_users")) forbidden();
  const [person] = await db
    .select({ name: users.name, email: users.email })
    .from(users)
    .where(and(eq(users.id, userId), eq(users.schoolAuthorityId, user.schoolAuthorityId)));
  if (!person) notFound();
  await endAllSessions(userId);
  const text = `${person.name}, ${person.email}`;
  await logChange(db, user, "sessions_ended", { id: userId, text });
}

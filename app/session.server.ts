/**
 * Who is signed in: all of Lucia is in this file. Its author ended the library in March 2025; to replace
 * it is to rewrite these functions.
 */
import { createHash } from "node:crypto";
import { redirect } from "@remix-run/node";
import { and, eq, gt, lte } from "drizzle-orm";
import { type Adapter, type DatabaseSession, type DatabaseUser, Lucia, TimeSpan } from "lucia";
import { withinAccess } from "./audit-access.server.ts";
import { now } from "./clock.server.ts";
import { mayUser, type Permission, type User } from "./domain/permission.ts";
import { settings } from "./env.server.ts";
import { forbidden } from "./http.ts";
import { noteUser } from "./request.server.ts";
import { askFor, everyAuthority } from "#db/authority.ts";
import { db } from "#db/client.ts";
import { sessions, users } from "#db/schema/users.ts";

/**
 * Without a request a session ends after half of this to all of it: Lucia renews it only when a request
 * comes in the second half of its life.
 */
const idleLifetime = new TimeSpan(1, "h");
/** However busy, a session ends this long after signing in. */
const absoluteLifetime = new TimeSpan(12, "h");

/** Keeps sessions by the SHA-256 of their secret: who reads the table can't sign in with it. */
const adapter: Adapter = {
  async getSessionAndUser(secret) {
    const begunAfter = new Date(now().getTime() - absoluteLifetime.milliseconds());
    const [row] = await db
      .select()
      .from(sessions)
      .innerJoin(users, and(eq(users.id, sessions.userId), eq(users.isActive, true)))
      .where(and(eq(sessions.id, hashOf(secret)), gt(sessions.createdAt, begunAfter)));
    if (!row) return [null, null];
    const { id, ...attributes } = row.users;
    const session = { ...row.sessions, id: secret, attributes: {} };
    return [session, { id, attributes } satisfies DatabaseUser];
  },
  async getUserSessions(userId) {
    const rows = await db.select().from(sessions).where(eq(sessions.userId, userId));
    return rows.map((row): DatabaseSession => ({ ...row, attributes: {} }));
  },
  async setSession({ id, userId, expiresAt }) {
    await db.insert(sessions).values({ id: hashOf(id), userId, expiresAt });
  },
  async updateSessionExpiration(secret, expiresAt) {
    await db
      .update(sessions)
      .set({ expiresAt })
      .where(eq(sessions.id, hashOf(secret)));
  },
  async deleteSession(secret) {
    await db.delete(sessions).where(eq(sessions.id, hashOf(secret)));
  },
  async deleteUserSessions(userId) {
    await db.delete(sessions).where(eq(sessions.userId, userId));
  },
  async deleteExpiredSessions() {
    await db.delete(sessions).where(lte(sessions.expiresAt, now()));
  },
};

const isSecure = settings.origin?.startsWith("https:") ?? false;

const lucia = new Lucia(adapter, {
  sessionExpiresIn: idleLifetime,
  sessionCookie: {
    name: isSecure ? "__Host-session" : "session",
    expires: false,
    attributes: { secure: isSecure, sameSite: "lax", path: "/" },
  },
  getUserAttributes: ({ schoolAuthorityId, name, email }) => ({ schoolAuthorityId, name, email }),
});

declare module "lucia" {
  interface Register {
    Lucia: typeof lucia;
    UserId: string;
    DatabaseUserAttributes: { schoolAuthorityId: string; name: string; email: string };
  }
}

/** The signed-in user of the request, if there is one; from here on the database shows rows of their authority. */
export async function findUser(request: Request): Promise<User | undefined> {
  const secret = lucia.readSessionCookie(request.headers.get("Cookie") ?? "");
  if (!secret) return undefined;
  const { user } = await everyAuthority(() => lucia.validateSession(secret));
  if (!user) return undefined;
  noteUser(user);
  askFor(user.schoolAuthorityId);
  return withinAccess(user);
}

/**
 * The signed-in user. Ends the request at the sign-in page, or with 403 when no role of theirs has the
 * permission. Stands first in every loader and action: Remix runs the loaders of a page side by side,
 * so that a check in a parent route protects nothing.
 */
export async function requireUser(request: Request, permission: Permission): Promise<User> {
  const user = await findUser(request);
  if (!user) {
    const { pathname, search } = new URL(request.url);
    const isPage = request.method === "GET" && pathname !== "/";
    throw redirect(
      isPage ? `/login?${new URLSearchParams({ then: pathname + search })}` : "/login",
    );
  }
  return mayUser(user, permission) ? user : forbidden();
}

/** Begins a session with a fresh secret; gives the cookie to set. */
export async function startSession(userId: string): Promise<string> {
  const session = await everyAuthority(async () => {
    await lucia.deleteExpiredSessions();
    return lucia.createSession(userId, {});
  });
  const cookie = lucia.createSessionCookie(session.id);
  // Lucia would keep it for more than a year, long after the session has ended.
  cookie.attributes.maxAge = absoluteLifetime.seconds();
  return cookie.serialize();
}

/** Ends the request's session; gives the cookie that clears the browser's. */
export async function endSession(request: Request): Promise<string> {
  const secret = lucia.readSessionCookie(request.headers.get("Cookie") ?? "");
  if (secret) await everyAuthority(() => lucia.invalidateSession(secret));
  return lucia.createBlankSessionCookie().serialize();
}

/** Ends all sessions of a user: after a change of password, or when the account is closed. */
export function endAllSessions(userId: string): Promise<void> {
  return lucia.invalidateUserSessions(userId);
}

function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

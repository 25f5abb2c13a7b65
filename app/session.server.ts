/**
 * Who is signed in: all of Lucia is in this file. Its author ended the library in March 2025; to replace
 * it is to rewrite these functions.
 */
import { createHash } from "node:crypto";
import { redirect } from "@remix-run/node";
import { and, eq, gt, isNotNull, lte, or } from "drizzle-orm";
import { type Adapter, type DatabaseSession, type DatabaseUser, Lucia, TimeSpan } from "lucia";
import { withinAccess } from "./audit-access.server.ts";
import { now } from "./clock.server.ts";
import { describeBrowser } from "./domain/browser.ts";
import { mayUser, type Permission, type Role, type User } from "./domain/permission.ts";
import { demandsSecondFactor } from "./domain/second-factor.ts";
import { type SessionBegin, sessionMinutes } from "./domain/session.ts";
import { settings } from "./env.server.ts";
import { forbidden } from "./http.ts";
import { forgetFound, foundOnce, noteUser, requestAddress } from "./request.server.ts";
import { askFor, everyAuthority } from "#db/authority.ts";
import { db } from "#db/client.ts";
import { schoolAuthorities } from "#db/schema/authorities.ts";
import { secondFactors } from "#db/schema/sign-in.ts";
import { sessions, users } from "#db/schema/users.ts";

const lifetime = {
  idle: new TimeSpan(sessionMinutes.idle, "m"),
  absolute: new TimeSpan(sessionMinutes.absolute, "m"),
  awaitingCode: new TimeSpan(sessionMinutes.awaitingCode, "m"),
};

/** A request moves the end of a session at most so often: many come at once. */
const renewal = new TimeSpan(1, "m");

type SessionAttributes = {
  publicId?: string;
  begunBy: SessionBegin;
  awaitsCode: boolean;
  browser: string;
  address: string | null;
  lastUsedAt: Date;
};

type UserAttributes = {
  schoolAuthorityId: string;
  name: string;
  email: string;
  hasSecondFactor: boolean;
  /** Roles for which the authority demands a second factor. */
  demanding: Role[];
};

/** Keeps sessions by the SHA-256 of their secret: who reads the table can't sign in with it. */
const adapter: Adapter = {
  async getSessionAndUser(secret) {
    const [row] = await db
      .select({
        session: sessions,
        user: users,
        demanding: schoolAuthorities.secondFactorRoles,
        factorOf: secondFactors.userId,
      })
      .from(sessions)
      .innerJoin(users, and(eq(users.id, sessions.userId), eq(users.isActive, true)))
      .innerJoin(schoolAuthorities, eq(schoolAuthorities.id, users.schoolAuthorityId))
      .leftJoin(
        secondFactors,
        and(eq(secondFactors.userId, users.id), isNotNull(secondFactors.confirmedAt)),
      )
      .where(
        and(
          eq(sessions.id, hashOf(secret)),
          gt(sessions.createdAt, ago(lifetime.absolute)),
          or(eq(sessions.awaitsCode, false), gt(sessions.createdAt, ago(lifetime.awaitingCode))),
        ),
      );
    if (!row) return [null, null];
    const { id, schoolAuthorityId, name, email } = row.user;
    const attributes: UserAttributes = {
      ...{ schoolAuthorityId, name, email },
      hasSecondFactor: row.factorOf !== null,
      demanding: row.demanding,
    };
    const { userId, expiresAt, ...session } = row.session;
    return [
      { id: secret, userId, expiresAt, attributes: session },
      { id, attributes } satisfies DatabaseUser,
    ];
  },
  async getUserSessions(userId) {
    const rows = await db.select().from(sessions).where(eq(sessions.userId, userId));
    return rows.map((row): DatabaseSession => ({ ...row, attributes: row }));
  },
  async setSession({ id, userId, expiresAt, attributes }) {
    await db.insert(sessions).values({ id: hashOf(id), userId, expiresAt, ...attributes });
  },
  async updateSessionExpiration(secret, expiresAt) {
    await db
      .update(sessions)
      .set({ expiresAt, lastUsedAt: now() })
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
  sessionExpiresIn: lifetime.idle,
  sessionCookie: {
    name: isSecure ? "__Host-session" : "session",
    expires: false,
    attributes: { secure: isSecure, sameSite: "lax", path: "/" },
  },
  getSessionAttributes: (attributes) => attributes,
  getUserAttributes: (attributes) => attributes,
});

declare module "lucia" {
  interface Register {
    Lucia: typeof lucia;
    UserId: string;
    DatabaseSessionAttributes: SessionAttributes;
    DatabaseUserAttributes: UserAttributes;
  }
}

/** A session, and what it still lacks: then it may do nothing but to get it, or to end. */
export type SignedIn = {
  user: User;
  session: { publicId: string; begunBy: SessionBegin };
  hasSecondFactor: boolean;
  lacks?: "code" | "second_factor";
};

/**
 * The session of the request, whatever it lacks; from here on the database shows rows of its authority. For the
 * pages of signing in; all others ask `requireUser`. Looked up once for a request, and again after a deed in it.
 */
export async function findSession(request: Request): Promise<SignedIn | undefined> {
  const secret = secretOf(request);
  return secret ? foundOnce(`session ${hashOf(secret)}`, () => lookUp(secret)) : undefined;
}

async function lookUp(secret: string): Promise<SignedIn | undefined> {
  const { session, user: account } = await everyAuthority(() => lucia.validateSession(secret));
  if (!session) return undefined;
  noteUser(account);
  askFor(account.schoolAuthorityId);
  const { hasSecondFactor, demanding, ...rest } = account;
  const user = await withinAccess(rest);
  if (!user) return undefined;
  const { publicId, begunBy, awaitsCode, lastUsedAt, fresh } = session;
  if (!fresh && lastUsedAt <= ago(renewal)) {
    // Lucia alone would renew it in the second half of its life only.
    await adapter.updateSessionExpiration(secret, after(lifetime.idle));
  }
  const mustSetUp =
    demandsSecondFactor(user.roles, demanding) &&
    !hasSecondFactor &&
    begunBy !== "directory_with_factor";
  return {
    user,
    session: { publicId: publicId!, begunBy },
    hasSecondFactor,
    lacks: awaitsCode ? "code" : mustSetUp ? "second_factor" : undefined,
  };
}

/** The signed-in user of the request, if there is one who lacks nothing. */
export async function findUser(request: Request): Promise<User | undefined> {
  const found = await findSession(request);
  return found?.lacks ? undefined : found?.user;
}

/**
 * The signed-in user. Ends the request at the sign-in page, at what the session still lacks, or with 403 when no
 * role of theirs has the permission. Stands first in every loader and action: Remix runs the loaders of a page side
 * by side, so that a check in a parent route protects nothing.
 * @param mayLack what the page itself gives: the second factor is set up without one
 */
export async function requireUser(
  request: Request,
  permission: Permission,
  mayLack?: "second_factor",
): Promise<User> {
  const found = await findSession(request);
  const { pathname, search } = new URL(request.url);
  const isPage = request.method === "GET" && pathname !== "/";
  const then = isPage ? `?${new URLSearchParams({ then: pathname + search })}` : "";
  if (!found) throw redirect(`/login${then}`);
  if (found.lacks === "code") throw redirect(`/login/code${then}`);
  if (found.lacks && found.lacks !== mayLack) throw redirect(`/account/second-factor${then}`);
  return mayUser(found.user, permission) ? found.user : forbidden();
}

/** How a session begins: with which request, by what, and whether the second factor is still to come. */
export type Begin = { request?: Request; begunBy?: SessionBegin; awaitsCode?: boolean };

/** Begins a session with a fresh secret; gives the cookie to set. */
export async function startSession(
  userId: string,
  { request, begunBy = "password", awaitsCode = false }: Begin = {},
): Promise<string> {
  const session = await everyAuthority(async () => {
    await lucia.deleteExpiredSessions();
    return lucia.createSession(userId, {
      begunBy,
      awaitsCode,
      browser: describeBrowser(request?.headers.get("User-Agent") ?? null),
      address: requestAddress() ?? null,
      lastUsedAt: now(),
    });
  });
  const cookie = lucia.createSessionCookie(session.id);
  // Lucia would keep it for more than a year, long after the session has ended.
  cookie.attributes.maxAge = lifetime.absolute.seconds();
  return cookie.serialize();
}

/** Ends the request's session; gives the cookie that clears the browser's. */
export async function endSession(request: Request): Promise<string> {
  const secret = secretOf(request);
  if (secret) await everyAuthority(() => lucia.invalidateSession(secret));
  forgetFound();
  return lucia.createBlankSessionCookie().serialize();
}

/** Ends all sessions of a user: whenever what they rest on has changed, or the account is closed. */
export async function endAllSessions(userId: string): Promise<void> {
  await lucia.invalidateUserSessions(userId);
  forgetFound();
}

function secretOf(request: Request): string | null {
  return lucia.readSessionCookie(request.headers.get("Cookie") ?? "");
}

const ago = (span: TimeSpan) => new Date(now().getTime() - span.milliseconds());
const after = (span: TimeSpan) => new Date(now().getTime() + span.milliseconds());

function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

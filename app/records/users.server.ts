/** Users: the people of an authority who sign in. */
import { and, asc, eq } from "drizzle-orm";
import { type CurrentAccess, currentAccess } from "#app/audit-access.server.ts";
import { may, type Role, type User } from "#app/domain/permission.ts";
import { forbidden, notFound } from "#app/http.ts";
import { hashPassword, isPassword } from "#app/password.server.ts";
import { endAllSessions } from "#app/session.server.ts";
import { db, type Reader, type Transaction } from "#db/client.ts";
import { schoolAuthorities } from "#db/schema/authorities.ts";
import { users } from "#db/schema/users.ts";
import { foundAuthority } from "./authorities.server.ts";
import { logChange } from "./changes.server.ts";

export type UserDraft = { name: string; email: string; role: Role; password: string };

export type UserViolation =
  | { field: "email"; rule: "email_taken" }
  | { field: "password"; rule: "password_too_short" };

export type PasswordViolation =
  | { field: "password"; rule: "password_too_short" }
  | { field: "currentPassword"; rule: "password_wrong" };

export const shortestPassword = 12;

export type SigningIn =
  | { user: User }
  /** The password is right, the access of the invited auditor is over or withdrawn. */
  | { closed: CurrentAccess }
  /** The password fits accounts at several authorities: one is to be chosen. */
  | { choices: { schoolAuthorityId: string; name: string }[] };

/**
 * Who signs in with an address and a password; undefined where no account has both, in the time that one
 * account takes. A person can have an account at several authorities (an auditor of several): the password
 * decides, and where it fits several, `schoolAuthorityId`.
 */
export async function findSigningIn(
  email: string,
  password: string,
  schoolAuthorityId?: string,
): Promise<SigningIn | undefined> {
  const accounts = await db
    .select({ user: users, authority: schoolAuthorities.name })
    .from(users)
    .innerJoin(schoolAuthorities, eq(schoolAuthorities.id, users.schoolAuthorityId))
    .where(and(eq(users.email, email.toLowerCase()), eq(users.isActive, true)))
    .orderBy(asc(schoolAuthorities.name));
  const fitting = [];
  for (const account of accounts) {
    if (await isPassword(password, account.user.passwordHash)) fitting.push(account);
  }
  if (accounts.length === 0) await isPassword(password, undefined);
  const chosen = fitting.filter(({ user }) => user.schoolAuthorityId === schoolAuthorityId);
  const [account, ...others] = chosen.length > 0 ? chosen : fitting;
  if (!account) return undefined;
  if (others.length > 0) {
    return {
      choices: fitting.map(({ user, authority }) => {
        return { schoolAuthorityId: user.schoolAuthorityId, name: authority };
      }),
    };
  }
  const { user } = account;
  const access = await currentAccess(user);
  if (access.state !== "open") return { closed: access };
  await logChange(db, user, "signed_in", { id: user.id, text: user.email });
  return { user };
}

export function listUsers(user: User) {
  if (!may(user.role, "manage_users")) forbidden();
  return db
    .select({
      id: users.id,
      name: users.name,
      email: users.email,
      role: users.role,
      isActive: users.isActive,
    })
    .from(users)
    .where(eq(users.schoolAuthorityId, user.schoolAuthorityId))
    .orderBy(asc(users.name));
}

export async function recordUser(user: User, draft: UserDraft): Promise<UserViolation | undefined> {
  if (!may(user.role, "manage_users")) forbidden();
  if (draft.password.length < shortestPassword) {
    return { field: "password", rule: "password_too_short" };
  }
  return db.transaction(async (tx) => {
    const recorded = await insertUser(tx, user.schoolAuthorityId, draft);
    if (!recorded) return { field: "email", rule: "email_taken" };
    const text = `${draft.name}, ${draft.email}`;
    await logChange(tx, user, "user_recorded", { id: recorded.id, text });
  });
}

/** Closes an account, its sessions with it, or opens it again; nobody closes their own. */
export async function setUserActive(user: User, userId: string, isActive: boolean) {
  if (!may(user.role, "manage_users") || userId === user.id) forbidden();
  await db.transaction(async (tx) => {
    const [changed] = await tx
      .update(users)
      .set({ isActive })
      .where(and(eq(users.id, userId), eq(users.schoolAuthorityId, user.schoolAuthorityId)))
      .returning();
    if (!changed) notFound();
    const deed = isActive ? "user_reactivated" : "user_deactivated";
    const state = (open: boolean) => ({ Zugang: open ? "offen" : "gesperrt" });
    await logChange(tx, user, deed, {
      id: userId,
      text: changed.name,
      before: state(!isActive),
      after: state(isActive),
    });
  });
  if (!isActive) await endAllSessions(userId);
}

/** Changes the user's own password; all sessions end, the caller begins a new one. */
export async function changePassword(
  user: User,
  { currentPassword, password }: { currentPassword: string; password: string },
): Promise<PasswordViolation | undefined> {
  if (password.length < shortestPassword) return { field: "password", rule: "password_too_short" };
  const [own] = await db.select().from(users).where(eq(users.id, user.id));
  if (!(await isPassword(currentPassword, own?.passwordHash))) {
    return { field: "currentPassword", rule: "password_wrong" };
  }
  const passwordHash = await hashPassword(password);
  await db.transaction(async (tx) => {
    await tx.update(users).set({ passwordHash }).where(eq(users.id, user.id));
    await logChange(tx, user, "password_changed", { id: user.id, text: user.email });
  });
  await endAllSessions(user.id);
}

/**
 * Founds an authority with its first users. For the commands that set up a database, where nobody is
 * signed in yet.
 */
export function foundWithUsers(
  authority: { name: string; isExample: boolean },
  drafts: UserDraft[],
): Promise<User[]> {
  return db.transaction(async (tx) => {
    const { id } = await foundAuthority(tx, authority.name, authority.isExample);
    const founded: User[] = [];
    for (const draft of drafts) {
      const user = await insertUser(tx, id, draft);
      if (!user) throw new Error(`Die E-Mail-Adresse ${draft.email} ist schon vergeben.`);
      founded.push(user);
    }
    await logChange(tx, founded[0]!, "authority_founded", { id, text: authority.name });
    return founded;
  });
}

/** The open accounts of administrators with an address, one for each authority; for commands. */
export async function listAdministrators(email: string): Promise<User[]> {
  const isOpen = and(eq(users.isActive, true), eq(users.role, "administrator"));
  return db
    .select()
    .from(users)
    .where(and(eq(users.email, email.toLowerCase()), isOpen));
}

/** The account of an address in the user's authority. */
export async function findPerson(user: User, email: string): Promise<string | undefined> {
  const [found] = await db
    .select({ id: users.id })
    .from(users)
    .where(
      and(
        eq(users.email, email.toLowerCase()),
        eq(users.schoolAuthorityId, user.schoolAuthorityId),
      ),
    );
  return found?.id;
}

export async function hasUsers(reader: Reader = db): Promise<boolean> {
  const [any] = await reader.select({ id: users.id }).from(users).limit(1);
  return any !== undefined;
}

async function insertUser(tx: Transaction, schoolAuthorityId: string, draft: UserDraft) {
  const { password, email, ...rest } = draft;
  const [user] = await tx
    .insert(users)
    .values({
      ...rest,
      schoolAuthorityId,
      email: email.toLowerCase(),
      passwordHash: await hashPassword(password),
    })
    .onConflictDoNothing({ target: [users.email, users.schoolAuthorityId] })
    .returning();
  return user;
}

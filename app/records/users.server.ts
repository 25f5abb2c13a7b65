/** Users: the people of an authority who sign in. */
import { and, asc, eq } from "drizzle-orm";
import { type CurrentAccess, currentAccess, withinAccess } from "#app/audit-access.server.ts";
import { mayUser, type Role, type User } from "#app/domain/permission.ts";
import { assignmentsOf, type RolesViolation } from "#app/domain/roles.ts";
import { forbidden, notFound } from "#app/http.ts";
import { hashPassword, isPassword } from "#app/password.server.ts";
import { endAllSessions } from "#app/session.server.ts";
import { everyAuthority, forAuthority } from "#db/authority.ts";
import { db, type Reader, type Transaction } from "#db/client.ts";
import { schoolAuthorities } from "#db/schema/authorities.ts";
import { users } from "#db/schema/users.ts";
import { foundAuthority } from "./authorities.server.ts";
import { logChange } from "./changes.server.ts";
import { assignRoles, checkWanted, holdUsers, listAssignments } from "./roles.server.ts";

export type UserDraft = {
  name: string;
  email: string;
  password: string;
  roles: Role[];
  /** The schools of the role `school`. */
  schoolIds?: string[];
};

export type UserViolation =
  | RolesViolation
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
  const accounts = await everyAuthority(() =>
    db
      .select({ user: users, authority: schoolAuthorities.name })
      .from(users)
      .innerJoin(schoolAuthorities, eq(schoolAuthorities.id, users.schoolAuthorityId))
      .where(and(eq(users.email, email.toLowerCase()), eq(users.isActive, true)))
      .orderBy(asc(schoolAuthorities.name)),
  );
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
  return forAuthority(user.schoolAuthorityId, async () => {
    const access = await currentAccess(user.id);
    if (access.state !== "open") return { closed: access };
    await logChange(db, user, "signed_in", { id: user.id, text: user.email });
    return { user: (await withinAccess(user))! };
  });
}

export async function listUsers(user: User) {
  if (!mayUser(user, "manage_users")) forbidden();
  const assignmentsOfUser = await listAssignments(user);
  const rows = await db
    .select({
      id: users.id,
      name: users.name,
      email: users.email,
      isActive: users.isActive,
    })
    .from(users)
    .where(eq(users.schoolAuthorityId, user.schoolAuthorityId))
    .orderBy(asc(users.name));
  return rows.map((row) => ({ ...row, assignments: assignmentsOfUser(row.id) }));
}

export async function recordUser(user: User, draft: UserDraft): Promise<UserViolation | undefined> {
  if (!mayUser(user, "manage_users")) forbidden();
  if (draft.password.length < shortestPassword) {
    return { field: "password", rule: "password_too_short" };
  }
  const wanted = { roles: draft.roles, schoolIds: draft.schoolIds ?? [] };
  return db.transaction(async (tx) => {
    await holdUsers(tx, user);
    const violation = await checkWanted(tx, user, wanted);
    if (violation) return violation;
    const recorded = await insertUser(tx, user.schoolAuthorityId, draft);
    if (!recorded) return { field: "email", rule: "email_taken" };
    const { after } = await assignRoles(tx, user, recorded.id, assignmentsOf(wanted));
    const text = `${draft.name}, ${draft.email}: ${after}`;
    await logChange(tx, user, "user_recorded", { id: recorded.id, text });
  });
}

/** Closes an account, its sessions with it, or opens it again; nobody closes their own. */
export async function setUserActive(user: User, userId: string, isActive: boolean) {
  if (userId === user.id) forbidden();
  await db.transaction(async (tx) => {
    await holdUsers(tx, user);
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
  authority: { name: string; isExample: boolean; paidByAnother?: boolean },
  drafts: UserDraft[],
): Promise<User[]> {
  return db.transaction(async (tx) => {
    const { id } = await foundAuthority(tx, authority);
    const founded: User[] = [];
    for (const draft of drafts) {
      const user = await insertUser(tx, id, draft);
      if (!user) throw new Error(`Die E-Mail-Adresse ${draft.email} ist schon vergeben.`);
      const { name, email } = user;
      const person = { id: user.id, schoolAuthorityId: id, name, email };
      await assignRoles(tx, person, user.id, assignmentsOf({ roles: draft.roles, schoolIds: [] }));
      founded.push({ ...person, roles: draft.roles, schoolIds: [] });
    }
    await logChange(tx, founded[0]!, "authority_founded", { id, text: authority.name });
    return founded;
  });
}

export async function hasUsers(reader: Reader = db): Promise<boolean> {
  const [any] = await reader.select({ id: users.id }).from(users).limit(1);
  return any !== undefined;
}

async function insertUser(tx: Transaction, schoolAuthorityId: string, draft: UserDraft) {
  const { password, email, name } = draft;
  const [user] = await tx
    .insert(users)
    .values({
      name,
      schoolAuthorityId,
      email: email.toLowerCase(),
      passwordHash: await hashPassword(password),
    })
    .onConflictDoNothing({ target: [users.email, users.schoolAuthorityId] })
    .returning();
  return user;
}

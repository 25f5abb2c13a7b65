/** Users: the people of an authority who sign in. */
import { randomBytes } from "node:crypto";
import { and, asc, eq, notLike, sql } from "drizzle-orm";
import { type CurrentAccess, currentAccess, withinAccess } from "#app/audit-access.server.ts";
import { checkPassword, type PasswordRuleViolation } from "#app/domain/password.ts";
import { mayUser, type Role, type User } from "#app/domain/permission.ts";
import { assignmentsOf, type RolesViolation } from "#app/domain/roles.ts";
import { refusalTitles } from "#app/domain/refusal.ts";
import { forbidden, notFound } from "#app/http.ts";
import { hashPassword, isKnownPassword, isPassword, isWeaklyHashed } from "#app/password.server.ts";
import { endAllSessions } from "#app/session.server.ts";
import { forAuthority } from "#db/authority.ts";
import { db, type Reader, type Transaction } from "#db/client.ts";
import { users } from "#db/schema/users.ts";
import { foundAuthority, requireAuthority } from "./authorities.server.ts";
import { logChange } from "./changes.server.ts";
import { makeLink } from "./password-links.server.ts";
import { assignRoles, checkWanted, holdUsers, listAssignments } from "./roles.server.ts";
import { accountsOf } from "./sign-in-accounts.server.ts";

export type UserDraft = {
  name: string;
  email: string;
  roles: Role[];
  /** The schools of the role `school`. */
  schoolIds?: string[];
  /** See `checkRoles`. */
  acceptsMix?: boolean;
};

export type UserViolation = RolesViolation | { field: "email"; rule: "email_taken" };

export type PasswordViolation =
  | PasswordRuleViolation
  | { field: "currentPassword"; rule: "password_wrong" }
  | { field: "password"; rule: "password_unchanged" };

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
  const accounts = await accountsOf(email);
  const hashes = accounts.length > 0 ? accounts.map(({ user }) => user.passwordHash) : [undefined];
  const fits = await Promise.all(hashes.map((one) => isPassword(password, one)));
  const fitting = accounts.filter((_, index) => fits[index]);
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
    if (isWeaklyHashed(user.passwordHash)) {
      const passwordHash = await hashPassword(password);
      await db.update(users).set({ passwordHash }).where(eq(users.id, user.id));
    }
    return { user: (await withinAccess(user))! };
  });
}

/** Whether it is the user's own password, which is asked again before what it protects is changed. */
export async function isOwnPassword(user: User, password: string): Promise<boolean> {
  const [own] = await db.select().from(users).where(eq(users.id, user.id));
  return isPassword(password, own?.passwordHash);
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
      hasSecondFactor: sql<boolean>`exists (
        select 1 from second_factors f where f.user_id = ${users.id} and f.confirmed_at is not null)`,
    })
    .from(users)
    .where(eq(users.schoolAuthorityId, user.schoolAuthorityId))
    .orderBy(asc(users.name));
  return rows.map((row) => ({ ...row, assignments: assignmentsOfUser(row.id) }));
}

/** Opens an account; gives the secret of the link by which its owner sets the password. It is told once. */
export async function recordUser(
  user: User,
  draft: UserDraft,
): Promise<{ violation: UserViolation } | { secret: string }> {
  if (!mayUser(user, "manage_users")) forbidden();
  // Nobody knows this password: the link sets the first one.
  const password = randomBytes(32).toString("base64url");
  const { roles, schoolIds = [], acceptsMix } = draft;
  const wanted = { roles, schoolIds, acceptsMix };
  return db.transaction(async (tx) => {
    await holdUsers(tx, user);
    const violation = await checkWanted(tx, user, wanted);
    if (violation) return { violation };
    const recorded = await insertUser(tx, user.schoolAuthorityId, { ...draft, password });
    if (!recorded) return { violation: { field: "email", rule: "email_taken" } };
    const { after } = await assignRoles(tx, user, recorded.id, assignmentsOf(wanted));
    const text = `${draft.name}, ${draft.email}: ${after}`;
    await logChange(tx, user, "user_recorded", { id: recorded.id, text });
    return { secret: await makeLink(tx, recorded.id, "invitation") };
  });
}

/** Closes an account, its sessions with it, or opens it again; nobody closes their own. */
export async function setUserActive(user: User, userId: string, isActive: boolean) {
  if (userId === user.id) forbidden(refusalTitles.ownAccess);
  await db.transaction(async (tx) => {
    await holdUsers(tx, user);
    const [changed] = await tx
      .update(users)
      .set({ isActive })
      .where(
        and(
          eq(users.id, userId),
          eq(users.schoolAuthorityId, user.schoolAuthorityId),
          // Whoever has a pseudonym is gone for good.
          notLike(users.email, "%@pseudonym.invalid"),
        ),
      )
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
  const { name } = await requireAuthority(user);
  const violation = checkPassword(password, [user.name, user.email, name], isKnownPassword);
  if (violation) return violation;
  if (!(await isOwnPassword(user, currentPassword))) {
    return { field: "currentPassword", rule: "password_wrong" };
  }
  if (password.normalize("NFC") === currentPassword.normalize("NFC")) {
    return { field: "password", rule: "password_unchanged" };
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
  drafts: (UserDraft & { password: string })[],
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

/** The open accounts of administrators with an address, one for each authority; for commands. */
export async function listAdministrators(email: string): Promise<User[]> {
  const people = await Promise.all((await accountsOf(email)).map(({ user }) => withinAccess(user)));
  return people.filter((one) => one !== undefined).filter((one) => mayUser(one, "manage_users"));
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

async function insertUser(
  tx: Transaction,
  schoolAuthorityId: string,
  draft: UserDraft & { password: string },
) {
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

/** One-time links by which an account gets a password: after an invitation, or when the old one is forgotten. */
import { createHash, randomBytes } from "node:crypto";
import { and, eq, gt, lte, type SQL } from "drizzle-orm";
import { now } from "#app/clock.server.ts";
import { checkPassword, type PasswordRuleViolation } from "#app/domain/password.ts";
import { linkMinutes, type LinkPurpose, resetStaysMinutes } from "#app/domain/password-link.ts";
import { mayUser, type User } from "#app/domain/permission.ts";
import { refusalTitles } from "#app/domain/refusal.ts";
import { mayGetLink } from "#app/domain/user-state.ts";
import { forbidden, notPossible } from "#app/http.ts";
import { hashPassword, isKnownPassword } from "#app/password.server.ts";
import { endAllSessions } from "#app/session.server.ts";
import { everyAuthority, forAuthority } from "#db/authority.ts";
import { db, type Transaction } from "#db/client.ts";
import { schoolAuthorities } from "#db/schema/authorities.ts";
import { passwordLinks } from "#db/schema/sign-in.ts";
import { users } from "#db/schema/users.ts";
import { logChange } from "./changes.server.ts";
import { holdUsers, requirePerson } from "./roles.server.ts";
import { accountsOf } from "./sign-in-accounts.server.ts";
import { loadUserStates } from "./user-states.server.ts";

/** Gives the secret of a new link, which is told once; an older one of the account for the same purpose ends. */
export async function makeLink(
  tx: Transaction,
  userId: string,
  purpose: LinkPurpose,
): Promise<string> {
  return (await putLink(tx, userId, purpose))!;
}

/** @param replaced which earlier link ends; with another one in force there is no new one */
async function putLink(tx: Transaction, userId: string, purpose: LinkPurpose, replaced?: SQL) {
  const secret = randomBytes(32).toString("base64url");
  const expiresAt = new Date(now().getTime() + linkMinutes[purpose] * 60_000);
  const link = { secretHash: hashOf(secret), purpose, expiresAt };
  const target = [passwordLinks.userId, passwordLinks.purpose];
  const put = await tx
    .insert(passwordLinks)
    .values({ userId, ...link })
    .onConflictDoUpdate({ target, set: link, ...(replaced && { setWhere: replaced }) })
    .returning({ userId: passwordLinks.userId });
  return put.length > 0 ? secret : undefined;
}

/**
 * Links to new passwords for all accounts of an address, each with whom it is for; none for an unknown one, nor for an account
 * whose last link is younger than ten minutes (`resetStaysMinutes`): that one goes on.
 */
export async function requestReset(email: string) {
  const links = [];
  for (const { user, authority } of await accountsOf(email)) {
    const secret = await forAuthority(user.schoolAuthorityId, () =>
      db.transaction(async (tx) => {
        const made = await putLink(tx, user.id, "reset", lte(passwordLinks.expiresAt, mayEnd()));
        if (made) await logChange(tx, user, "reset_requested", { id: user.id, text: user.email });
        return made;
      }),
    );
    if (!secret) continue;
    links.push({ secret, name: user.name, email: user.email, authority });
  }
  return links;
}

/** Reset links that end by then were given long enough ago to be replaced. */
function mayEnd(): Date {
  return new Date(now().getTime() + (linkMinutes.reset - resetStaysMinutes) * 60_000);
}

/**
 * Gives somebody a new link in place of all that they had: a new invitation where no password was set, else one to a
 * new password. The secret is told once. Ends the request with 422 where no link would let them in.
 */
export function renewLink(user: User, userId: string): Promise<RenewedLink> {
  if (!mayUser(user, "manage_users")) forbidden();
  return db.transaction(async (tx) => {
    await holdUsers(tx, user);
    const { name, email } = await requirePerson(user, userId, tx);
    const { state, hasPassword } = (await loadUserStates(user, tx))(userId);
    if (!mayGetLink(state)) notPossible(refusalTitles.noLink);
    const purpose = hasPassword ? "reset" : "invitation";
    await tx.delete(passwordLinks).where(eq(passwordLinks.userId, userId));
    const text = `${name}, ${email}: ${hasPassword ? "neues Passwort" : "Einladung"}`;
    await logChange(tx, user, "link_renewed", { id: userId, text });
    return { name, email, purpose, secret: await makeLink(tx, userId, purpose) };
  });
}

export type RenewedLink = { name: string; email: string; purpose: LinkPurpose; secret: string };

export type Linked = {
  id: string;
  schoolAuthorityId: string;
  name: string;
  email: string;
  authority: string;
  purpose: LinkPurpose;
};

/** Whose password a link sets; undefined for one that is used up, expired or made up. Looking does not use it up. */
export async function findLinked(secret: string | undefined): Promise<Linked | undefined> {
  if (!secret || !/^[\w-]{43}$/.test(secret)) return undefined;
  const [linked] = await everyAuthority(() =>
    db
      .select({
        id: users.id,
        schoolAuthorityId: users.schoolAuthorityId,
        name: users.name,
        email: users.email,
        authority: schoolAuthorities.name,
        purpose: passwordLinks.purpose,
      })
      .from(passwordLinks)
      .innerJoin(users, eq(users.id, passwordLinks.userId))
      .innerJoin(schoolAuthorities, eq(schoolAuthorities.id, users.schoolAuthorityId))
      .where(
        and(
          eq(passwordLinks.secretHash, hashOf(secret)),
          gt(passwordLinks.expiresAt, now()),
          eq(users.isActive, true),
        ),
      ),
  );
  return linked;
}

export type LinkViolation = PasswordRuleViolation | { field: "password"; rule: "link_used_up" };

/** Sets the password by the link, which is used up by it with all others of the account; all its sessions end. */
export async function setPasswordByLink(
  secret: string | undefined,
  password: string,
): Promise<LinkViolation | undefined> {
  const linked = await findLinked(secret);
  if (!linked) return { field: "password", rule: "link_used_up" };
  const { id, name, email, authority, purpose } = linked;
  const violation = checkPassword(password, [name, email, authority], isKnownPassword);
  if (violation) return violation;
  const passwordHash = await hashPassword(password);
  // The link opens the books of its own authority, whoever else may be signed in at this browser.
  return forAuthority(linked.schoolAuthorityId, async () => {
    const refused = await db.transaction(async (tx) => {
      // Whoever deletes it has it: of two at once one comes too late.
      const used = await tx
        .delete(passwordLinks)
        .where(eq(passwordLinks.secretHash, hashOf(secret!)))
        .returning();
      if (used.length === 0) return { field: "password", rule: "link_used_up" } as const;
      await tx.delete(passwordLinks).where(eq(passwordLinks.userId, id));
      await tx.update(users).set({ passwordHash }).where(eq(users.id, id));
      const deed = purpose === "invitation" ? "invitation_accepted" : "password_reset";
      await logChange(tx, linked, deed, { id, text: email });
      return undefined;
    });
    if (!refused) await endAllSessions(id);
    return refused;
  });
}

function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

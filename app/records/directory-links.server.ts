/** Who accounts are in the directory of the municipality (OpenID Connect). */
import { and, asc, eq, sql } from "drizzle-orm";
import type { User } from "#app/domain/permission.ts";
import { everyAuthority } from "#db/authority.ts";
import { db } from "#db/client.ts";
import { schoolAuthorities } from "#db/schema/authorities.ts";
import { directoryLinks } from "#db/schema/sign-in.ts";
import { users } from "#db/schema/users.ts";
import { logChange } from "./changes.server.ts";
import { accountsOf } from "./sign-in-accounts.server.ts";

/** A person as the directory names them. */
export type DirectoryPerson = {
  issuer: string;
  /** Never given to another person, unlike an e-mail address. */
  subject: string;
  /** Absent where the directory has not verified it. */
  verifiedEmail?: string;
};

/**
 * The active accounts of a person: those linked with them, and those with the verified e-mail address that are linked
 * with nobody of that directory yet, which are to be linked first. None is made.
 */
export function findDirectoryAccounts(person: DirectoryPerson) {
  return everyAuthority(() => accountsFor(person));
}

async function accountsFor({ issuer, subject, verifiedEmail }: DirectoryPerson) {
  const linked = await db
    .select({ user: users, authority: schoolAuthorities.name, isLinked: sql<boolean>`true` })
    .from(directoryLinks)
    .innerJoin(users, and(eq(users.id, directoryLinks.userId), eq(users.isActive, true)))
    .innerJoin(schoolAuthorities, eq(schoolAuthorities.id, users.schoolAuthorityId))
    .where(and(eq(directoryLinks.issuer, issuer), eq(directoryLinks.subject, subject)))
    .orderBy(asc(schoolAuthorities.name));
  const named = verifiedEmail ? await accountsOf(verifiedEmail) : [];
  const fresh = [];
  for (const account of named) {
    const { id: userId, schoolAuthorityId } = account.user;
    const isTaken = linked.some(({ user }) => user.schoolAuthorityId === schoolAuthorityId);
    const [link] = await db
      .select()
      .from(directoryLinks)
      .where(and(eq(directoryLinks.userId, userId), eq(directoryLinks.issuer, issuer)));
    if (!isTaken && !link) fresh.push({ ...account, isLinked: false });
  }
  return [...linked, ...fresh];
}

/**
 * Remembers who an account is in the directory, for whoever has signed in to it by all that it asks for. The verified
 * address must be the account's own; where the person has another account of the authority, or this one is somebody
 * else, nothing is done.
 */
export async function linkDirectory(user: User, person: DirectoryPerson): Promise<void> {
  const { issuer, subject, verifiedEmail } = person;
  if (verifiedEmail?.toLowerCase() !== user.email) return;
  const { id: userId, schoolAuthorityId } = user;
  await db.transaction(async (tx) => {
    const made = await tx
      .insert(directoryLinks)
      .values({ userId, schoolAuthorityId, issuer, subject })
      .onConflictDoNothing()
      .returning();
    if (made.length === 0) return;
    const text = `${user.email}, ${issuer}`;
    await logChange(tx, user, "directory_linked", { id: userId, text });
  });
}

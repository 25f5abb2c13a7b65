/**
 * What whoever runs the program does at the machine, for commands only: nobody is signed in, and no page leads here.
 * Each deed stands in the change log of the authority, and says whose it was.
 */
import { and, eq } from "drizzle-orm";
import { withinAccess } from "#app/audit-access.server.ts";
import { comparable } from "#app/domain/invoice.ts";
import { mayUser } from "#app/domain/permission.ts";
import { endAllSessions } from "#app/session.server.ts";
import { everyAuthority, forAuthority } from "#db/authority.ts";
import { db } from "#db/client.ts";
import { schoolAuthorities } from "#db/schema/authorities.ts";
import { recoveryCodes, secondFactors } from "#db/schema/sign-in.ts";
import { users } from "#db/schema/users.ts";
import { logChange } from "./changes.server.ts";
import { makeLink } from "./password-links.server.ts";
import { accountsOf } from "./sign-in-accounts.server.ts";

/** The authorities of a name, however it is written, each with the number of its open accounts of administrators. */
export async function authoritiesNamed(name: string): Promise<{ administrators: number }[]> {
  const all = await everyAuthority(() =>
    db.select({ id: schoolAuthorities.id, name: schoolAuthorities.name }).from(schoolAuthorities),
  );
  const same = all.filter((one) => comparable(one.name) === comparable(name));
  return Promise.all(
    same.map(({ id }) =>
      forAuthority(id, async () => {
        const accounts = await db
          .select()
          .from(users)
          .where(and(eq(users.schoolAuthorityId, id), eq(users.isActive, true)));
        const people = await Promise.all(accounts.map((one) => withinAccess(one)));
        const may = people.filter((one) => one && mayUser(one, "manage_users"));
        return { administrators: may.length };
      }),
    ),
  );
}

export type AccessReset =
  | { secret: string; authority: string; hadFactor: boolean }
  | { authorities: string[] };

/**
 * Takes second factor and sessions from the account of an address, and gives the secret of the link by which its owner
 * sets a new password: told once. Gives the names of its authorities where there is not exactly one.
 */
export async function resetAccess(email: string, authorityName?: string): Promise<AccessReset> {
  const accounts = (await accountsOf(email)).filter(
    ({ authority }) => !authorityName || comparable(authority) === comparable(authorityName),
  );
  const [found, ...others] = accounts;
  if (!found || others.length > 0) {
    return { authorities: accounts.map(({ authority }) => authority) };
  }
  const { user, authority } = found;
  return forAuthority(user.schoolAuthorityId, async () => {
    const done = await db.transaction(async (tx) => {
      await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, user.id));
      const factors = await tx
        .delete(secondFactors)
        .where(eq(secondFactors.userId, user.id))
        .returning({ userId: secondFactors.userId });
      const secret = await makeLink(tx, user.id, "reset");
      const text = `${user.name}, ${user.email}: vom Betrieb am Rechner, nicht von der Person selbst`;
      await logChange(tx, user, "second_factor_reset", { id: user.id, text });
      await logChange(tx, user, "reset_requested", { id: user.id, text });
      return { secret, authority, hadFactor: factors.length > 0 };
    });
    await endAllSessions(user.id);
    return done;
  });
}

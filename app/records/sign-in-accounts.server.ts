/** Who an e-mail address stands for: asked before anybody is signed in, so across all authorities. */
import { and, asc, eq } from "drizzle-orm";
import { everyAuthority } from "#db/authority.ts";
import { db } from "#db/client.ts";
import { schoolAuthorities } from "#db/schema/authorities.ts";
import { users } from "#db/schema/users.ts";

/** The active accounts of an address, of which an auditor has one at each authority. */
export function accountsOf(email: string) {
  return everyAuthority(() =>
    db
      .select({ user: users, authority: schoolAuthorities.name })
      .from(users)
      .innerJoin(schoolAuthorities, eq(schoolAuthorities.id, users.schoolAuthorityId))
      .where(and(eq(users.email, email.toLowerCase()), eq(users.isActive, true)))
      .orderBy(asc(schoolAuthorities.name)),
  );
}

/** What an authority demands of those who sign in. */
import { eq } from "drizzle-orm";
import type { Role, User } from "#app/domain/permission.ts";
import { db } from "#db/client.ts";
import { schoolAuthorities } from "#db/schema/authorities.ts";
import { requireAuthority } from "./authorities.server.ts";
import { logChange } from "./changes.server.ts";
import { lockBooks } from "./journal.server.ts";
import { type MadeFromOld, versionOf } from "./versions.server.ts";

/** Which roles are asked for a second factor, whatever their order. */
export function versionOfDemand(secondFactorRoles: readonly Role[]): string {
  return versionOf([...secondFactorRoles].sort());
}

/**
 * Says for which roles a second factor is demanded, from each person's next request on.
 * @param words of the roles, for the change log
 * @param seen the version that the change was made from
 */
export function changeSecondFactorRoles(
  user: User,
  secondFactorRoles: Role[],
  words: Record<Role, string>,
  seen?: string,
): Promise<MadeFromOld | undefined> {
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "manage_settings");
    const { id, secondFactorRoles: before } = await requireAuthority(user, tx);
    if (seen !== undefined && versionOfDemand(before) !== seen) return { rule: "made_from_old" };
    await tx
      .update(schoolAuthorities)
      .set({ secondFactorRoles })
      .where(eq(schoolAuthorities.id, id));
    const said = (roles: Role[]) => {
      return { "Zweiter Faktor": roles.map((role) => words[role]).join(", ") || "freiwillig" };
    };
    await logChange(tx, user, "settings_changed", {
      id,
      text: "Zweiter Faktor je Rolle",
      before: said(before),
      after: said(secondFactorRoles),
    });
  });
}

/** Rights that move money or give roles (Rechte mit Geldwirkung): who holds them, and what changed of late. */
import { and, desc, eq, gt, inArray, ne } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { now } from "#app/clock.server.ts";
import { mayUser, type User } from "#app/domain/permission.ts";
import { type Holder, watchedRoles, watchingRoles } from "#app/domain/roles.ts";
import { forbidden } from "#app/http.ts";
import { db } from "#db/client.ts";
import { roleAssignments, users } from "#db/schema/users.ts";
import { listAssignments } from "./roles.server.ts";

/** The open accounts of the authority that hold watched roles. */
export async function listHoldersOfRights(user: User): Promise<Holder[]> {
  if (!mayUser(user, "manage_users")) forbidden();
  const assignmentsOf = await listAssignments(user);
  const people = await db
    .select({ id: users.id, name: users.name, email: users.email })
    .from(users)
    .where(and(eq(users.schoolAuthorityId, user.schoolAuthorityId), eq(users.isActive, true)));
  return people
    .map((person) => {
      const roles = assignmentsOf(person.id).map(({ role }) => role);
      return { ...person, roles: roles.filter((role) => watchedRoles.includes(role)) };
    })
    .filter(({ roles }) => roles.length > 0);
}

/** So long a change is shown to those who answer for it, in days. */
export const recentDays = 14;

/** Whether somebody is shown what changed of late. */
export function mayWatchRights(user: User): boolean {
  return !user.readsOnly && user.roles.some((role) => watchingRoles.includes(role));
}

/** The watched roles that were given or taken of late, newest first; not those with which an authority begins. */
export async function listRecentRights(user: User) {
  if (!mayWatchRights(user)) forbidden();
  const by = alias(users, "assigning");
  return db
    .select({
      id: roleAssignments.id,
      at: roleAssignments.createdAt,
      person: users.name,
      role: roleAssignments.role,
      isGranted: roleAssignments.isGranted,
      by: by.name,
    })
    .from(roleAssignments)
    .innerJoin(users, eq(users.id, roleAssignments.userId))
    .innerJoin(by, eq(by.id, roleAssignments.assignedBy))
    .where(
      and(
        eq(roleAssignments.schoolAuthorityId, user.schoolAuthorityId),
        inArray(roleAssignments.role, [...watchedRoles]),
        ne(roleAssignments.userId, roleAssignments.assignedBy),
        gt(roleAssignments.createdAt, new Date(now().getTime() - recentDays * 86_400_000)),
      ),
    )
    .orderBy(desc(roleAssignments.createdAt), desc(roleAssignments.id));
}

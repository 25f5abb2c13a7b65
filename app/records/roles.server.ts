/** Roles of persons (Rollen): given and taken back by lines that are appended, each change with its log. */
import { and, asc, eq } from "drizzle-orm";
import { type Account, loadAssignments } from "#app/audit-access.server.ts";
import { grouped } from "#app/domain/groups.ts";
import { mayUser, type Role, type User } from "#app/domain/permission.ts";
import {
  type Assignment,
  assignmentsOf,
  assignableRoles,
  changedAssignments,
  checkRoles,
  currentAssignments,
  isInvitedRole,
  type RolesViolation,
} from "#app/domain/roles.ts";
import { roleTitles } from "#app/domain/titles.ts";
import { refusalTitles } from "#app/domain/refusal.ts";
import { forbidden, notFound } from "#app/http.ts";
import { endAllSessions } from "#app/session.server.ts";
import { db, type Reader, type Transaction } from "#db/client.ts";
import { auditAccesses } from "#db/schema/audit-accesses.ts";
import { schoolAuthorities, schools } from "#db/schema/authorities.ts";
import { roleAssignments, users } from "#db/schema/users.ts";
import { logChange } from "./changes.server.ts";
import { type MadeFromOld, versionOf } from "./versions.server.ts";

export type RolesDraft = { roles: Role[]; schoolIds: string[]; acceptsMix?: boolean };

/** The roles that stand, by person of the authority. */
export async function listAssignments(user: User, reader: Reader = db) {
  const rows = await reader
    .select()
    .from(roleAssignments)
    .where(eq(roleAssignments.schoolAuthorityId, user.schoolAuthorityId))
    .orderBy(asc(roleAssignments.createdAt));
  const byUser = grouped(rows, ({ userId }) => userId);
  return (userId: string) => currentAssignments(byUser.get(userId) ?? []);
}

/** Active persons of the authority with a role, by name; for a sentence that says whom to ask. */
export async function listHolders(user: User, role: Role, reader: Reader = db) {
  const assignmentsOfUser = await listAssignments(user, reader);
  const people = await reader
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(and(eq(users.schoolAuthorityId, user.schoolAuthorityId), eq(users.isActive, true)))
    .orderBy(asc(users.name));
  return people.filter(({ id }) => assignmentsOfUser(id).some((one) => one.role === role));
}

/**
 * Holds the persons of the authority until the transaction ends, and asks again whether the user may manage
 * them: two administrators who take the role from each other at once don't leave nobody.
 */
export async function holdUsers(tx: Transaction, user: User): Promise<void> {
  if (!mayUser(user, "manage_users")) forbidden();
  await tx
    .select({ id: schoolAuthorities.id })
    .from(schoolAuthorities)
    .where(eq(schoolAuthorities.id, user.schoolAuthorityId))
    .for("update");
  const roles = (await loadAssignments(user.id, tx)).map(({ role }) => role);
  const [own] = await tx
    .select({ isActive: users.isActive })
    .from(users)
    .where(eq(users.id, user.id));
  if (!own?.isActive || !mayUser({ roles }, "manage_users")) forbidden();
}

/** Writes what leads from the roles that stand to those wanted; gives both in words. */
export async function assignRoles(
  tx: Transaction,
  by: Account,
  userId: string,
  wanted: Assignment[],
): Promise<{ before: string; after: string }> {
  const { schoolAuthorityId } = by;
  const before = await loadAssignments(userId, tx);
  const lines = changedAssignments(before, wanted);
  if (lines.length > 0) {
    await tx
      .insert(roleAssignments)
      .values(lines.map((line) => ({ ...line, schoolAuthorityId, userId, assignedBy: by.id })));
  }
  const nameOf = await schoolNames(tx, schoolAuthorityId);
  const said = (all: Assignment[]) =>
    all
      .map(({ role, schoolId }) => roleTitles[role] + (schoolId ? ` ${nameOf(schoolId)}` : ""))
      .join(", ") || "keine";
  return { before: said(before), after: said(wanted) };
}

async function schoolNames(reader: Reader, schoolAuthorityId: string) {
  const rows = await reader
    .select({ id: schools.id, name: schools.name })
    .from(schools)
    .where(eq(schools.schoolAuthorityId, schoolAuthorityId));
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return (id: string) => names.get(id) ?? notFound();
}

/** What a form may ask for: roles that an administrator gives, and schools of the authority. */
export async function checkWanted(
  reader: Reader,
  user: User,
  draft: RolesDraft,
): Promise<RolesViolation | undefined> {
  if (!draft.roles.every((role) => assignableRoles.includes(role))) forbidden();
  const nameOf = await schoolNames(reader, user.schoolAuthorityId);
  draft.schoolIds.forEach(nameOf);
  return checkRoles(draft);
}

/** A person of the authority with the roles that stand, for the form that changes them. */
export async function requirePerson(user: User, userId: string, reader: Reader = db) {
  if (!mayUser(user, "manage_users")) forbidden();
  const [person] = await reader
    .select({ id: users.id, name: users.name, email: users.email })
    .from(users)
    .where(and(eq(users.id, userId), eq(users.schoolAuthorityId, user.schoolAuthorityId)));
  if (!person) notFound();
  const assignments = await loadAssignments(userId, reader);
  const [invited] = await reader
    .select({ id: auditAccesses.id })
    .from(auditAccesses)
    .where(eq(auditAccesses.userId, userId))
    .limit(1);
  const isInvited = invited !== undefined && assignments.some(({ role }) => isInvitedRole(role));
  return { ...person, assignments, isInvited };
}

/** Which roles a person has, whatever the order in which they were given. */
export function versionOfRoles(assignments: Assignment[]): string {
  return versionOf(assignments.map(({ role, schoolId }) => `${role} ${schoolId ?? ""}`).sort());
}

/**
 * Gives a person these roles and no others; sessions end. Nobody changes their own, and who was invited has the
 * role of the invitation. Since whoever changes roles is an administrator and stays one, there is always one.
 * @param seen the version of the roles that the change was made from
 */
export async function changeRoles(
  user: User,
  userId: string,
  draft: RolesDraft,
  seen?: string,
): Promise<RolesViolation | MadeFromOld | undefined> {
  if (userId === user.id) forbidden(refusalTitles.ownRoles);
  const violation = await db.transaction(async (tx): ReturnType<typeof changeRoles> => {
    await holdUsers(tx, user);
    const person = await requirePerson(user, userId, tx);
    if (person.isInvited) forbidden(refusalTitles.invitedRoles);
    if (seen !== undefined && versionOfRoles(person.assignments) !== seen) {
      return { rule: "made_from_old" };
    }
    const violation = await checkWanted(tx, user, draft);
    if (violation) return violation;
    const { before, after } = await assignRoles(tx, user, userId, assignmentsOf(draft));
    if (before === after) return undefined;
    await logChange(tx, user, "roles_changed", {
      id: userId,
      text: person.name,
      before: { Rollen: before },
      after: { Rollen: after },
    });
  });
  if (!violation) await endAllSessions(userId);
  return violation;
}

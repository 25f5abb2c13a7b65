/**
 * What an account may right now: its roles, and the limits of whoever was invited. Asked at sign-in, at each
 * request, by calendars and exports, so that a change counts for the very next one.
 */
import { desc, eq } from "drizzle-orm";
import { today } from "./clock.server.ts";
import { type AccessLimits, accessState, limitsOf } from "./domain/audit-access.ts";
import type { Day } from "./domain/calendar.ts";
import type { User } from "./domain/permission.ts";
import { type Assignment, currentAssignments, isInvitedRole } from "./domain/roles.ts";
import { db, type Reader } from "#db/client.ts";
import {
  auditAccesses,
  auditAccessGrants,
  auditAccessWithdrawals,
} from "#db/schema/audit-accesses.ts";
import { roleAssignments } from "#db/schema/users.ts";

export type Account = Pick<User, "id" | "schoolAuthorityId" | "name" | "email">;

export type CurrentAccess = {
  state: ReturnType<typeof accessState>;
  /** Null for an account that was not invited: it has no last day. */
  until: Day | null;
  limits: AccessLimits | undefined;
};

/** The roles that an account has now: of each line of its history the newest counts. */
export async function loadAssignments(userId: string, reader: Reader = db): Promise<Assignment[]> {
  const rows = await reader
    .select({
      role: roleAssignments.role,
      schoolId: roleAssignments.schoolId,
      isGranted: roleAssignments.isGranted,
    })
    .from(roleAssignments)
    .where(eq(roleAssignments.userId, userId))
    .orderBy(roleAssignments.createdAt);
  return currentAssignments(rows);
}

/** The newest access of an account; one that was never invited is open without limits. */
export async function currentAccess(userId: string): Promise<CurrentAccess> {
  const [row] = await db
    .select()
    .from(auditAccesses)
    .leftJoin(auditAccessWithdrawals, eq(auditAccessWithdrawals.accessId, auditAccesses.id))
    .where(eq(auditAccesses.userId, userId))
    .orderBy(desc(auditAccesses.createdAt))
    .limit(1);
  if (!row) return { state: "open", until: null, limits: undefined };
  const { id, until, fiscalYears } = row.audit_accesses;
  const shown = await db
    .select({ grantId: auditAccessGrants.grantId })
    .from(auditAccessGrants)
    .where(eq(auditAccessGrants.accessId, id));
  const grantIds = shown.map(({ grantId }) => grantId);
  const isWithdrawn = row.audit_access_withdrawals !== null;
  return {
    state: accessState({ until, isWithdrawn }, today()),
    until,
    limits: limitsOf({ grantIds, fiscalYears }),
  };
}

/** The user with roles and limits of now; undefined where an invitation does not let in any more. */
export async function withinAccess({
  id,
  schoolAuthorityId,
  name,
  email,
}: Account): Promise<User | undefined> {
  const assignments = await loadAssignments(id);
  const roles = [...new Set(assignments.map(({ role }) => role))];
  const schoolIds = assignments.flatMap(({ schoolId }) => schoolId ?? []);
  const user: User = { id, schoolAuthorityId, name, email, roles, schoolIds };
  if (!roles.some(isInvitedRole)) return user;
  const { state, limits } = await currentAccess(id);
  if (state !== "open") return undefined;
  if (limits) return { ...user, limits };
  // A granting authority sees what it was invited for; without that, nothing.
  const isOutside = roles.includes("granting_authority");
  return isOutside ? { ...user, limits: { grantIds: [], fiscalYears: [] } } : user;
}

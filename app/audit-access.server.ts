/** The access that holds for an invited auditor right now: asked at sign-in, at each request, by calendars. */
import { desc, eq } from "drizzle-orm";
import { today } from "./clock.server.ts";
import { type AccessLimits, accessState, limitsOf } from "./domain/audit-access.ts";
import type { Day } from "./domain/calendar.ts";
import type { Role } from "./domain/permission.ts";
import { db } from "#db/client.ts";
import {
  auditAccesses,
  auditAccessGrants,
  auditAccessWithdrawals,
} from "#db/schema/audit-accesses.ts";

export type CurrentAccess = {
  state: ReturnType<typeof accessState>;
  /** Null for an account that was not invited: it has no last day. */
  until: Day | null;
  limits: AccessLimits | undefined;
};

/** The newest access of an account; one that was never invited is open without limits. */
export async function currentAccess(user: { id: string; role: Role }): Promise<CurrentAccess> {
  const unlimited = { state: "open" as const, until: null, limits: undefined };
  if (user.role !== "auditor") return unlimited;
  const [row] = await db
    .select()
    .from(auditAccesses)
    .leftJoin(auditAccessWithdrawals, eq(auditAccessWithdrawals.accessId, auditAccesses.id))
    .where(eq(auditAccesses.userId, user.id))
    .orderBy(desc(auditAccesses.createdAt))
    .limit(1);
  if (!row) return unlimited;
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

/** The user with the limits of the access; undefined where it does not let in any more. */
export async function withinAccess<Asked extends { id: string; role: Role }>(
  user: Asked,
): Promise<(Asked & { limits?: AccessLimits }) | undefined> {
  const { state, limits } = await currentAccess(user);
  if (state !== "open") return undefined;
  return limits ? { ...user, limits } : user;
}

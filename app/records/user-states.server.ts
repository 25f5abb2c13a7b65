/** What each account of the authority is good for: one answer for all lists. */
import { and, desc, eq, gt, inArray } from "drizzle-orm";
import { now, today } from "#app/clock.server.ts";
import type { Deed } from "#app/domain/deed.ts";
import { mayUser, type User } from "#app/domain/permission.ts";
import { isInvitedRole } from "#app/domain/roles.ts";
import { userState, type UserState } from "#app/domain/user-state.ts";
import { forbidden, notFound } from "#app/http.ts";
import { db, type Reader } from "#db/client.ts";
import { auditAccesses, auditAccessWithdrawals } from "#db/schema/audit-accesses.ts";
import { changes } from "#db/schema/changes.ts";
import { passwordLinks } from "#db/schema/sign-in.ts";
import { users } from "#db/schema/users.ts";
import { listAssignments } from "./roles.server.ts";

export type KnownState = { state: UserState; hasPassword: boolean };

/** Accounts that begin with a password that nobody knows. */
const openedBy: Deed[] = ["user_recorded", "auditor_invited"];
/** Deeds of the owner, or by the owner's password. */
const passwordBy: Deed[] = [
  "invitation_accepted",
  "password_reset",
  "password_changed",
  "signed_in",
];

/** The state of an account of the authority, by its id. */
export async function loadUserStates(
  user: User,
  reader: Reader = db,
): Promise<(userId: string) => KnownState> {
  if (!mayUser(user, "manage_users")) forbidden();
  const { schoolAuthorityId } = user;
  const people = await reader
    .select({ id: users.id, isActive: users.isActive })
    .from(users)
    .where(eq(users.schoolAuthorityId, schoolAuthorityId));
  const active = new Map(people.map(({ id, isActive }) => [id, isActive]));
  const [opened, withPassword, invited] = [
    await subjectsOf(reader, schoolAuthorityId, openedBy),
    await subjectsOf(reader, schoolAuthorityId, passwordBy),
    await openInvitations(reader, schoolAuthorityId),
  ];
  const accessOf = await newestAccesses(reader, schoolAuthorityId);
  const assignmentsOf = await listAssignments(user, reader);
  return (userId) => {
    const isActive = active.get(userId) ?? notFound();
    // Founded with the authority, an account has had its password from the first.
    const hasPassword = !opened.has(userId) || withPassword.has(userId);
    const isInvited = assignmentsOf(userId).some(({ role }) => isInvitedRole(role));
    const access = (isInvited && accessOf.get(userId)) || null;
    const facts = { isActive, hasPassword, hasOpenInvitation: invited.has(userId), access };
    return { state: userState(facts, today()), hasPassword };
  };
}

async function subjectsOf(reader: Reader, schoolAuthorityId: string, deeds: Deed[]) {
  const rows = await reader
    .selectDistinct({ id: changes.subjectId })
    .from(changes)
    .where(and(eq(changes.schoolAuthorityId, schoolAuthorityId), inArray(changes.deed, deeds)));
  return new Set(rows.map(({ id }) => id));
}

async function openInvitations(reader: Reader, schoolAuthorityId: string) {
  const rows = await reader
    .select({ id: passwordLinks.userId })
    .from(passwordLinks)
    .innerJoin(users, eq(users.id, passwordLinks.userId))
    .where(
      and(
        eq(users.schoolAuthorityId, schoolAuthorityId),
        eq(passwordLinks.purpose, "invitation"),
        gt(passwordLinks.expiresAt, now()),
      ),
    );
  return new Set(rows.map(({ id }) => id));
}

async function newestAccesses(reader: Reader, schoolAuthorityId: string) {
  const rows = await reader
    .selectDistinctOn([auditAccesses.userId], {
      userId: auditAccesses.userId,
      until: auditAccesses.until,
      withdrawalId: auditAccessWithdrawals.id,
    })
    .from(auditAccesses)
    .leftJoin(auditAccessWithdrawals, eq(auditAccessWithdrawals.accessId, auditAccesses.id))
    .where(eq(auditAccesses.schoolAuthorityId, schoolAuthorityId))
    .orderBy(auditAccesses.userId, desc(auditAccesses.createdAt));
  return new Map(
    rows.map(({ userId, until, withdrawalId }) => {
      return [userId, { until, isWithdrawn: withdrawalId !== null }];
    }),
  );
}

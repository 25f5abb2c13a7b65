/** Invitations of auditors (Prüfzugänge) and granting authorities: who may look at what, until when, and the link to the first password. */
import { randomBytes } from "node:crypto";
import { and, asc, desc, eq, sql } from "drizzle-orm";
import { today } from "#app/clock.server.ts";
import {
  accessState,
  checkInvitation,
  type InvitationDraft,
  type InvitationViolation,
} from "#app/domain/audit-access.ts";
import { mayUser, type User } from "#app/domain/permission.ts";
import { roleTitles } from "#app/domain/titles.ts";
import { forbidden, notFound } from "#app/http.ts";
import { hashPassword } from "#app/password.server.ts";
import { endAllSessions } from "#app/session.server.ts";
import { db, type Reader, type Transaction } from "#db/client.ts";
import {
  auditAccesses,
  auditAccessGrants,
  auditAccessWithdrawals,
} from "#db/schema/audit-accesses.ts";
import { grants } from "#db/schema/grants.ts";
import { accounts } from "#db/schema/journal.ts";
import { passwordLinks } from "#db/schema/sign-in.ts";
import { users } from "#db/schema/users.ts";
import { logChange } from "./changes.server.ts";
import { makeLink } from "./password-links.server.ts";
import { assignRoles, listAssignments } from "./roles.server.ts";

/** What an administrator can choose for an invitation: names only, no money. */
export async function listAccessChoices(user: User, reader: Reader = db) {
  if (!mayUser(user, "manage_users")) forbidden();
  const own = await reader
    .select({ id: grants.id, fileNumber: grants.fileNumber })
    .from(grants)
    .where(eq(grants.schoolAuthorityId, user.schoolAuthorityId))
    .orderBy(asc(grants.fileNumber));
  const years = await reader
    .selectDistinct({ fiscalYear: accounts.fiscalYear })
    .from(accounts)
    .where(
      and(
        eq(accounts.schoolAuthorityId, user.schoolAuthorityId),
        sql`${accounts.fiscalYear} is not null`,
      ),
    )
    .orderBy(desc(accounts.fiscalYear));
  return { grants: own, fiscalYears: years.map(({ fiscalYear }) => fiscalYear!) };
}

/** Accesses of the authority, the newest first; of each account the newest is the one that counts. */
export async function listAuditAccesses(user: User) {
  if (!mayUser(user, "manage_users")) forbidden();
  const rows = await db
    .select({
      id: auditAccesses.id,
      userId: users.id,
      name: users.name,
      email: users.email,
      until: auditAccesses.until,
      fiscalYears: auditAccesses.fiscalYears,
      withdrawalId: auditAccessWithdrawals.id,
      fileNumbers: sql<string[]>`array(
        select g.file_number from audit_access_grants s join grants g on g.id = s.grant_id
        where s.access_id = ${auditAccesses.id} order by g.file_number)`,
    })
    .from(auditAccesses)
    .innerJoin(users, eq(users.id, auditAccesses.userId))
    .leftJoin(auditAccessWithdrawals, eq(auditAccessWithdrawals.accessId, auditAccesses.id))
    .where(eq(auditAccesses.schoolAuthorityId, user.schoolAuthorityId))
    .orderBy(desc(auditAccesses.createdAt));
  const assignmentsOfUser = await listAssignments(user);
  const newest = rows.filter(
    (row, index) => rows.findIndex(({ userId }) => userId === row.userId) === index,
  );
  return newest.map(({ withdrawalId, ...row }) => ({
    ...row,
    role: assignmentsOfUser(row.userId)[0]!.role,
    state: accessState({ until: row.until, isWithdrawn: withdrawalId !== null }, today()),
  }));
}

/**
 * Invites an auditor or a granting authority: an account with that role and these limits, and the secret of a
 * link by which the password is set. Who was invited before gets the new limits in place of the old ones; sessions end. The
 * secret is told once.
 */
export async function recordInvitation(
  user: User,
  draft: InvitationDraft,
): Promise<{ violation: InvitationViolation } | { secret: string }> {
  if (!mayUser(user, "manage_users")) forbidden();
  const { schoolAuthorityId } = user;
  const violation = checkInvitation(draft, today());
  if (violation) return { violation };
  const recorded = await db.transaction(async (tx) => {
    const choices = await listAccessChoices(user, tx);
    const own = new Set(choices.grants.map(({ id }) => id));
    if (!draft.grantIds.every((id) => own.has(id))) notFound();
    const invitedId = await accountFor(tx, user, draft);
    if (!invitedId) return undefined;
    const { until, fiscalYears, grantIds, role } = draft;
    await assignRoles(tx, user, invitedId, [{ role, schoolId: null }]);
    const [access] = await tx
      .insert(auditAccesses)
      .values({ schoolAuthorityId, userId: invitedId, until, fiscalYears, invitedBy: user.id })
      .returning();
    for (const grantId of grantIds) {
      await tx
        .insert(auditAccessGrants)
        .values({ schoolAuthorityId, accessId: access!.id, grantId });
    }
    const secret = await makeLink(tx, invitedId, "invitation");
    const named = choices.grants.filter((grant) => grantIds.includes(grant.id));
    const parts = [
      ...named.map(({ fileNumber }) => `Zuwendung ${fileNumber}`),
      ...fiscalYears.map((year) => `Haushaltsjahr ${year}`),
    ];
    const day = until.split("-").reverse().join(".");
    const text = `${roleTitles[role]} ${draft.name}, ${draft.email}, bis ${day}: ${parts.join(", ") || "ganzer Schulträger"}`;
    await logChange(tx, user, "auditor_invited", { id: invitedId, text });
    return { secret, invitedId };
  });
  if (!recorded) return { violation: { field: "email", rule: "email_of_another_account" } };
  // After the transaction: whoever holds one connection and asks for another may wait for it forever.
  await endAllSessions(recorded.invitedId);
  return { secret: recorded.secret };
}

/** A new account, or that of an earlier invitation; undefined for an account that has another ground. */
async function accountFor(tx: Transaction, user: User, { name, email }: InvitationDraft) {
  const { schoolAuthorityId } = user;
  // Nobody knows this password: the link sets the first one.
  const passwordHash = await hashPassword(randomBytes(32).toString("base64url"));
  const [made] = await tx
    .insert(users)
    .values({ schoolAuthorityId, name, email: email.toLowerCase(), passwordHash })
    .onConflictDoNothing({ target: [users.email, users.schoolAuthorityId] })
    .returning({ id: users.id });
  if (made) return made.id;
  const [invited] = await tx
    .select({ id: users.id })
    .from(users)
    .innerJoin(auditAccesses, eq(auditAccesses.userId, users.id))
    .where(
      and(
        eq(users.email, email.toLowerCase()),
        eq(users.schoolAuthorityId, schoolAuthorityId),
        eq(users.isActive, true),
      ),
    )
    .limit(1);
  return invited?.id;
}

/** Ends an access before its day, its link and its sessions with it; gives whose it was. */
export async function withdrawAuditAccess(user: User, accessId: string): Promise<string> {
  if (!mayUser(user, "manage_users")) forbidden();
  const { schoolAuthorityId } = user;
  const { userId, isNew } = await db.transaction(async (tx) => {
    const [access] = await tx
      .select({ userId: users.id, name: users.name, email: users.email })
      .from(auditAccesses)
      .innerJoin(users, eq(users.id, auditAccesses.userId))
      .where(
        and(eq(auditAccesses.id, accessId), eq(auditAccesses.schoolAuthorityId, schoolAuthorityId)),
      );
    if (!access) notFound();
    const { userId, name, email } = access;
    const [withdrawn] = await tx
      .insert(auditAccessWithdrawals)
      .values({ schoolAuthorityId, accessId, withdrawnBy: user.id })
      .onConflictDoNothing()
      .returning();
    if (!withdrawn) return { userId, isNew: false };
    await tx.delete(passwordLinks).where(eq(passwordLinks.userId, userId));
    await logChange(tx, user, "auditor_access_withdrawn", {
      id: userId,
      text: `${name}, ${email}`,
      before: { Zugang: "gültig" },
      after: { Zugang: "zurückgezogen" },
    });
    return { userId, isNew: true };
  });
  if (isNew) await endAllSessions(userId);
  return userId;
}

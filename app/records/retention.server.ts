/**
 * The retention run (Löschlauf): lists whose name has been kept long enough and why, and replaces it only for
 * whoever hands back the mark of that very list. And what is on file about a person (Art. 15 GDPR).
 */
import { createHash } from "node:crypto";
import { and, asc, eq, or, sql } from "drizzle-orm";
import { loadAssignments } from "#app/audit-access.server.ts";
import { dayIn, today } from "#app/clock.server.ts";
import { mayUser, type User } from "#app/domain/permission.ts";
import { type DuePerson, retainedUntil } from "#app/domain/retention.ts";
import { forbidden, notFound } from "#app/http.ts";
import { db, type Reader } from "#db/client.ts";
import { changes } from "#db/schema/changes.ts";
import { users } from "#db/schema/users.ts";
import { logChange } from "./changes.server.ts";

export type RetentionList = { persons: DuePerson[]; mark: string };

/** Closed accounts of the user's authority whose retention is over, with the mark of this list. */
export async function listRetention(user: User, reader: Reader = db): Promise<RetentionList> {
  if (!mayUser(user, "manage_users")) forbidden();
  const rows = await reader.execute<{ id: string; name: string; email: string; last: string }>(sql`
    select u.id, u.name, u.email, greatest(u.created_at, max(c.changed_at)) as last
    from ${users} u left join ${changes} c on c.school_authority_id = u.school_authority_id
      and (c.changed_by = u.id or c.subject_id = u.id)
    where u.school_authority_id = ${user.schoolAuthorityId} and not u.is_active
      and u.email not like '%@pseudonym.invalid'
    group by u.id order by u.name, u.id`);
  const persons = rows
    .map(({ last, ...person }) => {
      const lastDeedOn = dayIn(new Date(last));
      return { ...person, lastDeedOn, dueOn: retainedUntil(lastDeedOn) };
    })
    .filter(({ dueOn }) => dueOn <= today());
  const mark = createHash("sha256").update(JSON.stringify(persons)).digest("hex").slice(0, 16);
  return { persons, mark };
}

/**
 * Gives each person of the list a pseudonym, all or none. Sums, chain and seals hold: each changed row is noted
 * in a sealed line. Free texts, files and suppliers are not searched.
 */
export async function pseudonymiseDue(
  user: User,
  mark: string,
): Promise<{ persons: DuePerson[] } | { rule: "another_list" }> {
  return db.transaction(async (tx) => {
    const list = await listRetention(user, tx);
    if (list.mark !== mark) return { rule: "another_list" as const };
    for (const { id, dueOn } of list.persons) {
      const reason = `Aufbewahrung bis ${dueOn}`;
      const [given] = await tx.execute<{ alias: string }>(
        sql`select pseudonymise(${id}::uuid, ${user.id}::uuid, ${reason}) as alias`,
      );
      await logChange(tx, user, "person_pseudonymised", { id, text: `${given!.alias}, ${reason}` });
    }
    return { persons: list.persons };
  });
}

/** Everything on file about a user of the authority, their password apart. */
export async function personOnFile(user: User, personId: string) {
  if (!mayUser(user, "manage_users") && user.id !== personId) forbidden();
  const own = and(eq(users.id, personId), eq(users.schoolAuthorityId, user.schoolAuthorityId));
  const [account] = await db
    .select({
      id: users.id,
      name: users.name,
      email: users.email,
      isActive: users.isActive,
      createdAt: users.createdAt,
    })
    .from(users)
    .where(own);
  if (!account) notFound();
  const roles = await loadAssignments(personId);
  const log = await db
    .select({
      changedAt: changes.changedAt,
      deed: changes.deed,
      text: changes.text,
      before: changes.before,
      after: changes.after,
      isOwn: eq(changes.changedBy, personId),
    })
    .from(changes)
    .where(
      and(
        eq(changes.schoolAuthorityId, user.schoolAuthorityId),
        or(eq(changes.changedBy, personId), eq(changes.subjectId, personId)),
      ),
    )
    .orderBy(asc(changes.changedAt), asc(changes.id));
  return { account: { ...account, roles }, log };
}

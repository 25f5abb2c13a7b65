/**
 * The retention run (Löschlauf): lists whose name has been kept long enough and why, and replaces it only for
 * whoever hands back the mark of that very list. And for how long.
 */
import { createHash } from "node:crypto";
import { eq, lt, sql } from "drizzle-orm";
import { dayIn, now, today } from "#app/clock.server.ts";
import { mayUser, type User } from "#app/domain/permission.ts";
import {
  type DuePerson,
  retainedUntil,
  type RetentionPeriod,
  sentFormDays,
  yearsOfBooks,
} from "#app/domain/retention.ts";
import { forbidden } from "#app/http.ts";
import { db, type Reader } from "#db/client.ts";
import { schoolAuthorities } from "#db/schema/authorities.ts";
import { changes, sentForms } from "#db/schema/changes.ts";
import { users } from "#db/schema/users.ts";
import { requireAuthority } from "./authorities.server.ts";
import { logChange } from "./changes.server.ts";
import { versionOf } from "./versions.server.ts";

export type RetentionList = { persons: DuePerson[]; mark: string };

/** Closed accounts of the user's authority whose retention is over, with the mark of this list. */
export async function listRetention(user: User, reader: Reader = db): Promise<RetentionList> {
  if (!mayUser(user, "manage_users")) forbidden();
  const rows = await reader.execute<{ id: string; name: string; email: string; last: string }>(sql`
    select u.id, u.name, u.email, greatest(u.created_at, max(c.changed_at)) as last
    from ${users} u left join ${changes} c on c.school_authority_id = u.school_authority_id
      and (c.changed_by = u.id or c.subject_id = u.id)
      -- To be told what is on file prolongs nothing.
      and (c.deed <> 'person_data_exported' or c.changed_by = u.id)
    where u.school_authority_id = ${user.schoolAuthorityId} and not u.is_active
      and u.email not like '%@pseudonym.invalid'
    group by u.id order by u.name, u.id`);
  const { years } = await loadRetentionPeriod(user, reader);
  const persons = rows
    .map(({ last, ...person }) => {
      const lastDeedOn = dayIn(new Date(last));
      return { ...person, lastDeedOn, dueOn: retainedUntil(lastDeedOn, years) };
    })
    .filter(({ dueOn }) => dueOn <= today());
  const mark = createHash("sha256").update(JSON.stringify(persons)).digest("hex").slice(0, 16);
  return { persons, mark };
}

/**
 * Gives each person of the list a pseudonym, all or none. Sums, chain and seals hold: each changed row is noted
 * in a sealed line. Free texts, files and suppliers keep the name.
 */
export async function pseudonymiseDue(
  user: User,
  mark: string,
): Promise<{ persons: DuePerson[] } | { rule: "another_list" | "no_basis" }> {
  return db.transaction(async (tx) => {
    // It can't be undone: the authority has said by what rule.
    const { basis } = await loadRetentionPeriod(user, tx);
    if (mayUser(user, "manage_users") && !basis) return { rule: "no_basis" as const };
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

/** How long names are kept here, with the version that a change is made from. */
export async function loadRetentionPeriod(
  user: User,
  reader: Reader = db,
): Promise<RetentionPeriod & { version: string }> {
  const { retentionYears, retentionBasis } = await requireAuthority(user, reader);
  const period = { years: retentionYears ?? yearsOfBooks, basis: retentionBasis };
  return { ...period, version: versionOf(period) };
}

/** Lays down how long names are kept and by what rule. @param seen the version that the change was made from */
export async function changeRetentionPeriod(
  user: User,
  { years, basis }: { years: number; basis: string },
  seen: string,
): Promise<{ rule: "made_from_old" } | undefined> {
  if (!mayUser(user, "manage_users")) forbidden();
  return db.transaction(async (tx) => {
    const own = eq(schoolAuthorities.id, user.schoolAuthorityId);
    await tx.select({ id: schoolAuthorities.id }).from(schoolAuthorities).where(own).for("update");
    const before = await loadRetentionPeriod(user, tx);
    if (before.version !== seen) return { rule: "made_from_old" };
    await tx
      .update(schoolAuthorities)
      .set({ retentionYears: years, retentionBasis: basis })
      .where(own);
    await logChange(tx, user, "settings_changed", {
      id: user.schoolAuthorityId,
      text: "Aufbewahrung von Namen",
      before: { Jahre: String(before.years), Grundlage: before.basis ?? "nicht festgelegt" },
      after: { Jahre: String(years), Grundlage: basis },
    });
    return undefined;
  });
}

/** Forgets the keys of forms that were sent long ago; of every authority, by the program itself. */
export async function forgetSentForms(): Promise<void> {
  const before = new Date(now().getTime() - sentFormDays * 86_400_000);
  await db.delete(sentForms).where(lt(sentForms.sentAt, before));
}

/** States of applications (Verfahrensstand), and the history that led to them. */
import { sql } from "drizzle-orm";
import { type ApplicationFacts, stateOf, type StepKind } from "#app/domain/application-step.ts";
import type { Day } from "#app/domain/calendar.ts";
import { euro, type Money, zero } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { db, type Reader } from "#db/client.ts";
import { standing } from "./standing.server.ts";

type Row = {
  id: string;
  stands: boolean;
  submitted_on: Day;
  asked: string | null;
  granted: string | null;
  kind: StepKind | null;
  taken_on: Day | null;
};

export type LoadedState = {
  state: ReturnType<typeof stateOf>;
  asked: Money;
  granted: Money | null;
  /** The day of the submission or of the last step that stands. */
  lastStepOn: Day;
};

/** The states of all applications of the user's authority, or of one. */
export async function loadStates(
  reader: Reader,
  user: User,
  applicationId?: string,
): Promise<Map<string, LoadedState>> {
  const rows = await reader.execute<Row>(sql`
    select a.id, ${standing(sql`a.id`)} as stands, a.submitted_on::text,
      (select sum(m.amount)::text from measures m where m.application_id = a.id) as asked,
      (select sum(l.approved)::text from grants g join grant_lines l on l.grant_id = g.id
        where g.application_id = a.id and ${standing(sql`g.id`)}) as granted,
      last.kind, last.taken_on
    from applications a left join lateral (
      select s.kind, s.taken_on::text from application_steps s
      where s.application_id = a.id and ${standing(sql`s.id`)}
      order by s.taken_on desc, s.created_at desc limit 1) as last on true
    where a.school_authority_id = ${user.schoolAuthorityId}
      and ${applicationId ? sql`a.id = ${applicationId}` : sql`true`}`);
  return new Map(
    rows.map((row) => {
      const facts: ApplicationFacts = {
        isReversed: !row.stands,
        lastStep: row.kind ?? "submitted",
        asked: row.asked ? euro(row.asked) : zero,
        granted: row.granted ? euro(row.granted) : null,
      };
      const { asked, granted } = facts;
      const lastStepOn = row.taken_on ?? row.submitted_on;
      return [row.id, { state: stateOf(facts), asked, granted, lastStepOn }] as const;
    }),
  );
}

export type HistoryRow = {
  id: string;
  /** What happened; a reversal names what it undid by its own id. */
  kind: "draft" | StepKind | "granted" | "reversed";
  on: Day;
  person: string | null;
  reason: string;
  /** False for what a later reversal has undone. */
  stands: boolean;
};

/** What happened to an application, in the order of its days: who did it, and why. */
export async function listHistory(user: User, applicationId: string): Promise<HistoryRow[]> {
  const doer = (subject: ReturnType<typeof sql>, deed: string) => sql`(
    select u.name from changes c join users u on u.id = c.changed_by
    where c.subject_id = ${subject} and c.deed = ${deed}::deed
      and c.school_authority_id = ${user.schoolAuthorityId}
    order by c.changed_at desc limit 1)`;
  const rows = await db.execute<HistoryRow>(sql`
    with own as (
      select * from applications
      where id = ${applicationId} and school_authority_id = ${user.schoolAuthorityId}
    ), happened as (
      select d.id, 'draft' as kind, (d.changed_at at time zone 'Europe/Berlin')::date as on,
        u.name as person, '' as reason, true as stands, d.changed_at as at
      from application_drafts d join own on own.id = d.submitted_as
      join users u on u.id = d.changed_by
      union all
      select own.id, 'submitted', own.submitted_on, ${doer(sql`own.id`, "application_recorded")}, '',
        ${standing(sql`own.id`)}, own.created_at
      from own where not exists (
        select 1 from application_steps s where s.application_id = own.id and s.kind = 'submitted')
      union all
      select s.id, s.kind::text, s.taken_on, u.name, s.reason, ${standing(sql`s.id`)}, s.created_at
      from application_steps s join own on own.id = s.application_id
      join users u on u.id = s.recorded_by
      union all
      select g.id, 'granted', g.notice_on, ${doer(sql`g.id`, "grant_recorded")},
        'Zuwendungsbescheid ' || g.file_number, ${standing(sql`g.id`)}, g.created_at
      from grants g join own on own.id = g.application_id
      union all
      select r.id, 'reversed', r.reversed_on, done.name, r.reason, true, done.at
      from reversals r left join lateral (
        select u.name, c.changed_at as at from changes c join users u on u.id = c.changed_by
        where c.subject_id = r.document_id and c.deed = 'document_reversed'
          and c.school_authority_id = r.school_authority_id limit 1) as done on true
      where r.school_authority_id = ${user.schoolAuthorityId} and (
        r.document_id in (select id from own)
        or r.document_id in (select s.id from application_steps s join own on own.id = s.application_id)
        or r.document_id in (select g.id from grants g join own on own.id = g.application_id))
    )
    select id, kind, "on"::text as on, person, reason, stands from happened order by happened.on, at`);
  return [...rows];
}

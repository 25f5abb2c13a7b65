/** Limits of a directive for a category at one school (mobile devices), over all grants of a programme. */
import { type SQL, sql } from "drizzle-orm";
import type { LimitedUse } from "#app/domain/application.ts";
import { euro, larger, shareOf, sum } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { categoryOf, hasCategory, type Programme } from "#app/domain/programme.ts";
import type { Reader } from "#db/client.ts";
import { loadProgrammes } from "./programmes.server.ts";
import { standing } from "./standing.server.ts";

/** True for an application that stands and that nothing has answered: no notice, refusal, withdrawal. */
export function isOpen(applicationId: SQL): SQL<boolean> {
  return sql<boolean>`(${standing(applicationId)}
    and not exists (
      select 1 from grants g where g.application_id = ${applicationId} and ${standing(sql`g.id`)})
    and not exists (
      select 1 from application_steps s where s.application_id = ${applicationId}
        and s.kind in ('refused', 'withdrawn') and ${standing(sql`s.id`)}))`;
}

type UseRow = { school_id: string; code: string; used: string };

/** What limited categories have at each school: approved by grants, or asked for by open applications. */
export async function loadLimitedUse(
  reader: Reader,
  user: User,
  programme: Programme,
  except: { grantId?: string; deed?: "notice" } = {},
): Promise<LimitedUse[]> {
  const codes = programme.categories.filter((one) => one.limitPerSchool).map(({ code }) => code);
  if (codes.length === 0) return [];
  const asked =
    except.deed === "notice"
      ? sql``
      : sql`
    union all
    select m.school_id, m.code, m.amount
    from measures m join applications p on p.id = m.application_id
    join envelopes e on e.id = p.envelope_id
    where e.programme = ${programme.key} and e.school_authority_id = ${user.schoolAuthorityId}
      and ${isOpen(sql`p.id`)}`;
  const rows = await reader.execute<UseRow>(sql`
    select school_id, code, sum(amount)::text as used from (
      select a.school_id, a.code, b.approved as amount
      from accounts a join balances b on b.account_id = a.id
      join grants g on g.id = a.grant_id join applications p on p.id = g.application_id
      join envelopes e on e.id = p.envelope_id
      where a.kind = 'budget_line' and e.programme = ${programme.key}
        and e.school_authority_id = ${user.schoolAuthorityId}
        and a.grant_id is distinct from ${except.grantId ?? null}::uuid
      ${asked}
    ) as uses group by school_id, code`);
  return rows
    .filter(({ code }) => codes.includes(code))
    .map(({ school_id, code, used }) => ({ schoolId: school_id, code, used: euro(used) }));
}

type SpendingRow = UseRow & { approved: string };

/**
 * What each limit leaves at a school for orders and invoices. Where the directive allows a share of all
 * costs instead, the larger of the two rests counts.
 */
export async function loadLimits(reader: Reader, user: User, grantId: string) {
  const { schoolAuthorityId } = user;
  const [grant] = await reader.execute<{
    key: string;
    version: number | null;
    envelope: string;
  }>(sql`
    select e.programme as key, coalesce(g.programme_version, e.programme_version) as version,
      e.id as envelope
    from grants g join applications p on p.id = g.application_id
    join envelopes e on e.id = p.envelope_id
    where g.id = ${grantId} and g.school_authority_id = ${schoolAuthorityId}`);
  if (!grant) return () => undefined;
  const programme = (await loadProgrammes(reader, schoolAuthorityId))(grant.key, grant.version);
  const rows = await reader.execute<SpendingRow>(sql`
    select a.school_id, a.code, sum(b.committed + b.invoiced)::text as used,
      sum(b.approved)::text as approved
    from accounts a join balances b on b.account_id = a.id
    join grants g on g.id = a.grant_id join applications p on p.id = g.application_id
    join envelopes e on e.id = p.envelope_id
    where a.kind = 'budget_line' and e.programme = ${grant.key}
      and e.school_authority_id = ${schoolAuthorityId}
    group by a.school_id, a.code`);

  return (schoolId: string, code: string) => {
    if (!hasCategory(programme, code)) return undefined;
    const { limitPerSchool: limit, limitShareOfTotal } = categoryOf(programme, code);
    const { directive } = programme;
    if (!limit) return undefined;
    const ofCode = rows.filter((row) => row.code === code);
    const atSchool = ofCode.filter((row) => row.school_id === schoolId);
    const left = limit.minus(sum(atSchool.map(({ used }) => euro(used))));
    if (!limitShareOfTotal) return { code, limit, left, directive };
    const most = shareOf(sum(rows.map(({ approved }) => euro(approved))), limitShareOfTotal);
    const leftOfShare = most.minus(sum(ofCode.map(({ used }) => euro(used))));
    return { code, limit, left: larger(left, leftOfShare), directive };
  };
}

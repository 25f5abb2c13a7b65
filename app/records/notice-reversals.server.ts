/** What the reversal of a later notice leaves behind: the terms before it, and what does not fit them. */
import { and, eq, sql } from "drizzle-orm";
import { today } from "#app/clock.server.ts";
import type { User } from "#app/domain/permission.ts";
import type { Judged } from "#app/domain/reversal.ts";
import { termsOn } from "#app/domain/terms.ts";
import { notFound } from "#app/http.ts";
import type { Reader } from "#db/client.ts";
import { notices } from "#db/schema/notices.ts";
import { loadBalances } from "./accounts.server.ts";
import { standing } from "./standing.server.ts";
import { loadTerms } from "./terms.server.ts";

/** All accounts as they are judged without the notice: the lines of its grant by the tolerance before it. */
export async function balancesWithoutNotice(
  reader: Reader,
  user: User,
  noticeId: string,
): Promise<Judged[]> {
  const { grantId, versions } = await loadVersionsBefore(reader, user, noticeId);
  const { lineTolerance } = termsOn(versions, today());
  const accounts = await loadBalances(reader, user);
  return accounts.map((account) =>
    account.group === `lines of ${grantId}`
      ? { ...account, lineTolerance, isLimited: true }
      : account,
  );
}

/** Orders and invoices of days that lie in the approval period by the notice only. */
export async function listStranded(reader: Reader, user: User, noticeId: string) {
  const { grantId, versions } = await loadVersionsBefore(reader, user, noticeId);
  const rows = await reader.execute<{ title: string; day: string }>(sql`
    select 'Auftrag ' || number as title, ordered_on::text as day from orders
    where grant_id = ${grantId} and ${standing(sql`orders.id`)}
    union all
    select 'Rechnung ' || number, invoiced_on::text from invoices
    where grant_id = ${grantId} and ${standing(sql`invoices.id`)}
    order by title`);
  return rows
    .filter(({ day }) => {
      const { spendFrom, spendUntil } = termsOn(versions, day);
      return day < spendFrom || day > spendUntil;
    })
    .map(({ title }) => title);
}

async function loadVersionsBefore(reader: Reader, user: User, noticeId: string) {
  const [notice] = await reader
    .select({ grantId: notices.grantId })
    .from(notices)
    .where(and(eq(notices.id, noticeId), eq(notices.schoolAuthorityId, user.schoolAuthorityId)));
  if (!notice) notFound();
  const terms = await loadTerms(reader, user.schoolAuthorityId, notice.grantId);
  const versions = terms.get(notice.grantId)!.filter(({ documentId }) => documentId !== noticeId);
  return { grantId: notice.grantId, versions };
}

/**
 * What a limited auditor sees: the one place that says it in SQL. Everything that hangs on a grant or on a
 * fiscal year is read through these conditions; pages about the whole authority ask for a permission that
 * limited users don't have (`read_all_books`).
 */
import { type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import type { User } from "#app/domain/permission.ts";
import type { Reader } from "#db/client.ts";
import type { LoadedDocument } from "./documents.server.ts";

/** True for rows of the grants and fiscal years that the user sees; undefined where the user sees all. */
export function seenBy(
  user: User,
  table: { grantId: AnyPgColumn; fiscalYear: AnyPgColumn },
): SQL | undefined {
  return user.limits && fundingSeen(user, sql`${table.grantId}`, sql`${table.fiscalYear}`);
}

/** The same for columns that are named in SQL. */
export function fundingSeenBy(user: User, grantId: SQL, fiscalYear: SQL): SQL | undefined {
  return user.limits && fundingSeen(user, grantId, fiscalYear);
}

/** The same for what belongs to a grant only. */
export function grantSeenBy(user: User, grantId: AnyPgColumn | SQL): SQL | undefined {
  return user.limits && sql`${grantId} = any(${uuids(user.limits.grantIds)}::uuid[])`;
}

/** The same for what belongs to an invoice. */
export function invoiceSeenBy(user: User, invoiceId: AnyPgColumn | SQL): SQL | undefined {
  if (!user.limits) return undefined;
  const seen = fundingSeen(user, sql`i.grant_id`, sql`i.fiscal_year`);
  return sql`exists (select 1 from invoices i where i.id = ${invoiceId} and ${seen})`;
}

/** The same for an application: one that led to a grant that the user sees. */
export function applicationSeenBy(user: User, applicationId: AnyPgColumn): SQL | undefined {
  const seen = grantSeenBy(user, sql`g.id`);
  return (
    seen &&
    sql`exists (select 1 from grants g where g.application_id = ${applicationId} and ${seen})`
  );
}

function fundingSeen({ limits }: User, grantId: SQL, fiscalYear: SQL): SQL {
  const { grantIds, fiscalYears } = limits!;
  return sql`(${grantId} = any(${uuids(grantIds)}::uuid[])
    or ${fiscalYear} = any(${`{${fiscalYears.join(",")}}`}::integer[]))`;
}

/** One parameter, however many they are. */
function uuids(ids: string[]): string {
  return `{${ids.join(",")}}`;
}

/** Nothing, for a limited user; undefined where the user sees all. For rows of the whole authority. */
export function onlyUnlimited(user: User): SQL | undefined {
  return user.limits && sql`false`;
}

type Row = { grantId?: unknown; invoiceId?: unknown; proofId?: unknown; budgetLineId?: unknown };

/**
 * Whether a document is within the limits: by an account that it moves, or by the grant, the invoice or the
 * proof that it names where it moves none.
 */
export async function isSeen(reader: Reader, user: User, document: LoadedDocument) {
  if (!user.limits) return true;
  const rows = document.content.flat() as Row[];
  const idsOf = (key: keyof Row) =>
    uuids(rows.flatMap((row) => (typeof row?.[key] === "string" ? [row[key]] : [])));
  const moved = uuids(document.postings.map(({ accountId }) => accountId));
  const [found] = await reader.execute<{ seen: boolean }>(sql`select (
    exists (select 1 from accounts a
      where a.id = any(${moved}::uuid[]) and ${fundingSeen(user, sql`a.grant_id`, sql`a.fiscal_year`)})
    or exists (select 1 from grants g
      where g.id = any(${idsOf("grantId")}::uuid[]) and ${grantSeenBy(user, sql`g.id`)})
    or exists (select 1 from invoices i where i.id = any(${idsOf("invoiceId")}::uuid[])
      and ${fundingSeen(user, sql`i.grant_id`, sql`i.fiscal_year`)})
    or exists (select 1 from proofs_of_use p
      where p.id = any(${idsOf("proofId")}::uuid[]) and ${grantSeenBy(user, sql`p.grant_id`)})) as seen`);
  return found!.seen;
}

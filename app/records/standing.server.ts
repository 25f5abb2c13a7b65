/** Which documents stand: those that no reversal has undone. */
import { eq, getTableName, type SQL, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import type { Day } from "#app/domain/calendar.ts";
import type { Reader } from "#db/client.ts";
import { reversals } from "#db/schema/journal.ts";

/**
 * True for a document that no reversal has undone, or had undone by a day. Takes the document's table, and names its column in
 * full: within the columns of a select drizzle would drop the table's name, and the subquery has an id too.
 */
export function stands(document: PgTable, asOf?: Day): SQL<boolean> {
  return standing(sql`${sql.identifier(getTableName(document))}.id`, asOf);
}

/** The same for a document that a written query names by its id. */
export function standing(id: SQL, asOf?: Day): SQL<boolean> {
  const undone = asOf ? sql` and r.reversed_on <= ${asOf}` : sql``;
  return sql<boolean>`not exists (select 1 from reversals r where r.document_id = ${id}${undone})`;
}

/** The day of the reversal of a document that a new one replaces; null when there is none. */
export async function replacedUntil(reader: Reader, documentId: string | undefined) {
  if (!documentId) return null;
  const [reversal] = await reader
    .select({ reversedOn: reversals.reversedOn })
    .from(reversals)
    .where(eq(reversals.documentId, documentId));
  return reversal?.reversedOn ?? null;
}

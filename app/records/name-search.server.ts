/** Where a person's name stands in words of others: counted, with what can be opened; the words are not shown. */
import { sql, type SQL } from "drizzle-orm";
import { namePattern, placesOf, searchedColumns } from "#app/domain/name-search.ts";
import type { NameFound } from "#app/domain/person-file.ts";
import type { User } from "#app/domain/permission.ts";
import { db } from "#db/client.ts";
import { tableRights } from "#db/table-rights.ts";

/** So many of a table can be opened from the list. */
const mostLinks = 10;

/**
 * The tables of the authority in whose words the name is found: whole, turned around, the last name alone, or the mail
 * address. Whoever reads it decides whether it is this person. Files are not read, only their names.
 */
export async function findName(
  user: User,
  person: { name: string; email: string },
): Promise<NameFound[]> {
  const pattern = namePattern(person);
  const found: NameFound[] = [];
  for (const [table, columns] of searchedColumns) {
    const matches = columns.map((column) => {
      // JSON writes quotation marks, tabs and new lines with a stroke before them, which the name does not have.
      const unquoted = sql`replace(${sql.identifier(column)}::text, '\\"', '"')`;
      const words = sql`regexp_replace(${unquoted}, '\\\\[nrt]', ' ', 'g')`;
      return sql`coalesce(${words} ~* ${pattern}, false)`;
    });
    const wall = sql.identifier(wallOf(table));
    const place = placesOf[table];
    const id: SQL = place ? sql`${sql.identifier(place.column)}::text` : sql`null::text`;
    const [row] = await db.execute<{ count: number; ids: string[] | null; hits: boolean[] }>(sql`
      select count(*)::int as count,
        (array_agg(distinct ${id}) filter (where ${id} is not null))[1:${mostLinks}::int] as ids,
        array[${sql.join(
          matches.map((one) => sql`coalesce(bool_or(${one}), false)`),
          sql`, `,
        )}] as hits
      from ${sql.identifier(table)}
      where ${wall} = ${user.schoolAuthorityId}::uuid and (${sql.join(matches, sql` or `)})`);
    if (row!.count === 0) continue;
    const hits = columns.filter((_, at) => row!.hits[at]);
    found.push({ table, columns: hits, count: row!.count, ids: row!.ids ?? [] });
  }
  return found;
}

/** The column that names the authority; no table that is searched is of an account only. */
function wallOf(table: string): string {
  const { wall = "school_authority_id" } = tableRights[table]!;
  return typeof wall === "string" ? wall : wall.column;
}

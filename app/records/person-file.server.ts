/** What is on file about a person (Auskunft, Art. 15 DSGVO): for themselves, or for who answers for the accounts. */
import { and, eq, sql, type SQL } from "drizzle-orm";
import { type PersonFile, type PersonPart, personParts } from "#app/domain/person-file.ts";
import { mayUser, type User } from "#app/domain/permission.ts";
import { forbidden, notFound } from "#app/http.ts";
import { db } from "#db/client.ts";
import { users } from "#db/schema/users.ts";
import { tableRights } from "#db/table-rights.ts";
import { logChange } from "./changes.server.ts";
import { findName } from "./name-search.server.ts";

/** A person of the user's authority whose file the user may see: their own, or any for who manages accounts. */
export async function requirePersonOnFile(user: User, personId: string) {
  if (!mayUser(user, "manage_users") && user.id !== personId) forbidden();
  const own = and(eq(users.id, personId), eq(users.schoolAuthorityId, user.schoolAuthorityId));
  const [person] = await db
    .select({ id: users.id, name: users.name, email: users.email })
    .from(users)
    .where(own);
  return person ?? notFound();
}

/**
 * Everything on file about a person, without what signs in as them; for who manages accounts also where their name stands
 * in other texts. That it was handed out stands in the change log.
 * @param how in which form it goes out, for the log
 */
export async function personOnFile(user: User, personId: string, how: string): Promise<PersonFile> {
  const person = await requirePersonOnFile(user, personId);
  const parts = [];
  for (const part of personParts) {
    parts.push({ ...part, rows: await rowsOf(user, part, personId) });
  }
  // Where else the name stands tells of rows that only who answers for the accounts may know of.
  const named = mayUser(user, "manage_users") ? await findName(user, person) : undefined;
  await logChange(db, user, "person_data_exported", {
    id: personId,
    text: `${person.name}, ${how}`,
  });
  return { name: person.name, email: person.email, parts, named };
}

async function rowsOf({ schoolAuthorityId }: User, part: PersonPart, personId: string) {
  const rows = await db.execute<{ row: Record<string, unknown> }>(sql`
    select jsonb_strip_nulls(to_jsonb(shown)) as row from (${ownRows(part, personId, schoolAuthorityId)}) shown`);
  return rows.map(({ row }) =>
    Object.fromEntries(Object.entries(row).map(([column, value]) => [column, asText(value)])),
  );
}

function ownRows({ table, person, shown }: PersonPart, personId: string, authority: string): SQL {
  const columns = sql.join(
    shown.map((column) => sql.identifier(column)),
    sql`, `,
  );
  const first = sql.identifier(shown[0]!);
  const own = sql`${sql.identifier(person)} = ${personId}::uuid and ${ofAuthority(table, authority)}`;
  // A document has several entries: it was recorded once.
  const distinct = table === "entries" ? sql`distinct` : sql``;
  return sql`select ${distinct} ${columns} from ${sql.identifier(table)} where ${own} order by ${first}`;
}

/** The wall of the query itself, before the database's own; links and sessions are of an account, which is one's own. */
function ofAuthority(table: string, authority: string): SQL {
  return typeof tableRights[table]!.wall === "object"
    ? sql`true`
    : sql`school_authority_id = ${authority}::uuid`;
}

function asText(value: unknown): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

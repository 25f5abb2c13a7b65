/** Who made an audit workbook, by the id that its mark names. */
import { and, eq } from "drizzle-orm";
import { db } from "#db/client.ts";
import { users } from "#db/schema/users.ts";

/** The user's name; undefined for nobody of the authority. */
export async function nameOfMaker(
  schoolAuthorityId: string,
  userId: string,
): Promise<string | undefined> {
  const [maker] = await db
    .select({ name: users.name })
    .from(users)
    .where(and(eq(users.schoolAuthorityId, schoolAuthorityId), eq(users.id, userId)));
  return maker?.name;
}
